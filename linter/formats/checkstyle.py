"""`checkstyle`: the XML that Java's Checkstyle writes and many build servers read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from linter.finding import Finding, Level
from linter.formats.format import Style
from linter.formats.places import place_of, relative_path, whole_message
from linter.formats.xml_text import HEAD, attributes

_SEVERITY = {Level.SUGGESTION: "info", Level.WARNING: "warning", Level.ERROR: "error"}


def checkstyle(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """Errors by file, as findings come; suggestions are `info`."""
    yield f'{HEAD}<checkstyle version="4.3">\n'
    for path, found in groupby(findings, lambda finding: relative_path(finding.post)):
        yield f"  <file{attributes({'name': path})}>\n"
        yield from map(_error, found)
        yield "  </file>\n"
    yield "</checkstyle>\n"


def _error(finding: Finding) -> str:
    place = place_of(finding.post, finding.span)
    told = attributes({
        "line": place.line, "column": place.column, "severity": _SEVERITY[finding.level],
        "message": whole_message(finding), "source": f"postlint.{finding.rule}",
    })  # fmt: skip
    return f"    <error{told}/>\n"
