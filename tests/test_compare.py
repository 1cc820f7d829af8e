"""`postlint compare`: nothing where nothing changed, what changed where something did, and kind words for what is no record."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from linter.changes import Changes
from linter.cli import main
from linter.review.comparison import Comparison
from linter.review.on_disk import on_disk
from linter.review.reviewed import Reviewed, Told, read_reviewed
from tests.conftest import ROOT

MILLBECK = ROOT / "corpora" / "history" / "millbeck"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def finding(rule: str, start: int = 0, end: int = 5, level: str = "warning", **more: Any) -> dict[str, Any]:
    return {"rule": rule, "level": level, "start": start, "end": end, "allowed": None, **more}


def record(post: str, findings: Iterable[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:
    scores = {"aggressiveness": 10.0, "questions_ratio": None}
    return {"id": post, "scores": scores, "findings": list(findings), "scores_version": 3, **more}


def write(name: str, records: Iterable[Any]) -> str:
    lines = (one if isinstance(one, str) else json.dumps(one) for one in records)
    Path(name).write_text("".join(f"{line}\n" for line in lines), "utf-8", "surrogatepass")
    return name


def compared(first: Iterable[Any], second: Iterable[Any], *options: str) -> Result:
    return CliRunner().invoke(
        main, ["compare", write("a.jsonl", first), write("b.jsonl", second), *options], catch_exceptions=False
    )


SAME = [record("p1", [finding("x")]), record("p2")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([], []),
        (SAME, SAME),
        (SAME, SAME[::-1]),
        ([record("p1", [finding("x"), finding("y")])], [record("p1", [finding("y"), finding("x")])]),
        ([record("p1", [finding("x", message="old words")])], [record("p1", [finding("x", message="new")])]),
        ([record("p1")], [record("p1", [finding("x", allowed="the poster says so")])]),
        ([record("p1", [finding("x", allowed="a")])], [record("p1", [finding("x", allowed="b")])]),
        ([record("p1", lang="en")], [record("p1", lang=None, unheard_of=[1])]),
    ],
)
def test_nothing_changed(first: list[Any], second: list[Any]) -> None:
    result = compared(first, second)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Nothing changed in ")
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (
            [record("p1", [finding("x", 3, 9)])], [record("p1")],
            ["gone: 1 finding of x", "    a.jsonl:1: warning: p1, characters 3 to 9", "1 post in both: 1 gone, 0 new, 0 level changed."],
        ),
        (
            [record("p1"), record("p2")], [record("p2", [finding("x")]), record("p1", [finding("x", text="no")])],
            [
                "new: 2 findings of x", "    b.jsonl:1: warning: p2, characters 0 to 5", "    b.jsonl:2: warning: p1, characters 0 to 5",
                "2 posts in both: 0 gone, 2 new, 0 level changed.",
            ],
        ),
        (
            [record("p1", [finding("x")])], [record("p1", [finding("x", level="error")])],
            ["level changed: 1 finding of x, was warning", "    b.jsonl:1: error: p1, characters 0 to 5", "1 post in both: 0 gone, 0 new, 1 level changed."],
        ),
        (
            [record("p1", [finding("x")])], [record("p1", [finding("x", allowed="said so")])],
            ["level changed: 1 finding of x, was warning", "    b.jsonl:1: let stand: p1, characters 0 to 5", "1 post in both: 0 gone, 0 new, 1 level changed."],
        ),
        (
            [record("p1", [finding("x")])], [record("p1", [finding("x", 1, 6)], text="You\nare late")],
            [
                "gone: 1 finding of x", "    a.jsonl:1: warning: p1, characters 0 to 5",
                "new: 1 finding of x", "    b.jsonl:1: warning: p1, characters 1 to 6 [ou ar]",
                "1 post in both: 1 gone, 1 new, 0 level changed.",
            ],
        ),
        (
            SAME, [*SAME, record("p3")],
            ["only in b.jsonl: 1 of 3 posts: p3 (line 3)", "2 posts in both: 0 gone, 0 new, 0 level changed."],
        ),
        (
            [*SAME, SAME[0]], [SAME[1]],
            [
                "a.jsonl: 1 record passed over, since their ids stood there before.", "only in a.jsonl: 1 of 2 posts: p1 (line 1)",
                "1 post in both: 0 gone, 0 new, 0 level changed.",
            ],
        ),
    ],
)  # fmt: skip
def test_what_changed_is_told_by_rule_post_and_place(
    first: list[Any], second: list[Any], said: list[str]
) -> None:
    result = compared(first, second)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines() == said


def scored(post: str, aggressiveness: float | None, version: int = 3) -> dict[str, Any]:
    return {**record(post), "scores": {"aggressiveness": aggressiveness}, "scores_version": version}


def test_scores_that_moved_are_told_with_those_that_moved_most() -> None:
    first = [scored("p1", 10), scored("p2", 20), scored("p3", 30), scored("p4", None), scored("p5", 5)]
    second = [scored("p1", 11), scored("p2", 14), scored("p3", 30), scored("p4", 3.5), scored("p5", 7)]
    result = compared(first, second, "--limit", "2")
    assert result.stdout.splitlines() == [
        "aggressiveness: 1 post got one, 0 posts lost theirs",
        "aggressiveness moved in 3 posts, by 3.00 on average: up in 2, down in 1",
        "    b.jsonl:2: p2: 20.00 before, 14.00 after",
        "    b.jsonl:5: p5: 5.00 before, 7.00 after",
        "5 posts in both: 0 gone, 0 new, 0 level changed.",
    ]
    assert result.exit_code == 1


def test_scores_of_another_version_are_named_as_such() -> None:
    result = compared([scored("p1", 1), scored("p2", 1, 2)], [scored("p1", 1, 4), scored("p2", 1, 4)])
    assert result.stdout.splitlines() == [
        "The scores are of version 2 and 3 in a.jsonl and 4 in b.jsonl: they may differ where nothing else does.",
        "Nothing changed in 2 posts.",
    ]


def test_findings_are_shown_up_to_the_limit_and_counted_all() -> None:
    loud = [record(f"p{number}", [finding("x")]) for number in range(9)]
    quiet = [record(f"p{number}") for number in range(9)]
    for limit, shown in (("0", 0), ("4", 4), ("20", 9)):
        lines = compared(loud, quiet, "--limit", limit).stdout.splitlines()
        assert lines[0] == "gone: 9 findings of x"
        assert [line.split(":")[1] for line in lines[1:-1]] == [str(number + 1) for number in range(shown)]


# Other posts: side by side.


def period(name: str, posts: int, with_x: int, score: float, day: str = "2026-05-01") -> list[dict[str, Any]]:
    return [
        {
            **scored(f"{name}{number}", score + number % 3),
            "findings": [finding("x")] * (number < with_x),
            "date": f"{day}T12:00:00",
        }
        for number in range(posts)
    ]


def test_two_periods_are_put_side_by_side() -> None:
    first, second = period("m", 100, 40, 20), period("j", 200, 10, 20, "2026-06-03")
    first += [record("m-quiet", [finding("y")])]
    result = compared(first, second)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "No post is in both, so they are put side by side: a.jsonl has 101 posts of 2026-05-01 to 2026-05-01, "
        "b.jsonl has 200 posts of 2026-06-03 to 2026-06-03.",
        "Of 100 posts a rule speaks of so many: a.jsonl, then b.jsonl",
        "    x                         39.6 (30.6 to 49.4)     5.0 (2.7 to 9.0)        fewer by 24.8 to 44.6",
        "too few posts to say: y",
        "no clear difference: aggressiveness",
        "Intervals of 95 % stand in brackets. Of 3 comparisons about 1 would look like a difference by chance alone.",
    ]


FEW, ALIKE, SELDOM = "Too few posts to say more", "no clear difference: x", "too few posts to say: x"


@pytest.mark.parametrize(
    ("posts", "with_x", "score", "said"),
    [
        ((29, 200), (29, 0), 50.0, [FEW]),
        ((200, 29), (0, 29), 50.0, [FEW]),
        ((60, 60), (20, 22), 20.0, [ALIKE]),
        ((60, 60), (2, 1), 20.0, [SELDOM]),
        ((60, 60), (1, 30), 20.0, ["more by"]),
        ((60, 60), (30, 1), 20.0, ["fewer by"]),
        ((60, 60), (30, 30), 22.0, [ALIKE, "higher by"]),
        ((60, 60), (30, 30), 18.0, [ALIKE, "lower by"]),
    ],
)
def test_what_is_said_of_two_periods(
    posts: tuple[int, int], with_x: tuple[int, int], score: float, said: list[str]
) -> None:
    result = compared(period("m", posts[0], with_x[0], 20), period("j", posts[1], with_x[1], score))
    words = (FEW, ALIKE, SELDOM, "more by", "fewer by", "higher by", "lower by")
    assert [one for one in words if one in result.stdout] == said


def test_what_was_let_stand_is_in_no_rate() -> None:
    first, second = period("m", 60, 40, 20), period("j", 60, 40, 20)
    for post in second:
        post["findings"] = [{**one, "allowed": "said so"} for one in post["findings"]]
    assert "    x                         66.7 (54.1 to 77.3)     0.0 " in compared(first, second).stdout


def test_runs_that_share_less_than_half_are_put_side_by_side() -> None:
    first, second = period("p", 100, 10, 20), period("p", 49, 10, 20) + period("j", 51, 10, 20)
    assert compared(first, second).stdout.startswith("49 posts are in both, so they are put side by side: ")
    second = period("p", 50, 10, 20) + period("j", 50, 10, 20)
    assert compared(first, second).stdout.startswith("only in a.jsonl: 50 of 100 posts: p50 (line 51), ")


def test_as_json_it_says_the_same() -> None:
    told = json.loads(
        compared([record("p1", [finding("x", 3, 9)])], [scored("p1", 14)], "--format", "json").stdout
    )
    assert (told["changed"], told["both"], told["unreadable"]) == (True, 1, 0)
    place = {"id": "p1", "line": 1, "level": "warning", "start": 3, "end": 9}
    assert told["findings"] == [{"change": "gone", "rule": "x", "count": 1, "posts": [place]}]
    most = [{"id": "p1", "line": 1, "before": 10.0, "after": 14}]
    moved = {"up": 1, "down": 0, "mean_move": 4.0, "gained": 0, "lost": 0, "most": most}
    assert told["scores"]["aggressiveness"] == moved
    assert told["rules_per_post"][0]["intervals"] is None
    told = json.loads(compared(period("m", 60, 30, 20), period("j", 60, 5, 20), "--format", "json").stdout)
    [rule] = told["rules_per_post"]
    assert (rule["name"], rule["direction"], rule["values"]) == ("x", -1, [0.5, 5 / 60])
    assert rule["difference"][1] < 0


# What cannot be read.


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON: a name in double quotes is missing at character 2"),
        ("[1]", "a record is an object"),
        ('{"text": "a post"}', "no record of a review: it has no `id`, `scores`, `findings` or `scores_version`"),
        ({**record("p"), "id": 7}, "no record of a review: `id` holds 7 where a name was expected"),
        ({**record("p"), "id": "\ud800"}, "no record of a review: `id` holds half an emoji"),
        ({**record("p"), "scores": None}, "`scores` holds null where an object was expected"),
        ({**record("p"), "scores": {"heat": "high"}}, 'the score `heat` holds "high" where a number was expected'),
        ({**record("p"), "scores": {"heat": float("nan")}}, "the score `heat` holds NaN where a number was expected"),
        ({**record("p"), "scores": {"heat": 10**400}}, "the score `heat` holds 1000"),
        ({**record("p"), "findings": {}}, "`findings` holds {} where a list was expected"),
        ({**record("p"), "findings": [{"rule": "x"}]}, "`findings` holds one without `rule`, `level`, `start` or `end`"),
        ({**record("p"), "findings": ["x"]}, "`findings` holds one without `rule`, `level`, `start` or `end`"),
        ({**record("p"), "scores_version": True}, "`scores_version` holds true where a number was expected"),
        ("\ufffe", ""),
    ],
)  # fmt: skip
def test_a_line_that_is_no_record_is_named_by_its_place_and_the_rest_compared(line: Any, said: str) -> None:
    result = compared([*SAME, line, record("p3")], [*SAME, record("p3", [finding("y")])])
    assert result.exit_code == 2
    assert result.stderr.startswith("a.jsonl:3: ")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "new: 1 finding of y" in result.stdout
    assert "3 posts in both: 0 gone, 1 new, 0 level changed." in result.stdout


def test_of_many_lines_that_are_no_records_twenty_are_named() -> None:
    result = compared(["x"] * 1_030, SAME)
    assert (len(result.stderr.splitlines()), result.stderr.splitlines()[-1]) == (
        21,
        "… and 1,010 more that could not be read.",
    )


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("none.jsonl", "a.jsonl", "none.jsonl: cannot be read: No such file or directory"),
        (
            "x",
            "y.csv",
            "x: cannot be read: No such file or directory\ny.csv: compare reads JSONL: review with --output jsonl:FILE",
        ),
        ("a.jsonl", ".", ".: cannot be read: Is a directory"),
        ("a.csv", "a.jsonl", "a.csv: compare reads JSONL: review with --output jsonl:FILE"),
        ("a.jsonl", "a.parquet", "a.parquet: compare reads JSONL: review with --output jsonl:FILE"),
        ("-", "-", "-: standard input can be one of the two, not both"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(first: str, second: str, said: str) -> None:
    write("a.jsonl", SAME)
    result = CliRunner().invoke(main, ["compare", first, second])
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", said + "\n")


def test_one_of_the_two_may_be_standard_input() -> None:
    write("a.jsonl", SAME)
    given = "".join(json.dumps(one) + "\n" for one in SAME[:1])
    result = CliRunner().invoke(main, ["compare", "a.jsonl", "-"], input=given)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        1,
        "only in a.jsonl: 1 of 2 posts: p2 (line 2)",
    )


def test_files_of_one_name_are_told_by_their_folders() -> None:
    for folder in ("may", "june"):
        Path(folder).mkdir()
    write("may/out.jsonl", SAME)
    write("june/out.jsonl", SAME[:1])
    result = CliRunner().invoke(main, ["compare", "may/out.jsonl", "june/out.jsonl"])
    assert result.stdout.splitlines()[0] == "only in may/out.jsonl: 1 of 2 posts: p2 (line 2)"


def test_what_could_command_a_terminal_is_shown_as_a_mark() -> None:
    hostile = "\x1b[2J\u202e"
    bad = {**record(hostile, [finding(hostile)]), "scores": {hostile: 1.0}, "text": hostile}
    result = compared([bad, "\x1b", *period("m", 40, 40, 1)], [record(hostile), *period("m", 40, 1, 9)])
    assert result.exit_code == 2
    assert not set("\x1b\u202e") & set(result.output)
    assert "gone: 1 finding of \ufffd[2J\ufffd" in result.stdout


def test_a_full_disk_is_said_so() -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    write("a.jsonl", SAME)
    result = subprocess.run(
        [sys.executable, "-m", "linter", "compare", "a.jsonl", "a.jsonl"], preexec_fn=small,
        capture_output=True, text=True, check=False, env={**os.environ, "TMPDIR": os.getcwd()},
    )  # fmt: skip
    assert result.returncode == 2
    assert (
        "the disk does not take it; the runs are joined there; TMPDIR may name another place" in result.stderr
    )
    assert "Traceback" not in result.stderr
    assert os.listdir() == ["a.jsonl"]


def test_a_fault_of_ours_is_not_taken_for_the_disks() -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), on_disk("here", "try there"):
        sqlite3.connect(":memory:").execute("select * from nowhere")


# Real runs, and any records.


def test_a_rule_left_out_is_gone_from_the_second_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(MILLBECK)
    for name, more in (("with", []), ("without", ["--ignore", "pitch-after-pitch"])):
        arguments = [
            "review",
            "posts.jsonl",
            "--jobs",
            "1",
            "--output",
            f"jsonl:{tmp_path / name}.jsonl",
            *more,
        ]
        assert CliRunner().invoke(main, arguments).exit_code == 0
    result = CliRunner().invoke(main, ["compare", f"{tmp_path}/with.jsonl", f"{tmp_path}/without.jsonl"])
    assert result.exit_code == 1
    assert [line for line in result.stdout.splitlines() if not line.startswith(" ")] == [
        "gone: 22 findings of pitch-after-pitch",
        "423 posts in both: 22 gone, 0 new, 0 level changed.",
    ]
    again = CliRunner().invoke(main, ["compare", f"{tmp_path}/with.jsonl", f"{tmp_path}/with.jsonl"])
    assert (again.exit_code, again.stdout) == (0, "Nothing changed in 423 posts.\n")


FINDINGS = st.lists(
    st.builds(
        Told, st.just("p"), st.just("f"), st.just(1), st.sampled_from("xy"), st.sampled_from(["error", "let stand"]),
        st.integers(0, 1), st.just(2),
    ),
    max_size=4,
)  # fmt: skip


def of_one_post(told: list[Told], score: float | None) -> Reviewed:
    return Reviewed("p", "f", 1, "", 3, {"heat": score}, tuple(told))


@given(FINDINGS, FINDINGS, st.none() | st.integers(0, 3), st.none() | st.integers(0, 3))
def test_turned_round_gone_is_new_and_up_is_down(
    one: list[Told], other: list[Told], score: float | None, later: float | None
) -> None:
    there, back = Comparison(Changes(3)), Comparison(Changes(3))
    there.pair(of_one_post(one, score), of_one_post(other, later))
    back.pair(of_one_post(other, later), of_one_post(one, score))
    assert there.changed == back.changed
    for sort, turned in (("gone", "new"), ("new", "gone"), ("level changed", "level changed")):
        assert there.changes.total(sort) == back.changes.total(turned)
    assert (there.moved["heat"].up, there.moved["heat"].gained) == (
        back.moved["heat"].down,
        back.moved["heat"].lost,
    )


@given(
    st.lists(
        st.sampled_from([*(json.dumps(one) for one in SAME), "{}", "[]", "x", "", "\x00", "null"])
        | st.text(max_size=9)
    )
)
def test_every_line_is_a_record_or_named(lines: list[str]) -> None:
    from io import BytesIO

    data = "\n".join(line.replace("\n", " ") for line in lines).encode("utf-8", "surrogatepass")
    found = list(read_reviewed(BytesIO(data), "a.jsonl"))
    assert len(found) == sum(bool(line.strip()) for line in data.split(b"\n"))
    assert all(isinstance(one, Reviewed) or one.reason for one in found)
