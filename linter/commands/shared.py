"""What every command needs at its edge: options, styles, and mistakes shown in place of tracebacks."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.changes import SORTS, Changes, S
from linter.errors import Mistake, MistakesError
from linter.formats.format import Style, safe
from linter.post import PLATFORM_ALIASES, PLATFORMS, STAGES, Note, Post, Unreadable

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


def _platform(_: click.Context, __: click.Parameter, value: str | None) -> str:
    return PLATFORM_ALIASES.get(value or "", value or "")


def context_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what a post does not say itself."""
    for option in (
        click.option("--stage", type=click.Choice(STAGES), help="What the visit is for, where a post does not say."),
        click.option("--room", metavar="NAME", help="The room, where a post does not say."),
        click.option(
            "--platform", type=click.Choice((*PLATFORMS, *PLATFORM_ALIASES)), callback=_platform,
            help="The platform, where a post does not say.",
        ),
        click.option("--stdin-filename", metavar="PATH", help="What `-` stands for: finds its configuration and type."),
        click.option(
            "--config", "config_path", type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="This configuration in place of the .postlint.yaml found from each post's folder upwards.",
        ),
        click.argument("paths", nargs=-1, metavar="[PATHS]..."),
    ):  # fmt: skip
        command = option(command)
    return command


def workspace_of(options: dict[str, Any]) -> Workspace:
    """The workspace of a command that takes `rule_options`, `context_options` or both."""
    from linter.config import Flags
    from linter.in_force import Choice
    from linter.workspace import Workspace

    said = {key: options.get(key) or "" for key in ("platform", "room", "stage")}
    return Workspace(
        flags=Flags(**said),
        choice=Choice(options.get("select", ()), options.get("ignore", ())),
        rule_paths=tuple(options.get("rule_paths", ())),
        config_path=options.get("config_path"),
        baseline=options.get("baseline"),
    )


def posts_of(
    workspace: Any, paths: tuple[str, ...], stdin_filename: str | None, stdin: bytes | None = None
) -> Iterator[Any]:
    """The posts of some paths with their configurations, `-` among them: standard input, unless `stdin` holds it already."""
    if "-" in paths:
        yield from workspace.read_stdin(sys.stdin.buffer.read() if stdin is None else stdin, stdin_filename)
        paths = tuple(path for path in paths if path != "-")
        if not paths:
            return
    elif stdin_filename:
        raise click.UsageError("--stdin-filename says what `-` stands for; name `-` among the paths.")
    yield from workspace.read(paths)


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


def changes_lines(changes: Changes[S], line: Callable[[S], str]) -> Iterator[str]:
    """What is gone, new and at another level, by rule, with the first few of each as `line` writes them."""
    for sort, rule, count in changes.by_rule():
        was = f", was {changes.was[sort, rule]}" if (sort, rule) in changes.was else ""
        yield f"{sort}: {counted(count, 'finding')} of {safe(rule)}{was}"
        yield from map(line, changes.shown[sort, rule])


def totals(changes: Changes[Any]) -> str:
    """How many of each sort of change."""
    return ", ".join(f"{changes.total(sort):,} {sort}" for sort in SORTS)


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
