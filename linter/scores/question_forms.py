"""Which words ask by their order, with no mark to say so: "does the bus stop here", "any idea why", "is it, though"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from linter.party import ANY_PARTY
from linter.tokens import WORD

Words = Sequence[str]
"""The words of one clause, in small letters."""

AUXILIARIES = frozenset(
    "do does did is are was were have has had can could will would should may might shall am r d'you d'ya".split()
)
NEGATED = frozenset(
    (
        "isn't aren't wasn't weren't don't doesn't didn't won't can't couldn't shouldn't haven't "
        "hasn't hadn't ain't wouldn't"
    ).split()
)
WH = frozenset(
    "what what's who who's whos whose where where's wheres when when's why why's whys how how's hows which whom whats wats "
    "wat wut wuts wot wots how'd who'd where'd".split()
)
WH_IS = frozenset(
    "who'd where'd what's who's where's when's why's how's whats wats wuts wots whos wheres hows whys".split()
)
DETERMINERS = frozenset(
    "the my our your his her their its any some all many most other a an each every no".split()
)
ANYBODY = frozenset("any anyone anybody anything".split())
TAG_SUBJECTS = frozenset("it you they he she we i there that".split())
ASKING = (
    AUXILIARIES
    | NEGATED
    | WH
    | ANYBODY
    | frozenset(
        "huh eh pardon asl wbu hbu really wtf right innit correct wanna gonna fancy coming remember mean".split()
    )
)
"""Words one of which stands in every question without a mark, where `may_ask` says."""
SHORT = 3
"""Fewer words than this are no sentence to which a tag could be put."""

_PERSONS = frozenset("you u ya we they i he she it there anyone anybody somebody everyone everybody".split())
_PRONOUNS = (
    _PERSONS
    | frozenset(
        "this that these those someone people your yours ya yall y'all nobody anything everything".split()
    )
    | {ANY_PARTY}
)
_SUBJECTS = frozenset("you u we they i he she it".split())
_SINGULAR = frozenset("it he she this that".split())
_PLURAL_ONLY = frozenset("do are were have".split())
_POINTING = frozenset("the this these your".split())
_ORDERING_NOTHING = frozenset("does did can could will would should".split())
_HAVING = frozenset("have has had".split())
_MANY = frozenset("all many most other no any".split())
_NO_QUESTION_BEFORE_A_NOUN = frozenset("do have has had am".split())
"""Auxiliaries that, before a noun, open an order or a report ("do the dishes", "had a lovely day") and no question."""
_WH_WITH = {
    "what": frozenset("about kind sort kinds sorts time day if else type color colour".split()),
    "how": frozenset("about come many much long often far old big soon else bout".split()),
    "which": frozenset("one ones way".split()),
    "why": frozenset("not bother".split()),
    "who": frozenset("else wants wanna".split()),
    "where": frozenset("else abouts in at from".split()),
    "when": frozenset(),
    "wot": frozenset("about else".split()),
}
_WHOLE = frozenset(
    [
        ("what", "about"),
        ("how", "about"),
        ("what", "if"),
        ("how", "come"),
        ("why", "not"),
        ("how", "bout"),
        ("who", "knows"),
        ("who", "cares"),
        ("why", "bother"),
    ]
)
"""Two words that ask, whatever follows."""
_FILLERS = frozenset(
    "so and but or well ok okay oh hey hi hello hiya ah yeah yes yep no nah right now then anyway actually please "
    "also just like cos because wait sorry mm hmm hmmm mhm lol haha mate guys all folks everyone morning evening seriously "
    "honestly still maybe perhaps alright thanks god gosh wow dear uhhuh basically anyways".split()
)
_FILLING_PAIRS = frozenset([("i", "mean"), ("you", "know"), ("let's", "see"), ("i", "guess")])
_PREPOSITIONS = frozenset("in at on for with to of from by about".split())
_HESITATIONS = frozenset("um uh er erm umm uhm".split())
_ASKS_ALONE = frozenset("huh eh wut pardon asl wbu hbu really wtf why who what when where how".split())
"""Words that ask where they stand alone and no mark closes them."""
_TAG_WORDS = frozenset("right huh eh innit correct what".split())
_LEADING = _FILLERS | _HESITATIONS | _PREPOSITIONS | frozenset(second for _, second in _FILLING_PAIRS)
_ALWAYS = frozenset("coming mean remember".split())
_ANY = frozenset(
    "idea ideas else know got tips thoughts recommendations chance one fancy want wanna up".split()
)
_LEFT_OPEN = frozenset("the a an my your our their his its and but because or if".split())
"""Words after which a sentence without a mark was broken off."""
_WITHOUT_AUXILIARY = frozenset("doin been feelin up up2 at from think want wanna mean gonna say".split())
"""What follows "what you", "how you" or "where you" in a question that does without "are" or "do"."""
_NO_INVERSION_AFTER = frozenset(
    "so nor neither than as only never what that which who where you we they i he she it if".split()
)
_YOU_ARE = frozenset("sure ok okay alright coming going about free mean".split())
_NAMELESS = frozenset("not all what so nothing everything well more".split())


def may_ask(forms: Words, kinds: Words, first: int, last: int) -> bool:
    """Whether a sentence without a mark could ask at all, told from its tokens at a glance: one of ASKING opens a part of
    it, stands before "you", "they" …, or closes it."""
    for i in range(first, last):
        form = forms[i]
        if form not in ASKING:
            continue
        if i == first or kinds[i - 1] != WORD or forms[i - 1] in _LEADING or form in _ALWAYS:
            return True
        after = forms[i + 1] if i + 1 < last else ""
        if after in _SUBJECTS or after in TAG_SUBJECTS or not after:
            return True
        if form in _TAG_WORDS and WORD not in kinds[i + 1 : last]:
            return True
    return False


def clean(words: Words) -> list[str]:
    """Words without "um", and a word said twice in a row but once."""
    kept: list[str] = []
    for word in words:
        if word not in _HESITATIONS and word != (kept[-1] if kept else ""):
            kept.append(word)
    return kept


def without_fillers(words: Words) -> list[str]:
    """The words from where the clause begins to say something; its last word always stays."""
    i = 0
    while i < len(words) - 1:
        if i + 2 < len(words) and tuple(words[i : i + 2]) in _FILLING_PAIRS:
            i += 2
        elif words[i] in _FILLERS or words[i][0].isdigit():
            i += 1
        else:
            break
    return list(words[i:])


def speaking(clauses: Sequence[Words]) -> list[list[str]]:
    """The clauses from where each says something, without those that are all filler ("well, you know,") or begun anew."""
    found = [words for words in map(without_fillers, map(clean, clauses)) if words]
    said = [
        words
        for number, words in enumerate(found)
        if not (
            _is_filler(words)
            or any(following[: len(words)] == words for following in found[number + 1 : number + 2])
        )
    ]
    return said or found[-1:]


def _is_filler(words: Words) -> bool:
    return tuple(words) in _FILLING_PAIRS or (words[0] in _FILLERS and words[0] not in _TAG_WORDS)


def in_order(words: Words, bare: bool) -> bool:
    """Whether words stand in the order of a question; `bare` where no mark at all closes them."""
    if not words or (bare and words[-1] in _LEFT_OPEN):
        return False
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first in ("d'you", "d'ya", "how'd"):
        return len(words) > 2
    if first in AUXILIARIES or first in NEGATED:
        return _auxiliary_first(words, bare)
    if first in WH_IS:
        return second not in ("more", "important") and len(words) > 1 and "is" not in words[2:3]
    if first == "which":
        return second in _WH_WITH[first] or _which_asks(words)
    if first in WH and len(words) > 1:
        return _wh_first(words, bare)
    if first in _PREPOSITIONS and second in ("what", "which", "whom", "whose"):
        return bare and len(words) > 2 and words[2] not in _SUBJECTS
    if first == "you" and second in _YOU_ARE:
        return bare
    if first in ANYBODY:
        return bare or second in _ANY
    if first in ("wanna", "gonna", "fancy", "coming", "remember"):
        return bare and len(words) > 2
    return bare and ((len(words) == 1 and first in _ASKS_ALONE) or _inverts_later(words))


def plainly_in_order(words: Words) -> bool:
    """Whether a later clause stands in the order of a question beyond doubt ("…, do you think so")."""
    if tuple(words[:2]) in _WHOLE:
        return len(words) > 2
    if words[0] in WH:
        at = 1 if words[1:2] and words[1] in AUXILIARIES else 2
        if len(words) < at + 2 or words[at] not in AUXILIARIES or words[0] in ("which", "whose", "whom"):
            return False
        if words[0] == "who":
            return words[at + 1] in _SUBJECTS
        return words[at + 1] in _PERSONS or (at == 1 and len(words) > SHORT and words[2] in _POINTING)
    if len(words) < SHORT or words[0] not in AUXILIARIES | NEGATED:
        return False
    if words[1] in _POINTING:
        return words[0] in _ORDERING_NOTHING and len(words) > SHORT
    return words[1] in _PERSONS and _agree(words[0], words[1])


def ends_in_tag(words: Words) -> bool:
    """Whether an unmarked sentence ends in "isn't it", "do you", "right", "or not"."""
    if len(words) < SHORT:
        return False
    if is_tagged(words) and (words[-2] in NEGATED or (words[-2] not in _HAVING and len(words) > SHORT + 1)):
        return True
    return words[-1] in _TAG_WORDS or list(words[-2:]) == ["or", "not"]


def is_tagged(words: Words) -> bool:
    """Whether the last words are an auxiliary and its subject, as in "… aren't you"."""
    return (
        len(words) >= SHORT
        and words[-1] in TAG_SUBJECTS
        and (words[-2] in NEGATED or words[-2] in AUXILIARIES)
        and _agree(words[-2], words[-1])
        and words[-3] not in WH
        and words[0] not in WH | AUXILIARIES
    )


def _agree(auxiliary: str, subject: str) -> bool:
    """Whether a subject can stand behind an auxiliary: "do it" and "have that" are orders."""
    if subject in _SINGULAR:
        return auxiliary not in _PLURAL_ONLY
    if subject == "some":
        return auxiliary not in ("did", "had", "does", "has", "is")
    return not (
        auxiliary in ("does", "has", "is") and (subject in _MANY or subject in ("i", "we", "you", "they"))
    )


def _auxiliary_first(words: Words, bare: bool) -> bool:
    first, second = words[0], words[1] if len(words) > 1 else ""
    if not _agree(first, second):
        return False
    if second in _PRONOUNS:
        return len(words) > 2 or (bare and first in NEGATED)
    if first == "does":
        return bare and len(words) > SHORT and second not in _NAMELESS
    return second in DETERMINERS and first not in _NO_QUESTION_BEFORE_A_NOUN and len(words) > SHORT


def _which_asks(words: Words) -> bool:
    """Whether "which" asks ("which do you use", "which road would …") and does not refer ("which would help")."""
    modal = frozenset("do does did would should can could".split())
    if len(words) > SHORT and words[1] in modal:
        return words[2] in _PERSONS and words[3] != "know"
    return len(words) > SHORT and words[2] in modal and words[1] not in _SUBJECTS


def _wh_first(words: Words, bare: bool) -> bool:
    """Whether it asks with "what", "who", "how" …; "what you need is" and "how bad it was" do not."""
    first, second = words[:2]
    third = words[2] if len(words) > 2 else ""
    if (first, second) in _WHOLE:
        return third != "" or bare or first == "who"
    if second in AUXILIARIES or second in NEGATED:
        return third != "" or bare or first == "who"
    if second in ("you", "u", "ya", "yall", "they"):
        return bare and (first == "why" or third.endswith("ing") or third in _WITHOUT_AUXILIARY)
    if first == "why" and bare:
        return second not in DETERMINERS | _FILLERS | _PERSONS | {"i'm", "we're", "that", "thank"}
    if _is_subject(second) or (not bare and _has_a_subject_first(words)):
        return False
    if second in _WH_WITH.get(first, ()):
        return third != "" or bare
    return first in ("what", "whose", "how", "who", "why") and _noun_first(words, bare)


def _has_a_subject_first(words: Words) -> bool:
    """Whether somebody stands before the verb ("how much we can build"): told of, not asked."""
    for before, word in pairwise(words[1:]):
        if word in AUXILIARIES or word in NEGATED:
            return False
        if _is_subject(word) and before != "of":
            return True
    return False


def _is_subject(word: str) -> bool:
    """Whether a word is "you", "they" …, or that with its verb ("they'd"), and so no verb stood before it."""
    return word.partition("'")[0] in _SUBJECTS


def _noun_first(words: Words, bare: bool) -> bool:
    """Whether a noun comes before the verb: "what song did …"; unmarked also "who wrote …", "why save …"."""
    first, second = words[:2]
    if second in _PRONOUNS or (first == "what" and second in ("a", "an")):
        return False
    if first == "what" and second.endswith(("s", "ed", "'m", "'re")) and words[2:3] == ["is"]:
        return False
    return (bare and first in ("who", "what")) or (
        len(words) > SHORT and any(word in AUXILIARIES for word in words[2:4])
    )


def _inverts_later(words: Words) -> bool:
    """Whether an unmarked clause turns into a question on its way ("if it rains do we meet indoors")."""
    for before, word, subject, after in zip(words, words[1:], words[2:], [*words[3:], ""], strict=False):
        if subject not in _SUBJECTS or not _agree(word, subject):
            continue
        if word in AUXILIARIES and after and before not in _NO_INVERSION_AFTER:
            return True
        if before in WH and word in AUXILIARIES and before not in ("who", "which"):
            return True
    return False
