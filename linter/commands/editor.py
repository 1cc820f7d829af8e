"""`postlint lsp`: the language server that editors start."""

from __future__ import annotations

import sys

import click

from linter.commands.shared import USED_WRONG


@click.command()
def lsp() -> None:
    """Answer an editor over standard input and output (Language Server Protocol). Needs `pip install postlint[lsp]`."""
    try:
        from linter.lsp.features import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        click.echo("this needs two libraries more: pip install 'postlint[lsp]'", err=True)
        sys.exit(USED_WRONG)
    serve()
