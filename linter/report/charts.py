"""Charts as SVG, drawn by Vega-Lite: what each shows, and how it fits into a page that may be light, dark or printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from markupsafe import Markup

from linter.report.gathered import BINS, Gathered
from linter.report.sums import Sums
from linter.report.trends import ENOUGH
from linter.review.rates import Moments

INK, SOFT, GRID, OURS, THEIRS, ALSO = (f"#0a0a0{number}" for number in range(1, 7))
"""Stand-ins for colours: the page's style sheet says what each is, in the light and in the dark."""
_WIDTH, _HEIGHT = 330, 130
_BARE = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events)="[^"]*"')
_CLIP = re.compile(r'(id="|url\(#)clip(\d+)')
_PERCENT = ".1~%"
_FONT = "system-ui, sans-serif"
Values = list[dict[str, Any]]


class Charts:
    """The charts of one page: each has names of its own for what it cuts out."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def draw(self, spec: Mapping[str, Any], label: str) -> Markup:
        """A chart as SVG that a screen reader announces by its label. Its figures belong beside it, as a table."""
        import vl_convert  # starts a JavaScript engine: a second, and only for a report

        drawn = _BARE.sub("", vl_convert.vegalite_to_svg({**spec, "config": _CONFIG}, vl_version="6.1"))
        number = next(self._numbers)
        drawn = _CLIP.sub(rf"\1chart{number}-\2", drawn)
        return Markup(drawn.replace("<svg", Markup('<svg role="img" aria-label="{}"').format(label), 1))


_CONFIG: dict[str, Any] = {
    "background": None, "font": _FONT, "view": {"stroke": None}, "padding": 2,
    "axis": {
        "labelColor": SOFT, "titleColor": SOFT, "gridColor": GRID, "domainColor": GRID, "tickColor": GRID,
        "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelFont": _FONT, "titleFont": _FONT,
    },
}  # fmt: skip


def _time(by_month: bool) -> dict[str, Any]:
    form = "%b %Y" if by_month else "%-d %b"
    axis = {
        "title": None,
        "format": form,
        "grid": False,
        "tickCount": 4,
        "labelOverlap": "greedy",
        "labelSeparation": 8,
    }
    return {"field": "step", "type": "temporal", "axis": axis, "scale": {"padding": 8}}


def _column(by_month: bool) -> dict[str, Any]:
    """Months or weeks as columns, each with its name below its middle."""
    time = _time(by_month)
    axis = {**time["axis"], "labelAngle": 0, "ticks": False, "formatType": "time"}
    unit = "yearmonth" if by_month else "yearmonthdate"
    return {"field": "step", "type": "ordinal", "timeUnit": unit, "axis": axis}


def _amount(title: str | None = None, percent: bool = False, top: float | None = None) -> dict[str, Any]:
    scale: dict[str, Any] = {"zero": True} if top is None else {"domain": [0, top], "clamp": True}
    axis = {"title": title, "tickCount": 4, **({"format": _PERCENT} if percent else {})}
    return {"field": "value", "type": "quantitative", "axis": axis, "scale": scale}


def over_time(values: Values, by_month: bool, *, percent: bool = False, since: str = "") -> dict[str, Any]:
    """A point for each month or week with its interval, larger for more posts, and a smoothed line through them; `since` a mark where a change is.

    The line is Vega's local regression (loess, after Cleveland 1979) and stands only where there are enough points for one.
    """
    x, y = _time(by_month), _amount(percent=percent, top=_top(values))
    bounds = {**y, "field": "low"}, {"field": "high"}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "rule", "color": OURS, "opacity": 0.35, "strokeWidth": 2, "clip": True},
         "encoding": {"x": x, "y": bounds[0], "y2": bounds[1]}},
        {"mark": {"type": "point", "filled": True, "color": OURS, "opacity": 0.9},
         "encoding": {"x": x, "y": y, "size": {"field": "posts", "type": "quantitative", "legend": None,
                                               "scale": {"range": [12, 60]}}}},
    ]  # fmt: skip
    if len(values) >= _FOR_A_LINE:
        smooth = {"loess": "value", "on": "step", "bandwidth": 0.6}
        layers.append(
            {"transform": [smooth], "mark": {"type": "line", "color": INK, "strokeWidth": 2, "clip": True},
             "encoding": {"x": x, "y": y}}
        )  # fmt: skip
    if since:
        layers.append(
            {"data": {"values": [{"step": since}]},
             "mark": {"type": "rule", "color": THEIRS, "strokeDash": [4, 3], "strokeWidth": 2}, "encoding": {"x": x}}
        )  # fmt: skip
    return {"width": _WIDTH - 50, "height": _HEIGHT, "data": {"values": values}, "layer": layers}


_FOR_A_LINE = 4


def _top(values: Values) -> float:
    """How high a chart goes: over every interval, but not over those of a handful of posts that reach far beyond every point."""
    highest = max((one["value"] for one in values), default=1.0)
    return min(max((one["high"] for one in values), default=1.0), 2 * highest) * 1.05 or 1.0


def spark(values: Values, top: float) -> dict[str, Any]:
    """The same without axes, small enough for a row; `top` is how high all in a column go."""
    hidden = {"axis": None}
    x, y = {**_time(True), **hidden}, {**_amount(top=top), **hidden}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "point", "filled": True, "color": OURS, "size": 14}, "encoding": {"x": x, "y": y}}
    ]
    if len(values) >= _FOR_A_LINE:
        smooth = {"loess": "value", "on": "step", "bandwidth": 0.6}
        line = {"type": "line", "color": INK, "strokeWidth": 1.5, "clip": True}
        layers.append({"transform": [smooth], "mark": line, "encoding": {"x": x, "y": y}})
    return {"width": 120, "height": 30, "data": {"values": values}, "layer": layers}


def shares(values: Values, by_month: bool, order: Sequence[str]) -> dict[str, Any]:
    """Bars on top of each other, a column for each month or week, in shares of its posts."""
    scale = {"domain": list(order), "range": [THEIRS, ALSO, OURS][: len(order)]}
    return {
        "width": _WIDTH - 50, "height": _HEIGHT, "data": {"values": values},
        "mark": {"type": "bar"},
        "encoding": {
            "x": _column(by_month),
            "y": _amount(percent=True, top=1.0) | {"stack": "zero"},
            "color": {"field": "what", "type": "nominal", "scale": scale, "sort": list(order), "legend": None},
            "order": {"field": "rank", "type": "quantitative"},
        },
    }  # fmt: skip


def distribution(name: str, ours: Mapping[int, int], theirs: Sequence[float]) -> dict[str, Any]:
    """Where a score's values lie: bars for these posts, a stepped line for the posts of others."""
    width, total = BINS[name], sum(ours.values()) or 1
    values = [
        {"from": at * width, "to": (at + 1) * width, "value": ours.get(at, 0) / total, "theirs": part}
        for at, part in enumerate(theirs)
    ]
    axis = {"title": None, "grid": False, "tickCount": 6, **({"format": _PERCENT} if width < 1 else {})}
    x = {"field": "from", "type": "quantitative", "axis": axis, "scale": {"domain": [0, len(theirs) * width]}}
    y = _amount(percent=True, top=max(one[part] for one in values for part in ("value", "theirs")) * 1.1)
    line = [*values, {"from": len(theirs) * width, "theirs": theirs[-1]}]  # over the last bar to its end
    bars = {"type": "bar", "color": ALSO, "clip": True}
    return {
        "width": _WIDTH - 50, "height": 110, "data": {"values": values},
        "layer": [
            {"mark": bars, "encoding": {"x": x, "x2": {"field": "to"}, "y": y, "y2": {"datum": 0}}},
            {"data": {"values": line}, "mark": {"type": "line", "interpolate": "step-after", "color": THEIRS, "strokeWidth": 2},
             "encoding": {"x": x, "y": {**y, "field": "theirs"}}},
        ],
    }  # fmt: skip


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def hours(counted: Mapping[tuple[int, int], int]) -> dict[str, Any]:
    """When posts are made: a square for each hour of the week, fuller for more posts."""
    values = [
        {"day": DAYS[day], "hour": hour, "posts": counted.get((day, hour), 0)}
        for day in range(7)
        for hour in range(24)
    ]
    shade = {"field": "posts", "type": "quantitative", "scale": {"range": [0.06, 1]}, "legend": None}
    ticks = {"values": [0, 6, 12, 18, 23], "title": None, "labelAngle": 0, "domain": False, "ticks": False}
    return {
        "width": _WIDTH - 40, "height": 110, "data": {"values": values},
        "mark": {"type": "rect", "color": OURS, "cornerRadius": 1},
        "encoding": {
            "x": {"field": "hour", "type": "ordinal", "axis": ticks, "scale": {"padding": 0.1}},
            "y": {"field": "day", "type": "ordinal", "sort": list(DAYS), "scale": {"padding": 0.1},
                  "axis": {"title": None, "domain": False, "ticks": False}},
            "opacity": shade,
        },
    }  # fmt: skip


def score_values(by_step: Mapping[Any, Sums], name: str) -> Values:
    """A score's mean for each month or week that has enough posts, with its interval."""
    return [_point(step, one.scores[name]) for step, one in by_step.items() if one.scores[name].n >= ENOUGH]


def _point(step: Any, moments: Moments) -> dict[str, Any]:
    low, high = moments.interval
    return {
        "step": step.isoformat(),
        "value": moments.mean,
        "low": max(low, 0),
        "high": high,
        "posts": moments.n,
    }


def share_values(by_step: Mapping[Any, Sums], of: str) -> Values:
    """A share of the posts of each month or week that has enough, with its interval."""
    return [
        {"step": step.isoformat(), "value": one.part(of), "low": low, "high": high, "posts": one.posts}
        for step, one in by_step.items()
        if one.posts >= ENOUGH
        for low, high in [one.interval(of)]
    ]


def stacked(by_step: Mapping[Any, Sums], parts: Iterable[tuple[str, Any]]) -> Values:
    """Shares of each month or week, a value for each part by a function of its sums."""
    return [
        {"step": step.isoformat(), "what": what, "rank": rank, "value": counted(one) / one.posts}
        for step, one in by_step.items()
        for rank, (what, counted) in enumerate(parts)
    ]


def by_step(gathered: Gathered, **only: str) -> dict[Any, Sums]:
    """The months or weeks of a report, of one platform or room alone where named."""
    return gathered.by(
        gathered.step, lambda key: all(getattr(key, part) == name for part, name in only.items())
    )
