"""What people let stand, with their reasons, as good examples that a rule could learn from.

Each is the smallest text of which the rule still speaks: the sentence around its words, or the whole post.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

import yaml

from linter.analysis import Analysis
from linter.engine import Linter
from linter.finding import Finding
from linter.post import Context, Post, Source
from linter.rule import Rule

_BY_PEOPLE = ("post", "configuration")
_INDENT = " " * 4
_LONG_LINE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A post, or a sentence of it, that somebody let stand, and why."""

    rule: str
    place: str
    reason: str
    text: str
    context: Mapping[str, Any]
    looks_back: bool


def dismissed(findings: Iterable[Finding], linter: Linter) -> Iterator[Dismissal]:
    """The findings of a post that it, or the configuration, allows; a text once for each rule."""
    rules = {rule.id: rule for rule in linter.rules}
    met: set[tuple[str, str]] = set()
    for finding in findings:
        rule = rules.get(finding.rule)
        if rule is None or finding.allowed is None or finding.allowed.where not in _BY_PEOPLE:
            continue
        text, context = _smallest(finding, rule, linter)
        if (rule.id, text) not in met:
            met.add((rule.id, text))
            line, _, _ = finding.post.place(finding.span.start)
            place = f"{finding.post.source.path}:{line}"
            yield Dismissal(rule.id, place, finding.allowed.reason, text, context, rule.look_back is not None)


def _smallest(finding: Finding, rule: Rule, linter: Linter) -> tuple[str, dict[str, Any]]:
    """The first of ever larger texts and contexts of which the rule speaks by itself; else the whole."""
    everything = _known(finding.post.context)
    needed = {key: everything[key] for key in everything if key in _keys(rule)}
    texts = dict.fromkeys((_sentence(finding, linter), finding.post.text.strip()))
    if rule.look_back is None:
        for text in texts:
            for context in (needed, everything):
                if _speaks(rule, text, context, finding.post.context, linter):
                    return text, context
    return finding.post.text.strip(), everything


def _speaks(rule: Rule, text: str, keys: Mapping[str, Any], full: Context, linter: Linter) -> bool:
    post = Post("example", text, Source("example"), _only(full, keys))
    return any(
        finding.rule == rule.id for finding in linter.seen(post, for_later=False, settle=False).findings
    )


def _sentence(finding: Finding, linter: Linter) -> str:
    """The sentences that a finding's words stand in, as they stand there; the whole text where it has none."""
    post, span = finding.post, finding.span
    with closing(Analysis(post, linter.phrases)) as analysis:
        spans = [analysis.tokens.span(*sentence) for sentence in analysis.sentences]
    touched = [one for one in spans if one.overlaps(span)]
    if not touched or span.start == span.end:
        return post.text.strip()
    start, end = min(touched[0].start, span.start), max(touched[-1].end, span.end)
    return post.text[start:end].strip()


def _keys(rule: Rule) -> frozenset[str]:
    """What of its context a rule asks for, and what profiles change it by."""
    wheres = (rule.where, *(where for change in rule.changes for where in change.wheres))
    return frozenset(key for where in wheres for key in where.values)


def _known(context: Context) -> dict[str, Any]:
    """What is known of a context, by the keys of a post, as an example may say it."""
    reply, images = context.reply_to, context.images
    said = {
        "platform": context.platform, "room": context.room.name, "room_kind": context.room.kind,
        "joined": context.room.joined and context.room.joined.isoformat(), "visit": context.visit,
        "stage": context.stage, "author": context.author, "date": context.time and context.time.isoformat(),
        "reply_to": reply and {key: value for key in ("text", "author", "id") if (value := getattr(reply, key))},
        "images": [{"file": one.file} | ({} if one.alt is None else {"alt": one.alt}) for one in images],
        "paid": context.paid, "election": context.election, "imprint": context.imprint, "lang": context.lang,
    }  # fmt: skip
    return {key: value for key, value in said.items() if value not in (None, "", [], {})}


def _only(context: Context, keys: Mapping[str, Any]) -> Context:
    """A context of which no more is known than some keys."""
    room = replace(
        context.room,
        name=keys.get("room", ""),
        kind=keys.get("room_kind", ""),
        joined=context.room.joined if "joined" in keys else None,
    )
    known = Context(room=room, platform=keys.get("platform", ""), stage=keys.get("stage", ""))
    names = {"visit": "visit", "author": "author", "date": "time", "reply_to": "reply_to", "images": "images",
             "paid": "paid", "election": "election", "imprint": "imprint", "lang": "lang"}  # fmt: skip
    return replace(known, **{name: getattr(context, name) for key, name in names.items() if key in keys})


def as_record(one: Dismissal) -> dict[str, Any]:
    """A dismissal as plain values."""
    return {
        "rule": one.rule,
        "place": one.place,
        "reason": one.reason,
        "text": one.text,
        "context": dict(one.context),
    }


def as_yaml(dismissals: Iterable[Dismissal]) -> Iterator[str]:
    """Lines of YAML by rule, each list to be pasted under `good:` of the rule's `examples`."""
    by_rule: dict[str, list[Dismissal]] = defaultdict(list)
    for one in dismissals:
        by_rule[one.rule].append(one)
    for rule in sorted(by_rule):
        yield f"{rule}:"
        for one in by_rule[rule]:
            yield f"{_INDENT}# {_plain(one.reason) or 'no reason given'} ({_plain(one.place)})"
            if one.looks_back:
                yield f"{_INDENT}# this rule looks back: add the `history` that it answers to"
            example = {"text": one.text} | ({"context": one.context} if one.context else {})
            yield f"{_INDENT}- {_flow(example)}"


def _flow(value: object) -> str:
    """A value on one line, words in quotes, so that no comma, colon or line end can part them."""
    return yaml.dump(
        value, Dumper=_Quoting, default_flow_style=True, allow_unicode=True, sort_keys=False, width=_LONG_LINE
    ).strip()


class _Quoting(yaml.SafeDumper):
    """Words in double quotes, names and choices without."""


def _words(dumper: yaml.SafeDumper, words: str) -> yaml.Node:
    plain = words.isascii() and words.replace("_", "a").isalpha() and words.islower()
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=None if plain else '"')


_Quoting.add_representer(str, _words)


def _plain(words: str) -> str:
    """Words for a comment: on one line, each character one that may stand there."""
    return "".join(char if char.isprintable() else "\ufffd" for char in " ".join(words.split()))
