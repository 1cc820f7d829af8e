"""`rdjson`: the Reviewdog Diagnostic Format, for reviewdog and editors that read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from linter.finding import Finding, Level
from linter.formats.format import Style
from linter.formats.places import Place, byte_place_of, relative_path, whole_message
from linter.post import Post
from linter.text import Span

_SEVERITY = {Level.SUGGESTION: "INFO", Level.WARNING: "WARNING", Level.ERROR: "ERROR"}


def rdjson(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """One DiagnosticResult. Columns count bytes of UTF-8 from 1, ends are exclusive, fixes are suggestions."""
    yield '{"source": {"name": "postlint"}, "diagnostics": ['
    separator = "\n"
    for finding in findings:
        yield separator + "  " + json.dumps(_diagnostic(finding))
        separator = ",\n"
    yield "]}\n" if separator == "\n" else "\n]}\n"


def _diagnostic(finding: Finding) -> dict[str, Any]:
    suggestions = [
        {"range": _range(finding.post, fix.span), "text": fix.text}
        for fix in finding.fixes
        if not finding.post.source.record
    ]
    found = {
        "message": whole_message(finding),
        "location": {"path": relative_path(finding), "range": _range(finding.post, finding.span)},
        "severity": _SEVERITY[finding.level],
        "code": {"value": finding.rule},
    }
    return {**found, "suggestions": suggestions} if suggestions else found


def _range(post: Post, span: Span) -> dict[str, dict[str, int]]:
    place: Place = byte_place_of(post, span)
    if place.column is None or place.end_column is None:
        return {"start": {"line": place.line}, "end": {"line": place.end_line}}
    return {
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line, "column": place.end_column},
    }
