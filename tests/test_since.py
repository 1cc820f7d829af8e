"""`check --since`: on real repositories, only what stands on changed lines."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linter.cli import main
from linter.finding import Finding, Level, Related
from linter.post import Post, Source
from linter.since import Since, _hunks
from linter.text import Span
from tests.conftest import commit_as_somebody, git

SCUM = "You people are scum."
OLD = f"Hello all.\n\n{SCUM}\n\nHow was the fair?\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    commit_as_somebody(monkeypatch)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    git("init", "-q")
    write("old.md", OLD)
    commit()
    return tmp_path


def commit() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "as it is")


def write(name: str, text: str | bytes) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text.encode() if isinstance(text, str) else text)


def postlint(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def found(*paths: str, since: str = "HEAD", rule: str = "insult") -> list[str]:
    """Where a rule speaks of what has changed, by place."""
    result = postlint("check", *paths, "--since", since, "--select", rule, "--format", "jsonl", "--exit-zero")
    assert result.exit_code == 0, result.output
    return [f"{one['path']}:{one['line']}" for one in map(json.loads, result.stdout.splitlines())]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (OLD, []),
        (OLD.replace("Hello", "Hallo"), []),
        ("One.\nTwo.\n" + OLD, []),
        (OLD + "\nOne more.\n", []),
        ("---\nplatform: facebook\n---\n" + OLD, []),
        (OLD.replace("How was the fair?\n", ""), []),
        (OLD.replace(SCUM, f"{SCUM} Good night."), ["old.md:3"]),
        (OLD.replace("Hello all.", SCUM), ["old.md:1"]),
        (OLD + f"\n{SCUM}", ["old.md:7"]),
        (f"++ b/other.md\n{OLD}{SCUM}\n", ["old.md:7"]),
        (OLD.replace("Hello all.", f"Hello\rall.\r{SCUM}"), ["old.md:3"]),
    ],
)
def test_only_changed_lines(repository: Path, after: str, expected: list[str]) -> None:
    write("old.md", after)
    assert found() == expected
    git("add", "-A")
    assert found() == expected


def test_a_lone_carriage_return_is_no_line_to_git(repository: Path) -> None:
    write("mac.md", f"---\rplatform: facebook\r---\rHello.\r{SCUM}\r\n\nHow was the fair?\n")
    commit()
    write("mac.md", Path("mac.md").read_bytes().replace(b"How was", b"And how was"))
    assert found() == []


def test_since_an_older_commit(repository: Path) -> None:
    write("old.md", OLD + SCUM + "\n")
    commit()
    assert found() == []
    assert found(since="HEAD~1") == ["old.md:6"]
    assert found(since=git("rev-parse", "HEAD~1")[:9]) == ["old.md:6"]


@pytest.mark.parametrize(
    "name", ["new.md", "über uns/a b.md", 'a "quoted" \\ name.md', "-x.md", "tab\there.md"]
)
def test_new_and_changed_files_of_any_name(repository: Path, name: str) -> None:
    write(name, OLD)
    assert found(".") == [f"{name}:3"]
    git("add", "-A")
    assert found(".") == [f"{name}:3"]
    commit()
    assert found(".") == []
    write(name, OLD + SCUM)
    assert found(".") == [f"{name}:6"]


def test_a_renamed_file_is_followed(repository: Path) -> None:
    Path("old.md").rename("new ñ.md")
    git("add", "-A")
    assert found() == []
    write("new ñ.md", f"{SCUM}\n{OLD}")
    assert found() == ["new ñ.md:1"]


def test_an_ignored_file_and_one_outside_are_changed_throughout(repository: Path, tmp_path: Path) -> None:
    write(".gitignore", "private/\n")
    write("private/a.md", OLD)
    commit()
    assert found("private") == ["private/a.md:3"]
    outside = tmp_path.parent / f"{tmp_path.name}.md"
    outside.write_text(OLD)
    assert len(found(str(outside))) == 1


@pytest.mark.parametrize("change", ["Hello again.\n", "", "Hello.\n\nOne line more.\n"])
def test_a_finding_without_words_stands_on_the_whole_post(repository: Path, change: str) -> None:
    hello = "---\nroom_kind: community\nstage: arrive\n---\nHi all.\nHello.\nI stand for the council.\n"
    write("hello.md", hello)
    commit()
    assert found(rule="thank-the-room") == []
    write("hello.md", hello.replace("Hello.\n", change))
    assert len(found(rule="thank-the-room")) == 1


def test_a_changed_front_matter_wakes_what_has_no_words(repository: Path) -> None:
    hello = "---\nroom_kind: community\nstage: talk\n---\nHello.\nI stand for the council.\n"
    write("hello.md", hello)
    commit()
    write("hello.md", hello.replace("talk", "arrive"))
    assert len(found(rule="thank-the-room")) == 1


def test_what_was_said_before_is_heard_and_a_finding_about_it_stands_on_the_whole_post(
    repository: Path,
) -> None:
    pitches = ("Labour will fix the crossing.", "Vote Labour, please.", "Vote Labour on Thursday.")
    write(".postlint.yaml", "author: us\nrooms: {mill: {platform: facebook, kind: community}}\n")
    for day, text in enumerate(pitches, 1):
        write(f"{day}.md", f"---\nroom: mill\ndate: 2026-04-0{day}\n---\n{text}\nHello.\n")
    commit()
    assert found(rule="pitch-after-pitch") == []
    write("3.md", Path("3.md").read_text("utf-8").replace("Hello.", "Hello all."))
    assert len(found(rule="pitch-after-pitch")) == 1


def test_records_by_their_lines(repository: Path) -> None:
    lines = [json.dumps({"id": str(n), "text": f"Hi.\n{SCUM}"}) + "\n" for n in range(4)]
    write("a.jsonl", "".join(lines))
    rows = 'id,text\n1,"Hi.\nYou people are scum."\n2,"Hi.\nYou people are scum."\n'
    write("a.csv", rows)
    commit()
    assert found("a.jsonl", "a.csv") == []
    lines[2] = lines[2].replace("Hi.", "Hello.")
    write("a.jsonl", "".join([lines[0], *lines[2:]]))
    write("a.csv", rows.replace('2,"Hi.\nYou people', '2,"Hi.\nAll you people'))
    assert found("a.jsonl", "a.csv") == ["a.jsonl:2", "a.csv:4"]


def test_a_persons_own_settings_of_git_change_nothing(repository: Path) -> None:
    for setting in (
        "diff.noprefix true", "diff.mnemonicPrefix true", "diff.relative true", "diff.context 9", "color.ui always",
        "diff.interHunkContext 9", "core.quotePath true", "diff.renames false", "diff.external false",
    ):  # fmt: skip
        git("config", *setting.split())
    write(".gitattributes", "*.md -diff\n")
    write("ä/b.md", OLD)
    commit()
    write("ä/b.md", OLD.replace("Hello", "Hallo") + SCUM)
    assert found() == ["ä/b.md:6"]


def test_from_a_folder_below(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("drafts/new.md", OLD)
    commit()
    write("drafts/new.md", OLD + SCUM)
    monkeypatch.chdir(repository / "drafts")
    assert found() == ["new.md:6"]


def test_what_cannot_be_read_is_said_all_the_same(repository: Path) -> None:
    write("broken.md", "---\nplatfrm: facebook\n---\nHello\n")
    commit()
    result = postlint("check", "--since", "HEAD")
    assert result.exit_code == 2
    assert "platfrm" in result.stdout


@pytest.mark.parametrize("revision", ["nowhere", "HEAD~9", "--output=x", "-p", "", "HEAD:old.md", "a\nb"])
def test_an_unknown_revision_is_a_mistake(repository: Path, revision: str) -> None:
    result = postlint("check", f"--since={revision}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "git knows no revision `" in result.stderr
    assert not Path("x").exists()


def test_no_repository_no_commit_and_no_git_are_mistakes(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(folder)
    write("a.md", OLD)
    result = postlint("check", "--since", "HEAD")
    assert (result.exit_code, "no git repository" in result.stderr) == (2, True)
    git("init", "-q")
    result = postlint("check", "--since", "HEAD")
    assert (result.exit_code, "no revision `HEAD`" in result.stderr) == (2, True)
    monkeypatch.setenv("PATH", "")
    result = postlint("check", "--since", "HEAD")
    assert (result.exit_code, "git cannot be run" in result.stderr) == (2, True)


def test_with_a_baseline_what_is_known_stands_on_changed_lines_too(repository: Path) -> None:
    postlint("baseline", "write")
    write("old.md", f"{OLD}{SCUM} Oh!\n".replace(SCUM, f" {SCUM}", 1))
    result = postlint("check", "--since", "HEAD", "--baseline", "--select", "insult", "--format", "concise")
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == ["old.md:6:16"]


def test_a_finding_stands_on_its_own_lines_and_on_the_whole_post_where_it_looks_at_others(
    repository: Path,
) -> None:
    write("old.md", OLD.replace(SCUM, "Well."))
    post = Post("old.md", Path("old.md").read_text("utf-8"), Source("old.md"))
    first = Finding(post, Span(0, len("Hello all.\n")), "r", "G1", Level.ERROR, "stable", "m")
    since = Since("HEAD")
    assert not since.touches(first)
    assert not since.touches(replace(first, span=Span(0, len("Hello all.\n\n"))))
    assert since.touches(replace(first, span=Span(0, len("Hello all.\n\nW"))))
    assert since.touches(first, whole=True)
    assert since.touches(replace(first, related=(Related(post, Span(0, 1), "before"),)))


def test_hunks_are_counted_so_that_no_words_are_taken_for_a_name() -> None:
    diff = '+++ b/a b.md\t\n@@ -1 +1,2 @@\n-x\n+++ b/c.md\n+y\n\\ No newline\n@@ -4,2 +5,0 @@\n--- a\n-b\n+++ "b/\\303\\244\\n"\n@@ -0,0 +1 @@\n+z\n'
    assert [(path, (lines.start, lines.stop)) for path, lines in _hunks(diff)] == [
        ("a b.md", (1, 3)),
        ("a b.md", (5, 5)),
        ("Ã¤\n", (1, 2)),
    ]
