"""The command `postlint`."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from linter.commands import COMMANDS
from linter.commands.fixes import fix_first as _fix_first
from linter.commands.fixes import fix_options as _fix_options
from linter.commands.shared import USED_WRONG
from linter.commands.shared import mistakes_shown as _mistakes_shown
from linter.commands.shared import note as _note
from linter.commands.shared import rule_options as _rule_options
from linter.errors import Mistake, MistakesError, nearest
from linter.finding import LEVELS, UNREADABLE, Finding, Level, unreadable_finding
from linter.formats import FORMATS, Style, written
from linter.formats.format import safe
from linter.formats.json_formats import to_json
from linter.formats.outputs import outputs
from linter.post import PLATFORM_ALIASES, PLATFORMS, STAGES, Note, Post, Unreadable
from linter.version import __version__

_NOT_ENGLISH = "this does not look like English, so rules about words were left out"
_NEW_OBJECTS_BEFORE_GARBAGE_IS_LOOKED_FOR = 200_000
"""Word lists are many small objects that stay: looking through them again and again costs a fifth of a run's start."""


class _Commands(click.Group):
    """Names the nearest command for one that is none."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            ctx.fail(f"there is no command `{args[0]}`{nearest(args[0], self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="postlint")
def main() -> None:
    """Reads posts before they go out: where one reads as an attack, where it is slogans, where it never asks."""
    gc.set_threshold(_NEW_OBJECTS_BEFORE_GARBAGE_IS_LOOKED_FOR)


def _platform(_: click.Context, __: click.Parameter, value: str | None) -> str:
    return PLATFORM_ALIASES.get(value or "", value or "")


def _context_options(command: Callable[..., None]) -> Callable[..., None]:
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


def _workspace(options: dict[str, Any]) -> Any:
    from linter.config import Flags
    from linter.in_force import Choice
    from linter.workspace import Workspace

    return Workspace(
        flags=Flags(
            platform=options.get("platform") or "",
            room=options.get("room") or "",
            stage=options.get("stage") or "",
        ),
        choice=Choice(options.get("select", ()), options.get("ignore", ())),
        rule_paths=tuple(options.get("rule_paths", ())),
        config_path=options.get("config_path"),
    )


def _posts(
    workspace: Any, paths: tuple[str, ...], stdin_filename: str | None, stdin: bytes | None = None
) -> Iterator[Any]:
    if "-" in paths:
        yield from workspace.read_stdin(sys.stdin.buffer.read() if stdin is None else stdin, stdin_filename)
        paths = tuple(path for path in paths if path != "-")
        if not paths:
            return
    yield from workspace.read(paths)


@dataclass(slots=True)
class _Tally:
    """What a run has seen: findings by rule, the worst level beyond its limit, and what could not be read."""

    fail_on: Level | None
    by_rule: Counter[str] = field(default_factory=Counter)
    by_level: Counter[str] = field(default_factory=Counter)
    posts: int = 0
    heard: int = 0
    welcoming: list[str] = field(default_factory=list)
    failed: bool = False
    unreadable: int = 0
    allowed: int = 0

    def seen(self, findings: Iterable[tuple[Finding, Level]]) -> Iterator[Finding]:
        """Pass findings on, counted."""
        for finding, fail_on in findings:
            if finding.rule == UNREADABLE:
                self.unreadable += 1
            elif finding.allowed:
                self.allowed += 1
            else:
                self.by_rule[finding.rule] += 1
                self.by_level[str(finding.level)] += 1
                self.failed |= finding.counts and finding.level >= (self.fail_on or fail_on)
            yield finding

    @property
    def status(self) -> int:
        """2 where something could not be used, else 1 where something is at or above the level, else 0."""
        return USED_WRONG if self.unreadable else int(self.failed)


@main.command()
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT:FILE",
    help="Write them in a format to a file too; may be given many times.",
)
@click.option(
    "--fail-on",
    type=click.Choice(list(LEVELS)),
    help="Exit with 1 from this level on (else the configuration's; else error).",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found; 2 stays 2.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule at the end.")
@click.option(
    "--color/--no-color", "colour", default=None, help="Colour, or none; without either, on a terminal only."
)
@click.option("--quiet", "-q", is_flag=True, help="No summary at the end.")
@_fix_options
@_rule_options
@_context_options
def check(**options: Any) -> None:
    """Say what a thoughtful friend would say of each post.

    PATHS are drafts (.md, .txt), .jsonl, .csv, folders of drafts, or - for standard input. Without any, the
    folder that .postlint.yaml names as `posts`, else this folder.
    """
    with _mistakes_shown():
        further = outputs(options["outputs"])
        options["stdin"] = _fix_first(options, _workspace(options))
        workspace = _workspace(options)
        tally = _Tally(LEVELS[options["fail_on"]] if options["fail_on"] else None)
        style = _style(options, workspace)
        found = further.held(tally.seen(_findings(workspace, options, tally)))
        for piece in written(options["format_name"], found, style):
            click.echo(piece, nl=False, color=True, err=options["stdin"] is not None)
        further.write(style)
    if options["format_name"] == "text" and not options["quiet"]:
        click.echo(_summary(tally), err=True)
        if tally.welcoming:
            click.echo(safe(_praise(tally.welcoming)), err=True)
    if options["statistics"]:
        for rule, count in tally.by_rule.most_common():
            click.echo(f"{count:6}  {rule}", err=options["format_name"] != "text")
    sys.exit(0 if options["exit_zero"] and tally.status == 1 else tally.status)


def _findings(workspace: Any, options: dict[str, Any], tally: _Tally) -> Iterator[tuple[Finding, Level]]:
    from linter.run import Remark, run

    posts = _posts(workspace, options["paths"], options["stdin_filename"], options["stdin"])
    for outcome in run(workspace, posts):
        if isinstance(outcome, Note):
            _note(outcome)
        elif isinstance(outcome, Unreadable):
            yield unreadable_finding(outcome), Level.ERROR
        elif isinstance(outcome, Remark):
            yield outcome.finding, outcome.config.fail_on
        elif outcome.heard:
            tally.heard += 1
        else:
            tally.posts += 1
            yield from ((finding, outcome.config.fail_on) for finding in outcome.findings)
            if outcome.seen.welcoming:
                tally.welcoming.append(outcome.post.id)
            if not outcome.seen.traits.english:
                source = outcome.post.source
                _note(Note(source.path, source.line, _NOT_ENGLISH))


def _style(options: dict[str, Any], workspace: Any) -> Style:
    colour = options["colour"]
    if colour is None:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    rules: dict[str, Any] = _RulesOf(workspace)
    if options["format_name"] != "text":
        return Style(rules=rules)
    return Style(colour, min(shutil.get_terminal_size((100, 24)).columns, 110), rules)


class _RulesOf(dict[str, Any]):
    """The rules of every linter of a run, which are not made before the first post of each is read."""

    def __init__(self, workspace: Any) -> None:
        self._workspace = workspace

    def get(self, rule_id: str, default: Any = None) -> Any:
        return next(
            (rule for linter in self._workspace.linters for rule in linter.rules if rule.id == rule_id), default
        )  # fmt: skip


def _praise(posts: list[str]) -> str:
    """One line for the posts that thank and ask."""
    if len(posts) == 1:
        return f"{posts[0]} thanks people and asks them something: good to read."
    named = ", ".join(posts[:3])
    more = f" and {len(posts) - 3:,} more" if len(posts) > 3 else ""
    return f"{named}{more} thank people and ask them something: good to read."


def _summary(tally: _Tally) -> str:
    posts = f"{tally.posts:,} post{'s' * (tally.posts != 1)} read"
    heard = f"; {tally.heard:,} by others, read for what went before" if tally.heard else ""
    unread = f"; {tally.unreadable} could not be used" if tally.unreadable else ""
    counts = [
        f"{tally.by_level[name]:,} {name}{'s' * (tally.by_level[name] != 1)}"
        for name in reversed(LEVELS)
        if tally.by_level[name]
    ]
    if tally.allowed:
        counts.append(f"{tally.allowed:,} allowed")
    return f"{posts}{heard}{unread}: {', '.join(counts) if counts else 'nothing to remark on'}."


@main.command()
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("text", "jsonl")),
    default="text",
    show_default=True,
    help="For people, or one object a post.",
)
@click.option(
    "--explain", "explained", is_flag=True, help="Show what each word adds and how the figure comes about."
)
@_context_options
def score(**options: Any) -> None:
    """Show how each post scores, and the words that the scores come from."""
    from linter.account import account
    from linter.analysis import Analysis, phrases_of
    from linter.scored import score_record
    from linter.scores import LEXICONS

    phrases, unusable = phrases_of(LEXICONS), 0
    with _mistakes_shown():
        for item, _ in _posts(_workspace(options), options["paths"], options["stdin_filename"]):
            if isinstance(item, Note):
                _note(item)
            elif isinstance(item, Unreadable):
                unusable += 1
                click.echo(safe(str(Mistake(item.path, item.line, item.reason))), err=True)
            else:
                with closing(Analysis(item, phrases)) as analysis:
                    if options["explained"] and analysis.english and options["format_name"] == "text":
                        click.echo("\n".join((_where(item), *map(safe, account(analysis)))))
                        continue
                    record = score_record(analysis)
                click.echo(
                    to_json(record) if options["format_name"] == "jsonl" else _score_text(item, record)
                )
    sys.exit(USED_WRONG if unusable else 0)


def _where(post: Post) -> str:
    path, line = post.source.path, post.source.line
    return safe(f"{path}:{line}" if post.source.record else path)


def _score_text(post: Post, record: Any) -> str:
    lines = [_where(post)]
    for name, value in record["scores"].items():
        shown = (
            "not English enough to score"
            if record["lang"] != "en" and value is None
            else "-"
            if value is None
            else f"{value:g}"
        )
        words = ", ".join(
            safe(f"“{' '.join(part['text'].split())}” ({part['feature']})")
            for part in record["evidence"].get(name, ())
        )
        lines.append(f"  {name.replace('_', ' '):18}{shown:>7}{'  ' + words if words else ''}")
    return "\n".join(lines)


@main.command()
@click.argument("rule_id", metavar="RULE")
@_rule_options
def explain(rule_id: str, **options: Any) -> None:
    """Show what a rule asks, why, and its examples."""
    from linter.allowing import AMISS
    from linter.explain import amiss_page, page

    if rule_id in AMISS:
        click.echo(amiss_page(rule_id), nl=False)
        return
    with _mistakes_shown():
        workspace = _workspace(options)
        rules = {
            rule.id: rule
            for rule in workspace.rules_for(workspace.config_for(Path()), with_examples=True, all_rules=True)
        }
        if rule_id not in rules:
            raise MistakesError(
                [Mistake("explain", None, f"there is no rule `{rule_id}`{nearest(rule_id, rules)}")]
            )
        click.echo(page(rules[rule_id]), nl=False)


for _command in COMMANDS:
    main.add_command(_command)
