"""The charts of a report, each with its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup

from linter.report import charts, words
from linter.report.charts import Charts, Values
from linter.report.gathered import BINS, Gathered
from linter.report.reference import reference
from linter.report.sums import Sums
from linter.report.trends import ENOUGH, Change, trend
from linter.review.intervals import share

_PARTS: tuple[tuple[str, Callable[[Sums], int]], ...] = (
    ("asks for support", lambda one: one.pitching - one.both),
    ("both", lambda one: one.both),
    ("thanks, agrees or asks", lambda one: one.talking - one.both),
)

_HOURS = 6
"""Hours of the day that stand together among the figures."""
_OPEN = ("rhetoric_density",)
"""Scores that have no upper end."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, what it shows, and its figures for those who would rather read them."""

    title: str
    note: str
    svg: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    measure: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    """Names, each with the class of its colour."""


def figures(gathered: Gathered, turn: Change | None, drawn: Charts) -> dict[str, Any]:
    """Every chart by the name under which the page shows it; None or nothing where there is nothing to draw."""
    steps = gathered.by(gathered.step)
    dated = bool(steps)
    return {
        "months": _months(drawn, gathered, steps, turn) if dated else None,
        "scores": list(_scores(drawn, gathered, steps)) if dated else [],
        "questions": list(_questions(drawn, gathered, steps)) if dated else [],
        "conversation": _conversation(drawn, gathered, steps) if dated else None,
        "hours": _hours(drawn, gathered) if gathered.hours else None,
        "spread": list(_spread(drawn, gathered)),
    }


def _figure(
    drawn: Charts,
    gathered: Gathered,
    title: str,
    note: str,
    values: Values,
    shown: Callable[[float], str],
    **options: Any,
) -> Figure:
    """A chart over time with its figures."""
    spec = charts.over_time(values, gathered.by_month, **options)
    rows = tuple(
        (_step(gathered, one["step"]), f"{one['posts']:,}", shown(one["value"]), f"{shown(one['low'])} to {shown(one['high'])}")
        for one in values
    )  # fmt: skip
    head = (_first(gathered), "posts", "value", "likely between")
    return Figure(title, note, drawn.draw(spec, f"{title}. {note}"), head, rows)


def _first(gathered: Gathered) -> str:
    """What stands over the first column."""
    return "month" if gathered.by_month else "week from"


def _step(gathered: Gathered, day: str) -> str:
    return (
        words.month(date.fromisoformat(day)) if gathered.by_month else words.long_day(date.fromisoformat(day))
    )


def _months(drawn: Charts, gathered: Gathered, steps: Mapping[date, Sums], found: Change | None) -> Figure:
    note = (
        f"The dashed line: {words.step(found.since, gathered.by_month)}."
        if found
        else "No change stands out."
    )
    values = charts.share_values(steps, "remarked")
    since = found.since.isoformat() if found else ""
    return _figure(
        drawn, gathered, "Posts that drew a warning", note, values, words.percent, percent=True, since=since
    )


def _scores(drawn: Charts, gathered: Gathered, steps: Mapping[date, Sums]) -> Iterator[Figure]:
    for name, title in words.SCORE_NAMES.items():
        note = words.direction(name, trend([one.scores[name] for one in steps.values()]), gathered.by_month)
        found = _figure(
            drawn,
            gathered,
            title,
            f"{note[:1].upper()}{note[1:]}.",
            charts.score_values(steps, name),
            partial(words.as_score, name),
            percent=name == "questions_ratio",
        )
        yield replace(found, measure=words.SCORE_NOTES[name])


def _questions(drawn: Charts, gathered: Gathered, steps: Mapping[date, Sums]) -> Iterator[Figure]:
    values = charts.share_values(steps, "asking")
    note = "A question counts that wants an answer; one that makes a point does not."
    yield _figure(drawn, gathered, "Posts that ask", note, values, words.percent, percent=True)
    if gathered.whole.seen:
        answered = [
            {
                "step": step.isoformat(),
                "value": one.answered / one.seen,
                "low": low,
                "high": high,
                "posts": one.seen,
            }
            for step, one in steps.items()
            if one.seen >= ENOUGH
            for low, high in [share(one.answered, one.seen)]
        ]
        yield _figure(
            drawn,
            gathered,
            "Of those, answered",
            "By anybody else in the same source.",
            answered,
            words.percent,
            percent=True,
        )


def _conversation(drawn: Charts, gathered: Gathered, steps: Mapping[date, Sums]) -> Figure:
    values = charts.stacked(steps, _PARTS)
    rows = tuple(
        (_step(gathered, step.isoformat()), f"{one.posts:,}", *(words.percent(counted(one) / one.posts) for _, counted in _PARTS))
        for step, one in steps.items()
    )  # fmt: skip
    spec = charts.shares(values, gathered.by_month, [name for name, _ in _PARTS])
    title, note = "Pitch and conversation", "What is left to the top does neither."
    names = tuple(name for name, _ in _PARTS)
    legend = tuple(zip(names, ("theirs", "also", "ours"), strict=True))
    svg = drawn.draw(spec, f"{title}. {note}")
    return Figure(title, note, svg, (_first(gathered), "posts", *names), rows, legend=legend)


def _hours(drawn: Charts, gathered: Gathered) -> Figure:
    parts: Counter[tuple[int, int]] = Counter()
    for (day, hour), count in gathered.hours.items():
        parts[day, hour // _HOURS] += count
    head = ("day", *(f"{first} to {first + _HOURS}" for first in range(0, 24, _HOURS)))
    rows = tuple(
        (name, *(f"{parts[at, part]:,}" for part in range(24 // _HOURS)))
        for at, name in enumerate(charts.DAYS)
    )
    title, note = "Hours and days", "As the source writes its times. Fuller squares: more posts."
    return Figure(title, note, drawn.draw(charts.hours(gathered.hours), f"{title}. {note}"), head, rows)


def _spread(drawn: Charts, gathered: Gathered) -> Iterator[Figure]:
    others = reference()
    for name, title in words.SCORE_NAMES.items():
        if not gathered.bins[name]:
            continue
        theirs, total = others["shares"][name], gathered.bins[name].total()
        rows = tuple(
            (_bin(name, at), words.percent(gathered.bins[name][at] / total), words.percent(part)) for at, part in enumerate(theirs)
        )  # fmt: skip
        spec = charts.distribution(name, gathered.bins[name], theirs)
        svg, names = drawn.draw(spec, f"{title}: how it is spread"), ("these posts", "others")
        note = f"The last bar holds all from {_bin(name, len(theirs) - 1)} on." if name in _OPEN else ""
        legend = tuple(zip(names, ("also", "theirs"), strict=True))
        yield Figure(title, note, svg, ("from", *names), rows, words.SCORE_NOTES[name], legend)


def _bin(name: str, at: int) -> str:
    return words.percent(at * BINS[name]) if name == "questions_ratio" else f"{at * BINS[name]:.0f}"
