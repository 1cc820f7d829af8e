"""The formats that findings are written in: a table of every one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linter.finding import Finding
from linter.formats.azure import azure
from linter.formats.checkstyle import checkstyle
from linter.formats.concise import concise
from linter.formats.format import Format, Style
from linter.formats.github import github
from linter.formats.gitlab import gitlab
from linter.formats.json_formats import json_array, json_lines
from linter.formats.junit import junit
from linter.formats.rdjson import rdjson
from linter.formats.sarif import sarif
from linter.formats.tap import tap
from linter.formats.text import text

FORMATS: dict[str, Format] = {
    "text": text,
    "concise": concise,
    "json": json_array,
    "jsonl": json_lines,
    "sarif": sarif,
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "checkstyle": checkstyle,
    "rdjson": rdjson,
    "azure": azure,
    "tap": tap,
}
"""Every format by the name that `--format` takes."""

SHOW_ALLOWED = frozenset({"sarif", "junit", "tap"})
"""The formats with a place for findings that somebody allowed; the others leave them out."""


def written(name: str, findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """Findings in a format, without those allowed where it has no place for them."""
    shown = findings if name in SHOW_ALLOWED else (one for one in findings if one.allowed is None)
    return FORMATS[name](shown, style)


__all__ = ["FORMATS", "Format", "Style", "written"]
