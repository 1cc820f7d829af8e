"""What a text is about, as far as its words tell."""

from __future__ import annotations

from functools import cache, lru_cache

from linter.analysis import Analysis
from linter.lexicon import packaged_terms
from linter.tokens import TAG, WORD

_ENDINGS = ("ings", "ing", "ies", "ied", "ers", "er", "es", "ed", "ly", "s", "e", "y")
_SHORTEST = 3


def gist(analysis: Analysis) -> frozenset[str]:
    """The stems of the words that say what a text is about: all but the common ones and the names of parties."""
    tokens, common, parties = analysis.tokens, _common(), analysis.parties
    words = (
        form
        for i, (form, kind) in enumerate(zip(tokens.forms, tokens.kinds, strict=True))
        if kind in (WORD, TAG) and i not in parties
    )
    return frozenset(stem(word) for word in words if len(word) >= _SHORTEST and word not in common)


@lru_cache(maxsize=20_000)  # a million posts hold names and tags without end
def stem(word: str) -> str:
    """A word without its ending, roughly: enough to find bus in buses and queue in queuing."""
    word = word.removesuffix("'s").strip("'")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


@cache
def _common() -> frozenset[str]:
    return frozenset(packaged_terms("common-words")[0])
