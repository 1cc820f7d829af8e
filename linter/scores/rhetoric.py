"""Devices of persuasion where one would expect talk."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache

from linter.analysis import Analysis
from linter.phrases import Hit
from linter.scores import parallels, questions
from linter.scores.cues import Cue, evidence_of, settled, words_of
from linter.scores.score import Score
from linter.scores.weights import Family, Weights, weights

NAME = "rhetoric_density"
FEWEST_WORDS = 20
QUOTED = 0.5
"""What somebody else's words count of one's own: a quoted slogan is still read."""
ASKED, REPEATED, THREE = "rhetorical question", "anaphora", "three-part list"
"""Devices that are no word list."""


def lexicons() -> list[str]:
    """The word lists whose hits are devices."""
    return [device for device in weights(NAME).families if device not in BUILT]


def score(analysis: Analysis) -> Score:
    """Persuasive devices per 100 words.

    `raw` = base + the sum over devices of weight × words covered, a device of more than 5 words as 5, each word
    counted once (the longest device has it); words in quotation marks count half; plain notices, thanks and places take
    some away. The base is next to nothing: it keeps what is
    plainer than plain below what holds no cue. `value` = 100 × max(raw, 0) / max(words, 20): from 0, seldom
    over 70. A post without words scores 0.

    Source: the devices follow the inventories of SemEval-2020 task 11 and SemEval-2021 task 6; the lists
    are our own, the weights fitted by benchmarks/fit.py.
    """
    return weighed(analysis, weights(NAME))


def at_most(analysis: Analysis) -> float:
    """What `value` cannot pass: every hit in full, as if none shared words with another, and nothing taken away.

    Worked out in a third of the time, so that a rule about a high density need not have the score of every post.
    """
    hits, most = analysis.hits, _most()
    raw = weights(NAME).base + math.fsum(
        most[device] * sum(min(hit.last - hit.first, parallels.LONGEST) for hit in hits[device])
        for device in most.keys() & hits.keys()
    )
    for device, look in BUILT.items():
        raw += most[device] * sum(hit.last - hit.first for hit in look(analysis))
    return 100 * raw / max(analysis.words, FEWEST_WORDS)


@cache
def _most() -> dict[str, float]:
    """The most that a word of each device can weigh."""
    families = weights(NAME).families.values()
    return {
        family.name: max(family.points + max(family.words.values(), default=0.0), family.points, 0.0)
        for family in families
        if not family.against
    }


def weighed(analysis: Analysis, by: Weights) -> Score:
    """The score by given weights."""
    if not analysis.words:
        return Score(NAME, by.base, 0.0)
    evidence = evidence_of(analysis, cues(analysis, by.families))
    raw = by.base + math.fsum(part.points for part in evidence)
    return Score(NAME, raw, 100 * max(raw, 0.0) / max(analysis.words, FEWEST_WORDS), evidence)


def cues(analysis: Analysis, families: Mapping[str, Family]) -> list[Cue]:
    """Every device of a post, in order of place; a cue's share is the number of words it counts for."""
    found = settled(analysis, families, longest_first=True)
    taken = {i for hit, _ in found for i in range(hit.first, hit.last)}
    for device, look in BUILT.items():
        for whole in look(analysis) if device in families else ():
            hit = _left_of(whole, taken)
            if hit and analysis.said(analysis.tokens.span(*hit)):
                taken.update(range(hit.first, hit.last))
                found.append((hit, families[device]))
    return [
        Cue(hit, family, words_of(analysis, hit), False, _counted(analysis, hit))
        for hit, family in sorted(found, key=lambda pair: pair[0])
    ]


def _left_of(hit: Hit, taken: set[int]) -> Hit | None:
    """The beginning of a hit that nothing else has taken, if any is."""
    last = hit.first
    while last < hit.last and last not in taken:
        last += 1
    return Hit(hit.first, last) if last > hit.first else None


def _counted(analysis: Analysis, hit: Hit) -> float:
    counted: float = min(analysis.tokens.words(*hit) or 1, parallels.LONGEST)
    if analysis.marked_quotations and analysis.is_quotation(analysis.tokens.span(*hit)):
        counted *= QUOTED
    return counted


def _asked(analysis: Analysis) -> list[Hit]:
    """The first words of each rhetorical question."""
    return [
        Hit(question.first, min(question.last, question.first + parallels.LONGEST))
        for question in questions.asked(analysis)
        if not question.genuine
    ]


BUILT: dict[str, Callable[[Analysis], list[Hit]]] = {
    ASKED: _asked, REPEATED: parallels.repeated, THREE: parallels.three_parts,
}  # fmt: skip
"""How the devices that are no word list are found."""
