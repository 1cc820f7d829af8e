"""Anything else: JSONL, CSV and Parquet, with a map of its fields to ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import IO, Any

from linter.exports.archive import Archive, UnusableError, needed
from linter.exports.export import Export, Options, Read, Record, from_format, in_room
from linter.post import Post, Unreadable
from linter.readers.csv_rows import csv_records
from linter.readers.jsonl import jsonl_line, jsonl_records, record_posts

MAX_IN_ZIP = 1_000_000_000
"""The most bytes of a Parquet file inside a zip, which is read whole: its index stands at its end."""
_Table = Callable[[IO[bytes], str, Callable[[dict[str, Any]], dict[str, Any]]], Iterator[Record]]


def _parquet(
    stream: IO[bytes], place: str, renamed: Callable[[dict[str, Any]], dict[str, Any]]
) -> Iterator[Record]:
    """Each row of a Parquet file, which is read a batch at a time."""
    pyarrow, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    try:
        table = parquet.ParquetFile(stream)
        number = 0
        for batch in table.iter_batches(batch_size=2_000):
            for row in batch.to_pylist():
                number += 1
                yield partial(_row, row, place, number, renamed)
    except (pyarrow.ArrowException, ValueError, OSError) as error:
        yield partial(iter, [Unreadable(place, None, f"no Parquet that can be read: {error}")])


def _row(
    row: dict[str, Any], place: str, number: int, renamed: Callable[[dict[str, Any]], dict[str, Any]]
) -> Iterator[Read]:
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
    yield from record_posts(renamed(plain), place, number)


def row_record(row: dict[str, Any], place: str, number: int, options: Options) -> Record:
    """A row of plain values as a record: its source and its number there are given."""
    return partial(_placed, partial(_row, row, place, number, partial(_renamed, options)), options)


def line_record(line: bytes, place: str, number: int, options: Options) -> Record:
    """A line of JSONL as a record: its source and its number there are given."""
    return partial(_placed, partial(jsonl_line, line, place, number, partial(_renamed, options)), options)


_TABLES: dict[str, tuple[tuple[str, ...], _Table]] = {
    "jsonl": ((".jsonl", ".ndjson"), jsonl_records),
    "csv": ((".csv", ".tsv"), csv_records),
    "parquet": ((".parquet",), _parquet),
}


def _fits(kind: str, archive: Archive) -> bool:
    return any(name.lower().endswith(_TABLES[kind][0]) for name in archive.names)


def table_names(kind: str, archive: Archive) -> Sequence[str]:
    """The members that are tables of a kind; all of them where none has its suffix."""
    named = [name for name in archive.names if name.lower().endswith(_TABLES[kind][0])]
    return named or archive.names


def _records(kind: str, archive: Archive, options: Options) -> Iterator[Record]:
    for name in table_names(kind, archive):
        place = archive.place(name)
        try:
            with archive.whole(name, MAX_IN_ZIP) if kind == "parquet" else archive.open(name) as stream:
                empty = True
                for record in table_records(kind, stream, place, options):
                    empty = False
                    yield record
                if empty:
                    yield partial(iter, [Unreadable(place, None, "there are no posts in it")])
        except (UnusableError, OSError) as error:
            yield partial(iter, [Unreadable(place, None, str(error))])


def table_records(kind: str, stream: IO[bytes], place: str, options: Options) -> Iterator[Record]:
    """The records of a table of a kind, whose name to people is `place`."""
    for record in _TABLES[kind][1](stream, place, partial(_renamed, options)):
        yield partial(_placed, record, options)


def _renamed(options: Options, values: dict[str, Any]) -> dict[str, Any]:
    """A record by our names; a date in the format that a person gave."""
    ours = {key: values[theirs] for key, theirs in options.columns.items() if theirs in values}
    taken = set(options.columns.values())
    found = {**{name.lower(): value for name, value in values.items() if name not in taken}, **ours}
    if options.date_format and isinstance(found.get("date"), str) and found["date"].strip():
        found["date"] = _iso(found["date"], options.date_format)
    return found


def _iso(value: str, form: str) -> str:
    try:
        return from_format(value.strip(), form).isoformat()
    except ValueError:
        return value  # the reader of dates names it, with its place


def _placed(record: Record, options: Options) -> Iterable[Read]:
    for item in record():
        if isinstance(item, Post) and (item.context.room.name or options.author):
            context = replace(item.context, author=item.context.author or options.author)
            room = options.rooms.room(context.room.name)
            known = replace(
                room, kind=context.room.kind or room.kind, joined=context.room.joined or room.joined
            )
            yield replace(item, context=in_room(context, known))
        else:
            yield item


TABLES: Mapping[str, Export] = {
    kind: Export(partial(_fits, kind), partial(_records, kind)) for kind in _TABLES
}
