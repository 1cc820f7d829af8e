"""What a review has seen, for the lines at its end."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from linter.finding import LEVELS
from linter.review.index import Told

_SHOWN = 20
_PLATFORM = re.compile(r'"date": (?:null|"[^"]*"), "platform": (?:null|"(\w+)")')


@dataclass(slots=True)
class Tally:
    """Posts by platform and room, findings by rule and level, and what was left out or could not be read."""

    posts: Counter[str] = field(default_factory=Counter)
    with_level: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    unreadable: list[str] = field(default_factory=list)
    unread: int = 0
    heard: int = 0

    def take(self, line: Told) -> None:
        """Count a line."""
        if line.kind == "post":
            self.posts[_platform(line.about)] += 1
            if line.findings != "[]":
                spoken = [one for one in json.loads(line.findings) if one["allowed"] is None]
                self.rules.update(one["rule"] for one in spoken)
                self.with_level.update({one["level"] for one in spoken})
        elif line.kind == "left out":
            self.left_out[json.loads(line.about)["what"]] += 1
        elif line.kind == "heard":
            self.heard += 1
        elif line.kind == "unreadable":
            self.unread += 1
            about = json.loads(line.about)
            if len(self.unreadable) < _SHOWN:
                place = f"{about['path']}:{about['line']}" if about["line"] else about["path"]
                self.unreadable.append(f"{place}: {about['reason']}")

    def summary(self) -> Iterator[str]:
        """What to tell a person at the end, a line each."""
        total = self.posts.total()
        by_platform = ", ".join(f"{name} {count:,}" for name, count in _most(self.posts))
        yield f"{total:,} post{'s' * (total != 1)} reviewed{f' ({by_platform})' if by_platform else ''}."
        for level in reversed(LEVELS):
            if count := self.with_level[level]:
                yield f"  {count:,} of them ({100 * count / total:.1f} %) have a remark of level {level}."
        if self.rules:
            yield (
                "Most often: " + ", ".join(f"{rule} {count:,}" for rule, count in _most(self.rules)[:8]) + "."
            )
        if self.heard:
            yield f"{self.heard:,} by others, read for what went before."
        for what, count in self.left_out.most_common():
            yield f"Left out: {what}, {count:,}."
        if self.unread:
            yield f"Could not be read: {self.unread:,} (listed beside this)."

    def troubles(self) -> Iterator[str]:
        """What could not be read, the first of it by place."""
        yield from self.unreadable
        if self.unread > len(self.unreadable):
            yield f"… and {self.unread - len(self.unreadable):,} more that could not be read."


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first, by name where two are as frequent."""
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def _platform(about: str) -> str:
    """The platform of a post's record, which need not be read whole for it."""
    found = _PLATFORM.search(about)
    return (found[1] if found else None) or "no platform"
