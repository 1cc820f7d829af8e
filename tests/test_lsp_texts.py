"""Places, edits and outlines, each against a slow and simple model, and in tables."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from linter.lsp.outline import front_matter, place
from linter.lsp.positions import LineTable, edited, whole
from linter.text import Span

SIZES = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
NAMES = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
ALPHABET = st.sampled_from(
    ["a", "b ", "é", "\u0301", "\U0001f600", FAMILY, "\n", "\r\n", "\r", "\u2028", "\x85", "\x0b", "\x0c"]
)
TEXTS = st.lists(ALPHABET, max_size=12).map("".join)
POSITIONS = st.builds(types.Position, st.integers(0, 8), st.integers(0, 12))
ENCODINGS = st.sampled_from(sorted(SIZES))


def modelled(text: str, at: types.Position, encoding: str) -> int:
    """The offset of a place: the longest start of its line that is no longer than was asked."""
    parts = re.split("(\r\n|\r|\n)", text)
    if at.line * 2 >= len(parts):
        return len(text)
    line = parts[at.line * 2]
    sizes = [len(line[:end].encode(NAMES[encoding])) for end in range(len(line) + 1)]
    fits = [end for end, size in enumerate(sizes) if size <= at.character * SIZES[encoding]]
    return len("".join(parts[: at.line * 2])) + fits[-1]


@given(TEXTS, POSITIONS, ENCODINGS)
def test_a_place_is_where_the_simplest_model_has_it(text: str, at: types.Position, encoding: str) -> None:
    table = LineTable(text, encoding)
    offset = table.offset(at)
    assert offset == modelled(text, at, encoding)
    assert table.offset(table.position(offset)) == offset


@given(TEXTS, st.lists(st.tuples(POSITIONS, POSITIONS, TEXTS), max_size=4), ENCODINGS)
def test_edits_come_out_as_in_the_simplest_model(
    text: str, edits: list[tuple[types.Position, types.Position, str]], encoding: str
) -> None:
    expected = text
    for start, end, new in edits:
        first, last = sorted((modelled(expected, start, encoding), modelled(expected, end, encoding)))
        expected = expected[:first] + new + expected[last:]
    changes = [
        types.TextDocumentContentChangePartial(types.Range(start, end), new) for start, end, new in edits
    ]
    assert edited(text, changes, encoding) == expected


def test_a_change_without_a_range_is_the_whole_text() -> None:
    assert edited("a\nb", [types.TextDocumentContentChangeWholeDocument("c")], "utf-16") == "c"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("plain", "plain"),
        ("\ud83d\ude00", "\U0001f600"),
        ("\ud83d \ude00", "\ud83d \ude00"),
        ("\ude00\ud83d", "\ude00\ud83d"),
        ("é\ud83d\ud83d\ude00", "é\ud83d\U0001f600"),
    ],
)
def test_halves_of_an_emoji_are_joined_only_where_they_meet(text: str, joined: str) -> None:
    assert whole(text) == joined


@pytest.mark.parametrize("encoding", sorted(SIZES))
def test_a_lone_half_has_a_place_as_anything_else(encoding: str) -> None:
    table = LineTable("\ud83da\n", encoding)
    assert table.offset(table.position(1)) == 1
    assert table.position(99) == table.position(3)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("", None),
        ("Hello\n---\nroom: a\n---\n", None),
        ("----\nroom: a\n---\n", None),
        (" ---\nroom: a\n---\n", None),
        ("---\nroom: a\n---\nHi", "room: a\n"),
        ("---\r\nroom: a\r\n---\r\nHi", "room: a\r\n"),
        ("\ufeff--- \nroom: a\n...\nHi", "room: a\n"),
        ("---\nroom: a\nstill typing", "room: a\nstill typing"),
        ("---\n---\n", ""),
        ("---", ""),
    ],
)
def test_front_matter_is_found_while_it_is_being_typed(text: str, inside: str | None) -> None:
    found = front_matter(text)
    assert (None if found is None else text[slice(*found)]) == inside


@pytest.mark.parametrize(
    ("text", "above", "key", "on_key", "value", "word"),
    [
        ("|", (), "", True, "", ""),
        ("ro|", (), "", True, "", "ro"),
        ("room|: a", (), "room", True, "a", "room"),
        ("room: par|ents", (), "room", False, "parents", "par"),
        ("url: https://a.b|", (), "url", False, "https://a.b", "https://a.b"),
        ("allow:\n  |", ("allow",), "", True, "", ""),
        ("allow:\n  a-b: why|", ("allow",), "a-b", False, "why", "why"),
        ("allow:\n  a: b\nro|", (), "", True, "", "ro"),
        ("allow:\n  a:\n    until: 2026|", ("allow", "a"), "until", False, "2026", "2026"),
        ("images:\n  - file: a\n    al|", ("images",), "", True, "", "al"),
        ("images:\n  - al|", ("images",), "", True, "", "al"),
        ("party: {names: [La|", (), "party", False, "{names: [La", "La"),
        ("# note: |", (), "", True, "", ""),
    ],
)
def test_the_outline_knows_the_keys_around_a_place(
    text: str, above: tuple[str, ...], key: str, on_key: bool, value: str, word: str
) -> None:
    before, _, after = text.partition("|")
    found = place(before + after, len(before))
    assert (found.above, found.key, found.on_key, found.value) == (above, key, on_key, value)
    assert before[found.word :] == word


@given(TEXTS, st.integers(0, 40))
def test_an_outline_can_be_told_of_any_text(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    assert place(text, offset).word <= offset
    assert front_matter(text) is None or Span(0, 0) <= front_matter(text)  # type: ignore[operator]
