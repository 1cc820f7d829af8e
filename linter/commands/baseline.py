"""`postlint baseline`: let stand what a team's posts hold today."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.commands.shared import counted, mistakes_shown, rule_options, workspace_of
from linter.errors import Mistake, MistakesError
from linter.finding import Finding
from linter.formats.format import safe
from linter.post import Unreadable

if TYPE_CHECKING:
    from linter.baseline import Baseline
    from linter.config import Config
    from linter.workspace import Workspace

_config_option = click.option(
    "--config", "config_path", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="This configuration in place of the .postlint.yaml found from each post's folder upwards.",
)  # fmt: skip


@click.group()
def baseline() -> None:
    """Let stand what your posts hold today, so that only what is new speaks."""


@baseline.command()
@_config_option
@rule_options
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
def write(**options: Any) -> None:
    """Write down all findings of today. `postlint check --baseline` lets them stand.

    PATHS are as for `postlint check`; without any, all posts of the configuration. With some, what is known of the
    others stays as it is.
    """
    from linter.baseline import Baseline, read_baseline
    from linter.in_force import Choice
    from linter.workspace import as_given

    with mistakes_shown():
        workspace = workspace_of(options)
        workspace.baseline = False
        reading = _read(workspace, options)
        for config, read in reading.by_config.values():
            path = workspace.baseline_path(config)
            partly = (options["paths"] or workspace.choice != Choice()) and path.exists()
            old = read_baseline(as_given(path), config.folder, config.relative) if partly else Baseline()
            made = Baseline(relative=config.relative).of(read.findings) | old.outside(read.files, read.asked)
            shown = _written(path, replace(old, known=made))
            click.echo(f"Wrote {safe(shown)}: {counted(made.total(), 'finding')} let stand.")
            if not config.baseline:
                click.echo(
                    f"`postlint check --baseline` uses it; `baseline: {path.name}` in .postlint.yaml does so always."
                )
    sys.exit(reading.status)


@baseline.command()
@_config_option
@rule_options
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
def prune(**options: Any) -> None:
    """Take out of the baseline what your posts no longer hold.

    PATHS are as for `postlint check`; entries of other posts stay as long as their files do.
    """
    with mistakes_shown():
        workspace = workspace_of(options)
        workspace.baseline = True
        reading = _read(workspace, options)
        for config, read in reading.by_config.values():
            old = workspace.baseline_for(config)
            kept = old.pruned(read.findings, read.files, read.asked)
            shown = _written(workspace.baseline_path(config), kept)
            gone = old.known.total() - kept.known.total()
            click.echo(
                f"{counted(gone, 'finding')} taken out of {safe(shown)}; {kept.known.total():,} still stand."
            )
    sys.exit(reading.status)


@dataclass(slots=True)
class _Read:
    """What a run over the posts of one configuration gave: its findings, the files read whole, the rules asked (None: all)."""

    findings: list[Finding] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    asked: frozenset[str] | None = None


@dataclass(slots=True)
class _Reading:
    """What a run gave by configuration, and the exit status that follows from what could not be read."""

    by_config: dict[Path | None, tuple[Config, _Read]]
    status: int = 0

    def of(self, config: Config) -> _Read:
        """What the posts of a configuration gave."""
        return self.by_config.setdefault(config.path, (config, _Read()))[1]


def _read(workspace: Workspace, options: dict[str, Any]) -> _Reading:
    """A run over some paths. Files that could not be read whole are nobody's witness of what is gone."""
    from linter.in_force import Choice
    from linter.run import Judged, Remark, run

    here = workspace.config_for(Path())
    reading = _Reading({} if options["paths"] else {here.path: (here, _Read())})
    broken: set[str] = set()
    for outcome in run(workspace, workspace.read(options["paths"])):
        if isinstance(outcome, Unreadable):
            reading.status = 2
            broken.add(outcome.path)
            click.echo(safe(str(Mistake(outcome.path, outcome.line, outcome.reason))), err=True)
        elif isinstance(outcome, Judged):
            read = reading.of(outcome.config)
            read.files.add(outcome.post.source.path)
            read.findings += outcome.findings
        elif isinstance(outcome, Remark):
            reading.of(outcome.config).findings.append(outcome.finding)
    for config, read in reading.by_config.values():
        if workspace.whole and config.path:
            read.files.add(str(config.path))
        read.files = {config.relative(Path(path)) for path in read.files - broken}
        if workspace.choice != Choice():
            read.asked = frozenset(rule.id for rule in workspace.linter_for(config).rules)
    return reading


def _written(path: Path, made: Baseline) -> str:
    """Write a baseline; gives its path for people."""
    from linter.whole_files import write_whole
    from linter.workspace import as_given

    shown = str(as_given(path))
    try:
        write_whole(path, [made.text()])
    except OSError as error:
        raise MistakesError([Mistake(shown, None, f"cannot be written: {error.strerror}")]) from None
    return shown
