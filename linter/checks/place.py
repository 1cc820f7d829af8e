"""`opening` and `closing`: how a post begins and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from linter.analysis import Analysis
from linter.checks.kind import CheckReader
from linter.checks.what import What, read_group
from linter.fields import Fields
from linter.text import Span


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first `sentences` should avoid, or need."""

    words_only: ClassVar[bool] = True
    what: What
    needed: bool
    sentences: int

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `avoid` or `need`, and `sentences` (1 where it is not given)."""
        given = [key for key in ("avoid", "need") if fields.node(key)]
        sentences = fields.number("sentences")
        if len(given) != 1:
            fields.note(fields.mapping.line, f"`{fields.name}` needs either `avoid` or `need`")
            return None
        what = read_group(fields, given[0], reader)
        return None if what is None else cls(what, given[0] == "need", int(sentences or 1))

    @property
    def calls_for(self) -> tuple[str, ...]:
        """What to avoid; what is needed is missed without any."""
        return () if self.needed else self.what.calls_for

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """Each thing to avoid; or the stretch that lacks what is needed."""
        stretch = self.stretch(analysis)
        if not stretch:
            return
        first, last = stretch[0][0], stretch[-1][1]
        inside = [hit for hit in self.what.hits(analysis) if first <= hit.first < last]
        if self.needed and not inside:
            yield analysis.tokens.span(first, last)
        elif not self.needed:
            yield from (analysis.tokens.span(*hit) for hit in inside)

    def stretch(self, analysis: Analysis) -> list[tuple[int, int]]:
        """The sentences looked at."""
        return analysis.sentences[: self.sentences]


@dataclass(frozen=True, slots=True)
class Closing(Opening):
    """What the last `sentences` should avoid, or need."""

    def stretch(self, analysis: Analysis) -> list[tuple[int, int]]:
        """The sentences looked at."""
        return analysis.sentences[-self.sentences :]
