"""What the page asks for: its own files, what may be chosen, an answer to a draft, and the draft as a file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from linter.errors import MistakesError
from linter.formats.format import safe
from linter.formats.json_formats import to_json
from linter.page.desk import Desk
from linter.page.draft import NAME, Draft, read_draft
from linter.page.turns import Turns
from linter.post import MAX_CHARACTERS

MOST_BYTES = 12 * MAX_CHARACTERS + 10_000
"""The longest draft in JSON, each character an escaped pair, and something for where it goes."""
_JSON = "application/json"
_KINDS = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
DRAFT_FILES = ("page.html", "page.css", "page.js", "ask.js", "paper.js", "remarks.js", "scores.js")
SHARED_FILES = ("base.css", "icon.svg")


def draft_app(desk: Desk) -> Starlette:
    """The page on which a draft is written."""
    turns = Turns()

    async def check(request: Request) -> Response:
        draft = await _draft(request)
        return json_response(await turns.take(lambda: desk.answer(draft)))

    async def file(request: Request) -> Response:
        draft = await _draft(request)
        if draft.fault:
            raise HTTPException(400, draft.fault)
        return json_response({"name": NAME, "text": draft.file})

    async def choices(_: Request) -> Response:
        return json_response(await turns.take(desk.choices))

    return with_turns(turns, DRAFT_FILES, [
        Route("/choices", choices),
        Route("/check", check, methods=["POST"]),
        Route("/file", file, methods=["POST"]),
    ])  # fmt: skip


def with_turns(turns: Turns, names: Iterable[str], routes: Iterable[Route]) -> Starlette:
    """A page of these files (the first of them at `/`) and routes, whose work `serve` sees to."""
    app = Starlette(routes=[*_file_routes(names), *routes])
    app.state.turns = turns
    return app


def json_response(value: object) -> Response:
    """Plain values as JSON; a path may hold bytes that are no UTF-8, which Starlette's own JSON stumbles over."""
    return Response(to_json(value), media_type=_JSON)


async def _draft(request: Request) -> Draft:
    """The draft in a request; refused where it is no JSON, too large or something else."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
        raise HTTPException(415, f"Content-Type: expected {_JSON}")
    body = bytearray()
    async for piece in request.stream():  # to its end in any case: a browser that still sends hears no answer
        if len(body) <= MOST_BYTES:
            body += piece
    if len(body) > MOST_BYTES:
        raise HTTPException(413, f"more than {MOST_BYTES:,} bytes")
    try:
        return read_draft(bytes(body))
    except MistakesError as error:
        raise HTTPException(400, safe(str(error))) from None


def _file_routes(names: Iterable[str]) -> list[Route]:
    """A route for each file of ours, what pages share among them."""
    page, *rest = names
    return [
        Route("/", _sent(page)),
        *(Route(f"/{name}", _sent(name)) for name in (*rest, *SHARED_FILES)),
    ]


def _sent(name: str) -> Callable[[Request], Awaitable[Response]]:
    data = files("linter.page").joinpath("files", name).read_bytes()
    kind = _KINDS[name.rpartition(".")[2]]

    async def sent(_: Request) -> Response:
        return Response(data, media_type=kind)

    return sent
