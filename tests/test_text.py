from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.text import Lines, Span, normalise


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("one", 2, (1, 3)),
        ("one\ntwo", 4, (2, 1)),
        ("one\r\ntwo", 5, (2, 1)),
        ("one\rtwo", 4, (2, 1)),
        ("one\u2028two", 4, (1, 5)),
        ("one\x0btwo\x85", 5, (1, 6)),
        ("🇬🇧 two", 3, (1, 4)),
        ("one\n", 4, (2, 1)),
    ],
)
def test_a_line_ends_only_where_editors_end_it(text: str, offset: int, place: tuple[int, int]) -> None:
    assert Lines(text).place(offset) == place


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I DON’T", "i don't"),
        ("“Hi”", '"hi"'),
        ("a\u00a0b", "a b"),
        ("sсum", "scum"),
        ("ｆｕｌｌ", "full"),
        ("𝐛𝐨𝐥𝐝", "bold"),
        ("𝛋", "k"),
        ("so–so", "so-so"),
        ("İstanbul", "İstanbul"),
        ("café 👍🏽", "café 👍🏽"),
    ],
)
def test_normalisation_makes_one_shape_of_many(text: str, plain: str) -> None:
    assert normalise(text) == plain


@given(st.text())
def test_normalisation_keeps_every_offset(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet=st.sampled_from("ab\r\n\u2028😀"), max_size=40))
def test_every_offset_has_a_place_on_the_line_that_holds_it(text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text)):
        line, column = lines.place(offset)
        assert column >= 1
        span = lines.span(line)
        assert span.start + column - 1 == offset
        assert offset < span.end or text[offset] in "\r\n"


def test_spans_know_what_they_share() -> None:
    assert Span(1, 3).within(Span(0, 3))
    assert not Span(1, 4).within(Span(0, 3))
    assert Span(1, 3).overlaps(Span(2, 9))
    assert not Span(1, 3).overlaps(Span(3, 9))
