"""Word lists: one term a line in `rules/lexicons/<name>.txt`, `# ` before a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from linter.errors import Mistake
from linter.fields import Fields
from linter.term import TermError, check_term
from linter.yamlfile import Scalar, Sequence


def rules_root() -> Traversable:
    """The packaged rules: inside the installed package, or beside it in a checkout."""
    installed = files("linter") / "rules"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "rules"


@cache
def packaged_lexicons() -> dict[str, Traversable]:
    """Every packaged list by its name."""
    folder = rules_root() / "lexicons"
    return {
        entry.name.removesuffix(".txt"): entry
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".txt")
    }


_NO_TERM = ("# ", "#!")
AS_WRITTEN = "#! as written"
"""A line that says of a list: names of parties stand for themselves here, not for any party."""


@cache
def packaged_terms(name: str) -> tuple[tuple[str, ...], bool]:
    """The terms of a packaged list, and whether they are meant as written. Raises KeyError for a name that is none."""
    text = packaged_lexicons()[name].read_text("utf-8")
    lines = text.split("\n")  # a packaged list has no stray spaces: a test holds it
    return tuple([line for line in lines if line and not line.startswith(_NO_TERM)]), AS_WRITTEN in text


def list_lines(text: str) -> list[tuple[int, str]]:
    """Line number and term of every line that holds one."""
    lines = enumerate((line.strip() for line in text.split("\n")), 1)
    return [(number, line) for number, line in lines if line and not line.startswith(_NO_TERM)]


def read_terms(fields: Fields, key: str) -> tuple[str, ...]:
    """The terms under a key of a rule or a configuration, each read in full, with what cannot be read noted."""
    node = fields.mapping.items.get(key)
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar) and item.kind == "str":
            try:
                check_term(item.text)
            except TermError as error:
                fields.note(item.line, f"`{item.text}`: {error}")
    return fields.strings(key)


def check_list(text: str, path: str) -> list[Mistake]:
    """Everything in a list that cannot be read: bad notation, and a term that stands twice."""
    mistakes: list[Mistake] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.strip() or line == "#":
            mistakes.append(Mistake(path, number, "a space at its beginning or end, or an empty comment"))
    for number, source in list_lines(text):
        if source in seen:
            mistakes.append(Mistake(path, number, f"`{source}` stands on line {seen[source]} too"))
        seen[source] = number
        try:
            check_term(source)
        except TermError as error:
            mistakes.append(Mistake(path, number, str(error)))
    return mistakes
