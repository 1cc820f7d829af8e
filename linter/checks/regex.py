"""`regex`: what no list of words can hold, such as a telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import re2

from linter.analysis import ANY, PLACES, Analysis
from linter.checks.kind import CheckReader
from linter.fields import Fields
from linter.text import Span

_DIGIT = re.compile("[0-9]")
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.case_sensitive = False
_OPTIONS.max_mem = 8 << 20


@dataclass(frozen=True, slots=True)
class Regex:
    """One finding for each match that begins and ends at a word's edge.

    RE2's language, without look-around, in time linear in the text; it sees the normalised text: small
    letters, straight quotes. `except` takes away what another pattern matches whole; `digits` says how many digits
    a match holds at the least, and `holds` texts one of which stands in every match, so that a post without need
    not be searched.
    """

    words_only: ClassVar[bool] = False
    pattern: Any
    excepted: Any
    place: str
    digits: float
    holds: tuple[str, ...]

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `pattern`, `except`, `in` (any where it is not given), `digits` and `holds`."""
        pattern = _compiled(fields, "pattern", required=True)
        excepted = _compiled(fields, "except")
        place = fields.choice("in", PLACES, ANY)
        digits = fields.number("digits") or 0
        holds = fields.strings("holds")
        return cls(pattern, excepted, place, digits, holds) if pattern is not None else None

    @property
    def calls_for(self) -> tuple[str, ...]:
        """Nothing: it reads letters."""
        return ()

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """Each match."""
        plain = analysis.plain
        if self.digits and len(_DIGIT.findall(plain)) < self.digits:
            return
        if self.holds and not any(text in plain for text in self.holds):
            return
        for match in self.pattern.finditer(plain):
            span = Span(*match.span())
            if span.start == span.end or _inside_word(plain, span) or not analysis.said(span, self.place):
                continue
            if self.excepted is None or not self.excepted.fullmatch(plain[span.start : span.end]):
                yield span


def _inside_word(plain: str, span: Span) -> bool:
    before, after = plain[span.start - 1 : span.start], plain[span.end : span.end + 1]
    return (before.isalnum() and plain[span.start].isalnum()) or (
        after.isalnum() and plain[span.end - 1].isalnum()
    )


def _compiled(fields: Fields, key: str, required: bool = False) -> Any:
    source = fields.text(key, required=required)
    if not source:
        return None
    try:
        return re2.compile(source, _OPTIONS)
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        fields.note(fields.line(key), f"`{key}`: RE2 does not take this pattern: {reason}")
        return None
