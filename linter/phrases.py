"""One pass over a post's words that finds every term of every list and rule at once.

Terms are filed by the letters they may begin with, and the tree of words grows only along the paths that posts
take: a draft pays for the few terms that could stand in it, and a term with many alternatives costs no
more than the alternatives that are met.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from linter.filing import Filing, file_terms
from linter.term import (
    ANY_PARTY,
    ANY_WORD,
    BEGINNING,
    PARTY_STARTS,
    Term,
    Words,
    beginning,
    first_words,
    parties_at,
    read_term,
)
from linter.text import Span
from linter.tokens import BREAK, PUNCT, Tokens

_WORD = re.compile(r"[a-z]+")
_ENDINGS = ("", "s", "es", "ed", "d", "ing")


class Hit(NamedTuple):
    """Tokens `first` up to, not including, `last`, that stand for one of a list's terms."""

    first: int
    last: int


_Waiting = tuple[str, str, bool]
"""An owner, the notation of a term, and whether it is meant as written."""
_Rest = tuple[str, Term, Words, int]
"""What of an owner's term is still to come at a node: words of a choice begun, then the places from a number on."""


class _Node:
    """A place in the tree: what ends here, and what may follow, grown when a post first comes by."""

    __slots__ = ("ends", "following", "waiting")

    def __init__(self) -> None:
        self.waiting: list[_Rest] = []
        self.following: dict[str, _Node] = {}
        self.ends: list[tuple[str, tuple[str, ...]]] = []

    def grow(self) -> None:
        """Take every waiting term one word further."""
        while self.waiting:
            owner, term, words, place = self.waiting.pop()
            if words:
                self._step(owner, term, words, place)
            elif place == len(term.pieces):
                if (owner, term.exact) not in self.ends:
                    self.ends.append((owner, term.exact))
            else:
                for choice in term.place(place):
                    self._step(owner, term, choice, place + 1)

    def begin(self, owner: str, term: Term, first: str) -> None:
        """Let a term wait here that began with the word which leads here."""
        self.waiting += [(owner, term, words, place) for words, place in term.openings(first)]

    def _step(self, owner: str, term: Term, words: Words, place: int) -> None:
        if not words:
            self.waiting.append((owner, term, (), place))
            return
        node = self.following.get(words[0])
        if node is None:
            node = self.following[words[0]] = _Node()
        node.waiting.append((owner, term, words[1:], place))


Load = Callable[[], Filing]
"""What gives an owner's terms, filed."""


class Phrases:
    """Terms by owner (a list's name, or a rule's own), and the pass that finds them."""

    def __init__(self) -> None:
        self._filings: dict[str, Filing] = {}
        self._looked_through: set[str] = set()
        self._waiting: dict[str, list[_Waiting]] = defaultdict(list)
        self._promised: dict[str, Load] = {}
        self._root: dict[str, _Node] = {}

    def promise(self, owner: str, load: Load) -> None:
        """Name an owner whose terms are filed when somebody first needs them."""
        self._promised.setdefault(owner, load)

    def need(self, owners: Iterable[str]) -> None:
        """File the promised terms of these owners."""
        for owner in owners:
            if owner in self._promised:
                self._add(owner, self._promised.pop(owner)())

    def add(self, owner: str, terms: Iterable[str], as_written: bool = False) -> None:
        """File terms under an owner. Raises TermError where one's beginning cannot be read."""
        self._add(owner, file_terms(terms, as_written))

    def _add(self, owner: str, filing: Filing) -> None:
        self._filings[owner] = filing
        for letters in self._looked_through & filing.by_letters.keys():
            self._look_through(letters, owner)

    def knows(self, word: str) -> bool:
        """Whether a word, or what it may be an inflection of, stands in any term."""
        return any(word.endswith(end) and word[: len(word) - len(end)] in self._words for end in _ENDINGS)

    @cached_property
    def _words(self) -> frozenset[str]:
        filings = [*self._filings.values(), *(load() for load in self._promised.values())]
        return frozenset(
            _WORD.findall(" ".join(terms for one in filings for terms in one.by_letters.values()))
        )

    def find(self, text: str, tokens: Tokens) -> dict[str, list[Hit]]:
        """For every owner with a hit, its hits in order of place, the longest at each, none overlapping."""
        found: dict[str, list[Hit]] = {}
        forms, kinds = tokens.forms, tokens.kinds
        looked, waiting, root = self._looked_through, self._waiting, self._root
        for i, form in enumerate(forms):
            if form[:BEGINNING] not in looked:
                self._look_up(form[:BEGINNING])
            if form in waiting:
                self._plant(form)
            node = root.get(form)
            if node is not None and kinds[i] not in _PARTING:
                _walk([(node, i + 1)], text, tokens, i, found)
            if form in PARTY_STARTS and (lasts := parties_at(forms, i)):
                node = self._of_any_party()
                _walk([(node, last) for last in lasts], text, tokens, i, found)
        return found

    def _of_any_party(self) -> _Node:
        """Where the terms begin that begin with a party's name."""
        if beginning(ANY_PARTY) not in self._looked_through:
            self._look_up(beginning(ANY_PARTY))
        if ANY_PARTY in self._waiting or ANY_PARTY not in self._root:
            self._plant(ANY_PARTY)
        return self._root[ANY_PARTY]

    def _look_up(self, letters: str) -> None:
        """Look through every owner's terms that may begin with some letters, once."""
        self._looked_through.add(letters)
        for owner, filing in self._filings.items():
            if letters in filing.by_letters:
                self._look_through(letters, owner)

    def _look_through(self, letters: str, owner: str) -> None:
        """Let an owner's terms filed by some letters wait for the very words that they may begin with."""
        as_written, by_letters = self._filings[owner]
        for source in by_letters[letters].split("\n"):
            for first in first_words(source, as_written):
                if beginning(first) == letters:
                    self._waiting[first].append((owner, source, as_written))

    def _plant(self, first: str) -> None:
        """Grow the root by one word, for the terms that may begin with it."""
        node = self._root.setdefault(first, _Node())
        for owner, source, as_written in self._waiting.pop(first, ()):
            node.begin(owner, read_term(source, as_written), first)


_PARTING = (PUNCT, BREAK)


def _walk(
    reached: list[tuple[_Node, int]], text: str, tokens: Tokens, first: int, found: dict[str, list[Hit]]
) -> None:
    """From the places reached after a first word, as far as the text goes along."""
    forms, kinds, total = tokens.forms, tokens.kinds, len(tokens.forms)
    for node, after in reached:
        if node.waiting:
            node.grow()
        for owner, exact in node.ends:
            if not exact or _same_case(text, tokens.span(first, after), exact):
                _keep(found.setdefault(owner, []), Hit(first, after))
        if after < total and node.following and kinds[after] not in _PARTING:
            if (further := node.following.get(forms[after])) is not None:
                reached.append((further, after + 1))
            if (further := node.following.get(ANY_WORD)) is not None:
                reached.append((further, after + 1))
            if forms[after] in PARTY_STARTS and (further := node.following.get(ANY_PARTY)) is not None:
                reached += [(further, last) for last in parties_at(forms, after)]


def _same_case(text: str, span: Span, exact: tuple[str, ...]) -> bool:
    said = text[span.start : span.end].replace("’", "'")
    return all(words in said for words in exact)


def _keep(hits: list[Hit], hit: Hit) -> None:
    if hits and hit.first < hits[-1].last:
        if hit.first == hits[-1].first and hit.last > hits[-1].last:
            hits[-1] = hit
        return
    hits.append(hit)
