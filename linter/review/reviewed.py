"""The records that a review wrote as JSONL, read again: what of them two runs are compared by."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from linter.errors import listed, shown
from linter.post import Unreadable
from linter.post_keys import half_emoji
from linter.readers.jsonl import objects

LET_STAND = "let stand"
"""In place of its level: that of a finding which was allowed, or which a baseline knew."""
_QUOTED = 60
_MOST = 1e100
_NEEDED: dict[str, tuple[type, str]] = {
    "id": (str, "a name"),
    "scores": (dict, "an object"),
    "findings": (list, "a list"),
    "scores_version": (int, "a number"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a record tells it: its place by post, the file of records and its line, and characters; its words where the record has them."""

    post: str
    path: str
    line: int
    rule: str
    level: str
    start: int
    end: int
    words: str = ""

    @property
    def key(self) -> Hashable:
        """What it is known by in its post."""
        return self.rule, self.start, self.end


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A post as a review wrote it. `date` is a day, empty where none is known; scores are None where a post has none."""

    id: str
    path: str
    line: int
    date: str
    version: int
    scores: dict[str, float | None]
    findings: tuple[Told, ...]

    def packed(self) -> str:
        """As JSON, for `unpacked`."""
        told = [(one.rule, one.level, one.start, one.end, one.words) for one in self.findings]
        return json.dumps((self.date, self.version, self.scores, told))


def unpacked(post_id: str, path: str, line: int, packed: str) -> Reviewed:
    """A post as it was packed."""
    date, version, scores, told = json.loads(packed)
    findings = tuple(Told(post_id, path, line, *one) for one in told)
    return Reviewed(post_id, path, line, date, version, scores, findings)


def read_reviewed(stream: IO[bytes], path: str) -> Iterator[Reviewed | Unreadable]:
    """The records of a file, and what in it is none."""
    for line, values in objects(stream, path):
        yield values if isinstance(values, Unreadable) else _reviewed(values, path, line)


def _reviewed(values: dict[str, Any], path: str, line: int) -> Reviewed | Unreadable:
    if fault := _fault(values):
        return Unreadable(path, line, f"no record of a review: {fault}")
    text, date = values.get("text"), values.get("date")
    return Reviewed(
        values["id"],
        path,
        line,
        date[:10] if isinstance(date, str) else "",
        values["scores_version"],
        values["scores"],
        tuple(_told(one, values["id"], path, line, text) for one in values["findings"]),
    )


def _fault(values: dict[str, Any]) -> str:
    """Why an object is no record, or nothing."""
    if missing := [f"`{name}`" for name in _NEEDED if name not in values]:
        return f"it has no {listed(missing)}"
    for name, (kind, expected) in _NEEDED.items():
        if not isinstance(values[name], kind) or isinstance(values[name], bool):
            return f"`{name}` holds {_found(values[name])} where {expected} was expected"
    if fault := half_emoji(values["id"]):
        return f"`id` holds {fault}"
    for name, value in values["scores"].items():
        if value is not None and not _is_number(value):
            return f"the score `{shown(name)}` holds {_found(value)} where a number was expected"
    if any(not _is_finding(one) for one in values["findings"]):
        return "`findings` holds one without `rule`, `level`, `start` or `end`"
    return ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _MOST


def _is_finding(one: object) -> bool:
    if not isinstance(one, dict):
        return False
    words, places = (one.get("rule"), one.get("level")), (one.get("start"), one.get("end"))
    return all(isinstance(value, str) for value in words) and all(type(value) is int for value in places)


def _found(value: object) -> str:
    return shown(json.dumps(value, ensure_ascii=False)[:_QUOTED])


def _told(one: dict[str, Any], post_id: str, path: str, line: int, text: object) -> Told:
    words = text[one["start"] : one["end"]][:_QUOTED] if isinstance(text, str) else ""
    level = one["level"] if one.get("allowed") is None else LET_STAND
    return Told(post_id, path, line, one["rule"], level, one["start"], one["end"], words)
