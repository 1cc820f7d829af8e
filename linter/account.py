"""How a post's scores come about, line by line: what `score --explain` prints."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from linter.analysis import Analysis
from linter.scores import SCORES, aggressiveness, questions, receptiveness, rhetoric, score
from linter.scores.cues import Cue, reasons
from linter.scores.score import Score
from linter.scores.weights import weights

_CUES = {module.NAME: module.cues for module in (aggressiveness, rhetoric, receptiveness)}
_WIDEST = 40


def account(analysis: Analysis) -> Iterator[str]:
    """Lines for every score of a post: what it means, the words it comes from, what each adds, and the sum."""
    for name in SCORES:
        yield from _of_score(analysis, score(analysis, name))


def _of_score(analysis: Analysis, found: Score) -> Iterator[str]:
    yield f"  {found.name.replace('_', ' ')}: {_MEANING[found.name](analysis, found)}"
    begins = found.raw - math.fsum(part.points for part in found.evidence)
    if abs(begins) > 1e-9:
        yield _row("every post begins at", begins)
    cues = {analysis.tokens.span(*cue.hit): cue for cue in _cues(analysis, found.name)}
    for part in found.evidence:
        cue = cues.get(part.span)
        why = f"{part.feature}{''.join(f', {reason}' for reason in _reasons(analysis, found.name, cue))}"
        yield _row(f"“{' '.join(analysis.text[part.span.start : part.span.end].split())}”", part.points, why)
    if found.evidence:
        yield _row("in all", found.raw, _SUM[found.name](analysis, found))


def _cues(analysis: Analysis, name: str) -> list[Cue]:
    return _CUES[name](analysis, weights(name).families) if name in _CUES and analysis.words else []


def _reasons(analysis: Analysis, name: str, cue: Cue | None) -> list[str]:
    if cue is None:
        return []
    if name == rhetoric.NAME:
        return [f"× {cue.share:g} word{'s' * (cue.share != 1)}"]
    why = reasons(analysis, cue)
    return [*why, f"× {cue.share:.2f}"] if cue.share != 1 else why


def _row(what: str, points: float, why: str = "") -> str:
    shown = what if len(what) <= _WIDEST else f"{what[: _WIDEST - 2]}…”"
    return f"    {shown:{_WIDEST}} {points:+6.2f}  {why}".rstrip()


def _in_a_hundred(analysis: Analysis, found: Score) -> str:
    return f"{found.value:.0f} of 100: about so many in a hundred such posts would be called an attack"


def _per_words(analysis: Analysis, found: Score) -> str:
    return f"{found.value:.1f} for each 100 words; plain talk has next to nothing, a post made of slogans 10 to 50"


def _of_sentences(analysis: Analysis, found: Score) -> str:
    asked = questions.asked(analysis)
    if found.value is None:
        return "none: there is no sentence"
    sentences = f"{len(analysis.sentences)} sentence{'s' * (len(analysis.sentences) != 1)}"
    return (
        f"{found.value:.2f}: {sum(one.genuine for one in asked)} of {sentences} asked for an answer"
        f"{_put_for_effect(sum(not one.genuine for one in asked))}"
    )


def _put_for_effect(number: int) -> str:
    return f", and {number} more asked for effect" if number else ""


def _beside_average(analysis: Analysis, found: Score) -> str:
    return f"{found.value:.0f} of 100; 50 is as open as the average text"


def _logistic(analysis: Analysis, found: Score) -> str:
    return f"→ 100 / (1 + e^{-found.raw:.2f}) = {found.value:.0f}"


def _over_words(analysis: Analysis, found: Score) -> str:
    words = max(analysis.words, rhetoric.FEWEST_WORDS)
    return f"→ 100 × {max(found.raw, 0):.2f} / {words} words = {found.value:.1f}"


def _over_sentences(analysis: Analysis, found: Score) -> str:
    return f"→ {found.raw:.0f} / {len(analysis.sentences)} = {found.value:.2f}"


_Words = Callable[[Analysis, Score], str]
_MEANING: dict[str, _Words] = {
    aggressiveness.NAME: _in_a_hundred, rhetoric.NAME: _per_words, questions.NAME: _of_sentences,
    receptiveness.NAME: _beside_average,
}  # fmt: skip
_SUM: dict[str, _Words] = {
    aggressiveness.NAME: _logistic, rhetoric.NAME: _over_words, questions.NAME: _over_sentences,
    receptiveness.NAME: _logistic,
}  # fmt: skip
