"""`uptake`: whether a reply takes up anything of what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from linter.checks.kind import CheckReader, Found
from linter.checks.what import read_what
from linter.fields import Fields
from linter.finding import Related
from linter.text import Span
from linter.timeline import Timeline, Turn


@dataclass(frozen=True, slots=True)
class Uptake:
    """One finding, at the start, on a reply that shares no word with what it answers and makes none of some moves.

    A shared word is one that says what a text is about; the other's name counts as one. Silent where the words
    replied to are not known, or are too few (`least`) to take up.
    """

    words_only: ClassVar[bool] = True
    move: str
    least: float

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From what to look for (what takes up without a shared word), and `least` (3 where it is not given)."""
        least = fields.number("least")
        return cls(reader.look(read_what(fields, reader)), 3 if least is None else least)

    def found(self, turn: Turn, timeline: Timeline) -> Iterator[Found]:
        """The start of the post, with the message."""
        theirs = timeline.anothers_message(turn)
        if theirs is None:
            return
        if len(theirs.traits.gist) < self.least or self.move in turn.traits.moves:
            return
        if theirs.traits.gist.isdisjoint(turn.traits.gist) and not _names(turn, theirs.context.author):
            yield Found(related=(Related(theirs.post, Span(0, len(theirs.post.text)), "what it answers"),))


def _names(turn: Turn, author: str) -> bool:
    names = [name for name in author.lower().lstrip("@").split() if len(name) > 1]
    return bool(names) and names[0] in turn.post.text.lower()
