"""What a kind of check is, and what it reads its options from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol, Self

from linter.analysis import Analysis
from linter.fields import Fields
from linter.finding import Related
from linter.lexicon import read_terms
from linter.text import Span
from linter.timeline import Timeline, Turn

if TYPE_CHECKING:
    from linter.checks.what import What

NOWHERE = Span(0, 0)
"""Where a finding stands that speaks of something missing."""


class Check(Protocol):
    """Something to look for in one post."""

    @property
    def calls_for(self) -> tuple[str, ...]:
        """Owners of terms: where none of them has a hit, it finds nothing. Empty where it must always look."""

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """Where a post is found at fault, in order of place."""


class Kind(Check, Protocol):
    """A kind of check: an immutable value whose fields are the options a rule gives it."""

    words_only: ClassVar[bool]
    """Whether it reads English words, and so has nothing to say of a post in another language."""

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From a rule's options; mistakes are noted on `fields`, and None given where it cannot be made."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a post is found at fault by what was said before, those places, and names for `{names}` in the message."""

    span: Span = NOWHERE
    related: tuple[Related, ...] = ()
    names: tuple[str, ...] = ()


class LookBack(Protocol):
    """Something to look for in a post and in what was said before it.

    What it looks for in each text it has named to its reader (`CheckReader.look`), and asks for by that name in
    a turn's traits: earlier posts need not be read again.
    """

    words_only: ClassVar[bool]
    """Whether it reads English words, and so has nothing to say of a post in another language."""

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From a rule's options; mistakes are noted on `fields`, and None given where it cannot be made."""

    def found(self, turn: Turn, timeline: Timeline) -> Iterator[Found]:
        """Where a turn is found at fault, given what came before it."""


@dataclass(slots=True)
class CheckReader:
    """What checks share while one rule is read: the known lists, and the terms collected for the one pass."""

    rule: str
    lexicons: Collection[str]
    added: tuple[str, ...] = ()
    trusted: bool = False
    """Whether the terms were proved elsewhere and need not be read in full."""
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    used_lexicons: set[str] = field(default_factory=set)
    looks: dict[str, What] = field(default_factory=dict)
    """What rules that look back ask of every text, by the name under which its traits will have it."""
    takes_added: bool = False

    def owner(self, terms: tuple[str, ...]) -> str:
        """File a rule's own terms for the pass; gives the owner to ask the analysis for."""
        name = f"{self.rule}/{len(self.terms)}"
        self.terms[name] = terms
        return name

    def read_terms(self, fields: Fields, key: str) -> tuple[str, ...]:
        """A list of terms, each checked in full unless they are trusted."""
        return fields.strings(key) if self.trusted else read_terms(fields, key)

    def look(self, what: What | None) -> str:
        """Ask for something of every text; gives the name to find it under in a turn's traits."""
        if what is None:
            return ""
        name = f"{self.rule}#{len(self.looks)}"
        self.looks[name] = what
        return name
