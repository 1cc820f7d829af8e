"""`again`: the same point made again in one thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from linter.checks.kind import CheckReader, Found
from linter.fields import Fields
from linter.finding import Related
from linter.text import Span
from linter.timeline import Timeline, Turn


@dataclass(frozen=True, slots=True)
class Again:
    """One finding, at the start, where a post shares more than `over` of its words with an earlier one of the author's in the thread.

    Counted are words that say what a text is about, and the share is of those of the shorter of the two; a text with fewer
    than `least` of them is too short to tell.
    """

    words_only: ClassVar[bool] = True
    over: float
    least: float

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `over` (0 to 1), and `least` (5 where it is not given)."""
        over, least = fields.number("over", required=True), fields.number("least")
        return cls(over or 0, 5 if least is None else least)

    def found(self, turn: Turn, timeline: Timeline) -> Iterator[Found]:
        """The start of the post, with the earlier one."""
        own = [one for one in timeline.thread(turn) if one.context.author == turn.context.author != ""]
        alike = [one for one in own if self._share(turn, one) > self.over]
        if alike:
            span = Span(0, len(alike[-1].post.text))
            yield Found(related=(Related(alike[-1].post, span, "said before"),))

    def _share(self, turn: Turn, other: Turn) -> float:
        fewest = min(len(turn.traits.gist), len(other.traits.gist))
        shared = len(turn.traits.gist & other.traits.gist)
        return shared / fewest if fewest >= max(self.least, 1) else 0.0
