"""`gitlab`: a Code Quality report, shown in merge requests."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from linter.finding import Finding, Level
from linter.fingerprint import fingerprint, told_apart
from linter.formats.format import Style
from linter.formats.places import place_of, relative_path, whole_message

_SEVERITY = {Level.SUGGESTION: "info", Level.WARNING: "minor", Level.ERROR: "major"}


def gitlab(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """One array. A finding keeps its fingerprint when lines above it move, and no two in a report share one."""
    seen: Counter[str] = Counter()
    separator = "["
    for finding in findings:
        path = relative_path(finding)
        record = {
            "description": whole_message(finding),
            "check_name": finding.rule,
            "fingerprint": told_apart(f"{fingerprint(finding)}-{path}", seen),
            "severity": _SEVERITY[finding.level],
            "location": {"path": path, "lines": {"begin": place_of(finding.post, finding.span).line}},
        }
        yield f"{separator}\n  {json.dumps(record)}"
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"
