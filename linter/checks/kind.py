"""What a kind of check is, and what it reads its options from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Protocol, Self

from linter.analysis import Analysis
from linter.fields import Fields
from linter.term import TermError, first_words, parse_term
from linter.text import Span
from linter.yamlfile import Scalar, Sequence

NOWHERE = Span(0, 0)
"""Where a finding stands that speaks of something missing."""


class Check(Protocol):
    """Something to look for in one post."""

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """Where a post is found at fault, in order of place."""


class Kind(Check, Protocol):
    """A kind of check: an immutable value whose fields are the options a rule gives it."""

    words_only: ClassVar[bool]
    """Whether it reads English words, and so has nothing to say of a post in another language."""

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From a rule's options; mistakes are noted on `fields`, and None given where it cannot be made."""


@dataclass(slots=True)
class CheckReader:
    """What checks share while one rule is read: the known lists, and the terms collected for the one pass."""

    rule: str
    lexicons: Collection[str]
    added: tuple[str, ...] = ()
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    used_lexicons: set[str] = field(default_factory=set)
    takes_added: bool = False

    def owner(self, terms: tuple[str, ...]) -> str:
        """File a rule's own terms for the pass; gives the owner to ask the analysis for."""
        name = f"{self.rule}/{len(self.terms)}"
        self.terms[name] = terms
        return name

    def read_terms(self, fields: Fields, key: str) -> tuple[str, ...]:
        """A list of terms, each checked in full."""
        terms = fields.strings(key)
        node = fields.mapping.items.get(key)
        items = node.items if isinstance(node, Sequence) else (node,)
        for item in items:
            if isinstance(item, Scalar) and item.kind == "str":
                try:
                    parse_term(item.text)
                    first_words(item.text)
                except TermError as error:
                    fields.note(item.line, f"`{item.text}`: {error}")
        return terms
