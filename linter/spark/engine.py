"""`postlint review --engine spark`: whole sources to a folder of Parquet, on this machine or wherever Spark is told to run."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from linter.errors import Mistake, MistakesError
from linter.finding import LEVELS
from linter.review.request import Request
from linter.review.tally import Tally
from linter.spark.frame import Review, kept
from linter.spark.sources import address, inputs, literal
from linter.workspace import Workspace

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_PLACES = ("SPARK_REMOTE", "PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS")
"""What in the environment says where Spark runs; the second is how spark-submit says it."""
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    # a post takes some tenths of a millisecond: the parts that Spark makes of files by default are work for many minutes
    "spark.sql.files.maxPartitionBytes": "16m",
    "spark.sql.files.openCostInBytes": "1m",
}
_SETTINGS_HERE = {**_SETTINGS, "spark.log.level": "ERROR"}
_MENDABLE = re.compile(
    r"\[(JAVA_GATEWAY_EXITED|PATH_NOT_FOUND|PATH_ALREADY_EXISTS|CANNOT_READ_FILE_FOOTER|FAILED_READ_FILE|UNABLE_TO_INFER_SCHEMA)"
    r"[.\w]*\] (.+)"
)
"""Spark's names of what a person can mend, and its sentence."""
_NO_JAVA = "Spark does not start; it needs Java 17 or later, found by JAVA_HOME or on the PATH"
_SHOWN = 20


def review(request: Request, folder: str, jobs: int | None) -> Tally:
    """Review every source into a folder of Parquet; what was seen, for the lines at the end.

    `jobs` is how many processes look at posts on this machine. Raises MistakesError for what is amiss with the sources, the
    folder, or where Spark is to run.
    """
    if "://" not in folder and Path(folder).exists():
        reason = f"`{folder}` is there already; name a folder that is not"
        raise MistakesError([Mistake("--output", None, reason)])
    with _mistakes(), _session(jobs) as spark:
        config = Workspace().config_for(Path())
        found = Review.of(request, config, inputs(spark, request.sources, request.kind, request.options))
        with kept(found.keys()) as keys:
            found.records(keys).write.option("compression", "zstd").parquet(address(folder))
            return _tally(request, spark.read.parquet(literal(address(folder))), keys)


@contextmanager
def _session(jobs: int | None) -> Iterator[SparkSession]:
    """A session, ended where it began here."""
    from pyspark.sql import SparkSession

    said = next((name for name in _PLACES if os.environ.get(name)), "")
    if jobs and said:
        raise MistakesError(
            [Mistake("--jobs", None, f"{said} says already where Spark runs; leave one of them out")]
        )
    if not said:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    before = SparkSession.getActiveSession()
    builder = SparkSession.builder.appName("postlint review").config(
        map=_SETTINGS if said else _SETTINGS_HERE
    )
    spark = (builder.master(f"local[{jobs}]") if jobs else builder).getOrCreate()
    try:
        yield spark
    finally:
        if before is None:
            spark.stop()


@contextmanager
def _mistakes() -> Iterator[None]:
    """What a person can mend is said as everywhere; every other error of Spark's stays as it is."""
    try:
        from py4j.protocol import Py4JJavaError
        from pyspark.errors import PySparkException
    except ModuleNotFoundError:
        reason = "pyspark must be installed: pip install 'postlint[spark]'"
        raise MistakesError([Mistake("--engine spark", None, reason)]) from None
    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        said = _MENDABLE.search(str(error))
        if said is None:
            raise
        reason = _NO_JAVA if said[1] == "JAVA_GATEWAY_EXITED" else said[2]
        raise MistakesError([Mistake("--engine spark", None, reason)]) from None


def _tally(request: Request, records: DataFrame, keys: DataFrame) -> Tally:
    """What was seen, by what was written."""
    by_kind = _counts(keys, "kind")
    with_rows = {row["source"] for row in keys.select("source").distinct().collect()}
    empty = [source for number, source in enumerate(request.sources) if number not in with_rows]
    spoken = records.selectExpr("inline(findings)").where("allowed is null")
    with_level = records.selectExpr(
        *(
            f"count_if(exists(findings, one -> one.level = '{level}' and one.allowed is null)) as {level}"
            for level in LEVELS
        )
    )
    amiss = keys.where("kind = 'unreadable'").orderBy("source", "file", "number").limit(_SHOWN)
    return Tally(
        posts=_counts(records.selectExpr("coalesce(platform, 'no platform') as platform"), "platform"),
        with_level=Counter(with_level.head().asDict()),
        rules=_counts(spoken, "rule"),
        unreadable=[
            *(f"{source}: there are no posts in it" for source in empty),
            *(str(Mistake(row["file"], row["line"], row["reason"])) for row in amiss.collect()),
        ][:_SHOWN],
        unread=by_kind["unreadable"] + len(empty),
        heard=by_kind["heard"],
    )


def _counts(frame: DataFrame, column: str) -> Counter[str]:
    return Counter(dict(map(tuple, frame.groupBy(column).count().collect())))
