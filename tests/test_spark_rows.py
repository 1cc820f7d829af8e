"""What Spark's workers read is what the local readers read, wherever a file is cut; and what joins keys."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from linter.cli import main
from linter.exports import Options, records
from linter.review.index import joined
from linter.spark.rows import Block, Named, csv_files, items, lines, rows
from tests.made_posts import ODD, PLAIN

LINES = st.lists(
    st.sampled_from(
        [*ODD, *(json.dumps(post).encode() for post in PLAIN if len(post["text"]) < 1_000), b"\r"]
    )
    | st.text(max_size=8).map(lambda text: json.dumps({"text": text}).encode())
    | st.binary(max_size=8).map(lambda data: data.replace(b"\n", b" ")),
    max_size=12,
)


def by_the_local_reader(name: str, content: bytes) -> list[Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        found = [item for record in records(str(path), Options()) for item in record()]
        told = [repr(item).replace(str(path), name) for item in found]
        return [one for one in told if "there are no posts in it" not in one]  # which no row says


def read(found: Iterator[Any]) -> list[str]:
    return [repr(item) for _, record in found for item in record()]


def batch(**columns: list[Any]) -> Any:
    return pyarrow.RecordBatch.from_pydict(columns)


@example([json.dumps({"text": "a"}).encode(), b"\xff\xfe", json.dumps({"text": "b"}).encode()], [])
@example(["a\nb".encode("utf-16"), b"\x00b", b"\x00"], [])
@given(LINES, st.lists(st.integers(0, 12), max_size=3))
def test_lines_are_read_and_numbered_as_in_one_file_wherever_it_is_cut(
    found: list[bytes], cuts: list[int]
) -> None:
    places = sorted({0, *(cut for cut in cuts if cut < len(found))})
    before: dict[Block, int] = {(0, "file:/a.jsonl", place): place for place in places}
    blocks = [max(place for place in places if place <= at) for at in range(len(found))]
    columns: dict[str, list[Any]] = {
        "source": [0] * len(found),
        "address": ["file:/a.jsonl"] * len(found),
        "block": blocks,
        "line": found,
    }
    told = read(lines(Named("a.jsonl", "/a.jsonl"), Options(), before, [batch(**columns)]))
    assert told == by_the_local_reader("a.jsonl", b"\n".join(found))


@given(st.text("a,;\"'\n\r té@1", max_size=60))
def test_a_file_of_csv_is_read_as_here(text: str) -> None:
    content = f"text,id\n{text}\nhello there,1\n".encode()
    whole = batch(source=[0], address=["file:/a.csv"], content=[content])
    named = Named("a.csv", "/a.csv")
    assert read(items(csv_files(named, Options(), [whole]))) == by_the_local_reader("a.csv", content)


def test_without_pyspark_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "py4j.protocol", None)
    (tmp_path / "posts.jsonl").write_text('{"text": "Hello."}')
    arguments = ["review", "posts.jsonl", "--engine", "spark", "--output", "parquet:out"]
    ran = CliRunner().invoke(main, arguments)
    assert (ran.exit_code, "pip install 'postlint[spark]'" in ran.stderr) == (2, True), ran.output


def test_places_follow_the_order_of_input() -> None:
    content = b'text,id\n"two\nlines",1\nx\nlast,2\n'
    whole = batch(source=[3], address=["file:/in/a%20b.csv"], content=[content])
    found = list(items(csv_files(Named("in", "/in"), Options(), [whole])))
    assert [place for place, _ in found] == [(3, "in!a b.csv", number) for number in (2, 4, 5)]


@pytest.mark.parametrize(
    ("source", "base", "address", "file"),
    [
        ("posts.jsonl", "/w/posts.jsonl", "file:/w/posts.jsonl", "posts.jsonl"),
        ("posts.jsonl", "/w/posts.jsonl", "file:///w/posts.jsonl", "posts.jsonl"),
        ("in", "/w/in", "file:///w/in/a/b%20c%25.jsonl", "in!a/b c%.jsonl"),
        ("in/", "/w/in", "file:/w/in/a.jsonl", "in/!a.jsonl"),
        ("in", "/w/in", "file:/w/inner/a.jsonl", "/w/inner/a.jsonl"),
        ("s3a://team/in", "s3a://team/in", "s3a://team/in/a.parquet", "s3a://team/in!a.parquet"),
        ("frame", "frame", "frame", "frame"),
    ],
)
def test_a_file_is_named_as_the_local_engine_names_it(
    source: str, base: str, address: str, file: str
) -> None:
    assert Named(source, base).file(address) == file


def test_a_time_with_a_zone_is_told_in_utc() -> None:
    from datetime import datetime, timedelta, timezone

    when = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    found = rows(
        Named("a", "a"),
        Options(),
        [batch(source=[0], address=["a"], number=[1], row=[{"text": "x", "date": when}])],
    )
    ((_, record),) = found
    (post,) = record()
    assert post.context.time.isoformat() == "2026-06-30T23:30:00+00:00"  # type: ignore[union-attr]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_keys_are_joined_through_others_and_no_further(pairs: list[tuple[int, int]]) -> None:
    groups = {key: {key} for pair in pairs for key in pair}
    for one, other in pairs:
        together = groups[one] | groups[other]
        groups |= dict.fromkeys(together, together)
    top = joined(pairs)
    assert {key: {one for one in top if top[one] == top[key]} for key in top} == groups
