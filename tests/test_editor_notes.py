"""What the editors' READMEs tell people to paste is what is tested."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from linter.config import NAME
from tests.conftest import ROOT

EDITORS = ROOT / "editors"
NOTES = sorted(path for path in EDITORS.rglob("*.md") if "node_modules" not in path.parts)
_QUOTED = re.compile(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```\n", re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
PASTED = {
    "efm-langserver.yaml",
    "emacs/postlint.el",
    "helix/languages.toml",
    "neovim/postlint-0.7.lua",
    "neovim/postlint.lua",
    "vim/postlint.vim",
    "vscode/settings-example.json",
}


def test_every_file_to_paste_is_quoted_as_it_stands() -> None:
    quoted = {name: words for note in NOTES for name, words in _QUOTED.findall(note.read_text("utf-8"))}
    assert quoted == {name: (EDITORS / name).read_text("utf-8") for name in PASTED}


@pytest.mark.parametrize("note", NOTES, ids=lambda path: str(path.relative_to(EDITORS)))
def test_links_lead_somewhere(note: Path) -> None:
    assert [
        link for link in _LINK.findall(note.read_text("utf-8")) if not (note.parent / link).exists()
    ] == []


@pytest.mark.parametrize("name", sorted(PASTED - {"vscode/settings-example.json"}))
def test_it_speaks_only_below_a_configuration(name: str) -> None:
    assert NAME in (EDITORS / name).read_text("utf-8")


def test_configurations_are_well_formed() -> None:
    helix = tomllib.loads((EDITORS / "helix/languages.toml").read_text("utf-8"))
    assert {server for language in helix["language"] for server in language["language-servers"]} == set(
        helix["language-server"]
    )
    efm = yaml.safe_load((EDITORS / "efm-langserver.yaml").read_text("utf-8"))
    assert all(tools == [efm["tools"]["postlint"]] for tools in efm["languages"].values())


def test_the_example_settings_are_settings_of_the_extension() -> None:
    extension = json.loads((EDITORS / "vscode/package.json").read_text("utf-8"))
    settings = extension["contributes"]["configuration"]["properties"]
    example = json.loads((EDITORS / "vscode/settings-example.json").read_text("utf-8"))
    assert set(example) <= set(settings)
    assert settings["postlint.arguments"]["default"] == ["lsp"]


def test_the_lock_file_names_no_host() -> None:
    locked = json.loads((EDITORS / "vscode/package-lock.json").read_text("utf-8"))
    assert [name for name, package in locked["packages"].items() if "resolved" in package] == []
