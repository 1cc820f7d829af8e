"""What speaks for or against an answer being wanted to a question: a table of plain tests."""

from __future__ import annotations

from collections.abc import Callable

from linter.party import ANY_PARTY
from linter.scores.question_forms import AUXILIARIES, DETERMINERS, NEGATED, SHORT, TAG_SUBJECTS, WH, WH_IS, in_order
from linter.scores.question_sentence import Sentence
from linter.scores.weights import Weights
from linter.tokens import HANDLE, NUMBER, PUNCT, URL, WORD

ATTACKS = (
    "insult",
    "accusation",
    "vermin",
    "contempt",
    "failing-strong",
    "profanity-strong",
    "slurs",
    "dismissal",
)
HEAT = (
    "loaded",
    "loaded-strong",
    "loaded-mild",
    "partisan",
    "labels",
    "scorn",
    "wrongdoing",
    "failing",
    "put-down",
    "anger",
)
LEXICONS = ["asking", "indirect-ask", "rhetorical", "teaser", "you", "party", *ATTACKS, *HEAT]

_ANSWERS = frozenset(
    "no yes nothing nobody never none yep nope exactly precisely zero zilch absolutely certainly simple simply easy because "
    "neither nowhere not".split()
)
_THIRD = frozenset(
    "they he she council government politicians councillors ministers mps mp congress anyone anybody westminster them him "
    "her his their these this people taxpayers families residents our".split()
) | {ANY_PARTY}
_READERS = frozenset(
    "you your yours ya u anyone anybody somebody someone everyone everybody people folk folks".split()
)
def _subject(words: list[str]) -> str:
    """The word after the first auxiliary: of whom or what is asked."""
    at = next((i for i, word in enumerate(words[:4]) if word in AUXILIARIES or word in NEGATED), None)
    if at is None:
        return words[1] if len(words) > 1 and words[0] in WH_IS else ""
    return words[at + 1] if at + 1 < len(words) else ""


def _of_the_reader(sentence: Sentence) -> bool:
    return _subject(sentence.opening) in _READERS or not _YOU.isdisjoint(sentence.opening)


def _of_others(sentence: Sentence) -> bool:
    words = sentence.opening
    subject = _subject(words)
    if subject in _THIRD:
        return True
    at = words.index(subject) if subject in words else 0
    return ANY_PARTY in words[at : at + 2]


def _is_a_fragment(sentence: Sentence) -> bool:
    """Whether it has a question mark and nothing else of a question ("50 a day?")."""
    words = sentence.opening
    asks = in_order(words, bare=True) or (bool(words) and words[0] in WH | AUXILIARIES)
    return not asks and not _is_tagged(sentence) and not sentence.holds("indirect-ask")


def _is_tagged(sentence: Sentence) -> bool:
    words = sentence.words
    return (
        len(words) > SHORT
        and words[-1] in TAG_SUBJECTS
        and (words[-2] in NEGATED or words[-2] in AUXILIARIES)
    )


def _is_tagged_of_others(sentence: Sentence) -> bool:
    return _is_tagged(sentence) and not _READERS.intersection(sentence.words[:-2])


def _next_words(sentence: Sentence) -> list[str]:
    """The words of the sentence after it; none after the last."""
    analysis, number = sentence.analysis, sentence.number + 1
    if number >= len(analysis.sentences):
        return []
    first, last = analysis.sentences[number]
    tokens = analysis.tokens
    words: list[str] = []
    for i in range(first, last):
        if tokens.kinds[i] in (WORD, NUMBER):
            words.append(ANY_PARTY if i in analysis.parties else tokens.forms[i])
    return words


def _answers_itself(sentence: Sentence) -> bool:
    words = _next_words(sentence)
    return bool(words) and (
        words[0] in _ANSWERS
        or words[:2] == ["of", "course"]
        or (len(words) > 1 and words[-2] == "that's" and words[-1] in WH)
        or (words[0] in ("i", "the", "a") and len(words) < SHORT * 2)
    )


def _says_why(sentence: Sentence) -> bool:
    """Whether the next sentence tells why one asks ("I've only just moved in")."""
    words = _next_words(sentence)
    return len(words) >= SHORT * 2 and words[0] in _ONESELF


def _wants_replies(sentence: Sentence) -> bool:
    """Whether the next sentence calls for answers ("Names by Friday please")."""
    words = _next_words(sentence)
    return not _REPLY.isdisjoint(words)


_ONESELF = frozenset("i i'm i've i'd my we're we've we'd our asking just".split())
_REPLY = frozenset(
    "please message comment comments reply below dm email ring text answers suggestions ideas let tell".split()
)


def _leads_on(sentence: Sentence) -> bool:
    """Whether the next sentence sends the reader to a link, a page or a programme."""
    analysis = sentence.analysis
    _, end = analysis.sentences[min(sentence.number + 1, len(analysis.sentences) - 1)]
    return URL in analysis.tokens.kinds[sentence.first : end] or not _ELSEWHERE.isdisjoint(
        _next_words(sentence)[:4]
    )


def _heat_around(sentence: Sentence) -> bool:
    """Whether hard or loaded words stand elsewhere in the post."""
    hits = sentence.analysis.hits
    return any(
        not sentence.first <= hit.first < sentence.last
        for owner in (*ATTACKS, *HEAT)
        for hit in hits.get(owner, ())
    )


def _before_a_colon(sentence: Sentence) -> bool:
    """Whether it stands behind a heading ("Voter ID: what do you need to know?")."""
    analysis = sentence.analysis
    forms, kinds = analysis.tokens.forms, analysis.tokens.kinds
    return any(
        kinds[i] == PUNCT and forms[i] == ":"
        for i in range(sentence.first, min(sentence.first + 5, sentence.last))
    )


_YOU = frozenset("you your yours you're you've you'd you'll u ur ya".split())
_ELSEWHERE = frozenset(
    "verdict facts thread revealed exclusive here's vote sign find read click watch see listen tune discover exclusive check join visit here page download".split()
)
_STRESSED = frozenset("seriously exactly even honestly possibly actually".split())

_ANYBODY = frozenset("anyone anybody any".split())

TRAITS: dict[str, Callable[[Sentence], bool]] = {
    "asks for a view": lambda sentence: sentence.holds("asking"),
    "requests an answer": lambda sentence: sentence.holds("indirect-ask"),
    "of the reader": _of_the_reader,
    "open": lambda sentence: sentence.opening[:1] in (["what"], ["which"], ["what's"]),
    "any": lambda sentence: bool(_ANYBODY.intersection(sentence.opening[:2])),
    "without a mark": lambda sentence: "?" not in sentence.marks,
    "tag": _is_tagged,
    "tag of others": _is_tagged_of_others,
    "attack": lambda sentence: any(sentence.holds(owner) for owner in ATTACKS),
    "known to be rhetorical": lambda sentence: sentence.holds("rhetorical"),
    "negated opening": lambda sentence: sentence.opening[:1] != [] and sentence.opening[0] in NEGATED,
    "exclaims": lambda sentence: "?" in sentence.marks and "!" in sentence.marks[sentence.marks.index("?") :],
    "of others": _of_others,
    "fragment": _is_a_fragment,
    "stressed": lambda sentence: bool(_STRESSED.intersection(sentence.words)),
    "why or how": lambda sentence: sentence.opening[:1] in (["why"], ["how"]) and not _of_the_reader(sentence),
    "answers itself": _answers_itself,
    "says why": _says_why,
    "wants replies": _wants_replies,
    "teaser": lambda sentence: sentence.holds("teaser"),
    "leads on": _leads_on,
    "heat": lambda sentence: any(sentence.holds(owner) for owner in HEAT),
    "heat around": _heat_around,
    "of a thing": lambda sentence: _subject(sentence.opening) in DETERMINERS | {"there", "it", "this", "that"},
    "addressed": lambda sentence: HANDLE in sentence.analysis.tokens.kinds[: sentence.first + 2],
    "behind a heading": _before_a_colon,
}  # fmt: skip
"""What speaks for or against an answer being wanted; the points stand in rules/scores/questions_ratio.yaml."""


def is_genuine(sentence: Sentence, by: Weights) -> bool:
    """Whether an answer is wanted: base and the points of the traits come to zero or more."""
    return by.base + sum(by.families[trait].points for trait, test in TRAITS.items() if test(sentence)) >= 0

