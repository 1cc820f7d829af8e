"""`tap`: the Test Anything Protocol."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from linter.finding import Finding, Level
from linter.formats.format import Style, safe


def tap(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """A line a finding (posts without one are not in the stream): `not ok`, and `ok … # SKIP` for what is allowed.

    Suggestions and rules on trial are marked TODO, which fails nothing. Without any finding, one line passes.
    """
    yield "TAP version 13\n"
    number = 0
    for number, finding in enumerate(findings, 1):
        line, column, _ = finding.post.place(finding.span.start)
        about = _plain(f"{finding.post.source.path}:{line}:{column} {finding.rule}")
        if finding.allowed:
            yield f"ok {number} - {about} # SKIP {_plain(finding.allowed.reason) or 'allowed'}\n"
            continue
        todo = "" if finding.counts and finding.level > Level.SUGGESTION else f" # TODO {finding.level}"
        yield f"not ok {number} - {about}{todo}\n"
        told = {"message": finding.message, "severity": str(finding.level), "suggestion": finding.suggestion}
        yield (
            "  ---\n" + "".join(f"  {key}: {json.dumps(value)}\n" for key, value in told.items()) + "  ...\n"
        )
    yield f"1..{number}\n" if number else "ok 1 - nothing to remark on\n1..1\n"


def _plain(text: str) -> str:
    return safe(text).replace("\\", "\\\\").replace("#", "\\#")
