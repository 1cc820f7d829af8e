"""Openness to what others think: acknowledging, agreeing, thanking, hedging, asking."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice

from linter.analysis import Analysis
from linter.phrases import Hit
from linter.scores.cues import FADE, Cue, evidence_of, settled, words_of
from linter.scores.questions import asked
from linter.scores.score import Score
from linter.scores.weights import Family, weights
from linter.tokens import PUNCT

NAME = "receptiveness"
SPREAD = 1.5
"""So many raw points stand for one standard deviation of what people say."""
ORATED, HEATED = "rhetorical question", "heated marks"
"""Moves that are no word list: the mark of a question that wants no answer, and marks such as "?!" and "..."."""
AT_LENGTH = 20
"""From so many words on, each cue counts less: as the cube root of the number of words grows."""
OPENING = "^ "
"""Stands before the words of a cue that opens a sentence: "please" there asks otherwise than later on."""


def lexicons() -> list[str]:
    """The word lists whose hits count."""
    return [name for name in weights(NAME).families if name not in (ORATED, HEATED)]


def score(analysis: Analysis) -> Score:
    """How open the author's own words are to somebody who thinks otherwise.

    `raw` = base + for each cue its family's points × its share; of one family's cues each counts half of the
    one before, and from twenty words on each × cbrt(20 / words); quoted and reported words count nothing. A word may
    weigh more or less than its family, and otherwise at the start of a sentence. `value` = 100 / (1 + exp(-raw)), 0-100: 50 is a text
    as open as the average of the two sets that it was fitted on. A post without words scores 0.

    Source: the moves are those of Yeomans, Minson, Collins, Chen and Gino (2020) and of Danescu-Niculescu-Mizil
    and others (2013), in words of our own; weights fitted by benchmarks/fit.py.
    """
    by = weights(NAME)
    if not analysis.words:
        return Score(NAME, by.base, 0.0)
    evidence = evidence_of(analysis, cues(analysis, by.families))
    raw = by.base + math.fsum(part.points for part in evidence)
    return Score(NAME, raw, 100 / (1 + math.exp(-raw)), evidence)


def cues(analysis: Analysis, families: Mapping[str, Family]) -> list[Cue]:
    """Every move of a post, in order of place."""
    tokens = analysis.tokens
    openings = {first for first, _ in analysis.sentences}
    thin = (AT_LENGTH / max(analysis.words, AT_LENGTH)) ** (1 / 3)
    marked = [(hit, families[name]) for hit, name in _marks(analysis) if name in families]
    seen: dict[str, int] = defaultdict(int)
    found = []
    for hit, family in sorted(
        [*settled(analysis, families, longest_first=True), *marked], key=lambda pair: pair[0]
    ):
        if analysis.said(tokens.span(*hit)):
            words = words_of(analysis, hit)
            words = OPENING + words if hit.first in openings else words
            found.append(Cue(hit, family, words, False, thin * FADE ** seen[family.name]))
            seen[family.name] += 1
    return found


def _marks(analysis: Analysis) -> Iterator[tuple[Hit, str]]:
    """Heated marks, and the first mark of each question that wants no answer."""
    kinds, forms = analysis.tokens.kinds, analysis.tokens.forms
    for i, kind in enumerate(kinds):
        if kind == PUNCT and (forms[i] == "…" or (len(forms[i]) > 1 and forms[i][0] in "?!.…")):
            yield Hit(i, i + 1), HEATED
    for question in asked(analysis) if "?" in analysis.plain else ():
        marks = (i for i in range(question.first, question.last) if not question.genuine and forms[i] == "?")
        yield from ((Hit(i, i + 1), ORATED) for i in islice(marks, 1))
