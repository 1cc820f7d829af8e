"""Posts as the report shows them: the words with what is said of them marked, and why in plain language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from linter.formats.format import safe
from linter.report.examples import Piece, pieces
from linter.report.words import PLATFORM_NAMES, long_day, of, title_of
from linter.rule import Rule

_LONGEST = 700
"""Characters of a post that are shown."""
_REMARKS = 3
"""Remarks on a post that are shown: more are counted, and read by nobody."""
_DONE = {
    "thank": "It thanks somebody.",
    "agree": "It takes up what others said.",
    "ask": "It asks something and wants to know.",
}
_SHOWS_IT = ("thanks", "agreement", "acknowledgement", "asking", "indirect-ask", "genuine question")
"""Evidence of thanks, agreement and questions; other cues earn a score a little and teach nothing."""
_LINKS = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a post, under a number where words of it are marked."""

    number: int | None
    words: str
    rule: str = ""
    level: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A post on the page."""

    said: str
    link: str
    pieces: tuple[Piece, ...]
    cut: bool
    remarks: tuple[Remark, ...]
    more: tuple[str, ...] = ()
    """What else was remarked on, by the rules' titles."""


def good_post(record: Mapping[str, Any]) -> Shown:
    """A post to learn from: what it does is marked where its scores point to it."""
    evidence = [
        part
        for name in ("questions_ratio", "receptiveness")
        for part in record["evidence"].get(name, ())
        if part["points"] > 0 and part["end"] > part["start"] and part["feature"] in _SHOWS_IT
    ]
    spans = {number: (part["start"], part["end"]) for number, part in enumerate(evidence)}
    why = [Remark(None, _DONE[move]) for move in record["moves"] if move in _DONE]
    if record["answers"]:
        why.append(Remark(None, f"It was answered: {of(record['answers'], 'reply', 'replies')}."))
    return _shown(record, spans, tuple(why))


def post_to_rethink(record: Mapping[str, Any], rules: Mapping[str, Rule]) -> Shown:
    """A post worth another thought: each remark under a number at the words that it is about; none of what is on trial."""
    found = [one for one in record["findings"] if one["allowed"] is None and one["status"] == "stable"]
    found.sort(key=lambda one: (_LEVELS.index(one["level"]), one["start"], one["rule"]))
    shown, more = found[:_REMARKS], found[_REMARKS:]
    marked = {(one["end"], one["start"]) for one in shown if one["start"] < one["end"] <= _LONGEST}
    in_order = sorted(marked)  # as they end, since there their numbers stand
    numbers = {place: number for number, place in enumerate(in_order, 1)}
    remarks = [_remark(numbers.get((one["end"], one["start"])), one, rules) for one in shown]
    remarks.sort(key=lambda one: one.number or len(shown) + 1)
    spans = {number: (start, end) for (end, start), number in numbers.items()}
    others = tuple(dict.fromkeys(title_of(one["rule"], rules) for one in more))
    return _shown(record, spans, tuple(remarks), others)


_LEVELS = ("error", "warning", "suggestion")


def _remark(number: int | None, finding: Mapping[str, Any], rules: Mapping[str, Rule]) -> Remark:
    suggestion = safe(finding["suggestion"] or "")
    return Remark(
        number, safe(finding["message"]), title_of(finding["rule"], rules), finding["level"], suggestion
    )


def _shown(
    record: Mapping[str, Any],
    spans: Mapping[int, tuple[int, int]],
    remarks: tuple[Remark, ...],
    more: tuple[str, ...] = (),
) -> Shown:
    text = _lines_safe(record["text"])
    cut = len(text) > _LONGEST
    url = record["url"] or ""
    return Shown(
        said=" · ".join(_said(record)),
        link=url if url.startswith(_LINKS) else "",
        pieces=tuple(pieces(text[:_LONGEST], {number: span for number, span in spans.items() if span[1] <= _LONGEST})),
        cut=cut,
        remarks=remarks,
        more=more,
    )  # fmt: skip


def _said(record: Mapping[str, Any]) -> Iterator[str]:
    """When and where a post was said."""
    if record["date"]:
        yield long_day(date.fromisoformat(record["date"][:10]))
    if record["platform"]:
        yield PLATFORM_NAMES[record["platform"]]
    if record["room"]:
        yield safe(record["room"])
    if record["reply"]:
        yield "a reply"


def _lines_safe(text: str) -> str:
    """A post's words with what could turn or hide text made visible, character for character; its lines stay."""
    return "\n".join(safe(line) for line in text.split("\n"))
