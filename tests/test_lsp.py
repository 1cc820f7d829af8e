"""The language server as editors meet it: a real process, spoken with over pipes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from click.testing import CliRunner
from lsprotocol import types
from pytest_lsp import client_capabilities

from linter.cli import main
from linter.lsp.positions import LineTable
from tests.editor import SERVER, Editor, capabilities, editor

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = """posts: .
author: us
rooms:
  parents: {platform: facebook, kind: community, joined: 2026-03-01}
rule_paths: [our-rules/]
"""
RULE = """id: say-people
title: Say people
clause: house
why: |
  Folk are people, and people like to be called so. It costs nothing.
level: suggestion
check:
  phrase:
    terms: [folks]
fix:
  replace: {folks: people}
  safe: true
message: Could this say people?
suggestion: people
false_alarms: None that we know of.
examples:
  bad: [{text: "Hello folks.", flag: [folks]}]
  good: [{text: "Good morning all."}]
"""
FLAG = "\U0001f1ec\U0001f1e7"
SHOUT = "THIS IS A SHOUTED LINE OF WORDS"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def _shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """One server for the tests that ask nothing particular of an editor: a start takes a second."""
    async with editor(tmp_path_factory.mktemp("shared")) as shared:
        yield shared


@pytest.fixture
def one(_shared: Editor, folder: Path) -> Editor:
    _shared.folder = folder
    return _shared


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".postlint.yaml").write_text(CONFIG, "utf-8")
    (tmp_path / "our-rules").mkdir()
    (tmp_path / "our-rules" / "say-people.yaml").write_text(RULE, "utf-8")
    return tmp_path


def at(line: int, start: int, end_line: int | None = None, end: int = 0) -> types.Range:
    last = types.Position(line if end_line is None else end_line, end if end_line is not None else start)
    return types.Range(types.Position(line, start), last)


def checked(path: Path, text: str) -> list[tuple[Any, ...]]:
    """What `check` says of a file that holds a text: rule, line, and offsets where words are meant."""
    path.write_bytes(text.encode())
    found = CliRunner().invoke(main, ["check", "--format", "jsonl", str(path)], catch_exceptions=False)
    records = [json.loads(line) for line in found.stdout.splitlines()]
    return sorted(
        ("unreadable", one["line"])
        if one["rule"] == "unreadable"
        else (one["rule"], one["start"], one["end"])
        for one in records
    )


def as_checked(found: Any) -> list[tuple[Any, ...]]:
    return sorted(
        (one.code, one.range.start.line + 1)
        if one.code == "unreadable"
        else (one.code, one.data["start"], one.data["end"])
        for one in found
    )


def words(text: str, found: types.Diagnostic, encoding: str) -> str:
    """What an editor underlines, by the simplest of models."""
    lines = re.split("\r\n|\r|\n", text)
    assert found.range.start.line == found.range.end.line
    name, size = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[encoding]
    line = lines[found.range.start.line].encode(name)
    return line[found.range.start.character * size : found.range.end.character * size].decode(name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
async def test_words_are_underlined_where_the_editor_counts_them(
    folder: Path, encoding: str, end: str
) -> None:
    front = end.join(("---", f'x-note: "{FLAG}"', "---", ""))
    text = f"{front}{FLAG} Thanks\u2028to \x85all \x0bhere,{end}{FLAG}é folks, {SHOUT}.{end}"
    async with editor(folder, capabilities(encoding)) as one:
        assert one.answered
        assert one.answered.capabilities.position_encoding == encoding
        one.open("a.md", text)
        found = await one.pull("a.md")
        assert {words(text, each, encoding) for each in found} >= {"folks", SHOUT}
        assert as_checked(found) == checked(folder / "a.md", text)


async def test_an_editor_that_says_nothing_counts_in_utf_16_and_is_pushed_to(folder: Path) -> None:
    async with editor(folder, capabilities(pulls=False, more=False)) as one:
        assert one.answered
        assert one.answered.capabilities.position_encoding == "utf-16"
        one.open("a.md", f"{FLAG} folks\n")
        first = await one.pushes("a.md")
        assert [(each.code, each.range.start.character) for each in first.diagnostics] == [("say-people", 5)]
        one.edit("a.md", types.TextDocumentContentChangePartial(at(0, 5, 0, 10), "people"))
        assert (await one.pushes("a.md")).diagnostics == ()
        one.rewrite("a.md", "folks")
        assert (await one.pushes("a.md")).version == 3
        one.close("a.md")
        assert (await one.pushed.get()).diagnostics == ()


async def test_an_editor_that_pulls_is_not_pushed_to(one: Editor) -> None:
    one.open("a.md", "Hello folks.\n")
    assert [each.code for each in await one.pull("a.md")] == ["say-people"]
    assert one.pushed.empty()


async def test_a_finding_says_everything(one: Editor) -> None:
    one.open("a.md", "Hello folks. You people are scum.\n")
    suggestion, error = await one.pull("a.md")
    assert (suggestion.severity, suggestion.source) == (types.DiagnosticSeverity.Information, "postlint")
    assert suggestion.message == "Could this say people?\npeople"
    assert error.severity == types.DiagnosticSeverity.Error


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("README.rst", "restructuredtext"),
        ("other.yaml", "yaml"),
        ("git:/a.md", "markdown"),
        ("untitled:one", "python"),
    ],
)
async def test_what_is_no_draft_is_left_alone(one: Editor, name: str, language: str) -> None:
    one.open(name, "folks: [", language)
    assert list(await one.pull(name)) == []
    assert await one.lens(name) == []
    assert await one.completions(name, 0, 0) == []
    assert await one.hover(name, 0, 1) == ""


async def test_a_text_that_is_not_saved_is_read_as_a_post_of_the_team(folder: Path) -> None:
    async with editor(folder) as one:
        one.open("untitled:Untitled-1", "---\nroom: parents\n---\n`folks` and folks\n")
        found = await one.pull("untitled:Untitled-1")
    assert [each.range.start.character for each in found if each.code == "say-people"] == [12]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("---\nplatfrom: x\n---\nHello.\n", 1, "did you mean platform?"),
        ("---\nplatform: x\nHello.\n", 0, "never closed"),
        ("---\nplatform: [\n---\nHello.\n", 2, "not YAML"),
        ("Hello.\nHalf \ud83d an emoji\n", 1, "half an emoji"),
        ("", 0, "no words"),
        ("Hello.\n\0\n", 1, "binary"),
    ],
)
async def test_what_cannot_be_read_is_said_on_its_line(one: Editor, text: str, line: int, said: str) -> None:
    one.open("a.md", text)
    (found,) = await one.pull("a.md")
    assert found.code == "unreadable"
    assert found.range.start.line == line
    assert said in found.message


async def test_a_configuration_that_cannot_be_read_is_named(one: Editor, folder: Path) -> None:
    (folder / ".postlint.yaml").write_text("posts: .\nroms: {}\n", "utf-8")
    one.open("a.md", "Hello folks.\n")
    (found,) = await one.pull("a.md")
    assert "roms" in found.message
    assert found.related_information
    assert found.related_information[0].location.uri.endswith("/.postlint.yaml")


def seen_changed(one: Editor) -> None:
    changed = types.FileEvent(one.uri("15.md"), types.FileChangeType.Changed)
    one.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([changed]))


def saved(one: Editor) -> None:
    one.open("15.md", "Who saw the swans?")
    one.save("15.md")


@pytest.mark.parametrize("tell", [seen_changed, saved])
async def test_what_was_said_before_is_heard_and_shown(
    one: Editor, folder: Path, tell: Callable[[Editor], None]
) -> None:
    front = "---\nroom: parents\ndate: 2026-04-{}\n---\n"
    said = "Please come to our big street stall on Saturday and vote for us."
    for day in range(10, 16):
        (folder / f"{day}.md").write_text(front.format(day) + said, "utf-8")
    text = front.format(16) + said
    (folder / ".git").rmdir()
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    one.open("16.md", text)
    found = await one.pull("16.md")
    assert as_checked(found) == checked(folder / "16.md", text)
    looking_back = [each for each in found if each.related_information]
    assert looking_back
    place = looking_back[0].related_information[0].location  # type: ignore[index]
    assert place.uri.endswith("/15.md")
    assert place.range.start.line == 4
    for day in range(10, 16):
        (folder / f"{day}.md").write_text(front.format(day) + "Who saw the swans?", "utf-8")
    tell(one)
    found = await one.pull("16.md")
    assert as_checked(found) == checked(folder / "16.md", text)
    assert not [each for each in found if each.code == looking_back[0].code]


async def test_hover_shows_rules_shares_keys_and_rooms(one: Editor) -> None:
    text = (
        "---\nroom: parents\nstage: talk\nallow:\n  shouting: it is a poster\n---\nHello folks, you liars.\n"
    )
    one.open("a.md", text)
    assert "# Say people" in await one.hover("a.md", 6, 7)
    assert "aggressiveness" in await one.hover("a.md", 6, 19)
    assert "arrive" in await one.hover("a.md", 2, 1)
    assert "facebook" in await one.hover("a.md", 1, 8)
    assert "# " in await one.hover("a.md", 4, 4)
    assert "courtesy" in await one.hover("a.md", 6, 2)
    assert await one.hover("a.md", 6, 12) == ""
    assert await one.hover("a.md", 5, 1) == ""
    assert await one.hover("a.md", 99, 99) == ""


async def test_the_lens_shows_the_scores_over_the_text(one: Editor) -> None:
    one.open("a.md", "---\nroom: parents\n---\n\nWhat did you bring? It was good.\n")
    (title,) = await one.lens("a.md")
    assert re.fullmatch(r"attack \d+ · rhetoric \d+ per 100 · asks \d of 2", title)
    one.rewrite("a.md", "---\nroom: [\n---\n")
    assert await one.lens("a.md") == []


async def test_a_safe_fix_is_preferred_and_names_its_version(one: Editor) -> None:
    text = f"{FLAG} Hello folks, folks.\n"
    one.open("a.md", text)
    fixes = [each for each in await one.actions("a.md", at(0, 12)) if getattr(each, "is_preferred", None)]
    assert applied(text, fixes[0], 1) == f"{FLAG} Hello people, folks.\n"
    (every,) = await one.actions("a.md", at(0, 0), ["source.fixAll"])
    assert every.kind == "source.fixAll.postlint"
    assert applied(text, every, 1) == f"{FLAG} Hello people, people.\n"
    assert await one.actions("a.md", at(0, 0), ["refactor"]) == []
    assert {each.kind for each in await one.actions("a.md", at(0, 0), ["source"])} == {every.kind}


async def test_of_two_safe_fixes_on_the_same_words_one_is_taken(one: Editor, folder: Path) -> None:
    other = (
        RULE.replace("say-people", "say-hello-people")
        .replace("[folks]", "[hello folks]")
        .replace("folks: p", "hello folks: p")
    )
    (folder / "our-rules" / "say-hello-people.yaml").write_text(
        other.replace("flag: [hello", "flag: [Hello"), "utf-8"
    )
    text = "So hello folks, and folks.\n"
    one.open("a.md", text)
    (every,) = await one.actions("a.md", at(0, 0), ["source.fixAll"])
    assert applied(text, every, 1) == "So people, and people.\n"


async def test_a_byte_order_mark_is_counted_as_the_editor_does(one: Editor) -> None:
    text = "\ufeffHello folks.\n"
    one.open("a.md", text)
    (found,) = await one.pull("a.md")
    assert words(text, found, "utf-16") == "folks"


async def test_an_editor_that_takes_no_document_changes_gets_plain_ones(folder: Path) -> None:
    async with editor(folder, capabilities(more=False)) as one:
        one.open("a.md", "Hello folks.\n")
        (every,) = await one.actions("a.md", at(0, 0), ["source.fixAll.postlint"])
        assert [edit.new_text for edit in every.edit.changes[one.uri("a.md")]] == ["people"]


@pytest.mark.parametrize(
    "front", ["", "---\nroom: parents\n---\n", "---\r\nallow:\r\n  shouting: yes it is\r\n---\r\n"]
)
async def test_allowing_a_rule_writes_front_matter_that_is_read(one: Editor, front: str) -> None:
    text = f"{front}Hello folks.\n"
    line = front.count("\n")
    one.open("a.md", text)
    found = [each for each in await one.actions("a.md", at(line, 8)) if each.title.startswith("Allow")]
    allowed = applied(text, found[0], 1)
    assert "say-people: say why" in allowed
    one.rewrite("a.md", allowed)
    assert [each.code for each in await one.pull("a.md") if each.code == "unreadable"] == []


def applied(text: str, action: Any, version: int) -> str:
    """A text after an action's edits, which are all for that version."""
    (change,) = action.edit.document_changes
    assert change.text_document.version == version
    table = LineTable(text, "utf-16")
    for edit in sorted(change.edits, key=lambda edit: -table.offset(edit.range.start)):
        start, end = table.span(edit.range)
        text = text[:start] + edit.new_text + text[end:]
    return text


@pytest.mark.parametrize("more", [True, False])
async def test_a_rule_is_explained_on_a_page_or_in_a_message(folder: Path, more: bool) -> None:
    async with editor(folder, capabilities(more=more)) as one:
        one.open("a.md", "Hello folks.\n")
        params = types.ExecuteCommandParams("postlint.explain", ["say-people", one.uri("a.md")])
        page = str(await one.client.workspace_execute_command_async(params))
        assert "# Say people" in page
        if more:
            (shown,) = one.shown
            one.open(shown.uri, page)
            assert list(await one.pull(shown.uri)) == []  # what explains is not itself checked
        else:
            assert "Say people" in one.told[0].message


@pytest.mark.parametrize(
    ("name", "text", "among", "never"),
    [
        ("a.md", "---\nroom: parents\n|\n---\nHi\n", {"platform", "stage", "allow"}, {"room"}),
        ("a.md", "---\n|", {"platform"}, set()),
        ("a.md", "---\nstage: |\n---\n", {"arrive", "reply"}, {"platform"}),
        ("a.md", "---\nplatform: fa|\n---\n", {"facebook", "x"}, set()),
        ("a.md", "---\nroom: |\n---\n", {"parents"}, {"facebook"}),
        ("a.md", "---\npaid: |\n---\n", {"true", "false"}, {"yes"}),
        ("a.md", "---\nallow:\n  shouting: poster\n  say-|\n---\n", {"say-people", "accusation"}, {"shouting", "room"}),
        ("a.md", "---\nreply_to:\n  |\n---\n", {"author", "text"}, {"room"}),
        ("a.md", "---\nroom: parents\n---\nHello |\n", set(), {"platform"}),
        (".postlint.yaml", "posts: .\n|", {"rooms", "rule_paths"}, {"posts"}),
        (".postlint.yaml", "rooms:\n  mill:\n    kind: |\n", {"community"}, {"party_names"}),
        (".postlint.yaml", "rules:\n  shouting: |\n", {"off", "error"}, set()),
        (".postlint.yaml", "rules:\n  |\n", {"shouting"}, {"posts"}),
        ("our-rules/x.yaml", "id: x\nlevel: |\n", {"warning"}, set()),
        ("our-rules/x.yaml", "id: x\ncheck:\n  phrase:\n    |\n", {"terms", "lexicon"}, {"id"}),
        ("elsewhere/x.yaml", "id: x\n|\n", set(), {"check"}),
    ],
)  # fmt: skip
async def test_what_may_stand_there_is_offered(
    one: Editor, name: str, text: str, among: set[str], never: set[str]
) -> None:
    before, _, after = text.partition("|")
    line, character = before.count("\n"), len(before.rpartition("\n")[2])
    one.open(name, before + after, "yaml")
    labels = {item.label for item in await one.completions(name, line, character)}
    assert labels >= among
    assert not labels & never
    assert labels or not among


async def test_a_completion_takes_the_place_of_the_whole_word(one: Editor) -> None:
    one.open("a.md", "---\nallow:\n  say-pe\n---\n")
    (item,) = [item for item in await one.completions("a.md", 2, 8) if item.label == "say-people"]
    assert isinstance(item.text_edit, types.TextEdit)
    assert (item.text_edit.new_text, item.text_edit.range.start.character) == ("say-people: ", 2)
    assert item.detail == "Say people"


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        (".postlint.yaml", CONFIG, []),
        (".postlint.yaml", "posts: .\nroms: {}\nfail_on: now\n", [1, 2]),
        (".postlint.yaml", "rules:\n  shouting: off\n  shoutin: off\n", [2]),
        (".postlint.yaml", "allow:\n- {rule: shouting, room: mill, reason: they joke}\n", []),
        (".postlint.yaml", "allow:\n- {rule: shouting, room: mill}\n- {rule: insutl, room: mill, reason: x}\n", [1, 2]),
        ("our-rules/say-people.yaml", RULE, []),
        ("our-rules/say-people.yaml", RULE.replace("level: suggestion", "level: suggest"), [5]),
        ("our-rules/say-people.yaml", RULE.replace("Good morning all", "Good folks"), [17]),
        ("our-rules/say-people.yaml", RULE.replace("Hello folks.\"", "Hello.\""), [16]),
        ("elsewhere/say-people.yaml", "id: [", []),
    ],
)  # fmt: skip
async def test_mistakes_of_rules_and_configurations_stand_on_their_lines(
    one: Editor, name: str, text: str, lines: list[int]
) -> None:
    one.open(name, text, "yaml")
    assert [found.range.start.line for found in await one.pull(name)] == lines


async def test_a_saved_rule_or_configuration_holds_for_every_open_draft(folder: Path) -> None:
    async with editor(folder, capabilities(pulls=False)) as one:
        one.open("a.md", "Hello folks.\n")
        assert [each.code for each in (await one.pushes("a.md")).diagnostics] == ["say-people"]
        config = CONFIG + "rules: {say-people: off}\n"
        one.open(".postlint.yaml", CONFIG, "yaml")
        one.rewrite(".postlint.yaml", config)
        (folder / ".postlint.yaml").write_text(config, "utf-8")
        one.save(".postlint.yaml")
        assert (await one.pushes("a.md")).diagnostics == ()
        (folder / ".postlint.yaml").write_text(CONFIG, "utf-8")
        changed = types.FileEvent(one.uri(".postlint.yaml"), types.FileChangeType.Changed)
        one.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([changed]))
        assert len((await one.pushes("a.md")).diagnostics) == 1
        assert one.registered


async def test_a_pull_that_is_overtaken_or_cancelled_says_so(one: Editor) -> None:
    one.open("a.md", "Hello folks. " * 5_000)
    one.open("b.md", "Hello folks. " * 5_000)
    params = types.DocumentDiagnosticParams(one.which("b.md"))
    await one.pull("a.md")
    one.rewrite("a.md", "folks " * 9_000)
    busy = one.client.protocol.send_request(
        "textDocument/diagnostic", types.DocumentDiagnosticParams(one.which("a.md"))
    )
    overtaken = one.client.protocol.send_request("textDocument/diagnostic", params, msg_id="first")
    cancelled = one.client.protocol.send_request("textDocument/diagnostic", params, msg_id="second")
    one.client.protocol.notify("$/cancelRequest", types.CancelParams("second"))
    one.rewrite("b.md", "Hello people.")
    assert list(await one.pull("b.md")) == []
    assert overtaken.exception(30).code == -32801  # type: ignore[union-attr]
    assert cancelled.exception(30).code == -32800  # type: ignore[union-attr]
    assert busy.result(30).items


@pytest.mark.parametrize("name", ["visual-studio-code", "neovim", "emacs"])
async def test_nothing_is_sent_that_an_editor_does_not_know(folder: Path, name: str) -> None:
    """The client of these tests warns of whatever goes beyond what an editor says that it can do."""
    async with editor(folder, client_capabilities(name)) as one:
        one.open("a.md", "---\nroom: parents\n\n---\nHello folks, you liars.\n")
        assert (await one.pushes("a.md")).diagnostics if name != "neovim" else await one.pull("a.md")
        assert await one.hover("a.md", 4, 8)
        assert await one.completions("a.md", 2, 0)
        assert await one.actions("a.md", at(4, 8))
        assert await one.lens("a.md")


async def test_a_rule_that_is_none_is_not_explained(one: Editor) -> None:
    params = types.ExecuteCommandParams("postlint.explain", ["no-such-rule"])
    assert await one.client.workspace_execute_command_async(params) == ""


async def test_a_broken_configuration_is_named_for_a_text_that_is_not_saved(folder: Path) -> None:
    (folder / ".postlint.yaml").write_text("roms: {}\n", "utf-8")
    async with editor(folder) as one:
        one.open("untitled:one", "\nHello folks.\n")
        (found,) = await one.pull("untitled:one")
    assert ".postlint.yaml:1: " in found.message


async def test_beside_a_broken_configuration_other_files_are_left_alone(one: Editor, folder: Path) -> None:
    (folder / ".postlint.yaml").write_text("roms: {}\n", "utf-8")
    one.open("our-rules/say-people.yaml", "id: x\n", "yaml")
    assert list(await one.pull("our-rules/say-people.yaml")) == []
    assert await one.completions("our-rules/say-people.yaml", 1, 0) == []


async def test_a_rule_with_a_broken_example_still_underlines_and_has_no_page(
    one: Editor, folder: Path
) -> None:
    (folder / "our-rules" / "say-people.yaml").write_text(RULE.replace("bad: [{", "bad: [{txt: x, "), "utf-8")
    one.open("a.md", "Do folks like it.\n")
    assert [each.code for each in await one.pull("a.md")] == ["say-people"]
    assert "# Say people" not in await one.hover("a.md", 0, 4)


async def test_a_server_whose_editor_dies_goes_too() -> None:
    found = subprocess.run(SERVER, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert (found.returncode, found.stdout, found.stderr) == (0, b"", b"")


async def test_without_its_libraries_it_says_what_to_install() -> None:
    hidden = "import sys; sys.modules['pygls'] = None; from linter.cli import main; main(['lsp'])"
    found = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True, check=False)
    assert found.returncode == 2
    assert found.stderr.splitlines() == ["this needs two libraries more: pip install 'postlint[lsp]'"]
