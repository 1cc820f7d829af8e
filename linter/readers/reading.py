"""What every reader is, and the checks that every text goes through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from linter.config import Config
from linter.post import MAX_CHARACTERS, Context, Note, Post, Source, Unreadable
from linter.post_keys import half_emoji

MAX_BYTES = 10_000_000
"""The most that one draft, or one record of a larger file, may hold."""

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UTF16 = ("\udcff\udcfe", "\udcfe\udcff")
"""How UTF-16 begins where bytes that are no UTF-8 were let through."""
NOT_UTF16 = "this is UTF-16; save the file as UTF-8"

_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a configuration says about reading."""

    extra_keys: tuple[str, ...] = ()
    relative: Callable[[Path], str] = Path.as_posix

    @classmethod
    def of(cls, config: Config) -> ReadOptions:
        """The options of a configuration."""
        return cls(config.extra_keys, config.relative)


Reader = Callable[[BinaryIO, str, ReadOptions], Iterator[Post | Unreadable | Note]]
"""A stream of bytes, the path to show for it, and options; gives posts as they come."""


def make_post(post_id: str, text: str, source: Source, context: Context) -> Post | Unreadable:
    """A post, unless its text is none: too long, empty, or broken."""
    reason = _fault(text, context)
    return (
        Unreadable(source.path, source.line, reason, post_id)
        if reason
        else Post(post_id, text, source, context)
    )


def _fault(text: str, context: Context) -> str:
    if len(text) > MAX_CHARACTERS:
        return f"the post has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read"
    if fault := half_emoji(text):
        return fault
    if not context.images and not text.strip():
        return "no words in this post"
    return ""


def decode(data: bytes, path: str, line: int = 1) -> str | Unreadable:
    """UTF-8 as text, its byte order mark dropped; or where it is something else."""
    if data.startswith(UTF16_MARKS):
        return Unreadable(path, line, NOT_UTF16)
    if b"\x00" in data:
        return Unreadable(
            path, line + _lines_before(data, data.index(b"\x00")), "this is a binary file, not text"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = line + _lines_before(data, error.start)
        return Unreadable(path, at, not_utf8(data[error.start]))


def not_utf8(byte: int) -> str:
    """What to say of a byte that stands where UTF-8 has none."""
    return f"the byte 0x{byte:02x} is not UTF-8; save the file as UTF-8"


def _lines_before(data: bytes, offset: int) -> int:
    return sum(1 for _ in _LINE_END.finditer(data, 0, offset))
