"""`early`: a move made for the first time in a room before its time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from linter.checks.kind import CheckReader, Found
from linter.checks.what import read_what
from linter.fields import Fields
from linter.finding import Related
from linter.text import Span
from linter.timeline import Timeline, Turn, days_between


@dataclass(frozen=True, slots=True)
class Early:
    """One finding where the first such move in a room comes too early.

    `under_days`: so few days after joining, or else after the author's first post there; `under_exchanges`: with
    so few replies of the author's before it. Either is enough. Where neither the day of joining nor an earlier
    post is known there is nothing to count from.
    """

    words_only: ClassVar[bool] = True
    move: str
    under_days: float | None
    under_exchanges: float | None

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From what to look for, and `under_days` or `under_exchanges`."""
        days, exchanges = fields.number("under_days"), fields.number("under_exchanges")
        if days is None and exchanges is None:
            fields.note(fields.mapping.line, "`early` needs `under_days` or `under_exchanges`, a number")
        return cls(reader.look(read_what(fields, reader)), days, exchanges)

    def found(self, turn: Turn, timeline: Timeline) -> Iterator[Found]:
        """The move's words, with the author's first post in the room."""
        span = turn.traits.moves.get(self.move)
        if span is None or not timeline.row(turn):
            return
        earlier = list(timeline.before(turn))
        if any(self.move in one.traits.moves for one in earlier):
            return
        days = _days_there(turn, earlier)
        if self._is_early(days, sum(one.is_reply for one in earlier), bool(earlier)):
            first = earlier[-1:]
            yield Found(span, tuple(Related(one.post, Span(0, 0), "the first post here") for one in first))

    def _is_early(self, days: int | None, exchanges: int, was_here: bool) -> bool:
        if self.under_days is not None and days is not None and 0 <= days < self.under_days:
            return True
        known = was_here or days is not None
        return self.under_exchanges is not None and known and exchanges < self.under_exchanges


def _days_there(turn: Turn, earlier: list[Turn]) -> int | None:
    joined, day = turn.context.room.joined, turn.day
    if joined is not None and day is not None:
        return (day - joined).days
    return days_between(earlier[-1], turn) if earlier else None
