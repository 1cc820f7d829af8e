"""`sarif`: version 2.1.0, for code scanning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from linter.allowing import AMISS
from linter.finding import Finding, Fix, Level
from linter.fingerprint import fingerprint, told_apart
from linter.formats.format import Style
from linter.formats.json_formats import listed, to_json
from linter.formats.places import place_of, relative_path, uri, whole_message
from linter.post import Post
from linter.text import Span
from linter.version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {Level.SUGGESTION: "note", Level.WARNING: "warning", Level.ERROR: "error"}


def sarif(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """One run, its results as findings come; the rules that they name follow at the end.

    Columns count code points. What is allowed is there with its suppression and the reason for it.
    """
    rules: dict[str, dict[str, Any]] = {}
    seen: Counter[str] = Counter()

    def result(finding: Finding) -> dict[str, Any]:
        if finding.rule not in rules:
            rules[finding.rule] = _rule(finding, style)
        return _result(finding, list(rules).index(finding.rule), seen)

    yield f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"columnKind": "unicodeCodePoints", "results": '
    yield from listed(map(result, findings))
    driver = {"name": "postlint", "version": __version__, "semanticVersion": __version__}
    yield f', "tool": {{"driver": {to_json({**driver, "rules": list(rules.values())})}}}}}]}}\n'


def _rule(finding: Finding, style: Style) -> dict[str, Any]:
    """What is known of a rule; of one that no file says, its id and what it is about."""
    rule = style.rules.get(finding.rule)
    if rule is None:
        amiss = AMISS.get(finding.rule)
        title = amiss.title if amiss else "What was given can be read"
        return _descriptor(finding.rule, title, finding.level)
    why = " ".join(rule.why.split())
    instead = f" Instead: {rule.suggestion}" if rule.suggestion else ""
    return {
        **_descriptor(rule.id, rule.title, rule.level),
        "fullDescription": {"text": why},
        "help": {"text": why + instead},
        "properties": {"tags": [rule.clause, rule.chapter], "status": rule.status},
    }


def _descriptor(rule_id: str, title: str, level: Level) -> dict[str, Any]:
    """What every rule has. Its name may not be its id in other letters, so it is made of the title."""
    name = "".join(word.capitalize() for word in re.findall(r"\w+", title))
    return {
        "id": rule_id,
        "name": name,
        "shortDescription": {"text": f"{title.rstrip('.')}."},
        "defaultConfiguration": {"level": _LEVEL[level]},
    }


def _result(finding: Finding, index: int, seen: Counter[str]) -> dict[str, Any]:
    """A result. Its mark is told apart from others of its file alone: another file changes nothing.

    `suppressions` is there even when empty, since in one run it must be there for all results or for none.
    """
    path = relative_path(finding.post)
    mark = told_apart(f"{path}\0{fingerprint(finding)}", seen).rpartition("\0")[2]
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVEL[finding.level],
        "message": {"text": whole_message(finding)},
        "locations": [_location(finding.post, finding.span)],
        "partialFingerprints": {"postlint/v1": mark},
        "suppressions": _suppressions(finding),
    }
    if finding.related:
        found["relatedLocations"] = [
            {**_location(place.post, place.span), "message": {"text": place.note}}
            for place in finding.related
        ]
    if finding.fixes and not finding.post.source.record:
        found["fixes"] = [_fix(finding.post, fix) for fix in finding.fixes]
    return found


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    if finding.allowed is None:
        return []
    kind = "inSource" if finding.allowed.where == "post" else "external"
    return [{"kind": kind, "justification": finding.allowed.reason}]


def _location(post: Post, span: Span) -> dict[str, Any]:
    """A place in a file; in one with many posts, also which of them."""
    physical = {"physicalLocation": {"artifactLocation": _artifact(post), "region": _region(post, span)}}
    return physical | ({"logicalLocations": [{"fullyQualifiedName": post.id}]} if post.source.record else {})


def _artifact(post: Post) -> dict[str, str]:
    return {"uri": uri(relative_path(post))}


def _region(post: Post, span: Span) -> dict[str, int]:
    place = place_of(post, span)
    if place.column is None or place.end_column is None:
        return {"startLine": place.line}
    return {
        "startLine": place.line, "startColumn": place.column,
        "endLine": place.end_line, "endColumn": place.end_column,
    }  # fmt: skip


def _fix(post: Post, fix: Fix) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(post, fix.span), "insertedContent": {"text": fix.text}}
    change = {"artifactLocation": _artifact(post), "replacements": [replacement]}
    title = fix.title[:1].upper() + fix.title[1:]
    return {"description": {"text": title.rstrip(".") + "."}, "artifactChanges": [change]}
