"""The few shapes that our readers know, as JSON Schema."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

Schema = dict[str, Any]

FLAG: Schema = {"enum": [True, False, "true", "false", "yes", "no", "on", "off"]}


def text(what: str) -> Schema:
    """Words."""
    return {"description": what, "type": "string"}


def number(what: str) -> Schema:
    """A finite number."""
    return {"description": what, "type": "number"}


def choice(what: str, known: Collection[str]) -> Schema:
    """One of a set of names."""
    return {"description": what, "enum": list(known)}


def list_or_one(what: str, item: Schema) -> Schema:
    """A list; a single one need not be in a list."""
    return {"description": what, "anyOf": [item, {"type": "array", "items": item}]}


def strings(what: str) -> Schema:
    """A list of words, or one."""
    return list_or_one(what, {"type": "string"})


def choices(what: str, known: Collection[str]) -> Schema:
    """A list, or one, of a set of names."""
    return list_or_one(what, {"enum": list(known)})


def group(what: str, keys: dict[str, Schema], required: Sequence[str] = ()) -> Schema:
    """A mapping with these keys and no others."""
    found: Schema = {"description": what, "type": "object", "properties": keys, "additionalProperties": False}
    return found | {"required": list(required)} if required else found
