"""What a disk refuses while a review keeps what it knows, said to the person whose disk it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from linter.errors import Mistake, MistakesError

_PLAIN = {
    sqlite3.SQLITE_FULL: "there is no room left",
    sqlite3.SQLITE_CANTOPEN: "no file can be made here",
    sqlite3.SQLITE_READONLY: "nothing can be written here",
    sqlite3.SQLITE_PERM: "nothing may be written here",
    sqlite3.SQLITE_IOERR: "the disk does not take it",
    sqlite3.SQLITE_BUSY: "another review is at work with it: wait for it, or give this one another --output",
    sqlite3.SQLITE_NOTADB: "this is no file of a review",
    sqlite3.SQLITE_CORRUPT: "it is damaged",
}


@contextmanager
def on_disk(place: str, advice: str) -> Iterator[None]:
    """Raise MistakesError, with what to do, for what is the disk's or another's doing; a fault of ours stays what it is."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        plain = _PLAIN.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if plain is None:
            raise
        raise MistakesError([Mistake(place, None, f"{plain}; {advice}")]) from None
