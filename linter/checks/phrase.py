"""`phrase`: words that should not stand in a post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from linter.analysis import Analysis
from linter.checks.kind import CheckReader
from linter.checks.what import What, read_what
from linter.fields import Fields
from linter.text import Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """One finding for each hit."""

    words_only: ClassVar[bool] = True
    what: What

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `terms`, `lexicon` or `marks`."""
        return cls(read_what(fields, reader))

    @property
    def calls_for(self) -> tuple[str, ...]:
        """What it looks for."""
        return self.what.calls_for

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """Each hit."""
        return self.what.spans(analysis)
