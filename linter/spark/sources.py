"""Sources that Spark reads: tables, here or wherever its file systems reach."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from linter.errors import Mistake, MistakesError, listed, shown
from linter.exports import Options, fault_of, kind_of
from linter.exports.archive import Archive, open_archive
from linter.exports.table import TABLES, table_names
from linter.post import Unreadable
from linter.spark.frame import Input, row_of
from linter.spark.rows import ITEMS, Block, Named, csv_files, items, lines, rows

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MAX_CSV = 1_000_000_000
"""The most bytes of one file of CSV, which one worker reads whole."""
_GLOB = re.compile(r"([\[\]{}*?,\\])")


def inputs(spark: SparkSession, sources: Sequence[str], kind: str, options: Options) -> list[Input]:
    """The rows of every source. Raises MistakesError with every source that Spark cannot read."""
    found: list[Input] = []
    mistakes: list[Mistake] = []
    for number, source in enumerate(sources):
        try:
            its_kind, paths = _found(source, kind)
            found.append(_INPUTS[its_kind](spark, number, Named.of(source), paths, options))
        except MistakesError as error:
            mistakes += error.mistakes
    if mistakes:
        raise MistakesError(mistakes)
    return found


def _found(source: str, kind: str) -> tuple[str, list[str]]:
    """The kind of a source, and the paths of its files, or its own where only Spark can look into it."""
    if "://" in source:
        kind = kind or kind_of(Archive(source, (source,)))
        if kind not in TABLES:
            raise _mistake(source, f"what it is cannot be told from here; --from says it: {listed(TABLES)}")
        return kind, [source]
    archive = open_archive(source)
    if isinstance(archive, Unreadable):
        raise _mistake(source, archive.reason)
    archive.close()
    if fault := fault_of(archive, kind):
        raise _mistake(source, fault)
    kind = kind or kind_of(archive)
    if kind not in TABLES or archive.is_zip:
        what = "a zip" if archive.is_zip else f"an export of {kind}"
        raise _mistake(
            source, f"{what}; Spark reads {listed(TABLES)}, and the local engine, without --engine, the rest"
        )
    folder = source if os.path.isdir(source) else os.path.dirname(source)
    names = table_names(kind, archive)
    if hidden := [name for name in names if name.rpartition("/")[2].startswith(("_", "."))]:
        raise _mistake(
            source,
            f"Spark passes over names that begin with `_` or `.`, such as `{shown(hidden[0])}`; give it another",
        )
    return kind, [literal(address(os.path.join(folder, name))) for name in names]


def address(path: str) -> str:
    """A path of this machine as an address, so that Spark looks nowhere else; an address as it is."""
    return path if "://" in path else f"file://{os.path.abspath(path)}"


def literal(path: str) -> str:
    """A path for Spark to read, in which no character stands for others."""
    return _GLOB.sub(r"\\\1", path)


def _mistake(source: str, reason: str) -> MistakesError:
    return MistakesError([Mistake(source, None, reason)])


def _jsonl(spark: SparkSession, number: int, named: Named, paths: list[str], options: Options) -> Input:
    """Lines as bytes, with how many stand before each block that Spark makes of a file: so each has its number."""
    from pyspark.sql import functions

    text = _reader(spark).text(paths, lineSep="\n")
    at = (
        functions.col("_metadata.file_path").alias("address"),
        functions.col("_metadata.file_block_start").alias("block"),
    )
    frame = text.select(
        functions.lit(number).alias("source"), *at, functions.col("value").cast("binary").alias("line")
    )
    counted = frame.groupBy("address", "block").count().orderBy("address", "block").collect()
    before: dict[Block, int] = {}
    so_far: dict[str, int] = defaultdict(int)
    for address, block, count in counted:
        before[number, address, block] = so_far[address]
        so_far[address] += count
    return Input(frame, partial(lines, named, options, before))


def _csv(spark: SparkSession, number: int, named: Named, paths: list[str], options: Options) -> Input:
    from pyspark.sql import functions

    files = _reader(spark).format("binaryFile").load(paths)
    large = files.where(files["length"] > MAX_CSV).select("_metadata.file_path").collect()
    if large:
        reason = f"larger than {MAX_CSV:,} bytes, which one worker would have to read whole; make Parquet of it, or smaller files"
        raise MistakesError([Mistake(named.file(address), None, reason) for (address,) in large])
    place = functions.col("_metadata.file_path").alias("address")
    frame = files.select(functions.lit(number).alias("source"), place, "content")
    ddl = ", ".join(f"{name} {kind}" for name, kind in ITEMS)
    read = frame.mapInArrow(partial(csv_files, named, options), ddl)
    return Input(read.repartition("file", "number"), items)


def _parquet(spark: SparkSession, number: int, named: Named, paths: list[str], options: Options) -> Input:
    from pyspark.sql import functions

    table = _reader(spark).option("mergeSchema", "true").parquet(*paths)
    place = functions.col("_metadata.file_path").alias("address")
    row_number = (functions.col("_metadata.row_index") + 1).alias("number")
    frame = table.select(
        functions.lit(number).alias("source"), place, row_number, row_of(table, options, named.source)
    )
    return Input(frame, partial(rows, named, options))


def _reader(spark: SparkSession) -> Any:
    """Of folders every file is read, as elsewhere, and the names of folders say nothing."""
    return spark.read.option("recursiveFileLookup", "true")


_INPUTS: dict[str, Callable[..., Input]] = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
