"""The real pre-commit, on a real repository made here. Needs git and a package registry."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.hook

CALM = "---\nplatform: facebook\n---\nThanks for having us. What did you make of the fair?\n"
HEATED = "Thanks all. You people are scum.\n"


def run(*command: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(home),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }
    environment.pop("GIT_DIR", None)
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def team(tmp_path: Path, home: Path) -> Path:
    folder = tmp_path / "posts"
    folder.mkdir()
    run("git", "init", "-q", folder=folder, home=home)
    rev = run("git", "rev-parse", "HEAD", folder=ROOT, home=home).stdout.strip()
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {ROOT}\n  rev: {rev}\n  hooks:\n  - id: postlint\n"
    )
    (folder / ".postlint.yaml").write_text("posts: drafts/\n")
    (folder / "README.md").write_text(HEATED)
    (folder / "drafts").mkdir()
    (folder / "drafts" / "calm one é.md").write_text(CALM)
    run("git", "add", "-A", folder=folder, home=home)
    return folder


def pre_commit(*arguments: str, team: Path, home: Path) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "pre_commit", *arguments, folder=team, home=home)


def test_a_pinned_revision_lets_a_calm_commit_through_and_holds_an_insult_back(
    team: Path, home: Path
) -> None:
    assert pre_commit("install", team=team, home=home).returncode == 0
    first = run("git", "commit", "-m", "a calm one", folder=team, home=home)
    assert first.returncode == 0, first.stdout + first.stderr
    (team / "drafts" / "heated.txt").write_text(HEATED)
    run("git", "add", "-A", folder=team, home=home)
    second = run("git", "commit", "-m", "a heated one", folder=team, home=home)
    assert second.returncode == 1
    assert "drafts/heated.txt:1:28" in second.stdout + second.stderr
    assert "README.md" not in second.stdout + second.stderr


def test_all_files_and_try_repo_say_the_same(team: Path, home: Path) -> None:
    (team / "drafts" / "heated.txt").write_text(HEATED)
    run("git", "add", "-A", folder=team, home=home)
    pinned = pre_commit("run", "--all-files", team=team, home=home)
    tried = pre_commit("try-repo", str(ROOT), "postlint", "--all-files", team=team, home=home)
    for result in (pinned, tried):
        assert result.returncode == 1, result.stdout + result.stderr
        assert "drafts/heated.txt:1:28" in result.stdout
