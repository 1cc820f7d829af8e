"""A long session: two thousand edits of every sort, after which the server says what `check` says."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from linter.lsp.positions import LineTable
from linter.text import Span
from tests.editor import Change, Editor, capabilities, editor
from tests.test_lsp import CONFIG, as_checked, checked

_PASTED = (
    "Thanks for having me! ",
    "You people are scum.",
    "WHO LET THE GULLS HAVE EVERY CHIP",
    "\U0001f600",
    "\U0001f1ec\U0001f1e7",
    "\r\n",
    "\n",
    "\u2028",
    "\x85",
    "e\u0301",
    "> they said so\n",
    "`code` ",
    "---\n",
    "room: parents\n",
    "platfrom: x\n",
    "\ud83d",
    "\ude00",
    "vote for us, vote for us ",
)
_FRONT = "---\nroom: parents\ndate: 2026-04-16\n---\n"
_EDITS = 2_000
_LONGEST = 4_000


def session(dice: random.Random, text: str, encoding: str) -> Iterator[tuple[str, list[Change]]]:
    """Edits as an editor sends them, each with the text that it leaves; one of the front matter is undone at once."""
    before: list[str] = []
    in_front = False
    for _ in range(_EDITS):
        if before and (in_front or dice.random() < 0.05):
            text, in_front = before.pop(), False
            yield text, [types.TextDocumentContentChangeWholeDocument(text)]
            continue
        in_front = dice.random() < 0.05
        start = dice.randrange(len(_FRONT)) if in_front else dice.randrange(len(_FRONT), len(text) + 1)
        grows = dice.random() < 0.6 and len(text) < _LONGEST
        stop = start if grows else min(len(text), start + dice.randrange(1, 15))
        if "\r\n" in (text[start - 1 : start + 1], text[stop - 1 : stop + 1]):
            in_front = False
            continue  # no editor has a place inside a line end
        before = [*before[-20:], text]
        new = dice.choice(_PASTED) if grows else ""
        change = types.TextDocumentContentChangePartial(
            LineTable(text, encoding).range(Span(start, stop)), new
        )
        text = _joined(text[:start] + new + text[stop:])
        yield text, [change]


def _joined(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


@pytest.mark.asyncio
@pytest.mark.parametrize(("encoding", "pulls"), [("utf-16", False), ("utf-8", True)])
async def test_a_long_session_ends_with_what_check_says(tmp_path: Path, encoding: str, pulls: bool) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".postlint.yaml").write_text(CONFIG.replace("rule_paths: [our-rules/]\n", ""), "utf-8")
    text = _FRONT + "Good morning all.\n"
    dice = random.Random(f"{encoding} {pulls}")
    async with editor(tmp_path, capabilities(encoding, pulls=pulls)) as one:
        one.open("a.md", text)
        for number, (after, changes) in enumerate(session(dice, text, encoding)):
            text = after
            one.edit("a.md", *changes)
            if number % 40 == 0:
                await asyncio.sleep(0.02)
        text = without_halves(one, text, encoding)
        found = await one.pull("a.md") if pulls else (await one.pushes("a.md")).diagnostics
    assert "unreadable" not in {each.code for each in found}
    assert len(found) > 5
    assert as_checked(found) == checked(tmp_path / "a.md", text)


def without_halves(one: Editor, text: str, encoding: str) -> str:
    """The text with every half of an emoji taken out, as it cannot be saved, by edits at their places."""
    changes: list[Change] = []
    while half := re.search("[\ud800-\udfff]", text):
        place = LineTable(text, encoding).range(Span(*half.span()))
        changes.append(types.TextDocumentContentChangePartial(place, ""))
        text = text[: half.start()] + text[half.end() :]
    one.edit("a.md", *changes)
    return text
