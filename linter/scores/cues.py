"""Cues: the hits of a score's word lists, settled so that no word is counted twice."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from linter.aim import aimed, at_oneself
from linter.analysis import ANY, Analysis
from linter.phrases import Hit
from linter.scores.score import Evidence
from linter.scores.weights import Family

FADE = 0.5
"""Of one family's hits each counts this share of the one before it."""
QUOTED, NEGATED = 0.25, 0.25
"""What somebody else's words count, and what a negation leaves or one's own name for oneself: little, but not nothing."""
COUNTER = "counter-speech"
"""The list of words that take back what is said in their sentence."""
_THIN_FROM = 20


class Cue(NamedTuple):
    """A hit of a family: `share` of the family's points are added for it."""

    hit: Hit
    family: Family
    words: str
    aimed: bool
    share: float


def settled(
    analysis: Analysis, families: Mapping[str, Family], *, longest_first: bool
) -> list[tuple[Hit, Family]]:
    """The hits of all families in order of place, no two of them on the same words.

    The family that comes first has them, and of its own hits the longest, a family that yields last of all; or
    the longest hit has them, whichever its family.
    """
    hits = analysis.hits
    found = [
        (hit, family)
        for name in families.keys() & hits.keys()
        for family in (families[name],)
        for hit in hits[name]
    ]
    if longest_first:
        found.sort(key=lambda pair: (pair[0].first - pair[0].last, pair[1].rank, pair[0].first))
    else:
        found.sort(
            key=lambda pair: (pair[1].yields, pair[1].rank, pair[0].first - pair[0].last, pair[0].first)
        )
    taken: set[int] = set()
    kept = []
    for hit, family in found:
        tokens = range(hit.first, hit.last)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append((hit, family))
    return sorted(kept, key=lambda pair: pair[0])


def fading(analysis: Analysis, found: Iterable[tuple[Hit, Family]], thin: float) -> Iterator[Cue]:
    """Each hit with its aim and its share: half of the one before it of the same family and aim, × `thin`, × how far it is meant."""
    seen: dict[tuple[str, bool], int] = defaultdict(int)
    for hit, family in found:
        at_somebody = family.can_be_aimed and aimed(analysis, hit)
        times = seen[family.name, at_somebody]
        seen[family.name, at_somebody] += 1
        share = FADE**times * (thin if family.thin else 1.0) * _meant(analysis, hit, family)
        yield Cue(hit, family, words_of(analysis, hit), at_somebody, share)


def _meant(analysis: Analysis, hit: Hit, family: Family) -> float:
    """How far a hit is meant: in full where nothing lessens it."""
    return math.prod(share for _, share in _lessened(analysis, hit, family))


def _lessened(analysis: Analysis, hit: Hit, family: Family) -> Iterator[tuple[str, float]]:
    """What makes a hit count for less, in words, and the share that each leaves of it."""
    if not analysis.said(analysis.tokens.span(*hit)):
        yield "in somebody else's words", QUOTED
    if COUNTER in analysis.hits and analysis.begins(COUNTER, *analysis.sentence_at(hit.first)):
        yield "taken back in its sentence", NEGATED
    if family.can_be_aimed and at_oneself(analysis, hit):
        yield "said of oneself", NEGATED
    if family.negated != ANY and analysis.negated and analysis.is_negated(hit):
        yield "under a “not”", NEGATED


def reasons(analysis: Analysis, cue: Cue) -> list[str]:
    """What makes a cue count as it does, in words: at whom it is aimed, and what lessens it."""
    aim = ["said of somebody"] if cue.aimed else []
    thin = ["thinned by the length of the post"] if cue.family.thin and analysis.words > _THIN_FROM else []
    return [*aim, *(reason for reason, _ in _lessened(analysis, cue.hit, cue.family)), *thin]


def evidence_of(analysis: Analysis, cues: Iterable[Cue]) -> tuple[Evidence, ...]:
    """What each cue adds, those left out that add nothing."""
    weighed = ((cue, cue.share * cue.family.weigh(cue.aimed, cue.words)) for cue in cues)
    span = analysis.tokens.span
    return tuple(Evidence(span(*cue.hit), cue.family.name, points) for cue, points in weighed if points)


def words_of(analysis: Analysis, hit: Hit) -> str:
    """The words of a hit as they are matched: small letters, repaired."""
    return " ".join(analysis.tokens.forms[hit.first : hit.last])


def thinness(words: int) -> float:
    """How much a thin cue counts in a post of so many words: 1 up to twenty, then as the root falls."""
    return float((_THIN_FROM / max(words, _THIN_FROM)) ** 0.5)
