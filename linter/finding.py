"""What the linter says: a value that flows, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from linter.post import Post, Source, Unreadable
from linter.text import Span


class Level(IntEnum):
    """How much harm a post does if it goes out as it is; the order is the order of harm."""

    SUGGESTION = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


LEVELS = {str(level): level for level in Level}


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of."""

    post: Post
    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Other words for a span of the finding's post (an empty one: words to put in), and what that does, in a few words.

    `safe` where nobody could mind; otherwise it is a suggestion, to be read before it is taken.
    """

    span: Span
    text: str
    title: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """Why a finding is not shown: the reason somebody gave, and where (`post`, `configuration` or `baseline`)."""

    reason: str
    where: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on one place of one post. An empty span at the start stands for something missing."""

    post: Post
    span: Span
    rule: str
    clause: str
    level: Level
    status: str
    message: str
    suggestion: str = ""
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    allowed: Allowed | None = None

    @property
    def counts(self) -> bool:
        """Whether it may fail a run: what a trial rule says never does, nor what somebody allowed."""
        return self.status == "stable" and self.allowed is None


UNREADABLE = "unreadable"
"""The id of the finding for something that could not be read; it makes the exit status 2."""


def unreadable_finding(problem: Unreadable) -> Finding:
    """The finding that stands for something that could not be read."""
    source = Source(problem.path, problem.line or 1, record=True)
    post = Post(problem.id or problem.path, "", source)
    return Finding(post, Span(0, 0), UNREADABLE, "house", Level.ERROR, "stable", problem.reason)
