"""`regex`: what no list of words can hold, such as a telephone number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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


def _is_nhs_number(digits: str) -> bool:
    """Whether ten digits end in the check digit of the nine before: modulus 11 (NHS Data Dictionary, NHS number)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return len(digits) == 10 and (11 - total % 11) % 11 == int(digits[9])


CHECK_DIGITS: dict[str, Callable[[str], bool]] = {"nhs": _is_nhs_number}
"""Kinds of number that tell by themselves whether they are one."""


@dataclass(frozen=True, slots=True)
class Regex:
    """One finding for each match that begins and ends at a word's edge.

    RE2's language, without look-around, in time linear in the text; it sees the normalised text: small
    letters, straight quotes. `except` takes away what another pattern matches whole, and `check_digit` what is no number
    of that kind; `digits` says how many digits a match holds at the least, and `holds` texts one of which stands in every
    match, so that a post without need not be searched.
    """

    words_only: ClassVar[bool] = False
    pattern: Any
    excepted: Any
    place: str
    digits: float
    holds: tuple[str, ...]
    check_digit: str

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `pattern`, `except`, `in` (any where it is not given), `digits`, `holds` and `check_digit`."""
        pattern = _compiled(fields, "pattern", required=True)
        excepted = _compiled(fields, "except")
        place = fields.choice("in", PLACES, ANY)
        digits = fields.number("digits") or 0
        holds = fields.strings("holds")
        check_digit = fields.choice("check_digit", CHECK_DIGITS)
        if pattern is None:
            return None
        return cls(pattern, excepted, place, digits, holds, check_digit)

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
            if self._is_meant(plain[span.start : span.end]):
                yield span

    def _is_meant(self, words: str) -> bool:
        if self.excepted is not None and self.excepted.fullmatch(words):
            return False
        return not self.check_digit or CHECK_DIGITS[self.check_digit]("".join(_DIGIT.findall(words)))


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
