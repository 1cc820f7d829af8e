"""What a post says beside its words, as JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterable

from linter.post import IMPRINTS, PLATFORM_ALIASES, PLATFORMS, ROOM_KINDS, STAGES
from linter.schema_parts import Schema, choice, group, list_or_one, text

_DAY = r"^\d{4}-\d\d-\d\d"


def _any_case(names: Iterable[str]) -> str:
    forms = (
        "".join(f"[{char.upper()}{char}]" if char.isalpha() else re.escape(char) for char in name)
        for name in names
    )
    return f"^({'|'.join(forms)})$"


def platform(what: str) -> Schema:
    """A platform in any case, or by its other name."""
    names = [*PLATFORMS, *PLATFORM_ALIASES]
    return {"description": what, "anyOf": [{"enum": names}, {"type": "string", "pattern": _any_case(names)}]}


def _name(what: str) -> Schema:
    return {"description": what, "type": ["string", "number"]}


def day(what: str) -> Schema:
    """A day; a time may follow it."""
    return {"description": f"{what}, such as 2026-03-14", "type": "string", "pattern": _DAY}


def context_keys() -> dict[str, Schema]:
    """The keys of a post that say where, when and to whom it is said."""
    message = group("What it replies to", {
        "text": text("The words replied to"), "author": _name("Who said them"), "id": _name("The id of that post"),
    })  # fmt: skip
    image = group(
        "A picture",
        {"file": text("Its file"), "alt": text("What it shows, for those who cannot see it")},
        ["file"],
    )
    return {
        "platform": platform("Where the post goes"),
        "room": _name("The room's name; .postlint.yaml may say more about it"),
        "room_kind": choice("What kind of room it is", ROOM_KINDS),
        "joined": day("When you entered the room"),
        "visit": {"description": "Which visit to the room this is, from 1", "type": "integer", "minimum": 1},
        "stage": choice("What the visit is for", STAGES),
        "author": _name("Who posts"),
        "date": day("When the post goes out, or a time"),
        "reply_to": {"description": "The id of the post replied to, or its text and author", "anyOf": [{"type": ["string", "number"]}, message | {"minProperties": 1}]},
        "thread": _name("An id that a chain of replies shares"),
        "images": list_or_one("The pictures", image),
        "paid": {"description": "Whether it is a paid advertisement", "type": "boolean"},
        "election": {"description": "Whether it is election material", "type": "boolean"},
        "imprint": choice("Where the imprint stands", IMPRINTS),
        "lang": _name("The language, such as en"),
        "url": _name("Where it was published"),
        "allow": {"description": "Rules not to mind here, each with the reason", "type": "object", "additionalProperties": allow()},
    }  # fmt: skip


def allow() -> Schema:
    """What is said of one rule that is allowed: a reason, or a reason and a last day."""
    dated = group("Why, and until when", {
        "reason": text("Why this rule need not be minded here"),
        "until": day("The last day on which it need not"),
    })  # fmt: skip
    return {"anyOf": [{"type": ["string", "null"]}, dated]}


def rooms() -> Schema:
    """What is known of each room, by its name."""
    room = group("A room", {
        "platform": platform("Where the room is"),
        "kind": choice("What kind of room it is", ROOM_KINDS),
        "joined": day("When you entered it"),
    })  # fmt: skip
    return {
        "description": "What is known of each room, by its name",
        "type": "object",
        "additionalProperties": room,
    }


def post() -> Schema:
    """Front matter of a draft; the same keys are fields in JSONL and CSV."""
    found = group(
        "The front matter of a post",
        {"id": text("Unique among the posts; else the draft's path"), **context_keys()},
    )
    return found | {"patternProperties": {"^x-": {}}}
