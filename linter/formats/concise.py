"""`path:line:col: level: message [rule]`, a line a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linter.finding import Finding
from linter.formats.format import Style, safe


def concise(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """The format that editors and grep read."""
    for finding in findings:
        line, column, _ = finding.post.place(finding.span.start)
        path = safe(finding.post.source.path)
        yield f"{path}:{line}:{column}: {finding.level}: {safe(finding.message)} [{finding.rule}]\n"
