"""What is known of the words under the pointer."""

from __future__ import annotations

from collections.abc import Iterator

from linter.config import DEFAULT, Config
from linter.lsp import shapes
from linter.lsp.checking import Checked, Checker
from linter.lsp.completion import BY_RULE
from linter.lsp.diagnostics import span_in
from linter.lsp.documents import Document
from linter.lsp.outline import Place, place
from linter.lsp.scoring import scores_of, shares_at
from linter.post import Post
from linter.text import Span

_BETWEEN = "\n\n---\n\n"
_MOST_PAGES = 2


def hover(checker: Checker, checked: Checked, offset: int) -> str:
    """What is known of the words at an offset, in Markdown; nothing where nothing is."""
    document, post = checked.document, checked.post
    name, inside = checker.yaml_of(document) or ("", Span(0, 0))
    if inside.start <= offset < inside.end:
        found = place(document.text[inside.start : inside.end], offset - inside.start)
        return _BETWEEN.join(filter(None, _of_yaml(checker, checker.config_of(document), found, name)))
    shares = list(_shares(post, offset - checked.start(post))) if post else []
    pages = [checker.page(rule, checked.config) for rule in _rules_at(checked, offset)[:_MOST_PAGES]]
    return _BETWEEN.join(filter(None, ("\n\n".join(shares), *pages)))


def _rules_at(checked: Checked, offset: int) -> list[str]:
    spans = ((finding.rule, span_in(checked, finding)) for finding in checked.findings)
    return list(dict.fromkeys(rule for rule, (start, end) in spans if start <= offset < max(end, start + 1)))


def _shares(post: Post, offset: int) -> Iterator[str]:
    found = scores_of(post)
    return shares_at(found, post, offset) if found else iter(())


def _of_yaml(checker: Checker, config: Config, found: Place, name: str) -> Iterator[str]:
    if len(found.above) == 1 and (name, found.above[0]) in BY_RULE and found.key:
        yield checker.page(found.key, config)
    elif found.on_key and found.key:
        shape = shapes.keys_of(shapes.at(name, found.above)).get(found.key)
        yield f"`{found.key}`: {shapes.described(shape, name)}" if shape else ""
    elif name == "post" and not found.above and found.key == "room":
        yield _room(config, found.value.strip("\"'"))


def _room(config: Config, name: str) -> str:
    room = config.rooms.get(name)
    if room is None:
        known = ", ".join(f"`{one}`" for one in config.rooms)
        return f"The configuration says nothing of the room “{name}”{f'; it knows {known}' if known else ''}."
    facts = {"platform": room.platform, "kind": room.kind, "joined": str(room.joined or "")}
    lines = [f"- {key}: {value}" for key, value in facts.items() if value]
    return "\n".join((f"The configuration on the room “{name}”:\n", *lines))


def explained(checker: Checker, document: Document | None, rule_id: str) -> str:
    """A rule's page for somebody who reads a document; nothing for an id that is no rule's."""
    return checker.page(rule_id, checker.config_of(document) if document else DEFAULT)


def in_brief(page: str) -> str:
    """A page without its examples and marks, for a message."""
    parts = page.split("\n\n")
    return "\n\n".join(
        part.lstrip("# ").replace("*", "").replace("`", "") for part in (*parts[:1], *parts[2:5])
    )
