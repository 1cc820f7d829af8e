"""A review into pipes and devices: records go where they were sent, words for people beside them, and nothing is left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner, Result

from linter.cli import main

POSTS = "text\nWho is in?\nThanks all.\nHello.\n"
LEFT = ["posts.csv", "tmp"]


def into(
    folder: Path, output: str, stdout: int | IO[bytes] = subprocess.PIPE, *more: str
) -> subprocess.CompletedProcess[bytes]:
    """A review of three posts in a folder of its own, whose temporary files lie in `tmp`."""
    if not (folder / "tmp").exists():
        (folder / "tmp").mkdir()
        (folder / "posts.csv").write_text(POSTS)
    command = [sys.executable, "-m", "linter", "review", "posts.csv", "--jobs", "1", *more]
    environment = {**os.environ, "TMPDIR": str(folder / "tmp")}
    return subprocess.run(
        [*command, "--output", output], cwd=folder, stdout=stdout, stderr=subprocess.PIPE, env=environment, check=False,
        close_fds=False,
    )  # fmt: skip


@pytest.mark.parametrize("file", ["/dev/stdout", "-", "/dev/fd/1", "/proc/self/fd/1"])
def test_records_go_down_a_pipe_and_words_for_people_beside_it(file: str, tmp_path: Path) -> None:
    done = into(tmp_path, f"jsonl:{file}")
    assert done.returncode == 0
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == 3
    assert done.stderr.decode().startswith("3 posts reviewed")
    assert sorted(path.name for path in tmp_path.rglob("*")) == LEFT


def test_parquet_goes_down_a_pipe(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    table = parquet.read_table(pyarrow.BufferReader(into(tmp_path, "parquet:/dev/stdout").stdout))
    assert table.num_rows == 3


def test_a_file_that_standard_output_goes_to_keeps_what_it_had(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("before\n")
    with out.open("ab") as stream:
        assert into(tmp_path, "jsonl:/dev/stdout", stream).returncode == 0
    assert out.read_text().startswith('before\n{"id": "posts.csv:2"')
    assert len(out.read_text().splitlines()) == 4


def test_a_reader_that_goes_away_ends_a_review_in_silence(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = into(tmp_path, "jsonl:/dev/stdout", write)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")
    assert sorted(path.name for path in tmp_path.rglob("*")) == LEFT


def test_a_named_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "out")
    with (
        (tmp_path / "read").open("wb") as read,
        subprocess.Popen(["cat", "out"], cwd=tmp_path, stdout=read),
    ):
        assert into(tmp_path, "jsonl:out").returncode == 0
    assert len((tmp_path / "read").read_bytes().splitlines()) == 3
    assert (tmp_path / "out").is_fifo()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["out", *LEFT[:1], "read", "tmp"]


def test_beside_a_pipe_the_review_is_kept_beside_the_first_file(tmp_path: Path) -> None:
    done = into(tmp_path, "jsonl:/dev/stdout", subprocess.PIPE, "--output", "csv:/nowhere/out.csv")
    assert (done.returncode, done.stdout) == (2, b"")
    done = into(tmp_path, "csv:out.csv", subprocess.PIPE, "--output", "jsonl:/dev/full")
    assert done.stderr == b"/dev/full: cannot be written: No space left on device\n"
    assert (tmp_path / ".out.csv.review").exists()
    done = into(tmp_path, "csv:out.csv", subprocess.PIPE, "--output", "jsonl:-", "--resume")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 3)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["out.csv", *LEFT]


def test_what_goes_down_a_pipe_cannot_be_resumed(tmp_path: Path) -> None:
    done = into(tmp_path, "jsonl:-", subprocess.PIPE, "--resume")
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "--resume: a review into a pipe or a device leaves nothing to go on with; give it a file, such as jsonl:review.jsonl\n"
    )


# Asked wrongly, or in a hurry.


def asked(*arguments: str) -> Result:
    Path("posts.csv").write_text(POSTS)
    return CliRunner().invoke(
        main, ["review", "posts.csv", "--jobs", "1", *arguments], catch_exceptions=False
    )


@pytest.fixture
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    ("outputs", "said"),
    [
        (["review.jsonl"], "--output: `review.jsonl` is no FORMAT:FILE; formats are jsonl, csv or parquet; did you mean jsonl:review.jsonl?"),
        (["json:a.json"], "--output: `json:a.json` is no FORMAT:FILE; formats are jsonl, csv or parquet; did you mean jsonl?"),
        (["csv:"], "--output: `csv:` names no file; expected FORMAT:FILE, such as csv:review.csv"),
        (["csv:nowhere/a.csv"], "--output: there is no folder nowhere for nowhere/a.csv"),
        (["csv:."], "--output: . is a folder; expected the name of a file in it"),
        (["csv:posts.csv"], "--output: posts.csv is what is to be reviewed"),
        (["csv:./posts.csv"], "--output: ./posts.csv is what is to be reviewed"),
        (["csv:a", "jsonl:./a"], "--output: ./a is named twice"),
    ],
)  # fmt: skip
def test_an_output_asked_for_wrongly_is_named_before_anything_is_read(outputs: list[str], said: str) -> None:
    result = asked(*(part for output in outputs for part in ("--output", output)))
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{said}\n")
    assert Path("posts.csv").read_text() == POSTS
    assert os.listdir() == ["posts.csv"]


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--map", "txet=Message"], "`txet` is no key of a post; did you mean text?"),
        (["--map", "text=Message,colour=Hue"], "`colour` is no key of a post"),
        (["--date-format", "%d.%Q"], "`%d.%Q` is no format of dates"),
        (["-"], "-: a review reads its sources more than once"),
    ],
)
def test_what_is_said_of_a_table_must_mean_something(arguments: list[str], said: str) -> None:
    result = asked(*arguments)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    "form",
    [
        "%d/%m/%Y",
        "%d.%m.%y %H:%M",
        "%Y-%m-%dT%H:%M:%S%z",
        "%a %b %d %H:%M:%S %z %Y",
        "%m/%d/%y, %I:%M %p",
        "%s",
    ],
)
def test_any_format_of_dates_is_taken(form: str) -> None:
    assert asked("--date-format", form).exit_code == (2 if form == "%s" else 0)


@pytest.mark.usefixtures("_here")
def test_parquet_without_its_library_is_refused_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = asked("--output", "parquet:a.parquet")
    assert (result.exit_code, result.stderr) == (
        2,
        "--output: parquet needs pyarrow: pip install 'postlint[review]'\n",
    )


@pytest.mark.usefixtures("_here")
def test_a_source_given_again_is_read_once() -> None:
    result = asked("./posts.csv", "posts.csv", "--output", "jsonl:out.jsonl")
    assert (result.exit_code, result.stderr) == (0, "note: 2 sources given again, and read once\n")
    ids = [json.loads(line)["id"] for line in Path("out.jsonl").read_text().splitlines()]
    assert ids == ["posts.csv:2", "posts.csv:3", "posts.csv:4"]


@pytest.mark.usefixtures("_here")
def test_where_nothing_can_be_kept_it_is_said() -> None:
    result = asked("--output", "jsonl:/proc/out.jsonl")
    said = "/proc/.out.jsonl.review: no file can be made here; what is known so far is kept there while a review goes on\n"
    assert (result.exit_code, result.stderr) == (2, said)


@pytest.mark.usefixtures("_here")
def test_what_is_no_file_of_a_review_cannot_be_resumed() -> None:
    Path(".out.jsonl.review").write_text("Hello, I am a letter to my aunt, and no database. " * 20)
    result = asked("--output", "jsonl:out.jsonl", "--resume")
    assert (result.exit_code, result.stderr.partition(";")[0]) == (
        2,
        ".out.jsonl.review: this is no file of a review",
    )


def test_a_review_that_a_person_breaks_off_says_how_to_go_on(tmp_path: Path) -> None:
    with (tmp_path / "posts.csv").open("w") as stream:
        stream.write("text\n")
        stream.writelines(
            f"Hello number {number}, who is in?\n".replace(",", "") for number in range(200_000)
        )
    command = [
        sys.executable,
        "-m",
        "linter",
        "review",
        "posts.csv",
        "--jobs",
        "2",
        "--output",
        "jsonl:out.jsonl",
    ]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        while not (tmp_path / ".out.jsonl.review-wal").exists():
            time.sleep(0.05)
        for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            os.kill(int(child), signal.SIGINT)
        time.sleep(1)
        os.killpg(process.pid, signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    assert process.returncode == 1, stderr
    assert stderr.split("\n")[-4:] == [
        "Broken off. The same command with --resume goes on from here.",
        "",
        "Aborted!",
        "",
    ]
    assert "Traceback" not in stderr
