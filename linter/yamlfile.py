"""YAML from people: read with the line of everything, and with nothing in it that can hurt.

The event stream is capped before anything is built: libyaml dies on very deep nesting and aliases can
make a small file enormous, so depth, size, aliases and duplicate keys are settled there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from linter.errors import Mistake, MistakesError, shown

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.resolver.Resolver()
_KINDS = {
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "null": "nothing",
    "timestamp": "a date",
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, as written. `kind` is what YAML takes it for: str, bool, int, float, null or timestamp."""

    line: int
    text: str
    kind: str

    def __str__(self) -> str:
        return f"`{shown(self.text)}`" if self.text else "nothing"

    @property
    def taken_for(self) -> str:
        """What YAML takes an unquoted value for, in a person's words; empty for words."""
        return _KINDS.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    line: int
    items: tuple[Node, ...]

    def __str__(self) -> str:
        return "a list"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values; `key_lines` has the line of each key."""

    line: int
    items: dict[str, Node]
    key_lines: dict[str, int]

    def __str__(self) -> str:
        return "a group of keys"


Node = Scalar | Sequence | Mapping


def read_yaml(text: str, path: str, first_line: int = 1) -> Node | None:
    """The one document of a YAML text, or None where it is empty.

    Lines count from `first_line`, for YAML inside another file. Raises MistakesError, naming path and
    line, for what is not YAML, too large (1 MB), too deep (20 levels), an alias, or a key given twice.
    """
    if len(text) > MAX_BYTES:
        raise MistakesError([Mistake(path, None, f"larger than {MAX_BYTES:,} characters")])
    builder = _Builder(path, first_line)
    try:
        events = yaml.parse(text, Loader=_LOADER)
        node = builder.document(events)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + mark.line if mark else first_line
        raise MistakesError([Mistake(path, line, f"not YAML: {_plain_problem(error)}")]) from None
    except yaml.reader.ReaderError as error:
        line = first_line + text.count("\n", 0, error.position)
        raise MistakesError(
            [Mistake(path, line, f"a character YAML does not allow: {error.reason}")]
        ) from None
    if builder.mistakes:
        raise MistakesError(builder.mistakes)
    return node


def _plain_problem(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "cannot be read"
    if "mapping values are not allowed" in problem:
        return "a colon where none may stand; put the value in quotes"
    if "found character '\\t'" in problem:
        return "a tab; indent with spaces"
    if "could not find expected ':'" in problem:
        return "a line without `key:`"
    return problem


class _Builder:
    """Nodes from events, each cap applied as the events go by."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.mistakes: list[Mistake] = []

    def document(self, events: Iterator[Any]) -> Node | None:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                node = self.node(event, events, 1)
                self._expect_end(events)
                return node
        return None

    def _expect_end(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise self._fatal(event, "a second document; one file holds one")

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._fatal(event, f"nested more than {MAX_DEPTH} levels deep")
        if isinstance(event, yaml.AliasEvent):
            raise self._fatal(event, f"`*{event.anchor}` refers elsewhere; write the words out")
        line = self._line(event)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(line, event.value, _kind(event))
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(following := next(events), yaml.SequenceEndEvent):
                items.append(self.node(following, events, depth + 1))
            return Sequence(line, tuple(items))
        return self._mapping(line, events, depth)

    def _mapping(self, line: int, events: Iterator[Any], depth: int) -> Mapping:
        items: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self._note(key.line, f"{key} where a key was expected")
            elif key.text in items:
                self._note(
                    key.line, f"`{key.text}` stands here a second time (first on line {lines[key.text]})"
                )
            else:
                items[key.text] = value
                lines[key.text] = key.line
        return Mapping(line, items, lines)

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def _note(self, line: int, reason: str) -> None:
        self.mistakes.append(Mistake(self.path, line, reason))

    def _fatal(self, event: Any, reason: str) -> MistakesError:
        return MistakesError([*self.mistakes, Mistake(self.path, self._line(event), reason)])


def _kind(event: Any) -> str:
    if event.tag and not event.implicit[0]:
        return str(event.tag).rpartition(":")[2].lstrip("!") or "str"
    if not event.implicit[0]:
        return "str"
    tag = _RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False))
    return str(tag).rpartition(":")[2]
