"""The weights of the scores: packaged YAML that a reader can follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from linter.analysis import ANY, SKIP
from linter.errors import MistakesError
from linter.fields import Fields
from linter.lexicon import rules_root
from linter.yamlfile import Mapping as YamlMapping
from linter.yamlfile import read_yaml


@dataclass(frozen=True, slots=True)
class Family:
    """What a hit of one word list adds to a raw score.

    `points` where nobody stands near of whom it may be said, `aimed` where somebody does; `words` are added
    for the very words hit. `negated` says whether a hit under a negation counts; a `thin` family counts
    less in a long post; one that is `beside` an attack counts only in a sentence that holds one; one that
    `yields` has only those words that no other family wants; one that is `against` speaks for the opposite.
    """

    name: str
    rank: int
    points: float
    aimed: float
    negated: str = SKIP
    thin: bool = False
    beside: bool = False
    yields: bool = False
    against: bool = False
    words: Mapping[str, float] = field(default_factory=dict)

    def weigh(self, aimed: bool, words: str) -> float:
        """The points of one hit; never above zero in a family that is against, never below in another."""
        points = self.aimed if aimed else self.points
        points += self.words.get(words, 0.0)
        return min(points, 0.0) if self.against else max(points, 0.0)

    @property
    def can_be_aimed(self) -> bool:
        """Whether it matters for a hit that it stands near somebody of whom it may be said."""
        return not (self.yields or self.against)


@dataclass(frozen=True, slots=True)
class Weights:
    """A score's base, its families in their order, and its further numbers."""

    base: float
    families: Mapping[str, Family]
    numbers: Mapping[str, float]


@cache
def weights(name: str) -> Weights:
    """The weights of a score from `rules/scores/<name>.yaml`. Raises MistakesError where it cannot be read."""
    path = f"scores/{name}.yaml"
    return read_weights((rules_root() / "scores" / f"{name}.yaml").read_text("utf-8"), path)


def read_weights(text: str, path: str) -> Weights:
    """Weights from YAML: `base`, `families`, `numbers`. Raises MistakesError."""
    node = read_yaml(text, path)
    assert isinstance(node, YamlMapping), path
    fields = Fields(node, path, [])
    base = fields.number("base") or 0.0
    group = fields.group("families", required=True)
    families = {}
    for rank, family in enumerate(group.mapping.items if group else ()):
        own = group.group(family, required=True) if group else None
        if own:
            families[family] = _family(own, family, rank)
    numbers = _numbers(fields, "numbers")
    fields.finish()
    if fields.mistakes:
        raise MistakesError(fields.mistakes)
    return Weights(base, families, numbers)


def _family(own: Fields, name: str, rank: int) -> Family:
    points = own.number("points", required=True) or 0.0
    aimed = own.number("aimed")
    family = Family(
        name=name, rank=rank, points=points, aimed=points if aimed is None else aimed,
        negated=own.choice("negated", (SKIP, ANY), SKIP), thin=own.flag("thin"), beside=own.flag("beside"),
        yields=own.flag("yields"), against=own.flag("against"), words=_words(own),
    )  # fmt: skip
    own.finish()
    return family


def _words(own: Fields) -> dict[str, float]:
    """From `stupid +1.00, so dumb -0.59`: one text, since a mapping of a thousand words is slow to read."""
    found = {}
    for entry in own.text("words").split(","):
        words, _, points = entry.strip().rpartition(" ")
        try:
            found[words] = float(points or 0)
        except ValueError:
            own.note(
                own.line("words"), f"`words` holds `{entry.strip()}`; expected words and points: stupid +1.00"
            )
    return found


def _numbers(fields: Fields, key: str) -> dict[str, float]:
    group = fields.group(key)
    return {name: group.number(name) or 0.0 for name in group.mapping.items} if group else {}
