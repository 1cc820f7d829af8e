"""One record looked at: what a review keeps of it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from linter.analysis import Analysis, promise_lists
from linter.config import Config, Flags, in_context
from linter.engine import Linter
from linter.exports import LeftOut, Record
from linter.finding import Finding
from linter.hindsight import stands_in_time
from linter.post import Note, Post, Unreadable
from linter.review.moves import LEXICONS as MOVE_LEXICONS
from linter.review.moves import moves
from linter.run import is_anothers
from linter.scored import score_record
from linter.scores import LEXICONS
from linter.timeline import Seen, Traits, message_post
from linter.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Kept:
    """A post that stands in time, as the second pass needs it: what it said, and the moves of what it answers."""

    post: Post
    seen: Seen
    answered: Traits | None
    heard: bool

    def packed(self) -> bytes:
        """As bytes; only this program reads them."""
        return pickle.dumps(self, pickle.HIGHEST_PROTOCOL)


@dataclass(frozen=True, slots=True)
class Line:
    """What came of a record: a `post` with its record and findings, or one of `unreadable`, `note`, `left out`, `heard`.

    `findings` are None where they wait for what was said before; `kept` is what they wait with. `text` is kept where asked for.
    """

    kind: str
    record: dict[str, Any] = field(default_factory=dict)
    findings: list[dict[str, Any]] | None = None
    kept: Kept | None = None
    text: str | None = None


@dataclass(slots=True)
class Looker:
    """A configuration and its linter, made once for each process."""

    workspace: Workspace
    config: Config
    with_text: bool = False
    linter: Linter = field(init=False)

    def __post_init__(self) -> None:
        self.linter = self.workspace.linter_for(self.config)
        promise_lists(self.linter.phrases, MOVE_LEXICONS)
        self.linter.phrases.need((*LEXICONS, *MOVE_LEXICONS))

    def forget(self) -> None:
        """Let go of what was kept of the words looked at: to judge by what went before takes next to none of it."""
        self.linter.phrases.forget()

    def lines(self, record: Record) -> Iterator[Line]:
        """What comes of a record."""
        for item in record():
            if isinstance(item, Post):
                yield self._post(self.placed(item))
            elif isinstance(item, LeftOut):
                yield Line("left out", {"what": item.what})
            elif isinstance(item, Unreadable):
                yield Line("unreadable", {"path": item.path, "line": item.line, "reason": item.reason})
            elif isinstance(item, Note):
                yield Line("note", {"path": item.path, "line": item.line, "reason": item.reason})

    def placed(self, post: Post) -> Post:
        """A post with what the configuration says of its room."""
        return in_context(post, Flags(), self.config)

    def waits(self, post: Post) -> bool:
        """Whether what was said before may bear on a post, so far as the rules ask."""
        return stands_in_time(post.context) and self.linter.looks_back

    def _post(self, post: Post) -> Line:
        waits = self.waits(post)
        if is_anothers(post, self.config):
            if not waits:
                return Line("heard")
            return Line(
                "heard", kept=Kept(post, Seen((), self.linter.traits(post)), self._answered(post), True)
            )
        with closing(Analysis(post, self.linter.phrases)) as analysis:
            seen = self.linter.seen_of(analysis, for_later=waits)
            record = {**score_record(analysis), **self._about(post), "moves": moves(analysis)}
        text = post.text if self.with_text else None
        if waits:
            return Line("post", record, None, Kept(post, seen, self._answered(post), False), text)
        return Line("post", record, self.findings(post, seen), text=text)

    def _answered(self, post: Post) -> Traits | None:
        message = post.context.reply_to
        return self.linter.traits(message_post(message, post)) if message and message.text else None

    def _about(self, post: Post) -> dict[str, Any]:
        context = post.context
        return {
            "date": context.time.isoformat() if context.time else None,
            "platform": context.platform or None,
            "room": context.room.name or None,
            "room_kind": context.room.kind or None,
            "author": context.author or None,
            "reply": context.reply_to is not None or context.stage == "reply",
            "url": context.url or None,
        }

    def findings(self, post: Post, seen: Seen) -> list[dict[str, Any]]:
        """What there is to say of a post, as plain values."""
        return [
            finding_record(one) for one in self.workspace.leaves_for(self.config).settled(post, seen.findings)
        ]


def finding_record(finding: Finding) -> dict[str, Any]:
    """A finding as it stands in its post's record."""
    return {
        "rule": finding.rule, "clause": finding.clause, "level": str(finding.level), "status": finding.status,
        "start": finding.span.start, "end": finding.span.end, "message": finding.message,
        "suggestion": finding.suggestion,
        "related": [
            {"post": one.post.id, "start": one.span.start, "end": one.span.end, "note": one.note}
            for one in finding.related
        ],
        "allowed": finding.allowed.reason if finding.allowed else None,
    }  # fmt: skip
