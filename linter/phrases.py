"""One pass over a post's words that finds every term of every list and rule at once.

Terms are filed under the words they may begin with and expanded into the tree only when such a word is
first met, so that a single draft pays for the few terms that could stand in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any, NamedTuple

from linter.term import ANY_WORD, first_words, parse_term
from linter.text import Span
from linter.tokens import BREAK, PUNCT, Tokens

_END = ""
_Node = dict[str, Any]


class Hit(NamedTuple):
    """Tokens `first` up to, not including, `last`, that stand for one of a list's terms."""

    first: int
    last: int


class Phrases:
    """Terms by owner (a list's name, or a rule's own), and the pass that finds them."""

    def __init__(self) -> None:
        self._terms: list[tuple[str, str]] = []
        self._waiting: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._parsed = cache(parse_term)
        self._tree: _Node = {}

    def add(self, owner: str, terms: Iterable[str]) -> None:
        """File terms under an owner, before the first pass. Raises TermError when one is first needed."""
        for source in terms:
            self._terms.append((owner, source))
            for first in first_words(source):
                self._waiting[first].append((owner, source))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that any term is made of; dear, so asked for only where a word is elongated."""
        terms = {source for _, source in self._terms}
        return frozenset(w for t in terms for place in parse_term(t).places for row in place for w in row)

    def find(self, text: str, tokens: Tokens) -> dict[str, list[Hit]]:
        """For every owner with a hit, its hits in order of place, the longest at each, none overlapping."""
        found: dict[str, list[Hit]] = {}
        forms, kinds = tokens.forms, tokens.kinds
        waiting, tree = self._waiting, self._tree
        for i, form in enumerate(forms):
            if form in waiting:
                self._expand(form)
            node = tree.get(form)
            if node is not None and kinds[i] not in (PUNCT, BREAK):
                self._walk(node, text, tokens, i, found)
        return found

    def _expand(self, first: str) -> None:
        for owner, source in self._waiting.pop(first):
            term = self._parsed(source)
            for row in term.rows():
                if row[0] == first:
                    node = self._tree
                    for word in row:
                        node = node.setdefault(word, {})
                    ends = node.setdefault(_END, [])
                    if (owner, term.exact) not in ends:
                        ends.append((owner, term.exact))

    def _walk(self, node: _Node, text: str, tokens: Tokens, first: int, found: dict[str, list[Hit]]) -> None:
        forms, kinds, total = tokens.forms, tokens.kinds, len(tokens)
        reached = [(node, first + 1)]
        while reached:
            node, after = reached.pop()
            if _END in node:
                for owner, exact in node[_END]:
                    if not exact or _same_case(text, tokens.span(first, after), exact):
                        _keep(found.setdefault(owner, []), Hit(first, after))
            if after < total and kinds[after] not in (PUNCT, BREAK):
                if (following := node.get(forms[after])) is not None:
                    reached.append((following, after + 1))
                if (following := node.get(ANY_WORD)) is not None:
                    reached.append((following, after + 1))


def _same_case(text: str, span: Span, exact: str) -> bool:
    return text[span.start : span.end].lstrip("#").replace("’", "'").startswith(exact)


def _keep(hits: list[Hit], hit: Hit) -> None:
    if hits and hit.first < hits[-1].last:
        if hit.first == hits[-1].first and hit.last > hits[-1].last:
            hits[-1] = hit
        return
    hits.append(hit)
