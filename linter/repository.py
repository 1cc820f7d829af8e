"""The other drafts of a posts repository: what git tracks or has staged."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from linter.config import Config
from linter.readers import DRAFTS, find_files


def tracked_drafts(config: Config) -> Iterator[Path]:
    """The drafts below a configuration's `posts`, in order of name: those that git knows, or all where there is no git."""
    folder = config.folder / config.posts
    if not folder.is_dir():
        return
    names = _tracked(folder)
    if names is None:
        found = find_files([str(folder)], lambda _: config)
        yield from (path for path in found if isinstance(path, Path))
        return
    for name in sorted(names):
        path = folder / name
        if path.suffix.lower() in DRAFTS and path.is_file() and not config.skips(path):
            yield path


def _tracked(folder: Path) -> list[str] | None:
    """Names that git tracks or has staged below a folder; None where it is no repository, or there is no git."""
    command = ["git", "-C", str(folder), "ls-files", "-z", "--cached", "--", "."]
    try:
        answer = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return None
    if answer.returncode != 0:
        return None
    return [name for name in answer.stdout.decode("utf-8", "surrogateescape").split("\0") if name]
