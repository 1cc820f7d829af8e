"""Places in a text as a browser counts them."""

from __future__ import annotations

from bisect import bisect_left

from linter.text import Span

Place = dict[str, int]
"""`start` and `end` of a stretch, half-open."""


class Places:
    """The places of a text in UTF-16 units, which is what JavaScript counts in: an emoji is two, a flag four or more."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [at for at, char in enumerate(text) if char > "\uffff"]

    def of(self, span: Span) -> Place:
        """A span's place."""
        return {"start": self._at(span.start), "end": self._at(span.end)}

    def _at(self, offset: int) -> int:
        return offset + bisect_left(self._wide, offset)
