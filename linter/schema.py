"""JSON Schema (2020-12) of what people write, for completion in their editors.

Choices come from the tables that the readers use. The keys stand here a second time, with what each is for;
a test holds them to those that the readers ask for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from linter.analysis import NEGATED, PLACES
from linter.checks import KINDS
from linter.checks.count import STRETCHES
from linter.checks.metadata import KEYS as METADATA
from linter.checks.pattern import COMPARISONS, FLAGS, OPS, WORDS
from linter.finding import LEVELS
from linter.lexicon import packaged_lexicons
from linter.marks import MARKS
from linter.post import IMPRINTS, PLATFORM_ALIASES, PLATFORMS, ROOM_KINDS, STAGES
from linter.rule import CLAUSES, STATUSES, WHERE_KEYS
from linter.rulefile import MAX_MESSAGE, WHERE_VALUES
from linter.schema_parts import (
    FLAG,
    Schema,
    choice,
    choices,
    group,
    list_or_one,
    number,
    strings,
    text,
)
from linter.scores import SCORES

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DAY = r"^\d{4}-\d\d-\d\d"


def _any_case(names: Iterable[str]) -> str:
    forms = (
        "".join(f"[{char.upper()}{char}]" if char.isalpha() else re.escape(char) for char in name)
        for name in names
    )
    return f"^({'|'.join(forms)})$"


def _platform(what: str) -> Schema:
    names = [*PLATFORMS, *PLATFORM_ALIASES]
    return {"description": what, "anyOf": [{"enum": names}, {"type": "string", "pattern": _any_case(names)}]}


def _name(what: str) -> Schema:
    return {"description": what, "type": ["string", "number"]}


def _day(what: str) -> Schema:
    return {"description": f"{what}, such as 2026-03-14", "type": "string", "pattern": _DAY}


def _context() -> dict[str, Schema]:
    message = group("What it replies to", {
        "text": text("The words replied to"), "author": _name("Who said them"), "id": _name("The id of that post"),
    })  # fmt: skip
    image = group(
        "A picture",
        {"file": text("Its file"), "alt": text("What it shows, for those who cannot see it")},
        ["file"],
    )
    return {
        "platform": _platform("Where the post goes"),
        "room": _name("The room's name; .postlint.yaml may say more about it"),
        "room_kind": choice("What kind of room it is", ROOM_KINDS),
        "joined": _day("When you entered the room"),
        "visit": {"description": "Which visit to the room this is, from 1", "type": "integer", "minimum": 1},
        "stage": choice("What the visit is for", STAGES),
        "author": _name("Who posts"),
        "date": _day("When the post goes out, or a time"),
        "reply_to": {"description": "The id of the post replied to, or its text and author", "anyOf": [{"type": ["string", "number"]}, message | {"minProperties": 1}]},
        "thread": _name("An id that a chain of replies shares"),
        "images": list_or_one("The pictures", image),
        "paid": {"description": "Whether it is a paid advertisement", "type": "boolean"},
        "election": {"description": "Whether it is election material", "type": "boolean"},
        "imprint": choice("Where the imprint stands", IMPRINTS),
        "lang": _name("The language, such as en"),
        "url": _name("Where it was published"),
        "allow": {"description": "Rules not to mind here, each with the reason", "type": "object", "additionalProperties": {"type": "string"}},
    }  # fmt: skip


def post() -> Schema:
    """Front matter of a draft; the same keys are fields in JSONL and CSV."""
    found = group(
        "The front matter of a post",
        {"id": text("Unique among the posts; else the draft's path"), **_context()},
    )
    return _whole(found | {"patternProperties": {"^x-": {}}})


def config() -> Schema:
    """`.postlint.yaml`."""
    off = {"enum": [False, "off", "no", "false"]}
    terms = strings("More words for the rule to look for, as terms")
    change = group(
        "Another level, more words", {"level": choice("The level, or off", (*LEVELS, "off")), "add": terms}
    )
    any_change: Schema = {"anyOf": [off, {"enum": list(LEVELS)}, change]}
    room = group("A room", {
        "platform": _platform("Where the room is"),
        "kind": choice("What kind of room it is", ROOM_KINDS),
        "joined": _day("When you entered it"),
    })  # fmt: skip
    party = group(
        "Your party", {"names": strings("What it is called"), "rivals": strings("What others are called")}
    )
    return _whole(group("What a team says once for all its posts", {
        "posts": text("The folder where the posts live"),
        "author": text("Who posts, where a post does not say"),
        "party": party,
        "rooms": {"description": "What is known of each room, by its name", "type": "object", "additionalProperties": room},
        "rules": {"description": "Rules by id: off, a level, or `level` and `add`", "type": "object", "additionalProperties": any_change},
        "rule_paths": strings("Files or folders of your own rules"),
        "fail_on": choice("The level from which a run fails", LEVELS),
        "exclude": strings("Posts to pass over; * crosses folders"),
        "extra_keys": strings("Further keys that your front matter may hold"),
    }))  # fmt: skip


def _looking(added: dict[str, Schema] | None = None) -> Schema:
    lists = list(packaged_lexicons())
    return group("What to look for", {
        "terms": strings("Words to look for: lie~ is every inflection, * any word, (a|b) either"),
        "lexicon": choices("Word lists to look for", lists),
        "marks": choices("Marks to look for", MARKS),
        "except": strings("Terms whose hits spare any hit they overlap"),
        "except_lexicon": choices("Word lists whose hits do the same", lists),
        "in": choice("Whose words: the author's own (the default), quoted ones, any", PLACES),
        "negated": choice("What `not` reaches: skip it (the default), take any, take only that", NEGATED),
        "aimed": FLAG | {"description": "Only hits near somebody they may be said of"},
        **(added or {}),
    })  # fmt: skip


def _token() -> Schema:
    compared = group("One of these, or none of them", {name: strings("Words") for name in COMPARISONS})
    return group("A token", {
        **{name: {"anyOf": [{"type": "string"}, compared]} for name in WORDS},
        **dict.fromkeys(FLAGS, FLAG),
        "LENGTH": number("How many characters"),
        "OP": {"description": "How often", "enum": [*OPS, 1]},
        "INFLECT": strings("Any inflection of these words"),
    })  # fmt: skip


def _threshold(what: str) -> Schema:
    cases = {case: number(f"where it is {case}") for case in ("any", *ROOM_KINDS, *STAGES)}
    return {"description": what, "anyOf": [{"type": "number"}, group(what, cases)]}


def _place(what: str) -> Callable[[], Schema]:
    def made() -> Schema:
        stretch = {"avoid": _looking(), "need": _looking(), "sentences": number("How many sentences; 1")}
        return group(what, stretch) | {"oneOf": [{"required": ["avoid"]}, {"required": ["need"]}]}

    return made


def _pattern() -> Schema:
    row: Schema = {"type": "array", "items": _token(), "minItems": 1}
    return group("Token patterns behind an anchor word", {
        "anchor": strings("Terms one of which is in every match"),
        "tokens": {"description": "A list of tokens, or several", "anyOf": [row, {"type": "array", "items": row, "minItems": 1}]},
        "in": choice("In whose words", PLACES),
        "negated": choice("What `not` reaches", NEGATED),
    }, ["anchor", "tokens"])  # fmt: skip


_OPTIONS: dict[str, Callable[[], Schema]] = {
    "phrase": lambda: _looking(),
    "pattern": _pattern,
    "regex": lambda: group("What no list of words can hold", {
        "pattern": text("A pattern that RE2 takes, in small letters"),
        "except": text("A pattern that spares a whole match"),
        "in": choice("In whose words; any", PLACES),
        "digits": number("So many digits are in every match"),
        "holds": strings("Texts one of which is in every match"),
    }, ["pattern"]),
    "score": lambda: group("A score past a threshold", {
        "name": choice("Which score", SCORES), "over": _threshold("Speak above"), "under": _threshold("Speak below"),
        "parts": number("At least so many pieces of evidence"),
    }, ["name"]) | {"anyOf": [{"required": ["over"]}, {"required": ["under"]}]},
    "count": lambda: _looking({
        "per": choice("In what; post", STRETCHES), "over": number("Speak above"), "under": number("Speak below"),
    }) | {"anyOf": [{"required": ["over"]}, {"required": ["under"]}]},
    "ratio": lambda: group("Much of one against little of another", {
        "these": _looking(), "those": _looking(), "over": number("So many times as many"), "least": number("At least so many; 3"),
    }, ["these", "those", "over"]),
    "absent": lambda: _looking({"when": _looking()}),
    "order": lambda: group("Something before what should come first", {
        "first": _looking(), "then": _looking(), "both": FLAG | {"description": "Speak only where `first` stands later"},
    }, ["first", "then"]),
    "opening": _place("How a post begins"),
    "closing": _place("How a post ends"),
    "metadata": lambda: group("Something missing beside the words", {"missing": choice("What", METADATA)}, ["missing"]),
    "elapsed": lambda: group("Too soon after joining the room", {
        "since": choice("Since when", ("joined",)), "under_days": number("Fewer days than"),
    }, ["since", "under_days"]),
}  # fmt: skip


def rule() -> Schema:
    """A rule file."""
    kinds = {name: _OPTIONS[name]() for name in KINDS}
    check = group("What to look for: exactly one kind of check", kinds) | {
        "minProperties": 1,
        "maxProperties": 1,
    }
    conditions = {key: _condition(key, WHERE_VALUES.get(key)) for key in WHERE_KEYS}
    where = group(
        "The posts it speaks about; all keys must hold",
        {**conditions, "words_at_least": number("So many words at least")},
    )
    keys = {
        "id": text("The file's name without .yaml"),
        "title": text("What it asks, in a line"),
        "clause": choice("The clause of the guidance, or house", CLAUSES),
        "why": text("Two sentences for a campaigner"),
        "level": choice("By the harm a post does", LEVELS),
        "status": choice("A trial never fails a run", STATUSES),
        "where": where,
        "check": check,
        "message": text("Observation and reason, as a question") | {"maxLength": MAX_MESSAGE},
        "suggestion": text("A better wording, or what to do"),
        "false_alarms": text("What it is known to get wrong"),
        "examples": _examples(),
    }
    return _whole(group("A rule", keys, [key for key in keys if key not in ("status", "where")]))


def _condition(key: str, known: Collection[str] | None) -> Schema:
    if known is None:
        return list_or_one(f"Any of these values of `{key}`", {"type": ["string", "number"]})
    values: list[Any] = [*known, *(name == "true" for name in known if name in ("true", "false"))]
    return list_or_one(f"Any of these values of `{key}`", {"enum": values})


def _examples() -> Schema:
    context = group("The post's own keys", _context())
    good = {"text": text("The post"), "context": context}
    bad = {**good, "flag": strings("The words that should be underlined")}
    return group("The rule's tests", {
        "bad": list_or_one("Posts to remark on", group("A post", bad, ["text"])),
        "good": list_or_one("Posts to leave alone", group("A post", good, ["text"])),
        "also": strings("Short texts to remark on, in the context of the first bad post"),
        "but_not": strings("Short texts to leave alone, in the same context"),
    }, ["bad", "good"])  # fmt: skip


def _whole(schema: Schema) -> Schema:
    return {"$schema": _DIALECT, **schema}


SCHEMAS: dict[str, Callable[[], Schema]] = {"config": config, "rule": rule, "post": post}
"""Every schema by the name that the command knows."""
