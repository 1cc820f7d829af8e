"""Reviews by Spark: the records that the local engine gives, value by value, by `--engine spark` and by `lint_frame`."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from linter.cli import main
from linter.config import DEFAULT, Config
from linter.errors import MistakesError
from linter.exports import Record
from linter.review.look import Line, Looker
from linter.review.request import Request
from linter.workspace import Workspace
from tests.conftest import LOOPBACK, ROOT
from tests.made_posts import MILLBECK, made, write

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

pytestmark = [pytest.mark.spark, LOOPBACK]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A session such as a job of somebody's own has, with Python's workers of this environment."""
    sql = pytest.importorskip("pyspark.sql")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYTHONPATH", str(ROOT))
        settings = {
            "spark.ui.enabled": "false",
            "spark.log.level": "ERROR",
            "spark.sql.shuffle.partitions": "4",
            # what runs for a minute is not worth compiling well
            "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        }
        session = sql.SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
        yield session
        session.stop()


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["review", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def local(tmp_path: Path, *arguments: str) -> tuple[list[dict[str, Any]], Result]:
    from pyarrow import parquet

    ran = run(*arguments, "--output", f"parquet:{tmp_path / 'local'}")
    return parquet.read_table(tmp_path / "local").to_pylist(), ran


def by_spark(tmp_path: Path, *arguments: str) -> tuple[list[dict[str, Any]], Result]:
    from pyarrow import parquet

    folder = tmp_path / "by spark, local[2] {*}"
    ran = run(*arguments, "--engine", "spark", "--output", f"parquet:{folder}")
    assert folder.is_dir(), ran.output
    return parquet.read_table(folder).to_pylist(), ran


def in_order(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What Spark writes has no order: records are known by their ids, and by their words where several have one."""
    return sorted(records, key=lambda record: (record["id"], record["path"], json.dumps(record, default=str)))


def assert_the_same(tmp_path: Path, *arguments: str) -> list[dict[str, Any]]:
    ours, told = local(tmp_path, *arguments, "--jobs", "2")
    theirs, told_by_spark = by_spark(tmp_path, *arguments)
    assert in_order(theirs) == in_order(ours)
    assert list(theirs[0]) == list(ours[0])
    assert told_by_spark.stdout == told.stdout
    assert told_by_spark.stderr == told.stderr
    assert told_by_spark.exit_code == told.exit_code
    return ours


def test_the_records_of_twenty_thousand_posts_are_those_of_the_local_engine(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".postlint.yaml").write_bytes((MILLBECK / ".postlint.yaml").read_bytes())
    write(tmp_path / "posts.jsonl", made(20_000, seed=1))
    records = assert_the_same(tmp_path, "posts.jsonl", "--with-text")
    found = [one["rule"] for record in records for one in record["findings"]]
    assert len(records) > 2_000
    assert {"pitch-after-pitch", "question-still-waits", "leave-it-there"} <= set(found)
    assert any(one["related"] for record in records for one in record["findings"])
    assert {record["answers"] for record in records} >= {None, 0, 1, 2}
    assert any(record["id"].startswith("posts.jsonl:") for record in records)
    assert {None, "en"} <= {record["lang"] for record in records}


def test_where_everybody_is_judged_too(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "posts.jsonl", made(1_600, seed=2))
    records = assert_the_same(tmp_path, "posts.jsonl")
    assert len({record["author"] for record in records}) > 100
    assert sum(len(record["findings"]) for record in records) > 1_000


def test_a_folder_with_names_that_mean_something_to_spark(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = made(600, seed=3)
    for number, name in enumerate(("in/b/{x}[1] *.jsonl", "in/a=1/é%20.JSONL", "in/a=1/z.ndjson")):
        write(tmp_path / name, lines[number * 200 : number * 200 + 200])
    write(tmp_path / "in" / "readme.txt", [b"nothing of ours"])
    write(tmp_path / "blank.jsonl", [b"", b""])
    records = assert_the_same(tmp_path, "blank.jsonl", "in", "in/a=1/z.ndjson", "in")
    assert len({record["path"] for record in records}) == 4


def test_csv_with_lines_in_its_cells_and_rows_that_do_not_fit(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    posts = [json.loads(line) for line in (MILLBECK / "posts.jsonl").read_text("utf-8").splitlines()[:200]]
    with (tmp_path / "posts.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.DictWriter(
            stream, ["Message", "id", "Who", "platform", "room", "date", "reply_to"], delimiter=";"
        )
        table.writeheader()
        for post in posts:
            told = {key: post[key] for key in table.fieldnames if key in post}
            table.writerow({**told, "Message": post["text"].replace(". ", ".\n"), "Who": post["author"]})
        stream.write('a;b\n\nx;;;soon;;;\n"never closed;1\n')
    assert_the_same(tmp_path, "posts.csv", "--map", "text=Message,author=Who")


def test_parquet_with_times_numbers_and_nested_cells(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow
    from pyarrow import parquet

    monkeypatch.chdir(tmp_path)
    posts = [json.loads(line) for line in (MILLBECK / "posts.jsonl").read_text("utf-8").splitlines()[:200]]
    replies = [{"id": post["reply_to"], "text": None} if "reply_to" in post else None for post in posts]
    when = [datetime.fromisoformat(post["date"]).replace(tzinfo=UTC) for post in posts]
    columns = {
        "Text": pyarrow.array([post["text"] if at % 9 else " " for at, post in enumerate(posts)]),
        "id": pyarrow.array([post["id"] for post in posts]),
        "author": pyarrow.array([post["author"] for post in posts]).dictionary_encode(),
        "date": pyarrow.array(when, pyarrow.timestamp("us", "UTC")),
        "room": pyarrow.array([len(post["room"]) for post in posts]),
        "platform": pyarrow.array([post["platform"] for post in posts]),
        "reply_to": pyarrow.array(replies),
        "images": pyarrow.array([[{"file": "a.png", "alt": None}]] * len(posts)),
        "extra.`1`": pyarrow.array([1.5] * len(posts)),
    }
    (tmp_path / "in").mkdir()
    parquet.write_table(pyarrow.table(columns), tmp_path / "in" / "a.parquet", row_group_size=50)
    parquet.write_table(
        pyarrow.table({"text": ["Hello there."], "visit": [1]}), tmp_path / "in" / "b.parquet"
    )
    records = assert_the_same(tmp_path, "in")
    assert {record["date"] for record in records if record["date"]} <= {time.isoformat() for time in when}


@pytest.mark.parametrize(
    ("name", "content", "arguments", "said"),
    [
        ("posts.zip", None, [], "posts.zip: no such file or folder"),
        ("posts.txt", b"hello", [], "posts.txt: a review is of past posts; `postlint check` reads drafts"),
        ("tweets.js", b"window.YTD.tweets.part0 = []", [], "tweets.js: an export of x; Spark reads"),
        ("posts.parquet", b"PAR1 is this none?", [], "posts.parquet"),
        ("_posts.jsonl", b"{}", [], "_posts.jsonl: Spark passes over names that begin with `_` or `.`"),
        ("posts.jsonl", b"{}", ["--resume"], "--resume is for the local engine"),
        ("posts.jsonl", b"{}", ["--report", "r.html"], "--report is for the local engine"),
        ("posts.jsonl", b"{}", ["--output", "csv:out.csv"], "--output parquet:FOLDER, once"),
        ("posts.jsonl", b"{}", ["--select", "insults"], "did you mean insult?"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_named(
    name: str, content: bytes | None, arguments: list[str], said: str, spark: SparkSession, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ran = run(name, "--engine", "spark", "--output", "parquet:out", *arguments)
    assert (ran.exit_code, said in ran.stderr) == (2, True), ran.stderr


def test_a_folder_that_is_there_is_left_alone(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "posts.jsonl", made(40, seed=4))
    write(tmp_path / "out" / "mine.txt", [b"mine"])
    ran = run("posts.jsonl", "--engine", "spark", "--output", "parquet:out")
    assert (ran.exit_code, "--output: `out` is there already" in ran.stderr) == (2, True), ran.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_where_there_is_no_java_it_is_said(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    write(tmp_path / "posts.jsonl", made(40, seed=4))
    command = [
        sys.executable,
        "-m",
        "linter",
        "review",
        "posts.jsonl",
        "--engine",
        "spark",
        "--output",
        "parquet:out",
    ]
    environment = {**os.environ, "JAVA_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, "--engine spark: Spark does not start; it needs Java 17" in ran.stderr) == (
        2,
        True,
    ), ran.stderr
    assert "Traceback" not in ran.stderr


def test_jobs_where_the_environment_says_where_spark_runs(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", "--master local[1] pyspark-shell")
    write(tmp_path / "posts.jsonl", made(40, seed=4))
    ran = run("posts.jsonl", "--engine", "spark", "--output", "parquet:out", "--jobs", "2")
    assert (ran.exit_code, "--jobs: PYSPARK_SUBMIT_ARGS says already" in ran.stderr) == (2, True), ran.stderr


def frame_of(spark: SparkSession, posts: list[dict[str, Any]]) -> DataFrame:
    columns = "text string, id string, author string, platform string, room string, date string, reply_to string, thread string, stage string"
    names = [part.split()[0] for part in columns.split(", ")]
    return spark.createDataFrame([tuple(post.get(name) for name in names) for post in posts], columns)


def test_a_frame_in_a_session_of_ones_own(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linter.spark import lint_frame

    monkeypatch.chdir(MILLBECK)
    posts = [json.loads(line) for line in (MILLBECK / "posts.jsonl").read_text("utf-8").splitlines()]
    frame = frame_of(spark, posts).repartitionByRange(3, "date")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = lint_frame(frame)
        rows = [row.asDict(recursive=True) for row in found.collect()]
    ours, _ = local(tmp_path, "posts.jsonl", "--jobs", "1")
    assert found.columns == list(ours[0])
    assert in_order(rows) == in_order([{**record, "path": "frame"} for record in ours])
    found.write.parquet(str(tmp_path / "frame"))
    assert spark.read.parquet(str(tmp_path / "frame")).schema == found.schema


def test_a_frame_with_columns_of_other_names(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linter.spark import lint_frame

    monkeypatch.chdir(tmp_path)
    (tmp_path / "rooms.yaml").write_text("mill: {platform: facebook, kind: community, from: [The Mill]}\n")
    frame = spark.createDataFrame(
        [("Hello. Who is new here?", "The Mill", "03/05/2026", 1), ("Only words.", None, None, 2)],
        "`Message.body` string, room string, `When` string, id int",
    )
    found = lint_frame(
        frame, columns={"text": "Message.body", "date": "When"}, date_format="%d/%m/%Y", rooms="rooms.yaml",
        select=["G4"], with_text=True,
    )  # fmt: skip
    rows = {row["id"]: row for row in found.collect()}
    assert (rows["1"]["room"], rows["1"]["room_kind"], rows["1"]["platform"]) == (
        "mill",
        "community",
        "facebook",
    )
    assert (rows["1"]["date"], rows["2"]["date"]) == ("2026-05-03T00:00:00+00:00", None)
    assert rows["2"]["text"] == "Only words."
    assert {one["clause"] for row in rows.values() for one in row["findings"]} <= {"G4"}


@pytest.mark.parametrize(
    ("theirs", "answers"),
    [({"thread": "t"}, 0), ({"thread": "u"}, None), ({"reply_to": "a"}, 1), ({"reply_to": "b"}, None)],
    ids=["in its thread", "in another thread", "an answer", "an answer to something else"],
)
def test_posts_are_brought_together_by_thread_and_by_reply(
    theirs: dict[str, str],
    answers: int | None,
    spark: SparkSession,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from linter.spark import lint_frame

    monkeypatch.chdir(tmp_path)
    (tmp_path / ".postlint.yaml").write_text("author: us\n")
    both = {"text": "Lovely day by the river.", "platform": "facebook", "room": "mill"}
    posts = [
        {**both, "id": "a", "author": "us", "thread": "t"},
        {**both, "id": "c", "author": "jo", **theirs},
    ]
    (row,) = lint_frame(frame_of(spark, posts)).collect()
    assert (row["id"], row["answers"]) == ("a", answers)


def test_an_empty_frame_gives_an_empty_frame(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linter.spark import lint_frame

    monkeypatch.chdir(tmp_path)
    assert lint_frame(frame_of(spark, [])).count() == 0


def test_rows_that_are_no_post_are_told_of(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linter.spark import lint_frame, unreadable_rows

    monkeypatch.chdir(tmp_path)
    posts: list[dict[str, Any]] = [
        {"text": None, "id": "a"},
        {"text": "  ", "id": "b"},
        {"text": "Hello.", "id": "c", "platform": "myspace"},
        {"text": "x" * 100_001, "id": "d"},
        {"text": "y " * 50_000, "id": "e"},
        {"text": "Hello there.", "id": "f", "date": ""},
        {"text": "Guten Morgen zusammen, wir sehen uns dann am Samstag am Stand.", "id": "g"},
    ]
    frame = frame_of(spark, posts)
    with pytest.warns(
        UserWarning, match="4 rows of the frame cannot be read as a post; unreadable_rows gives them"
    ):
        found = lint_frame(frame)
    assert sorted(row["id"] for row in found.collect()) == ["e", "f", "g"]
    reasons = " ".join(row["reason"] for row in unreadable_rows(frame).collect())
    for said in ("`text` is missing", "no words", "`platform` holds `myspace`", "100,001 characters"):
        assert said in reasons


@pytest.mark.parametrize(
    ("columns", "names", "said"),
    [
        ({}, ["Texts", "id"], "no column named `text`; found Texts or id; is `Texts` the one?"),
        ({"text": "Mesage"}, ["Message", "id"], "`text` is to come from `Mesage`, which is no column; there are Message or id; did you mean Message?"),
        ({"author": "who"}, ["text", "name"], "`author` is to come from `who`"),
        ({}, ["text", "Text"], "the column text stands there twice"),
    ],
)  # fmt: skip
def test_a_column_that_is_missing_is_named(
    columns: dict[str, str], names: list[str], said: str, spark: SparkSession
) -> None:
    from linter.spark import lint_frame

    frame = spark.createDataFrame([("a",) * len(names)], ", ".join(f"{name} string" for name in names))
    with pytest.raises(MistakesError, match=re.escape(said)):
        lint_frame(frame, columns=columns)


def test_the_example_of_the_page_gives_what_it_says(
    spark: SparkSession, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(MILLBECK)
    page = (ROOT / "docs" / "spark.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (shown,) = re.findall(r"```\n(\+-.*?)```", page, re.DOTALL)
    exec(code.replace("posts.jsonl", str(MILLBECK / "posts.jsonl")), {})
    assert capsys.readouterr().out.strip() == shown.strip()


class Faulty(Looker):
    """One that has a fault of ours."""

    def lines(self, record: Record) -> Iterator[Line]:
        raise ZeroDivisionError("a fault of ours")


class FaultyRequest(Request):
    """One whose posts are looked at so."""

    def looker(self, config: Config | None = None, today: date | None = None) -> Looker:
        return Faulty(Workspace(), DEFAULT)


def test_a_fault_in_a_worker_is_not_hidden(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark.errors import PythonException

    from linter.spark.engine import review

    monkeypatch.chdir(tmp_path)
    write(tmp_path / "posts.jsonl", made(40, seed=4))
    assert review(Request(("posts.jsonl",)), "good", None).posts.total() == 27
    with pytest.raises(PythonException, match="a fault of ours"):
        review(FaultyRequest(("posts.jsonl",)), "bad", None)
    assert (tmp_path / "good" / "_SUCCESS").exists()
    assert not (tmp_path / "bad" / "_SUCCESS").exists()
