"""The scores: a table of every one, and what each gives back."""

from __future__ import annotations

from collections.abc import Callable

from linter.analysis import Analysis
from linter.scores import aggressiveness, questions, receptiveness, rhetoric
from linter.scores.score import Score

SCORES: dict[str, Callable[[Analysis], Score]] = {
    "aggressiveness": aggressiveness.score,
    "rhetoric_density": rhetoric.score,
    "questions_ratio": questions.score,
    "receptiveness": receptiveness.score,
}
"""Every score with evidence, by name. Readability is a measure without any: `linter.scores.readability`."""

AT_MOST: dict[str, Callable[[Analysis], float]] = {"rhetoric_density": rhetoric.at_most}
"""What a score's value cannot pass, where that is quicker to tell than the value."""

LEXICONS_OF: dict[str, list[str]] = {
    "aggressiveness": aggressiveness.lexicons(),
    "rhetoric_density": [*rhetoric.lexicons(), *questions.LEXICONS],
    "questions_ratio": questions.LEXICONS,
    "receptiveness": receptiveness.lexicons(),
}
"""The word lists that each score looks at."""

LEXICONS: list[str] = list(
    dict.fromkeys((*(name for lists in LEXICONS_OF.values() for name in lists), "you", "people", "party"))
)
"""The word lists that the scores look at."""


def score(analysis: Analysis, name: str) -> Score:
    """A score by name, worked out once for each analysis."""
    return analysis.once(SCORES[name])
