"""`gitlab`: a Code Quality report, shown in merge requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from linter.finding import Finding, Level
from linter.fingerprint import fingerprint, told_apart
from linter.formats.format import Style
from linter.formats.json_formats import listed
from linter.formats.places import place_of, relative_path, whole_message

_SEVERITY = {Level.SUGGESTION: "info", Level.WARNING: "minor", Level.ERROR: "major"}


def gitlab(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """One array. A finding keeps its fingerprint when lines above it move, and no two in a report share one."""
    seen: Counter[str] = Counter()
    yield from listed(_issue(finding, seen) for finding in findings)
    yield "\n"


def _issue(finding: Finding, seen: Counter[str]) -> dict[str, object]:
    path = relative_path(finding.post)
    mark = told_apart(f"{path}\0{fingerprint(finding)}", seen)
    return {
        "description": whole_message(finding),
        "check_name": finding.rule,
        "fingerprint": blake2b(mark.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(),
        "severity": _SEVERITY[finding.level],
        "location": {"path": path, "lines": {"begin": place_of(finding.post, finding.span).line}},
    }
