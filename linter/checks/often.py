"""`often`: too many posts in a room in too few days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar, Self

from linter.checks.kind import CheckReader, Found
from linter.fields import Fields
from linter.finding import Related
from linter.text import Span
from linter.timeline import Timeline, Turn, days_between


@dataclass(frozen=True, slots=True)
class Often:
    """One finding on each post of one's own beyond `over` in `days` days in a room; replies are not counted."""

    words_only: ClassVar[bool] = False
    over: float
    days: float

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `over` and `days` (1: the same day)."""
        over, days = fields.number("over", required=True), fields.number("days", required=True)
        return cls(over or 0, days or 1)

    def found(self, turn: Turn, timeline: Timeline) -> Iterator[Found]:
        """The start of the post, with those before it."""
        if turn.is_reply or not timeline.is_dated(turn):
            return
        near = takewhile(lambda one: (days_between(one, turn) or 0) < self.days, timeline.before(turn))
        own = [one for one in near if not one.is_reply]
        if len(own) >= self.over:
            yield Found(related=tuple(Related(one.post, Span(0, 0), "before this") for one in own))
