"""Whose words they are, and what is nobody's prose."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.aim import aimed
from linter.analysis import ANY, Analysis, phrases_of
from linter.masks import quotations
from linter.post import Post, Source
from linter.scored import score_record
from linter.scores import LEXICONS

Analyse = Callable[..., Analysis]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("She said “you are scum”.", ["“you are scum”"]),
        ('He called it "daft" and left.', ['"daft"']),
        ("Don't call it 'daft' or that's it.", ["'daft'"]),
        ("the councillors' pay and the neighbours' bins", []),
        ("It’s the boys’ turn", []),
        ("5' 10\" tall and 6' 2\" wide", []),
        ("‘It’s daft,’ he said", ["‘It’s daft,’"]),
        ("> you are scum\nNot mine", ["> you are scum"]),
        ("&gt; you are scum\nNot mine", ["&gt; you are scum"]),
        ("a > b", []),
        ("an open “quotation without end", []),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [text[span.start : span.end] for span in quotations(text)] == quoted


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("He said you are a liar.", False),
        ("They called me a liar.", False),
        ("I say you are a liar.", True),
        ("According to Sam he is a liar.", False),
        ("Sam said so. You are a liar.", True),
        ("You are a liar.", True),
        ("He is not a liar.", False),
        ("He isn’t a liar.", False),
        ("They never were liars.", False),
        ("No, you are a liar.", True),
        ("You are not fit for it but a liar.", True),
        ("Not only is he a liar, he is proud of it.", True),
        ("Why don't you admit you are a liar?", True),
        ("No doubt he is a liar.", True),
        ("Nobody called him a liar.", False),
    ],
)
def test_own_words_are_neither_reported_nor_negated(analyse: Analyse, text: str, own: bool) -> None:
    assert bool(list(analyse(text).found("accusation"))) is own


@pytest.mark.parametrize(
    ("text", "at_somebody"),
    [
        ("You are an idiot.", True),
        ("You absolute idiot.", True),
        ("@bob idiot", True),
        ("Derek is an idiot.", True),
        ("These councillors are idiots.", True),
        ("Idiot!", True),
        ("What an idiot.", True),
        ("Idiots like you.", True),
        ("I'm such an idiot, I left the gate open.", False),
        ("I felt like an idiot.", False),
        ("My idiot of a dog ate it.", False),
        ("An idiot light came on in the van again this morning.", False),
    ],
)
def test_aim(analyse: Analyse, text: str, at_somebody: bool) -> None:
    analysis = analyse(text)
    hits = list(analysis.found("insult", negated=ANY))
    assert hits
    assert any(aimed(analysis, hit) for hit in hits) is at_somebody


@pytest.mark.parametrize(
    "text",
    [
        "Look at `scum` here.",
        "```\nscum\n```\nThanks",
        "<!-- scum --> Thanks",
        "[the page](https://a.uk/scum)",
        '[the page](/scum "scum")',
        '<a href="scum">page</a>',
    ],
)
def test_code_links_and_comments_are_nobodys_prose(analyse: Analyse, text: str) -> None:
    assert "scum" not in analyse(text, markdown=True).tokens.forms
    assert "scum" in analyse(text.replace("https://a.uk/", ""), markdown=False).tokens.forms


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("", True),
        ("Thanks all", True),
        ("Chelsea 2 Arsenal 1", True),
        ("Diolch yn fawr i bawb a ddaeth i'r neuadd, ac mae croeso i chi ddod eto", False),
        ("Dziękuję bardzo, nie wiem czy to jest tak jak było", False),
        ("Спасибо всем за помощь", False),
        ("سلام دوستو", False),
        ("𝐓𝐡𝐚𝐧𝐤𝐬 all of you", True),
        ("Our café is open, merci for coming and see you on Sunday", True),
    ],
)
def test_language(analyse: Analyse, text: str, english: bool) -> None:
    assert analyse(text).english is english


@given(st.text())
def test_quotations_lie_inside_the_text(text: str) -> None:
    for span in quotations(text):
        assert 0 <= span.start < span.end <= len(text)


def test_a_closed_analysis_is_gone_at_once() -> None:
    """What only the collector of garbage can free costs memory and time over a million posts."""
    phrases = phrases_of(LEXICONS)
    gc.collect()
    gc.disable()
    try:
        for text in ("What did you make of it? Do tell.", "You people are scum. Will they ever listen?!"):
            with closing(Analysis(Post("1", text, Source("a.jsonl", 1, record=True)), phrases)) as analysis:
                score_record(analysis)
            del analysis
        left = [found for found in gc.get_objects() if isinstance(found, Analysis)]
    finally:
        gc.enable()
    assert not left
