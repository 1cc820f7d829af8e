"""The other drafts of a posts repository: what git tracks or has staged."""

from __future__ import annotations

import os
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
    found = find_files([str(folder)], lambda _: config) if names is None else map(Path, sorted(names))
    for path in found:
        if (
            isinstance(path, Path)
            and path.suffix.lower() in DRAFTS
            and path.is_file()
            and not config.skips(path)
        ):
            yield path


def index_of(config: Config) -> Path | None:
    """The file in which git keeps what it tracks below a configuration's `posts`; None where there is no git."""
    folder = config.folder / config.posts
    answer = _git(folder, "rev-parse", "--git-path", "index") if folder.is_dir() else None
    return None if answer is None else _from(folder) / answer.strip("\n")


def _tracked(folder: Path) -> list[str] | None:
    """What git tracks or has staged below a folder; None where it is no repository, or there is no git."""
    answer = _git(folder, "ls-files", "-z", "--cached", "--", str(folder.absolute()))
    if answer is None:
        return None
    place = str(_from(folder))
    return [os.path.join(place, name) for name in answer.split("\0") if name]


def _from(folder: Path) -> Path:
    """The folder that git is asked from, and to which it names paths relative."""
    here = Path.cwd()
    return here if folder.absolute().is_relative_to(here) else folder


def _git(folder: Path, *arguments: str) -> str | None:
    """What git says about a folder; None where it is no repository, or there is no git.

    A hook runs in the repository's root, with git's variables pointing from there: they hold only from there.
    """
    place = _from(folder)
    inside = place is not folder
    environment = {name: value for name, value in os.environ.items() if inside or not name.startswith("GIT_")}
    try:
        answer = subprocess.run(
            ["git", *arguments], cwd=place, env=environment, capture_output=True, check=False
        )
    except OSError:
        return None
    return None if answer.returncode else answer.stdout.decode("utf-8", "surrogateescape")
