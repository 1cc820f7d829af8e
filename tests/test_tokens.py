from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.text import normalise
from linter.tokens import split_sentences, tokenise


def tokens_of(text: str, known: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    tokens = tokenise(text, normalise(text), known.__contains__)
    return list(zip(tokens.forms, tokens.kinds, strict=True))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Don’t go", [("don't", "w"), ("go", "w")]),
        ("Labour's plan", [("labour", "w"), ("plan", "w")]),
        ("it's", [("it's", "w")]),
        ("dont u", [("don't", "w"), ("you", "w")]),
        ("so-called", [("so", "w"), ("called", "w")]),
        ("yes - no", [("yes", "w"), ("-", "p"), ("no", "w")]),
        ("#TimeForChange", [("time", "t"), ("for", "T"), ("change", "T")]),
        ("#NHS now", [("nhs", "t"), ("now", "w")]),
        ("@Jo_Bloggs.", [("@jo_bloggs", "h"), (".", "p")]),
        ("see https://a.uk/x?y=1", [("see", "w"), ("https://a.uk/x?y=1", "u")]),
        ("mail jo@example.org", [("mail", "w"), ("jo@example.org", "u")]),
        ("3.5% at 10am", [("3.5%", "n"), ("at", "w"), ("10am", "n")]),
        ("🇬🇧👍🏽", [("🇬🇧", "e"), ("👍🏽", "e")]),
        ("👩‍👩‍👧 ok", [("👩‍👩‍👧", "e"), ("ok", "w")]),
        ("what?! no", [("what", "w"), ("?!", "p"), ("no", "w")]),
        ("f*** sh*t", [("f***", "w"), ("sh*t", "w")]),
        ("**bold** _word_", [("bold", "w"), ("word", "w")]),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[tuple[str, str]]) -> None:
    assert tokens_of(text) == tokens


def test_an_elongated_word_becomes_the_one_that_is_known() -> None:
    assert tokens_of("scuuuum", frozenset({"scum"})) == [("scum", "w")]
    assert tokens_of("fooools", frozenset({"fools"})) == [("fools", "w")]
    assert tokens_of("Brrr", frozenset({"brrr"})) == [("brrr", "w")]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Thanks Mr. Shah for the lift.", ["Thanks Mr. Shah for the lift."]),
        ("It costs 3.50 at least.", ["It costs 3.50 at least."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("A line wrapped\nin the middle.", ["A line wrapped\nin the middle."]),
        ("Lovely day 😀 Thanks all", ["Lovely day 😀", "Thanks all"]),
        ("What do you think? #Labour", ["What do you think? #Labour"]),
        ("Well... maybe. Yes", ["Well... maybe.", "Yes"]),
        ("e.g. this one", ["e.g. this one"]),
        ("#JustTags #Only", ["#JustTags #Only"]),
        ("you and I. Then", ["you and I.", "Then"]),
        ("", []),
        ("🙂🙂", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    tokens = tokenise(text, normalise(text))
    found = [tokens.span(first, last) for first, last in split_sentences(text, tokens)]
    assert [text[span.start : span.end] for span in found] == sentences


@given(st.text())
def test_tokens_stand_in_order_and_inside_the_text(text: str) -> None:
    tokens = tokenise(text, normalise(text))
    last = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert last <= start < end <= len(text)
        last = end


@given(st.text())
def test_sentences_follow_one_another(text: str) -> None:
    tokens = tokenise(text, normalise(text))
    last = 0
    for first, end in split_sentences(text, tokens):
        assert last <= first < end <= len(tokens)
        last = end
