"""A number and the words it comes from."""

from __future__ import annotations

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
