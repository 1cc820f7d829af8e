"""What may stand where, from the JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from linter.schema import schema
from linter.schema_parts import Schema

_made = cache(schema)


def at(name: str, keys: Iterable[str]) -> list[Schema]:
    """What may stand under some keys of a named schema, every way of it."""
    root = _made(name)
    found = [*_ways(root, root)]
    for key in keys:
        found = [way for one in found for below in _below(one, key) for way in _ways(below, root)]
    return found


def keys_of(shapes: Iterable[Schema]) -> dict[str, Schema]:
    """The keys that may stand there, each with its schema."""
    return {key: below for one in shapes for key, below in one.get("properties", {}).items()}


def values_of(shapes: Iterable[Schema]) -> list[str]:
    """The values that may stand there, where they can be listed; yes and on are true, and not offered."""
    found: list[object] = []
    for one in shapes:
        found += one.get("enum", ())
        found += [True, False] if one.get("type") == "boolean" else []
    shown = [str(value).lower() if isinstance(value, bool) else str(value) for value in found]
    kept = [value for value in shown if "true" not in shown or value not in ("yes", "no", "on", "off")]
    return list(dict.fromkeys(kept))


def described(shape: Schema, name: str) -> str:
    """What a key of a named schema is for and what it may hold, for people."""
    values = values_of(_ways(shape, _made(name)))
    listed = f"\n\nOne of: {', '.join(f'`{value}`' for value in values)}" if values else ""
    return f"{shape.get('description', '')}{listed}".strip()


def _below(shape: Schema, key: str) -> Iterator[Schema]:
    if key in shape.get("properties", {}):
        yield shape["properties"][key]
    elif isinstance(shape.get("additionalProperties"), dict):
        yield shape["additionalProperties"]


def _ways(shape: Schema, root: Schema) -> Iterator[Schema]:
    """A schema and all that it offers a choice of: its own shape, each of `anyOf`, the items of a list."""
    yield shape
    for other in shape.get("anyOf", ()):
        yield from _ways(other, root)
    if "items" in shape:
        yield from _ways(shape["items"], root)
    name = shape.get("$ref", "").rpartition("/")[2]
    if name:
        yield from _ways(root["$defs"][name], root)
