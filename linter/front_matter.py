"""Where `allow` stands in a draft's front matter or in a configuration, and how an entry is put in or taken out.

`front` is what stands before a draft's text: the front matter with both fences, or nothing. All else in a file is left
as it is, down to its comments and line ends.
"""

from __future__ import annotations

import re
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
    """One rule under `allow`: its name, the whole entry, and what goes when it is taken out."""

    rule: str
    key: Span
    entry: Span
    goes: Span


def entries(front: str) -> list[Entry]:
    """Every entry under `allow`, in order; none where there is no front matter or no `allow` in it."""
    text = _without_fences(front)
    allow = _allow(text)
    if allow is None or not isinstance(allow.holds, yaml.MappingNode):
        return []
    members = [Span(key.start_mark.index, _end(text, value)) for key, value in allow.holds.value]
    goes = _goes(text, members, allow.holds, allow.lines)
    return [
        Entry(key.value, _span(key), member, gone)
        for (key, _), member, gone in zip(allow.holds.value, members, goes, strict=True)
    ]


def item(configuration: str, number: int, rule: str) -> Entry | None:
    """One rule of an entry (by number from 0) in a configuration's list under `allow`; of several, only it goes."""
    allow = _allow(configuration)
    if allow is None:
        return None
    listed = allow.holds.value if isinstance(allow.holds, yaml.SequenceNode) else [allow.holds]
    members = [Span(node.start_mark.index, _end(configuration, node)) for node in listed]
    goes = _goes(configuration, members, allow.holds, allow.lines) if len(listed) > 1 else [allow.lines]
    rules = next(value for key, value in listed[number].value if key.value == "rule")
    names = rules.value if isinstance(rules, yaml.SequenceNode) else [rules]
    spans = [Span(node.start_mark.index, _end(configuration, node)) for node in names]
    gone = _goes(configuration, spans, rules, goes[number])
    at = [node.value for node in names].index(rule)
    return Entry(rule, _span(names[at]), members[number], gone[at])


def with_allow(front: str, rule: str, reason: str) -> tuple[Span, str]:
    """Where in `front` an entry for a rule goes, and the words to put there (for a rule it holds: its new reason)."""
    end = _line_end(front)
    line = f"{rule}: {_quoted(reason)}"
    held = next((entry for entry in entries(front) if entry.rule == rule), None)
    if held is not None:
        return held.entry, line
    if not front:
        return Span(0, 0), f"{_FENCE}{end}allow:{end}  {line}{end}{_FENCE}{end}"
    allow = _allow(_without_fences(front))
    group = allow.holds if allow else None
    if not isinstance(group, yaml.MappingNode):
        place = allow.lines if allow else Span(_closing(front), _closing(front))
        return place, f"allow:{end}  {line}{end}"
    start = group.start_mark.index
    if group.flow_style:
        return Span(start + 1, start + 1), line + (", " if group.value else "")
    indent = " " * group.value[0][0].start_mark.column
    return Span(start, start), f"{line}{end}{indent}"


@dataclass(frozen=True, slots=True)
class _Found:
    """`allow` in a YAML text: its lines, and what it holds."""

    lines: Span
    holds: yaml.Node


def _allow(text: str) -> _Found | None:
    node = yaml.compose(text, Loader=yaml.SafeLoader) if text.strip() else None
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value == "allow":
            return _Found(_lines(text, Span(key.start_mark.index, _end(text, value))), value)
    return None


def _without_fences(front: str) -> str:
    """The front matter with spaces in place of its fences, so that every place in it stays."""
    if not front:
        return ""
    close = _closing(front)
    blank = " " * len(_FENCE)
    return blank + front[len(_FENCE) : close] + blank + front[close + len(_FENCE) :]


def _closing(front: str) -> int:
    """Where the closing fence begins."""
    return max(front.rstrip("\r\n").rfind(mark) for mark in "\r\n") + 1


def _line_end(front: str) -> str:
    match = _LINE_END.search(front)
    return match[0] if match else "\n"


def _span(node: yaml.Node) -> Span:
    return Span(node.start_mark.index, node.end_mark.index)


def _end(text: str, node: yaml.Node) -> int:
    """Where a node's own words end: a block's mark stands at what comes after it, comments among that."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    start, end = _span(node)
    return start + len(text[start:end].rstrip())


def _lines(text: str, span: Span) -> Span:
    """The whole lines that a stretch touches, with their ends."""
    first = max(text.rfind(mark, 0, span.start) for mark in "\r\n") + 1
    after = _LINE_END.search(text, span.end)
    return Span(first, after.end() if after else len(text))


def _goes(text: str, members: list[Span], holder: yaml.Node, alone: Span) -> list[Span]:
    """What goes with each member of a list or group: its lines, or in one with brackets the comma; the only one, `alone`."""
    if len(members) < 2:
        return [alone] * len(members)
    if isinstance(holder, yaml.CollectionNode) and not holder.flow_style:
        return [_lines(text, member) for member in members]
    up_to_next = [Span(one.start, following.start) for one, following in pairwise(members)]
    return [*up_to_next, Span(members[-2].end, members[-1].end)]


def _quoted(reason: str) -> str:
    """A reason as YAML, in quotes where it must be."""
    if _PLAIN.fullmatch(reason) and reason.lower() not in _NOT_WORDS:
        return reason
    escaped = reason.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else _escape(char) for char in escaped) + '"'


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
