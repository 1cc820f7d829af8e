"""Where a finding stands, as the formats for other programs count it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from linter.finding import Finding
from linter.post import Post
from linter.text import Span

_NOT_A_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Half a surrogate pair that stands for no byte of a file's name."""


@dataclass(frozen=True, slots=True)
class Place:
    """Lines and columns from 1, the end exclusive. Columns are None in a record, whose text is no stretch of its file."""

    line: int
    column: int | None
    end_line: int
    end_column: int | None


def place_of(post: Post, span: Span) -> Place:
    """Columns in code points."""
    line, column, _ = post.place(span.start)
    end_line, end_column, _ = post.place(span.end)
    if post.source.record:
        return Place(line, None, line, None)
    return Place(line, column, end_line, end_column)


def byte_place_of(post: Post, span: Span) -> Place:
    """Columns in bytes of UTF-8."""
    place = place_of(post, span)
    if place.column is None:
        return place
    return Place(place.line, _bytes_to(post, span.start), place.end_line, _bytes_to(post, span.end))


def _bytes_to(post: Post, offset: int) -> int:
    start = post.lines.span(post.lines.place(offset)[0]).start
    return len(post.text[start:offset].encode("utf-8", "surrogatepass")) + 1


def relative_path(post: Post) -> str:
    """The path with `/`, from this folder where the file lies below it."""
    path = post.source.path
    if os.path.isabs(path) and PurePath(path).is_relative_to(os.getcwd()):
        path = os.path.relpath(path)
    return PurePath(path).as_posix()


def uri(path: str) -> str:
    """A path as a URI: relative as it is, absolute with its scheme. The bytes of a name that is no UTF-8 stay what they are."""
    data = _NOT_A_BYTE.sub("\ufffd", path).encode("utf-8", "surrogateescape")
    if not PurePath(path).is_absolute():
        return quote(data, safe="/")
    return f"file://{'' if path.startswith('/') else '/'}{quote(data, safe='/:')}"


def whole_message(finding: Finding) -> str:
    """The message with the better wording behind it."""
    return f"{finding.message} Try: {finding.suggestion}" if finding.suggestion else finding.message
