"""What `--format json` and `--format jsonl` write, as JSON Schema: for programs that read it.

Further keys may come without a new version, so a reader should pass over what it does not know.
"""

from __future__ import annotations

from linter.finding import LEVELS
from linter.rule import CLAUSES, STATUSES
from linter.schema_parts import Schema, choice, number, text
from linter.scores import SCORES
from linter.scores.readability import NAME as READABILITY
from linter.version import SCHEMA_VERSION, SCORES_VERSION

_RANGES: dict[str, Schema] = {
    "aggressiveness": {"minimum": 0, "maximum": 100},
    "rhetoric_density": {"minimum": 0},
    "questions_ratio": {"minimum": 0, "maximum": 1},
    "receptiveness": {"minimum": 0, "maximum": 100},
}
_MEANINGS = {
    "aggressiveness": "How likely the post is to be called an attack, from 0 to 100; 0 for an empty post",
    "rhetoric_density": "Campaign talk for each 100 words, from 0; 0 for an empty post",
    "questions_ratio": "Questions that ask for an answer over sentences, from 0 to 1; null for an empty post",
    "receptiveness": "How open the post is to other views, from 0 to 100; 50 is as open as the average text",
    READABILITY: "How many years of (US) school the post asks of its reader; null without words",
}


def finding() -> Schema:
    """An object of `postlint check --format json` or `jsonl`."""
    return _versioned("finding", "One finding", {
        "path": text("The file, as it was given or found; <stdin> for standard input; U+FFFD for bytes that are no UTF-8"),
        "line": _from(1, "The line of the file; in a record (JSONL, CSV), the first line of the record"),
        "column": _from(1, "The column in code points; in a record, inside the decoded text"),
        "end_line": _from(1, "The line on which it ends"),
        "end_column": _from(1, "The first column after it"),
        "text_line": _from(1, "The line of the post's text, without front matter"),
        "start": _from(0, "Where it begins, in code points of the post's text"),
        "end": _from(0, "Where it ends, exclusive; as `start` for something that is missing"),
        "post": text("The post's id; else the draft's path, or path and line of a record"),
        "rule": text("The rule's id; `unreadable` for what could not be read; `allow-…` for what is amiss with an `allow`"),
        "clause": choice("The clause of the guidance", CLAUSES),
        "level": choice("How much harm the post may do as it is", LEVELS),
        "status": choice("What a rule on trial says never fails a run", STATUSES),
        "message": text("What is said, in a sentence or two"),
        "suggestion": text("Other words, as an example; empty where there are none"),
        "related": {"description": "Other places that it speaks of", "type": "array", "items": _related()},
    })  # fmt: skip


def _related() -> Schema:
    return _object("Another place", {
        "post": text("The id of the post there"),
        "path": text("Its file"),
        "line": _from(1, "Its line, counted as in the finding"),
        "start": _from(0, "Where it begins, in code points of that post's text"),
        "end": _from(0, "Where it ends, exclusive"),
        "note": text("How it bears on the finding"),
    })  # fmt: skip


def score() -> Schema:
    """An object of `postlint score --format jsonl`."""
    return _versioned("score", "The scores of one post", {
        "id": text("The post's id; else the draft's path, or path and line of a record"),
        "path": text("The file, as in a finding"),
        "lang": {"description": "The language that the post gives, else en where it looks like English, else null", "type": ["string", "null"]},
        "scores": _object("The scores; all are null where the post is not English enough", {
            name: {"description": meaning, "type": ["number", "null"], **_RANGES.get(name, {})}
            for name, meaning in _MEANINGS.items()
        }),
        "counts": _object("What was counted", {
            "words": _from(0, "Words; a #tag is one, handles, addresses and emoji are none"),
            "sentences": _from(0, "Sentences"),
            "questions": _from(0, "Questions of both sorts"),
            "genuine_questions": _from(0, "Questions that ask for an answer"),
            "rhetorical_questions": _from(0, "Questions that nobody is meant to answer"),
        }),
        "evidence": {
            "description": "For each score, the words that it comes from; empty where the post is not English enough",
            "type": "object",
            "propertyNames": {"enum": list(SCORES)},
            "additionalProperties": {"description": "Of one score, in order of place", "type": "array", "items": _evidence()},
        },
        "scores_version": {"description": "Changes when a post would score otherwise, or a score means something else", "const": SCORES_VERSION},
    })  # fmt: skip


def _evidence() -> Schema:
    return _object("A part of a score", {
        "start": _from(0, "Where the words begin, in code points of the post's text"),
        "end": _from(0, "Where they end, exclusive"),
        "text": text("The words"),
        "feature": text("What they were taken for"),
        "points": number("What they add to the score's raw figure, to four decimals"),
    })  # fmt: skip


def _from(least: int, what: str) -> Schema:
    return {"description": what, "type": "integer", "minimum": least}


def _object(what: str, keys: dict[str, Schema]) -> Schema:
    """An object that has all these keys, and may come to have more."""
    return {"description": what, "type": "object", "properties": keys, "required": list(keys)}


def _versioned(name: str, what: str, keys: dict[str, Schema]) -> Schema:
    version: Schema = {
        "description": "Changes when a key goes or means something else",
        "const": SCHEMA_VERSION,
    }
    return {
        "$id": f"urn:postlint:{name}:{SCHEMA_VERSION}",
        **_object(what, {**keys, "schema_version": version}),
    }
