"""A number and the words it comes from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from linter.text import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """One part of a score: the words, the feature they were taken for, and what they added to `raw`."""

    span: Span
    feature: str
    points: float


@dataclass(frozen=True, slots=True)
class Score:
    """`raw` is a base plus the evidence's points; `value` is the documented figure, None where undefined."""

    name: str
    raw: float
    value: float | None
    evidence: tuple[Evidence, ...] = ()


def without_overlaps(evidence: list[Evidence]) -> list[Evidence]:
    """The strongest evidence for each stretch of text, in order of place.

    A part that shares words with a stronger one (more points, else longer, else earlier) is dropped, so
    that no word is counted twice.
    """
    kept: list[Evidence] = []
    starts: list[int] = []
    for part in sorted(
        evidence, key=lambda part: (-part.points, part.span.start - part.span.end, part.span.start)
    ):
        at = bisect_right(starts, part.span.start)
        beside = kept[max(at - 1, 0) : at + 1]
        if not any(part.span.overlaps(other.span) for other in beside):
            starts.insert(at, part.span.start)
            kept.insert(at, part)
    return kept
