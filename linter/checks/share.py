"""`share`: posts of one's own against replies to others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from linter.checks.kind import CheckReader, Found
from linter.fields import Fields
from linter.timeline import Timeline, Turn, days_between


@dataclass(frozen=True, slots=True)
class Share:
    """One finding where, in the last `days` in a room, an author's own posts are more than `over` times the replies.

    It speaks on the post with which it becomes so, and not again until it has not been so in between; and only
    where there are at least `least` posts to count.
    """

    words_only: ClassVar[bool] = False
    over: float
    least: float
    days: float

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `over` (times), `days` and `least` (6 where it is not given)."""
        over, days = fields.number("over", required=True), fields.number("days", required=True)
        least = fields.number("least")
        return cls(over or 0, 6 if least is None else least, days or 0)

    def found(self, turn: Turn, timeline: Timeline) -> Iterator[Found]:
        """The start of the post."""
        if turn.is_reply or not timeline.is_dated(turn) or not self._is_so(turn, timeline):
            return
        last = next(timeline.before(turn), None)
        if last is None or not self._is_so(last, timeline):
            yield Found()

    def _is_so(self, turn: Turn, timeline: Timeline) -> bool:
        own, replies = int(not turn.is_reply), int(turn.is_reply)
        for one in timeline.before(turn):
            days = days_between(one, turn)
            if days is None or days > self.days:
                break
            own, replies = own + (not one.is_reply), replies + one.is_reply
        return own + replies >= self.least and own > self.over * max(replies, 1)
