"""The weights of the scores: packaged YAML that a reader can follow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from linter.errors import MistakesError
from linter.fields import Fields
from linter.lexicon import rules_root
from linter.yamlfile import Mapping, read_yaml


@dataclass(frozen=True, slots=True)
class Weight:
    """What a hit of a family adds to the raw score: anywhere, and where it is aimed at somebody."""

    points: float
    aimed: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A score's base, its families and its further numbers."""

    base: float
    families: dict[str, Weight]
    numbers: dict[str, float]


@cache
def weights(name: str) -> Weights:
    """The weights of a score from `rules/scores/<name>.yaml`. Raises MistakesError where it cannot be read."""
    path = f"scores/{name}.yaml"
    node = read_yaml((rules_root() / "scores" / f"{name}.yaml").read_text("utf-8"), path)
    assert isinstance(node, Mapping), path
    fields = Fields(node, path, [])
    base = fields.number("base") or 0.0
    families = {family: _weight(fields, family) for family in _keys(fields, "families")}
    numbers = fields.group("numbers")
    further = {key: numbers.number(key) or 0.0 for key in numbers.mapping.items} if numbers else {}
    fields.finish()
    if fields.mistakes:
        raise MistakesError(fields.mistakes)
    return Weights(base, families, further)


def _keys(fields: Fields, key: str) -> list[str]:
    group = fields.group(key, required=True)
    return list(group.mapping.items) if group else []


def _weight(fields: Fields, family: str) -> Weight:
    group = fields.group("families")
    own = group.group(family, required=True) if group else None
    points = (own.number("points", required=True) if own else None) or 0.0
    aimed = own.number("aimed") if own else None
    if own:
        own.finish()
    return Weight(points, points if aimed is None else aimed)
