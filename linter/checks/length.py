"""`length`: a post longer, or shorter, than is good on its platform, as the platform counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from linter.analysis import Analysis
from linter.checks.kind import NOWHERE, CheckReader
from linter.fields import Fields
from linter.lengths import beyond, length
from linter.platforms import platform
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
        if not at_limit and over is None and under is None:
            fields.note(
                fields.mapping.line, "`length` needs `over`, a number or `limit`, or `under`, a number"
            )
        return cls(over, under)

    @property
    def calls_for(self) -> tuple[str, ...]:
        """Nothing: it counts."""
        return ()

    def bounded(self, over: float | None, under: float | None) -> Self:
        """The same with other numbers."""
        return replace(self, over=over, under=under)

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """What is too much, or the start where there is too little."""
        there = platform(analysis.post.context.platform)
        if there is None:
            return
        post = _Published(analysis.text, analysis.post.source.markdown)
        if self.under is not None:
            if length(post.text, there.measures[0]) < self.under:
                yield NOWHERE
            return
        measures = there.measures if self.over is None else there.measures[:1]
        limits = ((measure, measure.limit if self.over is None else self.over) for measure in measures)
        too_much = [span for measure, limit in limits if (span := beyond(post.text, measure, limit))]
        if too_much:
            yield Span(post.place(min(too_much).start), post.end)


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
