"""The notation of terms: what a campaigner writes in a word list or a rule.

scum            a word            lie~            all its inflections
get over it     words in a row    like a * dog    * is any one word
(a|the) joke    either            (very|) bad     or nothing
the "Greens"    this exact case
{party}         any party's name, and so is the name of one: the same words about any party are the same to us
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from linter.inflect import IRREGULAR, inflections
from linter.party import ANY_PARTY, NAMES_OF_TWO, PARTY_STARTS
from linter.text import normalise
from linter.tokens import BREAK, PUNCT, REPAIRED, repair, tokenise

ANY_WORD = "*"
BEGINNING = 3
"""Terms are filed by so many letters: few enough to read them off the notation of most."""


def beginning(word: str) -> str:
    """The first letters of a word, by which terms are filed."""
    return word[:BEGINNING]


_GROUP = re.compile(r"\(([^()]*)\)")
_EXACT = re.compile(r'"\s*([^"]*?)\s*"')
_CHOICE = re.compile(r"\s*\|\s*")
_PIECE = re.compile(r"\([^()]*\)~?|[^\s()]+")
_A_PARTY = re.compile(
    r"(?<![\w'-])(?:the )?(?:labour|tory|tories|conservatives?|lib dems?|liberal democrats?|reform uk|the greens|snp|"
    r"plaid cymru|plaid|ukip|dup|sdlp|sinn (?:fein|féin)|republicans?|democrats?|gop)~?(?![\w'-])"
)
_PLAIN_HEAD = re.compile(r"([a-z]+(?:'[a-z]+)?)(?:-[a-z'-]+)?~?")
Words = tuple[str, ...]
_NAME_OF_TWO = re.compile(r"(?<![\w'-])(?:" + "|".join(map(" ".join, NAMES_OF_TWO)) + r")(?![\w'-])")

_SPECIAL = frozenset(map(beginning, (*PARTY_STARTS, *REPAIRED)))
"""How words begin that are, or may be, read as others."""


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One term, its places still in notation: what may stand in each is worked out when a post comes to it."""

    source: str
    pieces: tuple[str, ...]
    exact: tuple[str, ...] = ()

    def place(self, number: int) -> tuple[Words, ...]:
        """The rows of words that may stand in a place. Raises TermError where it cannot be read."""
        return _place(self.pieces[number])

    def openings(self, first: str, number: int = 0) -> Iterator[tuple[Words, int]]:
        """What is left of each choice that begins with a word, and the number of the place after it."""
        if self.pieces[number] == first:
            yield (), number + 1
            return
        for choice in _choices(self.pieces[number], first):
            if choice:
                yield choice[1:], number + 1
            else:
                yield from self.openings(first, number + 1)

    def rows(self) -> Iterator[Words]:
        """Every row of words that the term stands for."""
        for chosen in product(*map(_place, self.pieces)):
            yield tuple(word for words in chosen for word in words)


def beginnings(source: str) -> Collection[str]:
    """The first letters of every word that a term may begin with, and maybe some more, without reading the term.

    Raises TermError where the beginning cannot be read.
    """
    if "~" not in source and (plain := _plain_letters(source[:BEGINNING])) is not None:
        return plain
    if not source.startswith("("):
        head = _head_letters(source.partition(" ")[0])
        if head is not None and "the" not in head and "" not in head:
            return head
    found: set[str] = set()
    for piece in _PIECE.finditer(source):
        letters = _letters(piece[0])
        if letters is None:
            return {beginning(first) for first in first_words(source)}
        found |= letters
        if "" not in letters:
            break
    if "the" in found and _A_PARTY.search(source):
        found.add(beginning(ANY_PARTY))
    found.discard("")
    return found


@cache
def _plain_letters(letters: str) -> tuple[str] | None:
    """The same letters, if every word that begins with them stands for itself: no party's name, nothing to repair."""
    plain = len(letters) == BEGINNING and letters.isalpha() and letters.isascii() and letters.islower()
    return (letters,) if plain and letters not in _SPECIAL else None


@cache
def _letters(piece: str) -> frozenset[str] | None:
    """How the choices of a place begin, an empty one for one that may be left out; None where it takes a reader to tell."""
    if not piece.startswith("("):
        return _head_letters(piece)
    mark = "~" if piece.endswith("~") else ""
    found: set[str] = set()
    for choice in piece.removesuffix("~")[1:-1].split("|"):
        letters = _head_letters(choice.strip().partition(" ")[0] + mark)
        if letters is None:
            return None
        found |= letters
    return frozenset(found)


@cache
def _head_letters(head: str) -> frozenset[str] | None:
    if head in ("", "~"):
        return frozenset(("",))
    if head == ANY_PARTY:
        return frozenset((beginning(head),))
    match = _PLAIN_HEAD.fullmatch(head)
    if match is None:
        return None
    word = match[1]
    if word in PARTY_STARTS:
        return frozenset((beginning(word), beginning(ANY_PARTY)))
    if (
        not head.endswith("~")
        or word + "~" != head
        or (word not in IRREGULAR and len(word.rstrip("yei")) >= BEGINNING)
    ):
        return frozenset((beginning(repair(word)),))
    return frozenset(map(beginning, inflections(word)))


def first_words(source: str, as_written: bool = False) -> set[str]:
    """Every word that a term may begin with, reading no more of it than that takes.

    Raises TermError where the beginning cannot be read.
    """
    head = source.partition(" ")[0]
    if head.isascii() and head.isalpha() and head.islower() and _plain_letters(head[:BEGINNING]) is not None:
        return {head}
    found: set[str] = set()
    for piece in _PIECE.finditer(_plain(source, as_written)):
        firsts = _firsts(piece[0])
        found |= firsts
        if "" not in firsts:
            break
    return found - {""}


@cache
def _firsts(piece: str) -> frozenset[str]:
    """The first word of each choice of a place; an empty one for a choice that may be left out."""
    if not piece.startswith("("):
        return frozenset(words[0] for words in _word_choices(piece))
    mark = "~" if piece.endswith("~") else ""
    choices = [choice.split(None, 1) for choice in piece.removesuffix("~")[1:-1].split("|")]
    return frozenset(w[0] for c in choices for w in (_word_choices(c[0] + mark) if c else ((("",),))))


class TermError(ValueError):
    """A term that cannot be read; the text says why, for its writer."""


def read_term(source: str, as_written: bool = False) -> Term:
    """A term from its notation, unchecked; `as_written` takes a party's name for itself alone."""
    exact = tuple(_EXACT.findall(source)) if '"' in source else ()
    pieces = map(sys.intern, _PIECE.findall(_plain(source, as_written)))  # "the" stands in hundreds of terms
    return Term(source, tuple(pieces), exact)


def check_term(source: str, as_written: bool = False) -> Term:
    """A term from its notation, every place of it read. Raises TermError with a reason."""
    if source.count('"') % 2:
        raise TermError('quotation marks come in pairs: the "Greens"')
    plain = _plain(source, as_written)
    if plain.count("(") != plain.count(")") or "(" in _GROUP.sub("", plain):
        raise TermError("brackets do not match; write (this|that)")
    term = read_term(source, as_written)
    _refuse_misfits(tuple(map(_place, term.pieces)))
    return term


def _plain(source: str, as_written: bool) -> str:
    if as_written or '"' in source:
        return _NAME_OF_TWO.sub(_as_one, normalise(source.replace('"', " ")))
    return _A_PARTY.sub(ANY_PARTY, normalise(source))


def _as_one(name: re.Match[str]) -> str:
    return name[0].replace(" ", "_")


@cache
def _place(piece: str) -> tuple[Words, ...]:
    if not piece.startswith("("):
        return _word_choices(piece)
    mark = "~" * piece.endswith("~")
    choices = (_rows(choice, mark) for choice in _CHOICE.split(piece.removesuffix("~")[1:-1]))
    return tuple(dict.fromkeys(words for rows in choices for words in rows))


def _choices(piece: str, first: str) -> Iterator[Words]:
    """The choices of a place that begin with a word, and the empty one; the others are not worked out."""
    if not piece.startswith("("):
        yield from (words for words in _word_choices(piece) if words[0] == first)
        return
    mark = "~" * piece.endswith("~")
    for choice in _CHOICE.split(piece.removesuffix("~")[1:-1]):
        head = choice.partition(" ")[0]
        if not head:
            yield ()
        elif any(words[0] == first for words in _word_choices(head + mark)):
            yield from (words for words in _rows(choice, mark) if words[0] == first)


def _rows(choice: str, mark: str) -> Iterable[Words]:
    """What one choice of a place stands for, each of its words inflected where there is a mark."""
    words = [_word_choices(word + mark) for word in choice.split()]
    if all(len(forms) == 1 for forms in words):
        return (tuple(word for forms in words for word in forms[0]),)
    return (tuple(word for forms in row for word in forms) for row in product(*words))


@cache
def _word_choices(piece: str) -> tuple[Words, ...]:
    if piece == ANY_WORD:
        return ((ANY_WORD,),)
    if piece.removesuffix("~") == ANY_PARTY:
        return ((ANY_PARTY,),)
    if piece.endswith("~"):
        return tuple(_split(form) for form in inflections(piece[:-1]))
    return (_split(piece),)


def _split(word: str) -> Words:
    if word.isalpha() and word.isascii():
        return (repair(word),)
    tokens = tokenise(word, word)
    if PUNCT in tokens.kinds or BREAK in tokens.kinds or not tokens.forms:
        raise TermError(f"`{word}`: a term holds words only, no punctuation")
    return tuple(tokens.forms)


def _refuse_misfits(places: tuple[tuple[Words, ...], ...]) -> None:
    if not places or all(() in choices for choices in places):
        raise TermError("no word in it")
    if (ANY_WORD,) in places[0] or (ANY_WORD,) in places[-1]:
        raise TermError("`*` stands between words, not first or last")
