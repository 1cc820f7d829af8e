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
    names = known_to_git(folder)
    found = find_files([str(folder)], lambda _: config) if names is None else map(Path, sorted(names))
    for path in found:
        if (
            isinstance(path, Path)
            and path.suffix.lower() in DRAFTS
            and path.is_file()
            and not config.skips(path)
        ):
            yield path


def known_to_git(folder: Path) -> list[str] | None:
    """What git tracks or has staged below a folder; None where it is no repository, or there is no git.

    A hook runs in the repository's root, with git's variables pointing from there: they hold only from there.
    """
    here = Path.cwd()
    inside = folder.absolute().is_relative_to(here)
    place = here if inside else folder
    environment = {name: value for name, value in os.environ.items() if inside or not name.startswith("GIT_")}
    command = ["git", "ls-files", "-z", "--cached", "--", str(folder.absolute())]
    try:
        answer = subprocess.run(command, cwd=place, env=environment, capture_output=True, check=False)
    except OSError:
        return None
    if answer.returncode != 0:
        return None
    names = answer.stdout.decode("utf-8", "surrogateescape").split("\0")
    return [str(place / name) for name in names if name]
