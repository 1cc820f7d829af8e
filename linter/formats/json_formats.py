"""`json` and `jsonl`: for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from linter.finding import Finding
from linter.formats.format import Style


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
    }  # fmt: skip


def json_lines(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """One object a line, as findings come."""
    return (json.dumps(as_record(finding)) + "\n" for finding in findings)


def json_array(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """One array of the same objects."""
    separator = "[\n"
    for finding in findings:
        yield separator + "  " + json.dumps(as_record(finding))
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"
