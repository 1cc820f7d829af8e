"""What may stand where somebody writes front matter, a configuration or a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol import types

from linter.config import Config
from linter.lsp import shapes
from linter.lsp.checking import Checker
from linter.lsp.documents import Document
from linter.lsp.outline import Place, place
from linter.rule import Rule
from linter.schema_parts import Schema
from linter.text import Span

BY_RULE = {("post", "allow"), ("config", "rules")}
"""Where keys are the ids of rules, by schema and key."""


def completion(
    checker: Checker, document: Document, offset: int, *, markdown: bool
) -> list[types.CompletionItem]:
    """What may stand at an offset of a document; nothing where it holds no YAML of ours."""
    name, inside = checker.yaml_of(document) or ("", Span(0, 0))
    if not name or not inside.start <= offset <= inside.end:
        return []
    found = place(document.text[inside.start : inside.end], offset - inside.start)
    words = document.table.range(Span(inside.start + found.word, offset))
    config = checker.config_of(document)
    if found.on_key and len(found.above) == 1 and (name, found.above[0]) in BY_RULE:
        items = _rules(found, checker.rules(config))
    else:
        items = _keys(found, name) if found.on_key else _values(found, name, config)
    return [_placed(item, words, markdown) for item in items]


def _rules(found: Place, rules: Iterable[Rule]) -> Iterator[types.CompletionItem]:
    for rule in rules:
        if rule.id not in found.beside:
            yield _item(rule.id, types.CompletionItemKind.Reference, rule.title, rule.message, ": ")


def _keys(found: Place, name: str) -> Iterator[types.CompletionItem]:
    below = shapes.at(name, found.above)
    for key, shape in shapes.keys_of(below).items():
        if key not in found.beside:
            end = ":" if _holds_a_group(shape) else ": "
            yield _item(key, types.CompletionItemKind.Property, "", shapes.described(shape, name), end)
    yield from _listed(shapes.values_of(below)) if found.above and not found.beside else ()


def _holds_a_group(shape: Schema) -> bool:
    return bool(shape.get("type") == "object")


def _values(found: Place, name: str, config: Config) -> Iterator[types.CompletionItem]:
    if name == "post" and not found.above and found.key == "room":
        for room in config.rooms.values():
            joined = f"joined {room.joined}" if room.joined else ""
            known = ", ".join(filter(None, (room.platform, room.kind, joined)))
            yield _item(room.name, types.CompletionItemKind.Value, known)
        return
    yield from _listed(shapes.values_of(shapes.at(name, (*found.above, found.key))))


def _listed(values: Iterable[str]) -> Iterator[types.CompletionItem]:
    return (_item(value, types.CompletionItemKind.EnumMember) for value in values)


def _item(
    label: str, kind: types.CompletionItemKind, detail: str = "", text: str = "", end: str = ""
) -> types.CompletionItem:
    return types.CompletionItem(
        label, kind=kind, detail=detail or None, documentation=text or None, insert_text=label + end
    )


def _placed(item: types.CompletionItem, words: types.Range, markdown: bool) -> types.CompletionItem:
    """The item in place of the word that is being written: what editors take for a word ends at a hyphen."""
    item.text_edit = types.TextEdit(words, item.insert_text or item.label)
    item.insert_text = None
    if markdown and isinstance(item.documentation, str):
        item.documentation = types.MarkupContent(types.MarkupKind.Markdown, item.documentation)
    return item
