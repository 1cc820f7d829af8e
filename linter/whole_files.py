"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

Write = Callable[[IO[bytes]], None]
_OPEN = re.compile(r"/dev/(?P<name>stdin|stdout|stderr)|/(?:dev|proc/self)/fd/(?P<number>\d{1,9})")
_STANDARD = {"stdin": 0, "stdout": 1, "stderr": 2}


@contextmanager
def wholly() -> Iterator[Callable[[Path, Write], None]]:
    """Files put within are there at its end, each whole; where anything is raised, they stay as they were.

    A link stays one: what it points to is written. A pipe or a device is written to as it is. Raises OSError.
    """
    parts: dict[str, str] = {}

    def put(path: Path, write: Write) -> None:
        if is_stream(path):
            with _stream(path) as stream:
                write(stream)
            return
        place = os.path.realpath(path)
        part = _beside(Path(place))
        parts[part.name] = place
        with part:
            write(part)
        os.chmod(part.name, _mode(place))

    try:
        yield put
        for name, place in parts.items():
            os.replace(name, place)
    finally:
        for name in parts:
            with suppress(FileNotFoundError):
                os.unlink(name)


def is_stream(path: Path) -> bool:
    """Whether a path is a pipe, a device or something that is open here already, which is written to as it is."""
    return descriptor(path) is not None or (path.exists() and not path.is_file())


def descriptor(path: Path) -> int | None:
    """The number of what a path names as open here, such as 1 for /dev/stdout; else None."""
    found = _OPEN.fullmatch(str(path))
    return None if found is None else _STANDARD[found["name"]] if found["name"] else int(found["number"])


def _stream(path: Path) -> IO[bytes]:
    number = descriptor(path)  # to open it anew would begin a file anew that it was sent to
    return path.open("wb") if number is None else os.fdopen(os.dup(number), "wb")


def text(pieces: Iterable[str]) -> Write:
    """Pieces of text, to be written in UTF-8."""

    def write(stream: IO[bytes]) -> None:
        stream.writelines(piece.encode("utf-8") for piece in pieces)

    return write


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write one file of text `wholly`."""
    with wholly() as put:
        put(path, text(pieces))


def _beside(path: Path) -> IO[bytes]:
    """A new file beside the place of another."""
    return tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name[:50]}.", delete=False)


def _mode(place: str) -> int:
    """The mode that a file has, or a new one gets."""
    if os.path.exists(place):
        return os.stat(place).st_mode
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
