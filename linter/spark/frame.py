"""The plan of a review by Spark: rows looked at wherever they lie, brought together by what joins them, and judged."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linter.config import DEFAULT, Config
from linter.errors import Mistake, MistakesError, listed, nearest, shown
from linter.exports import Options
from linter.post_keys import KEYS as POST_KEYS
from linter.readers.csv_rows import header_fault
from linter.review.index import joined
from linter.review.outputs import schema
from linter.review.request import Request, read_rooms
from linter.spark.rows import Columns, Named, Reader, rows, values
from linter.spark.work import KEYS, LOOKED_AT, judged, keys, looked_at

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

FRAME = "frame"
"""What stands for the file of a post that came from a frame."""


@dataclass(frozen=True, slots=True)
class Input:
    """Rows of one kind, and how records are made of them."""

    frame: DataFrame
    read: Reader


@dataclass(frozen=True, slots=True)
class Review:
    """A request with all that workers must know of it, and what is to be reviewed."""

    request: Request
    packed: bytes
    inputs: Sequence[Input]

    @classmethod
    def of(cls, request: Request, config: Config, inputs: Sequence[Input]) -> Review:
        """What is asked for, under a configuration, today."""
        absolute = replace(request, rule_paths=tuple(path.absolute() for path in request.rule_paths))
        return cls(request, pickle.dumps((absolute, config, date.today())), inputs)

    def keys(self) -> DataFrame:
        """What is known of each row before it is looked at."""
        return self._mapped(keys, KEYS)

    def records(self, keys: DataFrame) -> DataFrame:
        """The record of each post. The keys are gone through at once; nothing else is done before the records are asked for."""
        from pyspark.sql import functions
        from pyspark.sql.pandas.types import from_arrow_schema

        found = self._mapped(looked_at, LOOKED_AT).withColumn("group", functions.col("key"))
        if keys.where("own is not null").head(1):
            found = _grouped(found, joined(_pairs(keys)))
        columns = from_arrow_schema(schema(self.request.with_text))
        return found.select("group", "told", "kept").mapInArrow(partial(judged, self.packed), columns)

    def _mapped(self, work: Callable[..., Any], columns: Columns) -> DataFrame:
        ddl = ", ".join(f"{name} {kind}" for name, kind in columns)
        found = [one.frame.mapInArrow(partial(work, one.read, self.packed), ddl) for one in self.inputs]
        return reduce(lambda one, other: one.unionAll(other), found)


def _pairs(keys: DataFrame) -> Iterator[tuple[Any, ...]]:
    """The keys that a thread or a reply joins, as numbers: all that is ever brought to the driver."""
    from pyspark.sql import functions

    threads = keys.where("thread is not null").select("own", functions.col("thread").alias("other"))
    replies = keys.where("answered is not null").select("own", "answered")
    posts = keys.where("post is not null").select(functions.col("own").alias("other"), "post").distinct()
    answers = replies.join(posts, replies["answered"] == posts["post"]).select("own", "other")
    found = threads.unionAll(answers).where("own != other").distinct().toArrow()
    return values(found.to_batches())


def _grouped(found: DataFrame, top: Mapping[int, int]) -> DataFrame:
    """Looks brought together by group, each group in order of input."""
    import pyarrow
    from pyspark.sql import functions

    if top:
        table = pyarrow.table({"of": list(top), "top": list(top.values())})
        tops = found.sparkSession.createDataFrame(table)
        found = found.join(tops, found["key"] == tops["of"], "left")
        found = found.withColumn("group", functions.coalesce("top", "key"))
    return found.repartition("group").sortWithinPartitions("group", "source", "file", "number")


def lint_frame(
    df: DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    date_format: str = "",
    rooms: str | Path | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    rule_paths: Collection[str | Path] = (),
    with_text: bool = False,
) -> DataFrame:
    """The record of each post of a frame, in the columns of the Parquet that `postlint review` writes; in no order.

    A row holds a post under the names of the contract (`text`, `id`, `author`, `date` …), or `columns` says which column is
    which; others are passed over. `rooms` is a file as for `--rooms`; the configuration of this folder holds. Where posts stand
    in rooms or threads, the frame is read once at the call, for its keys, and again when the records are asked for: cache one
    that is dear to make. Rows that cannot be read are left out, which a warning says; `unreadable_rows` gives them.

    Raises MistakesError where a column, a rule or the configuration is amiss.
    """
    options = Options(dict(columns or {}), date_format)
    request = Request(
        (FRAME,), "", options, with_text, tuple(select), tuple(ignore), tuple(map(Path, rule_paths))
    )
    config = request.looker().config
    known = read_rooms(Path(rooms) if rooms else None, config)
    options = replace(options, rooms=known, author=config.author)
    review = Review.of(replace(request, options=options), config, [_of_frame(df, options)])
    with kept(review.keys()) as keys:
        unread = keys.where("kind = 'unreadable'").count()
        records = review.records(keys)
    if unread:
        told = f"{unread:,} row{'s' * (unread != 1)} of the frame cannot be read as a post; unreadable_rows gives them"
        warnings.warn(told, stacklevel=2)
    return records


def unreadable_rows(
    df: DataFrame, *, columns: Mapping[str, str] | None = None, date_format: str = ""
) -> DataFrame:
    """The rows of a frame that cannot be read as a post: their place in the frame, from 1 and with gaps, and the `reason`."""
    options = Options(dict(columns or {}), date_format)
    review = Review.of(Request((FRAME,), "", options), DEFAULT, [_of_frame(df, options)])
    return review.keys().where("kind = 'unreadable'").select("number", "reason")


@contextmanager
def kept(frame: DataFrame) -> Any:
    """A frame that is worked out once, while it is needed."""
    frame.persist()
    try:
        yield frame
    finally:
        frame.unpersist()


def _of_frame(df: DataFrame, options: Options) -> Input:
    from pyspark.sql import functions

    place = functions.lit(0).alias("source"), functions.lit(FRAME).alias("address")
    number = (functions.monotonically_increasing_id() + 1).alias("number")
    return Input(df.select(*place, number, row_of(df, options)), partial(rows, Named(FRAME, FRAME), options))


def row_of(df: DataFrame, options: Options, place: str = "columns") -> Any:
    """The columns of a frame that a post is made of, as one; `place` is what a mistake is said of.

    Raises MistakesError where `text` is missing, and where a column is asked for that is not there.
    """
    from pyspark.sql import functions

    mistakes = [
        Mistake(place, None, _no_column(ours, theirs, df.columns))
        for ours, theirs in options.columns.items()
        if theirs not in df.columns
    ]
    asked = set(options.columns.values())
    named = [name for name in df.columns if name in asked or name.lower() in POST_KEYS]
    ours = [*options.columns, *(name.lower() for name in named if name not in asked)]
    if not mistakes and (fault := header_fault(ours if "text" in ours else df.columns)):
        mistakes = [Mistake(place, None, fault)]
    if mistakes:
        raise MistakesError(mistakes)
    quoted = (name.replace("`", "``") for name in named)
    return functions.struct(*(functions.col(f"`{name}`") for name in quoted)).alias("row")


def _no_column(ours: str, theirs: str, there: Sequence[str]) -> str:
    names = listed(map(shown, there))
    return (
        f"`{ours}` is to come from `{theirs}`, which is no column; there are {names}{nearest(theirs, there)}"
    )
