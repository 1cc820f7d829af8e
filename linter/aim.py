"""At whom a word is aimed."""

from __future__ import annotations

from linter.analysis import Analysis
from linter.masks import ends_clause
from linter.phrases import Hit
from linter.tokens import HANDLE, WORD

_REACH_BEFORE, _REACH_AFTER, _REACH_OF_MINE, _REACH_OF_I = 7, 4, 2, 5
_FEW = 8
_TARGETS = ("you", "people", "party")
_POINTING = frozenset("these those bunch load pack gang shower lot what".split())
_OWN = frozenset("i i'm i've i'd i'll me my mine myself we we're we've we'd we'll us our".split())
_MERE = frozenset(
    "a an the of absolute absolutely bloody total totally complete completely utter utterly proper right real pure "
    "oh you fucking f***ing stupid little big old again".split()
)
_COPULAS = frozenset(
    (
        "is are was were am be been being you're they're he's she's it's that's i'm we're isn't "
        "aren't wasn't weren't look looks sound sounds called sod"
    ).split()
)
_I_AM = frozenset("i'm im i've myself me".split())
_QUALIFIERS = frozenset(
    "such so very quite rather really just always still being been not never bit like".split()
)


def aimed(analysis: Analysis, hit: Hit) -> bool:
    """Whether a hit stands near somebody it may be said of: you, a person or group, a party, an @handle.

    The nearest before it in its clause decides; "I" and "my" there take the aim off ("I'm such an idiot"),
    unless it is at once followed by somebody ("I loathe you"). Else one right after it ("idiots like you"), a pointing word ("what a …", "these …") or
    nothing but the hit in the sentence.
    """
    targets = analysis.once(_target_tokens)
    tokens = analysis.tokens
    first, last = analysis.sentence_at(hit.first)
    for i in range(hit.first, hit.last):
        if i in targets:
            return True
    for i in range(hit.first - 1, max(first, hit.first - _REACH_BEFORE) - 1, -1):
        form, kind = tokens.forms[i], tokens.kinds[i]
        if form in _OWN:
            return any(j in targets for j in range(hit.last, min(last, hit.last + _REACH_OF_MINE)))
        if i in targets or kind == HANDLE or form in _POINTING or (form == "that" and i == hit.first - 1):
            return True
        if ends_clause(form, kind) and form != ",":
            break
    for i in range(hit.last, min(last, hit.last + _REACH_AFTER)):
        if i in targets or tokens.kinds[i] == HANDLE:
            return True
        if ends_clause(tokens.forms[i], tokens.kinds[i]):
            break
    return _named_before(analysis, hit, first) or _nothing_else(analysis, hit, first, last)


def at_oneself(analysis: Analysis, hit: Hit) -> bool:
    """Whether a hit is what the author calls themselves ("I'm such an idiot", "silly me")."""
    forms = analysis.tokens.forms
    first, last = analysis.sentence_at(hit.first)
    if forms[hit.last : min(last, hit.last + 1)] == ["me"]:
        return True
    for i in range(hit.first - 1, max(first, hit.first - _REACH_OF_I) - 1, -1):
        if forms[i] in _I_AM or (forms[i] == "i" and forms[i + 1] in _COPULAS):
            return True
        if forms[i] not in _MERE and forms[i] not in _COPULAS and forms[i] not in _QUALIFIERS:
            return False
    return False


def _nothing_else(analysis: Analysis, hit: Hit, first: int, last: int) -> bool:
    """Whether a sentence says the hit and, at the most, how much of it ("Absolute bloody morons.")."""
    tokens = analysis.tokens
    if last - first > hit.last - hit.first + _FEW:
        return False
    others = [
        tokens.forms[i]
        for i in range(first, last)
        if tokens.kinds[i] == WORD and not hit.first <= i < hit.last
    ]
    return _MERE.issuperset(others)


def _target_tokens(analysis: Analysis) -> set[int]:
    hits, forms = analysis.hits, analysis.tokens.forms
    named = {i for name in _TARGETS for hit in hits.get(name, ()) for i in range(*hit) if forms[i] != "the"}
    return named | analysis.parties


def _named_before(analysis: Analysis, hit: Hit, first: int) -> bool:
    """Whether a capitalised name and a form of "be" stand before the hit ("Derek is a …")."""
    tokens, text = analysis.tokens, analysis.text
    copula = next(
        (i for i in range(hit.first - 1, max(first, hit.first - 5) - 1, -1) if tokens.forms[i] in _COPULAS),
        None,
    )
    if copula is None or copula == first:
        return False
    start = tokens.starts[copula - 1]
    return text[start].isupper() and tokens.kinds[copula - 1] == WORD and copula - 1 >= first
