"""`rdjson`: the Reviewdog Diagnostic Format, for reviewdog and editors that read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from linter.finding import Finding, Level
from linter.formats.format import Style
from linter.formats.json_formats import listed
from linter.formats.places import byte_place_of, relative_path, whole_message
from linter.post import Post
from linter.text import Span

_SEVERITY = {Level.SUGGESTION: "INFO", Level.WARNING: "WARNING", Level.ERROR: "ERROR"}


def rdjson(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """One DiagnosticResult. Columns count bytes of UTF-8 from 1, ends are exclusive, fixes are suggestions."""
    yield '{"source": {"name": "postlint"}, "diagnostics": '
    yield from listed(map(_diagnostic, findings))
    yield "}\n"


def _diagnostic(finding: Finding) -> dict[str, Any]:
    post = finding.post
    found: dict[str, Any] = {
        "message": whole_message(finding),
        "location": {"path": relative_path(post), "range": _range(post, finding.span)},
        "severity": _SEVERITY[finding.level],
        "code": {"value": finding.rule},
    }
    if finding.fixes and not post.source.record:
        found["suggestions"] = [{"range": _range(post, fix.span), "text": fix.text} for fix in finding.fixes]
    return found


def _range(post: Post, span: Span) -> dict[str, dict[str, int]]:
    place = byte_place_of(post, span)
    if place.column is None or place.end_column is None:
        return {"start": {"line": place.line}, "end": {"line": place.end_line}}
    return {
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line, "column": place.end_column},
    }
