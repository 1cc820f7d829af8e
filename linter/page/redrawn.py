"""A report in the browser, drawn anew when its source changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from linter.errors import MistakesError
from linter.formats.format import safe
from linter.page.app import json_response, with_turns
from linter.page.turns import Turns

_FILES = ("report.html", "report.css", "report.js")
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""A report brings its own style with it, runs nothing, and is shown in our page alone."""


@dataclass(slots=True)
class Redrawn:
    """A report, drawn when it is first asked for and again when its stamp is another.

    `draw` gives the whole HTML. `stamp` changes when the source does, and is quick. Both may raise MistakesError.
    """

    draw: Callable[[], str]
    stamp: Callable[[], str]
    _drawn: tuple[str, str] | None = None

    def html(self) -> str:
        """The report as its source is now; the stamp is taken first, so that a change while it is drawn shows later."""
        now = self.stamp()
        if self._drawn is None or self._drawn[0] != now:
            self._drawn = now, self.draw()
        return self._drawn[1]


def report_app(draw: Callable[[], str], stamp: Callable[[], str]) -> Starlette:
    """A page that shows a report and looks every second whether its source has changed."""
    redrawn, turns = Redrawn(draw, stamp), Turns()

    async def report(_: Request) -> Response:
        headers = {"Content-Security-Policy": _POLICY}
        try:
            return HTMLResponse(await turns.take(redrawn.html), headers=headers)
        except MistakesError as error:
            return HTMLResponse(_amiss(error), 503, headers)

    async def stamped(_: Request) -> Response:
        try:
            return json_response({"stamp": await turns.take(stamp)})
        except MistakesError as error:  # what is amiss is told by the report itself
            return json_response({"stamp": str(error)})

    return with_turns(turns, _FILES, [Route("/report", report), Route("/stamp", stamped)])


def _amiss(error: MistakesError) -> str:
    mistakes = "".join(f"<li>{escape(safe(str(mistake)))}</li>" for mistake in error.mistakes)
    return (
        f'<!doctype html><html lang="en"><title>No report</title><body><h1>The report cannot be drawn</h1>'
        f"<ul>{mistakes}</ul><p>Once that is mended, it is drawn by itself.</p></body></html>"
    )
