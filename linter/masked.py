"""Rude words written so as to slip by: sc*m, tw@t, m0ron, i d i o t."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import product

from linter.inflect import inflections
from linter.lexicon import packaged_terms

RUDE = (
    "profanity-strong",
    "insult",
    "slurs",
    "vermin",
    "profanity-mild",
    "coarse",
    "insult-mild",
    "failing-strong",
    "unkind",
)
"""The lists whose single words are looked for behind a mask, the likeliest first."""
_LETTERS = {"4": "a", "@": "a", "3": "e", "1": "il", "0": "o", "5": "s", "$": "s", "7": "t", "8": "b"}
_SHORTEST = 3
_MASK = re.compile(r"[a-z]+(?:[*@$\d]+[a-z]|\*\*)[a-z*@$\d]*")
"""A mask has letters before and behind it, or two stars ("f**"): "covid19" and "b4" are none."""
_LONGEST = 20


def unmask(form: str) -> str | None:
    """The rude word that a form stands for, with or without stars, digits or signs among its letters, or None."""
    if form.isalpha():
        return form if form in _beginning_with(form[0]).get(len(form), ()) else None
    if len(form) > _LONGEST or not _MASK.fullmatch(form):
        return None
    words = _beginning_with(form[0]).get(len(form), ())
    if "*" in form:
        pattern = re.compile("".join("[a-z]" if c == "*" else f"[{_LETTERS.get(c, c)}]" for c in form))
        return next((word for word in words if pattern.fullmatch(word)), None)
    readings = product(*(_LETTERS.get(c, c) for c in form))
    return next((word for letters in readings if (word := "".join(letters)) in words), None)


@cache
def _beginning_with(letter: str) -> dict[int, tuple[str, ...]]:
    """The rude words that begin with a letter, by length."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for name in RUDE:
        for term in packaged_terms(name)[0]:
            word = term.removesuffix("~")
            if word[0] == letter and word.isalpha() and word.isascii() and len(word) >= _SHORTEST:
                for form in inflections(word) if term != word else (word,):
                    found[len(form)][form] = None
    return {length: tuple(words) for length, words in found.items()}
