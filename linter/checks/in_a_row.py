"""`in_a_row`: the same move, post after post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar, Self

from linter.checks.kind import CheckReader, Found
from linter.checks.what import read_what
from linter.fields import Fields
from linter.finding import Related
from linter.timeline import Timeline, Turn, days_between


@dataclass(frozen=True, slots=True)
class InARow:
    """One finding on each post that makes a move which `over` of the author's last posts in the room made too.

    Looked at are posts of their own, back to the last reply: as many as `among`, which is `over` where it is not given,
    and with `within_days` only those that came in so many days.
    """

    words_only: ClassVar[bool] = True
    move: str
    over: int
    among: int
    within_days: float | None

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From what to look for, `over`, `among` and `within_days`."""
        over, among = fields.number("over", required=True) or 0, fields.number("among")
        if among is not None and among < over:
            fields.note(fields.line("among"), f"`among` holds {among:g}; expected `over` or more")
        move = reader.look(read_what(fields, reader))
        return cls(move, int(over), int(among or over), fields.number("within_days"))

    def found(self, turn: Turn, timeline: Timeline) -> Iterator[Found]:
        """The move's words, with the posts before that made it."""
        span = turn.traits.moves.get(self.move)
        if span is None or turn.is_reply:
            return
        run = [one for one in self._looked_at(turn, timeline) if self.move in one.traits.moves]
        if len(run) >= self.over:
            yield Found(
                span, tuple(Related(one.post, one.traits.moves[self.move], "before this") for one in run)
            )

    def _looked_at(self, turn: Turn, timeline: Timeline) -> Iterator[Turn]:
        for one in islice(timeline.before(turn), self.among):
            if one.is_reply:
                return
            if self.within_days is not None:
                days = days_between(one, turn)
                if days is None or days > self.within_days:
                    return
            yield one
