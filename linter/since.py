"""`--since REV`: which lines have changed since a revision, by git's own account."""

from __future__ import annotations

import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from linter.errors import Mistake, MistakesError, shown
from linter.finding import UNREADABLE, Finding
from linter.post import Post

_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_DIFF = (
    "--unified=0", "--inter-hunk-context=0", "--no-color", "--no-ext-diff", "--no-textconv", "--text",
    "-M", "--src-prefix=a/", "--dst-prefix=b/",
)  # fmt: skip
"""Nothing that a person's own settings may change is left to them."""
_NO_REPOSITORY = "this folder is in no git repository, so nobody can tell what has changed"
_NO_REVISION = "git knows no revision `{}` here; in CI, fetch the history that it belongs to"
_ESCAPE = re.compile(r'\\([0-7]{3}|[abfnrtv"\\])')
_NAMED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\"}


class Since:
    """The lines of every file that differ from a revision, and which files git knows.

    Raises MistakesError where git knows no such revision, or this folder is in no repository.
    """

    def __init__(self, revision: str) -> None:
        self._top = os.path.realpath(
            _git(Path(), "rev-parse", "--show-toplevel", amiss=_NO_REPOSITORY).rstrip("\n")
        )
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        commit = _git(Path(), *asked, amiss=_NO_REVISION.format(shown(revision))).strip()
        self._changed: dict[str, list[range]] = defaultdict(list)
        for path, lines in _hunks(_git(Path(self._top), "diff", *_DIFF, commit, "--")):
            self._changed[path].append(lines)
        self._tracked = set(_git(Path(self._top), "ls-files", "--cached", "-z").split("\0"))

    def touches(self, finding: Finding, whole: bool = False) -> bool:
        """Whether a finding stands on changed lines.

        One without words stands on the whole post, as does one about other posts too and one by a rule that looks at the
        `whole` of them. A file that git does not track is changed throughout. What cannot be read is always said.
        """
        post = finding.post
        full = os.path.realpath(post.source.path)
        name = os.path.relpath(full, self._top).replace(os.sep, "/")
        if finding.rule == UNREADABLE or name not in self._tracked:
            return True
        changed = self._changed.get(name, [])
        if post.source.record:
            last = post.source.line + (post.text.count("\n") if full.lower().endswith(".csv") else 0)
            return _meet(changed, post.source.line, last)
        if whole or finding.related or finding.span.start == finding.span.end:
            return bool(changed)
        first, last = (_line(post, at) for at in (finding.span.start, finding.span.end - 1))
        return _meet(changed, first, last)


def _line(post: Post, offset: int) -> int:
    """The line of a draft's file as git counts, which knows no lone carriage return for a line's end."""
    return 1 + post.source.front.count("\n") + post.text.count("\n", 0, offset)


def _meet(changed: list[range], first: int, last: int) -> bool:
    return any(lines.start <= last and first < lines.stop for lines in changed)


def _hunks(diff: str) -> Iterator[tuple[str, range]]:
    """The changed lines of each file, as they are now; an empty range where lines only went."""
    path, inside = "", 0
    for line in diff.split("\n"):
        if inside and line[:1] in "+-":  # words that begin with `++ ` look like a name
            inside -= 1
        elif line.startswith("+++ "):
            path = _path(line[4:])
        elif hunk := _HUNK.match(line):
            went, start, count = int(hunk[1] or 1), int(hunk[2]), int(hunk[3] or 1)
            inside = went + count
            yield path, range(start, start + count)


def _path(shown: str) -> str:
    """A path as git shows it: in quotes where it must be, with a tab behind it where it holds a space."""
    shown = shown.rstrip("\t")
    if shown.startswith('"'):
        shown = _ESCAPE.sub(lambda one: _NAMED.get(one[1]) or chr(int(one[1], 8)), shown[1:-1])
    return shown[2:] if shown.startswith("b/") else ""


def _git(folder: Path, *arguments: str, amiss: str = "git could not compare the files") -> str:
    command = ["git", "-c", "core.quotePath=off", *arguments]
    try:
        answer = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise MistakesError([Mistake("--since", None, f"git cannot be run: {error.strerror}")]) from None
    if answer.returncode:
        raise MistakesError([Mistake("--since", None, amiss)])
    return answer.stdout.decode("utf-8", "surrogateescape")
