"""A rule file, and every kind of check in it, as JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from linter.analysis import NEGATED, PLACES
from linter.checks import KINDS, LOOK_BACKS
from linter.checks.count import STRETCHES
from linter.checks.length import LIMIT
from linter.checks.metadata import KEYS as METADATA
from linter.checks.pattern import COMPARISONS, FLAGS, OPS, WORDS
from linter.checks.regex import CHECK_DIGITS
from linter.checks.unused import OF
from linter.finding import LEVELS
from linter.fix import KINDS as FIX_KINDS
from linter.fix import REWRITES
from linter.lexicon import packaged_lexicons
from linter.marks import MARKS
from linter.post import ROOM_KINDS, STAGES
from linter.rule import CLAUSES, STATUSES, WHERE_KEYS
from linter.rulefile import MAX_MESSAGE, WHERE_VALUES
from linter.schema_parts import FLAG, Schema, choice, choices, group, list_or_one, number, strings, text
from linter.schema_post import context_keys, rooms
from linter.scores import SCORES


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _looking(added: dict[str, Schema] | None = None) -> Schema:
    return group("What to look for", {
        "terms": strings("Words to look for: lie~ is every inflection, * any word, (a|b) either"),
        "lexicon": _ref("lists") | {"description": "Word lists to look for"},
        "marks": choices("Marks to look for", MARKS),
        "except": strings("Terms whose hits spare any hit they overlap"),
        "except_lexicon": _ref("lists") | {"description": "Word lists whose hits do the same"},
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
        stretch = {"avoid": _ref("what"), "need": _ref("what"), "sentences": number("How many sentences; 1")}
        return group(what, stretch) | {"oneOf": [{"required": ["avoid"]}, {"required": ["need"]}]}

    return made


def _pattern() -> Schema:
    row: Schema = {"type": "array", "items": _ref("token"), "minItems": 1}
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
        "holds": strings("Texts one of which is in every match"), "check_digit": choice("What the digits must be", CHECK_DIGITS),
    }, ["pattern"]),
    "score": lambda: group("A score past a threshold", {
        "name": choice("Which score", SCORES), "over": _threshold("Speak above"), "under": _threshold("Speak below"),
        "parts": number("At least so many pieces of evidence"),
    }, ["name"]) | {"anyOf": [{"required": ["over"]}, {"required": ["under"]}]},
    "count": lambda: _looking({
        "per": choice("In what; post", STRETCHES), "over": number("Speak above"), "under": number("Speak below"),
    }) | {"anyOf": [{"required": ["over"]}, {"required": ["under"]}]},
    "ratio": lambda: group("Much of one against little of another", {
        "these": _ref("what"), "those": _ref("what"), "over": number("So many times as many"), "least": number("At least so many; 3"),
    }, ["these", "those", "over"]),
    "absent": lambda: _looking({"when": _ref("what")}),
    "order": lambda: group("Something before what should come first", {
        "first": _ref("what"), "then": _ref("what"), "both": FLAG | {"description": "Speak only where `first` stands later"},
    }, ["first", "then"]),
    "opening": _place("How a post begins"),
    "closing": _place("How a post ends"),
    "metadata": lambda: group("Something missing beside the words", {"missing": choice("What", METADATA)}, ["missing"]),
    "elapsed": lambda: group("Too soon after joining the room", {
        "since": choice("Since when", ("joined",)), "under_days": number("Fewer days than"),
    }, ["since", "under_days"]),
    "length": lambda: group("Longer or shorter than is good on its platform", {
        "over": {"anyOf": [number("Speak above"), {"const": LIMIT}]}, "under": number("Speak below"),
    }) | {"oneOf": [{"required": ["over"]}, {"required": ["under"]}]},
}  # fmt: skip


_DAYS = number("Over so many days")

_LOOKING_BACK: dict[str, Callable[[], Schema]] = {
    "in_a_row": lambda: _looking({
        "over": number("So many posts with it"), "among": number("Among so many"), "within_days": number("Within so many days"),
    }),
    "often": lambda: group("Too many posts", {"over": number("Speak above"), "days": _DAYS}, ["over", "days"]),
    "share": lambda: group("More than one's share", {
        "over": number("So many times as many"), "days": _DAYS, "least": number("At least so many; 6"),
    }, ["over", "days"]),
    "early": lambda: _looking({
        "under_days": number("Fewer days than"), "under_exchanges": number("Fewer exchanges than"),
    }) | {"anyOf": [{"required": ["under_days"]}, {"required": ["under_exchanges"]}]},
    "unanswered": lambda: _looking({"days": number("For so many days")}) | {"required": ["days"]},
    "unused": lambda: group("Rooms or platforms never used", {
        "of": choice("Which", OF), "days": _DAYS,
    }, ["of", "days"]),
    "uptake": lambda: _looking({"least": number("At least so many; 3")}),
    "after_no": lambda: group("Going on after a no", {
        "no": _ref("what"), "leave": _ref("what"), "asks": _ref("what"), "unless": _ref("what"), "times": number("So many times; 2"),
    }, ["no", "leave"]),
    "again": lambda: group("The same again", {
        "over": number("How alike, from 0 to 1"), "least": number("At least so many words; 5"),
    }, ["over"]),
    "heat": lambda: group("Heat for heat", {
        "theirs_over": number("Their aggressiveness above"), "ours_over": number("Ours above"), "under_hours": number("Within so many hours"),
    }, ["theirs_over", "ours_over"]),
}  # fmt: skip
_OPTIONS |= _LOOKING_BACK


def _fix() -> Schema:
    kinds = {
        "replace": {"description": "Other words, by the words found", "type": "object", "additionalProperties": {"type": "string"}},
        "rewrite": choice("Another way to write the words found", REWRITES),
        "insert": text("Words to put in; `suggestion` stands for the rule's own"),
        "delete": FLAG | {"description": "Take the words out"},
    }  # fmt: skip
    more = {
        "at": choice("Where `insert` puts them", ("start", "end")),
        "safe": FLAG | {"description": "Nobody could mind: `--fix` may apply it"},
    }
    one_of = [{"required": [kind]} for kind in FIX_KINDS]
    return group("What stands in for the words found", {**kinds, **more}) | {"oneOf": one_of}


def rule() -> Schema:
    """A rule file."""
    kinds = {name: _OPTIONS[name]() for name in (*KINDS, *LOOK_BACKS)}
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
        "fix": _fix(),
        "false_alarms": text("What it is known to get wrong"),
        "examples": _examples(),
    }
    shared = {
        "what": _looking(),
        "lists": list_or_one("Word lists", {"enum": list(packaged_lexicons())}),
        "token": _token(),
        "context": group("The post's own keys", context_keys()),
    }
    return group("A rule", keys, [key for key in keys if key not in ("status", "where", "fix")]) | {
        "$defs": shared
    }


def _condition(key: str, known: Collection[str] | None) -> Schema:
    if known is None:
        return list_or_one(f"Any of these values of `{key}`", {"type": ["string", "number"]})
    values: list[Any] = [*known, *(name == "true" for name in known if name in ("true", "false"))]
    return list_or_one(f"Any of these values of `{key}`", {"enum": values})


def _examples() -> Schema:
    earlier = {"text": text("What was said"), "id": text("Its id"), **context_keys()}
    good = {
        "text": text("The post"), "context": _ref("context"), "rooms": rooms(),
        "history": list_or_one("What was said before, the earliest first", group("An earlier post", earlier, ["text"])),
    }  # fmt: skip
    bad = {**good, "flag": strings("The words that should be underlined")}
    return group("The rule's tests", {
        "bad": list_or_one("Posts to remark on", group("A post", bad, ["text"])),
        "good": list_or_one("Posts to leave alone", group("A post", good, ["text"])),
        "also": strings("Short texts to remark on, in the context of the first bad post"),
        "but_not": strings("Short texts to leave alone, in the same context"),
    }, ["bad", "good"])  # fmt: skip
