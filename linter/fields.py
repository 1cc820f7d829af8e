"""Typed reading of a YAML mapping: every mistake noted with its line, none raised until all are known."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from linter.errors import Mistake, listed, nearest
from linter.yamlfile import Mapping, Node, Scalar, Sequence

_TRUE, _FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})


@dataclass(slots=True)
class Fields:
    """One mapping under its readers. Ask for each key by its type, then call `finish`.

    Asking for an absent optional key gives the default; whatever does not fit is added to `mistakes`
    and the default given, so that reading goes on and finds the next one.
    """

    mapping: Mapping
    path: str
    mistakes: list[Mistake]
    name: str = ""
    asked: set[str] = field(default_factory=set)

    def note(self, line: int, reason: str) -> None:
        """Note a mistake on a line of this file."""
        self.mistakes.append(Mistake(self.path, line, reason))

    def line(self, key: str) -> int:
        """The line of a key, or of the mapping where the key is absent."""
        return self.mapping.key_lines.get(key, self.mapping.line)

    def node(self, key: str, required: bool = False) -> Node | None:
        """Whatever stands under a key."""
        self.asked.add(key)
        node = self.mapping.items.get(key)
        if node is None and required:
            self.note(self.mapping.line, f"{self._where()}`{key}` is missing")
        return node

    def text(self, key: str, default: str = "", required: bool = False) -> str:
        """Words, in quotes or not; what YAML takes for something else must be in quotes."""
        node = self.node(key, required)
        return default if node is None else self.string(key, node) or default

    def string(self, key: str, node: Node) -> str | None:
        """A node as words, or None with a mistake noted."""
        if isinstance(node, Scalar) and node.kind == "str":
            return node.text
        if isinstance(node, Scalar) and node.taken_for and node.text:
            hint = f'; put it in quotes: "{node.text}"'
            self.note(
                node.line, f"{self._where()}`{key}` holds {node}, which YAML takes for {node.taken_for}{hint}"
            )
        else:
            self.note(node.line, f"{self._where()}`{key}` holds {node} where words were expected")
        return None

    def strings(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of words; a single one need not be in a list."""
        node = self.node(key, required)
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        return tuple(word for item in items if (word := self.string(key, item)) is not None)

    def choice(self, key: str, known: Collection[str], default: str = "", required: bool = False) -> str:
        """One of a set of names."""
        node = self.node(key, required)
        if node is None:
            return default
        if isinstance(node, Scalar) and node.text in known:
            return node.text
        self._not_known(key, node, known)
        return default

    def choices(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """A list, or one, of a set of names."""
        node = self.node(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        for item in items:
            if not (isinstance(item, Scalar) and item.text in known):
                self._not_known(key, item, known)
        return tuple(item.text for item in items if isinstance(item, Scalar) and item.text in known)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        node = self.node(key)
        if node is None:
            return default
        value = as_flag(node)
        if value is None:
            self.note(node.line, f"{self._where()}`{key}` holds {node}; expected true or false")
        return default if value is None else value

    def number(self, key: str, required: bool = False) -> float | None:
        """A finite number."""
        node = self.node(key, required)
        if node is None:
            return None
        value = as_number(node)
        if value is None:
            self.note(node.line, f"{self._where()}`{key}` holds {node}; expected a number")
        return value

    def group(self, key: str, required: bool = False) -> Fields | None:
        """A nested mapping under its own readers."""
        node = self.node(key, required)
        if node is None:
            return None
        if isinstance(node, Mapping):
            return type(self)(node, self.path, self.mistakes, key)
        self.note(node.line, f"{self._where()}`{key}` holds {node} where a group of keys was expected")
        return None

    def groups(self, key: str) -> list[Fields]:
        """A list of nested mappings."""
        node = self.node(key)
        if node is None:
            return []
        items = node.items if isinstance(node, Sequence) else (node,)
        for item in items:
            if not isinstance(item, Mapping):
                self.note(
                    item.line, f"{self._where()}`{key}` holds {item} where a group of keys was expected"
                )
        return [
            type(self)(item, self.path, self.mistakes, key) for item in items if isinstance(item, Mapping)
        ]

    def finish(self, allowed: Callable[[str], bool] = lambda key: False) -> None:
        """Note every key nobody asked for, with the nearest that may stand there."""
        for key, line in self.mapping.key_lines.items():
            if key not in self.asked and not allowed(key):
                hint = nearest(key, self.asked) or f"; expected {listed(sorted(self.asked))}"
                self.note(line, f"{self._where()}`{key}` is not a known key{hint}")

    def _where(self) -> str:
        return f"in `{self.name}`, " if self.name else ""

    def _not_known(self, key: str, node: Node, known: Collection[str]) -> None:
        found = node.text if isinstance(node, Scalar) else ""
        hint = nearest(found, known) if found else ""
        expected = f"; expected {listed(known)}" if len(known) <= 12 or not hint else ""
        self.note(node.line, f"{self._where()}`{key}` holds {node}{expected}{hint}")


def as_flag(node: Node) -> bool | None:
    """True, false or None for a node that is neither."""
    word = node.text.lower() if isinstance(node, Scalar) else ""
    return True if word in _TRUE else False if word in _FALSE else None


def as_number(node: Node) -> float | None:
    """A finite number, or None for a node that is none."""
    if not (isinstance(node, Scalar) and node.kind in ("int", "float")):
        return None
    try:
        value = float(node.text)
    except ValueError:  # YAML's 1_000, 0x1f and 12:30 are numbers to it and traps for people
        return None
    return value if math.isfinite(value) else None
