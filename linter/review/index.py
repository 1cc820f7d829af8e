"""What a review knows so far, on disk: each stretch of records whole or not at all, so that it may be killed at any moment."""

from __future__ import annotations

import json
import pickle
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

from linter.post import Post
from linter.review.look import Kept, Line
from linter.timeline import row_key

Key = TypeVar("Key")
_TABLES = """
create table if not exists about (name text primary key, value text);
create table if not exists stretch (number integer primary key, lines blob not null);
create table if not exists turn (
    place integer primary key, group_key text not null, thread text, answered text, post text not null, kept blob not null
);
create table if not exists later (place integer primary key, findings text not null, answers integer);
"""
_KEYS = """
create temp table key (number integer primary key, name text not null unique);
insert or ignore into key (name) select group_key from turn;
insert or ignore into key (name) select thread from turn where thread is not null;
create temp table top (number integer primary key, top integer not null);
"""
_JOINS = """
select distinct own.number, thread.number from turn
join key as own on own.name = turn.group_key join key as thread on thread.name = turn.thread
union
select distinct own.number, others.number from turn as one join turn as other on other.post = one.answered
join key as own on own.name = one.group_key join key as others on others.name = other.group_key
"""
_PARTS = """
drop table if exists part;
create table part (number integer not null, place integer primary key);
insert into part select coalesce(top, number), place from turn join key on name = group_key left join top using (number);
create index by_number on part (number, place);
"""
"""Numbers in place of names: a million names in memory would be some hundred megabytes."""
EACH = 100
"""How many records a stretch has."""
Turn = tuple[int, str, str | None, str | None, str, bytes]
Packed = tuple[int, bytes, list[Turn]]
"""A stretch: its number, its lines, and what of it stands in time."""
Judged = tuple[int, list[dict[str, Any]], int | None]
"""The place of a post, its findings, and how many answered it."""


def packed(number: int, lines: Iterable[tuple[int, Line]]) -> Packed:
    """A stretch as it is kept. Each line has its place among all."""
    rows: list[tuple[int, str, str, str | None, str | None]] = []
    turns: list[Turn] = []
    for place, line in lines:
        findings = None if line.findings is None else json.dumps(line.findings)
        rows.append((place, line.kind, json.dumps(line.record), line.text, findings))
        if line.kept is not None:
            turns.append((place, *keys_of(line.kept.post), zlib.compress(line.kept.packed(), 1)))
    return number, zlib.compress(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL), 1), turns


def keys_of(post: Post) -> tuple[str, str | None, str | None, str]:
    """What a post is grouped by; its thread and the id of the post it answers, which join groups; its own id."""
    context = post.context
    own = f"author {context.author}" if row_key(context) else f"post {post.id}"
    thread = f"thread {context.platform} {context.thread}" if context.thread else None
    answered = context.reply_to.id if context.reply_to else ""
    return own, thread, answered or None, post.id


def joined(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, Key]:
    """For each of the keys in some pairs one that stands for all that they join, be it through others."""
    above: dict[Key, Key] = {}

    def top(key: Key) -> Key:
        while above.setdefault(key, key) != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for one, other in pairs:
        above[top(other)] = top(one)
    return {key: top(key) for key in list(above)}


@dataclass(frozen=True, slots=True)
class Told:
    """A line as it is given in the end: its record and its findings as JSON, how many answered it, and its words where they were kept."""

    kind: str
    about: str
    findings: str
    answers: int | None
    text: str | None

    def as_json(self, with_text: bool = False) -> str:
        """A post's whole record as JSON."""
        answers = "null" if self.answers is None else self.answers
        text = f', "text": {json.dumps(self.text)}' if with_text else ""
        return f'{self.about[:-1]}{text}, "answers": {answers}, "findings": {self.findings}}}'

    def record(self, with_text: bool = False) -> dict[str, Any]:
        """The same as plain values."""
        text = {"text": self.text} if with_text else {}
        about, findings = json.loads(self.about), json.loads(self.findings)
        return {**about, **text, "answers": self.answers, "findings": findings}


class Index:
    """One review's file. Raises sqlite3.OperationalError where another review has it."""

    def __init__(self, path: Path, stamp: str, resume: bool) -> None:
        self._lock = _locked(path)
        if not resume:
            _remove(path)
        self.path = path
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.executescript("pragma journal_mode=wal; pragma synchronous=normal;" + _TABLES)
        self.is_anothers = self._about("stamp", stamp) != stamp

    def _about(self, name: str, value: str) -> str:
        self._file.execute("insert or ignore into about values (?, ?)", (name, value))
        return str(self._file.execute("select value from about where name = ?", (name,)).fetchone()[0])

    def done(self) -> set[int]:
        """The stretches that are kept."""
        return {number for (number,) in self._file.execute("select number from stretch")}

    def keep(self, stretch: Packed) -> None:
        """Keep a stretch with all that belongs to it."""
        number, lines, turns = stretch
        with self._together():
            self._file.executemany("insert or replace into turn values (?, ?, ?, ?, ?, ?)", turns)
            self._file.execute("insert or replace into stretch values (?, ?)", (number, lines))

    def _together(self) -> sqlite3.Connection:
        self._file.execute("begin immediate")
        return self._file

    def group(self) -> None:
        """Bring the posts that stand in time into groups between which nothing bears on anything."""
        self._file.executescript(_KEYS)
        tops = joined(self._file.execute(_JOINS))
        self._file.executemany("insert into top values (?, ?)", tops.items())
        self._file.executescript(_PARTS)

    def put_later(self, judged: Iterable[Judged]) -> None:
        """Keep the findings of posts that waited for what was said before, and how many answered them."""
        rows = [(place, json.dumps(found), answers) for place, found, answers in judged]
        with self._together():
            self._file.executemany("insert or replace into later values (?, ?, ?)", rows)

    def told(self) -> Iterator[Told]:
        """Every line in order of input, with all its findings."""
        for (lines,) in self._file.execute("select lines from stretch order by number"):
            for place, kind, record, text, findings in pickle.loads(zlib.decompress(lines)):
                waited = kind == "post" and findings is None
                found, answers = self._later(place) if waited else (findings or "[]", None)
                yield Told(kind, record, found, answers, text)

    def _later(self, place: int) -> tuple[str, int | None]:
        row = self._file.execute("select findings, answers from later where place = ?", (place,)).fetchone()
        return str(row[0]), row[1]

    def close(self, finished: bool) -> None:
        """Close the file; a finished review needs it no more."""
        self._file.close()
        if finished:
            _remove(self.path)
        self._lock.close()
        if finished:
            _lock_of(self.path).unlink(missing_ok=True)


def groups(path: Path, share: int, of: int) -> Iterator[list[tuple[int, Kept]]]:
    """The groups of an index whose posts are brought into groups, each in order of input: every so many-th of them, from a `share` on.

    Any process may read them while the parent writes what comes of them.
    """
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute(
            "select number, part.place, kept from part join turn using (place) where number % ? = ? order by number, part.place",
            (of, share),
        )
        for _, group in groupby(rows, key=itemgetter(0)):
            yield [(place, pickle.loads(zlib.decompress(kept))) for _, place, kept in group]


def _locked(path: Path) -> sqlite3.Connection:
    """What keeps other reviews off a file as long as this process lives: a lock of SQLite's own, which goes with it however it ends."""
    lock = sqlite3.connect(_lock_of(path), timeout=0, isolation_level=None)
    try:
        lock.execute("begin exclusive")
    except sqlite3.DatabaseError:
        lock.close()
        raise
    return lock


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-lock")


def _remove(path: Path) -> None:
    """Take a file away, with those that SQLite keeps beside it."""
    for name in (path, *(path.with_name(path.name + more) for more in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)
