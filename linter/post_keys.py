"""The keys of a post, the same in front matter, JSONL and CSV, and what each may hold."""

from __future__ import annotations

import re
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
    Allow,
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


def read_rooms(fields: Fields) -> dict[str, Room]:
    """The rooms of a team by name, from `rooms`."""
    group = fields.group("rooms")
    rooms = {}
    for name in group.mapping.items if group else ():
        room = group.group(name) if group else None
        if room:
            rooms[name] = Room(
                name,
                read_platform(room, "platform"),
                room.choice("kind", ROOM_KINDS),
                read_day(room, "joined"),
            )
            room.finish()
    return rooms


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
    node = fields.node(key)
    if isinstance(node, Scalar) and node.kind == "str":
        fields.note(node.line, f"`{key}` holds the words {node}; expected true or false, without quotes")
        return None
    return fields.flag(key) if node is not None else None


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
        return Message(id=_words(fields, "reply_to"))
    group = fields.group("reply_to")
    if group is None:
        return None
    message = Message(group.text("text"), _words(group, "author"), _words(group, "id"))
    group.finish()
    if not group.mapping.items:
        fields.note(node.line, "`reply_to` is empty; expected the `text` replied to and its `author`")
    return message


def _image(fields: Fields) -> Image:
    alt = fields.text("alt") if fields.node("alt") is not None else None
    image = Image(fields.text("file", required=True), alt)
    fields.finish()
    return image


def _allow(fields: Fields) -> Mapping[str, Allow]:
    """By rule: a reason, or `reason` and `until`. One without a reason is read; that it has none is a finding."""
    group = None if _is_empty(fields.node("allow")) else fields.group("allow")
    if group is None:
        return {}
    return {rule: _read_allow(group, rule, node) for rule, node in group.mapping.items.items()}


def _read_allow(group: Fields, rule: str, node: Node) -> Allow:
    if isinstance(node, YamlMapping):
        own = type(group)(node, group.path, group.mistakes, rule)
        allow = read_reason(own)
        own.finish()
        return allow
    return Allow(_reason(group, rule))


def read_reason(fields: Fields) -> Allow:
    """Why something is allowed, and until when."""
    return Allow(_reason(fields, "reason"), read_day(fields, "until"))


def _reason(fields: Fields, key: str) -> str:
    return "" if _is_empty(fields.node(key)) else fields.text(key).strip()


def _is_empty(node: Node | None) -> bool:
    return node is None or (isinstance(node, Scalar) and node.kind == "null")


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
    return read_context(_Record(YamlMapping(line, ours, dict.fromkeys(ours, line)), path, mistakes))


_NO_CONTEXT = Context()


_WHOLE = re.compile(r"([0-9]{1,9})(\.0)?")
_TRUTH = {"true": True, "false": False}


def from_cells(cells: Mapping[str, str]) -> dict[str, Any]:
    """The cells of a CSV row as the values that a JSON object would hold."""
    values: dict[str, Any] = {key: cell if key == "text" else cell.strip() for key, cell in cells.items()}
    if match := _WHOLE.fullmatch(values.get("visit", "")):
        values["visit"] = int(match[1])
    for key in ("paid", "election"):
        cell = values.get(key, "")
        values[key] = _TRUTH.get(cell.lower(), cell)
    return values


_SURROGATE = re.compile("[\ud800-\udfff]")


def half_emoji(text: str) -> str:
    """What to say of a text with a lone surrogate in it, which can be neither saved nor printed; else nothing."""
    half = None if text.isascii() else _SURROGATE.search(text)
    if half is None:
        return ""
    return f"half an emoji (a lone surrogate, \\u{ord(half[0]):04x}) at character {half.start() + 1}; type it anew"


class _Record(Fields):
    """The fields of a JSON object or a CSV row: nothing is said of YAML, and unknown keys are nobody's matter."""

    def string(self, key: str, node: Node) -> str | None:
        """A node as words, or None with a mistake noted."""
        if not (isinstance(node, Scalar) and node.kind == "str"):
            self.note(node.line, f"{self._where()}`{key}` holds {node} where words were expected")
        elif fault := half_emoji(node.text):
            self.note(node.line, f"{self._where()}`{key}` holds {fault}")
        else:
            return node.text
        return None

    def finish(self, allowed: Callable[[str], bool] = lambda key: False) -> None:
        """Unknown keys are passed over."""


def near_misses(names: Iterable[str]) -> list[tuple[str, str]]:
    """Names that are not ours but look like one of ours, each with the hint."""
    return [
        (name, hint)
        for name in names
        if name not in KEYS and len(name) > 3 and (hint := nearest(name, KEYS, cutoff=0.8))
    ]


_DEEPEST = 3  # `images` is a list of groups of words; what is deeper is of the wrong type at a higher level


def _as_node(value: object, line: int, depth: int = 1) -> Node:
    """A JSON value or a CSV cell in the shape that the typed readers read."""
    if isinstance(value, dict):
        inner = value.items() if depth < _DEEPEST else ()
        items = {str(key): _as_node(item, line, depth + 1) for key, item in inner if item is not None}
        return YamlMapping(line, items, dict.fromkeys(items, line))
    if isinstance(value, list):
        inner_items = value if depth < _DEEPEST else ()
        return Sequence(line, tuple(_as_node(item, line, depth + 1) for item in inner_items))
    if value is None:
        return Scalar(line, "", "null")
    if isinstance(value, bool):
        return Scalar(line, str(value).lower(), "bool")
    if isinstance(value, int | float):
        return Scalar(line, str(value), "int" if isinstance(value, int) else "float")
    return Scalar(line, str(value), "str")
