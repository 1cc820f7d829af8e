"""`in_a_row`: the same move, post after post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from linter.checks.kind import CheckReader, Found
from linter.checks.what import read_what
from linter.fields import Fields
from linter.finding import Related
from linter.timeline import Timeline, Turn, days_between


@dataclass(frozen=True, slots=True)
class InARow:
    """One finding on each post that makes a move which the author's last `over` posts in the room made too.

    Posts of their own count, and replies part them. With `within_days` only those that came in so many days.
    """

    words_only: ClassVar[bool] = True
    move: str
    over: int
    within_days: float | None

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From what to look for, `over`, and `within_days`."""
        over = fields.number("over", required=True)
        return cls(reader.look(read_what(fields, reader)), int(over or 0), fields.number("within_days"))

    def found(self, turn: Turn, timeline: Timeline) -> Iterator[Found]:
        """The move's words, with the posts before that made it."""
        span = turn.traits.moves.get(self.move)
        if span is None or turn.is_reply:
            return
        run = list(self._run(turn, timeline))
        if len(run) >= self.over:
            yield Found(
                span, tuple(Related(one.post, one.traits.moves[self.move], "before this") for one in run)
            )

    def _run(self, turn: Turn, timeline: Timeline) -> Iterator[Turn]:
        for one in timeline.before(turn):
            if one.is_reply or self.move not in one.traits.moves:
                return
            if self.within_days is not None:
                days = days_between(one, turn)
                if days is None or days > self.within_days:
                    return
            yield one
