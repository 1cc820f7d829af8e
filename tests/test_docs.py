"""What the papers show is what the program prints.

python -m tests.test_docs     writes the outputs anew
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import ROOT, with_entry_points

README = ROOT / "README.md"
COMPONENTS = ROOT / "docs" / "components.md"
_SHOWN = re.compile(r"(<!-- output: (.*?) -->\n```\n)(.*?)(```\n)", re.DOTALL)
_RUN = re.compile(r"(```python\n(.*?)```\n\nprints\n\n```\n)(.*?)(```\n)", re.DOTALL)


def output(command: str) -> str:
    """What a command prints, with `postlint` run from this environment."""
    python = f"{sys.executable} -m linter"
    environment = {**os.environ, "COLUMNS": "100"}
    result = subprocess.run(
        re.sub(r"\bpostlint(?= (check|score))", python, command),
        shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return result.stdout


def printed(code: str) -> str:
    """What Python prints where postlint is installed."""
    with tempfile.TemporaryDirectory() as folder:
        environment = with_entry_points(Path(folder))
        return subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        ).stdout


def renewed(text: str) -> str:
    text = _SHOWN.sub(lambda match: match[1] + output(match[2]).rstrip("\n") + "\n" + match[4], text)
    return _RUN.sub(lambda match: match[1] + printed(match[2]) + match[4], text)


def test_the_readme_shows_real_output() -> None:
    text = README.read_text("utf-8")
    assert len(_SHOWN.findall(text)) >= 3
    assert renewed(text) == text


def test_the_components_print_what_is_shown() -> None:
    text = COMPONENTS.read_text("utf-8")
    assert len(_RUN.findall(text)) == text.count("```python") == 2
    assert renewed(text) == text


def test_the_readme_has_exactly_two_commands() -> None:
    block = README.read_text("utf-8").partition("<!-- two commands -->")[2].partition("<!-- end -->")[0]
    assert len([line for line in block.splitlines() if line and not line.startswith("```")]) == 2


def test_every_link_in_the_papers_leads_somewhere() -> None:
    for paper in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "corpora").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", paper.read_text("utf-8")):
            assert target.startswith("http") or (paper.parent / target).exists(), f"{paper}: {target}"


def test_the_table_of_kinds_names_every_kind_and_mark() -> None:
    from linter.checks import KINDS
    from linter.marks import MARKS

    text = (ROOT / "docs" / "writing-rules.md").read_text("utf-8")
    for name in (*KINDS, *MARKS):
        assert f"`{name}`" in text


if __name__ == "__main__":
    for paper in (README, COMPONENTS):
        paper.write_text(renewed(paper.read_text("utf-8")), "utf-8")
