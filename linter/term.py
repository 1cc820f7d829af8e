"""The notation of terms: what a campaigner writes in a word list or a rule.

scum            a word            lie~            all its inflections
get over it     words in a row    like a * dog    * is any one word
(a|the) joke    either            (very|) bad     or nothing
the "Greens"    this exact case
labour, tories  any party: the same words about any party are the same to us
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from linter.inflect import inflections
from linter.text import normalise
from linter.tokens import BREAK, PUNCT, repair, tokenise

ANY_WORD = "*"
_GROUP = re.compile(r"\(([^()]*)\)")
_EXACT = re.compile(r'"\s*([^"]*?)\s*"')
_PIECE = re.compile(r"\([^()]*\)~?|[^\s()]+")
_A_PARTY = re.compile(
    r"(?<![\w'-])(?:the )?(?:labour|tory|tories|conservatives?|lib dems?|liberal democrats?|reform uk|the greens|snp|"
    r"plaid cymru|plaid|ukip|dup|sdlp|sinn (?:fein|féin)|republicans?|democrats?|gop)~?(?![\w'-])"
)
_ANY_PARTY = "{party}"
_PARTY_BEGINNINGS = frozenset(
    "the labour tory tories conservative conservatives lib liberal reform snp plaid ukip dup sdlp sinn republican "
    "republicans democrat democrats gop".split()
)

Words = tuple[str, ...]

PARTIES: tuple[Words, ...] = tuple(
    (*article, *name.split())
    for name in (
        "labour|tory|tories|conservative|conservatives|lib dem|lib dems|liberal democrat|liberal democrats|green|greens|"
        "reform|reform uk|snp|plaid|plaid cymru|ukip|dup|sdlp|sinn fein|sinn féin|democrat|democrats|republican|"
        "republicans|gop"
    ).split("|")
    for article in ((), ("the",))
)
"""What a party's name in a term stands for: any party's, so that none is treated by words of its own."""


@dataclass(frozen=True, slots=True)
class Term:
    """One parsed term: for each place in it, the rows of words that may stand there."""

    source: str
    places: tuple[tuple[Words, ...], ...]
    exact: tuple[str, ...] = ()

    def rows(self) -> Iterator[Words]:
        """Every row of words that the term stands for."""
        for chosen in product(*self.places):
            yield tuple(word for words in chosen for word in words)


def first_words(source: str, as_written: bool = False) -> set[str]:
    """Every word that a term may begin with, reading no more of it than that takes.

    Raises TermError where the beginning cannot be read.
    """
    head = source.partition(" ")[0]
    if head.isalpha() and head.isascii() and head.islower() and (as_written or head not in _PARTY_BEGINNINGS):
        return {repair(head)}
    plain = _plain(source, as_written)
    found: set[str] = set()
    for piece in _PIECE.finditer(plain):
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
    if _ANY_PARTY in piece:
        return frozenset(words[0] if words else "" for words in _place(piece))
    mark = "~" if piece.endswith("~") else ""
    choices = [choice.split(None, 1) for choice in piece.removesuffix("~")[1:-1].split("|")]
    return frozenset(w[0] for c in choices for w in (_word_choices(c[0] + mark) if c else ((("",),))))


class TermError(ValueError):
    """A term that cannot be read; the text says why, for its writer."""


def parse_term(source: str, as_written: bool = False) -> Term:
    """A term from its notation; `as_written` takes a party's name for itself alone. Raises TermError with a reason."""
    if source.count('"') % 2:
        raise TermError('quotation marks come in pairs: the "Greens"')
    exact = tuple(_EXACT.findall(source))
    plain = _plain(source, as_written)
    if plain.count("(") != plain.count(")") or "(" in _GROUP.sub("", plain):
        raise TermError("brackets do not match; write (this|that)")
    places = tuple(_place(piece) for piece in _PIECE.findall(plain))
    _refuse_misfits(places)
    return Term(source, places, exact)


def _plain(source: str, as_written: bool) -> str:
    if as_written or '"' in source:
        return normalise(source.replace('"', " "))
    return _A_PARTY.sub(_ANY_PARTY, normalise(source))


@cache
def _place(piece: str) -> tuple[Words, ...]:
    if not piece.startswith("("):
        return _word_choices(piece)
    inflected = piece.endswith("~")
    choices: list[Words] = []
    for choice in piece.removesuffix("~")[1:-1].split("|"):
        words = [_word_choices(word + "~" * inflected) for word in choice.split()]
        choices += [tuple(w for row in rows for w in row) for rows in product(*words)]
    return tuple(dict.fromkeys(choices))


@cache
def _word_choices(piece: str) -> tuple[Words, ...]:
    if piece == ANY_WORD:
        return ((ANY_WORD,),)
    if piece.removesuffix("~") == _ANY_PARTY:
        return PARTIES
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
