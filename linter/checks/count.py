"""`count`: too many, or too few, of something in a post, a paragraph, a sentence or 100 words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from linter.analysis import Analysis
from linter.checks.kind import CheckReader, given
from linter.checks.what import What, read_what
from linter.fields import Fields
from linter.phrases import Hit
from linter.text import Span
from linter.tokens import BREAK


def _post(analysis: Analysis) -> list[Hit]:
    return [Hit(0, len(analysis.tokens))]


def _sentences(analysis: Analysis) -> list[Hit]:
    return [Hit(first, last) for first, last in analysis.sentences]


def _paragraphs(analysis: Analysis) -> list[Hit]:
    """Parted by blank lines."""
    tokens = analysis.tokens
    blank = [i for i, kind in enumerate(tokens.kinds) if kind == BREAK and _ends(analysis, i) > 1]
    firsts, lasts = [0, *(i + 1 for i in blank)], [*blank, len(tokens)]
    return [Hit(first, last) for first, last in zip(firsts, lasts, strict=True) if last > first]


def _ends(analysis: Analysis, token: int) -> int:
    gap = analysis.text[analysis.tokens.starts[token] : analysis.tokens.ends[token]].replace("\r\n", "\n")
    return gap.count("\n") + gap.count("\r")


STRETCHES: dict[str, Callable[[Analysis], list[Hit]]] = {
    "post": _post,
    "paragraph": _paragraphs,
    "sentence": _sentences,
    "100 words": _post,
}


@dataclass(frozen=True, slots=True)
class Count:
    """One finding for each stretch with more than `over` or fewer than `under`.

    It stands on the first hit too many; on the stretch itself where there are too few.
    """

    words_only: ClassVar[bool] = False
    what: What
    per: str
    over: float | None
    under: float | None

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `terms`, `lexicon` or `marks`, `per`, and `over` or `under`."""
        over, under = fields.number("over"), fields.number("under")
        if over is None and under is None:
            fields.note(fields.mapping.line, "`count` needs `over` or `under`, a number")
        if over is not None and over < 0:
            fields.note(fields.line("over"), f"`over` holds {over:g}; expected 0 or more")
        return cls(read_what(fields, reader), fields.choice("per", STRETCHES, "post"), over, under)

    @property
    def calls_for(self) -> tuple[str, ...]:
        """What there may be too many of; too few is seen without any."""
        return () if self.under is not None else self.what.calls_for

    @property
    def bounds(self) -> tuple[str, ...]:
        """Those of `over` and `under` that it has."""
        return given(over=self.over, under=self.under)

    def bounded(self, over: float | None, under: float | None) -> Self:
        """The same with other numbers."""
        return replace(
            self, over=self.over if over is None else over, under=self.under if under is None else under
        )

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """The first hit beyond `over` in each stretch, or each stretch that stays under `under`."""
        scale = max(analysis.words, 1) / 100 if self.per == "100 words" else 1
        stretches = STRETCHES[self.per](analysis)
        if self.over is not None and self.under is None:  # a stretch holds no more hits than tokens
            stretches = [stretch for stretch in stretches if stretch.last - stretch.first > self.over * scale]
        hits = self.what.hits(analysis) if stretches else []
        for first, last in stretches:
            inside = hits[bisect_left(hits, (first,)) : bisect_left(hits, (last,))]
            if self.over is not None and len(inside) > self.over * scale:
                yield self._too_many(analysis, inside, int(self.over * scale))
            elif self.under is not None and len(inside) < self.under * scale:
                yield analysis.tokens.span(first, last)

    def _too_many(self, analysis: Analysis, inside: list[Hit], allowed: int) -> Span:
        if self.what.marks == ("word",):
            return analysis.tokens.span(inside[0].first, inside[-1].last)
        return analysis.tokens.span(*inside[min(allowed, len(inside) - 1)])
