"""`score`: a score over or under a threshold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar, Self

from linter.analysis import Analysis
from linter.checks.kind import NOWHERE, CheckReader, given
from linter.fields import Fields
from linter.post import ROOM_KINDS, STAGES, Context
from linter.scores import AT_MOST, LEXICONS_OF, SCORES, score
from linter.scores.score import Score
from linter.scores.weights import weights
from linter.text import Span

_ANY = "any"
_WEIGHS = 0.4
_CASES = (_ANY, *ROOM_KINDS, *STAGES)


@dataclass(frozen=True, slots=True)
class ScoreCheck:
    """One finding where the value passes the threshold that holds for the post's room and stage.

    It stands on the strongest evidence; `parts` asks for so many pieces of it, out of the score's word lists, that
    weigh something: where there are fewer hits than that the score need not be worked out. Thresholds are given by case: `any`, kinds of room, stages; of
    those that hold the strictest counts.
    """

    words_only: ClassVar[bool] = True
    name: str
    over: dict[str, float]
    under: dict[str, float]
    parts: float

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `name`, `over` or `under`, each a number or numbers by case, and `parts` (0 where it is not given)."""
        name = fields.choice("name", SCORES, required=True)
        over, under = _cases(fields, "over"), _cases(fields, "under")
        parts = fields.number("parts") or 0.0
        if not over and not under:
            fields.note(fields.mapping.line, "`score` needs `over` or `under`")
        reader.used_lexicons.update(LEXICONS_OF.get(name, ()))
        return cls(name, over, under, parts) if name else None

    @property
    def calls_for(self) -> tuple[str, ...]:
        """Nothing: a score may be too low."""
        return ()

    @property
    def bounds(self) -> tuple[str, ...]:
        """Those of `over` and `under` that it has."""
        return given(over=self.over, under=self.under)

    def bounded(self, over: float | None, under: float | None) -> Self:
        """The same with one number for every case."""
        return replace(
            self,
            over=self.over if over is None else {_ANY: over},
            under=self.under if under is None else {_ANY: under},
        )

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """The strongest evidence; the start of the post where there is none."""
        context = analysis.post.context
        over = [number for case, number in self.over.items() if _holds(case, context)]
        under = [number for case, number in self.under.items() if _holds(case, context)]
        if self.parts and _may_weigh(analysis, self.name) < self.parts:
            return
        if not under and over and self.name in AT_MOST and AT_MOST[self.name](analysis) <= min(over):
            return
        found = score(analysis, self.name)
        if found.value is None or _weighing(found, self.name) < self.parts:
            return
        if (over and found.value > min(over)) or (under and found.value < max(under)):
            strongest = max(found.evidence, key=lambda part: part.points, default=None)
            yield strongest.span if strongest and over else NOWHERE


def _weighing(found: Score, name: str) -> int:
    """How many pieces of evidence out of word lists weigh something."""
    lists = _weighty_lists(name)
    return sum(part.points >= _WEIGHS and part.feature in lists for part in found.evidence)


def _may_weigh(analysis: Analysis, name: str) -> int:
    """At most so many pieces of evidence can weigh something."""
    hits = analysis.hits
    return sum(len(hits[owner]) for owner in _weighty_lists(name) if owner in hits)


@cache
def _weighty_lists(name: str) -> frozenset[str]:
    """The word lists of a score of which a hit may weigh something."""
    families = weights(name).families.values()
    most = {
        family.name: max(family.points, family.aimed) + max(family.words.values(), default=0)
        for family in families
    }
    share = 5 if name == "rhetoric_density" else 1
    return frozenset(list_ for list_ in LEXICONS_OF[name] if most.get(list_, 0) * share >= _WEIGHS)


def _holds(case: str, context: Context) -> bool:
    return case in (_ANY, context.room.kind, context.stage)


def _cases(fields: Fields, key: str) -> dict[str, float]:
    node = fields.node(key)
    if node is None:
        return {}
    if not hasattr(node, "key_lines"):
        number = fields.number(key)
        return {} if number is None else {_ANY: number}
    group = fields.group(key)
    cases = {case: number for case in _CASES if group and (number := group.number(case)) is not None}
    if group:
        group.finish()
    return cases
