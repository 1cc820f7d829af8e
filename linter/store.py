"""Entries kept in the user's cache, by key.

An entry is believed only if its checksum holds. What cannot be read or written is done without: a run never fails for
its cache. SQLite keeps runs side by side, and killed ones, from harming each other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from platformdirs import user_cache_path

_TABLE = (
    "create table if not exists entry (key blob primary key, value text, sum blob, day text) without rowid"
)
_DAYS_KEPT = 60
_SECONDS_TO_WAIT = 2.0


class Store:
    """A file of entries, `seen.sqlite` in the user's cache unless another is named. New ones are written by `close`."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or user_cache_path("postlint") / "seen.sqlite"
        self._new: dict[bytes, str] = {}
        self._used: set[bytes] = set()
        self._reading: sqlite3.Connection | None = None
        if self.path.is_file():
            with suppress(sqlite3.Error):
                self._reading = sqlite3.connect(
                    f"{self.path.as_uri()}?mode=ro", uri=True, timeout=_SECONDS_TO_WAIT
                )

    def get(self, key: bytes) -> str | None:
        """An entry as it was put, None where there is none that can be believed."""
        if key in self._new:
            return self._new[key]
        if self._reading is None:
            return None
        try:
            row = self._reading.execute("select value, sum from entry where key = ?", (key,)).fetchone()
        except sqlite3.Error:  # damaged, or held by another run
            return None
        if row is None or not isinstance(row[0], str) or row[1] != _checksum(key, row[0]):
            return None
        self._used.add(key)
        return row[0]

    def put(self, key: bytes, value: str) -> None:
        """Keep an entry, to be written when the store is closed."""
        self._new[key] = value

    def close(self) -> None:
        """Write what is new in one go, and let go of what nobody has asked for in 60 days."""
        if self._reading is not None:
            self._reading.close()
            self._reading = None
        try:
            self._write()
        except (
            sqlite3.OperationalError
        ):  # held by another run, or the disk is full: this run's looks are lost
            pass
        except sqlite3.DatabaseError:  # no database any more: begin anew
            with suppress(OSError):
                self.path.unlink()
        except OSError:  # a cache that cannot be written to
            pass
        self._new, self._used = {}, set()

    def _write(self) -> None:
        today = datetime.now(UTC).date()
        with self._open() as writing:
            writing.execute(_TABLE)
            rows = [(key, value, _checksum(key, value), str(today)) for key, value in self._new.items()]
            writing.executemany("insert or replace into entry values (?, ?, ?, ?)", rows)
            used = [(str(today), key, str(today)) for key in self._used]
            writing.executemany("update entry set day = ? where key = ? and day <> ?", used)
            writing.execute("delete from entry where day < ?", (str(today - timedelta(days=_DAYS_KEPT)),))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=_SECONDS_TO_WAIT)) as connection, connection:
            yield connection


def _checksum(key: bytes, value: str) -> bytes:
    return blake2b(key + value.encode("utf-8", "surrogatepass"), digest_size=8).digest()
