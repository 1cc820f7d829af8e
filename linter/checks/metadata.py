"""`metadata` and `elapsed`: what stands beside the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Self

from linter.analysis import Analysis
from linter.checks.kind import NOWHERE, CheckReader
from linter.fields import Fields
from linter.post import Context
from linter.text import Span

KEYS: dict[str, Callable[[Context], object]] = {
    "imprint": lambda context: context.imprint,
    "alt": lambda context: all(image.alt for image in context.images),
    "images": lambda context: context.images,
    "reply_to": lambda context: context.reply_to,
    "url": lambda context: context.url,
}
"""What a rule may ask for beside the words, and how a context shows that it is there."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """One finding, at the start, where something beside the words is missing."""

    words_only: ClassVar[bool] = False
    missing: str

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `missing`."""
        missing = fields.choice("missing", KEYS, required=True)
        return cls(missing) if missing else None

    @property
    def calls_for(self) -> tuple[str, ...]:
        """Nothing: it reads no words."""
        return ()

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """The start of the post."""
        if not KEYS[self.missing](analysis.post.context):
            yield NOWHERE


@dataclass(frozen=True, slots=True)
class Elapsed:
    """One finding, at the start, where a post comes less than so many days after the author joined the room."""

    words_only: ClassVar[bool] = False
    under_days: float

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `since` (only `joined`) and `under_days`."""
        fields.choice("since", ("joined",), required=True)
        days = fields.number("under_days", required=True)
        return None if days is None else cls(days)

    @property
    def calls_for(self) -> tuple[str, ...]:
        """Nothing: it reads no words."""
        return ()

    @property
    def bounds(self) -> tuple[str, ...]:
        """How many days are too few."""
        return ("under",)

    def bounded(self, over: float | None, under: float | None) -> Self:
        """The same with another number of days."""
        return self if under is None else replace(self, under_days=under)

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """The start of the post; nothing where either date is not known or the post is older."""
        context = analysis.post.context
        if context.time is not None and context.room.joined is not None:
            days = (_day(context.time) - context.room.joined).days
            if 0 <= days < self.under_days:
                yield NOWHERE


def _day(time: datetime | date) -> date:
    return time.date() if isinstance(time, datetime) else time
