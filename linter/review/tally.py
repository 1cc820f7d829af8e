"""What a review has seen, for the lines at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from linter.finding import LEVELS
from linter.review.look import Line

_SHOWN = 20


def records_of(lines: Iterable[Line]) -> Iterator[dict[str, Any]]:
    """The records of a review's posts, each with its findings."""
    return ({**line.record, "findings": line.findings} for line in lines if line.kind == "post")


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

    def take(self, line: Line) -> None:
        """Count a line."""
        if line.kind == "post":
            spoken = [one for one in line.findings or () if one["allowed"] is None]
            self.posts[line.record["platform"] or "no platform"] += 1
            self.rules.update(one["rule"] for one in spoken)
            self.with_level.update({one["level"] for one in spoken})
        elif line.kind == "left out":
            self.left_out[line.record["what"]] += 1
        elif line.kind == "heard":
            self.heard += 1
        elif line.kind == "unreadable":
            self.unread += 1
            if len(self.unreadable) < _SHOWN:
                place = (
                    f"{line.record['path']}:{line.record['line']}"
                    if line.record["line"]
                    else line.record["path"]
                )
                self.unreadable.append(f"{place}: {line.record['reason']}")

    def summary(self) -> Iterator[str]:
        """What to tell a person at the end, a line each."""
        total = self.posts.total()
        by_platform = ", ".join(f"{name} {count:,}" for name, count in self.posts.most_common())
        yield f"{total:,} post{'s' * (total != 1)} reviewed{f' ({by_platform})' if by_platform else ''}."
        for level in reversed(LEVELS):
            if count := self.with_level[level]:
                yield f"  {count:,} of them ({100 * count / total:.1f} %) have a remark of level {level}."
        if self.rules:
            yield (
                "Most often: "
                + ", ".join(f"{rule} {count:,}" for rule, count in self.rules.most_common(8))
                + "."
            )
        if self.heard:
            yield f"{self.heard:,} by others, read for what went before."
        for what, count in self.left_out.most_common():
            yield f"Left out: {count:,} {what}."
        yield from self.unreadable
        if self.unread > len(self.unreadable):
            yield f"… and {self.unread - len(self.unreadable):,} more that could not be read."
