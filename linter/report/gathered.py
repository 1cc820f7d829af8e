"""One look at every line of a review: all that a report needs, in memory that does not grow with the posts."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from linter.formats.format import safe
from linter.report.examples import Examples
from linter.report.sums import Sums
from linter.review.index import Told
from linter.scores import SCORES

_ROOMS = 40
"""So many rooms are told apart; the posts of any that come after stand together."""
ELSEWHERE = "other rooms"
BINS = {"aggressiveness": 5.0, "rhetoric_density": 1.0, "questions_ratio": 0.1, "receptiveness": 5.0}
"""How wide a step of each score's distribution is."""
LAST_BIN = {"aggressiveness": 19, "rhetoric_density": 15, "questions_ratio": 10, "receptiveness": 19}
"""The last step of each; it holds everything above it too."""
_LONG = timedelta(days=120)


def step_of(name: str, value: float) -> int:
    """Into which step of its score's distribution a value falls, from 0."""
    return min(int(value / BINS[name] + 1e-9), LAST_BIN[name])


class Key(NamedTuple):
    """A day (None where it is not known), a platform and a room ("" where there is none)."""

    day: date | None
    platform: str
    room: str


@dataclass(slots=True)
class Gathered:
    """What a review's lines come to."""

    sums: defaultdict[Key, Sums] = field(default_factory=lambda: defaultdict(Sums))
    rules_by_day: Counter[tuple[date | None, str]] = field(default_factory=Counter)
    rules_by_room: Counter[tuple[str, str]] = field(default_factory=Counter)
    last_in_room: dict[tuple[str, str], date] = field(default_factory=dict)
    """The last day on which a rule spoke in a room, where days are known."""
    hours: Counter[tuple[int, int]] = field(default_factory=Counter)
    bins: dict[str, Counter[int]] = field(default_factory=lambda: {name: Counter() for name in SCORES})
    kinds: dict[str, str] = field(default_factory=dict)
    examples: Examples = field(default_factory=Examples)
    others: Counter[str] = field(default_factory=Counter)
    _rooms: set[str] = field(default_factory=set)

    def take(self, line: Told) -> None:
        """Count a line of a review."""
        if line.kind == "post":
            self.take_record(line.record(with_text=True))
        elif line.kind == "left out":
            self.others[json.loads(line.about)["what"]] += 1
        else:
            self.others[line.kind] += 1

    def take_record(self, record: dict[str, Any]) -> None:
        """Count a post by its record, its words with it."""
        said = datetime.fromisoformat(record["date"]) if record["date"] else None
        room = self._room(safe(record["room"] or ""))
        key = Key(said.date() if said else None, record["platform"] or "", room)
        self.sums[key].take(record)
        if room and record["room_kind"]:
            self.kinds.setdefault(room, record["room_kind"])
        if said and "T" in record["date"]:
            self.hours[said.weekday(), said.hour] += 1
        for name, counts in self.bins.items():
            if (value := record["scores"][name]) is not None:
                counts[step_of(name, value)] += 1
        for rule in sorted({one["rule"] for one in record["findings"] if one["allowed"] is None}):
            self.rules_by_day[key.day, rule] += 1
            self.rules_by_room[room, rule] += 1
            if key.day:
                self.last_in_room[room, rule] = max(key.day, self.last_in_room.get((room, rule), key.day))
        self.examples.take(record, room)

    def _room(self, name: str) -> str:
        if name in self._rooms or len(self._rooms) < _ROOMS:
            self._rooms.add(name)
            return name
        return ELSEWHERE

    @property
    def whole(self) -> Sums:
        """All posts."""
        return self.by(lambda key: "").get("", Sums())

    @property
    def days(self) -> tuple[date, date] | None:
        """The first day and the last; None where no post has a date."""
        days = [key.day for key in self.sums if key.day]
        return (min(days), max(days)) if days else None

    def rules(self, since: date | None = None) -> Counter[str]:
        """How many posts each rule spoke of, in all or from a day on."""
        counted: Counter[str] = Counter()
        for (day, rule), count in self.rules_by_day.items():
            if since is None or (day and day >= since):
                counted[rule] += count
        return counted

    def by(
        self, what: Callable[[Key], Any], where: Callable[[Key], bool] = lambda key: True
    ) -> dict[Any, Sums]:
        """Sums by anything of their key, in its order; None is left out."""
        found: dict[Any, Sums] = {}
        for key, part in self.sums.items():
            if where(key) and (name := what(key)) is not None:
                found.setdefault(name, Sums()).add(part)
        return {name: found[name] for name in sorted(found)}

    def step(self, key: Key) -> date | None:
        """The month, or in a source of few months the week, of a day: by its first day."""
        return key.day and self.beginning(key.day)

    def beginning(self, day: date) -> date:
        """The first day of a day's month or week."""
        return day.replace(day=1) if self.by_month else day - timedelta(days=day.weekday())

    @property
    def by_month(self) -> bool:
        """Whether a report goes by months, not weeks."""
        days = self.days
        return days is None or days[1] - days[0] > _LONG
