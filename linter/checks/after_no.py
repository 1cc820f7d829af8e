"""`after_no`: one more reply after somebody disagreed twice, or asked to leave it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from linter.checks.kind import CheckReader, Found
from linter.checks.what import read_group
from linter.fields import Fields
from linter.finding import Related
from linter.timeline import Timeline, Turn


@dataclass(frozen=True, slots=True)
class AfterNo:
    """One finding, at the start, on a reply to somebody who said no `times` times in this thread, or once asked to leave it.

    What they asked last may be answered, and a reply that itself leaves it (`unless`) is spared.
    """

    words_only: ClassVar[bool] = True
    no: str
    leave: str
    asks: str
    unless: str
    times: int

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `no`, `leave`, `asks` and `unless` (each: what to look for), and `times` (2 where it is not given)."""
        no, leave = (reader.look(read_group(fields, key, reader)) for key in ("no", "leave"))
        asks, unless = (
            reader.look(read_group(fields, key, reader)) if fields.node(key) else ""
            for key in ("asks", "unless")
        )
        times = fields.number("times")
        return cls(no, leave, asks, unless, 2 if times is None else int(times))

    def found(self, turn: Turn, timeline: Timeline) -> Iterator[Found]:
        """The start of the post, with what they said."""
        theirs = timeline.anothers_message(turn)
        if theirs is None or self.unless in turn.traits.moves or self._asks_more(theirs):
            return
        who = theirs.context.author
        if not who:
            return
        said = [one for one in timeline.thread(turn) if one.context.author == who]
        left = [one for one in said if self.leave in one.traits.moves]
        against = [one for one in said if self.no in one.traits.moves]
        enough = left or (against if len(against) >= self.times else [])
        if enough:
            note = "asked to leave it" if left else "disagreed"
            key = self.leave if left else self.no
            yield Found(related=tuple(Related(one.post, one.traits.moves[key], note) for one in enough))

    def _asks_more(self, theirs: Turn) -> bool:
        """Whether they asked something, other than to leave it."""
        return self.asks in theirs.traits.moves and self.leave not in theirs.traits.moves
