"""`azure`: logging commands of Azure Pipelines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linter.finding import Finding, Level
from linter.formats.format import Style, safe
from linter.formats.places import place_of, relative_path, whole_message

_KIND = {Level.SUGGESTION: "warning", Level.WARNING: "warning", Level.ERROR: "error"}
_DATA = str.maketrans({"%": "%AZP25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({";": "%3B", "]": "%5D"})


def azure(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """A line a finding. Azure knows warnings and errors only, so a suggestion is a warning that says that it is none."""
    for finding in findings:
        place = place_of(finding.post, finding.span)
        keys = {
            "type": _KIND[finding.level], "sourcepath": relative_path(finding.post), "linenumber": place.line,
            "columnnumber": place.column, "code": finding.rule,
        }  # fmt: skip
        listed = "".join(
            f"{key}={safe(str(value).translate(_PROPERTY))};"
            for key, value in keys.items()
            if value is not None
        )
        gently = "Only a suggestion: " if finding.level is Level.SUGGESTION else ""
        yield f"##vso[task.logissue {listed}]{gently}{safe(whole_message(finding).translate(_DATA))}\n"
