"""Devices of persuasion where one would expect talk."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise

from linter.analysis import Analysis
from linter.phrases import Hit
from linter.scores import questions
from linter.scores.cues import Cue, settled, words_of
from linter.scores.score import Evidence, Score
from linter.scores.weights import Family, Weights, weights
from linter.tokens import PUNCT, WORD

NAME = "rhetoric_density"
LONGEST = 5
"""A device of more words counts as this many."""
FEWEST_WORDS = 20
QUOTED = 0.5
"""What somebody else's words count of one's own: a quoted slogan is still read."""
ASKED, REPEATED = "rhetorical question", "anaphora"
"""Devices that are no word list."""


def lexicons() -> list[str]:
    """The word lists whose hits are devices."""
    return [device for device in weights(NAME).families if device not in (ASKED, REPEATED)]


def score(analysis: Analysis) -> Score:
    """Persuasive devices per 100 words.

    `raw` = the sum over devices of weight × words covered, a device of more than 5 words as 5, each word
    counted once (the longest device has it);
    words in quotation marks count half; plain notices, thanks
    and places take some away. `value` = 100 × max(raw, 0) / max(words, 20): from 0, seldom over 60. A post
    without words scores 0.

    Source: the devices follow the inventories of SemEval-2020 task 11 and SemEval-2021 task 6; the lists
    are our own, the weights fitted by benchmarks/fit.py.
    """
    return weighed(analysis, weights(NAME))


def weighed(analysis: Analysis, by: Weights) -> Score:
    """The score by given weights."""
    if not analysis.words:
        return Score(NAME, 0.0, 0.0)
    tokens = analysis.tokens
    evidence = []
    for cue in cues(analysis, by.families):
        points = cue.share * cue.family.weigh(False, cue.words)
        if points:
            evidence.append(Evidence(tokens.span(*cue.hit), cue.family.name, points))
    raw = math.fsum(part.points for part in evidence)
    return Score(NAME, raw, 100 * max(raw, 0.0) / max(analysis.words, FEWEST_WORDS), tuple(evidence))


def cues(analysis: Analysis, families: Mapping[str, Family]) -> list[Cue]:
    """Every device of a post, in order of place; a cue's share is the number of words it counts for."""
    found = settled(analysis, families, longest_first=True)
    taken = {i for hit, _ in found for i in range(hit.first, hit.last)}
    for device, hits in ((ASKED, _asked(analysis)), (REPEATED, _repeated(analysis))):
        for hit in hits if device in families else ():
            if taken.isdisjoint(range(hit.first, hit.last)):
                taken.update(range(hit.first, hit.last))
                found.append((hit, families[device]))
    return [
        Cue(hit, family, words_of(analysis, hit), False, _counted(analysis, hit))
        for hit, family in sorted(found, key=lambda pair: pair[0])
    ]


def _counted(analysis: Analysis, hit: Hit) -> float:
    covered = min(analysis.tokens.words(*hit) or 1, LONGEST)
    own = not analysis.marked_quotations or not analysis.is_quotation(analysis.tokens.span(*hit))
    return covered if own else covered * QUOTED


def _asked(analysis: Analysis) -> list[Hit]:
    """The first words of each rhetorical question."""
    return [
        Hit(question.first, min(question.last, question.first + LONGEST))
        for question in questions.asked(analysis)
        if not question.genuine
    ]


def _repeated(analysis: Analysis) -> list[Hit]:
    """The openings of sentences in a row, or of three clauses, that begin alike ("Your street. Your vote. …")."""
    forms, kinds = analysis.tokens.forms, analysis.tokens.kinds
    found = []
    for (first, end), (second, last) in pairwise(analysis.sentences):
        alike = forms[first : first + 2] == forms[second : second + 2] and _is_plain(
            forms[second], kinds[second]
        )
        if alike and end - first > 2 and last - second > 2:
            found.append(Hit(second, second + 2))
    starts = [start for start in _clauses(analysis) if _is_plain(forms[start], kinds[start])]
    for one, two, three in zip(starts, starts[1:], starts[2:], strict=False):
        if forms[one] == forms[two] == forms[three] and forms[one] not in _PLAIN_OPENINGS:
            found += [Hit(start, start + 1) for start in (one, two, three)]
    return [hit for hit in dict.fromkeys(found) if analysis.said(analysis.tokens.span(*hit))]


def _is_plain(form: str, kind: str) -> bool:
    """Whether a token is a word without an apostrophe ("it's … it's" is talk)."""
    return kind == WORD and "'" not in form


def _clauses(analysis: Analysis) -> list[int]:
    """The first token of every sentence and of what follows a comma, a semicolon or a dash in it."""
    tokens = analysis.tokens
    starts = []
    for first, last in analysis.sentences:
        starts.append(first)
        starts += [
            i + 1 for i in range(first, last - 1) if tokens.kinds[i] == PUNCT and tokens.forms[i] in _PARTS
        ]
    return starts


_PARTS = frozenset((",", ";", "–", "—", "-", ":"))
_PLAIN_OPENINGS = frozenset(
    "the a an i i'm i've he she it it's and but or so to in on at with of is was".split()
)
