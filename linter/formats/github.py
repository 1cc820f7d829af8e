"""`github`: workflow commands of GitHub Actions, shown beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linter.finding import Finding, Level
from linter.formats.format import Style, safe
from linter.formats.places import place_of, relative_path, whole_message

_COMMAND = {Level.SUGGESTION: "notice", Level.WARNING: "warning", Level.ERROR: "error"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def github(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """A line a finding: a notice, a warning or an error."""
    for finding in findings:
        keys = {**_place(finding), "title": f"postlint: {finding.rule}"}
        listed = ",".join(f"{key}={safe(str(value).translate(_PROPERTY))}" for key, value in keys.items())
        yield f"::{_COMMAND[finding.level]} {listed}::{safe(whole_message(finding).translate(_DATA))}\n"


def _place(finding: Finding) -> dict[str, object]:
    """File, lines and columns; GitHub takes columns only where first and last line are one."""
    place = place_of(finding.post, finding.span)
    keys = {"file": relative_path(finding.post), "line": place.line, "endLine": place.end_line}
    if place.column is None or place.line != place.end_line:
        return keys
    return {**keys, "col": place.column, "endColumn": place.end_column}
