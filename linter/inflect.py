"""All inflections of an English word, for the `~` of a term."""

from __future__ import annotations

import re
from functools import cache

IRREGULAR = {
    forms[0]: forms[1:]
    for line in """
    be is are am was were been being/ begin began begun/ bend bent/ bite bit bitten/ bleed bled/ blow blew blown
    break broke broken/ breed bred/ bring brought/ build built/ burn burnt/ buy bought/ catch caught/ choose chose chosen
    come came/ cost/ creep crept/ cut/ deal dealt/ dig dug/ do does did done/ draw drew drawn/ dream dreamt
    drink drank drunk/ drive drove driven/ eat ate eaten/ fall fell fallen/ feed fed/ feel felt/ fight fought
    find found/ flee fled/ fly flies flew flown/ forget forgot forgotten/ forgive forgave forgiven/ freeze froze frozen
    get got gotten/ give gave given/ go goes went gone/ grow grew grown/ hang hung hanged/ have has had/ hear heard
    hide hid hidden/ hit/ hold held/ hurt/ keep kept/ kneel knelt/ know knew known/ lay laid/ lead led/ leap leapt
    learn learnt/ leave left/ lend lent/ let/ lie lies lied lying/ lose lost/ make made/ mean meant/ meet met
    pay paid/ put/ quit/ read/ ride rode ridden/ ring rang rung/ rise rose risen/ run ran/ say said/ see saw seen
    seek sought/ sell sold/ send sent/ set/ shake shook shaken/ shoot shot/ show shown/ shut/ sing sang sung
    sink sank sunk/ sit sat/ sleep slept/ slide slid/ smell smelt/ speak spoke spoken/ spend spent/ spill spilt
    spin spun/ spit spat/ split/ spoil spoilt/ spread/ stand stood/ steal stole stolen/ stick stuck/ sting stung
    stink stank stunk/ strike struck stricken/ strive strove striven/ swear swore sworn/ sweep swept/ swing swung
    take took taken/ teach taught/ tear tore torn/ tell told/ think thought/ throw threw thrown/ tread trod trodden
    understand understood/ undo undoes undid undone/ wake woke woken/ wear wore worn/ weave wove woven/ weep wept
    win won/ wind wound/ write wrote written/ man men/ woman women/ child children/ person people/ mouse mice
    louse lice/ goose geese/ foot feet/ tooth teeth/ wolf wolves/ thief thieves/ half halves/ knife knives/ life lives
    leaf leaves/ loaf loaves/ elf elves/ shelf shelves/ sheep/ deer/ swine/ vermin/ offspring
    """.replace("\n", "/").split("/")
    if (forms := tuple(line.split()))
}
"""Verbs and nouns whose forms no rule gives: base, then every other form."""
_ALSO_REGULAR = frozenset(("burn dream learn leap smell spill spoil hang knife").split())
_NOUNS_ONLY = frozenset(
    (
        "man woman child person mouse louse goose foot tooth wolf thief sheep deer swine vermin offspring"
    ).split()
)
_VOWELS = "aeiou"
_ONE_SYLLABLE_CVC = re.compile(r"[^aeiou]*(?:qu)?[aeiou][bdfglmnprtvz]")
_CVC = re.compile(r".*[^aeiou][aeiou][bdfglmnprtvz]")


@cache
def inflections(word: str) -> tuple[str, ...]:
    """The word and its plural, third person, past, participles and -ing form, without repeats.

    More is given where spelling is in doubt (travelled, traveled): a form nobody writes is never met.
    """
    irregular = IRREGULAR.get(word)
    if word in _NOUNS_ONLY:
        return (word, *(irregular or ()))
    forms = [word, _plural(word), *_ing(word)]
    forms += irregular or ()
    if irregular is None or word in _ALSO_REGULAR:
        forms += _past(word)
    return tuple(dict.fromkeys(forms))


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _past(word: str) -> list[str]:
    if word.endswith("e"):
        return [word + "d"]
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return [word[:-1] + "ied"]
    return [stem + "ed" for stem in _doubled(word)]


def _ing(word: str) -> list[str]:
    if word.endswith("ie"):
        return [word[:-2] + "ying"]
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) and len(word) > 2:
        return [word[:-1] + "ing"]
    return [stem + "ing" for stem in _doubled(word)]


def _doubled(word: str) -> list[str]:
    if _ONE_SYLLABLE_CVC.fullmatch(word):
        return [word + word[-1]]
    return [word, word + word[-1]] if _CVC.fullmatch(word) else [word]
