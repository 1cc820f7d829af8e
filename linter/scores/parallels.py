"""Parts of a post that are built alike: words that come back at the beginnings, and one short part after another."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from linter.analysis import Analysis
from linter.party import PARTIES
from linter.phrases import Hit
from linter.tokens import PUNCT, WORD

LONGEST = 5
"""A device of more words counts as this many."""
_SHORT = 5
"""Of so many words at most is a part that needs only one other beside it."""
_TERSE = 3
"""Of so many words at most is each part of a three-part list that stands on its own: "Fairer. Stronger. Closer."."""
_ROW = 3
"""How many of them make a list."""
_NEAR = 4
"""Among so many of the last words of a part may stand what the next one begins with: "it means no bus, no shop"."""


class Part(NamedTuple):
    """A sentence or what commas and dashes cut from it, as tokens without its closing mark, and its number of words.

    What only a line's end closes is `open`: a caption, an item, a name in a list.
    """

    first: int
    last: int
    words: int
    open: bool


def repeated(analysis: Analysis) -> list[Hit]:
    """The first words of parts in a row that begin alike ("Your street. Your vote.", "no bus, no shop").

    Two parts are enough where both are short, and two sentences where two words are alike; else three.
    """
    forms, kinds = analysis.tokens.forms, analysis.tokens.kinds
    parts = _parts(analysis)
    found: set[Hit] = set()
    for one, two in pairwise(parts):
        if not one.open and two.words <= _SHORT and _is_telling(analysis, two.first):
            if forms[one.first] == forms[two.first]:
                if one.words <= _SHORT:
                    found |= {_opening(one.first, one.last), _opening(two.first, two.last)}
            elif two.words > 1 and forms[two.first] in forms[one.first : one.last][-_NEAR:]:
                inner = one.last - 1 - forms[one.first : one.last][::-1].index(forms[two.first])
                found |= {_opening(inner, one.last), _opening(two.first, two.last)}
    for three in zip(parts, parts[1:], parts[2:], strict=False):
        begins = [forms[part.first] for part in three]
        if (
            begins[0] == begins[2]
            and not (three[0].open or three[1].open)
            and _is_telling(analysis, three[0].first)
        ):
            if begins[0] == begins[1]:
                found |= {_opening(part.first, part.last) for part in three}
            elif all(part.words <= _SHORT for part in three):
                found |= {_opening(part.first, part.last) for part in three[::2]}
    for (first, end), (second, last) in pairwise(analysis.sentences):
        begun = forms[second : second + 2]
        alike = forms[first : first + 2] == begun and end - first > 2 < last - second
        if alike and kinds[first] == WORD and kinds[end - 1] == PUNCT and _are_telling(*begun):
            found |= {_opening(first, end), _opening(second, last)}
    return sorted(found)


def three_parts(analysis: Analysis) -> list[Hit]:
    """Three sentences or more in a row of three words at most each: "Fairer. Stronger. Closer to you."."""
    tokens = analysis.tokens
    found: list[Hit] = []
    row = 0
    for first, last in analysis.sentences:
        closed = tokens.kinds[last - 1] == PUNCT and WORD in tokens.kinds[first:last]
        if not closed or tokens.words(first, last) > _TERSE:
            if row < _ROW:
                del found[len(found) - row :]
            row = 0
            continue
        found.append(Hit(first, last))
        row += 1
    return found[: len(found) - row] if row < _ROW else found


def _opening(first: int, last: int) -> Hit:
    return Hit(first, min(last, first + LONGEST))


def _is_telling(analysis: Analysis, token: int) -> bool:
    """Whether a word that comes back is more than a small one ("it's … it's" is talk) and no name or title."""
    tokens = analysis.tokens
    form, start = tokens.forms[token], tokens.starts[token]
    if tokens.kinds[token] != WORD or "'" in form or form in _SMALL or form in PARTIES:
        return False
    in_midst = token > 0 and tokens.forms[token - 1] in _CUTS
    return not (in_midst and analysis.text[start : start + 2].istitle())


def _are_telling(first: str, second: str) -> bool:
    """Whether two sentences that begin with these words are made alike, and not a report or two of one thing."""
    return first not in _ARTICLES and second not in _PAST and PARTIES.isdisjoint((first, second))


def _parts(analysis: Analysis) -> list[Part]:
    """Every sentence, and what follows a comma, a semicolon or a dash in it."""
    tokens = analysis.tokens
    forms, kinds = tokens.forms, tokens.kinds
    parts = []
    for first, last in analysis.sentences:
        for i in range(first, last):
            if kinds[i] == PUNCT and (forms[i] in _CUTS or i == last - 1):
                if i > first:
                    parts.append(Part(first, i, tokens.words(first, i), False))
                first = i + 1
        if first < last:
            parts.append(Part(first, last, tokens.words(first, last), True))
    return parts


_CUTS = frozenset((",", ";", "–", "—", "-", ":"))
_SMALL = frozenset(
    "the a an i i'm i've he she it it's and but or so to in on at with of is was for by as under very too many that if his her its".split()
)
_PAST = frozenset("was were is are has had".split())
"""What no two sentences are made alike by: "it was built … it was named" is a report."""
_ARTICLES = frozenset(("the", "a", "an"))
