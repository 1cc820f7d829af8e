"""What is let stand: findings known on the day that a baseline was written, and nothing that is new."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from linter.baseline import Baseline, Known, read_baseline
from linter.cli import main
from linter.finding import Allowed, Finding, Level
from linter.post import Post, Source
from linter.text import Span
from linter.whole_files import write_whole

SCUM = "You people are scum."
NAME = ".postlint-baseline.json"
OLD = f"Hello all.\n\n{SCUM} Good night.\n"


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".postlint.yaml").write_text("posts: drafts\n")
    write("drafts/old.md", OLD)
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")


def postlint(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def new(*paths: str) -> list[str]:
    """The insults that are new, by their place."""
    result = postlint("check", *paths, "--baseline", "--select", "insult", "--format", "jsonl", "--exit-zero")
    assert result.exit_code == 0, result.output
    return [f"{one['path']}:{one['line']}" for one in map(json.loads, result.stdout.splitlines())]


def entries() -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(Path(NAME).read_text("utf-8"))["findings"]
    return found


@pytest.mark.parametrize(
    "after",
    [
        OLD,
        "---\nplatform: facebook\n---\n" + OLD,
        "Another line above.\nAnd one more.\n" + OLD,
        OLD.replace("\n", "\r\n"),
        OLD.replace("You people", "You   people"),
        OLD + "\nA line below.\n",
    ],
)
def test_what_was_known_stands_wherever_it_has_moved_to(team: Path, after: str) -> None:
    postlint("baseline", "write")
    Path("drafts/old.md").write_bytes(after.encode())
    assert new() == []


@pytest.mark.parametrize(
    ("after", "line"),
    [
        (OLD + f"\n{SCUM}\n", 5),
        (OLD.replace("Good night", "Bad night"), 3),
        (OLD.replace("scum", "vermin and scum"), 3),
        (OLD.replace(SCUM, f"{SCUM} {SCUM}"), 3),
    ],
)
def test_what_is_new_speaks(team: Path, after: str, line: int) -> None:
    postlint("baseline", "write")
    write("drafts/old.md", after)
    assert f"drafts/old.md:{line}" in new()


def test_the_same_words_stand_as_often_as_they_stood(team: Path) -> None:
    for count, expected in ((1, []), (3, []), (4, ["drafts/row.md:4"])):
        write("drafts/row.md", f"{SCUM}\n" * min(count, 3))
        postlint("baseline", "write")
        write("drafts/row.md", f"{SCUM}\n" * count)
        assert new() == expected


def test_a_copy_in_another_draft_is_new_even_when_it_is_the_only_one_named(team: Path) -> None:
    postlint("baseline", "write")
    write("drafts/new.md", OLD)
    assert new("drafts/new.md") == ["drafts/new.md:3"]
    assert new() == ["drafts/new.md:3"]


def test_a_renamed_draft_is_known_and_prune_writes_its_new_name(team: Path) -> None:
    postlint("baseline", "write")
    Path("drafts/old.md").rename("drafts/renamed é.md")
    assert new("drafts/renamed é.md") == []
    assert "; 1 still stand" in postlint("baseline", "prune", "--select", "insult").output
    assert [one["file"] for one in entries() if one["rule"] == "insult"] == ["drafts/renamed é.md"]
    assert new() == []


def test_a_draft_with_an_id_is_known_by_it(team: Path) -> None:
    write("drafts/old.md", "---\nid: first\n---\n" + OLD)
    postlint("baseline", "write")
    assert {(one["file"], one["post"]) for one in entries()} == {("drafts/old.md", "first")}
    Path("drafts/old.md").rename("drafts/elsewhere.md")
    assert new() == []


@pytest.mark.parametrize("own_id", [True, False])
def test_a_record_is_known_when_others_are_put_in_above_it(team: Path, own_id: bool) -> None:
    records = [{"text": f"{SCUM} {n}"} | ({"id": f"r{n}"} if own_id else {}) for n in range(3)]
    write("drafts/a.jsonl", "".join(json.dumps(one) + "\n" for one in records))
    postlint("baseline", "write", "drafts/a.jsonl")
    above = json.dumps({"text": f"Oh! {SCUM}", "id": "above"})
    write("drafts/a.jsonl", above + "\n" + "".join(json.dumps(one) + "\n" for one in records))
    assert new("drafts/a.jsonl") == ["drafts/a.jsonl:1"]


def test_a_finding_without_words_is_known_by_its_post(team: Path) -> None:
    write("drafts/old.md", "---\nroom_kind: community\nstage: arrive\n---\nHello. I stand for the council.\n")
    select = ("--select", "thank-the-room", "--format", "jsonl")
    assert postlint("check", *select).stdout
    postlint("baseline", "write")
    write("drafts/old.md", Path("drafts/old.md").read_text("utf-8") + "One line more.\n")
    assert postlint("check", "--baseline", *select).stdout == ""
    write("drafts/new.md", Path("drafts/old.md").read_text("utf-8"))
    assert len(postlint("check", "--baseline", *select).stdout.splitlines()) == 1


def test_what_is_known_fails_nothing_and_is_counted(team: Path) -> None:
    assert postlint("check").exit_code == 1
    made = postlint("baseline", "write")
    assert made.exit_code == 0
    result = postlint("check", "--baseline")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert f"{sum(int(str(one['count'])) for one in entries())} known from before" in result.stderr
    assert postlint("check").exit_code == 1


def test_the_configuration_may_name_the_file(team: Path) -> None:
    write(".postlint.yaml", "posts: drafts\nbaseline: known.json\n")
    assert "`postlint baseline write`" in postlint("check").stderr
    assert postlint("check").exit_code == 2
    assert postlint("baseline", "write").exit_code == 0
    assert Path("known.json").exists()
    assert not Path(NAME).exists()
    assert postlint("check", "drafts/old.md").exit_code == 0
    assert postlint("check", "drafts/old.md", "--no-baseline").exit_code == 1


def test_from_another_folder_the_same_findings_are_known(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    postlint("baseline", "write")
    monkeypatch.chdir(team / "drafts")
    assert new("old.md") == []
    assert new(str(team / "drafts" / "old.md")) == []


def test_each_configuration_has_its_own(team: Path) -> None:
    write("other/.postlint.yaml", "fail_on: error\n")
    write("other/post.md", OLD)
    assert postlint("baseline", "write", "drafts", "other").exit_code == 0
    assert Path("other", NAME).exists()
    assert new("drafts", "other") == []


def test_the_file_is_sorted_a_line_for_each_entry_and_holds_no_words(team: Path) -> None:
    for name in ("z", "a", "m"):
        write(f"drafts/{name}.md", OLD)
    postlint("baseline", "write")
    text = Path(NAME).read_text("utf-8")
    lines = text.splitlines()[1:-1]
    assert len(lines) == len(entries())
    assert lines[:-1] == sorted(lines[:-1])
    assert "scum" not in text
    assert "people" not in text
    postlint("baseline", "write")
    assert Path(NAME).read_text("utf-8") == text


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (None, f"{NAME}: there is no baseline; make one with `postlint baseline write`"),
        ("", f"{NAME}:1: not JSON"),
        ('{"version": 1, "findings": [\n  {"file": "a.md",\n]}', f"{NAME}:3: not JSON"),
        (
            '{"version": 1, "findings": [\n<<<<<<< HEAD\n]}',
            f"{NAME}:2: two versions that git could not merge",
        ),
        ("[" * 100_000, "not JSON that can be read"),
        ('{"version": ' + "1" * 5_000 + "}", "not JSON that can be read"),
        ("[]", "this is no baseline"),
        ('{"version": 2, "findings": []}', "version `2` where 1 was expected"),
        ('{"version": true, "findings": []}', "version `True` where 1 was expected"),
        ('{"version": 1}', "`findings` holds no list"),
        (
            '{"version": 1, "findings": [{"file": "a.md", "rule": "insult", "mark": "x"}]}',
            "entry 1 of `findings`",
        ),
        (
            '{"version": 1, "findings": [{"file": "a.md", "rule": "x", "mark": "x", "count": true}]}',
            "entry 1",
        ),
        ('{"version": 1, "findings": [{"file": "a.md", "rule": "x", "mark": "x", "count": 0}]}', "entry 1"),
        (
            '{"version": 1, "findings": [{"file": "a.md", "post": 1, "rule": "x", "mark": "x", "count": 1}]}',
            "entry 1",
        ),
    ],
)
def test_a_baseline_that_cannot_be_used_says_what_to_do(team: Path, held: str | None, said: str) -> None:
    if held is not None:
        write(NAME, held)
    result = postlint("check", "--baseline")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "`postlint baseline write`" in result.stderr
    assert postlint("baseline", "prune").exit_code == 2
    assert postlint("baseline", "write").exit_code == 0
    assert postlint("check", "--baseline").exit_code == 0


def test_bytes_that_are_no_text_and_a_folder_are_mistakes_too(team: Path) -> None:
    Path(NAME).write_bytes(b"\xff\xfe")
    assert "not UTF-8" in postlint("check", "--baseline").stderr
    Path(NAME).unlink()
    Path(NAME).mkdir()
    assert "cannot be read" in postlint("check", "--baseline").stderr
    result = postlint("baseline", "write")
    assert (result.exit_code, "cannot be written" in result.stderr) == (2, True)


def test_what_cannot_be_read_is_never_known(team: Path) -> None:
    write("drafts/broken.md", "---\nplatfrm: facebook\n---\nHello\n")
    result = postlint("baseline", "write")
    assert result.exit_code == 2
    assert "drafts/broken.md:2" in result.stderr
    assert {one["file"] for one in entries()} == {"drafts/old.md"}
    assert postlint("check", "--baseline").exit_code == 2


def test_what_a_post_allows_is_not_written_down(team: Path) -> None:
    write("drafts/old.md", "---\nallow: {insult: quotes the film}\n---\n" + OLD)
    postlint("baseline", "write")
    assert "insult" not in {one["rule"] for one in entries()}


def test_what_is_amiss_with_leave_can_be_known(team: Path) -> None:
    write("drafts/old.md", "---\nallow: {insults: quotes the film}\n---\nHello all.\n")
    postlint("baseline", "write")
    assert postlint("check", "--baseline", "--fail-on", "suggestion").exit_code == 0


def test_what_is_amiss_with_the_configuration_can_be_known_until_it_is_mended(team: Path) -> None:
    leave = "allow: {rule: insult, posts: drafts/nowhere*, reason: old}\n"
    write(".postlint.yaml", "posts: drafts\n" + leave)
    postlint("baseline", "write")
    assert postlint("check", "--baseline", "--fail-on", "suggestion").exit_code == 0
    assert "allow-unused" in {one["rule"] for one in entries()}
    write(".postlint.yaml", "posts: drafts\n")
    postlint("baseline", "prune")
    assert "allow-unused" not in {one["rule"] for one in entries()}


def test_prune_takes_out_what_no_longer_occurs_and_says_how_many(team: Path) -> None:
    write("drafts/two.md", f"{SCUM}\n\n{SCUM} Oh no.\n")
    postlint("baseline", "write", "--select", "insult")
    assert len(entries()) == 3
    write("drafts/two.md", f"{SCUM}\n")
    result = postlint("baseline", "prune")
    assert "1 finding taken out of .postlint-baseline.json; 2 still stand." in result.stdout
    assert new() == []
    write("drafts/two.md", f"{SCUM}\n\n{SCUM} Oh no.\n")
    assert new() == ["drafts/two.md:3"]


def test_prune_leaves_what_was_not_read_and_takes_out_what_is_gone(team: Path) -> None:
    for name in ("a", "b", "gone"):
        write(f"drafts/{name}.md", OLD)
    postlint("baseline", "write", "--select", "insult")
    write("drafts/a.md", "Hello.\n")
    write("drafts/b.md", "Hello.\n")
    Path("drafts/gone.md").unlink()
    postlint("baseline", "prune", "drafts/a.md")
    assert {one["file"] for one in entries()} == {"drafts/b.md", "drafts/old.md"}


def test_prune_leaves_what_could_not_be_read_and_rules_not_asked(team: Path) -> None:
    postlint("baseline", "write")
    before = entries()
    assert postlint("baseline", "prune", "--select", "shouting").exit_code == 0
    assert entries() == before
    write("drafts/old.md", "---\nplatfrm: x\n---\nHello.\n")
    assert postlint("baseline", "prune").exit_code == 2
    assert entries() == before


def test_writing_for_some_posts_leaves_what_is_known_of_the_others(team: Path) -> None:
    postlint("baseline", "write")
    write("drafts/new.md", OLD)
    postlint("baseline", "write", "drafts/new.md")
    assert new() == []
    write("drafts/old.md", "Hello.\n")
    postlint("baseline", "write")
    assert {one["file"] for one in entries()} == {"drafts/new.md"}


def test_writing_for_some_rules_leaves_what_is_known_of_the_others(team: Path) -> None:
    write("drafts/old.md", OLD + "THIS IS ALL WRONG AND YOU KNOW IT!!!\n")
    postlint("baseline", "write", "--select", "insult")
    postlint("baseline", "write", "--select", "shouting,exclamation-row")
    assert {"insult", "exclamation-row"} <= {one["rule"] for one in entries()}


def test_a_file_with_a_broken_record_is_no_witness_of_what_is_gone(team: Path) -> None:
    lines = [json.dumps({"id": str(n), "text": SCUM}) + "\n" for n in range(2)]
    write("drafts/a.jsonl", "".join(lines))
    postlint("baseline", "write", "drafts/a.jsonl")
    before = entries()
    write("drafts/a.jsonl", lines[0] + "{\n")
    assert postlint("baseline", "prune", "drafts/a.jsonl").exit_code == 2
    assert entries() == before
    write("drafts/a.jsonl", lines[0])
    postlint("baseline", "prune", "drafts/a.jsonl")
    assert {one["post"] for one in entries()} == {"0"}


def test_the_reason_that_a_post_gives_comes_before_the_baseline() -> None:
    post = Post("a.md", SCUM, Source("a.md"))
    finding = Finding(post, Span(15, 19), "insult", "G1", Level.ERROR, "stable", "m")
    made = Baseline(Baseline().of([finding]))
    (settled,) = made.settled([replace(finding, allowed=Allowed("quotes the film", "post"))])
    assert settled.allowed == Allowed("quotes the film", "post")


def test_entries_are_sorted_in_whatever_order_they_were_met() -> None:
    known = [Known(file, "", rule, mark) for file in "ba" for rule in "dc" for mark in "21"]
    assert Baseline(Counter(known)).text() == Baseline(Counter(sorted(known))).text()


def test_nothing_known_is_a_baseline_too(team: Path) -> None:
    write("drafts/old.md", "Hello.\n")
    postlint("baseline", "write")
    assert entries() == []
    assert postlint("check", "--baseline").exit_code == 0


ODD = ["\0", "x" * 10_000, "\ud800", "../" * 2_000]


@pytest.mark.parametrize("file", ODD, ids=repr)
def test_a_name_that_no_file_can_have_is_a_file_that_is_gone(team: Path, file: str) -> None:
    write(
        NAME, json.dumps({"version": 1, "findings": [{"file": file, "rule": "x", "mark": "x", "count": 1}]})
    )
    assert postlint("check", "--baseline").exit_code == 1
    assert postlint("baseline", "prune").exit_code == 0
    assert entries() == []


def test_a_file_whose_name_is_no_utf_8_is_known_by_it(team: Path) -> None:
    (team / os.fsdecode(b"drafts/caf\xe9.md")).write_text("You people are scum.\n")
    assert postlint("baseline", "write").exit_code == 0
    assert '"file": "drafts/caf\\udce9.md"' in Path(".postlint-baseline.json").read_text("utf-8")
    assert postlint("check", "--baseline").exit_code == 0


WORDS = st.text(st.characters(exclude_categories=[]), min_size=1, max_size=30)
SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["insult", "shouting"])), max_size=6
)


@given(text=WORDS, name=WORDS, spans=SPANS)
def test_whatever_is_known_stands_as_often_as_it_did_and_the_file_gives_it_back(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str, spans: list[tuple[int, int, str]]
) -> None:
    post = Post(name, text, Source("a.md"))
    found = [
        Finding(
            post,
            Span(min(a, b, len(text)), min(max(a, b), len(text))),
            rule,
            "G1",
            Level.ERROR,
            "stable",
            "m",
        )
        for a, b, rule in spans
    ]
    made = Baseline(Baseline().of(found))
    assert all(one.allowed for one in made.settled(found))
    assert [one.allowed is None for one in made.settled([*found, *found])] == [False] * len(found) + [
        True
    ] * len(found)
    path = tmp_path_factory.mktemp("held") / "baseline.json"
    write_whole(path, [made.text()])
    assert read_baseline(path, Path(), Path.as_posix).known == made.known
