"""Leave to stand: findings that a post or the configuration allows, with a reason, and what is amiss with such leave.

A suppression inside the words would be published; so it stands in the front matter (`allow: {rule-id: reason}`) or in
`.postlint.yaml`. Leave that is unknown, unused, expired or without a reason is a finding itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

from linter.baseline import Baseline
from linter.config import Config, Leave
from linter.errors import nearest, nearest_name
from linter.finding import Allowed, Finding, Fix, Level
from linter.front_matter import Entry, entries, item
from linter.post import Allow, Post
from linter.text import Span

PLACEHOLDER = "say why"
"""The reason that an editor puts in: it counts as none until somebody writes one."""


@dataclass(frozen=True, slots=True)
class Amiss:
    """What may be amiss with leave: the finding's level, what it is about, and what it says."""

    level: Level
    title: str
    message: str
    suggestion: str


AMISS: dict[str, Amiss] = {
    "allow-unknown": Amiss(
        Level.WARNING, "An `allow` names a rule that exists",
        "`{rule}` is allowed here, and there is no such rule{hint}",
        "Write the id in square brackets behind the remark.",
    ),
    "allow-expired": Amiss(
        Level.WARNING, "An `allow` holds until its day",
        "The leave given to `{rule}` here ended on {until}. Does it still make sense?",
        "Give it a later day, or take it out and see what is said.",
    ),
    "allow-unused": Amiss(
        Level.SUGGESTION, "An `allow` allows something",
        "`{rule}` says nothing here any more. Could this entry go?",
        "Take it out, so that it hides nothing later.",
    ),
    "allow-without-reason": Amiss(
        Level.WARNING, "An `allow` gives its reason",
        "`{rule}` is allowed here without a reason. What should the next reader know?",
        "A few words will do: “quotes the poster”.",
    ),
}  # fmt: skip
"""Every such finding by its id."""


@dataclass(slots=True)
class Leaves:
    """The leave given under one configuration: which findings it lets stand, and what is amiss with it.

    `known` are all rules there are, `asked` those that a run asks; `today` is the day on which leave is looked at, and
    `baseline` holds what was known before.
    """

    config: Config
    known: Collection[str]
    asked: Collection[str]
    today: date
    baseline: Baseline
    _used: set[tuple[int, str]] = field(default_factory=set)

    def settled(self, post: Post, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings of a post, those allowed marked so, and what is amiss with the post's own leave."""
        own = post.context.allow
        marked = [self._marked(finding, own) for finding in findings]
        if not own:
            return tuple(self.baseline.settled(marked))
        used = {finding.rule for finding in marked if finding.allowed and finding.allowed.where == "post"}
        amiss = self._amiss_in(post, own, used)
        every = (*amiss, *marked) if post.source.front else (*marked, *amiss)
        return tuple(self.baseline.settled(every))

    def _marked(self, finding: Finding, own: Collection[str]) -> Finding:
        allow = finding.post.context.allow.get(finding.rule) if finding.rule in own else None
        if allow is not None and self._holds(allow):
            return replace(finding, allowed=Allowed(_reason(allow), "post"))
        for number, leave in enumerate(self.config.allow):
            if finding.rule in leave.rules and self._holds(leave.allow) and self._covers(leave, finding.post):
                self._used.add((number, finding.rule))
                return replace(finding, allowed=Allowed(_reason(leave.allow), "configuration"))
        return finding

    def _holds(self, allow: Allow) -> bool:
        return allow.until is None or self.today <= allow.until

    def _covers(self, leave: Leave, post: Post) -> bool:
        """Whether leave is given to a post: by the place of its file, by its room, by both where both are named."""
        path = self.config.relative(Path(post.source.path))
        by_path = not leave.posts or any(fnmatch(path, pattern) for pattern in leave.posts)
        return by_path and (not leave.rooms or post.context.room.name in leave.rooms)

    def _amiss_in(self, post: Post, own: Collection[str], used: Collection[str]) -> Iterator[Finding]:
        """What is amiss in a post's own leave, on the front matter where there is one."""
        file = post.whole_file if post.source.front else post
        where = {entry.rule: entry for entry in entries(post.source.front)}
        for rule in own:
            allow = post.context.allow[rule]
            for problem in self._problems(rule, allow, rule in used):
                yield _finding(file, problem, rule, allow, where.get(rule), self.known)

    def _problems(self, rule: str, allow: Allow, used: bool) -> Iterator[str]:
        if rule not in self.known:
            yield "allow-unknown"
        elif not self._holds(allow):
            yield "allow-expired"
        else:
            if rule in self.asked and not used:
                yield "allow-unused"
            elif not _reason(allow):
                yield "allow-without-reason"

    def amiss_in_configuration(self, file: Post, whole: bool) -> Iterator[Finding]:
        """What is amiss with the leave in the configuration, on its `file`; what is unused only after a `whole` run."""
        for number, leave in enumerate(self.config.allow):
            for rule in leave.rules:
                used = (number, rule) in self._used or not whole
                for problem in self._problems(rule, leave.allow, used):
                    entry = item(file.text, number, rule)
                    yield _finding(file, problem, rule, leave.allow, entry, self.known)


def _finding(
    file: Post, problem: str, rule: str, allow: Allow, entry: Entry | None, known: Collection[str]
) -> Finding:
    amiss = AMISS[problem]
    hint = nearest(rule, known) if problem == "allow-unknown" else ""
    message = amiss.message.format(rule=rule, until=allow.until, hint=hint)
    fixes = tuple(_fixes(problem, rule, entry, known)) if entry else ()
    span = entry.key if entry else Span(0, 0)
    return Finding(file, span, problem, "house", amiss.level, "stable", message, amiss.suggestion, (), fixes)


def _fixes(problem: str, rule: str, entry: Entry, known: Collection[str]) -> Iterator[Fix]:
    meant = nearest_name(rule, known) if problem == "allow-unknown" else ""
    if meant:
        yield Fix(entry.key, meant, f"write `{meant}`")
    else:
        yield Fix(entry.goes, "", "take the entry out", safe=problem == "allow-unused")


def _reason(allow: Allow) -> str:
    return "" if allow.reason == PLACEHOLDER else allow.reason
