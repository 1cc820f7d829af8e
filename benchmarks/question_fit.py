"""How the points of a question's traits are fitted: penalised logistic regression on our own practice questions.

The penalty draws each trait towards a start set by hand, which is nought but for what our posts hardly hold.
A question that is neither genuine nor rhetorical (a headline, a greeting) counts half as one that is not genuine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.labelled import practice_questions
from linter.analysis import Analysis, phrases_of
from linter.post import Post, Source
from linter.scores.question_traits import TRAITS, traits
from linter.scores.questions import LEXICONS, asking_sentences
from linter.scores.weights import Family, Weights
from linter.text import Span

Array = NDArray[np.float64]
START = {
    "attack": -1.0, "exclaims": -1.0, "what kind": -0.7, "behind a heading": -1.0, "teaser": -0.7, "requests an answer": 1.0,
}  # fmt: skip
_SPREAD = 0.65
_NEITHER = 0.5
_LENIENT = 0.45
"""Added to the base: F1 of genuine questions is best if those in doubt pass."""


def practice() -> tuple[Array, Array, Array, Array]:
    """Of each practice question that is found to ask: its traits (0 or 1), whether it is genuine, what it counts, and its
    post's number."""
    phrases = phrases_of(LEXICONS)
    rows, y, share, posts = [], [], [], []
    for number, text, question, label in practice_questions():
        analysis = Analysis(Post("", text, Source("practice")), phrases)
        span = Span(text.index(question), text.index(question) + len(question))
        for sentence in asking_sentences(analysis):
            if analysis.tokens.span(sentence.first, sentence.last).overlaps(span):
                has = traits(sentence)
                rows.append([float(name in has) for name in TRAITS])
                y.append(float(label == "G"))
                share.append(_NEITHER if label == "O" else 1.0)
                posts.append(float(number))
                break
    return np.array(rows), np.array(y), np.array(share), np.array(posts)


def points(x: Array, y: Array, share: Array) -> Array:
    """The base, and the points of each trait."""
    start = np.array([0.0, *(START.get(name, 0.0) for name in TRAITS)])
    wide = np.hstack([np.ones((len(x), 1)), x])
    sign = 2 * y - 1
    free = np.array([0.0] + [1.0] * len(TRAITS))

    def loss(at: Array) -> tuple[float, Array]:
        margin = sign * (wide @ at)
        away = free * (at - start) / _SPREAD**2
        slope = wide.T @ (-sign * share / (1 + np.exp(margin)))
        return float((share * np.logaddexp(0, -margin)).sum() + away @ (at - start) / 2), slope + away

    found = np.array(minimize(loss, start, jac=True, method="L-BFGS-B").x)
    found[0] += _LENIENT
    return found


def fitted_traits(families: Mapping[str, Family]) -> Weights:
    """The points of every trait, in the order in which the file has them; a new trait comes last."""
    x, y, share, _ = practice()
    base, *found = points(x, y, share)
    by = dict(zip(TRAITS, found, strict=True))
    order = [*(name for name in families if name in by), *(name for name in by if name not in families)]
    bare = Family("", 0, 0.0, 0.0)
    return Weights(
        float(base),
        {name: replace(bare, name=name, points=float(by[name]), aimed=float(by[name])) for name in order},
        {},
    )
