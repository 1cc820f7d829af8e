"""Why a rule spoke, or did not: what a person who writes one asks first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from linter.analysis import ANY, Analysis
from linter.checks.what import What
from linter.lexicon import packaged_lexicons, packaged_terms
from linter.phrases import Hit, Phrases
from linter.rule import Rule
from linter.scores import score

_SHOWN = 5
_IN_HISTORY = (
    "this rule looks back: it depends on the example's `history`, with its dates, authors and rooms",
)
_RELAXED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("the words stand in a quotation or in reported speech (`in: any` would look there)", {"place": ANY}),
    ("a negation spared them (`negated: any` would not mind it)", {"negated": ANY}),
    ("`except` spared them", {"exceptions": (), "excepted": None}),
    ("they are not said of anybody, and the rule has `aimed: true`", {"at_somebody": False}),
)


def why_silent(rule: Rule, analysis: Analysis) -> tuple[str, ...]:
    """What kept a rule from speaking: its `where`, the language, what spares a hit, or that nothing was hit."""
    barred = tuple(_barred(rule, analysis))
    return barred or (
        _IN_HISTORY if rule.check is None else (*_spared(rule.check, analysis), *_told(rule, analysis))
    )


def why_it_spoke(rule: Rule, analysis: Analysis) -> tuple[str, ...]:
    """Which of a rule's words were hit, each with the term or the list that it stands for."""
    return _IN_HISTORY if rule.check is None else tuple(_told(rule, analysis))


def _barred(rule: Rule, analysis: Analysis) -> Iterator[str]:
    known = analysis.post.context
    for key, allowed in rule.where.values.items():
        if not replace(rule.where, values={key: allowed}).holds(known):
            yield f"`where` did not hold: `{key}` is not known to be {' or '.join(allowed)}"
    if analysis.words < rule.where.words_at_least:
        yield f"`where` did not hold: {analysis.words} words; at least {rule.where.words_at_least} are asked for"
    if rule.words_only and not analysis.english:
        yield "the post does not look like English; a longer one would"


def _spared(check: Any, analysis: Analysis) -> Iterator[str]:
    for reason, changes in _RELAXED:
        relaxed = _with(check, changes)
        if relaxed != check and any(True for _ in relaxed.spans(analysis)):
            yield reason


def _with(value: Any, changes: dict[str, Any]) -> Any:
    """A check with some options of it, and of whatever it looks for, changed."""
    changed: dict[str, Any] = {}
    for each in fields(value):
        held = getattr(value, each.name)
        if each.name in changes:
            changed[each.name] = changes[each.name]
        elif isinstance(held, What):
            changed[each.name] = _with(held, changes)
    return replace(value, **changed)


def _told(rule: Rule, analysis: Analysis) -> Iterator[str]:
    if rule.kind == "score":
        name = getattr(rule.check, "name", "")
        value = score(analysis, name).value
        yield f"{name} is {value:g}" if value is not None else f"{name} is not known for this post"
        return
    found = list(dict.fromkeys(_hits(rule, analysis)))
    looks = any(True for _ in _looked_for(rule.check))
    if found:
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        yield f"hit: {', '.join(found[:_SHOWN])}{more}"
    elif looks:
        yield "none of its words was hit"


def _looked_for(check: Any) -> Iterator[tuple[str, What]]:
    """Whatever a check looks for, with the option that says so; the exceptions among it."""
    for each in fields(check) if is_dataclass(check) else ():
        held = getattr(check, each.name)
        if isinstance(held, What):
            yield ("" if each.name == "what" else f"`{each.name}`: "), held
            if held.exceptions:
                yield "`except`: ", What(held.exceptions, (), place=ANY, negated=ANY)
        elif each.name == "anchor":
            yield "`anchor`: ", What((held,), ())


def _hits(rule: Rule, analysis: Analysis) -> Iterator[str]:
    for option, what in _looked_for(rule.check):
        for owner in what.owners:
            for hit in analysis.found(owner, ANY, ANY):
                words = analysis.post.words(analysis.tokens.span(*hit))
                yield f"{option}“{words}” ({_origin(rule, owner, hit, analysis)})"
        for hit in replace(what, owners=(), exceptions=()).hits(analysis) if what.marks else ():
            yield f"{option}“{analysis.post.words(analysis.tokens.span(*hit))}” ({' or '.join(what.marks)})"


def _origin(rule: Rule, owner: str, hit: Hit, analysis: Analysis) -> str:
    """The term that a hit stands for, and the list that it is in."""
    listed = owner in packaged_lexicons()
    terms, as_written = packaged_terms(owner) if listed else (rule.terms[owner], False)
    phrases = Phrases()
    for term in terms:
        phrases.add(term, [term], as_written)
    found = phrases.find(analysis.text, analysis.tokens)
    named = next((term for term, hits in found.items() if hit in hits), "")
    return " of ".join(filter(None, (f"`{named}`" if named else "", f"the list {owner}" if listed else "")))
