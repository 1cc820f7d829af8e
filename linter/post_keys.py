"""The keys of a post, the same in front matter, JSONL and CSV, and what each may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from linter.errors import Mistake, nearest
from linter.fields import Fields, as_number
from linter.post import (
    IMPRINTS,
    PLATFORM_ALIASES,
    PLATFORMS,
    ROOM_KINDS,
    STAGES,
    Context,
    Image,
    Message,
    Room,
)
from linter.yamlfile import Mapping as YamlMapping
from linter.yamlfile import Node, Scalar, Sequence


def read_context(fields: Fields, allowed: Callable[[str], bool] = lambda key: False) -> Context:
    """A context from a mapping of post keys; mistakes are noted on `fields`, unknown keys unless `allowed`."""
    context = Context(
        room=Room(
            name=_words(fields, "room"),
            kind=fields.choice("room_kind", ROOM_KINDS),
            joined=read_day(fields, "joined"),
        ),
        platform=read_platform(fields, "platform"),
        stage=fields.choice("stage", STAGES),
        visit=_visit(fields),
        author=_words(fields, "author"),
        time=_time(fields, "date"),
        reply_to=_message(fields),
        thread=_words(fields, "thread"),
        images=tuple(_image(group) for group in fields.groups("images")),
        paid=_flag(fields, "paid"),
        election=_flag(fields, "election"),
        imprint=fields.choice("imprint", IMPRINTS),
        lang=_words(fields, "lang"),
        url=_words(fields, "url"),
        allow=_allow(fields),
    )
    fields.finish(allowed)
    return with_stage(context)


def with_stage(context: Context) -> Context:
    """The context with the stage that follows from what is known: a reply is a reply, a first visit an arrival."""
    if context.stage:
        return context
    stage = "reply" if context.reply_to else "arrive" if context.visit == 1 else ""
    return replace(context, stage=stage) if stage else context


def read_platform(fields: Fields, key: str) -> str:
    """A platform in any case, or by its other name."""
    node = fields.mapping.items.get(key)
    if isinstance(node, Scalar):
        name = PLATFORM_ALIASES.get(node.text.lower(), node.text.lower())
        if name in PLATFORMS:
            fields.asked.add(key)
            return name
    return fields.choice(key, PLATFORMS)


def read_day(fields: Fields, key: str) -> date | None:
    """A day such as 2026-03-14."""
    time = _time(fields, key)
    return time.date() if isinstance(time, datetime) else time


def _time(fields: Fields, key: str) -> datetime | date | None:
    node = fields.node(key)
    if node is None:
        return None
    if isinstance(node, Scalar):
        for read in (date.fromisoformat, datetime.fromisoformat):
            try:
                return read(node.text.strip())
            except ValueError:
                continue
    fields.note(
        node.line,
        f"`{key}` holds {node}; expected a date such as 2026-03-14 or a time such as 2026-03-14T18:30",
    )
    return None


def _words(fields: Fields, key: str) -> str:
    """Words, or a number taken as the words it is written in."""
    node = fields.mapping.items.get(key)
    if isinstance(node, Scalar) and node.kind in ("int", "float", "timestamp"):
        fields.asked.add(key)
        return node.text
    return fields.text(key)


def _flag(fields: Fields, key: str) -> bool | None:
    return fields.flag(key) if fields.node(key) is not None else None


def _visit(fields: Fields) -> int | None:
    node = fields.node("visit")
    number = as_number(node) if node is not None else None
    if node is not None and (number is None or number < 1 or number != int(number)):
        fields.note(node.line, f"`visit` holds {node}; expected a whole number from 1")
        return None
    return None if number is None else int(number)


def _message(fields: Fields) -> Message | None:
    node = fields.node("reply_to")
    if node is None:
        return None
    if isinstance(node, Scalar) and node.text:
        return Message(id=node.text)
    group = fields.group("reply_to")
    if group is None:
        return None
    message = Message(group.text("text"), _words(group, "author"), _words(group, "id"))
    group.finish()
    return message


def _image(fields: Fields) -> Image:
    alt = fields.text("alt") if fields.node("alt") is not None else None
    image = Image(fields.text("file", required=True), alt)
    fields.finish()
    return image


def _allow(fields: Fields) -> Mapping[str, str]:
    group = fields.group("allow")
    return {key: group.text(key) for key in group.mapping.items} if group else {}


KEYS = tuple(
    (
        "text id platform room room_kind joined visit stage author date reply_to thread images paid "
        "election imprint lang url allow"
    ).split()
)
"""Every key of a post."""


def read_record(values: Mapping[str, Any], path: str, line: int, mistakes: list[Mistake]) -> Context:
    """A context from a JSON object or a CSV row; keys that are not ours are passed over, empty values too."""
    ours = {
        key: _as_node(value, line)
        for key, value in values.items()
        if key in KEYS and key not in ("text", "id") and value not in (None, "")
    }
    if not ours:
        return _NO_CONTEXT
    return read_context(Fields(YamlMapping(line, ours, dict.fromkeys(ours, line)), path, mistakes))


_NO_CONTEXT = Context()


def near_misses(names: Iterable[str]) -> list[tuple[str, str]]:
    """Names that are not ours but look like one of ours, each with the hint."""
    return [
        (name, hint)
        for name in names
        if isinstance(name, str)
        and name.lower() not in KEYS
        and len(name) > 3
        and (hint := nearest(name, KEYS))
    ]


def _as_node(value: object, line: int) -> Node:
    """A JSON value or a CSV cell in the shape that the typed readers read."""
    if isinstance(value, dict):
        items = {str(key): _as_node(item, line) for key, item in value.items() if item is not None}
        return YamlMapping(line, items, dict.fromkeys(items, line))
    if isinstance(value, list):
        return Sequence(line, tuple(_as_node(item, line) for item in value))
    if isinstance(value, bool):
        return Scalar(line, str(value).lower(), "bool")
    if isinstance(value, int | float):
        return Scalar(line, str(value), "int" if isinstance(value, int) else "float")
    text = str(value)
    return Scalar(line, text, "int" if text.isdecimal() and text.isascii() else "str")
