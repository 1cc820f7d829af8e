"""What a statistical model could tell of a sentence: of whom a word is said, whether it asks, its parts of speech.

Used by benchmarks/ablation.py only: the linter itself needs no model. Labels of dependencies and parts of speech
are those of spaCy's English models.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from linter.scores import question_forms, question_traits

_SUBJECTS = ("nsubj", "nsubjpass")
_OBJECTS = ("dobj", "dative")
_PREDICATES = ("acomp", "attr", "oprd")
_MODIFIERS = ("amod", "compound", "nmod", "poss", "appos")
_LOOSE = ("npadvmod", "vocative", "intj", "dep", "advmod")
_VERBS = ("VERB", "AUX")
_NOUNS = ("NOUN", "PROPN")
_SELF = frozenset("i me my mine myself we us our ours ourselves".split())
_OTHERS = frozenset(
    "you your yours yourself yourselves u ur he him his himself she her hers herself they them their theirs themselves "
    "who whoever anyone everyone anybody everybody somebody someone nobody".split()
)
_ENTITIES = ("PERSON", "NORP", "ORG")
_DEEP = 3
PERSON, ONESELF, THING, NOBODY = "said of somebody", "said of oneself", "said of a thing", "said of nothing"


class Aim(NamedTuple):
    """Of whom a hit is said by the parse, whether a negation governs it, whether it is what I or we do something
    to, and whether it names somebody itself (a noun that is subject or object)."""

    of: str
    negated: bool
    object_of_mine: bool
    argument: bool


def aim(span: Span, people: Container[int]) -> Aim:
    """The aim of a hit; `people` are the tokens of the sentence that our word lists call people, parties or you."""
    word = span.root
    others = _said_of(word, _DEEP)
    if any(_somebody(one, people) for one in others) or any(one.i in people for one in span):
        of = PERSON
    elif any(one.lower_ in _SELF for one in others):
        of = ONESELF
    else:
        of = THING if others else NOBODY
    return Aim(
        of, _negated(word), _mine(word), word.pos_ in _NOUNS and word.dep_ in (*_SUBJECTS, "dobj", "pobj")
    )


def _somebody(token: Token, people: Container[int]) -> bool:
    return (
        token.lower_ in _OTHERS or token.ent_type_ in _ENTITIES or token.text[:1] == "@" or token.i in people
    )


def _said_of(word: Token, deep: int) -> list[Token]:
    """The words of which a word is predicate, attribute, modifier, subject or object, through a few steps."""
    if not deep:
        return []
    found: list[Token] = []
    head = word.head
    if word.dep_ in _PREDICATES or (word.dep_ in _LOOSE and head.pos_ in _VERBS):
        found += _subjects(head, deep)
    elif word.dep_ in _MODIFIERS:
        found += [head, *_said_of(head, deep - 1)]
    elif word.dep_ == "conj" and word.pos_ not in _VERBS:
        found += _said_of(head, deep - 1)
    elif word.dep_ == "pobj" and head.head.pos_ in _NOUNS:  # "a bunch of idiots"
        found += _said_of(head.head, deep - 1)
    if word.pos_ in _VERBS:
        found += _subjects(word, deep)
        found += [child for child in word.children if child.dep_ in _OBJECTS]
        found += _after_prepositions(word)
    found += [child for child in word.children if child.dep_ == "appos"]
    return found + [one for one in _after_prepositions(word) if one.head.lower_ == "like"]


def _after_prepositions(word: Token) -> list[Token]:
    return [
        child
        for prep in word.children
        if prep.dep_ == "prep"
        for child in prep.children
        if child.dep_ == "pobj"
    ]


def _subjects(verb: Token, deep: int) -> list[Token]:
    """A verb's subjects, those of the verb it hangs on if it has none; for "who", whoever that is."""
    found = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if verb.dep_ == "relcl" and (not found or found[0].tag_ in ("WP", "WDT")):
        return [verb.head]
    if not found and deep and verb.dep_ in ("conj", "xcomp", "advcl", "ccomp"):
        return _subjects(verb.head, deep - 1)
    return found


def _to_its_verb(word: Token) -> Iterator[Token]:
    """A word and what it hangs on, up to the first verb."""
    yield word
    for _ in range(_DEEP):
        if word.pos_ in _VERBS or word.head is word:
            return
        word = word.head
        yield word


def _negated(word: Token) -> bool:
    return any(
        child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ == "no")
        for one in _to_its_verb(word)
        for child in one.children
    )


def _mine(word: Token) -> bool:
    """Whether I or we are the subject of the verb that a word is an object of."""
    *below, verb = _to_its_verb(word)
    inside = any(one.dep_ in (*_OBJECTS, "pobj") for one in below)
    return inside and any(one.lower_ in _SELF for one in _subjects(verb, _DEEP))


# --- questions ---------------------------------------------------------------------------------------------------

_WH = ("WP", "WP$", "WDT", "WRB")
_BEFORE = ("intj", "cc", "punct", "vocative", "npadvmod", "advcl")


def inverted(doc: Doc) -> bool:
    """Whether a main clause has its auxiliary before its subject, or a question word for its subject."""
    roots = [sentence.root for sentence in doc.sents]
    # Speech reported is in the order of a statement: a complement in that of a question is one ("I mean is this it").
    others = [one for root in roots for one in root.children if one.dep_ in ("conj", "ccomp")]
    return any(_wh_is_subject(verb) for verb in roots) or any(
        _is_inverted(verb) for verb in (*roots, *others)
    )


def _subject(verb: Token) -> Token | None:
    if any(child.dep_ == "mark" for child in verb.children):
        return None
    return next((child for child in verb.children if child.dep_ in (*_SUBJECTS, "expl")), None)


def _wh_is_subject(verb: Token) -> bool:
    """Whether "who wrote it", "which bus is late"; "which is fine" goes on from what was said before."""
    subject = _subject(verb)
    if subject is None or subject.tag_ == "WDT" or not _holds_wh(subject) or subject.i > verb.i:
        return False
    return all(_is_before(child) for child in verb.lefts if child.i < subject.i)


def _is_inverted(verb: Token) -> bool:
    subject = _subject(verb)
    if subject is None:
        return False
    fronts = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    fronts += [verb] if verb.pos_ == "AUX" else []
    first = min((one.i for one in fronts), default=subject.i)
    return first < subject.i and all(
        _is_before(child) or _holds_wh(child) for child in verb.lefts if child.i < first
    )


def _holds_wh(token: Token) -> bool:
    """Whether a phrase, and no clause in it, holds a question word."""
    return token.tag_ in _WH or any(
        one.tag_ in _WH
        for child in token.children
        for one in (child, *child.children)
        if child.pos_ not in _VERBS
    )


def _is_before(token: Token) -> bool:
    """Whether a word may stand before a question without being part of it ("so", "right", a name)."""
    return token.dep_ in _BEFORE or token.lower_ in question_forms._FILLERS


def of_whom(doc: Doc) -> tuple[bool, bool, bool]:
    """Whether a question is of the reader, of others, of a thing: by the subject of its main clause."""
    subjects = [one for sentence in doc.sents for one in _subjects(sentence.root, 0)]
    inner = [one for one in doc if one.dep_ in _SUBJECTS and one.head.dep_ in ("ccomp", "xcomp")]
    owners = [child for one in subjects for child in one.children if child.dep_ == "poss"]
    readers = any(one.lower_ in question_traits._READERS for one in (*subjects, *inner, *owners))
    others = any(
        one.lower_ in question_traits._THIRD or one.ent_type_ in _ENTITIES for one in (*subjects, *owners)
    )
    thing = bool(subjects) and not readers and not others and subjects[0].lower_ not in _SELF
    return readers, others, thing


# --- parts of speech ---------------------------------------------------------------------------------------------

_THINKING = frozenset(
    "think believe feel guess suppose reckon wonder hope imagine understand see agree appreciate know doubt assume expect "
    "mean consider".split()
)
_SOFT = frozenset("could would might may 'd can".split())
_HARD = frozenset("must should will shall ought 'll".split())


def qualities(doc: Doc) -> dict[str, int]:
    """How many adjectives, adverbs and superlatives."""
    return {
        "adjectives": sum(one.pos_ == "ADJ" for one in doc),
        "adverbs": sum(one.pos_ == "ADV" for one in doc),
        "superlatives": sum(one.tag_ in ("JJS", "RBS") for one in doc),
    }


def moves_by_words(words: Sequence[str]) -> dict[str, int]:
    """The same as `moves` without a model: "I" or "we" with one of the verbs among the two words after it; forms."""
    thinking = sum(
        one in ("i", "we") and not _THINKING.isdisjoint(words[i + 1 : i + 3]) for i, one in enumerate(words)
    )
    soft, hard = (sum(one in forms for one in words) for forms in (_SOFT, _HARD))
    return {"thinking": thinking, "soft modals": soft, "hard modals": hard}


def moves(doc: Doc) -> dict[str, int]:
    """How often I or we think something, and how many modal verbs, soft and hard."""
    modals = [one for one in doc if one.tag_ == "MD"]
    soft = sum(one.lower_ in _SOFT for one in modals)
    thinking = sum(
        one.dep_ == "nsubj" and one.lower_ in ("i", "we") and one.head.lemma_.lower() in _THINKING
        for one in doc
    )
    return {"thinking": thinking, "soft modals": soft, "hard modals": len(modals) - soft}
