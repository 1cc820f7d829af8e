"""What a report says of each platform, room and rule."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from linter.post import Room
from linter.report import charts, words
from linter.report.charts import Charts
from linter.report.gathered import ELSEWHERE, Gathered
from linter.report.story import unused
from linter.report.sums import Sums
from linter.report.trends import trend
from linter.rule import Rule

_MOST = 12
"""Rooms that are shown, those with most posts."""
_SAID = 15
"""Rules that are shown, those that spoke most often."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A small chart of one score, its mean and what its trend comes to."""

    score: str
    mean: str
    unit: str
    svg: Markup | None
    trend: str


@dataclass(frozen=True, slots=True)
class Row:
    """A platform or room: its name and kind, its posts added up, its scores, and what was said most often there."""

    name: str
    kind: str
    sums: Sums
    cells: tuple[Cell, ...]
    said: tuple[tuple[str, int], ...]


def platforms(gathered: Gathered, on_trial: Collection[str], drawn: Charts) -> list[Row]:
    """Each platform, where there are several."""
    named = gathered.by(lambda key: key.platform or None)
    return _rows(drawn, gathered, on_trial, named, "platform") if len(named) > 1 else []


def rooms(gathered: Gathered, on_trial: Collection[str], drawn: Charts) -> list[Row]:
    """Each room with what is done there, those with most posts first."""
    return _rows(drawn, gathered, on_trial, gathered.by(lambda key: key.room or None), "room")


def _rows(
    drawn: Charts, gathered: Gathered, on_trial: Collection[str], named: Mapping[str, Sums], part: str
) -> list[Row]:
    """The charts of one score go to one scale, so that rows can be held against each other."""
    most = sorted(named, key=lambda name: (-named[name].posts, name))[:_MOST]
    steps = {name: charts.by_step(gathered, **{part: name}) for name in most}
    tops = {
        score: max(
            (one["value"] for name in most for one in charts.score_values(steps[name], score)), default=1.0
        )
        for score in words.SCORE_NAMES
    }
    return [
        Row(
            words.PLATFORM_NAMES[name] if part == "platform" else name,
            gathered.kinds.get(name, "") if part == "room" else "",
            named[name],
            tuple(
                _cell(drawn, gathered, score, named[name], steps[name], top) for score, top in tops.items()
            ),
            tuple(
                (rule, count)
                for (room, rule), count in gathered.rules_by_room.most_common()
                if room == name and rule not in on_trial
            )[:3],
        )
        for name in most
    ]


def _cell(
    drawn: Charts, gathered: Gathered, score: str, sums: Sums, steps: Mapping[date, Sums], top: float
) -> Cell:
    found = trend([one.scores[score] for one in steps.values()])
    told = words.direction(score, found, gathered.by_month)
    points = charts.score_values(steps, score)
    label = f"{words.SCORE_NAMES[score]}: {told}"
    svg = drawn.draw(charts.spark(points, top * 1.1 or 1.0), label) if found else None
    return Cell(
        words.SCORE_NAMES[score],
        words.as_score(score, sums.scores[score].mean),
        words.SCORE_UNITS[score],
        svg,
        told,
    )


def places(gathered: Gathered, rooms: Sequence[Room]) -> list[dict[str, Any]]:
    """Platforms and the rooms on them, those without a post among them."""
    platforms, empty = unused(gathered, rooms)
    last: dict[tuple[str, str], date] = {}
    for key in gathered.sums:
        if key.day:
            last[key.platform, key.room] = max(key.day, last.get((key.platform, key.room), key.day))
    places: dict[str, list[dict[str, Any]]] = {}
    for (platform, room), sums in gathered.by(lambda key: (key.platform, key.room)).items():
        places.setdefault(platform, []).append(
            {"room": room, "posts": sums.posts, "last": last.get((platform, room))}
        )
    for platform in platforms:
        places.setdefault(platform, [])
    for missing in empty:
        if missing.platform in places:
            places[missing.platform].append({"room": missing.name, "posts": 0, "last": None})
    return [
        {"platform": platform, "rooms": found, "posts": sum(one["posts"] for one in found)}
        for platform, found in sorted(places.items(), key=lambda item: -sum(one["posts"] for one in item[1]))
    ]


def spoken(gathered: Gathered, rules: Mapping[str, Rule]) -> Iterator[dict[str, Any]]:
    """What was said how often, most often first, and where mostly."""
    most = gathered.rules().most_common(_SAID)
    many = len({key.room for key in gathered.sums}) > 1
    for rule, count in most:
        rooms = [
            (n, room)
            for (room, name), n in gathered.rules_by_room.items()
            if name == rule and room not in ("", ELSEWHERE)
        ]
        top, room = max(rooms, default=(0, ""))
        known = rules.get(rule)
        yield {
            "id": rule, "title": words.title_of(rule, rules), "level": str(known.level) if known else "",
            "trial": known is not None and known.status == "trial", "count": count, "width": 100 * count / most[0][1],
            "where": room if many and top * 2 >= count else "",
        }  # fmt: skip
