"""A review from end to end: records looked at, in one process or many, then judged by what went before, then given in order."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.context import SpawnContext
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from linter import garbage
from linter.errors import Mistake, MistakesError
from linter.review.hindsight import in_hindsight
from linter.review.index import EACH, Index, Judged, Packed, groups, packed
from linter.review.look import Line, Looker
from linter.review.request import Request

_WAITING = 8
"""Stretches that may wait for the parent, for each process."""
_WATCHED_EACH = 0.5
"""Seconds between two looks at whether the parent still runs."""
_PLACES = 1_000
"""Places that one record may take: a record of an export is a post, seldom two."""


def stretches(request: Request, looker: Looker, wanted: Callable[[int], bool]) -> Iterator[Packed]:
    """The stretches wanted, looked at; the records of others are passed over unread."""
    held: list[tuple[int, Line]] = []
    number = 0
    for at, record in enumerate(request.records()):
        if at // EACH != number:
            if wanted(number):
                yield packed(number, held)
            held, number = [], at // EACH
        if wanted(number):
            held += [(at * _PLACES + more, line) for more, line in enumerate(looker.lines(record))]
    if (held or number == 0) and wanted(number):
        yield packed(number, held)


def judgements(path: Path, looker: Looker, share: int, of: int) -> Iterator[list[Judged]]:
    """The posts of every so many-th group, judged by what went before; some hundred posts at a time, be the groups large or small."""
    looker.forget()
    held: list[Judged] = []
    for group in groups(path, share, of):
        held += in_hindsight(group, looker)
        if len(held) >= EACH:
            yield held
            held = []
    yield held


def review(
    request: Request, index: Index, jobs: int, seen: Callable[[int], None] = lambda count: None
) -> None:
    """Look at every record and judge it by what went before: then the index gives every line in order of input.

    `seen` hears of each stretch that is done. Raises MistakesError where a process was ended from outside.
    """
    done = index.done()
    seen(len(done) * EACH)
    with (
        _alone(request, index.path, done) if jobs == 1 else _shared(request, index.path, jobs, done) as passes
    ):
        for stretch in passes.looked():
            index.keep(stretch)
            seen(EACH)
        index.group()
        for judged in passes.judged():
            index.put_later(judged)


class _Passes(NamedTuple):
    """The two passes of a review: stretches looked at, and, once posts are brought into groups, posts judged."""

    looked: Callable[[], Iterator[Packed]]
    judged: Callable[[], Iterator[list[Judged]]]


@contextmanager
def _alone(request: Request, path: Path, done: set[int]) -> Iterator[_Passes]:
    looker = request.looker()
    yield _Passes(
        partial(stretches, request, looker, lambda n: n not in done), partial(judgements, path, looker, 0, 1)
    )


@contextmanager
def _shared(request: Request, path: Path, jobs: int, done: set[int]) -> Iterator[_Passes]:
    """Several processes: in the first pass each reads every record and looks at its own share, in the second it reads its own groups."""
    context: SpawnContext = multiprocessing.get_context("spawn")
    waiting: Any = context.Queue(_WAITING * jobs)
    grouped = context.Event()
    own = (request, path, jobs, frozenset(done), waiting, grouped, os.getpid())
    workers = [context.Process(target=_work, args=(number, *own), daemon=True) for number in range(jobs)]
    with _deaf_to_breaking_off():
        for worker in workers:
            worker.start()

    def judged() -> Iterator[list[Judged]]:
        grouped.set()
        yield from _taken(waiting, workers)

    try:
        yield _Passes(partial(_taken, waiting, workers), judged)
    finally:
        for worker in workers:
            worker.terminate()


def _taken(waiting: Any, workers: list[Any]) -> Iterator[Any]:
    """What processes find in a pass, as it comes, until each has said that it has no more."""
    running = len(workers)
    while running:
        try:
            found = waiting.get(timeout=1)
        except queue.Empty:
            _look_after(workers)
            continue
        if found is None:
            running -= 1
        else:
            yield found


@contextmanager
def _deaf_to_breaking_off() -> Iterator[None]:
    """Processes begun within do not hear Ctrl-C: the parent does, afterwards too, and ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _look_after(workers: list[Any]) -> None:
    """Raise where a process is gone: MistakesError for one ended from outside, RuntimeError for a fault of ours, shown above."""
    codes = [worker.exitcode for worker in workers]
    if any(code is not None and code < 0 for code in codes):
        raise MistakesError([Mistake("review", None, _ENDED)])
    if any(codes):
        raise RuntimeError("one of the processes of this review failed")


_ENDED = "one of its processes was ended from outside; run it again with --resume, with fewer --jobs where memory is short"


def _work(
    number: int,
    request: Request,
    path: Path,
    jobs: int,
    done: frozenset[int],
    waiting: Any,
    grouped: Any,
    parent: int,
) -> None:
    garbage.looked_for_seldom()
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    looker = request.looker()
    for stretch in stretches(request, looker, lambda n: n % jobs == number and n not in done):
        waiting.put(stretch)
    waiting.put(None)
    grouped.wait()
    for judged in judgements(path, looker, number, jobs):
        waiting.put(judged)
    waiting.put(None)


def _end_with(parent: int) -> None:
    """End this process once its parent is gone, be it before this began: nobody would take what it finds, nor end it."""
    while os.getppid() == parent:
        time.sleep(_WATCHED_EACH)
    os._exit(1)
