"""How a post scores, and which words the scores come from, for a lens and for a hover."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache

from linter.analysis import Analysis, phrases_of
from linter.phrases import Phrases
from linter.post import Post
from linter.scores import LEXICONS, SCORES, score
from linter.scores.questions import asked
from linter.scores.score import Score


@dataclass(frozen=True, slots=True)
class Scores:
    """A post's scores by name, and how many of its sentences ask for an answer."""

    scores: dict[str, Score]
    genuine: int
    sentences: int


def scores_of(post: Post) -> Scores | None:
    """How a post scores; None where it is not English enough."""
    with closing(Analysis(post, _phrases())) as analysis:
        if not analysis.english:
            return None
        found = {name: score(analysis, name) for name in SCORES}
        genuine = sum(question.genuine for question in asked(analysis))
        return Scores(found, genuine, len(analysis.sentences))


@cache
def _phrases() -> Phrases:
    return phrases_of(LEXICONS)


def in_short(found: Scores) -> str:
    """Attack, rhetoric and questions in one line."""
    attack, rhetoric = (found.scores[name].value or 0 for name in ("aggressiveness", "rhetoric_density"))
    return (
        f"attack {attack:.0f} · rhetoric {rhetoric:.0f} per 100 · asks {found.genuine} of {found.sentences}"
    )


def shares_at(found: Scores, post: Post, offset: int) -> Iterator[str]:
    """What the words at an offset of a post's text add to each score, in Markdown."""
    for name, one in found.scores.items():
        for part in one.evidence:
            if part.span.start <= offset < part.span.end:
                yield (
                    f"**{name.replace('_', ' ')}** “{post.words(part.span)}” ({part.feature.replace('_', ' ')}): "
                    f"{part.points:+.2f} of {one.raw:+.2f}"
                )
