"""What there is to say of a row of months or weeks, and where there is too little to say anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from linter.report.gathered import Gathered
from linter.report.sums import Sums, summed
from linter.review.intervals import Interval
from linter.review.rates import Moments, contrast_of_means

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
    """By how much a score is higher (lower, below 0) in the second half of so many months or weeks than in the first, with its interval of 95 %."""

    change: float
    interval: Interval
    steps: int

    @property
    def is_plain(self) -> bool:
        """Whether the interval leaves no doubt about the direction."""
        return self.interval[0] > 0 or self.interval[1] < 0


def trend(means: Sequence[Moments]) -> Trend | None:
    """The means of months or weeks in order, the second half held against the first; None where they are too few.

    Each month counts as one value (Welch's interval over months): posts of one month resemble each other, so that how much
    months differ says how sure it is. No line is laid through them, since what turns at once is no line.
    """
    enough = [one for one in means if one.n >= ENOUGH]
    if len(enough) < _STEPS or sum(one.n for one in enough) < _POSTS:
        return None
    middle = len(enough) // 2
    first, second = _of_means(enough[:middle]), _of_means(enough[middle:])
    found = contrast_of_means("", first, second)
    return Trend(second.mean - first.mean, found.apart, len(enough))


def _of_means(months: Sequence[Moments]) -> Moments:
    values = Moments()
    for one in months:
        values.take(one.mean)
    return values


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


def change_in(gathered: Gathered) -> Change | None:
    """From which of its months or weeks on posts drew fewer remarks, or more; None where none stands out."""
    return change(gathered.by(gathered.step))


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
