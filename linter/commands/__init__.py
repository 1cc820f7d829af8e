"""The commands: a table of every one."""

from __future__ import annotations

import click

from linter.commands.baseline import baseline
from linter.commands.check import check
from linter.commands.compare import compare
from linter.commands.corpus import diff, try_
from linter.commands.editor import lsp
from linter.commands.explaining import explain
from linter.commands.page import page
from linter.commands.prove import test
from linter.commands.review import review
from linter.commands.rules import rules
from linter.commands.score import score
from linter.commands.start import init, schema

COMMANDS: tuple[click.Command, ...] = (
    check,
    score,
    explain,
    baseline,
    review,
    compare,
    page,
    rules,
    test,
    try_,
    diff,
    schema,
    init,
    lsp,
)
"""Every command; `--help` sorts them by name."""

__all__ = ["COMMANDS"]
