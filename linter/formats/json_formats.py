"""`json` and `jsonl`: for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from linter.finding import Finding
from linter.formats.format import Style
from linter.version import SCHEMA_VERSION

_NOT_ASCII = re.compile("[^\0-\x7f]")


def to_json(value: object) -> str:
    """Plain values as JSON in ASCII; what stands for a byte that is no UTF-8 becomes U+FFFD, which every reader takes."""
    line = json.dumps(value)
    if "\\ud" not in line:
        return line
    return _NOT_ASCII.sub(_escaped, json.dumps(value, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    return "\\ufffd" if "\ud800" <= found[0] <= "\udfff" else json.dumps(found[0])[1:-1]


def listed(values: Iterable[object]) -> Iterator[str]:
    """The pieces of a JSON array, a line a value."""
    separator = "[\n"
    for value in values:
        yield f"{separator}  {to_json(value)}"
        separator = ",\n"
    yield "[]" if separator == "[\n" else "\n]"


def as_record(finding: Finding) -> dict[str, object]:
    """A finding as plain values. Lines and columns from 1, columns in code points, end exclusive; `start` and
    `end` are code-point offsets into the post's text."""  # fmt: skip
    post, span = finding.post, finding.span
    line, column, text_line = post.place(span.start)
    end_line, end_column, _ = post.place(span.end)
    return {
        "path": post.source.path, "line": line, "column": column, "end_line": end_line, "end_column": end_column,
        "text_line": text_line, "start": span.start, "end": span.end, "post": post.id, "rule": finding.rule,
        "clause": finding.clause, "level": str(finding.level), "status": finding.status, "message": finding.message,
        "suggestion": finding.suggestion,
        "related": [
            {
                "post": place.post.id, "path": place.post.source.path, "line": place.post.place(place.span.start)[0],
                "start": place.span.start, "end": place.span.end, "note": place.note,
            }
            for place in finding.related
        ],
        "schema_version": SCHEMA_VERSION,
    }  # fmt: skip


def json_lines(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """One object a line, as findings come."""
    return (to_json(as_record(finding)) + "\n" for finding in findings)


def json_array(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """One array of the same objects."""
    yield from listed(map(as_record, findings))
    yield "\n"
