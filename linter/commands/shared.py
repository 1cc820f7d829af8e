"""What every command needs at its edge: options, styles, and mistakes shown in place of tracebacks."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.errors import Mistake, MistakesError
from linter.formats.format import Style, safe
from linter.post import Note, Post, Unreadable

if TYPE_CHECKING:
    from linter.workspace import Workspace

USED_WRONG = 2


def _split(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def rule_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that choose rules."""
    for option in (
        click.option("--ignore", multiple=True, callback=_split, metavar="RULE,…", help="Leave these rules, clauses or chapters out."),
        click.option("--select", multiple=True, callback=_split, metavar="RULE,…", help="Only these rules, clauses (G18) or chapters."),
        click.option(
            "--rules", "rule_paths", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
            help="A file or folder of further rules.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def format_option(command: Callable[..., None]) -> Callable[..., None]:
    """Text for people or JSON for programs."""
    return click.option(
        "--format", "format_name", type=click.Choice(("text", "json")), default="text", show_default=True,
        help="For people, or for programs.",
    )(command)  # fmt: skip


def workspace_of(options: dict[str, Any]) -> Workspace:
    """The workspace of a command that takes `rule_options`."""
    from linter.in_force import Choice
    from linter.workspace import Workspace

    return Workspace(
        choice=Choice(options.get("select", ()), options.get("ignore", ())),
        rule_paths=tuple(options.get("rule_paths", ())),
    )


class Reading:
    """The posts of some paths under whatever configuration holds there, and how many could not be used."""

    def __init__(self, workspace: Workspace, paths: tuple[str, ...]) -> None:
        self._workspace = workspace
        self._paths = paths
        self.unreadable = 0
        self.posts = 0

    def __iter__(self) -> Iterator[Post]:
        for item in self._items():
            if isinstance(item, Note):
                note(item)
            elif isinstance(item, Unreadable):
                self.unreadable += 1
                click.echo(safe(str(Mistake(item.path, item.line, item.reason))), err=True)
            else:
                self.posts += 1
                yield item

    def _items(self) -> Iterator[Any]:
        if "-" in self._paths:
            yield from (item for item, _ in self._workspace.read_stdin(sys.stdin.buffer.read(), None))
        named = tuple(path for path in self._paths if path != "-")
        if named:
            yield from (item for item, _ in self._workspace.read(named))

    @property
    def status(self) -> int:
        """2 where something could not be used, else 0."""
        return USED_WRONG if self.unreadable else 0


def style_here() -> Style:
    """Colour and width of this terminal; no colour where there is none."""
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return Style(colour, min(shutil.get_terminal_size((100, 24)).columns, 110))


def counted(number: int, name: str) -> str:
    """A number with what it counts: `1 post`, `2,000 posts`."""
    return f"{number:,} {name}{'s' * (number != 1)}"


def note(note: Note) -> None:
    """Say on stderr what is worth saying about an input and fails nothing."""
    click.echo(f"note: {safe(str(Mistake(note.path, note.line, note.reason)))}", err=True)


class mistakes_shown:  # noqa: N801 - reads as a phrase where it is used
    """Print every mistake of a MistakesError to stderr and exit with 2."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, MistakesError):
            for mistake in error.mistakes:
                click.echo(safe(str(mistake)), err=True)
            sys.exit(USED_WRONG)
