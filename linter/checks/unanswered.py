"""`unanswered`: a question to the author that still waits when they post anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from linter.checks.kind import CheckReader, Found
from linter.checks.what import read_what
from linter.fields import Fields
from linter.finding import Related
from linter.timeline import Timeline, Turn, days_between


@dataclass(frozen=True, slots=True)
class Unanswered:
    """One finding where somebody asked the author in this room, and they post something else without having answered.

    A question is to the author where it replies to a post of theirs. It has `days` to be answered, and is spoken of
    once: on the first post of their own after that. A reply to it, or any later word of theirs in its thread, answers.
    """

    words_only: ClassVar[bool] = False
    asked: str
    days: float

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From what to look for (the question), and `days`."""
        days = fields.number("days", required=True)
        return cls(reader.look(read_what(fields, reader)), days or 0)

    def found(self, turn: Turn, timeline: Timeline) -> Iterator[Found]:
        """The start of the post, with the questions."""
        if turn.is_reply or not timeline.is_dated(turn):
            return
        since = next((one for one in timeline.before(turn) if not one.is_reply), None)
        waiting = [
            question
            for question in timeline.answered_to(turn)
            if self.asked in question.traits.moves
            and self._is_due(question, turn)
            and not (since and self._is_due(question, since))
            and not _is_answered(question, turn, timeline)
        ]
        if waiting:
            yield Found(
                related=tuple(
                    Related(one.post, one.traits.moves[self.asked], "still waits") for one in waiting
                )
            )

    def _is_due(self, question: Turn, turn: Turn) -> bool:
        days = days_between(question, turn)
        return days is not None and days >= self.days


def _is_answered(question: Turn, turn: Turn, timeline: Timeline) -> bool:
    """Whether the author said anything to it by the day of a turn."""
    author = turn.context.author
    thread = question.context.thread
    later = [one for one in timeline.replies(question) if one.context.author == author]
    if thread:
        later += [
            one
            for one in timeline.before(turn)
            if one.context.thread == thread and (days_between(question, one) or 0) >= 0 and one.is_reply
            and (one.context.reply_to is None or one.context.reply_to.id == question.post.id)
        ]  # fmt: skip
    return any((days_between(one, turn) or 0) >= 0 for one in later)
