"""JSON Schema (2020-12) of what people write, for completion in their editors, and of what programs read.

Choices come from the tables that the readers use. The keys stand in these modules a second time, with what each is
for; a test holds them to those that the readers ask for.
"""

from __future__ import annotations

from collections.abc import Callable

from linter.finding import LEVELS
from linter.schema_parts import Schema, choice, group, list_or_one, strings, text
from linter.schema_post import day, post, rooms
from linter.schema_rule import rule
from linter.schema_wire import finding, score

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def config() -> Schema:
    """`.postlint.yaml`."""
    off = {"enum": [False, "off", "no", "false"]}
    terms = strings("More words for the rule to look for, as terms")
    change = group(
        "Another level, more words", {"level": choice("The level, or off", (*LEVELS, "off")), "add": terms}
    )
    any_change: Schema = {"anyOf": [off, {"enum": list(LEVELS)}, change]}
    party = group(
        "Your party", {"names": strings("What it is called"), "rivals": strings("What others are called")}
    )
    leave = group("Findings to let stand, and why", {
        "rule": strings("The rules"),
        "posts": strings("Patterns of posts' files, from this folder; * crosses folders"),
        "room": strings("Rooms"),
        "reason": text("Why they need not be minded there"),
        "until": day("The last day on which they need not"),
    }, ["rule"])  # fmt: skip
    return group("What a team says once for all its posts", {
        "posts": text("The folder where the posts live"),
        "author": text("Who posts, where a post does not say"),
        "party": party,
        "rooms": rooms(),
        "rules": {"description": "Rules by id: off, a level, or `level` and `add`", "type": "object", "additionalProperties": any_change},
        "rule_paths": strings("Files or folders of your own rules"),
        "fail_on": choice("The level from which a run fails", LEVELS),
        "exclude": strings("Posts to pass over; * crosses folders"),
        "extra_keys": strings("Further keys that your front matter may hold"),
        "baseline": text("The file of findings that are let stand, written by `postlint baseline write`"),
        "allow": list_or_one("Findings to let stand", leave | {"anyOf": [{"required": ["posts"]}, {"required": ["room"]}]}),
    })  # fmt: skip


_MADE: dict[str, Callable[[], Schema]] = {
    "config": config,
    "rule": rule,
    "post": post,
    "finding": finding,
    "score": score,
}
NAMES = tuple(_MADE)
WIRE = ("finding", "score")
"""Those of what we write ourselves."""


def schema(name: str) -> Schema:
    """The schema of a configuration, a rule, a post's front matter, a finding or a post's scores. Raises KeyError for another name."""
    return {"$schema": _DIALECT, **_MADE[name]()}
