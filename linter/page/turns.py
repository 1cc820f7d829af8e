"""Work in turn: what the server is asked is worked out in the main thread, one piece after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

_T = TypeVar("_T")
_SECONDS = 1
"""Some systems tell of Ctrl-C only between two waits."""


class Turns:
    """Pieces of work that the server's thread asks for and the main thread does.

    So Ctrl-C breaks off whatever is being worked out, as it would anywhere, and what that holds (a temporary file, say) is
    given back; a thread of its own would have to be waited for. And nothing that is worked on needs a lock.
    """

    def __init__(self) -> None:
        self._waiting: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()

    async def take(self, work: Callable[[], _T]) -> _T:
        """What a piece of work gives, once its turn has come; what it raises is raised here."""
        outcome: Future[_T] = Future()
        self._waiting.put((outcome, work))
        return await asyncio.wrap_future(outcome)

    def work(self, going_on: Callable[[], bool]) -> None:
        """Do what is waited for, as long as it goes on."""
        while going_on():
            try:
                outcome, work = self._waiting.get(timeout=_SECONDS)
            except Empty:
                continue
            if outcome.set_running_or_notify_cancel():
                with _HandedOver(outcome):
                    outcome.set_result(work())


class _HandedOver:
    """Hands an error within to whoever waits for the outcome; what ends the program is nobody's but the program's."""

    def __init__(self, outcome: Future[Any]) -> None:
        self._outcome = outcome

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> bool:
        if not isinstance(error, Exception):
            return False
        self._outcome.set_exception(error)
        return True
