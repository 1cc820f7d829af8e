"""The commands for people who set postlint up and write its rules: a table of every one."""

from __future__ import annotations

import click

from linter.commands.corpus import diff, try_
from linter.commands.editor import lsp
from linter.commands.prove import test
from linter.commands.rules import rules
from linter.commands.start import init, schema

COMMANDS: tuple[click.Command, ...] = (rules, test, try_, diff, schema, init, lsp)
"""In the order of `--help`'s own sorting; `check`, `score` and `explain` stand in `linter.cli`."""

__all__ = ["COMMANDS"]
