"""Leave to stand: what a post and a configuration allow, and what is said of leave that is amiss."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from linter.cli import main
from linter.run import Judged, Remark, run
from linter.workspace import Workspace

TODAY = date(2026, 6, 15)


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def found(*paths: str) -> tuple[list[str], list[str], list[str]]:
    """The rules that speak, those that are allowed to stand, and those about the configuration."""
    workspace = Workspace(today=TODAY)
    speaks, stands, about = [], [], []
    for outcome in run(workspace, workspace.read(paths)):
        if isinstance(outcome, Judged):
            speaks += [finding.rule for finding in outcome.findings if not finding.allowed]
            stands += [finding.rule for finding in outcome.findings if finding.allowed]
        elif isinstance(outcome, Remark):
            about.append(outcome.finding.rule)
    return speaks, stands, about


@pytest.mark.parametrize(
    ("allow", "speaks", "stands"),
    [
        ("insult: quotes the film", [], ["insult"]),
        ("insult: {reason: quotes the film, until: 2026-06-15}", [], ["insult"]),
        ("insult: {reason: quotes the film, until: 2026-06-14}", ["allow-expired", "insult"], []),
        ("insult:", ["allow-without-reason"], ["insult"]),
        ("insult: {until: 2026-07-01}", ["allow-without-reason"], ["insult"]),
        ("insult: say why", ["allow-without-reason"], ["insult"]),
        ("insults: quotes the film", ["allow-unknown", "insult"], []),
        ("shouting: it is a sign", ["allow-unused", "insult"], []),
        ("unreadable: it is a sign", ["allow-unknown", "insult"], []),
    ],
)
def test_what_a_post_allows(team: Path, allow: str, speaks: list[str], stands: list[str]) -> None:
    (team / "a.md").write_text(f"---\nallow:\n  {allow}\n---\nYou are an idiot.\n")
    assert found("a.md") == (speaks, stands, [])


def test_an_empty_allow_allows_nothing(team: Path) -> None:
    (team / "a.md").write_text("---\nallow:\n---\nYou are an idiot.\n")
    assert found("a.md") == (["insult"], [], [])


@pytest.mark.parametrize(
    ("rules", "speaks"), [("rules: {shouting: off}", ["insult"]), ("", ["allow-unused", "insult"])]
)
def test_leave_for_a_rule_that_is_switched_off_is_not_called_unused(
    team: Path, rules: str, speaks: list[str]
) -> None:
    (team / ".postlint.yaml").write_text(rules)
    (team / "a.md").write_text("---\nallow: {shouting: it is a sign}\n---\nYou are an idiot.\n")
    assert found("a.md")[0] == speaks


def test_leave_in_a_record_is_remarked_on_there(team: Path) -> None:
    (team / "a.jsonl").write_text(
        '{"text": "You are an idiot.", "allow": {"insult": "", "shouting": "a sign"}}\n'
    )
    assert found("a.jsonl") == (["allow-without-reason", "allow-unused"], ["insult"], [])


@pytest.mark.parametrize(
    ("leave", "speaks", "about"),
    [
        ("{rule: insult, posts: old/*, reason: from before}", [], []),
        ("{rule: [insult, shouting], posts: 'old/*', reason: from before}", [], ["allow-unused"]),
        ("{rule: insult, posts: new/*, reason: from before}", ["insult"], ["allow-unused"]),
        ("{rule: insult, room: mill, reason: they joke}", [], []),
        ("{rule: insult, room: hall, reason: they joke}", ["insult"], ["allow-unused"]),
        ("{rule: insult, room: mill, posts: new/*, reason: they joke}", ["insult"], ["allow-unused"]),
        ("{rule: insult, room: mill}", [], ["allow-without-reason"]),
        ("{rule: insult, room: mill, reason: x, until: 2026-06-14}", ["insult"], ["allow-expired"]),
        ("{rule: insutl, room: mill, reason: x}", ["insult"], ["allow-unknown"]),
    ],
)
def test_what_a_configuration_allows(team: Path, leave: str, speaks: list[str], about: list[str]) -> None:
    (team / ".postlint.yaml").write_text(f"rooms: {{mill: {{}}, hall: {{}}}}\nallow:\n  - {leave}\n")
    (team / "old").mkdir()
    (team / "old" / "a.md").write_text("---\nroom: mill\n---\nYou are an idiot.\n")
    assert (found()[0], found()[2]) == (speaks, about)


def test_a_run_over_named_posts_calls_nothing_of_the_configuration_unused(team: Path) -> None:
    (team / ".postlint.yaml").write_text("allow: [{rule: insult, posts: old/*, reason: from before}]\n")
    (team / "a.md").write_text("Does the bus still stop here?\n")
    assert found("a.md") == ([], [], [])


@pytest.mark.parametrize(
    ("leave", "said"),
    [
        ("{posts: x, reason: r}", "says which `rule` it is about"),
        ("{rule: insult, reason: r}", "says where"),
        ("{rule: insult, room: x, untill: 2026-01-01}", "did you mean until?"),
    ],
)
def test_a_mistake_in_the_configurations_leave_is_named_with_its_line(
    team: Path, leave: str, said: str
) -> None:
    (team / ".postlint.yaml").write_text(f"allow:\n  - {leave}\n")
    (team / "a.md").write_text("Does the bus still stop here?\n")
    result = CliRunner().invoke(main, ["check", "a.md"])
    assert result.exit_code == 2
    assert ".postlint.yaml:2: " in result.stderr
    assert said in result.stderr


def test_what_is_allowed_fails_nothing_and_is_counted(team: Path) -> None:
    (team / "a.md").write_text("---\nallow: {insult: quotes the film}\n---\nYou are an idiot.\n")
    result = CliRunner().invoke(main, ["check", "a.md"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 allowed" in result.stderr


def test_every_such_finding_stands_on_its_words_and_has_a_fix(team: Path) -> None:
    (team / "a.md").write_text(
        "---\nallow:\n  insults: x\n  shouting: y\n  rattled:\n---\nYou are an idiot.\n"
    )
    workspace = Workspace(today=TODAY)
    [judged] = [one for one in run(workspace, workspace.read(["a.md"])) if isinstance(one, Judged)]
    amiss = [finding for finding in judged.findings if finding.rule.startswith("allow-")]
    assert [(one.post.words(one.span), one.post.place(one.span.start)[:2]) for one in amiss] == [
        ("insults", (3, 3)), ("shouting", (4, 3)), ("rattled", (5, 3)),
    ]  # fmt: skip
    assert [fix.text for one in amiss for fix in one.fixes] == ["insult", "", ""]
