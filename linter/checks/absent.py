"""`absent`: a move that a post is asked to make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from linter.analysis import Analysis
from linter.checks.kind import NOWHERE, CheckReader
from linter.checks.what import What, read_group, read_what
from linter.fields import Fields
from linter.text import Span


@dataclass(frozen=True, slots=True)
class Absent:
    """One finding, at the start, where nothing of the kind is there; `when` limits it to posts that hold something."""

    words_only: ClassVar[bool] = True
    what: What
    when: What | None

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `terms`, `lexicon` or `marks`, and `when`."""
        return cls(
            read_what(fields, reader), read_group(fields, "when", reader) if fields.node("when") else None
        )

    @property
    def calls_for(self) -> tuple[str, ...]:
        """What calls for the missing move, if anything does."""
        return self.when.calls_for if self.when else ()

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """The empty span, or the first thing that calls for the missing move."""
        called_for = self.when.hits(analysis) if self.when else []
        if (self.when is None or called_for) and not self.what.hits(analysis):
            yield NOWHERE if self.when is None else analysis.tokens.span(*called_for[0])
