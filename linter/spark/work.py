"""The two passes of a review as Spark's workers do them: posts looked at wherever they lie, then judged group by group."""

from __future__ import annotations

import json
import pickle
import zlib
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import Any

from linter.post import Post, Unreadable
from linter.review.hindsight import in_hindsight
from linter.review.index import Told, keys_of
from linter.review.look import Looker
from linter.review.outputs import batches as told_batches
from linter.run import is_anothers
from linter.spark.rows import Batches, Columns, Reader, in_batches, values

KEYS: Columns = (
    ("kind", "string"), ("own", "long"), ("thread", "long"), ("answered", "long"), ("post", "long"),
    ("source", "int"), ("file", "string"), ("number", "long"), ("line", "long"), ("reason", "string"),
)  # fmt: skip
"""What is known of a row before it is looked at: a `post`, `heard` or `unreadable`; for one that stands in time the keys that it
is grouped by, as numbers; for one that cannot be read where it stands and why."""
LOOKED_AT: Columns = (
    ("key", "long"), ("source", "int"), ("file", "string"), ("number", "long"), ("told", "binary"), ("kept", "binary"),
)  # fmt: skip
"""A post that was looked at: what it is grouped by, its place, its record, and what the second pass needs of it."""


@lru_cache(maxsize=1)
def looker_of(packed: bytes) -> Looker:
    """The linter for a request, made once in each process: a request with its configuration and day, pickled."""
    request, config, today = pickle.loads(packed)
    looker: Looker = request.looker(config, today)
    return looker


def number_of(key: str) -> int:
    """A key as 64 bits. Two keys with one number would only be judged together, which changes nothing."""
    return int.from_bytes(
        blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )


def keys(read: Reader, packed: bytes, batches: Batches) -> Iterator[Any]:
    """A row of `KEYS` for each that is read; nothing is looked at."""
    return in_batches(_keys(read, looker_of(packed), batches), KEYS, 10_000)


def _keys(read: Reader, looker: Looker, batches: Batches) -> Iterator[tuple[Any, ...]]:
    for (source, file, number), record in read(batches):
        for item in record():
            if isinstance(item, Unreadable):
                numbers: tuple[int | None, ...] = (None,) * 4
                yield "unreadable", *numbers, source, file, number, item.line, item.reason
            elif isinstance(item, Post):
                post = looker.placed(item)
                kind = "heard" if is_anothers(post, looker.config) else "post"
                numbers = _numbers(post) if looker.waits(post) else (None,) * 4
                yield kind, *numbers, source, None, None, None, None


def _numbers(post: Post) -> tuple[int | None, ...]:
    own, thread, answered, post_id = keys_of(post)
    return tuple(number_of(key) if key else None for key in (own, thread, answered, post_id))


def looked_at(read: Reader, packed: bytes, batches: Batches) -> Iterator[Any]:
    """The first pass: a row of `LOOKED_AT` for each post that has a record or stands in time."""
    return in_batches(_looked_at(read, looker_of(packed), batches), LOOKED_AT, 500)


def _looked_at(read: Reader, looker: Looker, batches: Batches) -> Iterator[tuple[Any, ...]]:
    for (source, file, number), record in read(batches):
        for line in looker.lines(record):
            kept = zlib.compress(line.kept.packed(), 1) if line.kept else None
            told = None
            if line.kind == "post":
                findings = None if line.findings is None else json.dumps(line.findings)
                told = _packed((json.dumps(line.record), line.text, findings))
            if told or kept:
                key = number_of(keys_of(line.kept.post)[0] if line.kept else f"{source} {file} {number}")
                yield key, source, file, number, told, kept


def judged(packed: bytes, batches: Batches) -> Iterator[Any]:
    """The second pass over posts that lie in order of their groups and places: the rows of a review's Parquet.

    Columns: group, told, kept.
    """
    looker = looker_of(packed)
    return told_batches(_judged(looker, batches), looker.with_text)


def _judged(looker: Looker, batches: Batches) -> Iterator[Told]:
    for _, group in groupby(values(batches), key=itemgetter(0)):
        together = [(told, _unpacked(kept) if kept else None) for _, told, kept in group]
        waiting = [(at, kept) for at, (_, kept) in enumerate(together) if kept]
        later = {at: (findings, answers) for at, findings, answers in in_hindsight(waiting, looker)}
        for at, (told, _) in enumerate(together):
            if told:
                record, text, at_once = _unpacked(told)
                findings, answers = later.get(at, (None, None))
                yield Told("post", record, at_once or json.dumps(findings), answers, text)


def _packed(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def _unpacked(data: bytes) -> Any:
    return pickle.loads(zlib.decompress(data))
