"""What is said before and not after, and the other way round: counted by rule, with the first few of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

GONE, NEW, CHANGED = SORTS = ("gone", "new", "level changed")


class Said(Protocol):
    """Something that a rule says, at a level."""

    @property
    def rule(self) -> str:
        """The rule's id."""
        ...

    @property
    def level(self) -> object:
        """What is compared."""
        ...


S = TypeVar("S", bound=Said)


@dataclass(slots=True)
class Changes(Generic[S]):
    """What is gone, new or at another level: how often by sort and rule, with the first `most` of each.

    `was` has the level before for those whose level changed.
    """

    most: int
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: dict[tuple[str, str], list[S]] = field(default_factory=dict)
    was: dict[tuple[str, str], object] = field(default_factory=dict)

    def take(self, before: Mapping[Hashable, S], after: Mapping[Hashable, S]) -> None:
        """Compare what is said of one post, each by its rule and place."""
        for key, said in before.items():
            if key not in after:
                self._add(GONE, said)
            elif after[key].level != said.level:
                self._add(CHANGED, after[key])
                self.was[CHANGED, said.rule] = said.level
        for key, said in after.items():
            if key not in before:
                self._add(NEW, said)

    def _add(self, sort: str, said: S) -> None:
        key = (sort, said.rule)
        self.counts[key] += 1
        kept = self.shown.setdefault(key, [])
        if len(kept) < self.most:
            kept.append(said)

    def by_rule(self) -> list[tuple[str, str, int]]:
        """Sort, rule and count: gone before new before changed, the most first."""
        found = [(sort, rule, count) for (sort, rule), count in self.counts.items()]
        return sorted(found, key=lambda one: (SORTS.index(one[0]), -one[2], one[1]))

    def total(self, sort: str) -> int:
        """How many of a sort."""
        return sum(count for (kind, _), count in self.counts.items() if kind == sort)
