"""The items of a JSON member, one at a time, whatever stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from linter.exports.archive import UnusableError, needed

MAX_ITEM = 20_000_000
"""The most bytes that may go by without one whole item."""
_LOOKED_AT = 4_096


class _Watched:
    """A stream whose reading is watched: so many bytes without an item are too many. Bytes may be put before it."""

    def __init__(self, before: bytes, stream: IO[bytes]) -> None:
        self._before, self._stream = before, stream
        self.since = 0

    def read(self, size: int = -1) -> bytes:
        if size == 0:  # how a parser asks whether these are bytes
            return b""
        data, self._before = self._before, b""
        data = data or self._stream.read(size)
        self.since += len(data)
        if self.since > MAX_ITEM:
            raise UnusableError(f"an item larger than {MAX_ITEM:,} bytes; what follows was not read")
        return data


def items(stream: IO[bytes]) -> Iterator[Any]:
    """The items of the first list in a member: of the list that it is, or of the first one in its object.

    What stands before the first bracket (X writes a line of script there) is passed over. Raises UnusableError where
    the JSON breaks off or is none; the items before are given.
    """
    head = stream.read(_LOOKED_AT).removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnusableError("this is UTF-16, not UTF-8")
    at = min((place for mark in (b"[", b"{") if (place := _start(head, mark)) >= 0), default=-1)
    if at < 0:
        raise UnusableError("no list of posts in it" if head.strip() else "it is empty")
    watched = _Watched(head[at:], stream)
    prefix = "item" if head[at : at + 1] == b"[" else ""
    ijson = needed("ijson")
    try:
        yield from _items(ijson, watched, prefix)
    except ijson.JSONError as error:
        raise UnusableError(f"not JSON from here on: {_plain(error)}") from None
    except UnicodeDecodeError as error:
        raise UnusableError(f"the byte 0x{error.object[error.start]:02x} is not UTF-8") from None


def _start(head: bytes, mark: bytes) -> int:
    """Where a bracket opens the data: an index in brackets before an equals sign is none."""
    equals = head.find(b"=")
    script = head.lstrip()[:6] in (b"window", b"YTD   ") or head.lstrip().startswith(b"window.")
    return head.find(mark, equals if script and equals >= 0 else 0)


def _items(ijson: Any, watched: _Watched, prefix: str) -> Iterator[Any]:
    events = ijson.parse(watched, use_float=True)
    builder: Any = None
    inside, depth = prefix, 0
    for path, event, value in events:
        if not inside:
            if event == "start_array":
                inside = f"{path}.item"
            continue
        if builder is None and path == inside:
            builder, depth = ijson.ObjectBuilder(), 0
        if builder is not None:
            builder.event(event, value)
            depth += event.startswith("start_") - event.startswith("end_")
            if depth == 0:
                yield builder.value
                builder, watched.since = None, 0
        elif event == "end_array" and f"{path}.item" == inside:
            return


def _plain(error: Exception) -> str:
    told = error.args[0] if error.args else ""
    words = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    first = words.split("\n")[0].strip()
    if "UTF8" in first:
        return "bytes that are not UTF-8"
    return "it breaks off" if "premature" in first or "incomplete" in first.lower() else first
