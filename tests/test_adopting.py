"""The recipes of docs/adopting.md, run as they stand there."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from linter.cli import main
from tests.conftest import ROOT, commit_as_somebody, git

PAPER = (ROOT / "docs" / "adopting.md").read_text("utf-8")
RECIPES: list[Any] = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", PAPER, re.DOTALL)]
GITHUB = next(one for one in RECIPES if "jobs" in one)["jobs"]["postlint"]["steps"]
GITLAB = next(one for one in RECIPES if "postlint" in one)["postlint"]
HOOKS = next(one for one in RECIPES if "repos" in one)["repos"][0]["hooks"]
SCUM = "You people are scum.\n"


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an old insult, and a branch with a new one, checked out as merged into the main one."""
    monkeypatch.chdir(tmp_path)
    commit_as_somebody(monkeypatch)
    Path("old.md").write_text(SCUM)
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "old")
    git("checkout", "-q", "-b", "branch")
    Path("new.md").write_text(SCUM)
    git("add", "-A")
    git("commit", "-q", "-m", "new")
    git("checkout", "-q", "main")
    Path("elsewhere.md").write_text(SCUM)
    git("add", "-A")
    git("commit", "-q", "-m", "meanwhile")
    git("merge", "-q", "branch", "-m", "merge")
    return tmp_path


def ran(command: str) -> tuple[int, str]:
    """The exit status and output of a recipe's line."""
    name, *arguments = shlex.split(command)
    assert name == "postlint"
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    return result.exit_code, result.stdout


def test_on_github_only_the_new_insult_is_said_and_uploaded(branch: Path) -> None:
    (command,) = [step["run"] for step in GITHUB if step.get("run", "").startswith("postlint")]
    status, said = ran(command)
    assert status == 1
    assert re.findall(r"file=(\S+?),", said) == ["new.md"]
    (upload,) = [step["with"]["sarif_file"] for step in GITHUB if "upload" in step.get("uses", "")]
    results = json.loads(Path(upload).read_text("utf-8"))["runs"][0]["results"]
    assert [one["ruleId"] for one in results] == ["insult"]


def test_on_gitlab_the_report_has_everything_and_only_the_new_insult_fails(branch: Path) -> None:
    report, judge = [line for line in GITLAB["script"] if line.startswith("postlint")]
    assert ran(report)[0] == 0
    found = json.loads(Path(GITLAB["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    assert sorted(one["location"]["path"] for one in found) == ["elsewhere.md", "new.md", "old.md"]
    variable = "${CI_MERGE_REQUEST_DIFF_BASE_SHA:-HEAD}"
    assert variable in judge
    assert ran(judge.replace(variable, git("merge-base", "HEAD^1", "branch")))[0] == 1
    assert ran(judge.replace(variable, "HEAD"))[0] == 0


def test_the_hooks_named_are_hooks_there_are() -> None:
    known = {one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert [one["id"] for one in HOOKS] == list(known)
    assert set(known["postlint-rules"]["args"]) == {"our-rules"}
    assert known["postlint-rules"]["files"] == "^our-rules/"


def test_every_option_named_is_one(branch: Path) -> None:
    named = set(re.findall(r"(?<=[ `])--[a-z][a-z-]*", PAPER)) - {"--all-files"}
    help_texts = "".join(
        CliRunner().invoke(main, [*command.split(), "--help"]).output
        for command in ("check", "rules", "baseline write", "baseline prune")
    )
    assert [option for option in sorted(named) if option not in help_texts] == []
