"""`tap`: the Test Anything Protocol."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from linter.finding import Finding, Level
from linter.formats.format import Style, safe
from linter.formats.xml_text import legal


def tap(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """A line a finding (posts without one are not in the stream): `not ok`, and `ok … # SKIP` for what is allowed.

    Suggestions and rules on trial are marked TODO, which fails nothing. Without any finding, one line passes. Version
    13, which every reader takes; `\\` and `#` in words stand behind a `\\`.
    """
    yield "TAP version 13\n"
    number = 0
    for number, finding in enumerate(findings, 1):
        yield _line(number, finding)
        if finding.allowed is None:
            yield _told(finding)
    yield f"1..{number}\n" if number else "ok 1 - nothing to remark on\n1..1\n"


def _line(number: int, finding: Finding) -> str:
    line, column, _ = finding.post.place(finding.span.start)
    about = _plain(f"{finding.post.source.path}:{line}:{column} {finding.rule}")
    if finding.allowed:
        return f"ok {number} - {about} # SKIP {_plain(finding.allowed.reason) or 'allowed'}\n"
    fails = finding.counts and finding.level > Level.SUGGESTION
    todo = "" if fails else f" # TODO {'on trial' if finding.status == 'trial' else finding.level}"
    return f"not ok {number} - {about}{todo}\n"


def _told(finding: Finding) -> str:
    """What else is said of a finding, in YAML; JSON's strings are YAML's too, but for surrogate pairs."""
    told = {"message": finding.message, "severity": str(finding.level), "suggestion": finding.suggestion}
    lines = (
        f"  {key}: {json.dumps(safe(legal(value)), ensure_ascii=False)}\n"
        for key, value in told.items()
        if value
    )
    return f"  ---\n{''.join(lines)}  ...\n"


def _plain(text: str) -> str:
    return safe(text).replace("\\", "\\\\").replace("#", "\\#")
