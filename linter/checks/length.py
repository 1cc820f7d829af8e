"""`length`: a post longer, or shorter, than is good on its platform, as the platform counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar, Self

from linter.analysis import Analysis
from linter.checks.kind import NOWHERE, CheckReader
from linter.fields import Fields
from linter.platforms import Measure, platform
from linter.text import Span
from linter.yamlfile import Scalar

LIMIT = "limit"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Length:
    """One finding on what is beyond `over`, or at the start of a post that stays under `under`.

    Both are numbers in the platform's own count; `over` is None for every limit that the platform has. Nothing is
    said where the platform is not known. Space around the post counts nothing, nor do Markdown's comments.
    """

    words_only: ClassVar[bool] = False
    over: float | None
    under: float | None

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `over` (a number, or `limit`) or `under`."""
        node = fields.node("over")
        at_limit = isinstance(node, Scalar) and node.text == LIMIT
        over = None if at_limit else fields.number("over")
        under = fields.number("under")
        if (at_limit or over is not None) == (under is not None):
            reason = "`length` needs one of `over`, a number or `limit`, and `under`, a number"
            fields.note(fields.mapping.line, reason)
        return cls(over, under)

    @property
    def calls_for(self) -> tuple[str, ...]:
        """Nothing: it counts."""
        return ()

    @property
    def bounds(self) -> tuple[str, ...]:
        """`over` or `under`."""
        return ("over",) if self.under is None else ("under",)

    def bounded(self, over: float | None, under: float | None) -> Self:
        """The same with another number."""
        return replace(
            self, over=self.over if over is None else over, under=self.under if under is None else under
        )

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """What is too much, or the start where there is too little."""
        limits = _limits(analysis.post.context.platform, self.over)
        if self.under is None and all(
            measure.surely_within(limit, analysis.text) for measure, limit in limits
        ):
            return
        from linter.lengths import beyond, length

        post = _Published(analysis.text, analysis.post.source.markdown)
        if self.under is None:
            too_much = [span for measure, limit in limits if (span := beyond(post.text, measure, limit))]
            if too_much:
                yield Span(post.place(min(too_much).start), post.end)
        elif limits and length(post.text, limits[0][0]) < self.under:
            yield NOWHERE


@cache
def _limits(name: str, over: float | None) -> tuple[tuple[Measure, float], ...]:
    """What a post may not be longer than, and how that is counted; nothing for a platform that is not known."""
    there = platform(name)
    if there is None:
        return ()
    if over is not None:
        return ((there.measures[0], over),)
    return tuple((measure, measure.limit) for measure in there.measures)


class _Published:
    """What of a draft is published, and where it stands in the draft."""

    def __init__(self, text: str, markdown: bool) -> None:
        comments = list(_COMMENT.finditer(text)) if markdown and "<!--" in text else []
        kept = text
        for comment in reversed(comments):
            kept = kept[: comment.start()] + kept[comment.end() :]
        self.text = kept.strip()
        self._before = len(kept) - len(kept.lstrip())
        self._comments = comments
        self.end = self.place(len(self.text) - 1) + 1 if self.text else 0

    def place(self, offset: int) -> int:
        """The place in the draft of an offset into what is published."""
        place = offset + self._before
        for comment in self._comments:
            if comment.start() <= place:
                place += comment.end() - comment.start()
        return place
