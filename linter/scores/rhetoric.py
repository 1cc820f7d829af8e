"""Devices of persuasion where one would expect talk."""

from __future__ import annotations

from linter.analysis import ANY, Analysis
from linter.scores import questions
from linter.scores.score import Evidence, Score, without_overlaps
from linter.scores.weights import weights
from linter.text import Span

NAME = "rhetoric_density"
_LONGEST = 5
_FEWEST_WORDS = 20


def lexicons() -> list[str]:
    """The word lists whose hits are devices."""
    return [device for device in weights(NAME).families if device not in ("rhetorical question", "anaphora")]


def score(analysis: Analysis) -> Score:
    """Persuasive devices per 100 words, in the author's own words.

    `raw` = the sum over devices of weight × words covered, a device of more than 5 words as 5, each word
    counted once (the stronger device has it). `value` = 100 × raw / max(words, 20): from 0, seldom over 60.
    A post without words scores 0.

    Source: the devices follow the inventories of SemEval-2020 task 11 and SemEval-2021 task 6; the lists
    and weights are our own.
    """
    words = analysis.words
    if not words:
        return Score(NAME, 0.0, 0.0)
    evidence = without_overlaps([*_listed(analysis), *_asked(analysis), *_repeated_openings(analysis)])
    raw = sum(part.points for part in evidence)
    return Score(NAME, raw, 100 * raw / max(words, _FEWEST_WORDS), tuple(evidence))


def _listed(analysis: Analysis) -> list[Evidence]:
    evidence = []
    for device, weight in weights(NAME).families.items():
        for hit in analysis.found(device, negated=ANY):
            covered = min(analysis.tokens.words(*hit) or 1, _LONGEST)
            evidence.append(Evidence(analysis.tokens.span(*hit), device, weight.points * covered))
    return evidence


def _asked(analysis: Analysis) -> list[Evidence]:
    """The first words of each rhetorical question."""
    weight = weights(NAME).families["rhetorical question"].points
    return [
        Evidence(_opening(analysis, question.first, question.last), "rhetorical question", weight * _LONGEST)
        for question in questions.asked(analysis)
        if not question.genuine
    ]


def _repeated_openings(analysis: Analysis) -> list[Evidence]:
    """Sentences in a row that begin with the same two words."""
    weight = weights(NAME).families["anaphora"].points
    forms = analysis.tokens.forms
    evidence = []
    for (first, end), (second, last) in zip(analysis.sentences, analysis.sentences[1:], strict=False):
        opening = forms[second : second + 2]
        if (
            end - first > 2
            and last - second > 2
            and forms[first : first + 2] == opening
            and opening[0].isalpha()
        ):
            span = analysis.tokens.span(second, second + 2)
            if analysis.said(span):
                evidence.append(Evidence(span, "anaphora", weight * 2))
    return evidence


def _opening(analysis: Analysis, first: int, last: int) -> Span:
    return analysis.tokens.span(first, min(last, first + _LONGEST))
