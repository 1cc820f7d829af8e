"""What there is to say of a row of months or weeks, and where there is too little to say anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log, sqrt

from linter.report.sums import Sums, summed
from linter.review.intervals import Interval, student
from linter.review.rates import Moments

ENOUGH = 5
"""Posts that a month or week needs to be drawn or counted for a trend."""
_STEPS, _POSTS = 4, 40
"""Months or weeks, and posts in all, below which a trend is not worked out."""
_SIDE = 30
"""Posts that there must be before and after a change."""
_UNLIKELY = 5.0
"""How much likelier two shares must be than one (natural logarithm): by chance, the best of twenty places to part a row is that much
better about once in thirty rows."""

_NEAR = 1.92
"""How much less likely (natural logarithm) another place may be and still be one of those that 95 % are for: half of what chi
squared with one degree of freedom passes once in twenty times."""


@dataclass(frozen=True, slots=True)
class Trend:
    """By how much a score rose (fell, below 0) from the first to the last of so many months or weeks, with its interval of 95 %."""

    change: float
    interval: Interval
    steps: int

    @property
    def is_plain(self) -> bool:
        """Whether the interval leaves no doubt about the direction."""
        return self.interval[0] > 0 or self.interval[1] < 0


def trend(means: Sequence[Moments]) -> Trend | None:
    """A straight line through the means of months or weeks in order, each weighted by its posts; None where they are too few.

    Weighted least squares over the steps: how much they scatter around the line says how sure it is, so that posts of one week,
    which resemble each other, count as one week.
    """
    points = [(at, one.mean, one.n) for at, one in enumerate(means) if one.n >= ENOUGH]
    if len(points) < _STEPS or sum(n for _, _, n in points) < _POSTS:
        return None
    weight = sum(n for _, _, n in points)
    middle = sum(x * n for x, _, n in points) / weight
    level = sum(y * n for _, y, n in points) / weight
    spread = sum(n * (x - middle) ** 2 for x, _, n in points)
    slope = sum(n * (x - middle) * (y - level) for x, y, n in points) / spread
    off = sum(n * (y - level - slope * (x - middle)) ** 2 for x, y, n in points)
    error = sqrt(off / (len(points) - 2) / spread)
    length = points[-1][0] - points[0][0]
    half = student(len(points) - 2) * error
    return Trend(slope * length, ((slope - half) * length, (slope + half) * length), length + 1)


@dataclass(frozen=True, slots=True)
class Change:
    """From when on posts drew fewer remarks (or more): what was before, what is since, and between which steps it lies, as far as can be told."""

    since: date
    before: Sums
    after: Sums
    between: tuple[date, date]

    @property
    def is_better(self) -> bool:
        """Whether there are fewer remarks since."""
        return self.after.part("remarked") < self.before.part("remarked")


def change(by_step: Mapping[date, Sums]) -> Change | None:
    """The month or week from which on the share of posts with a remark is another; None where none stands out.

    The place that parts the row into two shares which make it likeliest (Hinkley and Hinkley 1970), where they make it
    so much likelier than one share that chance is a poor explanation.
    """
    steps = sorted(by_step)
    whole = _likelihood(summed(by_step.values()))
    gains: dict[date, tuple[float, Sums, Sums]] = {}
    for at in range(1, len(steps)):
        before = summed(by_step[step] for step in steps[:at])
        after = summed(by_step[step] for step in steps[at:])
        if min(before.posts, after.posts) >= _SIDE:
            gains[steps[at]] = _likelihood(before) + _likelihood(after) - whole, before, after
    if not gains:
        return None
    since = max(gains, key=lambda step: gains[step][0])
    gain, before, after = gains[since]
    near = [step for step, (other, _, _) in gains.items() if other > gain - _NEAR]
    return Change(since, before, after, (min(near), max(near))) if gain > _UNLIKELY else None


def _likelihood(sums: Sums) -> float:
    """The logarithm of how likely so many remarks are at the share that makes them likeliest."""
    k, n = sums.remarked, sums.posts
    return sum(count * log(count / n) for count in (k, n - k) if count)
