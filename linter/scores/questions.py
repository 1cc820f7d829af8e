"""Questions asked, and whether anybody is meant to answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linter.analysis import Analysis
from linter.scores import question_traits
from linter.scores.question_forms import may_ask
from linter.scores.question_sentence import Sentence
from linter.scores.score import Evidence, Score
from linter.scores.weights import weights

NAME = "questions_ratio"
_MARK = re.compile("[?‽]")
LEXICONS = question_traits.LEXICONS


@dataclass(frozen=True, slots=True)
class Question:
    """One sentence that asks, as a range of tokens, and whether it waits for an answer."""

    first: int
    last: int
    genuine: bool


def score(analysis: Analysis) -> Score:
    """Genuine questions over sentences, 0-1, in the author's own words.

    `raw` = the number of genuine questions (each adds 1); `value` = raw / sentences. Null for a post
    without sentences. A sentence asks if it holds a question mark, is put in the order of a question, ends
    in a tag ("isn't it"), or requests an answer ("tell me what you'd want"). It is genuine where the points
    of its traits (`question_traits`) come to zero or more: it speaks to the reader, says why it is asked and
    waits; it is not where it speaks against somebody, opens like a reproach, is a teaser or answers itself.
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
    return analysis.once(_asked)


def _asked(analysis: Analysis) -> tuple[Question, ...]:
    by = weights(NAME)
    return tuple(
        Question(sentence.first, sentence.last, question_traits.is_genuine(sentence, by))
        for sentence in asking_sentences(analysis)
    )


def asking_sentences(analysis: Analysis) -> list[Sentence]:
    """The sentences that ask in the author's own words, in order of place."""
    found = []
    tokens, text = analysis.tokens, analysis.text
    marked = "?" in text or "‽" in text
    for number, (first, last) in enumerate(analysis.sentences):
        if (
            not (marked and _MARK.search(text, tokens.starts[first], tokens.ends[last - 1]))
            and not may_ask(tokens.forms, tokens.kinds, first, last)
            and not analysis.begins("indirect-ask", first, last)
        ):
            continue
        sentence = Sentence.of(analysis, number)
        if sentence.asks and analysis.said(analysis.tokens.span(first, last)):
            found.append(sentence)
    return found
