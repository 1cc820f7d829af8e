"""The changes that a rule's examples should notice: one entry or condition less, or a threshold a step off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from linter.errors import shown
from linter.fields import as_number
from linter.yamlfile import Mapping, Node, Scalar, Sequence

_TERMS = ("terms", "except", "anchor")
_FOR_SPEED = ("digits", "holds")
"""Options that only say where a rule need not look: without them it finds the same."""
_GROUPS = ("when", "first", "then", "these", "those", "avoid", "need")
_WORDS_OF_TOKENS = ("IN", "NOT_IN", "INFLECT")
_SMALL = frozenset(
    """
    a an the this that these those it its it's he she him her his they them their they're we us our we're we've i me my
    i'm i've i'd i'll you your you're you've you'd you'll is are was were am be been being has have had do does did don't
    doesn't didn't isn't aren't wasn't weren't can could will would shall should may might must can't cannot couldn't won't
    wouldn't not and or but so if as than then there here what which who that's there's what's he's she's of to in on at
    for from by with about into over up out off down under all any some every each no one just really very simply
    quite rather even still only also too
    """.split()
)
"""Words that are a way of saying the same thing: an alternative of nothing else needs no example of its own."""


@dataclass(frozen=True, slots=True)
class Change:
    """A rule's nodes with one thing changed. `what` tells it to a person, `line` is where it stands in the file."""

    what: str
    line: int
    node: Mapping


_Value = tuple[str, int, Node | None]
"""What was done to a value, its line, and what stands there instead; None where the key goes."""


def changes(rule: Mapping) -> Iterator[Change]:
    """Every change to a rule's `where` and `check`, in the order of its file."""
    for key in ("where", "check"):
        group = rule.items.get(key)
        if isinstance(group, Mapping):
            values = _conditions(group) if key == "where" else _kinds(group)
            for what, line, value in values:
                yield Change(what, line, _with(rule, key, value))


def _with(group: Mapping, key: str, value: Node | None) -> Mapping:
    items = {name: node for name, node in group.items.items() if name != key or value is not None}
    if value is not None:
        items[key] = value
    lines = {name: line for name, line in group.key_lines.items() if name in items}
    return replace(group, items=items, key_lines=lines)


def _inside(group: Mapping, key: str, values: Iterator[_Value]) -> Iterator[_Value]:
    return ((what, line, _with(group, key, value)) for what, line, value in values)


def _conditions(where: Mapping) -> Iterator[_Value]:
    for key, node in where.items.items():
        line = where.key_lines[key]
        yield f"without `{key}` in `where`", line, _with(where, key, None)
        changed = _nudged(key, node) if as_number(node) is not None else _without_each(key, node, last=False)
        yield from _inside(where, key, changed)


def _kinds(check: Mapping) -> Iterator[_Value]:
    for kind, options in check.items.items():
        if isinstance(options, Mapping):
            yield from _inside(check, kind, _options(options))


def _options(group: Mapping) -> Iterator[_Value]:
    for key, node in group.items.items():
        if key not in _FOR_SPEED:
            yield from _inside(group, key, _option(key, node))


def _option(key: str, node: Node) -> Iterator[_Value]:
    if as_number(node) is not None:
        yield from _nudged(key, node)
    elif key in _GROUPS and isinstance(node, Mapping):
        if key == "when":
            yield "without `when`", node.line, None
        yield from _options(node)
    elif isinstance(node, Mapping):  # thresholds by case
        for case, number in node.items.items():
            yield f"without `{case}` in `{key}`", node.key_lines[case], _with(node, case, None)
            yield from _inside(node, case, _nudged(case, number))
    elif key == "tokens":
        yield from _tokens(node)
    elif key == "pattern" and isinstance(node, Scalar):
        yield from _alternatives(node)
    else:
        yield from _without_each(key, node)
        if key in _TERMS:
            yield from _each_alternative(node)


def _nudged(key: str, node: Node) -> Iterator[_Value]:
    """A number a step up and a step down: 1; from 20 on 5; for a fraction 0.05."""
    number = as_number(node)
    if number is None:
        return
    step = 0.05 if number != int(number) else 1 if number < 20 else 5
    for other in (number + step, number - step):
        yield f"`{key}` {other:g} in place of {number:g}", node.line, Scalar(node.line, f"{other:g}", "float")


def _without_each(key: str, node: Node, last: bool = True) -> Iterator[_Value]:
    """A list without each of its entries; without its only one, if that may go, the key goes."""
    items = node.items if isinstance(node, Sequence) else (node,)
    for number, item in enumerate(items):
        rest = (*items[:number], *items[number + 1 :])
        if rest or last:
            entry = shown(item.text) if isinstance(item, Scalar) else str(item)
            yield f"without `{key}: {entry}`", item.line, Sequence(node.line, rest) if rest else None


def _each_alternative(node: Node) -> Iterator[_Value]:
    """Terms, in a list or a single one, without each alternative of each."""
    items = node.items if isinstance(node, Sequence) else (node,)
    for number, item in enumerate(items):
        if isinstance(item, Scalar):
            for what, line, value in _alternatives(item):
                kept = () if value is None else (value,)
                yield what, line, Sequence(node.line, (*items[:number], *kept, *items[number + 1 :]))


def _alternatives(node: Scalar) -> Iterator[_Value]:
    """A term, or a regular expression, without each alternative that says something of its own."""
    for start, end in _choices(node.text):
        choice = node.text[start:end]
        if _says_something(choice):
            after = node.text[end : end + 1]
            cut = (start, end + 1) if after == "|" else (start - 1, end)
            text = node.text[: cut[0]] + node.text[cut[1] :]
            yield f"without `{choice.strip()}` in `{shown(node.text)}`", node.line, replace(node, text=text)


def _says_something(choice: str) -> bool:
    words = choice.replace("~", "").lower().split()
    return any(word not in _SMALL for word in words)


_BRACKET = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|[()|]")


def _choices(text: str) -> Iterator[tuple[int, int]]:
    """Where the alternatives stand of each bracket that has several, inner brackets first."""
    opened: list[list[int]] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "(":
            inside = re.match(r"\?[a-zA-Z:]*", text[match.end() :])
            opened.append([match.end() + (inside.end() if inside else 0)])
        elif match[0] == "|" and opened:
            opened[-1] += [match.start(), match.end()]
        elif match[0] == ")" and opened:
            edges = [*opened.pop(), match.start()]
            if len(edges) > 2:
                yield from zip(edges[::2], edges[1::2], strict=True)


def _tokens(node: Node) -> Iterator[_Value]:
    """Token patterns without each pattern, each token, and each word of a token's list."""
    if not isinstance(node, Sequence):
        return
    many = all(isinstance(item, Sequence) for item in node.items)
    if not many:
        yield from _pattern(node)
        return
    for number, pattern in enumerate(node.items):
        before, after = node.items[:number], node.items[number + 1 :]
        if before or after:
            yield (
                f"without pattern {number + 1} of `tokens`",
                pattern.line,
                Sequence(node.line, (*before, *after)),
            )
        for what, line, value in _pattern(pattern):
            if value is not None:
                yield what, line, Sequence(node.line, (*before, value, *after))


def _pattern(node: Node) -> Iterator[_Value]:
    tokens = node.items if isinstance(node, Sequence) else ()
    for number, token in enumerate(tokens):
        before, after = tokens[:number], tokens[number + 1 :]
        if before or after:
            yield (
                f"without token {number + 1} of `tokens`",
                token.line,
                Sequence(node.line, (*before, *after)),
            )
        for what, line, value in _words_of(token):
            yield what, line, Sequence(node.line, (*before, value, *after))


def _words_of(token: Node) -> Iterator[tuple[str, int, Node]]:
    """A token without each word of its lists that says something of its own."""
    for key, node in token.items.items() if isinstance(token, Mapping) else ():
        if isinstance(node, Sequence) and isinstance(token, Mapping):
            for number, item in enumerate(node.items):
                rest = (*node.items[:number], *node.items[number + 1 :])
                if rest and isinstance(item, Scalar) and _says_something(item.text):
                    less = _with(token, key, Sequence(node.line, rest))
                    yield f"without `{item.text}` in `{key}`", item.line, less
        elif isinstance(node, Mapping) and isinstance(token, Mapping):
            for what, line, value in _words_of(node):
                yield what, line, _with(token, key, value)
