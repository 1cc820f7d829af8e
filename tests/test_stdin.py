"""A draft on standard input, as an editor sends it: named like a file that need not exist."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linter.cli import main

SCUM = "You people are scum."
CONFIG = 'posts: drafts/\nexclude: ["drafts/archive/**"]\nextra_keys: [mood]\n'
WITH_MOOD = "---\nmood: fine\n---\n" + SCUM
"""Front matter that only the team's configuration allows."""


@pytest.fixture(autouse=True)
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a configuration, one folder below the place where the program stands."""
    root = tmp_path / "team"
    (root / ".git").mkdir(parents=True)
    (root / "drafts").mkdir()
    (root / "drafts" / "there.md").write_text("Hello.", "utf-8")
    (root / ".postlint.yaml").write_text(CONFIG, "utf-8")
    monkeypatch.chdir(tmp_path)
    return root


def checked(name: str, text: str | bytes) -> Result:
    arguments = ["check", "-", "--stdin-filename", name, "--format", "concise"]
    return CliRunner().invoke(main, arguments, input=text, catch_exceptions=False)


@pytest.mark.parametrize(
    "name",
    [
        "team/notes.md",
        "team/other/new.md",
        "team/drafts/archive/new.md",
        "team/drafts/archive/2025/new.txt",
        "team/drafts/../new.md",
        "{here}/team/new.md",
        "{here}/team/drafts/archive/new.md",
    ],
)
def test_outside_the_posts_or_excluded_nothing_is_said(name: str, tmp_path: Path) -> None:
    result = checked(name.format(here=tmp_path), SCUM)
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize(
    "name",
    [
        "team/drafts/there.md",
        "team/drafts/new.md",
        "team/drafts/new.txt",
        "team/drafts/New.MD",
        "team/drafts/no folder/nor/this/new.md",
        "team/drafts/there.md/new.md",
        "team/../team/drafts/new.md",
        "{here}/team/drafts/new.md",
        "{here}/team/drafts/nowhere/new.markdown",
        f"team/drafts/{'long' * 80}.md",
        f"team/drafts/{'long' * 80}/new.md",
        f"team/drafts/{'long/' * 1_000}new.md",
    ],
    ids=lambda name: name[:50],
)
def test_the_configuration_is_found_from_the_name(name: str, tmp_path: Path) -> None:
    name = name.format(here=tmp_path)
    result = checked(name, WITH_MOOD)
    assert result.stdout.startswith(f"{name}:4:16: error: ")
    assert result.exit_code == 1


@pytest.mark.parametrize("name", ["new.md", "nowhere/new.md", "{here}/new.txt", "/nowhere/at/all/new.md"])
def test_outside_a_repository_the_rules_are_the_packaged_ones(name: str, tmp_path: Path) -> None:
    name = name.format(here=tmp_path)
    assert checked(name, SCUM).stdout.startswith(f"{name}:1:16: error: ")
    assert f"{name}:2:1: error: `mood` is not a known key" in checked(name, WITH_MOOD).stdout


def test_a_buffer_without_a_name_is_standard_input() -> None:
    assert checked("", SCUM).stdout.startswith("<stdin>:1:16: error: ")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\r\nstage: talk\r\n---\r\nHello.\r\nYou people are scum.\r\n", "5:16"),
        ("---\rstage: talk\r---\rHello.\rYou people are scum.\r", "5:16"),
        ("Hello.\r\n\r\n\r\n🏴󠁧󠁢󠁷󠁬󠁳󠁿 You people are scum.", "4:24"),
        ("\ufeffYou people are scum.", "1:16"),
    ],
)
def test_lines_end_as_they_like(text: str, place: str) -> None:
    for name in ("team/drafts/new.md", "team/drafts/new.txt"):
        assert f"{name}:{place}: error: " in checked(name, text.encode()).stdout


@pytest.mark.parametrize(
    ("name", "silent"), [("team/drafts/new.md", True), ("team/drafts/new.txt", False), ("", False)]
)
def test_code_is_nobodys_prose_in_markdown_only(name: str, silent: bool) -> None:
    assert (checked(name, f"Hello `{SCUM}`").stdout == "") is silent


@pytest.mark.parametrize("format_name", ["json", "jsonl"])
def test_records_bear_the_name(format_name: str) -> None:
    arguments = ["check", "-", "--stdin-filename", "team/drafts/new.md", "--format", format_name]
    found = json.loads(CliRunner().invoke(main, arguments, input=SCUM).stdout)
    (record,) = found if isinstance(found, list) else [found]
    assert (record["path"], record["post"]) == ("team/drafts/new.md", "drafts/new.md")
    assert (record["line"], record["column"], record["end_line"], record["end_column"]) == (1, 16, 1, 20)


def test_a_name_for_standard_input_that_is_not_read_is_named() -> None:
    result = CliRunner().invoke(main, ["check", "--stdin-filename", "a.md", "b.md"])
    assert (result.exit_code, "name `-` among the paths" in result.stderr) == (2, True)
