"""`postlint page`: a page for those without an editor."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.commands.shared import USED_WRONG, mistakes_shown, rule_options, workspace_of
from linter.commands.sources import drawn_anew, source_options
from linter.errors import Mistake, MistakesError

if TYPE_CHECKING:
    from starlette.applications import Starlette

_LIBRARIES = ("starlette", "uvicorn")


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port (else a free one).")
@click.option("--no-browser", is_flag=True, help="Print the address and open no browser.")
@click.option(
    "--config",
    "config_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="This configuration in place of the .postlint.yaml found from this folder upwards.",
)
@source_options
@rule_options
def page(**options: Any) -> None:
    """Show a page to write a draft on, with remarks while one types. Needs `pip install postlint[page]`.

    With SOURCES (exports or tables of past posts, as `postlint review` takes them) it shows the report on them instead,
    and draws it anew when they change. Nothing that is typed is stored or leaves this machine. Ctrl-C ends it.
    """
    try:
        from linter.page.server import address_of, listening, opened, serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        click.echo("this needs two libraries more: pip install 'postlint[page]'", err=True)
        sys.exit(USED_WRONG)
    with mistakes_shown():
        app = _report_app(options) if options["sources"] else _app(options)
        sock = listening(options["port"])

    def begun() -> None:
        click.echo(f"{address_of(sock)}  (Ctrl-C ends it)")
        if not options["no_browser"]:
            opened(address_of(sock))

    serve(app, sock, begun)


def _app(options: dict[str, Any]) -> Starlette:
    """What is served. Raises MistakesError where configuration or rules cannot be read."""
    from linter.page.app import draft_app
    from linter.page.desk import Desk

    desk = Desk(partial(workspace_of, options))
    desk.ready()
    return draft_app(desk)


def _report_app(options: dict[str, Any]) -> Starlette:
    """The report on past posts. Raises MistakesError for what it lacks, and for options that cannot be read."""
    from linter.page.redrawn import report_app
    from linter.report.writing import lacking, read_periods
    from linter.review.request import files_stamp, request_of

    missing = [source for source in options["sources"] if not os.path.exists(source)]
    mistakes = [*lacking(), *(Mistake(source, None, "no such file or folder") for source in missing)]
    periods = read_periods(options["periods"] or (), mistakes)
    if mistakes:
        raise MistakesError(mistakes)
    asked = {**options, "periods": periods, "with_text": True, "report": None}
    config = request_of(asked).looker().config.path
    watched = [*options["sources"], *(str(path) for path in (options["rooms_path"], config) if path)]
    return report_app(lambda: drawn_anew(asked), lambda: files_stamp(watched).hex())
