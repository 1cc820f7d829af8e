"""What the papers show is what the program prints.

python -m tests.test_docs     writes the outputs anew
"""

from __future__ import annotations

import atexit
import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.evidence import FIGURES
from linter import explain, pages
from linter.config import DEFAULT
from linter.finding import Level
from linter.lexicon import packaged_lexicons, packaged_terms
from linter.rule import CHAPTERS
from linter.schema import schema
from linter.scores.weights import weights
from linter.workspace import Workspace
from tests.conftest import ROOT, with_entry_points

README = ROOT / "README.md"
COMPONENTS = ROOT / "docs" / "components.md"
PAPERS = [
    README,
    ROOT / "docs" / "scores.md",
    ROOT / "docs" / "writing-rules.md",
    ROOT / "docs" / "allowing.md",
    ROOT / "docs" / "review.md",
    ROOT / "docs" / "adopting.md",
    ROOT / "docs" / "wire-schema.md",
]
_FAMILIES = re.compile(r"(<!-- families: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_FIELDS = re.compile(r"(<!-- fields: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_SHOWN = re.compile(r"(<!-- output: (.*?) -->\n```\n)(.*?)(```\n)", re.DOTALL)
_ASKED = re.compile(r"(```(sql|python)\n(.*?)```\n\nanswers\n\n```\n)(.*?)(```\n)", re.DOTALL)
_RUN = re.compile(r"(```python\n(.*?)```\n\nprints\n\n```\n)(.*?)(```\n)", re.DOTALL)


def output(command: str) -> str:
    """What a command prints, with `postlint` run from this environment."""
    python = f"{sys.executable} -m linter"
    reviewed = {"MILLBECK": str(_reviewed())} if "$MILLBECK" in command else {}
    environment = {**os.environ, "COLUMNS": "100", **reviewed}
    result = subprocess.run(
        re.sub(r"\bpostlint(?= (check|score|explain|test|try|rules|diff|schema|baseline|review|compare))", python, command),
        shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return result.stdout


def families(name: str) -> str:
    """The families of a score as a table: what each adds, how long its list is, and what a hit means."""
    lines = ["| family | adds | said of somebody | entries | what a hit means |", "|---|---|---|---|---|"]
    for family in weights(name).families.values():
        entry = packaged_lexicons().get(family.name)
        meaning = _head(entry.read_text("utf-8")) if entry else _NO_LIST[family.name]
        entries = str(len(packaged_terms(family.name)[0])) if entry else ""
        aimed = f"{family.aimed:+.2f}" if family.aimed != family.points else ""
        lines.append(f"| {family.name} | {family.points:+.2f} | {aimed} | {entries} | {meaning} |")
    return "\n".join(lines) + "\n"


def fields(name: str) -> str:
    """The keys of an object that we write, as a table."""
    lines = ["| key | type | values | meaning |", "|---|---|---|---|"]
    for key, found in _keys(schema(name), ""):
        kinds = found.get("type", "integer" if isinstance(found.get("const"), int) else "string")
        kind = " or ".join([kinds] if isinstance(kinds, str) else kinds)
        lines.append(f"| `{key}` | {kind} | {_values(found)} | {found['description']} |")
    return "\n".join(lines) + "\n"


def _keys(found: dict[str, Any], before: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key with what is said of it; `*` for any name, `[]` for each of a list."""
    named = found.get("properties") or {"*": found["additionalProperties"]}
    for key, value in named.items():
        yield before + key, value
        inner = value.get("items", value)
        if inner.keys() & {"properties", "additionalProperties"}:
            yield from _keys(inner, f"{before}{key}{'[]' * ('items' in value)}.")


def _values(found: dict[str, Any]) -> str:
    if "enum" in found:
        return ", ".join(found["enum"])
    if "const" in found:
        return str(found["const"])
    least, most = found.get("minimum"), found.get("maximum")
    return f"{least} to {most}" if most is not None else f"from {least}" if least is not None else ""


def _head(text: str) -> str:
    """What a list's first comment says that a hit means; the comment, where it does not say."""
    comment = next(line for line in text.split("\n") if line.startswith("# ")).removeprefix("# ")
    return comment.rpartition("a hit means that ")[2].rstrip(".")


_NO_LIST = {
    "vader": "a word of VADER's lexicon that is in no list above; × its valence",
    "rhetorical question": "a question that nobody is meant to answer",
    "three-part list": "three sentences or more in a row of three words at most each",
    "heated marks": "marks such as “?!” and “...”",
    "anaphora": "sentences or clauses in a row begin alike",
}


def printed(code: str) -> str:
    """What Python prints where postlint is installed."""
    with tempfile.TemporaryDirectory() as folder:
        environment = with_entry_points(Path(folder))
        return subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        ).stdout


@cache
def _reviewed() -> Path:
    """A folder with the review of Millbeck, to put questions to."""
    folder = Path(tempfile.mkdtemp(prefix="postlint-"))
    atexit.register(shutil.rmtree, folder)
    outputs = " ".join(f"--output {form}:{folder / f'review.{form}'}" for form in ("jsonl", "parquet"))
    output(f"cd corpora/history/millbeck && postlint review posts.jsonl --jobs 1 {outputs}")
    return folder


def answered(language: str, question: str) -> str:
    """What DuckDB or Python answers to a question about a review."""
    with contextlib.chdir(_reviewed()):
        if language == "sql":
            found = duckdb.connect().sql(question)
            assert found is not None
            return _in_columns([found.columns, *found.fetchall()])
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            exec(compile(question, "review.md", "exec"), {})
        return "".join(f"{line.rstrip()}\n" for line in told.getvalue().splitlines())


def _in_columns(rows: list[Sequence[Any]]) -> str:
    """Rows as text, names above, numbers to the right."""
    cells = [["null" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    right = [isinstance(cell, int | float) for cell in rows[-1]]
    return "".join(
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip() + "\n"
        for row in cells
    )  # fmt: skip


def renewed(text: str) -> str:
    """A paper with its outputs and tables made anew."""
    text = _FAMILIES.sub(lambda match: match[1] + families(match[2]) + match[3], text)
    text = _FIELDS.sub(lambda match: match[1] + fields(match[2]) + match[3], text)
    text = _SHOWN.sub(lambda match: match[1] + output(match[2]).rstrip("\n") + "\n" + match[4], text)
    text = _ASKED.sub(lambda match: match[1] + answered(match[2], match[3]) + match[5], text)
    return _RUN.sub(lambda match: match[1] + printed(match[2]) + match[4], text)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_paper_shows_real_output(paper: Path) -> None:
    text = paper.read_text("utf-8")
    assert _SHOWN.findall(text)
    assert renewed(text) == text


def test_five_questions_are_asked_in_sql_and_each_is_answered() -> None:
    asked = _ASKED.findall((ROOT / "docs" / "review.md").read_text("utf-8"))
    assert [language for _, language, *_ in asked].count("sql") == 5
    assert len(asked) == (ROOT / "docs" / "review.md").read_text("utf-8").count("\nanswers\n") == 9
    assert all(len(answer.splitlines()) > 3 for *_, answer, _ in asked)


def test_the_components_print_what_is_shown() -> None:
    text = COMPONENTS.read_text("utf-8")
    assert len(_RUN.findall(text)) == text.count("```python") == 2
    assert renewed(text) == text


def test_the_readme_has_exactly_two_commands() -> None:
    block = README.read_text("utf-8").partition("<!-- two commands -->")[2].partition("<!-- end -->")[0]
    assert len([line for line in block.splitlines() if line and not line.startswith("```")]) == 2


def test_every_link_in_the_papers_leads_somewhere() -> None:
    for paper in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "corpora").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", paper.read_text("utf-8")):
            assert target.startswith("http") or (paper.parent / target).exists(), f"{paper}: {target}"


def test_the_table_of_kinds_names_every_kind_and_mark() -> None:
    from linter.checks import KINDS
    from linter.marks import MARKS

    text = (ROOT / "docs" / "writing-rules.md").read_text("utf-8")
    for name in (*KINDS, *MARKS):
        assert f"`{name}`" in text


def made() -> dict[Path, str]:
    """The papers that are made of the rules, as they should be."""
    rules = Workspace().rules_for(DEFAULT, with_examples=True)
    figures = {line["rule"]: line for line in map(json.loads, FIGURES.read_text("utf-8").splitlines())}
    docs = ROOT / "docs"
    return {
        docs / "guidance.md": pages.guidance_page(rules),
        docs / "rules" / "evidence.md": pages.evidence_page(rules, figures),
        **{docs / "rules" / f"{chapter}.md": pages.chapter_page(chapter, rules) for chapter in CHAPTERS},
    }


def test_the_pages_made_of_the_rules_are_not_stale() -> None:
    for path, text in made().items():
        assert path.read_text("utf-8") == text, f"{path.name}: python -m tests.test_docs"


def test_every_page_of_a_rule_is_what_explain_shows() -> None:
    for rule in Workspace().rules_for(DEFAULT, with_examples=True):
        page = (ROOT / "docs" / "rules" / f"{rule.chapter}.md").read_text("utf-8")
        assert explain.page(rule).removeprefix("# ").rstrip() in page


def test_every_anchor_in_the_guidance_is_a_heading() -> None:
    links = re.findall(r"\]\((rules/\w+\.md)#([^)]+)\)", (ROOT / "docs" / "guidance.md").read_text("utf-8"))
    assert len(links) == len(Workspace().rules_for(DEFAULT))
    for page, anchor in links:
        assert f"](#{anchor})" in (ROOT / "docs" / page).read_text("utf-8")


def test_a_rule_on_which_readers_seldom_agree_is_on_trial_and_an_unmeasured_one_is_no_error() -> None:
    figures = {line["rule"]: line for line in map(json.loads, FIGURES.read_text("utf-8").splitlines())}
    for rule in Workspace().rules_for(DEFAULT):
        known = figures.get(rule.id, {})
        if not known.get("read"):
            assert rule.level < Level.ERROR, rule.id
        elif known["right"] < pages.RIGHT_ENOUGH * known["read"]:
            assert rule.status == "trial", rule.id


if __name__ == "__main__":
    for paper in (*PAPERS, COMPONENTS):
        paper.write_text(renewed(paper.read_text("utf-8")), "utf-8")
    for path, text in made().items():
        path.write_text(text, "utf-8")
