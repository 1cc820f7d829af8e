"""Attack on a person or group; neither swearing as such nor sadness."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping
from functools import cache

from linter.analysis import Analysis
from linter.phrases import Hit
from linter.scores.cues import COUNTER, FADE, Cue, evidence_of, fading, settled, thinness, words_of
from linter.scores.score import Score
from linter.scores.weights import Family, Weights, weights
from linter.tokens import WORD

NAME = "aggressiveness"
VADER = "vader"
"""The family that is no word list: words of VADER's lexicon that are in none."""


def lexicons() -> list[str]:
    """The word lists whose hits count."""
    return [*(name for name in weights(NAME).families if name != VADER), COUNTER]


def score(analysis: Analysis) -> Score:
    """How much of an attack the author's own words are.

    `raw` = base + for each cue its family's points (other ones where it is aimed at somebody, and some more
    or fewer for certain words) × its share. Of one family's cues each counts half of the one before; thin
    cues also × sqrt(20 / words) from twenty words on; quoted and reported words × 1/4, negated ones × 1/4
    (swearing excepted). Words of VADER's lexicon that are in no list count by their valence. `value` = 100 /
    (1 + exp(-raw)), 0-100: how many in a hundred such posts would be called an attack, in the mix of
    sources that docs/validity.md names. Capitals and exclamation marks count nothing, since they say
    nothing about attack (AUC 0.47-0.55). A post without words scores 0.

    Source: cues after Davidson, Sun and Wojcieszak (2020) and Price and others (2020), in words of our own;
    valences from VADER (Hutto and Gilbert 2014); weights fitted by benchmarks/fit.py.
    """
    return weighed(analysis, weights(NAME))


def weighed(analysis: Analysis, by: Weights) -> Score:
    """The score by given weights."""
    if not analysis.words:
        return Score(NAME, by.base, 0.0)
    evidence = evidence_of(analysis, cues(analysis, by.families))
    raw = by.base + math.fsum(part.points for part in evidence)
    return Score(NAME, raw, 100 / (1 + math.exp(-raw)), evidence)


def cues(analysis: Analysis, families: Mapping[str, Family]) -> list[Cue]:
    """Every cue of a post, in order of place."""
    found = settled(analysis, families, longest_first=False)
    attacked = {analysis.sentence_at(hit.first) for hit, family in found if family.can_be_aimed}
    found = [
        (hit, family)
        for hit, family in found
        if not family.beside or analysis.sentence_at(hit.first) in attacked
    ]
    covered = {i for hit, _ in found for i in range(hit.first, hit.last)}
    thin = thinness(analysis.words)
    listed = list(fading(analysis, found, thin))
    return sorted(
        [*listed, *_left_over(analysis, families.get(VADER), covered, thin)], key=lambda cue: cue.hit
    )


def _left_over(analysis: Analysis, vader: Family | None, covered: Container[int], thin: float) -> list[Cue]:
    """VADER's negative words that no list covers, the worst counting most."""
    if vader is None:
        return []
    valences, tokens = vader_valences(), analysis.tokens
    found = []
    for i, form in enumerate(tokens.forms):
        valence = valences.get(form, 0.0)
        if valence < 0 and tokens.kinds[i] == WORD and i not in covered:
            found.append((valence, Hit(i, i + 1)))
    found.sort()
    return [
        Cue(hit, vader, words_of(analysis, hit), False, -valence * FADE**times * thin)
        for times, (valence, hit) in enumerate(found)
    ]


@cache
def vader_valences() -> dict[str, float]:
    """VADER's lexicon: valence from -4 to 4 by lower-case word."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    lexicon: dict[str, float] = SentimentIntensityAnalyzer().lexicon
    return lexicon
