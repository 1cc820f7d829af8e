"""What posts are read from: a table of every kind of file, and where the files of a run are found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

from linter.config import Config
from linter.errors import listed, nearest
from linter.post import Note, Post, Unreadable
from linter.readers.csv_rows import read_csv
from linter.readers.draft import read_draft
from linter.readers.jsonl import read_jsonl
from linter.readers.reading import Reader, ReadOptions

READERS: dict[str, Reader] = {
    ".md": read_draft,
    ".markdown": read_draft,
    ".txt": read_draft,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
}
"""Every kind of file by its suffix."""

DRAFTS = (".md", ".markdown", ".txt")
"""What is taken from a folder; the others when named."""

STDIN = "<stdin>"

__all__ = ["READERS", "ReadOptions", "Reader", "find_files", "read", "read_stdin"]


def find_files(paths: Sequence[str], config_for: Callable[[Path], Config]) -> Iterator[Path | Unreadable]:
    """The files that paths stand for, each once; what a configuration skips is left out even when named."""
    seen: set[str] = set()
    for given in paths:
        for found in _files(Path(given), config_for):
            if isinstance(found, Path):
                if (full := os.path.realpath(found)) in seen:
                    continue
                seen.add(full)
            yield found


def _files(path: Path, config_for: Callable[[Path], Config]) -> Iterator[Path | Unreadable]:
    if os.path.isdir(path):
        yield from _folder(path, config_for)
    elif not os.path.lexists(path):
        siblings = os.listdir(path.parent) if os.path.isdir(path.parent) else []
        yield Unreadable(str(path), None, f"no such file or folder{nearest(path.name, siblings)}")
    elif path.suffix.lower() not in READERS:
        yield Unreadable(str(path), None, f"not a kind of file that is read; those are {listed(READERS)}")
    elif not config_for(path.parent).skips(path):
        yield path


def _folder(folder: Path, config_for: Callable[[Path], Config]) -> Iterator[Path | Unreadable]:
    closed: list[OSError] = []
    drafts = list(_drafts(folder, closed.append))
    for error in closed:
        yield Unreadable(str(error.filename), None, f"cannot be opened: {error.strerror}")
    if not drafts and not closed:
        yield Unreadable(str(folder), None, f"no posts in this folder; posts are {listed(DRAFTS)} files")
    yield from (draft for draft in drafts if not config_for(draft.parent).skips(draft))


def _drafts(folder: Path, closed: Callable[[OSError], None]) -> Iterator[Path]:
    """Drafts below a folder in order of name; hidden files and folders are passed over, links are not followed."""
    for place, folders, files in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in DRAFTS:
                yield Path(place) / name


def read(path: Path, options: ReadOptions) -> Iterator[Post | Unreadable | Note]:
    """The posts of a file, and what in it could not be read."""
    if os.path.exists(path) and not os.path.isfile(path):  # to open a pipe would wait for its writer
        yield Unreadable(str(path), None, "neither a file nor a folder")
        return
    try:
        with path.open("rb") as stream:
            yield from READERS[path.suffix.lower()](stream, str(path), options)
    except OSError as error:
        yield Unreadable(str(path), None, f"cannot be read: {error.strerror or error}")


def read_stdin(data: bytes, filename: str | None, options: ReadOptions) -> Iterator[Post | Unreadable | Note]:
    """The posts of standard input: plain text, or whatever its name says it is. No name and an empty one are the same."""
    if not filename:
        return read_draft(BytesIO(data), STDIN, options)
    suffix = Path(filename).suffix.lower()
    if suffix not in READERS:
        problem = Unreadable(filename, None, f"not a kind of file that is read; those are {listed(READERS)}")
        return iter([problem])
    return READERS[suffix](BytesIO(data), filename, options)
