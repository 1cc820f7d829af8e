"""`--since REV`: which lines have changed since a revision, by git's own account."""

from __future__ import annotations

import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from linter.errors import Mistake, MistakesError
from linter.finding import UNREADABLE, Finding

_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(r'\\([0-7]{3}|[abfnrtv"\\])')
_NAMED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\"}
_WHOLE = range(1, 1_000_000_000)


class Since:
    """The lines of every file that differ from a revision. Raises MistakesError where git knows no such revision."""

    def __init__(self, revision: str) -> None:
        top = _git(Path(), "rev-parse", "--show-toplevel").rstrip("\n")
        _git(
            Path(),
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            f"{revision}^{{commit}}",
            named=revision,
        )
        self._top = os.path.realpath(top)
        self._changed: dict[str, list[range]] = defaultdict(list)
        options = ("--unified=0", "--no-color", "--no-ext-diff", "-M", "--src-prefix=a/", "--dst-prefix=b/")
        for path, lines in _hunks(_git(Path(top), "diff", *options, revision, "--")):
            self._changed[path].append(lines)
        for path in _git(Path(top), "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
            if path:
                self._changed[path].append(_WHOLE)

    def touches(self, finding: Finding) -> bool:
        """Whether a finding stands on changed lines; one without words, or about other posts too, on a changed post."""
        post = finding.post
        full = os.path.realpath(post.source.path)
        ranges = self._changed.get(os.path.relpath(full, self._top), ())
        if finding.rule == UNREADABLE:
            return True
        if post.source.record:
            last = post.source.line + (len(post.lines) - 1 if full.endswith(".csv") else 0)
            return _meet(ranges, post.source.line, last)
        if finding.span.start == finding.span.end or finding.related:
            return bool(ranges)
        first, last = post.place(finding.span.start)[0], post.place(finding.span.end)[0]
        return _meet(ranges, first, last)


def _meet(ranges: list[range] | tuple[()], first: int, last: int) -> bool:
    return any(lines.start <= last and first < lines.stop for lines in ranges)


def _hunks(diff: str) -> Iterator[tuple[str, range]]:
    """The changed lines of each file, as they are now; an empty range where lines only went."""
    path = ""
    for line in diff.split("\n"):
        if line.startswith("+++ "):
            path = _path(line[4:])
        elif path and (hunk := _HUNK.match(line)):
            start, count = int(hunk[1]), int(hunk[2] or 1)
            yield path, range(start, start + count)


def _path(shown: str) -> str:
    """A path as git shows it: in quotes where it must be, with a tab behind it where it holds a space."""
    shown = shown.rstrip("\t")
    if shown.startswith('"'):
        shown = _ESCAPE.sub(lambda one: _NAMED.get(one[1]) or chr(int(one[1], 8)), shown[1:-1])
    return shown[2:] if shown.startswith("b/") else ""


def _git(folder: Path, *arguments: str, named: str = "") -> str:
    command = ["git", "-c", "core.quotePath=off", *arguments]
    try:
        answer = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise MistakesError([Mistake("--since", None, f"git cannot be run: {error.strerror}")]) from None
    if answer.returncode:
        reason = f"git knows no revision `{named}` here" if named else "this folder is no git repository"
        raise MistakesError([Mistake("--since", None, reason)])
    return answer.stdout.decode("utf-8", "surrogateescape")
