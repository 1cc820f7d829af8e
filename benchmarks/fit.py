"""Fit the weights of the scores on labelled sets and write rules/scores/*.yaml.

    python -m benchmarks.fit --data DIR

The order of the families and what is said of each (negated, thin, beside, yields) are taken from the files as
they are; only the numbers are written anew.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.fitting import (
    AGGRESSIVENESS,
    RECEPTIVENESS,
    RHETORIC,
    Part,
    Plan,
    fit,
    fit_moves,
    read_cues,
)
from benchmarks.labelled import PRACTICE, Label, Row, aggressive, data_folder, loaded, once, rows
from benchmarks.question_fit import fitted_traits
from linter.analysis import ANY
from linter.scores.weights import Family, Weights, read_weights

SCORES: dict[str, tuple[Plan, Label, list[str]]] = {
    "aggressiveness": (
        AGGRESSIVENESS, aggressive, ["agg_congress", "agg_olid_train", "agg_reddit", "agg_deliberative", "agg_ucc"],
    ),
    "rhetoric_density": (RHETORIC, loaded, ["rhet_memes", "rhet_babe", "rhet_dfe_partisan", "rhet_ptc_sentences"]),
}  # fmt: skip
MOVES = {"rec_receptiveness": "receptive", "rec_politeness_stack-exchange": "polite"}
"""The sources of receptiveness, and the label of each."""
_LEAST = {"receptiveness": 0.05}
_ANY_LEAST = 0.15
"""Of a word's own points the least that is written down."""
FOLDER = Path(__file__).parent.parent / "rules" / "scores"


def fitted(folder: Path, name: str) -> Weights:
    """The weights of a score from all of its sources."""
    plan, label, sources = SCORES[name]
    families = read_weights((FOLDER / f"{name}.yaml").read_text("utf-8"), name).families

    def part(found: list[Row]) -> Part:
        return read_cues([row["text"] for row in found], plan, families), np.array(
            [float(label(row)) for row in found]
        )

    parts = []
    for source in sources:
        kept = [row for row, single in zip(rows(folder, source), once(folder, source), strict=True) if single]
        parts.append(part(kept))
    return fit(parts, plan, families, practice=part(rows(folder, PRACTICE)))


def fitted_moves(folder: Path) -> Weights:
    """The weights of receptiveness from its two sources."""
    families = read_weights((FOLDER / "receptiveness.yaml").read_text("utf-8"), "receptiveness").families
    parts: list[Part] = []
    for source, label in MOVES.items():
        found = rows(folder, source)
        cues = read_cues([row["text"] for row in found], RECEPTIVENESS, families)
        parts.append((cues, np.array([float(row[label]) for row in found])))
    return fit_moves(parts, families)


def written(weights: Weights, head: str, least: float) -> str:
    """Weights as YAML, under the comment that the file begins with; of the words those that weigh `least` or more."""
    lines = [head.rstrip("\n"), f"base: {weights.base:.2f}", "families:"]
    lines += [
        f"  {family.name}: {{{', '.join(_options(family, least))}}}" for family in weights.families.values()
    ]
    return "\n".join(lines) + "\n"


def _options(family: Family, least: float) -> list[str]:
    options = [f"points: {family.points:.2f}"]
    if f"{family.aimed:.2f}" != f"{family.points:.2f}":
        options.append(f"aimed: {family.aimed:.2f}")
    if family.negated == ANY:
        options.append("negated: any")
    options += [f"{key}: true" for key in ("thin", "beside", "yields", "against") if getattr(family, key)]
    words = sorted((-value, word) for word, value in family.words.items() if abs(value) >= least)
    if words:
        options.append(
            "words: '" + ", ".join(f"{word} {-value:+.2f}" for value, word in words).replace("'", "''") + "'"
        )
    return options


def _fitted(folder: Path, name: str) -> Weights:
    if name == "receptiveness":
        return fitted_moves(folder)
    if name == "questions_ratio":
        return fitted_traits(read_weights((FOLDER / f"{name}.yaml").read_text("utf-8"), name).families)
    return fitted(folder, name)


def main() -> None:
    """Fit and write every score."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    folder = data_folder(parser.parse_args().data)
    for name in (*SCORES, "receptiveness", "questions_ratio"):
        path = FOLDER / f"{name}.yaml"
        head = "".join(
            line for line in path.read_text("utf-8").splitlines(keepends=True) if line.startswith("#")
        )
        weights = _fitted(folder, name)
        path.write_text(written(weights, head, _LEAST.get(name, _ANY_LEAST)), "utf-8")
        print(f"{path.name} written")


if __name__ == "__main__":
    main()
