"""`postlint baseline`: let stand what a team's posts hold today."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from linter.commands.shared import counted, mistakes_shown, rule_options, workspace_of
from linter.errors import Mistake
from linter.finding import Finding
from linter.formats.format import safe
from linter.post import Unreadable


@click.group()
def baseline() -> None:
    """Let stand what your posts hold today, so that only what is new speaks."""


@baseline.command()
@rule_options
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
def write(**options: Any) -> None:
    """Write down all findings of today. `postlint check --baseline` lets them stand.

    PATHS are as for `postlint check`; without any, all posts of the configuration.
    """
    from linter.baseline import baseline_of

    with mistakes_shown():
        workspace = workspace_of(options)
        workspace.baseline = False
        run = _Run(workspace, options["paths"])
        made = baseline_of(run.findings())
        path = _written(workspace, made.text())
    click.echo(f"Wrote {safe(str(path))}: {counted(made.known.total(), 'finding')} let stand.")
    click.echo(
        f"`postlint check --baseline` uses it; `baseline: {path.name}` in .postlint.yaml does so always."
    )
    sys.exit(2 if run.unreadable else 0)


@baseline.command()
@rule_options
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
def prune(**options: Any) -> None:
    """Take out of the baseline what your posts no longer hold."""
    with mistakes_shown():
        workspace = workspace_of(options)
        workspace.baseline = True
        run = _Run(workspace, options["paths"])
        for _ in run.findings():
            pass
        known = workspace.baseline_for(workspace.config_for(Path()))
        kept = known.pruned(run.posts if options["paths"] else None)
        path = _written(workspace, kept.text())
    gone = known.known.total() - kept.known.total()
    click.echo(
        f"{counted(gone, 'entry') if gone == 1 else f'{gone:,} entries'} taken out of {safe(str(path))}."
    )
    sys.exit(2 if run.unreadable else 0)


def _written(workspace: Any, text: str) -> Path:
    from linter.formats.outputs import write_whole
    from linter.workspace import as_given

    path: Path = as_given(workspace.baseline_path(workspace.config_for(Path())))
    write_whole(path, [text])
    return path


class _Run:
    """The findings of a run over some paths, the posts read and how many could not be."""

    def __init__(self, workspace: Any, paths: tuple[str, ...]) -> None:
        self.workspace, self.paths = workspace, paths
        self.posts: set[str] = set()
        self.unreadable = 0

    def findings(self) -> Iterator[Finding]:
        from linter.run import Judged, run

        for outcome in run(self.workspace, self.workspace.read(self.paths)):
            if isinstance(outcome, Judged) and not outcome.heard:
                self.posts.add(outcome.post.id)
                yield from outcome.findings
            elif isinstance(outcome, Unreadable):
                self.unreadable += 1
                click.echo(safe(str(Mistake(outcome.path, outcome.line, outcome.reason))), err=True)
