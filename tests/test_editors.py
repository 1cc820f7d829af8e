"""Real editors, set up as their READMEs say, with the findings as each of them counts places."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

DRIVERS = ROOT / "tests" / "editors"
EDITORS = ROOT / "editors"
SECONDS = 120

FLAG = "🏴󠁧󠁢󠁷󠁬󠁳󠁿"
FRONT = "---\nplatform: facebook\nmood: fine\n---\n"
"""Two keys that hold only where the team's configuration is found."""
DRAFT = f"{FRONT}{FLAG} You are an idiot!!!\n"
MENDED = f"{FRONT}{FLAG} You are an idiot!\n"


@dataclass(frozen=True, slots=True)
class Desk:
    """A team's repository, a home for an editor's settings, and what the editor showed there."""

    team: Path
    home: Path

    def put(self, source: str, place: str) -> None:
        """A file of the project where a README says that it goes."""
        target = self.home / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(EDITORS / source, target)

    def draft(self, name: str, text: str) -> str:
        """A draft in the repository, or beside it where its name goes upwards."""
        path = self.team / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return str(path)

    def shown(self, draft: str, command: list[str], **more: str) -> dict[str, Any]:
        """What an editor left in the file it was told of."""
        shown = self.home / "shown.json"
        where = os.pathsep.join((str(self.home / "bin"), os.environ["PATH"]))
        env = {"HOME": str(self.home), "PATH": where, "LANG": "C.UTF-8", "TERM": "dumb"}
        env |= {"DRAFT": draft, "SHOWN": str(shown), **more}
        ran = subprocess.run(
            command, cwd=self.team, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS
        )
        assert shown.exists(), (ran.returncode, ran.stdout[-2000:], ran.stderr[-2000:])
        found: dict[str, Any] = json.loads(shown.read_text("utf-8"))
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    team, home = tmp_path / "the team, 2026", tmp_path / "homes" / "me"
    (team / ".git").mkdir(parents=True)
    (team / ".postlint.yaml").write_text("posts: drafts/\nextra_keys: [mood]\n", "utf-8")
    program = home / "bin" / "postlint"
    program.parent.mkdir(parents=True)
    linter_at = Path(str(files("linter"))).parent
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{linter_at}" PYTHONSAFEPATH=1 exec "{sys.executable}" -m linter "$@"\n',
        "utf-8",
    )
    program.chmod(0o755)
    return Desk(team, home)


def needs(program: str, *parts: str) -> str:
    """The program's path; skips the test where it, or one of the folders it needs as well, is not here."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    for part in parts:
        if not any(Path("/usr/share").glob(part)):
            pytest.skip(f"{program} is here, but nothing like /usr/share/{part}")
    return found


def vim_with_ale(desk: Desk, draft: str) -> dict[str, Any]:
    vim = needs("vim", "vim/vimfiles/pack/*/*/ale")
    if b"+job" not in subprocess.run([vim, "--version"], capture_output=True, check=True).stdout:
        pytest.skip("this Vim is built without jobs; Debian's vim and vim-nox have them, vim-tiny has not")
    desk.put("vim/postlint.vim", ".vim/after/plugin/postlint.vim")
    (desk.home / ".vimrc").write_text("packadd! ale\nfiletype plugin on\n", "utf-8")
    command = [vim, "--not-a-term", "-T", "dumb", "-i", "NONE", "-n", "-S", str(DRIVERS / "ale.vim")]
    return desk.shown(draft, command)


def neovim(desk: Desk, draft: str, take: str = "", milliseconds: int = 30_000) -> dict[str, Any]:
    nvim = needs("nvim")
    newer = subprocess.run(
        [nvim, "--clean", "--headless", "-c", "if has('nvim-0.11') | cquit | else | quit | endif"]
    )
    desk.put(
        "neovim/postlint.lua" if newer.returncode else "neovim/postlint-0.7.lua",
        ".config/nvim/plugin/postlint.lua",
    )
    command = [nvim, "--headless", "-n", "-i", "NONE", "-S", str(DRIVERS / "neovim.lua")]
    return desk.shown(draft, command, TAKE=take, MILLISECONDS=str(milliseconds))


def emacs(desk: Desk, draft: str, take: str = "", milliseconds: int = 30_000) -> dict[str, Any]:
    program = needs("emacs")
    batch = [program, "--batch"]
    if subprocess.run([*batch, "-l", "eglot"], capture_output=True, check=False).returncode:
        pytest.skip("Emacs is here, but not eglot: Debian's package is elpa-eglot")
    desk.put("emacs/postlint.el", ".emacs.d/postlint.el")
    command = [*batch, "-l", str(desk.home / ".emacs.d/postlint.el"), "-l", str(DRIVERS / "eglot.el")]
    return desk.shown(draft, command, TAKE=take, MILLISECONDS=str(milliseconds))


def text(shown: dict[str, Any]) -> str:
    return "\n".join(shown["after"]).rstrip("\n") + "\n"


NAMES = ["drafts/new.md", "drafts/Ünder, a folder/new.txt"]
NO_DRAFTS = ["notes.md", "../elsewhere/new.md"]
A_WHILE = 4_000
"""Milliseconds in which a finding would have come."""

ALLOW = "Allow `exclamation-row` here, with a reason"
AFTER = {
    "Keep one mark": MENDED,
    ALLOW: DRAFT.replace("fine\n", "fine\nallow:\n  exclamation-row: say why\n"),
}
"""What a quick fix makes of the draft."""


@pytest.mark.editor
@pytest.mark.parametrize("name", NAMES)
def test_vim_with_ale_shows_findings_in_bytes_and_mends_them(name: str, desk: Desk) -> None:
    shown = vim_with_ale(desk, desk.draft(name, DRAFT))
    assert shown["findings"] == [
        [5, 41, 5, 45, "insult", "E"],
        [5, 46, 5, 48, "exclamation-row", "I"],
    ]
    assert text(shown) == MENDED


@pytest.mark.editor
@pytest.mark.parametrize("name", NO_DRAFTS)
def test_vim_with_ale_says_nothing_of_what_is_no_draft(name: str, desk: Desk) -> None:
    shown = vim_with_ale(desk, desk.draft(name, DRAFT))
    assert (shown["findings"], text(shown)) == ([], DRAFT)


@pytest.mark.editor
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("take", AFTER)
def test_neovim_shows_findings_in_bytes_and_takes_a_fix(name: str, take: str, desk: Desk) -> None:
    shown = neovim(desk, desk.draft(name, DRAFT), take)
    assert shown["findings"] == [
        [4, 40, 4, 45, "insult", 1],
        [4, 45, 4, 48, "exclamation-row", 3],
    ]
    assert text(shown) == AFTER[take]


@pytest.mark.editor
@pytest.mark.parametrize("name", NO_DRAFTS)
def test_neovim_says_nothing_of_what_is_no_draft(name: str, desk: Desk) -> None:
    shown = neovim(desk, desk.draft(name, DRAFT), milliseconds=A_WHILE)
    assert (shown["findings"], text(shown)) == ([], DRAFT)


@pytest.mark.editor
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("take", AFTER)
def test_emacs_shows_findings_in_characters_and_takes_a_fix(name: str, take: str, desk: Desk) -> None:
    shown = emacs(desk, desk.draft(name, DRAFT), take)
    assert [finding[:5] for finding in shown["findings"]] == [
        [5, 19, 5, 24, "eglot-error"],
        [5, 24, 5, 27, "eglot-note"],
    ]
    assert "Would one be warm enough?" in shown["findings"][1][5]
    assert text(shown) == AFTER[take]


@pytest.mark.editor
@pytest.mark.parametrize("name", NO_DRAFTS)
def test_emacs_says_nothing_of_what_is_no_draft(name: str, desk: Desk) -> None:
    shown = emacs(desk, desk.draft(name, DRAFT), milliseconds=A_WHILE)
    assert (shown["findings"], text(shown)) == ([], DRAFT)
