"""Two runs side by side, by how often each rule speaks and by the means of scores: for other posts, not the same ones anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from linter.review.intervals import Interval, mean, mean_difference, share, share_difference
from linter.review.reviewed import LET_STAND, Reviewed

FEW = 30
"""Of fewer posts nothing is said: a floor of ours, below which means of such uneven scores say little."""
SELDOM = 5
"""A rule that speaks of fewer posts than this, both runs together, is too seldom heard to call its rates alike."""


@dataclass(slots=True)
class Moments:
    """Values by how many they are, their sum and the sum of their squares."""

    n: int = 0
    total: float = 0.0
    squares: float = 0.0

    def take(self, value: float) -> None:
        """Take a value in."""
        self.n += 1
        self.total += value
        self.squares += value * value

    def add(self, other: Moments) -> None:
        """Take in all that others took in."""
        self.n += other.n
        self.total += other.total
        self.squares += other.squares

    @property
    def mean(self) -> float:
        """Their mean; 0 of none."""
        return self.total / self.n if self.n else 0.0

    @property
    def interval(self) -> Interval:
        """The interval of 95 % around the mean."""
        return mean(self.n, self.total, self.squares)


@dataclass(slots=True)
class Run:
    """What a run says taken together: posts, those that a rule speaks of, scores, days and versions."""

    posts: int = 0
    spoken: Counter[str] = field(default_factory=Counter)
    scores: dict[str, Moments] = field(default_factory=dict)
    versions: set[int] = field(default_factory=set)
    first_day: str = ""
    last_day: str = ""

    def take(self, post: Reviewed) -> None:
        """Take a post in."""
        self.posts += 1
        self.spoken.update({one.rule for one in post.findings if one.level != LET_STAND})
        self.versions.add(post.version)
        for name, value in post.scores.items():
            if value is not None:
                self.scores.setdefault(name, Moments()).take(value)
        if post.date:
            self.first_day = min(self.first_day or post.date, post.date)
            self.last_day = max(self.last_day, post.date)


@dataclass(frozen=True, slots=True)
class Contrast:
    """One measure in two runs, each with its interval, and the interval of how much the second is above the first.

    `n` are the posts that could show it, `seen` those of both that do.
    """

    name: str
    n: tuple[int, int]
    seen: int
    values: tuple[float, float]
    intervals: tuple[Interval, Interval]
    apart: Interval

    @property
    def direction(self) -> int:
        """1 where the second is clearly above the first, -1 where below, 0 where that can't be said."""
        return 0 if min(self.n) < FEW else (self.apart[0] > 0) - (self.apart[1] < 0)

    @property
    def too_few(self) -> bool:
        """Whether there are too few posts to say anything, even that the two are alike."""
        return min(self.n) < FEW or (self.seen < SELDOM and not self.direction)


def contrast_of_shares(name: str, k: int, n: int, j: int, m: int) -> Contrast:
    """`k` of `n` posts in the first run and `j` of `m` in the second."""
    values = k / n if n else 0.0, j / m if m else 0.0
    return Contrast(name, (n, m), k + j, values, (share(k, n), share(j, m)), share_difference(k, n, j, m))


def contrast_of_means(name: str, one: Moments, two: Moments) -> Contrast:
    """The mean in the first run and in the second."""
    apart = mean_difference(one.n, one.total, one.squares, two.n, two.total, two.squares)
    return Contrast(
        name, (one.n, two.n), one.n + two.n, (one.mean, two.mean), (one.interval, two.interval), apart
    )


def rules(first: Run, second: Run) -> Iterator[Contrast]:
    """The shares of posts that each rule speaks of, the rule that speaks most first."""
    together = first.spoken + second.spoken
    for rule in sorted(together, key=lambda rule: (-together[rule], rule)):
        yield contrast_of_shares(rule, first.spoken[rule], first.posts, second.spoken[rule], second.posts)


def scores(first: Run, second: Run) -> Iterator[Contrast]:
    """The means of each score that either has, over the posts that have one."""
    for name in dict.fromkeys((*first.scores, *second.scores)):
        yield contrast_of_means(name, first.scores.get(name, Moments()), second.scores.get(name, Moments()))
