"""What changed between two stretches of time."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from linter.report.gathered import Gathered, Key
from linter.report.sums import Sums
from linter.report.trends import Change
from linter.report.words import SCORE_NAMES, TOO_FEW, as_score, long_day, percent, title_of
from linter.review.rates import Contrast, contrast_of_means, contrast_of_shares
from linter.rule import Rule

_RULES = 10
"""Rules that are shown of those whose share clearly changed."""
_SHARES = {
    "remarked": "posts that drew a warning",
    "asking": "posts that ask for the answer’s sake",
    "talking": "posts that thank, agree or ask",
    "pitching": "posts that ask for support",
}
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both in it."""

    first: date
    last: date

    def holds(self, key: Key) -> bool:
        """Whether posts of a key were made in it."""
        return key.day is not None and self.first <= key.day <= self.last

    def __str__(self) -> str:
        return f"{long_day(self.first)} to {long_day(self.last)}"


def read_period(words: str) -> Period:
    """A year, a month, a day, or two of them with `..` between: 2025, 2025-03, 2025-03-01..2025-05-31.

    Raises ValueError, which says what was expected.
    """
    start, _, end = words.strip().partition("..")
    first, last = _days(start)[0], _days(end or start)[1]
    if first > last:
        raise ValueError(f"`{words}` ends before it begins")
    return Period(first, last)


def _days(words: str) -> tuple[date, date]:
    """The first and the last day of a year, month or day."""
    found = _DAY.fullmatch(words.strip())
    try:
        if found is None:
            raise ValueError
        year = int(found[1])
        month, day = (int(part) if part else None for part in (found[2], found[3]))
        first = date(year, 1 if month is None else month, 1 if day is None else day)
        last_month = 12 if month is None else month
        return first, date(year, last_month, calendar.monthrange(year, last_month)[1] if day is None else day)
    except (ValueError, calendar.IllegalMonthError):
        expected = "such as 2025, 2025-03 or 2025-03-01..2025-05-31"
        raise ValueError(f"`{words}` is no period; one is expected {expected}") from None


def two_periods(gathered: Gathered, found: Change | None) -> tuple[Period, Period] | None:
    """Before and since the month from which on it was another thing; where none stands out, the two halves of the time."""
    days = gathered.days
    if found and days:
        return Period(days[0], found.since - timedelta(days=1)), Period(found.since, days[1])
    return halves(gathered)


def halves(gathered: Gathered) -> tuple[Period, Period] | None:
    """The first half of the time and the second; None where there are not two days."""
    days = gathered.days
    if days is None or days[0] == days[1]:
        return None
    middle = gathered.beginning(days[0] + (days[1] - days[0] + timedelta(days=1)) / 2)
    if not days[0] < middle <= days[1]:
        middle = days[1]
    return Period(days[0], middle - timedelta(days=1)), Period(middle, days[1])


@dataclass(frozen=True, slots=True)
class Line:
    """One measure in both periods, and what there is to say of the difference."""

    what: str
    before: str
    after: str
    apart: str
    way: str
    """`up`, `down`, or nothing where it is not clear."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two periods side by side."""

    periods: tuple[Period, Period]
    posts: tuple[int, int]
    lines: tuple[Line, ...]
    rules: tuple[Line, ...]


def compared(gathered: Gathered, periods: tuple[Period, Period], rules: Mapping[str, Rule]) -> Compared:
    """Shares and scores in both, and the rules that clearly spoke more, or less, often."""
    first, second = (gathered.by(lambda key: "", period.holds).get("", Sums()) for period in periods)
    return Compared(
        periods,
        (first.posts, second.posts),
        tuple(_measures(first, second)),
        tuple(_spoken(gathered, periods, (first.posts, second.posts), rules)),
    )


def _measures(first: Sums, second: Sums) -> Iterator[Line]:
    for of, what in _SHARES.items():
        yield _line(
            contrast_of_shares(what, getattr(first, of), first.posts, getattr(second, of), second.posts), ""
        )
    for name, title in SCORE_NAMES.items():
        yield _line(contrast_of_means(title, first.scores[name], second.scores[name]), name)


def _spoken(
    gathered: Gathered, periods: tuple[Period, Period], posts: tuple[int, int], rules: Mapping[str, Rule]
) -> Iterator[Line]:
    counts: dict[str, list[int]] = {}
    for (day, rule), count in gathered.rules_by_day.items():
        for at, period in enumerate(periods):
            if period.holds(Key(day, "", "")):
                counts.setdefault(rule, [0, 0])[at] += count
    found = [
        contrast_of_shares(title_of(rule, rules), k, posts[0], j, posts[1])
        for rule, (k, j) in counts.items()
        if rule not in rules or rules[rule].status == "stable"
    ]
    plain = [one for one in found if one.direction]
    plain.sort(key=lambda one: -abs(one.values[1] - one.values[0]))
    yield from (_line(one, "") for one in plain[:_RULES])


def _line(found: Contrast, score: str) -> Line:
    """A contrast in words; `score` names the score that it is of, "" for a share."""

    def shown(value: float) -> str:
        return as_score(score, value) if score else percent(value)

    low, high = sorted(abs(side) for side in found.apart)
    apart = "no clear change"
    if found.too_few:
        apart = TOO_FEW
    elif found.direction:
        points = not score or score == "questions_ratio"
        by = f"{low * 100:.0f} to {high * 100:.0f} points" if points else f"{shown(low)} to {shown(high)}"
        apart = f"{'up' if found.direction > 0 else 'down'} by {by}"
    way = ("", "up", "down")[found.direction]
    return Line(
        found.name, shown(found.values[0]), shown(found.values[1]), apart, "" if found.too_few else way
    )
