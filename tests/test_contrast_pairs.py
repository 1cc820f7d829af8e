"""Pairs of posts that differ in little: the first of each must score above the second.

What is not yet told apart is written down in contrast_misses.txt, and must leave the list the day it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from linter.analysis import Analysis, phrases_of
from linter.scores import LEXICONS, score
from linter.scores.questions import asked
from tests.conftest import make_post

HERE = Path(__file__).parent
PAIRS: dict[str, dict[str, list[tuple[str, str]]]] = yaml.safe_load(
    (HERE / "contrast_pairs.yaml").read_text("utf-8")
)
MISSES = HERE / "contrast_misses.txt"
_PHRASES = phrases_of(LEXICONS)


def value(name: str, text: str) -> float:
    analysis = Analysis(make_post(text), _PHRASES)
    if name == "questions":
        return sum(question.genuine for question in asked(analysis))
    return score(analysis, name).raw if name == "aggressiveness" else score(analysis, name).value or 0.0


def misses() -> Iterator[str]:
    for name, themes in PAIRS.items():
        for theme, pairs in themes.items():
            for more, less in pairs:
                if value(name, more) <= value(name, less):
                    yield f"{name} | {theme} | {' '.join(more.split())}"


def test_there_are_pairs_enough_of_every_theme() -> None:
    sizes = [len(pairs) for themes in PAIRS.values() for pairs in themes.values()]
    assert sum(sizes) >= 300
    assert min(sizes) >= 3


def test_no_pair_but_the_known_misses_is_in_the_wrong_order() -> None:
    known = MISSES.read_text("utf-8").splitlines()
    assert list(misses()) == known


@pytest.mark.parametrize("name", PAIRS)
def test_the_two_of_a_pair_differ(name: str) -> None:
    assert all(more != less for pairs in PAIRS[name].values() for more, less in pairs)


if __name__ == "__main__":
    # After a change that is meant: python -m tests.test_contrast_pairs, then read the difference line by line.
    MISSES.write_text("".join(f"{line}\n" for line in misses()), "utf-8")
