"""What changed between two runs of a review, joined by the posts' ids on disk, so that memory stays small for millions."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Hashable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from linter.changes import Changes
from linter.post import Unreadable
from linter.review.on_disk import on_disk
from linter.review.rates import Run
from linter.review.reviewed import LET_STAND, Reviewed, Told, read_reviewed, unpacked

_TABLES = """
pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-50000; pragma temp_store=file;
create table first (line integer primary key, id text not null unique, packed text not null);
create table second (line integer primary key, id text not null unique, packed text not null);
"""
_RUNS = ("first", "second")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Move:
    """A score of a post that is another in the second run."""

    post: Reviewed
    before: float
    after: float

    @property
    def by(self) -> float:
        """How far it moved, up or down."""
        return abs(self.after - self.before)


@dataclass(slots=True)
class Moved:
    """A score over the posts in both runs: how many moved up and down, by how much in all, and those that moved most.

    `gained` and `lost` have a score in only one of the runs.
    """

    up: int = 0
    down: int = 0
    by: float = 0.0
    gained: int = 0
    lost: int = 0
    most: list[Move] = field(default_factory=list)

    def take(self, before: float | None, after: float | None, post: Reviewed, keep: int) -> None:
        """Compare a post's score, and keep it among the `keep` that moved most."""
        if before is None or after is None:
            self.gained += after is not None
            self.lost += before is not None
        elif before != after:
            self.up += after > before
            self.down += after < before
            move = Move(post, before, after)
            self.by += move.by
            self.most = sorted([*self.most, move], key=lambda one: (-one.by, one.post.line))[:keep]


@dataclass(slots=True)
class Only:
    """Posts in one run alone: how many, and the first of them by id and line."""

    count: int = 0
    first: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Comparison:
    """Two runs: each taken together, what changed for the posts in both, and what could not be read."""

    changes: Changes[Told]
    runs: tuple[Run, Run] = field(default_factory=lambda: (Run(), Run()))
    both: int = 0
    only: tuple[Only, Only] = field(default_factory=lambda: (Only(), Only()))
    moved: dict[str, Moved] = field(default_factory=dict)
    twice: list[int] = field(default_factory=lambda: [0, 0])
    """Records with an id that stood there before, which are passed over."""
    unread: int = 0
    troubles: list[Unreadable] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether any finding, score or post is not in both as it was."""
        scores = any(one.up or one.down or one.gained or one.lost for one in self.moved.values())
        return scores or bool(self.changes.counts) or any(one.count for one in self.only)

    @property
    def apart(self) -> bool:
        """Whether the runs are over other posts: fewer than half of the smaller are in both."""
        return self.both * 2 < min(run.posts for run in self.runs)

    def pair(self, before: Reviewed, after: Reviewed) -> None:
        """Compare a post that is in both."""
        self.both += 1
        self.changes.take(_heard(before, after), _heard(after, before))
        for name in {**before.scores, **after.scores}:
            moved = self.moved.setdefault(name, Moved())
            moved.take(before.scores.get(name), after.scores.get(name), after, self.changes.most)


def _heard(post: Reviewed, other: Reviewed) -> dict[Hashable, Told]:
    """The findings of a post by what they are known by; one that was let stand only where the other run has it too."""
    known = {one.key for one in other.findings}
    return {one.key: one for one in post.findings if one.level != LET_STAND or one.key in known}


def compare(streams: tuple[IO[bytes], IO[bytes]], paths: tuple[str, str], most: int) -> Comparison:
    """Two runs compared, with the first `most` of everything that is shown.

    Raises MistakesError where there is no room on the disk to join them.
    """
    found = Comparison(Changes[Told](most))
    with _joined() as file:
        for number, (stream, path) in enumerate(zip(streams, paths, strict=True)):
            _keep(file, number, read_reviewed(stream, path), found)
        for before, after in _pairs(file, paths):
            found.pair(before, after)
        for number, only in enumerate(found.only):
            _alone(file, number, only, most)
    return found


@contextmanager
def _joined() -> Iterator[sqlite3.Connection]:
    """A file for the posts of two runs, in a temporary place."""
    with (
        tempfile.TemporaryDirectory(prefix="postlint-") as folder,
        on_disk(folder, "the runs are joined there; TMPDIR may name another place"),
        closing(sqlite3.connect(Path(folder) / "runs.sqlite", isolation_level=None)) as file,
    ):
        file.executescript(_TABLES)
        yield file


def _keep(
    file: sqlite3.Connection, number: int, records: Iterator[Reviewed | Unreadable], found: Comparison
) -> None:
    insert = f"insert or ignore into {_RUNS[number]} values (?, ?, ?)"
    file.execute("begin")
    for record in records:
        if isinstance(record, Unreadable):
            found.unread += 1
            found.troubles += [record] * (len(found.troubles) < _SHOWN)
        elif file.execute(insert, (record.line, record.id, record.packed())).rowcount:
            found.runs[number].take(record)
        else:
            found.twice[number] += 1
    file.execute("commit")


def _pairs(file: sqlite3.Connection, paths: tuple[str, str]) -> Iterator[tuple[Reviewed, Reviewed]]:
    """The posts in both, in the order of the second run."""
    rows = file.execute(
        "select id, first.line, first.packed, second.line, second.packed"
        " from second cross join first using (id) order by second.line"
    )
    for post, line, packed, line_after, packed_after in rows:
        yield unpacked(post, paths[0], line, packed), unpacked(post, paths[1], line_after, packed_after)


def _alone(file: sqlite3.Connection, number: int, only: Only, most: int) -> None:
    here, there = _RUNS[number], _RUNS[1 - number]
    alone = f"from {here} where id not in (select id from {there})"
    only.count = file.execute(f"select count(*) {alone}").fetchone()[0]
    only.first = file.execute(f"select id, line {alone} order by line limit ?", (most,)).fetchall()
