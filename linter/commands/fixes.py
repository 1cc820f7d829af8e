"""`check --fix` and `check --diff`: what happens before the findings are shown, or in place of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from linter.commands.shared import USED_WRONG
from linter.errors import Mistake, MistakesError
from linter.formats.format import safe
from linter.post import Unreadable


def fix_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options about fixes."""
    for option in (
        click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing; exit 1 if it would."),
        click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: the suggestions too. Read them afterwards."),
        click.option("--fix", is_flag=True, help="Apply the safe fixes to drafts, then say what remains."),
    ):  # fmt: skip
        command = option(command)
    return command


def fix_first(options: dict[str, Any], workspace: Any) -> bytes | None:
    """Fix what the options ask for. Standard input fixed is given back and written to standard output.

    With `--diff` the differences are shown and the command ends: 2 where something could not be read, 1 where there is
    one, 0 where there is none. Raises MistakesError where a draft cannot be written.
    """
    if not (options["fix"] or options["diff"]):
        if options["unsafe_fixes"]:
            raise click.UsageError("--unsafe-fixes goes with --fix or with --diff.")
        return None
    if options["since"]:
        raise click.UsageError("--fix and --diff look at whole drafts; leave --since away.")
    from linter.fixing import Fixed, fixed_drafts, fixed_text
    from linter.readers import STDIN

    def wanted(fix: Any) -> bool:
        return bool(fix.safe or options["unsafe_fixes"])

    data: bytes | None = None
    found: list[Fixed | Unreadable] = []
    if "-" in options["paths"]:
        data = sys.stdin.buffer.read()
        name = options["stdin_filename"] or STDIN
        found.append(fixed_text(data.decode("utf-8-sig", "surrogateescape"), name, workspace, wanted))
    paths = tuple(path for path in options["paths"] if path != "-")
    if paths or data is None:
        found += fixed_drafts(workspace, paths, wanted)
    if options["diff"]:
        sys.exit(_shown(found))
    return _written(found, data)


def _shown(found: list[Any]) -> int:
    status = 0
    for one in found:
        if isinstance(one, Unreadable):
            click.echo(safe(str(Mistake(one.path, one.line, one.reason))), err=True)
            status = USED_WRONG
        elif difference := one.diff():
            click.echo(difference, nl=False)
            status = status or 1
    return status


def _written(found: list[Any], data: bytes | None) -> bytes | None:
    from linter.fixing import BOM

    mistakes = []
    fixed = [one for one in found if not isinstance(one, Unreadable)]
    for one in fixed[data is not None :]:
        try:
            one.write()
        except OSError as error:
            mistakes.append(Mistake(one.path, None, f"cannot be written: {error.strerror}"))
    if mistakes:
        raise MistakesError(mistakes)
    drafts = [one for one in fixed if one.fixes]
    if drafts:
        count = sum(one.fixes for one in drafts)
        where = safe(drafts[0].path) if len(drafts) == 1 else f"{len(drafts):,} drafts"
        click.echo(f"{count:,} fix{'es' * (count != 1)} applied in {where}.", err=True)
    if data is None:
        return None
    mark = BOM if data.startswith(BOM) else b""
    after: bytes = mark + fixed[0].after.encode("utf-8", "surrogateescape")
    sys.stdout.buffer.write(after)
    sys.stdout.buffer.flush()
    return after
