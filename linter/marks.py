"""Things in a post that no word list can name: questions, emoji, shouted words, exclamation marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from linter.analysis import Analysis
from linter.phrases import Hit
from linter.scores.questions import asked
from linter.tokens import EMOJI, HANDLE, NUMBER, PUNCT, TAG, TAG_PART, URL, WORD

Mark = Callable[[Analysis], Iterator[Hit]]
_SHOUTED_AT_LEAST = 4
_SHOUTED_WORDS = 3
_CAPITALS = re.compile("[A-ZÀ-ÞŴŶ]{4}")
_FANCY = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff5a\u24b6-\u24e9\U0001f130-\U0001f189]")
_TAG_OF_WORDS = re.compile(r"#[a-z0-9]{17,}\Z")


def _kind(*kinds: str) -> Mark:
    def hits(analysis: Analysis) -> Iterator[Hit]:
        return (Hit(i, i + 1) for i, kind in enumerate(analysis.tokens.kinds) if kind in kinds)

    return hits


def _questions(genuine: bool | None) -> Mark:
    def hits(analysis: Analysis) -> Iterator[Hit]:
        return (Hit(q.first, q.last) for q in asked(analysis) if genuine in (None, q.genuine))

    return hits


def _exclamations(analysis: Analysis) -> Iterator[Hit]:
    """Each closing mark or row of marks that holds an exclamation mark."""
    tokens = analysis.tokens
    return (Hit(i, i + 1) for i, kind in enumerate(tokens.kinds) if kind == PUNCT and "!" in tokens.forms[i])


def _exclamation_rows(analysis: Analysis) -> Iterator[Hit]:
    """Three exclamation marks or more in a row."""
    marked = _exclamations(analysis) if analysis.plain.count("!") > 2 else ()
    return (hit for hit in marked if analysis.tokens.forms[hit.first].count("!") > 2)


def _shouting(analysis: Analysis) -> Iterator[Hit]:
    """Three words or more in a row, in capitals throughout, one of them of four letters or more.

    Two may be a name, a place or a word made much of.
    """
    tokens, text = analysis.tokens, analysis.text
    if not _CAPITALS.search(text):
        return
    first = None
    for i, (kind, start, end) in enumerate(zip(tokens.kinds, tokens.starts, tokens.ends, strict=True)):
        if (kind == WORD and text[start:end].isupper() and (end - start > 1 or first is not None)) or (
            kind == NUMBER and first is not None
        ):
            first = i if first is None else first
        elif first is not None and not (kind == PUNCT and tokens.forms[i] == ","):
            yield from _shouted(analysis, first, i)
            first = None
    if first is not None:
        yield from _shouted(analysis, first, len(tokens))


def _shouted(analysis: Analysis, first: int, last: int) -> Iterator[Hit]:
    """A run of capitals, if it is more than a name or an abbreviation or two."""
    tokens = analysis.tokens
    while tokens.kinds[last - 1] != WORD:
        last -= 1
    words = [tokens.forms[i] for i in range(first, last) if tokens.kinds[i] == WORD]
    if len(words) >= _SHOUTED_WORDS and any(len(word) >= _SHOUTED_AT_LEAST for word in words):
        yield Hit(first, last)


def _tags(analysis: Analysis) -> Iterator[Hit]:
    """Each #tag with all of its words."""
    kinds = analysis.tokens.kinds
    for i, kind in enumerate(kinds):
        if kind == TAG:
            last = i + 1
            while last < len(kinds) and kinds[last] == TAG_PART:
                last += 1
            yield Hit(i, last)


def _tags_without_capitals(analysis: Analysis) -> Iterator[Hit]:
    """Long #tags in small letters throughout, which a screen reader cannot split into words."""
    tokens, text = analysis.tokens, analysis.text
    for i in [i for i, kind in enumerate(tokens.kinds) if kind == TAG]:
        if _TAG_OF_WORDS.fullmatch(text[tokens.starts[i] : tokens.ends[i]]):
            yield Hit(i, i + 1)


def _fancy_letters(analysis: Analysis) -> Iterator[Hit]:
    """Words in a row with letters of the mathematical alphabets, in circles, boxes or full width."""
    tokens, text = analysis.tokens, analysis.text
    if text.isascii() or not _FANCY.search(text):
        return
    first = None
    for i, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True)):
        if _FANCY.search(text, start, end):
            first = i if first is None else first
        elif first is not None:
            yield Hit(first, i)
            first = None
    if first is not None:
        yield Hit(first, len(tokens))


def _sentences(analysis: Analysis) -> Iterator[Hit]:
    return (Hit(first, last) for first, last in analysis.sentences)


MARKS: dict[str, Mark] = {
    "word": _kind(WORD, NUMBER, TAG),
    "number": _kind(NUMBER),
    "sentence": _sentences,
    "question": _questions(None),
    "genuine-question": _questions(True),
    "rhetorical-question": _questions(False),
    "exclamation": _exclamations,
    "exclamation-row": _exclamation_rows,
    "shouting": _shouting,
    "emoji": _kind(EMOJI),
    "tag": _tags,
    "tag-without-capitals": _tags_without_capitals,
    "fancy-letters": _fancy_letters,
    "handle": _kind(HANDLE),
    "link": _kind(URL),
}
"""Every mark by the name that rules use."""
