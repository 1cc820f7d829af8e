"""`order`: something said before what should come first."""

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
class Order:
    """One finding on the first of `then` if none of `first` stands before it; `both` asks that one stands later."""

    words_only: ClassVar[bool] = True
    first: What
    then: What
    both: bool

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `first`, `then` and `both`."""
        first, then = read_group(fields, "first", reader), read_group(fields, "then", reader)
        both = fields.flag("both")
        return None if first is None or then is None else cls(first, then, both)

    @property
    def calls_for(self) -> tuple[str, ...]:
        """What should not come first."""
        return self.then.calls_for

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """The first hit of `then`."""
        then = self.then.hits(analysis)
        if not then:
            return
        first = self.first.hits(analysis)
        if (not first and not self.both) or (first and first[0].first > then[0].first):
            yield analysis.tokens.span(*then[0])
