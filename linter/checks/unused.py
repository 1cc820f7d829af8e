"""`unused`: rooms or platforms that the team has and never posts in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from linter.checks.kind import CheckReader, Found
from linter.fields import Fields
from linter.post import Room
from linter.timeline import Timeline, Turn

OF = ("rooms", "platforms")


@dataclass(frozen=True, slots=True)
class Unused:
    """One finding a month, on the author's first post of it, where something of the configuration was not used for `days`.

    A room counts once the author has been in it for as long, and a platform once they have been in one of its
    rooms for as long. `{names}` in the message stands for what was found.
    """

    words_only: ClassVar[bool] = False
    of: str
    days: float

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `of` (rooms or platforms) and `days`."""
        of, days = fields.choice("of", OF, required=True), fields.number("days", required=True)
        return cls(of, days or 0) if of else None

    def found(self, turn: Turn, timeline: Timeline) -> Iterator[Found]:
        """The start of the post."""
        if not timeline.rooms or turn.day is None or not timeline.is_first_of_its_month(turn):
            return
        used = self._used(turn, timeline)
        waiting = {
            room.name if self.of == "rooms" else room.platform
            for room in timeline.rooms.values()
            if self._has_been_in(room, turn)
        }
        names = tuple(sorted(name for name in waiting - used if name))
        if names:
            yield Found(names=names)

    def _has_been_in(self, room: Room, turn: Turn) -> bool:
        return room.joined is not None and turn.day is not None and (turn.day - room.joined).days >= self.days

    def _used(self, turn: Turn, timeline: Timeline) -> set[str]:
        """Rooms or platforms posted in by this day, in the last `days`."""
        return {
            one.context.room.name if self.of == "rooms" else one.context.platform
            for one in timeline.of_author(turn.context.author)
            if one.day and turn.day and 0 <= (turn.day - one.day).days <= self.days
        }
