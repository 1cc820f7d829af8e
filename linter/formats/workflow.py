"""`github` and `azure`: lines by which a build says what to show beside a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linter.finding import Finding, Level
from linter.formats.format import Style, safe
from linter.formats.places import place_of, relative_path, whole_message

_GITHUB = {Level.SUGGESTION: "notice", Level.WARNING: "warning", Level.ERROR: "error"}


def github(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """Workflow commands of GitHub Actions: notices, warnings and errors."""
    for finding in findings:
        place = place_of(finding.post, finding.span)
        keys = {"file": relative_path(finding), "line": place.line, "endLine": place.end_line}
        if place.column is not None and place.line == place.end_line:
            keys |= {"col": place.column, "endColumn": place.end_column or place.column}
        keys["title"] = f"postlint: {finding.rule}"
        listed = ",".join(f"{key}={_github(str(value), ':,')}" for key, value in keys.items())
        yield f"::{_GITHUB[finding.level]} {listed}::{_github(whole_message(finding))}\n"


def _github(text: str, more: str = "") -> str:
    for char in ("%", *more):
        text = text.replace(char, f"%{ord(char):02X}")
    return safe(text)


def azure(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """Logging commands of Azure Pipelines, which know warnings and errors: a suggestion is a warning."""
    for finding in findings:
        place = place_of(finding.post, finding.span)
        kind = "error" if finding.level is Level.ERROR else "warning"
        column = f"columnnumber={place.column};" if place.column is not None else ""
        yield (
            f"##vso[task.logissue type={kind};sourcepath={_azure(relative_path(finding))};linenumber={place.line};"
            f"{column}code={_azure(finding.rule)};]{safe(whole_message(finding).replace('%', '%AZP25'))}\n"
        )


def _azure(text: str) -> str:
    for char, code in (("%", "%AZP25"), (";", "%3B"), ("]", "%5D")):
        text = text.replace(char, code)
    return safe(text)
