"""The server: on loopback, until Ctrl-C."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

import uvicorn
from starlette.applications import Starlette

from linter.breaking_off import BreakingOff
from linter.errors import Mistake, MistakesError
from linter.page.guard import Guard

LOOPBACK = "127.0.0.1"


def listening(port: int) -> socket.socket:
    """A socket that this machine alone reaches, on a port or, for 0, on a free one. Raises MistakesError."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it would let two servers share a port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((LOOPBACK, port))
        sock.listen()
    except OSError as error:
        sock.close()
        reason = f"{port} cannot be listened on: {error.strerror}; leave it out for a free one"
        raise MistakesError([Mistake("--port", None, reason)]) from None
    return sock


def address_of(sock: socket.socket) -> str:
    """What to type into a browser."""
    return f"http://{LOOPBACK}:{sock.getsockname()[1]}/"


def opened(address: str) -> None:
    """Open the browser; meanwhile go on, since a browser in a terminal returns only when it is left."""
    Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def serve(app: Starlette, sock: socket.socket, begun: Callable[[], None]) -> None:
    """Answer what our own page asks, until Ctrl-C; `begun` is called as soon as that will do.

    What is asked is worked out here, while the server goes on in a thread of its own, which ends with the program.
    """
    answering = Thread(target=_server(app, sock).run, args=([sock],), daemon=True)
    answering.start()
    with suppress(KeyboardInterrupt), BreakingOff() as ctrl_c:
        begun()
        app.state.turns.work(lambda: answering.is_alive() and not ctrl_c.asked)
    if not ctrl_c.asked:
        sys.exit(1)  # it ends by itself only by a fault, which is told by then


def _server(app: Starlette, sock: socket.socket) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            Guard(app, sock.getsockname()[1]),
            http="h11",
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_config=None,
            log_level="error",  # a fault of ours is told with its traceback, the rest is nobody's matter
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
    )
