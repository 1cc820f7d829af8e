"""A run over a posts repository: what is judged, what is only heard, and what is looked at anew."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from linter import run as running
from linter.kept import Kept
from linter.post import Unreadable
from linter.run import Judged, run
from linter.workspace import Workspace
from tests.conftest import git

CONFIG = (
    "posts: drafts\nauthor: us\nrooms: {mill: {platform: facebook, kind: community, joined: 2026-01-01}}\n"
)
PITCHES = ("Labour will fix the crossing.", "Vote Labour, please.", "Vote Labour on Thursday.")


def draft(text: str, day: str, **keys: str) -> str:
    more = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\nroom: mill\ndate: 2026-04-{day}\n{more}---\n{text}\n"


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of three pitches in a row, none of them tracked yet."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / ".postlint.yaml").write_text(CONFIG)
    for number, text in enumerate(PITCHES, 1):
        (tmp_path / "drafts" / f"{number}.md").write_text(draft(text, f"0{number}"))
    git("init", "-q", folder=tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rules_said(*paths: str) -> list[list[str]]:
    workspace = Workspace()
    outcomes = [outcome for outcome in run(workspace, workspace.read(paths)) if isinstance(outcome, Judged)]
    return [[finding.rule for finding in outcome.findings] for outcome in outcomes]


def test_the_hook_names_one_draft_and_the_others_are_heard(team: Path) -> None:
    git("add", "-A", folder=team)
    assert "pitch-after-pitch" in rules_said("drafts/3.md")[0]


@pytest.mark.parametrize("added", [(), ("drafts/1.md",), ("drafts/1.md", "drafts/3.md")])
def test_a_draft_that_git_does_not_know_is_not_heard(team: Path, added: tuple[str, ...]) -> None:
    if added:
        git("add", *added, folder=team)
    assert "pitch-after-pitch" not in rules_said("drafts/3.md")[0]


def test_without_git_every_draft_is_heard(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "pitch-after-pitch" in rules_said("drafts/3.md")[0]


def test_a_draft_from_elsewhere_is_heard_from_where_it_lies(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("add", "-A", folder=team)
    monkeypatch.chdir(team.parent)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert "pitch-after-pitch" in rules_said(str(team / "drafts" / "3.md"))[0]


def test_what_is_heard_is_shown_as_a_person_here_would_write_it(team: Path) -> None:
    git("add", "-A", folder=team)
    workspace = Workspace()
    (judged,) = [one for one in run(workspace, workspace.read(["drafts/3.md"])) if isinstance(one, Judged)]
    related = [found.related for found in judged.findings if found.rule == "pitch-after-pitch"]
    assert [place.post.source.path for place in related[0]] == ["drafts/2.md", "drafts/1.md"]


def test_standard_input_stands_for_the_draft_of_its_name(team: Path) -> None:
    git("add", "-A", folder=team)
    data = draft("What did you all make of the play?", "03").encode()
    for text, expected in ((data, False), ((team / "drafts" / "3.md").read_bytes(), True)):
        workspace = Workspace()
        outcomes = list(run(workspace, workspace.read_stdin(text, "drafts/3.md")))
        (judged,) = [outcome for outcome in outcomes if isinstance(outcome, Judged)]
        assert ("pitch-after-pitch" in [finding.rule for finding in judged.findings]) is expected


def test_a_heard_draft_that_cannot_be_read_is_no_matter_until_it_is_named(team: Path) -> None:
    (team / "drafts" / "0.md").write_text("---\nplatfrm: facebook\n---\nHello\n")
    git("add", "-A", folder=team)
    assert len(rules_said("drafts/3.md")) == 1
    workspace = Workspace()
    assert any(isinstance(outcome, Unreadable) for outcome in run(workspace, workspace.read(["drafts"])))


RECORDS = [
    {"id": "a", "author": "us", "room": "mill", "date": "2026-04-01", "text": "The stall is on Saturday."},
    {"id": "b", "author": "Bev", "room": "mill", "date": "2026-04-02", "text": "You people are scum.", "reply_to": "a"},
    {"id": "c", "author": "us", "room": "mill", "date": "2026-04-03", "text": "These councillors are vermin."},
]  # fmt: skip


def records(folder: Path, lines: list[dict[str, str]]) -> str:
    path = folder / "drafts" / "posts.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return str(path.relative_to(folder))


def test_others_records_are_heard_and_not_judged(team: Path) -> None:
    workspace = Workspace()
    outcomes = list(run(workspace, workspace.read([records(team, RECORDS)])))
    judged = [outcome for outcome in outcomes if isinstance(outcome, Judged)]
    assert [(one.post.id, one.heard) for one in judged] == [("a", False), ("b", True), ("c", False)]
    assert [finding.rule for finding in judged[1].findings] == []
    assert "vermin" in [finding.rule for finding in judged[2].findings]


def test_without_a_configured_author_everybody_is_judged(team: Path) -> None:
    (team / ".postlint.yaml").write_text("posts: drafts\n")
    path = records(team, RECORDS)
    assert [sorted({*found} & {"insult", "vermin"}) for found in rules_said(path)] == [
        [],
        ["insult"],
        ["vermin"],
    ]


def test_the_order_of_the_input_is_kept(team: Path) -> None:
    lines = [RECORDS[2], {"text": "No room, no author."}, RECORDS[0], {"text": ""}, RECORDS[1]]
    workspace = Workspace()
    outcomes = list(run(workspace, workspace.read([records(team, lines), "drafts/1.md"])))
    kinds = [one.post.id if isinstance(one, Judged) else type(one).__name__ for one in outcomes]
    assert kinds == ["c", "drafts/posts.jsonl:2", "a", "Unreadable", "b", "drafts/1.md"]


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """How many texts a run over some paths looks at anew."""
    made: list[Kept] = []

    class Counted(Kept):
        def __post_init__(self) -> None:
            super().__post_init__()
            made.append(self)

    monkeypatch.setattr(running, "Kept", Counted)

    def counted(*paths: str) -> int:
        made.clear()
        rules_said(*paths)
        return sum(kept.looks for kept in made)

    return counted


def test_one_changed_draft_costs_one_look(team: Path, looks: Callable[..., int]) -> None:
    assert looks("drafts") == 3
    assert looks("drafts") == 0
    (team / "drafts" / "2.md").write_text(draft("What did you make of the play?", "02"))
    assert looks("drafts") == 1
    assert "pitch-after-pitch" not in rules_said("drafts")[2]


def test_a_draft_between_costs_one_look_though_every_later_visit_is_another(
    team: Path, looks: Callable[..., int]
) -> None:
    looks("drafts")
    (team / "drafts" / "4.md").write_text(draft("What did you make of the play?", "02"))
    assert looks("drafts") == 1


@pytest.mark.parametrize(
    "change",
    [
        CONFIG + "rules: {pitch-after-pitch: error}\n",
        CONFIG + "rules: {slogans: {add: [bring back the ferry]}}\n",
        CONFIG + "rules: {insult: off}\n",
        CONFIG.replace("community", "business"),
    ],
)
def test_another_configuration_costs_every_look(team: Path, looks: Callable[..., int], change: str) -> None:
    looks("drafts")
    (team / ".postlint.yaml").write_text(change)
    assert looks("drafts") == 3


def test_a_changed_rule_of_the_team_costs_every_look(team: Path, looks: Callable[..., int]) -> None:
    rule = (Path(__file__).parent.parent / "rules" / "talking" / "slogans.yaml").read_text()
    (team / "ours").mkdir()
    (team / ".postlint.yaml").write_text(CONFIG + "rule_paths: [ours]\n")
    mine = team / "ours" / "our-slogans.yaml"
    mine.write_text(rule.replace("id: slogans", "id: our-slogans"))
    assert looks("drafts") == 3
    assert looks("drafts") == 0
    mine.write_text(mine.read_text().replace("status: stable", "status: trial") + "# another hand\n")
    assert looks("drafts") == 3


@pytest.mark.parametrize("damage", [b"", b"nonsense" * 1000, "half", "entry", "folder"])
def test_damage_is_never_believed_and_never_matters(
    team: Path, looks: Callable[..., int], damage: bytes | str
) -> None:
    expected = rules_said("drafts")
    place = user_cache_path("postlint") / "seen.sqlite"
    if damage == "half":
        place.write_bytes(place.read_bytes()[: place.stat().st_size // 2])
    elif damage == "entry":
        with sqlite3.connect(place) as store:
            store.execute("update entry set value = replace(value, 'pitch', 'thank')")
        store.close()
    elif damage == "folder":
        place.unlink()
        place.mkdir()
    else:
        assert isinstance(damage, bytes)
        place.write_bytes(damage)
    assert rules_said("drafts") == expected
    assert rules_said("drafts") == expected
    assert looks("drafts") == (3 if damage == "folder" else 0)


def test_runs_side_by_side_do_no_harm(team: Path) -> None:
    command = [sys.executable, "-m", "linter", "check", "drafts", "--format", "jsonl", "--exit-zero"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    answers = [run_.communicate() for run_ in runs]
    assert {run_.returncode for run_ in runs} == {0}
    assert len({answer for answer, _ in answers}) == 1
    assert all(b"pitch-after-pitch" in answer for answer, _ in answers)
