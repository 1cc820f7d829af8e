"""What a run has seen: how it ends, and the line that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from linter.commands.shared import USED_WRONG
from linter.finding import LEVELS, UNREADABLE, Finding, Level


@dataclass(slots=True)
class Tally:
    """What a run has seen: findings by rule, the worst level beyond its limit, and what could not be read."""

    fail_on: Level | None
    by_rule: Counter[str] = field(default_factory=Counter)
    by_level: Counter[str] = field(default_factory=Counter)
    posts: int = 0
    heard: int = 0
    welcoming: list[str] = field(default_factory=list)
    failed: bool = False
    unreadable: int = 0
    allowed: int = 0
    known: int = 0
    """Findings that a baseline lets stand."""

    def seen(self, findings: Iterable[tuple[Finding, Level]]) -> Iterator[Finding]:
        """Pass findings on, counted."""
        for finding, fail_on in findings:
            if finding.rule == UNREADABLE:
                self.unreadable += 1
            elif finding.allowed:
                self.known += finding.allowed.where == "baseline"
                self.allowed += finding.allowed.where != "baseline"
            else:
                self.by_rule[finding.rule] += 1
                self.by_level[str(finding.level)] += 1
                self.failed |= finding.counts and finding.level >= (self.fail_on or fail_on)
            yield finding

    @property
    def status(self) -> int:
        """2 where something could not be used, else 1 where something is at or above the level, else 0."""
        return USED_WRONG if self.unreadable else int(self.failed)


def praise(posts: list[str]) -> str:
    """One line for the posts that thank and ask."""
    if len(posts) == 1:
        return f"{posts[0]} thanks people and asks them something: good to read."
    named = ", ".join(posts[:3])
    more = f" and {len(posts) - 3:,} more" if len(posts) > 3 else ""
    return f"{named}{more} thank people and ask them something: good to read."


def summary(tally: Tally) -> str:
    """One line: how many posts, and what there was to say."""
    posts = f"{tally.posts:,} post{'s' * (tally.posts != 1)} read"
    heard = f"; {tally.heard:,} by others, read for what went before" if tally.heard else ""
    unread = f"; {tally.unreadable} could not be used" if tally.unreadable else ""
    counts = [
        f"{tally.by_level[name]:,} {name}{'s' * (tally.by_level[name] != 1)}"
        for name in reversed(LEVELS)
        if tally.by_level[name]
    ]
    if tally.allowed:
        counts.append(f"{tally.allowed:,} allowed")
    if tally.known:
        counts.append(f"{tally.known:,} known from before")
    return f"{posts}{heard}{unread}: {', '.join(counts) if counts else 'nothing to remark on'}."
