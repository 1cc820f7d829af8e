"""Places in a text as an editor counts them, and the edits it sends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lsprotocol import types

from linter.text import Lines, Span

UTF8, UTF16, UTF32 = "utf-8", "utf-16", "utf-32"
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_UNITS: dict[str, Callable[[str], int]] = {
    UTF8: lambda words: len(words.encode("utf-8", "surrogatepass")),
    UTF16: lambda words: len(words.encode("utf-16-le", "surrogatepass")) // 2,
    UTF32: len,
}


class LineTable:
    """Offsets of a text, in code points, as lines and characters from 0 in an editor's encoding, and back.

    What lies beyond a line's end is taken for its end, what lies beyond the last line for the text's, and the inside of
    a character for its beginning: editors send such places, and an error would help nobody.
    """

    def __init__(self, text: str, encoding: str) -> None:
        self._text = text
        self._encoding = encoding
        self._lines = Lines(text)

    def offset(self, position: types.Position) -> int:
        """The offset of a place."""
        if position.line >= len(self._lines):
            return len(self._text)
        start, end = self._lines.span(position.line + 1)
        line = self._text[start:end]
        if self._encoding == UTF32 or line.isascii():
            return start + min(position.character, len(line))
        return start + _code_points(line, position.character, self._encoding)

    def position(self, offset: int) -> types.Position:
        """The place of an offset; inside a line end, the place before it."""
        line, _ = self._lines.place(offset)
        start, end = self._lines.span(line)
        return types.Position(line - 1, units(self._text[start : min(offset, end)], self._encoding))

    def range(self, span: Span) -> types.Range:
        """The places of a span's start and end."""
        return types.Range(self.position(span.start), self.position(span.end))

    def span(self, place: types.Range) -> Span:
        """The span of a range, turned round where its end comes first."""
        return Span(*sorted((self.offset(place.start), self.offset(place.end))))

    def line(self, number: int) -> Span:
        """What stands on a line (from 1), of the last line where there is none such."""
        return self._lines.span(min(number, len(self._lines)))


def units(words: str, encoding: str) -> int:
    """How long words are in an encoding's units."""
    return len(words) if words.isascii() else _UNITS[encoding](words)


def _code_points(line: str, count: int, encoding: str) -> int:
    """How many whole characters of a line lie before a number of units."""
    wide = _UNITS[encoding]
    for number, char in enumerate(line):
        count -= wide(char)
        if count < 0:
            return number
    return len(line)


def edited(text: str, changes: Iterable[types.TextDocumentContentChangeEvent], encoding: str) -> str:
    """A text after an editor's changes, each of which counts on those before it."""
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            start, end = LineTable(text, encoding).span(change.range)
            text = text[:start] + change.text + text[end:]
        else:
            text = change.text
    return whole(text)


def whole(text: str) -> str:
    """A text in which two halves of an emoji that have come to stand side by side are one character."""
    if text.isascii():
        return text
    return _HALVES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
