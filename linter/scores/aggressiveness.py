"""Attack on a person or group; neither swearing as such nor sadness."""

from __future__ import annotations

import math
from functools import cache

from linter.aim import aimed
from linter.analysis import Analysis
from linter.phrases import Hit
from linter.scores.score import Evidence, Score, without_overlaps
from linter.scores.weights import weights
from linter.tokens import WORD

NAME = "aggressiveness"


def lexicons() -> list[str]:
    """The word lists whose hits count."""
    return list(weights(NAME).families)


def score(analysis: Analysis) -> Score:
    """How much of an attack the author's own words are.

    `raw` = base + the points of each family's hits, more where a hit is aimed at somebody; in a family the
    second strongest counts half, the third a quarter, and so on; and of VADER's worst word, by its
    valence. `value` = 100 / (1 + exp(-raw)), 0-100. Quoted, reported and negated words count nothing;
    nor do capitals and exclamation marks, which say nothing about attack (AUC 0.47-0.55). A post without
    words scores 0.

    Source: cues after Davidson, Sun and Wojcieszak (2020) and Price and others (2020), in words of our own;
    valences from VADER (Hutto and Gilbert 2014). The weights of this version are set by hand.
    """
    base = weights(NAME).base
    if not analysis.words:
        return Score(NAME, base, 0.0)
    evidence = _fading(without_overlaps([*_families(analysis), *_worst_word(analysis)]))
    raw = base + sum(part.points for part in evidence)
    return Score(NAME, raw, 100 / (1 + math.exp(-raw)), tuple(evidence))


def _families(analysis: Analysis) -> list[Evidence]:
    evidence = []
    for family, weight in weights(NAME).families.items():
        for hit in analysis.found(family):
            points = weight.aimed if weight.aimed != weight.points and aimed(analysis, hit) else weight.points
            if points:
                evidence.append(Evidence(analysis.tokens.span(*hit), family, points))
    return evidence


def _fading(evidence: list[Evidence]) -> list[Evidence]:
    seen: dict[str, int] = {}
    faded: dict[Evidence, Evidence] = {}
    for part in sorted(evidence, key=lambda part: (-part.points, part.span)):
        times = seen.get(part.feature, 0)
        seen[part.feature] = times + 1
        faded[part] = Evidence(part.span, part.feature, part.points * 0.5**times)
    return [faded[part] for part in evidence]


def _worst_word(analysis: Analysis) -> list[Evidence]:
    """VADER's most negative word among the author's own, if bad enough; it counts more with "you" in its sentence."""
    numbers = weights(NAME).numbers
    valences = vader_valences()
    worst, at = numbers["worst_word_from"], -1
    for i, form in enumerate(analysis.tokens.forms):
        valence = valences.get(form, 0.0)
        if valence < worst and analysis.tokens.kinds[i] == WORD:
            hit = Hit(i, i + 1)
            if analysis.said(analysis.tokens.span(*hit)) and not analysis.is_negated(hit):
                worst, at = valence, i
    if at < 0:
        return []
    first, last = analysis.sentence_at(at)
    near_you = any(first <= hit.first < last for hit in analysis.hits.get("you", ()))
    share = numbers["worst_word_near_you"] if near_you else numbers["worst_word"]
    return [Evidence(analysis.tokens.span(at, at + 1), "worst word", share * -worst)]


@cache
def vader_valences() -> dict[str, float]:
    """VADER's lexicon: valence from -4 to 4 by lower-case word."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    lexicon: dict[str, float] = SentimentIntensityAnalyzer().lexicon
    return lexicon
