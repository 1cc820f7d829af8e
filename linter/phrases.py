"""One pass over a post's words that finds every term of every list and rule at once.

Terms are filed under the words they may begin with, and the tree of words grows only along the paths that
posts take: a draft pays for the few terms that could stand in it, and a term with many alternatives costs no
more than the alternatives that are met.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from linter.term import ANY_WORD, Term, Words, first_words, parse_term
from linter.text import Span
from linter.tokens import BREAK, PUNCT, Tokens

_WORD = re.compile(r"[a-z]+")
_ENDINGS = ("", "s", "es", "ed", "d", "ing")


class Hit(NamedTuple):
    """Tokens `first` up to, not including, `last`, that stand for one of a list's terms."""

    first: int
    last: int


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
            elif place == len(term.places):
                if (owner, term.exact) not in self.ends:
                    self.ends.append((owner, term.exact))
            else:
                for choice in term.places[place]:
                    self._step(owner, term, choice, place + 1)

    def _step(self, owner: str, term: Term, words: Words, place: int) -> None:
        if not words:
            self.waiting.append((owner, term, (), place))
            return
        node = self.following.get(words[0])
        if node is None:
            node = self.following[words[0]] = _Node()
        node.waiting.append((owner, term, words[1:], place))


Load = Callable[[], tuple[Iterable[str], bool]]
"""What gives an owner's terms, and whether they are meant as written."""


class Phrases:
    """Terms by owner (a list's name, or a rule's own), and the pass that finds them."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
        self._sources: list[str] = []
        self._promised: dict[str, Load] = {}
        self._root: dict[str, _Node] = {}

    def promise(self, owner: str, load: Load) -> None:
        """Name an owner whose terms are filed when somebody first needs them."""
        self._promised.setdefault(owner, load)

    def need(self, owners: Iterable[str]) -> None:
        """File the promised terms of these owners."""
        for owner in owners:
            if owner in self._promised:
                self.add(owner, *self._promised.pop(owner)())

    def add(self, owner: str, terms: Iterable[str], as_written: bool = False) -> None:
        """File terms under an owner. Raises TermError where one's beginning cannot be read."""
        for source in terms:
            self._sources.append(source)
            for first in first_words(source, as_written):
                self._waiting[first].append((owner, source, as_written))

    def knows(self, word: str) -> bool:
        """Whether a word, or what it may be an inflection of, stands in any term."""
        return any(word.endswith(end) and word[: len(word) - len(end)] in self._words for end in _ENDINGS)

    @cached_property
    def _words(self) -> frozenset[str]:
        promised = (term for load in self._promised.values() for term in load()[0])
        return frozenset(_WORD.findall(" ".join([*self._sources, *promised])))

    def find(self, text: str, tokens: Tokens) -> dict[str, list[Hit]]:
        """For every owner with a hit, its hits in order of place, the longest at each, none overlapping."""
        found: dict[str, list[Hit]] = {}
        kinds, waiting, root = tokens.kinds, self._waiting, self._root
        for i, form in enumerate(tokens.forms):
            if form in waiting:
                self._plant(form)
            node = root.get(form)
            if node is not None and kinds[i] not in _PARTING:
                _walk(node, text, tokens, i, found)
        return found

    def _plant(self, first: str) -> None:
        """Grow the root by one word, for the terms that may begin with it."""
        start = _Node()
        if first in self._root:
            start.following[first] = self._root[first]
        for owner, source, as_written in self._waiting.pop(first):
            start.waiting.append((owner, parse_term(source, as_written), (), 0))
        start.grow()
        self._root[first] = start.following[first]


_PARTING = (PUNCT, BREAK)


def _walk(node: _Node, text: str, tokens: Tokens, first: int, found: dict[str, list[Hit]]) -> None:
    forms, kinds, total = tokens.forms, tokens.kinds, len(tokens.forms)
    reached = [(node, first + 1)]
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


def _same_case(text: str, span: Span, exact: tuple[str, ...]) -> bool:
    said = text[span.start : span.end].replace("’", "'")
    return all(words in said for words in exact)


def _keep(hits: list[Hit], hit: Hit) -> None:
    if hits and hit.first < hits[-1].last:
        if hit.first == hits[-1].first and hit.last > hits[-1].last:
            hits[-1] = hit
        return
    hits.append(hit)
