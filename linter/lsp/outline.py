"""Where in YAML a place stands, told from the lines alone, since what is being typed is seldom YAML yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from linter.text import Lines, Span

_KEY = re.compile(r"""([ ]*(?:-[ ]+)*)(["']?)([^\s#:"'\[\]{},-][^:"']*?)\2[ ]*:(?=\s|$)[ ]*""")
_ITEM = re.compile(r"([ ]*)(-[ ]*)")
_FENCE = re.compile(r"---[ \t]*")
_CLOSE = re.compile(r"(---|\.\.\.)[ \t]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in YAML: the keys above it, that of its own line (empty where there is none yet), and those beside it.

    `value` is what the key holds on its line; `word` is where the word that is being written begins.
    """

    above: tuple[str, ...]
    key: str
    on_key: bool
    beside: frozenset[str]
    value: str
    word: int


@dataclass(frozen=True, slots=True)
class _Line:
    indent: int
    key: str
    start: int
    value_at: int
    end: int


def front_matter(text: str) -> Span | None:
    """Where a draft's front matter stands between its fences, to the text's end while it is not closed; None where none is."""
    lines = Lines(text)
    first = lines.span(1)
    start = first.start + text.startswith("\ufeff")
    if not _FENCE.fullmatch(text, start, first.end):
        return None
    for number in range(2, len(lines) + 1):
        span = lines.span(number)
        if _CLOSE.fullmatch(text, *span):
            return Span(lines.span(2).start, span.start)
    return Span(lines.span(2).start if len(lines) > 1 else len(text), len(text))


def place(text: str, offset: int) -> Place:
    """Where an offset stands in the YAML of a text."""
    lines = Lines(text)
    number, _ = lines.place(offset)
    rows = [_line(text, lines.span(at)) for at in range(1, len(lines) + 1)]
    own = rows[number - 1]
    on_key = not own.key or offset < own.value_at
    value = text[own.value_at : own.end].strip() if own.key else ""
    start = own.start if on_key else own.value_at
    return Place(
        tuple(_above(rows, number - 1))[::-1],
        own.key,
        on_key,
        frozenset(_beside(rows, number - 1)),
        value,
        min(offset, _word_start(text, start, offset)),
    )


def _line(text: str, span: Span) -> _Line:
    match = _KEY.match(text, *span)
    if match:
        return _Line(len(match[1]), match[3], span.start + len(match[1]), match.end(), span.end)
    item = _ITEM.match(text, *span)
    if item:
        return _Line(len(item[0]), "", item.end(), item.end(), span.end)
    indent = len(text[span.start : span.end]) - len(text[span.start : span.end].lstrip(" "))
    return _Line(indent, "", span.start + indent, span.start + indent, span.end)


def _word_start(text: str, start: int, offset: int) -> int:
    """After the last space, comma or bracket before a place."""
    at = offset
    while at > start and text[at - 1] not in " ,[{\"'":
        at -= 1
    return at


def _above(rows: list[_Line], number: int) -> Iterator[str]:
    """The keys that a line stands under, the nearest first."""
    indent = rows[number].indent
    for row in reversed(rows[:number]):
        if row.key and row.indent < indent:
            yield row.key
            indent = row.indent


def _beside(rows: list[_Line], number: int) -> Iterator[str]:
    """The other keys of the same group."""
    indent = rows[number].indent
    for part in (rows[number + 1 :], rows[:number][::-1]):
        for row in part:
            if row.key and row.indent < indent:
                break
            if row.key and row.indent == indent:
                yield row.key
