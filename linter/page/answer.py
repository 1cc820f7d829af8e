"""What the page is told of a draft: remarks, scores, and a line that says how many. All as plain values."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from linter.finding import LEVELS, Finding, Fix
from linter.lsp.scoring import Scores, scores_of
from linter.page.places import Places
from linter.pages import clauses
from linter.post import Post
from linter.rule import Rule
from linter.scores.score import Evidence
from linter.text import Span

_RELATED_SHOWN = 3
_SHORT = 120
_MINUS = "\N{MINUS SIGN}"
NOTHING_FOUND = "Nothing to remark on. That is no promise: this sees words, not people."
NOT_ENGLISH = "This does not look like English, so the scores and the rules about words were left out."

Answer = dict[str, object]


def unread(faults: Sequence[str]) -> Answer:
    """The answer to a draft that cannot be read."""
    return {"said": f"This could not be read: {'; '.join(faults)}", "remarks": [], "scores": []}


def answer(post: Post, findings: Sequence[Finding], rules: Mapping[str, Rule]) -> Answer:
    """The answer to a post with its findings."""
    places, found = Places(post.text), scores_of(post)
    said = [_said(findings)] if found or findings else []
    return {
        "said": " ".join(said if found else [*said, NOT_ENGLISH]),
        "remarks": [_remark(finding, rules.get(finding.rule), places) for finding in findings],
        "scores": list(_scores(found, post, places)) if found else [],
    }


def _said(findings: Sequence[Finding]) -> str:
    if not findings:
        return NOTHING_FOUND
    counts = Counter(str(finding.level) for finding in findings)
    each = [_counted(counts[name], name) for name in reversed(LEVELS) if counts[name]]
    return f"{_counted(len(findings), 'remark')}: {', '.join(each)}."


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'s' * (number != 1)}"


def _remark(finding: Finding, rule: Rule | None, places: Places) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "at": places.of(finding.span),
        "words": finding.post.words(finding.span),
        "level": str(finding.level),
        "trial": finding.status == "trial",
        "message": finding.message,
        "suggestion": finding.suggestion,
        "why": " ".join(rule.why.split()) if rule else "",
        "clause": _clause(finding.clause),
        "false_alarms": " ".join(rule.false_alarms.split()) if rule else "",
        "related": list(_related(finding)),
        "fixes": [_fix(fix, places) for fix in finding.fixes],
    }


def _clause(clause: str) -> str:
    words = clauses().get(clause)
    return f"{clause}: {words}" if words else "A house rule, beside the guidance."


def _fix(fix: Fix, places: Places) -> dict[str, object]:
    title = f"{fix.title[:1].upper()}{fix.title[1:]}"
    shown = textwrap.shorten(fix.text, _SHORT, placeholder="…")
    return {
        "at": places.of(fix.span),
        "text": fix.text,
        "title": title if not shown or shown in title else f"{title}: “{shown}”",
    }


def _related(finding: Finding) -> Iterator[str]:
    """What was said elsewhere that the finding speaks of, the first few of it."""
    for related in finding.related[:_RELATED_SHOWN]:
        other = related.post
        words = other.words(related.span) or other.words(Span(0, len(other.text)))
        whose = other.context.author if other.source == finding.post.source else other.source.path
        place = f" ({whose})" if whose else ""
        yield f"{related.note}: “{textwrap.shorten(words, _SHORT, placeholder='…')}”{place}"
    if (more := len(finding.related) - _RELATED_SHOWN) > 0:
        yield f"and {more} more"


def _scores(found: Scores, post: Post, places: Places) -> Iterator[dict[str, object]]:
    asked = f"{found.genuine} of {_counted(found.sentences, 'sentence')}"
    for name, (title, unit, about) in SHOWN.items():
        one = found.scores[name]
        value = f"{one.value or 0:.0f} {unit}" if unit else asked
        parts = [_part(part, post, places) for part in one.evidence]
        yield {"name": name, "title": title, "value": value, "about": about, "parts": parts}


SHOWN = {
    "aggressiveness": (
        "Aggressiveness",
        "of 100",
        "How likely a post like this one is to be called an attack: at 50, as likely as not.",
    ),
    "rhetoric_density": (
        "Rhetoric density",
        "per 100 words",
        "How much of 100 words persuades by device. Plain talk has next to nothing, a post made of slogans 10 to 50.",
    ),
    "questions_ratio": (
        "Questions asked",
        "",
        "How many sentences ask something and wait for an answer. A post that asks is a post that listens.",
    ),
}
"""The scores that the page shows, by name: what each is called, its unit (none: so many of the sentences), what it tells."""


def _part(part: Evidence, post: Post, places: Places) -> dict[str, object]:
    adds = part.points >= 0
    return {
        "at": places.of(part.span),
        "words": post.words(part.span),
        "feature": part.feature.replace("_", " ").replace("-", " "),
        "points": f"{'+' if adds else _MINUS}{abs(part.points):.2f}",
        "adds": adds,
    }
