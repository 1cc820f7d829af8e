"""Fixes applied to drafts: those asked for, until nothing changes any more, and only to the author's own words."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from linter.finding import Fix
from linter.post import Unreadable
from linter.readers import STDIN
from linter.run import Judged, run
from linter.workspace import Workspace

_ROUNDS = 10
"""One fix may open the way to another; more rounds than this and two of them undo each other."""
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A draft as it was and as it would be with its fixes, both without a byte order mark, and how many were applied."""

    path: str
    before: str
    after: str
    fixes: int

    def diff(self) -> str:
        """The difference, in the unified format."""
        lines = unified_diff(
            _lines(self.before), _lines(self.after), f"a/{self.path}", f"b/{self.path}", lineterm="\n"
        )
        return "".join(
            line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines
        )

    def write(self) -> None:
        """Put it in place of the file, whole or not at all. Raises OSError where it can't be, or it changed meanwhile."""
        path = Path(os.path.realpath(self.path))
        data = path.read_bytes()
        mark = BOM if data.startswith(BOM) else b""
        if data != mark + self.before.encode():
            raise OSError(0, "it changed while it was read; nothing was written")
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as new:
            new.write(mark + self.after.encode())
        os.chmod(new.name, path.stat().st_mode)
        os.replace(new.name, path)


def _lines(text: str) -> list[str]:
    """Lines as git counts them, each with its end but a last one that has none."""
    return re.findall(r"[^\n]*\n|[^\n]+\Z", text)


def applied(text: str, fixes: Iterable[tuple[int, Fix]]) -> tuple[str, int]:
    """A file's text with fixes, each given with the offset of its post's text, and how many were applied.

    Of two that touch, the first by place is taken, then a safe one, then the shorter; the other waits for the next round.
    """
    ordered = sorted(
        {(offset + fix.span.start, offset + fix.span.end, not fix.safe, fix.text) for offset, fix in fixes}
    )
    pieces, at, last, taken = [], 0, -1, 0
    for start, end, _, words in ordered:
        if start > last:
            pieces += [text[at:start], words]
            at, last, taken = end, end, taken + 1
    return "".join([*pieces, text[at:]]), taken


def fixed_text(text: str, path: str, workspace: Workspace, wanted: Callable[[Fix], bool]) -> Fixed:
    """A draft with its fixes applied, round after round until none is left."""
    now, count = text, 0
    for _ in range(_ROUNDS):
        fixes = [fix for fix in _fixes_of(now, path, workspace) if wanted(fix[1])]
        after, taken = applied(now, fixes)
        if after == now:
            break
        now, count = after, count + taken
    return Fixed(path, text, now, count)


def _fixes_of(text: str, path: str, workspace: Workspace) -> Iterator[tuple[int, Fix]]:
    items = workspace.read_stdin(text.encode("utf-8", "surrogateescape"), None if path == STDIN else path)
    for outcome in run(workspace, items):
        if isinstance(outcome, Judged):
            yield from _fixes_for(outcome)


def fixed_drafts(
    workspace: Workspace, paths: Sequence[str], wanted: Callable[[Fix], bool]
) -> Iterator[Fixed | Unreadable]:
    """Every draft of the paths that its fixes change, in order, and what cannot be read. JSONL and CSV are never touched."""
    to_fix: list[tuple[str, str]] = []
    for outcome in run(workspace, workspace.read(paths)):
        if isinstance(outcome, Unreadable):
            yield outcome
        elif isinstance(outcome, Judged) and any(wanted(fix) for _, fix in _fixes_for(outcome)):
            to_fix.append((outcome.post.source.path, outcome.post.whole_file.text))
    yield from (fixed_text(text, path, workspace, wanted) for path, text in to_fix)


def _fixes_for(judged: Judged) -> Iterator[tuple[int, Fix]]:
    """The fixes of a draft's findings, each with the offset of its post's text in the file."""
    if judged.post.source.record:
        return
    for finding in judged.findings:
        if not finding.allowed:
            yield from ((len(finding.post.source.front), fix) for fix in finding.fixes)
