"""A rule: one piece of advice, how it is checked, and the examples that prove it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from linter.checks.kind import Bounded, Check, LookBack
from linter.checks.what import What
from linter.finding import Level
from linter.fix import Fixer
from linter.post import Context, Post, Room, Source

CLAUSES = (*(f"G{number}" for number in range(1, 24)), "house")
"""The clauses of the guidance, and `house` for what platforms, the law or plain readers ask."""

CHAPTERS = ("entering", "listening", "talking", "disagreeing", "manner", "reach")
STATUSES = ("stable", "trial")


@dataclass(frozen=True, slots=True)
class Where:
    """The posts that a rule speaks about: every key given must hold, one of its values is enough."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words_at_least: int = 0

    def holds(self, context: Context) -> bool:
        """Whether a context is known to fit; what is not known does not."""
        return all(_WHERE[key](context) in allowed for key, allowed in self.values.items())


_WHERE: dict[str, Callable[[Context], str]] = {
    "platform": lambda context: context.platform,
    "room": lambda context: context.room.name,
    "room_kind": lambda context: context.room.kind,
    "stage": lambda context: context.stage,
    "visit": lambda context: "" if context.visit is None else str(context.visit),
    "election": lambda context: "" if context.election is None else str(context.election).lower(),
    "paid": lambda context: "" if context.paid is None else str(context.paid).lower(),
    "images": lambda context: str(bool(context.images)).lower(),
}
WHERE_KEYS = tuple(_WHERE)


class Change(NamedTuple):
    """What a profile changes in one rule: off, its level, the number that its threshold has; and where.

    It holds where one of `wheres` does. `line` is where the profile says so.
    """

    off: bool = False
    level: Level | None = None
    over: float | None = None
    under: float | None = None
    line: int = 1
    wheres: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A post with its context; for a bad one, the words that should be underlined where they are given.

    `history` is what was said before it, the earliest first, and `rooms` the team's rooms, where a rule looks back.
    """

    text: str
    context: Context
    line: int
    flag: tuple[str, ...] | None = None
    history: tuple[Post, ...] = ()
    rooms: Mapping[str, Room] = field(default_factory=dict)

    @property
    def post(self) -> Post:
        """The example as a post."""
        return Post("example", self.text, Source("example"), self.context)


@dataclass(frozen=True, slots=True)
class Examples:
    """Posts that a rule speaks about, and posts that it leaves alone.

    `also` and `but_not` are short texts of the same two sorts, a line each, in the context of the first bad post.
    """

    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    also: tuple[Example, ...] = ()
    but_not: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, human part first: it has a check of the post by itself, or one that looks back.

    `terms` are what its check adds to the one pass, by owner; `calls_for` is the check's; `looks` what it asks of every
    text where it looks back, by the name under which a turn's traits have it. `changes` are what profiles make of it, the
    more particular later; a rule of `settled` level keeps it, whatever they say.
    """

    id: str
    title: str
    clause: str
    chapter: str
    why: str
    level: Level
    status: str
    where: Where
    kind: str
    check: Check | None
    look_back: LookBack | None
    words_only: bool
    message: str
    suggestion: str
    false_alarms: str
    examples: Examples
    path: str
    lexicons: frozenset[str]
    terms: Mapping[str, tuple[str, ...]]
    takes_added: bool
    calls_for: tuple[str, ...]
    looks: Mapping[str, What]
    fix: Fixer | None = None
    changes: tuple[Change, ...] = ()
    settled: bool = False

    def suited(self, context: Context) -> Rule | None:
        """The rule as profiles have it in a context; None where they switch it off, or it does not apply."""
        if not self.where.holds(context):
            return None
        off, level, over, under = False, self.level, None, None
        for change in self.changes:
            if not any(where.holds(context) for where in change.wheres):
                continue
            if not self.settled and (change.off or change.level):
                off, level = change.off, change.level or level
            over = over if change.over is None else change.over
            under = under if change.under is None else change.under
        if off:
            return None
        suited = self if level == self.level else replace(self, level=level)
        if over is under is None or not isinstance(self.check, Bounded):
            return suited
        check = self.check.bounded(over, under)
        return replace(suited, check=check, calls_for=check.calls_for)
