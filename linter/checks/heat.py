"""`heat`: a hot answer to a hot message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from linter.checks.kind import CheckReader, Found
from linter.fields import Fields
from linter.finding import Related
from linter.text import Span
from linter.timeline import Timeline, Turn, hours_between


@dataclass(frozen=True, slots=True)
class Heat:
    """One finding, at the start, where both a message and the reply to it score over so much aggressiveness.

    With `under_hours` only where the reply came so soon; then both must say at what time.
    """

    words_only: ClassVar[bool] = True
    theirs_over: float
    ours_over: float
    under_hours: float | None

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `theirs_over` and `ours_over` (0-100), and `under_hours`."""
        theirs, ours = fields.number("theirs_over", required=True), fields.number("ours_over", required=True)
        return cls(theirs or 0, ours or 0, fields.number("under_hours"))

    def found(self, turn: Turn, timeline: Timeline) -> Iterator[Found]:
        """The start of the post, with the message."""
        theirs = timeline.anothers_message(turn)
        if theirs is None:
            return
        hours = hours_between(theirs, turn)
        if self.under_hours is not None and (hours is None or hours >= self.under_hours):
            return
        if theirs.traits.heat > self.theirs_over and turn.traits.heat > self.ours_over:
            yield Found(related=(Related(theirs.post, Span(0, len(theirs.post.text)), "what it answers"),))
