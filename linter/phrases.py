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
from typing import Any, NamedTuple

from linter.filing import Filing, file_terms
from linter.party import ANY_PARTY, PARTIES, name_ends
from linter.term import (
    ANY_WORD,
    BEGINNING,
    Term,
    Words,
    beginning,
    first_words,
    read_term,
)
from linter.text import Span
from linter.tokens import BREAK, PUNCT, Tokens

_WORD = re.compile(r"[a-z]+")
_ENDINGS = ("", "s", "es", "ed", "d", "ing")
_MOST_BEGUN = 20_000
"""So many words are kept by heart: a million posts hold names and links without end."""


class Hit(NamedTuple):
    """Tokens `first` up to, not including, `last`, that stand for one of a list's terms."""

    first: int
    last: int


_Waiting = tuple[str, str, bool]
"""An owner, the notation of a term, and whether it is meant as written."""
_Rest = tuple[str, Term, Words, int]
"""What of an owner's term is still to come at a node: words of a choice begun, then the places from a number on."""


_NOWHERE: dict[str, Any] = {}
"""What follows where nothing does yet: of ten thousands of places most end a term, and an empty dictionary each would cost more than they do."""


class _Node:
    """A place in the tree: what ends here, and what may follow, grown when a post first comes by.

    What follows a word stays a rest, or a list of them, until a post comes to it. Places with the same rests are one
    place: a term with ten beginnings and ten endings has ten endings, not a hundred.
    """

    __slots__ = ("ends", "following", "open", "rests", "waiting")

    def __init__(self, rests: tuple[_Rest, ...] = ()) -> None:
        self.rests = self.waiting = rests
        self.following: dict[str, _Node | _Rest | list[_Rest]] = _NOWHERE
        self.ends: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self.open = False
        """Whether any word, or any party's name, may follow."""

    def grow(self) -> None:
        """Take every waiting term one word further."""
        waiting, self.waiting = list(self.waiting), ()
        while waiting:
            owner, term, words, place = waiting.pop()
            if words:
                self._step(words[0], (owner, term, words[1:], place))
                continue
            if place == len(term.pieces):
                if (owner, term.exact) not in self.ends:
                    self.ends += ((owner, term.exact),)
                continue
            whole: _Rest = (owner, term, (), place + 1)
            for choice in term.place(place):
                if not choice:
                    waiting.append(whole)
                    continue
                rest = whole if len(choice) == 1 else (owner, term, choice[1:], place + 1)
                self._step(choice[0], rest)

    def begin(self, owner: str, term: Term, first: str) -> None:
        """Let a term wait here that began with the word which leads here."""
        self.waiting += tuple((owner, term, words, place) for words, place in term.openings(first))

    def after(self, word: str, born: dict[tuple[_Rest, ...], _Node]) -> _Node | None:
        """The place that a word leads to, if any; `born` holds the places that there are, by their rests."""
        node = self.following.get(word)
        if node is None or isinstance(node, _Node):
            return node
        rests = tuple(node) if isinstance(node, list) else (node,)
        known = born.get(rests)
        if known is None:
            known = born[rests] = _Node(rests)
        self.following[word] = known
        return known

    def _step(self, word: str, rest: _Rest) -> None:
        """Let a rest follow a word."""
        if self.following is _NOWHERE:
            self.following = {}
        rests = self.following.setdefault(word, rest)
        if rests is rest:
            self.open = self.open or word in (ANY_WORD, ANY_PARTY)
        elif isinstance(rests, list):
            rests.append(rest)
        elif isinstance(rests, _Node):  # one that others may share: begin it anew
            self.following[word] = [*rests.rests, rest]
        else:
            self.following[word] = [rests, rest]


Load = Callable[[], Filing]
"""What gives an owner's terms, filed."""


class Phrases:
    """Terms by owner (a list's name, or a rule's own), and the pass that finds them."""

    def __init__(self) -> None:
        self._filings: dict[str, Filing] = {}
        self._looked_through: set[str] = set()
        self._owners: dict[str, list[str]] = defaultdict(list)
        self._waiting: dict[str, list[_Waiting]] = defaultdict(list)
        self._promised: dict[str, Load] = {}
        self._root: dict[str, _Node] = {}
        self._born: dict[tuple[_Rest, ...], _Node] = {}
        self._terms: dict[tuple[str, bool], Term] = {}
        self._begun: dict[str, _Node | None] = {}

    def promise(self, owner: str, load: Load) -> None:
        """Name an owner whose terms are filed when somebody first needs them."""
        if owner not in self._filings:
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
        self._begun.clear()
        for letters in filing.by_letters:
            self._owners[letters].append(owner)
        for letters in self._looked_through & filing.by_letters.keys():
            self._look_through(letters, owner)

    def forget(self) -> None:
        """Let go of the tree that posts have grown, some ten megabytes after many; it grows again where one comes by."""
        for grown in (self._looked_through, self._waiting, self._root, self._born, self._terms, self._begun):
            grown.clear()

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
        forms, begun = tokens.forms, self._begun
        nodes = [begun[form] if form in begun else self._begin(form) for form in forms]
        some_party = not PARTIES.isdisjoint(forms)
        for i, (node, following) in enumerate(zip(nodes, [*forms[1:], ""], strict=False)):
            if node is not None and (
                following in node.following or node.ends or node.open or node.waiting
            ):  # a term may end here or go on
                _walk([(node, i + 1)], self._born, text, tokens, i, found)
            if some_party and (last := name_ends(forms, i)):
                _walk([(self._of_any_party(), last)], self._born, text, tokens, i, found)
        return found

    def _begin(self, form: str) -> _Node | None:
        """Where the terms go on that begin with a word, None if none does; looked up once."""
        if len(self._begun) > _MOST_BEGUN:
            self._begun.clear()
        if form[:BEGINNING] not in self._looked_through:
            self._look_up(form[:BEGINNING])
        if form in self._waiting:
            self._plant(form)
        node = self._begun[form] = self._root.get(form)
        return node

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
        for owner in self._owners.get(letters, ()):
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
            term = self._terms.get((source, as_written))
            if term is None:
                term = self._terms[source, as_written] = read_term(source, as_written)
            node.begin(owner, term, first)


_PARTING = (PUNCT, BREAK)


def _walk(
    reached: list[tuple[_Node, int]],
    born: dict[tuple[_Rest, ...], _Node],
    text: str,
    tokens: Tokens,
    first: int,
    found: dict[str, list[Hit]],
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
            form, following = forms[after], node.following
            if form in following and (further := node.after(form, born)) is not None:
                reached.append((further, after + 1))
            if ANY_WORD in following and (further := node.after(ANY_WORD, born)) is not None:
                reached.append((further, after + 1))
            if ANY_PARTY in following and (last := name_ends(forms, after)):
                further = node.after(ANY_PARTY, born)
                if further is not None:
                    reached.append((further, last))


def _same_case(text: str, span: Span, exact: tuple[str, ...]) -> bool:
    said = text[span.start : span.end].replace("’", "'")
    return all(words in said for words in exact)


def _keep(hits: list[Hit], hit: Hit) -> None:
    if hits and hit.first < hits[-1].last:
        if hit.first == hits[-1].first and hit.last > hits[-1].last:
            hits[-1] = hit
        return
    hits.append(hit)
