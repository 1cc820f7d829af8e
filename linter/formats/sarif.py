"""`sarif`: version 2.1.0, for code scanning."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from linter.allowing import AMISS
from linter.finding import Finding, Level
from linter.fingerprint import fingerprint, told_apart
from linter.formats.format import Style
from linter.formats.places import place_of, relative_path, uri
from linter.post import Post
from linter.text import Span
from linter.version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {Level.SUGGESTION: "note", Level.WARNING: "warning", Level.ERROR: "error"}
_KIND = {"post": "inSource", "configuration": "external", "baseline": "external"}


def sarif(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """One run. Columns count code points; what is allowed is there with its suppression and the reason for it."""
    rules: dict[str, int] = {}
    seen: Counter[str] = Counter()
    results, described = [], []
    for finding in findings:
        if finding.rule not in rules:
            rules[finding.rule] = len(rules)
            described.append(_rule(finding, style))
        mark = told_apart(fingerprint(finding), seen)
        results.append(_result(finding, rules[finding.rule], mark))
    driver = {"name": "postlint", "version": __version__, "semanticVersion": __version__, "rules": described}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rule(finding: Finding, style: Style) -> dict[str, Any]:
    """What is known of a rule; of one that no file says, its id and what it is about."""
    rule = style.rules.get(finding.rule)
    level = {"defaultConfiguration": {"level": _LEVEL[rule.level if rule else finding.level]}}
    if rule is None:
        amiss = AMISS.get(finding.rule)
        title = amiss.title if amiss else "What was given can be read"
        return {"id": finding.rule, "shortDescription": {"text": f"{title}."}, **level}
    why = " ".join(rule.why.split())
    return {
        "id": rule.id,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": why},
        "help": {"text": f"{why} Instead: {rule.suggestion}"},
        **level,
        "properties": {"tags": [rule.clause, rule.chapter], "status": rule.status},
    }


def _result(finding: Finding, index: int, mark: str) -> dict[str, Any]:
    message = f"{finding.message} Try: {finding.suggestion}" if finding.suggestion else finding.message
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVEL[finding.level],
        "message": {"text": message},
        "locations": [_location(finding, finding.post, finding.span)],
        "partialFingerprints": {"postlint/v1": mark},
    }
    if finding.related:
        found["relatedLocations"] = [
            {**_location(finding, place.post, place.span), "message": {"text": place.note}}
            for place in finding.related
        ]
    if finding.allowed:
        suppression = {"kind": _KIND[finding.allowed.where], "justification": finding.allowed.reason}
        found["suppressions"] = [suppression]
    if finding.fixes and not finding.post.source.record:
        found["fixes"] = [_fix(finding, fix.span, fix.text, fix.title) for fix in finding.fixes]
    return found


def _artifact(finding: Finding, post: Post) -> dict[str, str]:
    return {"uri": uri(relative_path(finding) if post is finding.post else post.source.path)}


def _location(finding: Finding, post: Post, span: Span) -> dict[str, Any]:
    return {
        "physicalLocation": {"artifactLocation": _artifact(finding, post), "region": _region(post, span)},
        "logicalLocations": [{"fullyQualifiedName": post.id, "kind": "element"}],
    }


def _region(post: Post, span: Span) -> dict[str, int]:
    place = place_of(post, span)
    if place.column is None or place.end_column is None:
        return {"startLine": place.line}
    return {
        "startLine": place.line, "startColumn": place.column,
        "endLine": place.end_line, "endColumn": place.end_column,
    }  # fmt: skip


def _fix(finding: Finding, span: Span, text: str, title: str) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(finding.post, span), "insertedContent": {"text": text}}
    change = {"artifactLocation": _artifact(finding, finding.post), "replacements": [replacement]}
    return {"description": {"text": title[:1].upper() + title[1:] + "."}, "artifactChanges": [change]}
