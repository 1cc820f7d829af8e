"""Openness to what others think: acknowledging, agreeing, thanking, hedging, asking."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from linter.analysis import Analysis
from linter.scores.cues import FADE, Cue, settled, words_of
from linter.scores.score import Evidence, Score
from linter.scores.weights import Family, weights

NAME = "receptiveness"
SPREAD = 1.5
"""So many raw points stand for one standard deviation of what people say."""


def lexicons() -> list[str]:
    """The word lists whose hits count."""
    return list(weights(NAME).families)


def score(analysis: Analysis) -> Score:
    """How open the author's own words are to somebody who thinks otherwise.

    `raw` = base + for each cue its family's points × its share; of one family's cues each counts half of the
    one before; quoted and reported words count nothing. `value` = 100 / (1 + exp(-raw)), 0-100: 50 is a text
    as open as the average of the two sets that it was fitted on. A post without words scores 0.

    Source: the moves are those of Yeomans, Minson, Collins, Chen and Gino (2020) and of Danescu-Niculescu-Mizil
    and others (2013), in words of our own; weights fitted by benchmarks/fit.py.
    """
    by = weights(NAME)
    if not analysis.words:
        return Score(NAME, by.base, 0.0)
    evidence = []
    for cue in cues(analysis, by.families):
        points = cue.share * cue.family.weigh(False, cue.words)
        if points:
            evidence.append(Evidence(analysis.tokens.span(*cue.hit), cue.family.name, points))
    raw = by.base + math.fsum(part.points for part in evidence)
    return Score(NAME, raw, 100 / (1 + math.exp(-raw)), tuple(evidence))


def cues(analysis: Analysis, families: Mapping[str, Family]) -> list[Cue]:
    """Every move of a post, in order of place."""
    seen: dict[str, int] = defaultdict(int)
    found = []
    for hit, family in settled(analysis, families, longest_first=True):
        if analysis.said(analysis.tokens.span(*hit)):
            found.append(Cue(hit, family, words_of(analysis, hit), False, FADE ** seen[family.name]))
            seen[family.name] += 1
    return found
