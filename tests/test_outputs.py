"""`--output FORMAT:FILE`, and what programs read: many formats from one run, each file whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from linter.cli import main
from linter.formats import FORMATS, Style
from linter.formats.outputs import read_outputs
from linter.schema import schema
from linter.workspace import Workspace
from tests.conftest import ROOT
from tests.test_formats import finding

jsonschema = pytest.importorskip("jsonschema", reason="comes with the test extra")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "a é.md").write_text("You people are scum. “Ça va?”", "utf-8")


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ("check", "a é.md", *arguments), catch_exceptions=False)


def test_every_format_is_written_as_it_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    asked = [f"--output={name}:out/{name}" for name in FORMATS]
    result = check("--format", "concise", *asked)
    assert result.exit_code == 1
    for name in FORMATS:
        assert Path("out", name).read_bytes().decode("utf-8") == check("--format", name).stdout
    assert result.stdout == Path("out/concise").read_text("utf-8")
    assert sorted(os.listdir("out")) == sorted(FORMATS)


def test_a_run_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from linter import run

    runs: list[object] = []

    def counted(workspace: Workspace, items: Iterable[Any]) -> Iterator[Any]:
        runs.append(workspace)
        return real(workspace, items)

    real = run.run
    monkeypatch.setattr(run, "run", counted)
    check("--output", "json:a.json", "--output", "sarif:a.sarif")
    assert len(runs) == 1


def test_the_summary_and_the_exit_status_stay_what_they_are() -> None:
    plain, further = check(), check("--output", "json:a.json")
    assert (plain.stdout, plain.stderr, plain.exit_code) == (
        further.stdout,
        further.stderr,
        further.exit_code,
    )


@pytest.mark.parametrize("file", ["a.json", "out/../b.json", "./c:d.json", "C:\\e.json", "out/f g.json"])
def test_where_a_file_may_be(file: str) -> None:
    assert check("--output", f"json:{file}").exit_code == 1
    assert json.loads(Path(file).read_text("utf-8"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["sarf:a"], "--output: `sarf` is no format; expected text, concise,"),
        (["sarf:a"], "did you mean sarif?"),
        (["sarif"], "--output: `sarif` names no file; expected FORMAT:FILE, such as sarif:findings.sarif"),
        (["sarif:"], "`sarif:` names no file"),
        ([":a"], "`` is no format"),
        (["C:\\a.json"], "`C` is no format"),
        (["json:oute/a"], "--output: there is no folder oute for oute/a; did you mean out?"),
        (["json:no/such/a"], "there is no folder no/such for no/such/a; expected one that is there"),
        (["json:out"], "out is a folder; expected the name of a file in it"),
        (["json:a", "sarif:out/../a"], "out/../a is named twice; expected a file of its own for each output"),
        (["json:link", "sarif:out/real"], "out/real is named twice"),
        (["json:a\0b"], "names no file"),
    ],
)
def test_what_is_refused_before_anything_is_read(asked: list[str], said: str) -> None:
    Path("link").symlink_to("out/real")
    result = check(*(f"--output={value}" for value in asked))
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert (os.listdir("out"), sorted(os.listdir("."))) == ([], [".git", "a é.md", "link", "out"])


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert len(check("--output=x:a", "--output=json", "--output=json:no/a").stderr.splitlines()) == 3


def test_a_run_that_fails_leaves_the_files_as_they_were() -> None:
    Path("out/a.json").write_text("before")
    asked = read_outputs(["json:out/a.json", "tap:out/a.tap"])

    def broken() -> Iterator[object]:
        yield finding()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        list(asked.held(broken()))  # type: ignore[arg-type]
    assert os.listdir("out") == ["a.json"]
    assert Path("out/a.json").read_text() == "before"


def test_a_format_that_fails_leaves_the_files_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(findings: object, style: Style) -> Iterator[str]:
        yield "half"
        raise RuntimeError

    monkeypatch.setitem(FORMATS, "tap", broken)
    Path("out/a.json").write_text("before")
    with pytest.raises(RuntimeError):
        check("--output=json:out/a.json", "--output=tap:out/a.tap")
    assert os.listdir("out") == ["a.json"]
    assert Path("out/a.json").read_text() == "before"


def test_a_file_that_cannot_be_written_is_said_and_the_others_are_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "replace", _refuses)
    result = check("--output=json:out/a.json")
    assert result.exit_code == 2
    assert "--output: out/a.json could not be written: No space left" in result.stderr
    assert os.listdir("out") == []


def _refuses(*_: object) -> None:
    raise OSError(28, "No space left")


def test_a_file_keeps_its_mode_and_a_link_stays_a_link() -> None:
    Path("out/a.json").write_text("before")
    Path("out/a.json").chmod(0o640)
    Path("link").symlink_to("out/a.json")
    check("--output=json:link", "--output=json:new.json")
    assert Path("link").is_symlink()
    assert json.loads(Path("out/a.json").read_text())
    assert Path("out/a.json").stat().st_mode & 0o777 == 0o640
    Path("made").touch()
    assert Path("new.json").stat().st_mode == Path("made").stat().st_mode


def test_a_pipe_is_written_to_and_stays_one() -> None:
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    check("--output=concise:pipe", "--output=json:/dev/null")
    assert b"[insult]" in os.read(reader, 10_000)
    os.close(reader)
    assert Path("pipe").is_fifo()
    assert Path("/dev/null").is_char_device()


def test_what_is_allowed_is_in_the_formats_that_have_a_place_for_it_alone() -> None:
    Path("a é.md").write_text("---\nallow: {insult: a quotation}\n---\nYou people are scum.", "utf-8")
    result = check(
        "--format=concise", "--output=sarif:a.sarif", "--output=junit:a.xml", "--output=json:a.json"
    )
    assert result.exit_code == 0
    assert "insult" not in result.stdout + Path("a.json").read_text()
    assert '"justification": "a quotation"' in Path("a.sarif").read_text()
    assert "<skipped>allowed: a quotation</skipped>" in Path("a.xml").read_text()


SOURCES = [ROOT / "corpora" / "drafts", ROOT / "corpora" / "history" / "harbourside" / "posts.jsonl"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("finding", ("check", "--exit-zero", *map(str, SOURCES), "nope.md")),
        ("score", ("score", str(SOURCES[0]))),
    ],
    ids=["finding", "score"],
)
def test_real_output_is_valid_and_holds_nothing_that_the_schema_does_not_say(
    name: str, arguments: tuple[str, ...]
) -> None:
    result = CliRunner().invoke(main, (*arguments, "--format", "jsonl"), catch_exceptions=False)
    validator = jsonschema.Draft202012Validator(closed(schema(name)))
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(records) > 50
    for record in records:
        assert [error.message for error in validator.iter_errors(record)] == []
    assert any(record.get("related") or record.get("evidence") for record in records)


def closed(found: object) -> object:
    """A schema that takes no key beyond those that it describes."""
    if isinstance(found, list):
        return [closed(each) for each in found]
    if not isinstance(found, dict):
        return found
    shut = {"additionalProperties": False} if "required" in found else {}
    return {key: closed(value) for key, value in found.items()} | shut


@pytest.mark.parametrize("name", ["finding", "score"])
def test_the_schema_is_printed(name: str) -> None:
    result = CliRunner().invoke(main, ("schema", name), catch_exceptions=False)
    assert json.loads(result.stdout) == schema(name)
