"""A repository in a CAR file: blocks one after another, each known by its checksum, and a tree that says which are in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, Any

from linter.exports.archive import UnusableError, needed

MAX_BLOCK = 2_000_000
"""The most bytes of one block: a record may have one million."""
_ADDRESS = b"\x01\x71\x12\x20"
"""How the address of a block of ours begins: the rest is its SHA-256."""
_LONG = len(_ADDRESS) + 32


@dataclass(slots=True)
class Repository:
    """What a CAR file holds: records of one kind and the nodes of the tree by their addresses, and whose it is."""

    kind: str
    records: dict[bytes, Any] = field(default_factory=dict)
    nodes: dict[bytes, Any] = field(default_factory=dict)
    did: str = ""
    top: bytes = b""
    damaged: int = 0
    """Blocks that are not what they were."""

    def read(self, stream: IO[bytes]) -> None:
        """Take in every block of a stream. Raises UnusableError where it breaks off or is no CAR; what came before is kept."""
        decode = needed("libipld").decode_dag_cbor
        roots = _roots(stream, decode)
        for address, data in _blocks(stream):
            if address[: len(_ADDRESS)] != _ADDRESS or sha256(data).digest() != address[len(_ADDRESS) :]:
                self.damaged += 1
                continue
            try:
                block = decode(data)
            except ValueError:
                self.damaged += 1
                continue
            self._take(address, block, roots)

    def _take(self, address: bytes, block: Any, roots: list[Any]) -> None:
        if not isinstance(block, dict):
            return
        if block.get("$type") == self.kind:
            self.records[address] = block
        elif isinstance(block.get("e"), list):
            self.nodes[address] = block
        elif address in roots:
            top = block.get("data")
            self.did, self.top = str(block.get("did") or ""), top if isinstance(top, bytes) else b""

    def keys(self) -> tuple[dict[str, bytes], bool]:
        """Where the tree has a record under each key, and whether the whole tree is there."""
        keys: dict[str, bytes] = {}
        waiting, seen, whole = [self.top], set[bytes](), True
        while waiting:
            address = waiting.pop()
            node = self.nodes.get(address)
            if node is None or address in seen:
                whole = False
                continue
            seen.add(address)
            waiting += [part for part in (node.get("l"), *_below(node)) if isinstance(part, bytes)]
            keys |= _keys(node)
        return keys, whole


def _roots(stream: IO[bytes], decode: Any) -> list[Any]:
    try:
        head = decode(_whole(stream, _length(stream) or 0))
    except (ValueError, UnusableError):
        raise UnusableError("no CAR file that can be read") from None
    roots = head.get("roots") if isinstance(head, dict) else None
    if not isinstance(roots, list):
        raise UnusableError("no CAR file that can be read")
    return roots


def _blocks(stream: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each block with its address."""
    while (length := _length(stream)) is not None:
        data = _whole(stream, length)
        yield data[:_LONG], data[_LONG:]


def _length(stream: IO[bytes]) -> int | None:
    """The number that stands before a block, seven bits a byte, the lowest first; None at the end."""
    number = shift = 0
    while byte := stream.read(1):
        number |= (byte[0] & 0x7F) << shift
        shift += 7
        if not byte[0] & 0x80:
            return number
        if number > MAX_BLOCK:
            return number
    if shift == 0:
        return None
    raise UnusableError(_BREAKS_OFF)


def _whole(stream: IO[bytes], length: int) -> bytes:
    if length > MAX_BLOCK:
        raise UnusableError(f"a block of more than {MAX_BLOCK:,} bytes; what follows was not read")
    data = stream.read(length)
    if len(data) < length:
        raise UnusableError(_BREAKS_OFF)
    return data


_BREAKS_OFF = "it breaks off; was the download complete?"


def _keys(node: Any) -> dict[str, bytes]:
    """The keys of a node, each of which repeats so many bytes of the one before it."""
    keys: dict[str, bytes] = {}
    before = b""
    for entry in node["e"]:
        if not isinstance(entry, dict):
            break
        shared, rest, address = entry.get("p"), entry.get("k"), entry.get("v")
        if not (isinstance(shared, int) and isinstance(rest, bytes) and isinstance(address, bytes)):
            break
        before = before[:shared] + rest
        keys[before.decode("utf-8", "replace")] = address
    return keys


def _below(node: Any) -> Iterator[Any]:
    return (entry.get("t") for entry in node["e"] if isinstance(entry, dict))
