"""How the weights of the scores are fitted: penalised logistic regression on the cues that the scores count.

The penalty draws each family towards a starting weight set by hand, by how plain an attack or a device it
is; families keep their sign. A word of a family may weigh more or less than the rest of it, where enough
posts say so. Each source counts the same, whatever its size, and has its own intercept: a source may call
more posts an attack than another. Base and scale are then set so that, in an equal mix of the sources, a
value of 70 means that 70 in 100 such posts are called an attack.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack

from linter.analysis import Analysis, phrases_of
from linter.party import PARTIES
from linter.post import Post, Source
from linter.scores import aggressiveness, questions, receptiveness, rhetoric
from linter.scores.cues import Cue
from linter.scores.weights import Family, Weights

Array = NDArray[np.float64]
Column = tuple[str, bool] | tuple[str, str]
"""A family with its aim, or a family and one of its words."""
Bounds = tuple[float | None, float | None]
LEAST_TIMES = 5
_WORD_OVER = 0.3
"""So much at most may a word weigh above its family, where that has a ceiling."""
Cues = tuple[list[Cue], int]
"""The cues of a text and its number of words."""
Part = tuple[list[Cues], Array]
"""The cues of a source's texts, and whether each text was called so (0 or 1)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What of a score is fitted: its module, starting weights by family, what of them an aim adds, the penalty, and
    what a cue is divided by."""

    module: ModuleType
    start: Mapping[str, float]
    aimed: float
    spread: float
    per: Callable[[int], float]
    floor: Mapping[str, float]
    """The least that a family may weigh where the sources hardly hold it and cannot speak of it."""
    ceiling: Mapping[str, float] = field(default_factory=dict)
    """The most that a family may weigh where it is aimed at nobody, whatever the sources call offensive."""
    base: float = 0.0
    """What every text of a density begins with."""
    practice: float = 0.0
    """What our own few posts count beside a source: enough to speak where the sources are silent."""


AGGRESSIVENESS = Plan(
    aggressiveness,
    start={
        **dict.fromkeys(("slurs", "vermin", "threat", "insult", "profanity-strong"), 2.6),
        **dict.fromkeys(
            "failing-strong contempt dismissal coarse profanity-mild accusation name-calling anger animal-likeness".split(),
            1.3,
        ),
        **dict.fromkeys(
            "generalising shaming ordering insinuation belittling sarcasm put-down hard-emoji exclusion failing scorn condescension generalisation demand unkind wrongdoing labels loaded loaded-strong reproach blame doubt us-them "
            "whataboutism fear black-and-white".split(),
            0.5,
        ),
        aggressiveness.VADER: 0.25, "you": 0.5, "menace": 1.8, "insult-mild": 0.8, "idioms": -0.01,
        **dict.fromkeys(
            "kind-emoji warmth thanks agreement acknowledgement hedge goodwill humility greeting invitation".split(), -0.4
        ),
    },
    aimed=0.4,
    spread=0.1,
    per=lambda words: 1.0,
    floor={},
    ceiling={"profanity-strong": 1.8, "profanity-mild": 1.2, "coarse": 1.2},
    practice=0.2,
)  # fmt: skip
RHETORIC = Plan(
    rhetoric,
    start={
        **dict.fromkeys("slogan whataboutism black-and-white us-them name-calling loaded-strong loaded".split(), 1.0),
        **dict.fromkeys(("plain-notice", "warmth", "local", "thanks"), -0.3),
    },
    aimed=0.0,
    spread=0.3,
    per=lambda words: max(words, rhetoric.FEWEST_WORDS) / 10,
    floor={
        **dict.fromkeys("slogan rally us-them black-and-white whataboutism boilerplate bandwagon cliche sides".split(), 1.0),
        **dict.fromkeys(("flag-waving", "vote-plea", "alarm"), 0.7),
        **dict.fromkeys(("absolutes", "praise-charge", "exaggeration", rhetoric.ASKED, rhetoric.REPEATED, rhetoric.THREE), 0.5),
        "campaign-talk": 0.25,
    },
    base=0.05,
    practice=0.02,
)  # fmt: skip
RECEPTIVENESS = Plan(
    receptiveness,
    start={},
    aimed=0.0,
    spread=0.02,
    per=lambda words: 1.0,
    floor={"open-door": 0.6, "invitation": 0.6, "indirect-ask": 0.5},
)
_ANY_FAMILY = 0.7
_WORDLESS = (aggressiveness.VADER, receptiveness.ORATED)
"""Families whose every cue weighs the same."""
_LISTS = [
    *aggressiveness.lexicons(),
    *rhetoric.lexicons(),
    *receptiveness.lexicons(),
    *questions.LEXICONS,
]


def read_cues(
    texts: Sequence[str], plan: Plan, families: Mapping[str, Family]
) -> list[tuple[list[Cue], int]]:
    """For each text its cues and its number of words."""
    phrases = phrases_of(dict.fromkeys(_LISTS))
    found = []
    for number, text in enumerate(texts):
        analysis = Analysis(Post(str(number), text, Source("labelled")), phrases)
        found.append((plan.module.cues(analysis, families) if analysis.words else [], analysis.words))
    return found


def raw(cues: tuple[list[Cue], int], plan: Plan, by: Weights) -> float:
    """The score's raw value (for a density: its value) of a text by given weights."""
    hits, words = cues
    total = sum(cue.share * by.families[cue.family.name].weigh(cue.aimed, cue.words) for cue in hits)
    return (by.base + total) / plan.per(words)


def fit(sources: Sequence[Part], plan: Plan, families: Mapping[str, Family], *, practice: Part) -> Weights:
    """Weights from sources and from posts of our own; the latter have no say in what a value means."""
    parts = [*sources, practice]
    columns = _columns(parts, families)
    place = {column: number for number, column in enumerate(columns)}
    blocks = [_matrix(cues, place, plan) for cues, _ in parts]
    start, bounds = _start(columns, plan, families)
    found = _solve(vstack(blocks).tocsr(), [y for _, y in parts], start, bounds, plan.spread, plan.practice)
    fitted = _weights(dict(zip(columns, found, strict=True)), families, aims=plan.aimed > 0)
    return replace(fitted, base=plan.base) if plan.module is rhetoric else calibrated(fitted, sources, plan)


def fit_moves(sources: Sequence[Part], families: Mapping[str, Family]) -> Weights:
    """Weights of receptiveness: penalised least squares on each source's labels in standard deviations."""
    columns = [column for column in _columns(sources, families) if column[1] is not True]
    place = {column: number for number, column in enumerate(columns)}
    x = vstack([_matrix(cues, place, RECEPTIVENESS) for cues, _ in sources]).tocsr()
    turned = x.T.tocsr()
    sizes = [len(y) for _, y in sources]
    source = np.repeat(np.arange(len(sizes)), sizes)
    y = np.concatenate([(y - y.mean()) / y.std() for _, y in sources])
    lists = [(families[name].against, which is False) for name, which in columns]
    floors = [RECEPTIVENESS.floor.get(name, 0.0) / receptiveness.SPREAD for name, _ in columns]
    start = np.array(
        [
            (-max(0.05, least) if against else max(0.1, least)) * whole
            for (against, whole), least in zip(lists, floors, strict=True)
        ]
    )

    def loss(point: Array) -> tuple[float, Array]:
        weight, own = point[: len(columns)], point[len(columns) :]
        off = x @ weight + own[source] - y
        away = (weight - start) / RECEPTIVENESS.spread
        total = off @ off / 2 + away @ (weight - start) / 2
        return float(total), np.concatenate([turned @ off + away, np.bincount(source, off, len(sizes))])

    signs: list[Bounds] = [
        (None, None) if not whole else (None, -least) if against else (least, None)
        for (against, whole), least in zip(lists, floors, strict=True)
    ]
    begin = np.concatenate([start, np.zeros(len(sizes))])
    free: list[Bounds] = [(None, None)] * len(sizes)
    best = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=[*signs, *free]).x
    found = dict(zip(columns, best[: len(columns)] * receptiveness.SPREAD, strict=True))
    base = float(best[len(columns) :].mean() * receptiveness.SPREAD)
    return Weights(base, _weights(found, families, aims=False).families, {})


def _columns(sources: Sequence[Part], families: Mapping[str, Family]) -> list[Column]:
    times: Counter[tuple[str, str]] = Counter()
    for cues, _ in sources:
        for hits, _ in cues:
            times.update({(cue.family.name, cue.words) for cue in hits if not _names_a_party(cue.words)})
    aims = [(name, aim) for name in families for aim in (False, True)]
    return [
        *aims,
        *(
            column
            for column, count in sorted(times.items())
            if count >= LEAST_TIMES and column[0] not in _WORDLESS
        ),
    ]


def _names_a_party(words: str) -> bool:
    """Whether words hold a party's name: they must weigh the same whichever party it is."""
    return not PARTIES.isdisjoint(words.split())


def _matrix(cues: list[tuple[list[Cue], int]], place: Mapping[Column, int], plan: Plan) -> Any:
    rows, columns, shares = [], [], []
    for row, (hits, words) in enumerate(cues):
        for cue in hits:
            name = cue.family.name
            for column in ((name, False), (name, cue.words), *(((name, True),) if cue.aimed else ())):
                if column in place:
                    rows.append(row)
                    columns.append(place[column])
                    shares.append(cue.share / plan.per(words))
    return csr_matrix((shares, (rows, columns)), shape=(len(cues), len(place)))


def _start(
    columns: Sequence[Column], plan: Plan, families: Mapping[str, Family]
) -> tuple[Array, list[Bounds]]:
    start = np.zeros(len(columns))
    bounds: list[Bounds] = []
    for number, (family, which) in enumerate(columns):
        if isinstance(which, str):
            bounds.append((None, _WORD_OVER if family in plan.ceiling else None))
            continue
        weight = plan.start.get(family, _ANY_FAMILY)
        least = plan.floor.get(family, 0.0)
        if which:
            start[number] = max(weight, 0.0) * plan.aimed
            bounds.append((max(weight, 0.0) * plan.aimed / 2, None))
        else:
            most = plan.ceiling.get(family)
            start[number] = max(weight, least) if weight >= 0 else weight
            if most is not None:
                start[number] = min(start[number], most)
            bounds.append((None, 0.0) if weight < 0 else (least, most))
    return start, bounds


def _solve(
    x: Any,
    labels: Sequence[Array],
    start: Array,
    bounds: list[Bounds],
    spread: float,
    practice: float,
) -> Array:
    sizes = [len(y) for y in labels]
    source = np.repeat(np.arange(len(sizes)), sizes)
    counts = [1.0] * (len(sizes) - 1) + [practice]
    share = np.concatenate([np.full(size, count / size) for size, count in zip(sizes, counts, strict=True)])
    share /= share.mean()
    sign = 2 * np.concatenate(labels) - 1
    turned = x.T.tocsr()

    def loss(point: Array) -> tuple[float, Array]:
        weight, own = point[: len(start)], point[len(start) :]
        margin = sign * (x @ weight + own[source])
        slope = -sign * share / (1 + np.exp(np.clip(margin, -50, 50)))
        away = (weight - start) / spread
        total = (share * np.logaddexp(0, -margin)).sum() + away @ (weight - start) / 2
        return float(total), np.concatenate([turned @ slope + away, np.bincount(source, slope, len(sizes))])

    begin = np.concatenate([start, np.full(len(sizes), -1.0)])
    free = [(None, None)] * len(sizes)
    best = minimize(
        loss, begin, jac=True, method="L-BFGS-B", bounds=[*bounds, *free], options={"maxiter": 300}
    ).x
    return np.array(best[: len(start)])


def _weights(found: Mapping[Column, float], families: Mapping[str, Family], aims: bool) -> Weights:
    made = {}
    for name, family in families.items():
        words = {
            str(column[1]): value
            for column, value in found.items()
            if column[0] == name and isinstance(column[1], str)
        }
        points = found[name, False]
        made[name] = replace(
            family, points=points, aimed=points + found[name, True] if aims and family.can_be_aimed else points, words=words,
        )  # fmt: skip
    return Weights(0.0, made, {})


def calibrated(by: Weights, sources: Sequence[Part], plan: Plan) -> Weights:
    """The same weights, stretched and shifted so that values are frequencies in an equal mix of the sources."""
    values = [np.array([raw(cues, plan, by) for cues in found]) for found, _ in sources]
    scale, base = platt(values, [y for _, y in sources])
    return Weights(base, {name: scaled(family, scale) for name, family in by.families.items()}, by.numbers)


def scaled(family: Family, scale: float) -> Family:
    """A family with all of its points multiplied."""
    return replace(
        family, points=family.points * scale, aimed=family.aimed * scale,
        words={word: value * scale for word, value in family.words.items()},
    )  # fmt: skip


def platt(values: Sequence[Array], labels: Sequence[Array]) -> tuple[float, float]:
    """Scale and base of a logistic curve through values and labels, each source counting the same."""
    x, y = np.concatenate(values), np.concatenate(labels)
    share = np.concatenate([np.full(len(one), 1 / len(one)) for one in labels])
    sign = 2 * y - 1

    def loss(point: Array) -> tuple[float, Array]:
        margin = sign * (point[0] * x + point[1])
        slope = -sign * share / (1 + np.exp(np.clip(margin, -50, 50)))
        return float((share * np.logaddexp(0, -margin)).sum()), np.array([slope @ x, slope.sum()])

    best = minimize(loss, np.array([1.0, -2.0]), jac=True, method="L-BFGS-B").x
    return float(best[0]), float(best[1])
