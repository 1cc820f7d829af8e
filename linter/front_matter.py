"""Where `allow` stands in a draft's front matter, and how an entry is put in or taken out, all else left as it is.

`front` is what stands before a draft's text: the front matter with both fences, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import yaml

from linter.text import Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_FENCE = "---"
_PLAIN = re.compile(r"[^\W\d_][\w ,.’()/-]*[\w.’)]")
_NOT_WORDS = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule under `allow`: the key, the whole entry, and what goes when it is taken out."""

    rule: str
    key: Span
    entry: Span
    goes: Span


def entries(front: str) -> list[Entry]:
    """Every entry under `allow`, in order; none where there is no front matter or no `allow` in it."""
    allow = _allow(front)
    group = allow[1] if allow else None
    if not isinstance(group, yaml.MappingNode) or not group.value:
        return []
    if len(group.value) == 1:
        spans = [allow[0]] if allow else []
    else:
        spans = list(_in_flow(front, group) if group.flow_style else _in_block(front, group))
    offset = _offset(front)
    return [
        Entry(
            key.value,
            Span(offset + key.start_mark.index, offset + key.end_mark.index),
            Span(offset + key.start_mark.index, _end(front, value)),
            goes,
        )
        for (key, value), goes in zip(group.value, spans, strict=True)
    ]


def with_allow(front: str, rule: str, reason: str) -> tuple[Span, str]:
    """Where in `front` an entry for a rule goes, and the words to put there (for a rule it holds: its new reason)."""
    end = _line_end(front)
    held = next((entry for entry in entries(front) if entry.rule == rule), None)
    if held is not None:
        return held.entry, f"{rule}: {_quoted(reason)}"
    line = f"{rule}: {_quoted(reason)}"
    if not front:
        return Span(0, 0), f"{_FENCE}{end}allow:{end}  {line}{end}{_FENCE}{end}"
    allow = _allow(front)
    if allow is None or not isinstance(allow[1], yaml.MappingNode):
        place = allow[0] if allow else _close(front)
        return place, f"allow:{end}  {line}{end}"
    group = allow[1]
    start = _offset(front) + group.start_mark.index
    if group.flow_style:
        return Span(start + 1, start + 1), line + (", " if group.value else "")
    indent = " " * group.value[0][0].start_mark.column
    return Span(start, start), f"{line}{end}{indent}"


def _allow(front: str) -> tuple[Span, yaml.Node] | None:
    """The lines of `allow`, and what it holds."""
    inner = _inner(front)
    node = yaml.compose(inner, Loader=yaml.SafeLoader) if inner.strip() else None
    if not isinstance(node, yaml.MappingNode):
        return None
    for key, value in node.value:
        if key.value == "allow":
            start = _offset(front) + key.start_mark.index
            return _lines(front, start, _end(front, value)), value
    return None


def _offset(front: str) -> int:
    """Where the YAML begins: after the first fence."""
    match = _LINE_END.search(front)
    return match.end() if match else len(front)


def _close(front: str) -> Span:
    """The place before the closing fence."""
    start = max(front.rstrip("\r\n").rfind(mark) for mark in "\r\n") + 1
    return Span(start, start)


def _inner(front: str) -> str:
    return front[_offset(front) : _close(front).start] if front else ""


def _line_end(front: str) -> str:
    match = _LINE_END.search(front)
    return match[0] if match else "\n"


def _end(front: str, node: yaml.Node) -> int:
    """Where a node's own words end: a block's mark stands at what comes after it, comments among that."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _end(front, last[1] if isinstance(last, tuple) else last)
    offset = _offset(front)
    start, end = offset + node.start_mark.index, offset + node.end_mark.index
    return start + len(front[start:end].rstrip())


def _lines(front: str, start: int, end: int) -> Span:
    """The whole lines that a stretch touches, with their ends."""
    first = max(front.rfind(mark, 0, start) for mark in "\r\n") + 1
    after = _LINE_END.search(front, end)
    return Span(first, after.end() if after else len(front))


def _in_block(front: str, group: yaml.MappingNode) -> Iterator[Span]:
    offset = _offset(front)
    for key, value in group.value:
        yield _lines(front, offset + key.start_mark.index, _end(front, value))


def _in_flow(front: str, group: yaml.MappingNode) -> Iterator[Span]:
    """Up to the next entry; the last with the comma before it."""
    offset = _offset(front)
    starts = [offset + key.start_mark.index for key, _ in group.value]
    yield from (Span(start, following) for start, following in pairwise(starts))
    yield Span(_end(front, group.value[-2][1]), _end(front, group.value[-1][1]))


def _quoted(reason: str) -> str:
    """A reason as YAML, in quotes where it must be."""
    if _PLAIN.fullmatch(reason) and reason.lower() not in _NOT_WORDS:
        return reason
    escaped = reason.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else _escape(char) for char in escaped) + '"'


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
