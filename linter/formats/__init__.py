"""The formats that findings are written in: a table of every one."""

from __future__ import annotations

from linter.formats.concise import concise
from linter.formats.format import Format, Style
from linter.formats.json_formats import json_array, json_lines
from linter.formats.text import text

FORMATS: dict[str, Format] = {
    "text": text,
    "concise": concise,
    "json": json_array,
    "jsonl": json_lines,
}
"""Every format by the name that `--format` takes."""

__all__ = ["FORMATS", "Format", "Style"]
