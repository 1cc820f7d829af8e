"""Questions asked, and whether anybody is meant to answer."""

from __future__ import annotations

from dataclasses import dataclass

from linter.analysis import Analysis
from linter.scores.score import Evidence, Score
from linter.text import Span
from linter.tokens import PUNCT, WORD

NAME = "questions_ratio"
LEXICONS = ["asking", "indirect-ask", "rhetorical", "insult", "accusation", "you"]

_NEGATED_OPENINGS = frozenset(
    (
        "isn't aren't wasn't weren't don't doesn't didn't won't can't couldn't shouldn't haven't "
        "hasn't hadn't ain't"
    ).split()
)
_OWN_ANSWERS = frozenset(("no yes nothing nobody never none yep nope exactly precisely").split())
_WH = frozenset(("what what's who who's where where's when why how how's which whose").split())
_INVERTED = frozenset(
    ("do does did is are was were have has had can could will would should may might shall am").split()
)
_SUBJECTS = frozenset(
    ("you we i they he she it there this that anyone anybody someone somebody people your the").split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """One sentence that asks, as a range of tokens, and whether it waits for an answer."""

    first: int
    last: int
    genuine: bool


def score(analysis: Analysis) -> Score:
    """Genuine questions over sentences, 0-1, in the author's own words.

    `raw` = the number of genuine questions (each adds 1); `value` = raw / sentences. Null for a post
    without sentences. A sentence asks if it holds a question mark, opens like a question, or requests an
    answer ("tell me what you'd want"); it is genuine unless it answers itself or opens with a negated
    auxiliary, holds an insult or a known rhetorical opening, or ends in `?!`.
    """
    sentences = len(analysis.sentences)
    evidence = tuple(
        Evidence(analysis.tokens.span(question.first, question.last), "genuine question", 1.0)
        for question in asked(analysis)
        if question.genuine
    )
    raw = float(len(evidence))
    return Score(NAME, raw, raw / sentences if sentences else None, evidence)


def asked(analysis: Analysis) -> tuple[Question, ...]:
    """Every question in the author's own words, in order of place."""
    known: tuple[Question, ...] | None = analysis.__dict__.get("_questions")
    if known is None:
        known = tuple(_questions(analysis))
        analysis.__dict__["_questions"] = known
    return known


def _questions(analysis: Analysis) -> list[Question]:
    found = []
    for number, (first, last) in enumerate(analysis.sentences):
        if _asks(analysis, first, last) and analysis.said(analysis.tokens.span(first, last)):
            found.append(Question(first, last, not _rhetorical(analysis, number, first, last)))
    return found


def _marks(analysis: Analysis, first: int, last: int) -> str:
    """The punctuation of a sentence that is not inside a quotation."""
    tokens = analysis.tokens
    return "".join(
        tokens.forms[i]
        for i in range(first, last)
        if tokens.kinds[i] == PUNCT and analysis.said(Span(tokens.starts[i], tokens.ends[i]))
    )


def _asks(analysis: Analysis, first: int, last: int) -> bool:
    return (
        "?" in _marks(analysis, first, last)
        or analysis.begins("indirect-ask", first, last)
        or _opens_as_question(analysis, first, last)
    )


def _opens_as_question(analysis: Analysis, first: int, last: int) -> bool:
    """Whether an unmarked sentence opens in the order of a question ("do you", "what would")."""
    forms, kinds = analysis.tokens.forms, analysis.tokens.kinds
    words = [forms[i] for i in range(first, last) if kinds[i] == WORD][:3]
    if len(words) < 3 or "!" in _marks(analysis, first, last):
        return False
    return (words[0] in _INVERTED and words[1] in ("you", "we", "they", "anyone", "anybody")) or (
        words[0] in _WH and words[1] in _INVERTED and words[2] in _SUBJECTS - {"the", "this", "that", "it"}
    )


def _rhetorical(analysis: Analysis, number: int, first: int, last: int) -> bool:
    forms = analysis.tokens.forms
    opening = next((forms[i] for i in range(first, last) if analysis.tokens.kinds[i] == WORD), "")
    marks = _marks(analysis, first, last)
    return (
        ("?" in marks and "!" in marks[marks.index("?") :])
        or opening in _NEGATED_OPENINGS
        or any(analysis.begins(owner, first, last) for owner in ("rhetorical", "insult", "accusation"))
        or _answers_itself(analysis, number)
    )


def _answers_itself(analysis: Analysis, number: int) -> bool:
    if number + 1 >= len(analysis.sentences):
        return False
    first, last = analysis.sentences[number + 1]
    forms = analysis.tokens.forms
    return forms[first] in _OWN_ANSWERS or forms[first : min(last, first + 2)] == ["of", "course"]
