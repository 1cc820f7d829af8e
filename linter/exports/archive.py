"""A source as its members: a zip, a folder or a single file, read as streams and never unpacked.

What a member claims to be is not believed: bytes are counted as they are read, names that climb out of the archive and
links are passed over.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import IO, Any

from linter.post import Unreadable

MAX_MEMBER = 4_000_000_000
"""The most bytes read of one member."""
MAX_SWELL = 200
"""How many times its packed size a member may grow, beyond `FREE_SWELL` bytes: text grows tenfold, a bomb a thousandfold."""
FREE_SWELL = 50_000_000


_PACKED = re.compile(r"\.(?:tar|tgz|gz|bz2|xz|zst|7z|rar)$", re.IGNORECASE)


class UnusableError(Exception):
    """A member that cannot be read on; its message says why."""


def needed(module: str) -> Any:
    """A library of the extra `review`. Raises UnusableError where it is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise UnusableError(
            f"to read this, {module} must be installed: pip install 'postlint[review]'"
        ) from None


class _Counted(io.RawIOBase):
    """A stream that counts what is really read, and stops at a limit."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream, self._left, self._most = stream, most, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise UnusableError(f"the archive is damaged here: {error}") from None
        self._left -= len(data)
        if self._left < 0:
            raise UnusableError(f"it swells to more than {self._most:,} bytes; what follows was not read")
        buffer[: len(data)] = data
        return len(data)


@dataclass(slots=True)
class Archive:
    """A source: its path as given, the names of its members, and what was wrong with those left out."""

    path: str
    names: tuple[str, ...] = ()
    left_out: list[Unreadable] = field(default_factory=list)
    _zip: zipfile.ZipFile | None = None
    _folder: Path = Path()

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A member as a stream. Raises UnusableError, also while it is read, and OSError."""
        if self._zip is None:
            with (self._folder / name).open("rb") as plain:
                yield io.BufferedReader(_Counted(plain, MAX_MEMBER))
            return
        try:
            packed = self._zip.getinfo(name)
            most = min(MAX_MEMBER, packed.compress_size * MAX_SWELL + FREE_SWELL)
            with self._zip.open(packed) as stream:
                yield io.BufferedReader(_Counted(stream, most))
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
        ) as error:  # a password raises RuntimeError
            raise UnusableError(f"it cannot be unpacked: {error}") from None

    def whole(self, name: str, most: int) -> IO[bytes]:
        """A member in which one may move about: of a zip, all of it in memory. Raises UnusableError and OSError."""
        if self._zip is None:
            return (self._folder / name).open("rb")
        with self.open(name) as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise UnusableError(f"larger than {most:,} bytes inside a zip; unpack it first")
        return io.BytesIO(data)

    def place(self, name: str) -> str:
        """How a member is named to people."""
        return self.path if len(self.names) == 1 and self.is_file else f"{self.path}!{name}"

    @property
    def is_zip(self) -> bool:
        """Whether it is a zip."""
        return self._zip is not None

    @property
    def is_file(self) -> bool:
        """Whether it is a file by itself, neither a zip nor a folder."""
        return self._zip is None and os.path.isfile(self.path)

    def close(self) -> None:
        """Let go of a zip's file."""
        if self._zip is not None:
            self._zip.close()


def open_archive(path: str) -> Archive | Unreadable:
    """A source opened, or why it cannot be."""
    place = Path(path)
    if place.is_dir():
        names = sorted(_files(place))
        return Archive(path, tuple(names), _folder=place)
    if path == "-":
        return Unreadable(
            path,
            None,
            "a review reads its sources more than once, which standard input can't be; give a file",
        )
    if not place.exists():
        return Unreadable(path, None, "no such file or folder")
    if not place.is_file():
        return Unreadable(path, None, "neither a file nor a folder")
    try:
        if not zipfile.is_zipfile(place):
            if place.suffix.lower() == ".zip":
                return Unreadable(path, None, "a zip that breaks off or is none; was the download complete?")
            if _PACKED.search(place.name):
                return Unreadable(path, None, "packed, but no zip; unpack it and give the folder")
            return Archive(path, (place.name,), _folder=place.parent)
        packed = zipfile.ZipFile(place)
    except zipfile.BadZipFile as error:
        return Unreadable(path, None, f"a damaged zip: {error}")
    except OSError as error:
        return Unreadable(path, None, f"cannot be read: {error.strerror or error}")
    return _of_zip(path, packed)


def _of_zip(path: str, packed: zipfile.ZipFile) -> Archive:
    names, left_out = [], []
    for info in packed.infolist():
        if info.is_dir():
            continue
        if _climbs(info.filename):
            left_out.append(
                Unreadable(
                    f"{path}!{info.filename}", None, "a name that climbs out of the archive; passed over"
                )
            )
        elif (info.external_attr >> 28) == 0xA:
            left_out.append(Unreadable(f"{path}!{info.filename}", None, "a link; passed over"))
        else:
            names.append(info.filename)
    return Archive(path, tuple(dict.fromkeys(names)), left_out, packed)


def _climbs(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in PurePosixPath(plain).parts or plain[1:2] == ":"


def _files(folder: Path) -> Iterator[str]:
    """Files below a folder; links are not followed."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not (Path(place) / name).is_symlink())
        for name in files:
            full = Path(place) / name
            if full.is_file() and not full.is_symlink():
                yield full.relative_to(folder).as_posix()
