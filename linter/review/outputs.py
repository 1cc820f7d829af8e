"""What a review is written as: JSONL, CSV and Parquet, each file there whole or not at all."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from linter.errors import Mistake, MistakesError, listed, nearest
from linter.review.index import Told
from linter.scores import SCORES
from linter.scores.readability import NAME as READABILITY
from linter.whole_files import descriptor, is_stream, wholly

Record = Mapping[str, Any]
Writer = Callable[[IO[bytes], Iterable[Told], bool], None]
COUNTS = ("words", "sentences", "questions", "genuine_questions", "rhetorical_questions")
_NAMED = ("id", "path", "lang", "date", "platform", "room", "room_kind", "author", "reply", "url")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LEVELS = ("suggestion", "warning", "error")
_TOGETHER = 2_000
_STDOUT = 1


def _jsonl(stream: IO[bytes], posts: Iterable[Told], with_text: bool) -> None:
    for post in posts:
        stream.write(f"{post.as_json(with_text)}\n".encode())


def _csv(stream: IO[bytes], posts: Iterable[Told], with_text: bool) -> None:
    """A row a post: what is known of it, its scores and counts, and the rules that speak by level."""
    text = io.TextIOWrapper(stream, "utf-8", newline="", write_through=True)
    rows: Any = None
    for post in posts:
        row = _row(post.record(with_text))
        if rows is None:
            rows = csv.DictWriter(text, list(row), lineterminator="\r\n")
            rows.writeheader()
        rows.writerow(row)
    text.detach()


def _row(record: Record) -> dict[str, Any]:
    row: dict[str, Any] = {name: harmless(record[name]) for name in _NAMED}
    row |= {name: record["scores"][name] for name in (*SCORES, READABILITY)}
    row |= {name: record["counts"][name] for name in COUNTS}
    row |= {"moves": " ".join(record["moves"]), "answers": record["answers"]}
    spoken = [one for one in record["findings"] if one["allowed"] is None]
    for level in _LEVELS:
        row[f"{level}s"] = " ".join(one["rule"] for one in spoken if one["level"] == level)
    row["allowed"] = " ".join(one["rule"] for one in record["findings"] if one["allowed"] is not None)
    return {**row, "text": harmless(record["text"])} if "text" in record else row


def harmless(value: Any) -> Any:
    """A cell that a spreadsheet shows and does not run: words that begin like a formula get an apostrophe before them."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value


def _parquet(stream: IO[bytes], posts: Iterable[Told], with_text: bool) -> None:
    """The same columns; findings and evidence as lists of their parts. Written in parts of some thousand posts."""
    from pyarrow import parquet

    writer = parquet.ParquetWriter(stream, schema(with_text), compression="zstd")
    for batch in batches(posts, with_text):
        writer.write_batch(batch)
    writer.close()


def batches(posts: Iterable[Told], with_text: bool) -> Iterator[Any]:
    """Posts as Arrow's batches of some thousand rows, in the columns of `schema`."""
    import pyarrow

    columns = schema(with_text)
    for part in _parts(post.record(with_text) for post in posts):
        yield pyarrow.RecordBatch.from_pylist([_columns(record) for record in part], schema=columns)


def _parts(records: Iterable[Record]) -> Iterator[list[Record]]:
    part: list[Record] = []
    for record in records:
        part.append(record)
        if len(part) == _TOGETHER:
            yield part
            part = []
    if part:
        yield part


def _columns(record: Record) -> dict[str, Any]:
    flat = {name: record[name] for name in (*_NAMED, "moves", "answers", "findings", "scores_version")}
    evidence = [{"score": name, **one} for name, parts in record["evidence"].items() for one in parts]
    text = {"text": record["text"]} if "text" in record else {}
    return {**flat, **record["scores"], **record["counts"], "evidence": evidence, **text}


def schema(with_text: bool) -> Any:
    """The columns of a review's Parquet, as Arrow's schema."""
    import pyarrow as arrow

    words, number, whole, flag = arrow.string(), arrow.float64(), arrow.int32(), arrow.bool_()
    place = [("start", whole), ("end", whole)]
    related = arrow.list_(arrow.struct([("post", words), *place, ("note", words)]))
    finding = [
        *((name, words) for name in ("rule", "clause", "level", "status")), *place,
        ("message", words), ("suggestion", words), ("related", related), ("allowed", words),
    ]  # fmt: skip
    evidence = [("score", words), *place, ("text", words), ("feature", words), ("points", number)]
    columns = [
        *((name, flag if name == "reply" else words) for name in _NAMED),
        *((name, number) for name in (*SCORES, READABILITY)),
        *((name, whole) for name in COUNTS),
        ("moves", arrow.list_(words)),
        ("answers", whole),
        ("findings", arrow.list_(arrow.struct(finding))),
        ("evidence", arrow.list_(arrow.struct(evidence))),
        ("scores_version", arrow.int32()),
        *([("text", words)] if with_text else []),
    ]
    return arrow.schema(columns)


WRITERS: dict[str, Writer] = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
"""Every form of a review by the name that `--output` takes."""


@dataclass(frozen=True, slots=True)
class Output:
    """A form and the file it goes to."""

    form: str
    path: Path

    @property
    def is_stream(self) -> bool:
        """Whether it goes to a pipe or a device, beside which nothing can be kept."""
        return is_stream(self.path)

    @property
    def is_stdout(self) -> bool:
        """Whether it goes where the summary would."""
        return descriptor(self.path) == _STDOUT

    def write(self, posts: Iterable[Told], with_text: bool = False) -> None:
        """Write the record of every post, its words with it where asked for, all or nothing. Raises MistakesError where the file cannot be written."""
        try:
            with wholly() as put:
                put(self.path, lambda stream: WRITERS[self.form](stream, posts, with_text))
        except BrokenPipeError:
            raise  # nobody reads on, and the command ends
        except OSError as error:
            reason = f"cannot be written: {error.strerror}"
            raise MistakesError([Mistake(str(self.path), None, reason)]) from None


def read_outputs(given: Iterable[str], sources: Iterable[str] = ()) -> tuple[Output, ...]:
    """What each FORMAT:FILE stands for. Raises MistakesError with everything that is amiss with them."""
    outputs, mistakes = list[Output](), list[Mistake]()
    taken = {os.path.realpath(source): "is what is to be reviewed" for source in sources}
    for words in given:
        form, _, file = words.partition(":")
        output = Output(form, Path("/dev/stdout" if file == "-" else file))
        place = os.path.realpath(output.path)
        if reason := _fault(words, form, file) or (f"{file} {taken[place]}" if place in taken else ""):
            mistakes.append(Mistake("--output", None, reason))
        elif not output.is_stream:
            taken[place] = "is named twice"
        outputs.append(output)
    if mistakes:
        raise MistakesError(mistakes)
    return tuple(outputs)


def _fault(words: str, form: str, file: str) -> str:
    """Why an output can't be written; nothing, where it can."""
    if form not in WRITERS:
        suffix = Path(words).suffix.removeprefix(".").lower()
        hint = (
            f"; did you mean {suffix}:{words}?" if suffix in WRITERS and not file else nearest(form, WRITERS)
        )
        return f"`{words}` is no FORMAT:FILE; formats are {listed(WRITERS)}{hint}"
    if not file:
        return f"`{words}` names no file; expected FORMAT:FILE, such as {form}:review.{form}"
    if not Path(file).parent.is_dir():
        return f"there is no folder {Path(file).parent} for {file}"
    if Path(file).is_dir():
        return f"{file} is a folder; expected the name of a file in it"
    if form == "parquet" and find_spec("pyarrow") is None:
        return "parquet needs pyarrow: pip install 'postlint[review]'"
    return ""
