"""What a report adds up of posts: counts, and for each score what a mean and its interval need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from linter.review.intervals import Interval, share
from linter.review.moves import TALK
from linter.review.rates import Moments
from linter.scores import SCORES

GRAVE = ("warning", "error")
"""Levels that a report counts as a remark on a post: a suggestion is a nudge that good posts hear too."""


@dataclass(slots=True)
class Sums:
    """Posts added up.

    `remarked` posts hear a warning or worse from a rule that is not on trial; `asking` posts have a question for the answer's
    sake, `seen` are those of them whose answers the source would hold, `answered` those somebody answered. `pitching`
    posts ask for support or say a slogan, `talking` ones thank, ask or agree, `both` do both.
    """

    posts: int = 0
    remarked: int = 0
    asking: int = 0
    seen: int = 0
    answered: int = 0
    pitching: int = 0
    talking: int = 0
    both: int = 0
    scores: dict[str, Moments] = field(default_factory=lambda: {name: Moments() for name in SCORES})

    def take(self, record: Mapping[str, Any]) -> None:
        """Count a post by its record."""
        self.posts += 1
        self.remarked += any(is_grave(one) for one in record["findings"])
        if record["counts"]["genuine_questions"]:
            self.asking += 1
            self.seen += record["answers"] is not None
            self.answered += bool(record["answers"])
        pitching, talking = "pitch" in record["moves"], any(move in TALK for move in record["moves"])
        self.pitching += pitching
        self.talking += talking
        self.both += pitching and talking
        for name, moments in self.scores.items():
            if (value := record["scores"][name]) is not None:
                moments.take(value)

    def add(self, other: Sums) -> None:
        """Count everything that another has counted."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, moments in self.scores.items():
            moments.add(other.scores[name])

    def part(self, of: str) -> float:
        """The share of posts that are `remarked`, `asking`, `pitching` …; 0 of no posts."""
        return int(getattr(self, of)) / self.posts if self.posts else 0.0

    def interval(self, of: str) -> Interval:
        """The interval of 95 % around such a share."""
        return share(getattr(self, of), self.posts)


_COUNTS = ("posts", "remarked", "asking", "seen", "answered", "pitching", "talking", "both")


def is_grave(finding: Mapping[str, Any]) -> bool:
    """Whether a finding makes a post one with a remark."""
    return finding["level"] in GRAVE and finding["status"] == "stable" and finding["allowed"] is None


def summed(parts: Iterable[Sums]) -> Sums:
    """Several sums as one."""
    whole = Sums()
    for part in parts:
        whole.add(part)
    return whole
