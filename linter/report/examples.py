"""Posts to learn from: those that do what the guidance asks, and those worth another thought."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import Any

from linter.report.sums import is_grave

SHOWN = 8
_EACH = 3
"""Posts kept of each room (good ones) or rule (others), so that one does not fill the list."""
_SHORTEST, _LONGEST = 8, 150
"""Words that a post to learn from has: a longer one is not read, and "Thanks!" teaches nothing."""
_CALM = 35.0
"""Aggressiveness above which a post is no good example, whatever else it does."""
_WEIGHT = {"suggestion": 0.25, "warning": 2.0, "error": 3.0}
_Ranked = tuple[float, int, dict[str, Any]]


@dataclass(slots=True)
class Examples:
    """The best posts of each room, and of those that drew a warning the ones with most to say of for each rule."""

    _good: defaultdict[str, list[_Ranked]] = field(default_factory=lambda: defaultdict(list))
    _amiss: defaultdict[str, list[_Ranked]] = field(default_factory=lambda: defaultdict(list))
    _drew: Counter[str] = field(default_factory=Counter)
    _taken: int = 0

    def take(self, record: dict[str, Any], room: str) -> None:
        """Consider a post."""
        self._taken += 1
        grave = [one for one in record["findings"] if is_grave(one)]
        if grave:
            worst = max(grave, key=lambda one: (_WEIGHT[one["level"]], one["rule"]))
            self._drew[worst["rule"]] += 1
            self._keep(self._amiss[worst["rule"]], amiss(record), record)
        elif (points := good(record)) > 0:
            self._keep(self._good[room], points, record)

    def _keep(self, kept: list[_Ranked], points: float, record: dict[str, Any]) -> None:
        ranked = (points, -self._taken, record)
        if len(kept) < _EACH:
            heapq.heappush(kept, ranked)
        elif ranked[:2] > kept[0][:2]:
            heapq.heapreplace(kept, ranked)

    @property
    def to_learn_from(self) -> list[dict[str, Any]]:
        """Good posts, the best first, of as many rooms as may be."""
        return _by_turns(
            sorted(self._good.values(), key=lambda posts: _rank(max(posts, key=_rank)), reverse=True)
        )

    @property
    def to_rethink(self) -> list[dict[str, Any]]:
        """Posts worth another thought: one for each rule, the commonest first, then a second."""
        return _by_turns([self._amiss[rule] for rule, _ in self._drew.most_common()])


def _by_turns(kept: Iterable[list[_Ranked]]) -> list[dict[str, Any]]:
    """The best of each group in turn, then the next; of equal words only the first."""
    groups = [sorted(group, key=_rank, reverse=True) for group in kept]
    shown: dict[str, dict[str, Any]] = {}
    for ranked in (one for turn in zip_longest(*groups) for one in turn if one is not None):
        words = " ".join(ranked[2]["text"].casefold().split())
        if len(shown) < SHOWN:
            shown.setdefault(words, ranked[2])
    return list(shown.values())


def _rank(ranked: _Ranked) -> tuple[float, int]:
    return ranked[0], ranked[1]


def good(record: Mapping[str, Any]) -> float:
    """How good an example a post is; 0 for one that is none.

    It thanks, agrees or asks for the answer's sake, calmly; that it was answered counts most of all. A ranking for this list
    and no score: it is shown nowhere.
    """
    scores, moves = record["scores"], record["moves"]
    if scores["aggressiveness"] is None or scores["aggressiveness"] > _CALM or "pitch" in moves:
        return 0.0
    if not _SHORTEST <= record["counts"]["words"] <= _LONGEST or not moves:
        return 0.0
    answered = min(record["answers"] or 0, 4)
    return float(
        3 * len(moves) + 2 * answered + scores["receptiveness"] / 10
        - scores["aggressiveness"] / 10 - scores["rhetoric_density"] / 2 - len(record["findings"])
    )  # fmt: skip


def amiss(record: Mapping[str, Any]) -> float:
    """How much there is to say of a post: its remarks by level, then its aggressiveness."""
    said = sum(_WEIGHT[one["level"]] for one in record["findings"] if one["allowed"] is None)
    return float(said + (record["scores"]["aggressiveness"] or 0) / 25)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a post as they stand, the numbers of what is said of them, and those of what ends with them."""

    words: str
    numbers: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()


def pieces(text: str, spans: Mapping[int, tuple[int, int]]) -> Iterator[Piece]:
    """A text cut wherever one of the spans begins or ends, each piece with the numbers of the spans it is in."""
    cuts = sorted(
        {0, len(text), *(edge for span in spans.values() for edge in span if 0 <= edge <= len(text))}
    )
    for start, end in pairwise(cuts):
        inside = tuple(number for number, (first, last) in spans.items() if first <= start and end <= last)
        yield Piece(text[start:end], inside, tuple(number for number in inside if spans[number][1] == end))
