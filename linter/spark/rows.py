"""The rows of a source or a frame as records, read in Spark's workers by what reads them everywhere else."""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any
from urllib.parse import unquote

from linter.exports.export import Options, Read, Record
from linter.exports.table import line_record, row_record, table_records
from linter.post import Post, Unreadable
from linter.readers.reading import UTF16_MARKS

Batches = Iterable[Any]
"""Arrow's batches."""
Place = tuple[int, str, int]
"""Where a post stands: the number of its source, its file as it is named to people, its line or row there. In order of input."""
Reader = Callable[[Batches], Iterator[tuple[Place, Record]]]
"""The records of the rows of a frame."""
Columns = tuple[tuple[str, str], ...]
"""Names of columns and Spark's types of them."""
Block = tuple[int, str, int]
"""A part of a file that Spark reads in one go: the number of its source, the file's address, the byte where it begins."""


@dataclass(frozen=True, slots=True)
class Named:
    """A source as a person named it, and where it lies, to name its files as the local engine does."""

    source: str
    base: str

    @classmethod
    def of(cls, source: str) -> Named:
        """A source by its path or its address."""
        return cls(source, source.rstrip("/") if "://" in source else os.path.abspath(source))

    def file(self, address: str) -> str:
        """A file of the source, by the address that Spark has for it."""
        at = unquote(address.removeprefix("file://").removeprefix("file:"))
        if at == self.base:
            return self.source
        inside = at.removeprefix(f"{self.base}/")
        return f"{self.source}!{inside}" if inside != at else at


def rows(named: Named, options: Options, batches: Batches) -> Iterator[tuple[Place, Record]]:
    """Rows of plain values. Columns: source, address, number, row."""
    for source, address, number, row in values(batches):
        file = named.file(address)
        yield (source, file, number), row_record(_in_utc(row), file, number, options)


def _in_utc(row: Mapping[str, Any]) -> dict[str, Any]:
    """Spark gives a time in the zone of its session, whatever zone it was written in."""
    return {
        name: value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value
        for name, value in row.items()
    }


def lines(
    named: Named, options: Options, before: Mapping[Block, int], batches: Batches
) -> Iterator[tuple[Place, Record]]:
    """Lines of JSONL, numbered on from those `before` their block in its file. Columns: source, address, block, line."""
    present, number, utf16 = None, 0, False
    for source, address, block, line in values(batches):
        if (source, address, block) != present:
            present = source, address, block
            number, utf16 = before[present], False
        number += 1
        if line.strip() and not utf16:
            utf16 = number == 1 and line.startswith(UTF16_MARKS)
            file = named.file(address)
            yield (source, file, number), line_record(line, file, number, options)


ITEMS: Columns = (("source", "int"), ("file", "string"), ("number", "long"), ("item", "binary"))


def csv_files(named: Named, options: Options, batches: Batches) -> Iterator[Any]:
    """What stands in whole files, since only from its start is it known where a row of CSV begins: rows of `ITEMS`.

    Columns: source, address, content.
    """
    return in_batches(_csv_items(named, options, batches), ITEMS, 1_000)


def _csv_items(named: Named, options: Options, batches: Batches) -> Iterator[tuple[Any, ...]]:
    for source, address, content in values(batches):
        file = named.file(address)
        for record in table_records("csv", io.BytesIO(content), file, options):
            for item in record():
                yield source, file, _line(item), pickle.dumps(item, pickle.HIGHEST_PROTOCOL)


def _line(item: Read) -> int:
    if isinstance(item, Post):
        return item.source.line
    return (item.line or 0) if isinstance(item, Unreadable) else 0


def items(batches: Batches) -> Iterator[tuple[Place, Record]]:
    """What was read ahead. Columns: those of `ITEMS`."""
    for source, file, number, item in values(batches):
        yield (source, file, number), partial(iter, [pickle.loads(item)])


def values(batches: Batches) -> Iterator[tuple[Any, ...]]:
    """The rows of Arrow's batches as plain values."""
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def in_batches(found: Iterator[tuple[Any, ...]], columns: Columns, size: int) -> Iterator[Any]:
    """Rows as Arrow's batches of so many rows."""
    import pyarrow

    kinds = {
        "string": pyarrow.string(),
        "binary": pyarrow.binary(),
        "int": pyarrow.int32(),
        "long": pyarrow.int64(),
    }
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in columns])
    while part := list(islice(found, size)):
        arrays = [
            pyarrow.array(cells, field.type)
            for cells, field in zip(zip(*part, strict=True), schema, strict=True)
        ]
        yield pyarrow.RecordBatch.from_arrays(arrays, schema=schema)
