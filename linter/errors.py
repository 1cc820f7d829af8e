"""What a user can mend: a place, what was found there, and what may stand there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to mend in something we were given.

    `path` is as the user wrote it (or `<stdin>`), `line` counts from 1 and is None where a whole file or
    an option of the command line is meant, `reason` is a sentence for the person who wrote the file.
    """

    path: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


class MistakesError(Exception):
    """Raised once per input with every mistake found in it, since people mend in batches."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def nearest(found: object, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The hint `; did you mean X?` for the nearest known name, or an empty string where none is near."""
    close = nearest_name(found, known, cutoff)
    return f"; did you mean {shown(close)}?" if close else ""


def nearest_name(found: object, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The nearest known name, or an empty string where none is near."""
    names = {name.lower(): name for name in known}
    close = difflib.get_close_matches(str(found).lower(), list(names), n=1, cutoff=cutoff)
    return names[close[0]] if close else ""


def shown(words: str) -> str:
    """Somebody's words for a message: printable, on one line, at most 60 characters."""
    line = " ".join(words[:80].split())
    printable = "".join(char if char.isprintable() else "\ufffd" for char in line)
    return printable if len(printable) <= 60 else f"{printable[:59]}…"


def listed(names: Iterable[Any]) -> str:
    """Names in one line for a message: `a, b or c`."""
    words = [str(name) for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}" if words else "nothing"
