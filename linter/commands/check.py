"""`postlint check`: what a thoughtful friend would say of each post."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any

import click

from linter.commands.fixes import fix_first, fix_options
from linter.commands.shared import context_options, mistakes_shown, note, posts_of, rule_options, workspace_of
from linter.commands.tally import Tally, praise, summary
from linter.finding import LEVELS, Finding, Level, unreadable_finding
from linter.formats import FORMATS, Style, written
from linter.formats.format import safe
from linter.post import Note, Unreadable

_NOT_ENGLISH = "this does not look like English, so rules about words were left out"


def _reporting_options(command: Callable[..., None]) -> Callable[..., None]:
    """How findings are shown, which of them, and how the run ends."""
    for option in (
        click.option("--quiet", "-q", is_flag=True, help="No summary at the end."),
        click.option("--color/--no-color", "colour", default=None, help="Colour, or none; without either, on a terminal only."),
        click.option("--statistics", is_flag=True, help="Count the findings of each rule at the end."),
        click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found; 2 stays 2."),
        click.option(
            "--fail-on", type=click.Choice(list(LEVELS)),
            help="Exit with 1 from this level on (else the configuration's; else error).",
        ),
        click.option("--since", metavar="REV", help="Only what stands on lines changed since this git revision."),
        click.option(
            "--baseline/--no-baseline", default=None,
            help="Let stand what `postlint baseline write` wrote down, or don't (else as the configuration has it).",
        ),
        click.option(
            "--output", "outputs", multiple=True, metavar="FORMAT:FILE",
            help="Write the findings to a file as well, in any format. May be given many times.",
        ),
        click.option(
            "--format", "format_name", type=click.Choice(list(FORMATS)), default="text", show_default=True,
            help="How findings are written.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command()
@_reporting_options
@fix_options
@rule_options
@context_options
def check(**options: Any) -> None:
    """Say what a thoughtful friend would say of each post.

    PATHS are drafts (.md, .txt), .jsonl, .csv, folders of drafts, or - for standard input. Without any, the
    folder that .postlint.yaml names as `posts`, else this folder.
    """
    from linter.formats.outputs import read_outputs

    with mistakes_shown():
        outputs = read_outputs(options["outputs"])
        wanted = _since(options["since"])
        options["stdin"] = fix_first(options, workspace_of(options))
        workspace = workspace_of(options)
        tally = Tally(LEVELS[options["fail_on"]] if options["fail_on"] else None)
        style = _style(options, workspace)
        found = tally.seen(one for one in _findings(workspace, options, tally) if wanted(one[0], style))
        for piece in written(options["format_name"], outputs.held(found), style):
            click.echo(piece, nl=False, color=True, err=options["stdin"] is not None)
        outputs.write(style)
    if options["format_name"] == "text" and not options["quiet"]:
        click.echo(summary(tally), err=True)
        if tally.welcoming:
            click.echo(safe(praise(tally.welcoming)), err=True)
    if options["statistics"]:
        for rule, count in tally.by_rule.most_common():
            click.echo(f"{count:6}  {rule}", err=options["format_name"] != "text")
    sys.exit(0 if options["exit_zero"] and tally.status == 1 else tally.status)


def _since(revision: str | None) -> Callable[[Finding, Style], bool]:
    if revision is None:
        return lambda finding, style: True
    from linter.since import Since

    since = Since(revision)

    def touches(finding: Finding, style: Style) -> bool:
        rule = style.rules.get(finding.rule)
        return since.touches(finding, whole=rule is not None and rule.look_back is not None)

    return touches


def _findings(workspace: Any, options: dict[str, Any], tally: Tally) -> Iterator[tuple[Finding, Level]]:
    from linter.run import Remark, run

    posts = posts_of(workspace, options["paths"], options["stdin_filename"], options["stdin"])
    for outcome in run(workspace, posts):
        if isinstance(outcome, Note):
            note(outcome)
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
                note(Note(source.path, source.line, _NOT_ENGLISH))


def _style(options: dict[str, Any], workspace: Any) -> Style:
    rules: dict[str, Any] = _RulesOf(workspace)
    if options["format_name"] != "text":
        return Style(rules=rules)
    colour = options["colour"]
    if colour is None:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return Style(colour, min(shutil.get_terminal_size((100, 24)).columns, 110), rules)


class _RulesOf(dict[str, Any]):
    """The rules of every linter of a run, which are not made before the first post of each is read."""

    def __init__(self, workspace: Any) -> None:
        self._workspace = workspace

    def get(self, rule_id: str, default: Any = None) -> Any:
        return next(
            (rule for linter in self._workspace.linters for rule in linter.rules if rule.id == rule_id), default
        )  # fmt: skip
