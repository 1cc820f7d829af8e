"""`ratio`: much of one thing against little of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from linter.analysis import Analysis
from linter.checks.kind import NOWHERE, CheckReader
from linter.checks.what import What, read_group
from linter.fields import Fields
from linter.text import Span


@dataclass(frozen=True, slots=True)
class Ratio:
    """One finding, at the start, where there are `least` of these and more than `over` times as many as of those."""

    words_only: ClassVar[bool] = True
    these: What
    those: What
    over: float
    least: float

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `these`, `those`, `over` and `least` (3 where it is not given)."""
        these, those = read_group(fields, "these", reader), read_group(fields, "those", reader)
        over, least = fields.number("over", required=True), fields.number("least")
        if these is None or those is None or over is None:
            return None
        return cls(these, those, over, 3 if least is None else least)

    @property
    def calls_for(self) -> tuple[str, ...]:
        """What there may be too much of."""
        return self.these.calls_for if self.least > 0 else ()

    @property
    def bounds(self) -> tuple[str, ...]:
        """How many times as much is too much."""
        return ("over",)

    def bounded(self, over: float | None, under: float | None) -> Self:
        """The same with another number."""
        return self if over is None else replace(self, over=over)

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """The start of the post."""
        these = len(self.these.hits(analysis))
        if these >= self.least and these > self.over * len(self.those.hits(analysis)):
            yield NOWHERE
