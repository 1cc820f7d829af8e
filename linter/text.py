"""Positions in a text, and the one normalisation that keeps them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")


class Span(NamedTuple):
    """A half-open stretch of a post's text, in code points: `text[span.start:span.end]`."""

    start: int
    end: int

    def within(self, other: Span) -> bool:
        """Whether this span lies wholly inside the other."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


class Lines:
    """Where the lines of a text begin.

    Only `\\n`, `\\r\\n` and `\\r` end a line: `str.splitlines` also cuts at U+2028 and its like, which no
    editor counts as a line.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def __len__(self) -> int:
        return len(self._starts)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column, both from 1, of a code-point offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, line: int) -> Span:
        """What stands on a line (from 1), without its line end."""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        while end > start and self._text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)


# Letters of other scripts that are drawn like Latin ones, and marks that are typed in many shapes.
_LOOK_ALIKE = {
    ord(shape): plain
    for plain, shapes in {
        "a": "аɑαΑА", "b": "ЬВΒ", "c": "сϲС", "d": "ԁ", "e": "еΕЕ", "g": "ɡ", "h": "һΗН", "i": "іΙІı",
        "j": "јЈ", "k": "κΚКк", "m": "ΜМ", "n": "Ν", "o": "оοΟО", "p": "рρΡР", "q": "ԛ", "s": "ѕЅ",
        "t": "ΤТ", "v": "ν", "w": "ԝ", "x": "хχΧХ", "y": "уΥУ", "z": "Ζ",
        "'": "‘’‛ʼ′´＇", '"': "“”„‟″«»", "-": "‐‑‒–—―−", ".": "․",
    }.items()
    for shape in shapes
}  # fmt: skip


class _Plain(dict[int, str]):
    """One code point to one code point, worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(code)
        return plain


def _plain(code: int) -> str:
    char = chr(code)
    if code in _LOOK_ALIKE:
        return _LOOK_ALIKE[code]
    if char.isspace() and char not in "\n\r\u2028\u2029\x0b\x0c\x85":
        return " "
    folded = unicodedata.normalize("NFKC", char)
    folded = folded.lower() if len(folded) == 1 else char.lower()
    folded = folded if len(folded) == 1 else char
    return _LOOK_ALIKE.get(ord(folded), folded)  # a letter of the mathematical alphabets may be a Greek one


_PLAIN = _Plain()


def normalise(text: str) -> str:
    """Lower case, straight quotes, plain dashes, plain spaces and Latin letters, of equal length.

    Offsets into the result are offsets into the text. A word written in Cyrillic or Greek throughout keeps
    its letters' look-alikes too, which harms nothing: no English term is spelled by it.
    """
    return text.lower() if text.isascii() else text.translate(_PLAIN)
