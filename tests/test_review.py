"""The review of past posts: the same findings as a run, the same bytes by any number of processes and after any kill."""

from __future__ import annotations

import csv
import gc
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from linter.cli import main
from linter.config import Config
from linter.post import Context, Post, Source
from linter.review.engine import review
from linter.review.index import Index
from linter.review.look import Looker, finding_record
from linter.review.outputs import harmless
from linter.review.request import Request
from linter.run import Judged, run
from linter.workspace import Workspace
from tests.conftest import ROOT
from tests.made_exports import X_MEMBERS, zipped

MILLBECK = ROOT / "corpora" / "history" / "millbeck"


@pytest.fixture
def in_millbeck(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(MILLBECK)


def reviewed(tmp_path: Path, *arguments: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, ["review", *arguments, "--output", f"jsonl:{tmp_path / 'out.jsonl'}"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]


@pytest.mark.usefixtures("in_millbeck")
def test_a_review_says_of_each_post_what_a_run_says(tmp_path: Path) -> None:
    records = reviewed(tmp_path, "posts.jsonl", "--jobs", "1")
    workspace = Workspace()
    judged = [
        one
        for one in run(workspace, workspace.read(["posts.jsonl"]))
        if isinstance(one, Judged) and not one.heard
    ]
    assert [record["id"] for record in records] == [one.post.id for one in judged]
    assert [record["findings"] for record in records] == [
        [finding_record(finding) for finding in one.findings] for one in judged
    ]
    assert sum(len(record["findings"]) for record in records) > 300


ROOT_POST = {"text": "What should become of the bins on our street this winter?", "author": "jo"}
REPLY = {
    "id": "r",
    "text": "You vote for people who lie about everything.",
    "author": "us",
    "date": "2026-03-02",
}


@pytest.mark.parametrize(
    ("posts", "speaks"),
    [
        ([{**ROOT_POST, "id": "a"}, {**REPLY, "reply_to": "a"}], True),
        ([{**ROOT_POST, "id": "a"}, {**REPLY, "reply_to": "a", "thread": "t"}], True),
        (
            [{**ROOT_POST, "id": "a"}, {**ROOT_POST, "id": "a", "author": "al"}, {**REPLY, "reply_to": "a"}],
            True,
        ),
        ([{**ROOT_POST, "id": "a"}, {**REPLY, "reply_to": "b", "thread": "t"}], False),
        ([{**ROOT_POST, "id": "a"}, {**REPLY, "reply_to": "thread facebook t"}], False),
    ],
    ids=[
        "a reply",
        "a reply in a thread of its own",
        "an id given twice",
        "a reply to nothing here",
        "an odd id",
    ],
)
def test_a_reply_is_judged_by_what_it_answers(
    posts: list[dict[str, Any]], speaks: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps({"platform": "facebook", "room": "mill", **post}) for post in posts]
    (tmp_path / "posts.jsonl").write_text("\n".join(lines))
    workspace = Workspace()
    judged = [one for one in run(workspace, workspace.read(["posts.jsonl"])) if isinstance(one, Judged)]
    records = reviewed(tmp_path, "posts.jsonl", "--jobs", "1")
    rules = [[one["rule"] for one in record["findings"]] for record in records]
    assert rules == [[one.rule for one in outcome.findings] for outcome in judged]
    assert ("talks-past" in rules[-1]) is speaks


@pytest.mark.usefixtures("in_millbeck")
def test_two_processes_give_the_same_bytes_as_one(tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        (tmp_path / jobs).mkdir()
        command = [sys.executable, "-m", "linter", "review", "posts.jsonl", "--jobs", jobs, "--with-text"]
        command += [
            part for form in ("jsonl", "csv") for part in ("--output", f"{form}:{tmp_path / jobs / form}")
        ]
        subprocess.run(command, check=True, capture_output=True)
    for form in ("jsonl", "csv"):
        assert (tmp_path / "1" / form).read_bytes() == (tmp_path / "2" / form).read_bytes()


def many(path: Path, count: int) -> Path:
    texts = [json.loads(line) for line in (MILLBECK / "posts.jsonl").read_text().splitlines()]
    with path.open("w") as stream:
        for number in range(count):
            post = texts[number % len(texts)]
            told = {key: post[key] for key in ("text", "platform", "room", "author", "date") if key in post}
            stream.write(json.dumps({"id": f"p{number}", **told}) + "\n")
    return path


class SeldomRequest(Request):
    """One whose posts are looked at only where garbage is looked for seldom."""

    def looker(self, config: Config | None = None, today: date | None = None) -> Looker:
        assert gc.get_threshold()[0] > 100_000, gc.get_threshold()
        return super().looker(config, today)


def test_every_process_looks_for_garbage_seldom(tmp_path: Path) -> None:
    index = Index(tmp_path / "review", "", resume=False)
    review(SeldomRequest((str(many(tmp_path / "posts.jsonl", 120)),)), index, 2)
    assert sum(line.kind == "post" for line in index.told()) == 120


def wait_until_gone(group: int) -> None:
    """Until no process of a group runs any more: what a killed review started may not go on by itself."""
    for _ in range(600):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("processes of a killed review go on")


@pytest.mark.kills
def test_killed_at_any_moment_and_resumed_it_gives_the_same(tmp_path: Path) -> None:
    source, out = many(tmp_path / "posts.jsonl", 600), tmp_path / "out.jsonl"
    command = [
        sys.executable,
        "-m",
        "linter",
        "review",
        str(source),
        "--jobs",
        "2",
        "--output",
        f"jsonl:{out}",
    ]
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    took = time.monotonic() - started
    undisturbed = out.read_bytes()
    assert len(undisturbed.splitlines()) == 600
    chance, kills = random.Random(20), 0
    while kills < 20:
        out.unlink(missing_ok=True)
        resumed = [*command, "--resume"] if (tmp_path / ".out.jsonl.review").exists() else command
        with subprocess.Popen(
            resumed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as process:
            try:
                process.wait(timeout=chance.uniform(0.05, took))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                kills += 1
                process.wait()
                wait_until_gone(process.pid)
                assert not out.exists() or out.read_bytes() == undisturbed
                continue
        assert process.returncode == 0
        assert out.read_bytes() == undisturbed
    if (tmp_path / ".out.jsonl.review").exists():
        subprocess.run([*command, "--resume"], check=True, capture_output=True)
        assert out.read_bytes() == undisturbed


def test_what_is_resumed_must_be_what_was_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = many(tmp_path / "posts.jsonl", 20)
    arguments = ["review", str(source), "--jobs", "1", "--output", "jsonl:out.jsonl"]
    result = CliRunner().invoke(main, [*arguments, "--resume"])
    assert (result.exit_code, "no broken-off review here" in result.stderr) == (2, True)
    (tmp_path / ".out.jsonl.review").write_bytes(b"")
    assert CliRunner().invoke(main, [*arguments, "--resume"]).exit_code == 0
    Index(tmp_path / ".out.jsonl.review", "another", resume=False).close(finished=False)
    result = CliRunner().invoke(main, [*arguments, "--resume"])
    assert (result.exit_code, "belongs to other sources" in result.stderr) == (2, True)
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "posts.jsonl"]


@pytest.mark.usefixtures("in_millbeck")
def test_csv_and_parquet_hold_what_jsonl_holds(tmp_path: Path) -> None:
    from pyarrow import parquet

    forms = [part for form in ("csv", "parquet") for part in ("--output", f"{form}:{tmp_path / form}")]
    records = reviewed(tmp_path, "posts.jsonl", "--jobs", "1", "--with-text", *forms)
    table = parquet.read_table(tmp_path / "parquet").to_pylist()
    assert [row["findings"] for row in table] == [record["findings"] for record in records]
    assert [row["aggressiveness"] for row in table] == [
        record["scores"]["aggressiveness"] for record in records
    ]
    assert [row["text"] for row in table] == [record["text"] for record in records]
    with (tmp_path / "csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["id"] for row in rows] == [record["id"] for record in records]
    assert [row["warnings"].split() for row in rows] == [
        [one["rule"] for one in record["findings"] if one["level"] == "warning"] for record in records
    ]


@pytest.mark.parametrize(
    ("asked", "beside"),
    [
        ([], ".postlint.review"),
        (["--report", "r.html"], ".r.html.review"),
        (["--report", "r.html", "--output", "jsonl:/dev/null"], ".r.html.review"),
        (["--report", "r.html", "--output", "csv:out.csv"], ".out.csv.review"),
    ],
)
def test_two_reviews_do_not_work_with_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str], beside: str
) -> None:
    monkeypatch.chdir(tmp_path)
    source = many(tmp_path / "posts.jsonl", 20)
    other = Index(Path(beside), "another", resume=False)
    for more in ([], ["--resume"]):
        result = CliRunner().invoke(main, ["review", str(source), "--jobs", "1", *asked, *more])
        assert (result.exit_code, f"{beside}: another review is at work" in result.stderr) == (2, True)
    assert not other.is_anothers
    other.close(finished=True)
    assert CliRunner().invoke(main, ["review", str(source), "--jobs", "1", *asked]).exit_code == 0
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.usefixtures("in_millbeck")
@pytest.mark.parametrize("forms", [(), ("jsonl",), ("csv", "parquet", "jsonl")])
def test_every_post_is_counted_once_however_many_outputs_there_are(
    forms: tuple[str, ...], tmp_path: Path
) -> None:
    outputs = [part for form in forms for part in ("--output", f"{form}:{tmp_path / form}")]
    result = CliRunner().invoke(main, ["review", "posts.jsonl", "--jobs", "1", *outputs])
    assert result.stdout.startswith("423 posts reviewed"), result.output


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@jo hello", "'@jo hello"),
        ("-5", "'-5"),
        ("+44", "'+44"),
        ("\tx", "'\tx"),
        (" =1", "' =1"),
        ("hello = there", "hello = there"),
        ("", ""),
        (None, None),
        (3, 3),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cell: Any, shown: Any) -> None:
    assert harmless(cell) == shown


def test_an_archive_is_reviewed_with_its_rooms_and_what_was_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    zipped(tmp_path / "x.zip", {**X_MEMBERS, "data/tweets-part3.js": "window.YTD.tweets.part3 = ["})
    (tmp_path / "rooms.yaml").write_text("mill-talk: {platform: twitter, kind: community, from: ['555']}\n")
    arguments = ["review", "x.zip", "--rooms", "rooms.yaml", "--jobs", "1", "--output", "jsonl:out.jsonl"]
    result = CliRunner().invoke(main, arguments)
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert result.exit_code == 2
    assert len(records) == 7
    assert [record["room_kind"] for record in records if record["room"]] == ["community"]
    assert "7 posts reviewed (twitter 7)." in result.stdout
    assert "Left out: reposts of others, 1." in result.stdout
    assert "x.zip!data/tweets-part3.js: not JSON from here on: it breaks off" in result.stderr
    assert "text" not in records[0]


@pytest.mark.parametrize(
    ("rooms", "said"),
    [
        ("- a\n", "rooms by name were expected"),
        ("a: {plattform: x}\n", "did you mean platform?"),
        ("a: {kind: pub}\n", "`kind` holds `pub`"),
        ("a: ]", "not YAML"),
    ],
)
def test_a_mistake_in_the_file_of_rooms_is_named(rooms: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "rooms.yaml").write_text(rooms)
    (tmp_path / "posts.csv").write_text("text\nhello\n")
    result = CliRunner().invoke(
        main, ["review", str(tmp_path / "posts.csv"), "--rooms", str(tmp_path / "rooms.yaml")]
    )
    assert result.exit_code == 2
    assert f"{tmp_path / 'rooms.yaml'}:1: " in result.stderr
    assert said in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--output", "pdf:x"], "formats are jsonl, csv or parquet"),
        (["--output", "jsonl"], "names no file"),
        (["--from", "myspace"], "--from takes x, facebook"),
        (["--map", "text"], "is no pair such as text=Message"),
    ],
)
def test_what_is_asked_wrongly_is_named(arguments: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text("text\nhello\n")
    result = CliRunner().invoke(main, ["review", str(tmp_path / "posts.csv"), *arguments])
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


MOVES_OF = [
    ("Vote Green on Thursday.", ["pitch"]),
    ("Thank you for the lifts yesterday.", ["thank"]),
    ("What would help most on your road?", ["ask"]),
    ("You're right, it was too long.", ["agree"]),
    ("Thanks Moira. When does the 14 stop running?", ["thank", "ask"]),
    ("The library shuts at five on Friday.", []),
    ("They said “vote Green on Thursday”.", []),
    ("Nous voulons une ville plus juste pour tous les habitants du quartier, merci.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), MOVES_OF)
def test_a_record_tells_what_a_post_does(text: str, expected: list[str]) -> None:
    looker = Request((".",)).looker()
    post = Post("p", text, Source("p.jsonl"), Context())
    (line,) = looker.lines(lambda: iter([post]))
    assert line.record["moves"] == expected


ANSWERS = [
    ([], None),
    ([{"author": "b", "reply_to": "p"}], 1),
    ([{"author": "b", "reply_to": "p"}, {"author": "c", "reply_to": "p"}], 2),
    ([{"author": "b", "reply_to": "x"}], 0),
    ([{"author": "us", "reply_to": "p"}], None),
    ([{"author": "b", "platform": "twitter", "thread": "t"}], None),
]


@pytest.mark.parametrize(("others", "expected"), ANSWERS)
def test_a_record_tells_how_many_answered_where_that_can_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: list[dict[str, str]], expected: int | None
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".postlint.yaml").write_text("author: us\n")
    ours = {"id": "p", "author": "us", "platform": "facebook", "thread": "t", "text": "Who needs a lift?"}
    theirs = [
        {"id": f"o{at}", "platform": "facebook", "thread": "t", "text": "Me!"} | one
        for at, one in enumerate(others)
    ]
    Path("in.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in [ours, *theirs]))
    assert reviewed(tmp_path, "in.jsonl", "--jobs", "1")[0]["answers"] == expected
