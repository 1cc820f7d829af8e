"""What a rule offers in place of the words it speaks of: a replacement, an insertion, a deletion.

A way of rewriting is one function and one line in `REWRITES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from linter.errors import listed
from linter.fields import Fields
from linter.finding import Fix
from linter.post import Post
from linter.text import Span, normalise

_MARKS = re.compile("[!?]{2,}")
_SENTENCE_START = re.compile(r"(?:^|[.!?]\s+)\w")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_I = re.compile(r"^i(?=$|['’])")
KINDS = ("replace", "rewrite", "insert", "delete")


class Fixer(Protocol):
    """One kind of fix with a rule's options; `does` says what it does, in a few words."""

    @property
    def safe(self) -> bool:
        """Whether nobody could mind."""

    @property
    def does(self) -> str:
        """What it does, in a few words."""

    def fix(self, post: Post, span: Span) -> Fix | None:
        """The fix for what a finding speaks of; None where there is none."""


@dataclass(frozen=True, slots=True)
class Replace:
    """Other words for words: by the words found, in lower case with straight quotes. A capital at the start is kept."""

    words: Mapping[str, str]
    safe: bool

    @property
    def does(self) -> str:
        """What it does, in a few words."""
        return "write other words for those found"

    def fix(self, post: Post, span: Span) -> Fix | None:
        """The words that stand for those found."""
        found = post.text[span.start : span.end]
        other = self.words.get(" ".join(normalise(found).split()))
        if other is None:
            return None
        other = other[:1].upper() + other[1:] if found[:1].isupper() else other
        return Fix(span, other, f"write “{other}”", self.safe)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The words found, written another way."""

    how: str
    safe: bool

    @property
    def does(self) -> str:
        """What it does, in a few words."""
        return REWRITES[self.how][1]

    def fix(self, post: Post, span: Span) -> Fix | None:
        """The same words rewritten, where that makes a difference."""
        found = post.text[span.start : span.end]
        rewrite, _ = REWRITES[self.how]
        other = rewrite(found)
        return None if other == found else Fix(span, other, self.does, self.safe)


@dataclass(frozen=True, slots=True)
class Insert:
    """Words at the start or at the end of the text."""

    words: str
    at_start: bool
    safe: bool

    @property
    def does(self) -> str:
        """What it does, in a few words."""
        return f"add “{self.words}”"

    def fix(self, post: Post, span: Span) -> Fix | None:
        """The words, with the space that they need."""
        text = post.text
        if self.at_start:
            place, words = len(text) - len(text.lstrip()), self.words + " " * bool(text.strip())
        else:
            place = len(text.rstrip())
            words = " " * bool(place) + self.words
        return Fix(Span(place, place), words, self.does, self.safe)


@dataclass(frozen=True, slots=True)
class Delete:
    """Nothing in place of the words found, nor two spaces where they stood."""

    safe: bool

    @property
    def does(self) -> str:
        """What it does, in a few words."""
        return "take these words out"

    def fix(self, post: Post, span: Span) -> Fix | None:
        """The deletion; None for a finding that has no words."""
        text, (start, end) = post.text, span
        if start == end:
            return None
        if end < len(text) and text[end] == " " and (start == 0 or text[start - 1].isspace()):
            end += 1
        elif start and text[start - 1] == " " and (end == len(text) or text[end].isspace()):
            start -= 1
        return Fix(Span(start, end), "", self.does, self.safe)


def plain_letters(words: str) -> str:
    """Letters of the mathematical alphabets as the letters that they stand for, capitals among them."""
    import unicodedata

    return unicodedata.normalize("NFKC", words)


def one_mark(words: str) -> str:
    """One mark for a row of them: a question mark where the row holds one."""
    return _MARKS.sub(lambda row: "?" if "?" in row[0] else "!", words)


def first_of_row(words: str) -> str:
    """The first of a row of emoji."""
    import regex

    found = regex.findall(r"\X", words)
    return str(found[0]) if found else words


def sentence_case(words: str) -> str:
    """Shouted words in small letters, but for the first of each sentence and “I”."""
    low = _LETTERS.sub(lambda word: _I.sub("I", word[0].lower()), words)
    return _SENTENCE_START.sub(lambda start: _capital(start[0]), low)


def _capital(start: str) -> str:
    """The start of a sentence with its capital, where it has one of a single letter."""
    return start.upper() if len(start.upper()) == len(start) else start


REWRITES: dict[str, tuple[Callable[[str], str], str]] = {
    "plain letters": (plain_letters, "write it in plain letters"),
    "one mark": (one_mark, "keep one mark"),
    "first of the row": (first_of_row, "keep the first"),
    "sentence case": (sentence_case, "write it in small letters"),
}
"""Every way of rewriting by the name that `rewrite` takes, with what it says it does."""


def read_fix(fields: Fields, suggestion: str) -> Fixer | None:
    """What stands under `fix`: one of the kinds, and `safe`. `insert: suggestion` puts in the rule's own suggestion."""
    group = fields.group("fix")
    if group is None:
        return None
    safe = group.flag("safe")
    kinds = [kind for kind in KINDS if kind in group.mapping.items]
    if len(kinds) != 1:
        group.note(group.mapping.line, f"`fix` holds exactly one of {listed(KINDS)}")
        return None
    fixer = _READERS[kinds[0]](group, safe, suggestion)
    group.finish()
    return fixer


def _replace(group: Fields, safe: bool, _: str) -> Fixer | None:
    words = group.group("replace")
    if words is None:
        return None
    return Replace({normalise(key): words.text(key) for key in words.mapping.items}, safe)


def _rewrite(group: Fields, safe: bool, _: str) -> Fixer | None:
    how = group.choice("rewrite", REWRITES)
    return Rewrite(how, safe) if how else None


def _insert(group: Fields, safe: bool, suggestion: str) -> Fixer | None:
    words = group.text("insert", required=True)
    at = group.choice("at", ("start", "end"), "start")
    return Insert(suggestion if words == "suggestion" else words, at == "start", safe)


def _delete(group: Fields, safe: bool, _: str) -> Fixer | None:
    if not group.flag("delete"):
        group.note(group.line("delete"), "`delete` holds true, or is left out")
    return Delete(safe)


_READERS: dict[str, Callable[[Fields, bool, str], Fixer | None]] = {
    "replace": _replace,
    "rewrite": _rewrite,
    "insert": _insert,
    "delete": _delete,
}
