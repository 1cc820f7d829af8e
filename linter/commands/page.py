"""`postlint page`: a page for those without an editor."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.commands.shared import USED_WRONG, mistakes_shown, rule_options, workspace_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_LIBRARIES = ("starlette", "uvicorn")


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port (else a free one).")
@click.option("--no-browser", is_flag=True, help="Print the address and open no browser.")
@click.option(
    "--config",
    "config_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="This configuration in place of the .postlint.yaml found from this folder upwards.",
)
@rule_options
def page(**options: Any) -> None:
    """Show a page to write a draft on, with remarks while one types. Needs `pip install postlint[page]`.

    Nothing that is typed is stored or leaves this machine. Ctrl-C ends it.
    """
    try:
        from linter.page.server import address_of, listening, opened, serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        click.echo("this needs two libraries more: pip install 'postlint[page]'", err=True)
        sys.exit(USED_WRONG)
    with mistakes_shown():
        app = _app(options)
        sock = listening(options["port"])
    click.echo(f"{address_of(sock)}  (Ctrl-C ends it)")
    if not options["no_browser"]:
        opened(address_of(sock))
    serve(app, sock)


def _app(options: dict[str, Any]) -> ASGIApp:
    """What is served. Raises MistakesError where configuration or rules cannot be read."""
    from linter.page.app import draft_app
    from linter.page.desk import Desk

    desk = Desk(partial(workspace_of, options))
    desk.ready()
    return draft_app(desk)
