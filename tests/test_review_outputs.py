"""A review into pipes and devices: records go where they were sent, words for people beside them, and nothing is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

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
