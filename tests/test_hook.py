"""The real pre-commit, on real repositories made here. Needs git and a package registry.

Its environments take about a minute each to install: all tests share one, and `try-repo` makes its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.hook

CALM = "---\nplatform: facebook\n---\nThanks for having us. What did you make of the fair?\n"
HEATED = "Thanks all. You people are scum.\n"
MANY = 2_000
LONGEST = 120
"""Seconds for a first look at two thousand drafts: several times what a slow machine needs."""
GOOD_RULE = """\
id: our-ferry
title: Say which ferry
clause: house
why: There are two.
level: error
check: {phrase: {terms: [the ferry]}}
message: Which ferry is meant?
suggestion: The Tuesday ferry is back.
false_alarms: None known.
examples:
  bad:
    - {text: "Bring back the ferry.", flag: [the ferry]}
  good:
    - {text: "The Tuesday boat is back."}
"""


def run(*command: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
        "PRE_COMMIT_HOME": str(home),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments, one for all tests."""
    return tmp_path_factory.mktemp("pre-commit")


class Team:
    """A repository of posts under the hooks."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home = folder, home
        folder.mkdir()
        self("git", "init", "-q")
        rev = run("git", "rev-parse", "HEAD", folder=ROOT, home=home).stdout.strip()
        hooks = "  - id: postlint\n  - id: postlint-rules\n"
        self.write(".pre-commit-config.yaml", f"repos:\n- repo: {ROOT}\n  rev: {rev}\n  hooks:\n{hooks}")
        self.write(".postlint.yaml", "posts: drafts/\n")
        self.write("README.md", HEATED)
        self.write("drafts/calm one é.md", CALM)

    def __call__(self, *command: str) -> subprocess.CompletedProcess[str]:
        return run(*command, folder=self.folder, home=self.home)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def pre_commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self(sys.executable, "-m", "pre_commit", *arguments)

    def postlint(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self(sys.executable, "-m", "linter", *arguments)

    def commit(self) -> tuple[bool, str]:
        """Whether a commit of everything goes through, and what was said."""
        self("git", "add", "-A")
        result = self("git", "commit", "-m", "a change")
        return result.returncode == 0, result.stdout + result.stderr


@pytest.fixture
def team(tmp_path: Path, home: Path) -> Team:
    """A repository with nothing committed and the hooks installed."""
    made = Team(tmp_path / "posts of the team", home)
    assert made.pre_commit("install").returncode == 0
    return made


def test_a_first_commit_goes_through_when_calm_and_not_with_an_insult(team: Team) -> None:
    team.write("drafts/heated.txt", HEATED)
    passed, said = team.commit()
    assert not passed
    assert "drafts/heated.txt:1:28" in said
    assert "README.md" not in said
    team.write("drafts/heated.txt", CALM)
    passed, said = team.commit()
    assert passed, said
    assert team("git", "rev-parse", "HEAD").returncode == 0


def test_a_pinned_revision_holds_back_only_what_is_committed(team: Team) -> None:
    assert team.commit()[0]
    team.write("drafts/heated.txt", HEATED)
    team.write("drafts/another.txt", CALM)
    team("git", "add", "drafts/another.txt")
    result = team("git", "commit", "-m", "a calm one")
    assert result.returncode == 0, result.stdout + result.stderr
    assert team.commit()[0] is False


@pytest.mark.parametrize("name", ["drafts/two words.md", "drafts/ñandú – 日本.txt", 'drafts/it\'s "so".md'])
def test_names_with_spaces_and_letters_of_every_kind(team: Team, name: str) -> None:
    team.write(name, HEATED)
    passed, said = team.commit()
    assert not passed
    assert f"{name}:1:28" in said


def test_a_renamed_draft_is_looked_at_under_its_new_name(team: Team) -> None:
    assert team.commit()[0]
    team("git", "mv", "drafts/calm one é.md", "drafts/heated ü.md")
    assert team.commit()[0]
    team("git", "mv", "drafts/heated ü.md", "drafts/now.md")
    team.write("drafts/now.md", CALM + HEATED)
    passed, said = team.commit()
    assert not passed
    assert "drafts/now.md:5:28" in said


def test_a_baseline_lets_old_posts_stand_and_holds_new_ones_back(team: Team) -> None:
    team.write("drafts/old.md", HEATED)
    assert team.commit()[0] is False
    team.write(".postlint.yaml", "posts: drafts/\nbaseline: .postlint-baseline.json\n")
    assert team.postlint("baseline", "write").returncode == 0
    passed, said = team.commit()
    assert passed, said
    team.write("drafts/old.md", "A line above.\n" + HEATED)
    passed, said = team.commit()
    assert passed, said
    team("git", "mv", "drafts/old.md", "drafts/moved é.md")
    passed, said = team.commit()
    assert passed, said
    assert "1 still stand" in team.postlint("baseline", "prune").stdout
    team.write("drafts/copy.md", HEATED)
    passed, said = team.commit()
    assert not passed
    assert "drafts/copy.md:1:28" in said


def test_a_missing_baseline_holds_a_commit_back_and_says_what_to_do(team: Team) -> None:
    team.write(".postlint.yaml", "posts: drafts/\nbaseline: known.json\n")
    passed, said = team.commit()
    assert not passed
    assert "known.json: there is no baseline; make one with `postlint baseline write`" in said


def test_rules_whose_examples_hold_pass_and_others_do_not(team: Team) -> None:
    team.write("our-rules/our-ferry.yaml", GOOD_RULE)
    passed, said = team.commit()
    assert passed, said
    assert "postlint rules" in said
    team.write("our-rules/our-ferry.yaml", GOOD_RULE.replace("Tuesday boat", "ferry"))
    passed, said = team.commit()
    assert not passed
    assert "our-ferry.yaml:14: good: “The ferry is back.”" in said
    team.write("our-rules/our-ferry.yaml", GOOD_RULE.replace("phrase", "phrases"))
    passed, said = team.commit()
    assert not passed
    assert "`phrases` is no kind of check; did you mean phrase?" in said


def test_rules_in_another_folder_are_named_in_args_and_files(team: Team) -> None:
    config = team.read(".pre-commit-config.yaml")
    team.write(".pre-commit-config.yaml", f"{config}    args: [team/rules]\n    files: ^team/rules/\n")
    team.write("team/rules/our-ferry.yaml", GOOD_RULE.replace("Tuesday boat", "ferry"))
    passed, said = team.commit()
    assert not passed
    assert "our-ferry.yaml:14: good" in said


def test_allow_in_the_front_matter_lets_a_commit_through(team: Team) -> None:
    team.write("drafts/old.md", "---\nallow: {insult: quotes the graffiti on our door}\n---\n" + HEATED)
    passed, said = team.commit()
    assert passed, said


def test_fix_as_an_argument_mends_a_draft_and_says_what_remains(team: Team) -> None:
    config = team.read(".pre-commit-config.yaml")
    team.write(
        ".pre-commit-config.yaml", config.replace("- id: postlint\n", "- id: postlint\n    args: [--fix]\n")
    )
    team.write("drafts/glad.md", "We did it!!! Thank you all. How was it for you?\n")
    passed, said = team.commit()
    assert not passed, "pre-commit fails a hook that changes files, so that people look at them"
    assert "files were modified by this hook" in said
    assert team.read("drafts/glad.md") == "We did it! Thank you all. How was it for you?\n"
    passed, said = team.commit()
    assert passed, said


def test_all_files_of_two_thousand_drafts(team: Team) -> None:
    begun_at = time.time_ns()  # no run before this one has looked at these
    for number in range(MANY):
        text = f"---\nroom: mill {number % 7}\nplatform: facebook\ndate: 2026-01-{1 + number % 28:02}\n---\nThanks for having us, {number} of {begun_at}. What did you make of the fair?\n"
        team.write(f"drafts/{number % 40}/draft {number}.md", text)
    team.write("drafts/heated.txt", HEATED)
    team("git", "add", "-A")
    for look in ("first", "second"):
        begun = time.monotonic()
        result = team.pre_commit("run", "postlint", "--all-files")
        taken = time.monotonic() - begun
        print(f"the {look} look at {MANY:,} drafts: {taken:.1f} s")
        assert result.returncode == 1
        assert "drafts/heated.txt:1:28" in result.stdout
        assert f"{MANY + 2:,} posts read" in result.stdout
        assert taken < LONGEST


def test_try_repo_says_the_same(team: Team) -> None:
    team.write("drafts/heated.txt", HEATED)
    team("git", "add", "-A")
    result = team.pre_commit("try-repo", str(ROOT), "postlint", "--all-files")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "drafts/heated.txt:1:28" in result.stdout
