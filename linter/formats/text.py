"""`text`: for people; the line with the words underlined, the reason, a better wording."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

import click

from linter.finding import UNREADABLE, Finding, Level
from linter.formats.format import Style, columns, first_sentence, safe
from linter.post import Post
from linter.text import Span

_COLOURS = {Level.SUGGESTION: "cyan", Level.WARNING: "yellow", Level.ERROR: "red"}
_INDENT = "    "
_RELATED_SHOWN = 3


def text(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """A short paragraph for each finding; the reason once for each rule."""
    explained: set[str] = set()
    for finding in findings:
        yield _head(finding, style)
        if finding.rule != UNREADABLE:
            yield from _quote(finding, style)
            yield from _related(finding, style)
            yield from _advice(finding, style, explained)
        yield "\n"


def _head(finding: Finding, style: Style) -> str:
    line, column, _ = finding.post.place(finding.span.start)
    place = f"{safe(finding.post.source.path)}:{line}:{column}"
    level = _styled(str(finding.level), style, fg=_COLOURS[finding.level], bold=True)
    return f"{_styled(place, style, bold=True)}  {level}  {safe(finding.message)}  {_styled(f'[{finding.rule}]', style, dim=True)}\n"


def _quote(finding: Finding, style: Style) -> Iterator[str]:
    """The first line of the words, cut to the width, with a row of carets under what is meant."""
    missing = finding.span.start == finding.span.end
    span = first_sentence(finding) if missing else finding.span
    line = finding.post.lines.span(finding.post.lines.place(span.start)[0])
    span = Span(span.start, max(min(span.end, line.end), span.start))
    shown = _window(line, span, max(style.width - len(_INDENT) - 2, 30))
    span = Span(span.start, min(span.end, shown.end))
    said = finding.post.text
    before, words, after = (
        safe(said[shown.start : span.start]), safe(said[span.start : span.end]), safe(said[span.end : shown.end])
    )  # fmt: skip
    before = "…" * (shown.start > line.start) + before
    after += "…" * (shown.end < line.end)
    colour = _COLOURS[finding.level]
    yield f"{_INDENT}{before}{_styled(words, style, fg=colour, underline=not missing)}{after}\n"
    if not missing:
        yield f"{_INDENT}{' ' * columns(before)}{_styled('^' * max(columns(words), 1), style, fg=colour)}\n"


def _window(line: Span, span: Span, width: int) -> Span:
    """The part of a line that shows a span, no wider than asked."""
    if line.end - line.start <= width:
        return line
    start = max(line.start, min(span.start - width // 3, line.end - width))
    return Span(start, min(line.end, start + width))


def _related(finding: Finding, style: Style) -> Iterator[str]:
    """What was said elsewhere that the finding speaks of, the first few of it."""
    for related in finding.related[:_RELATED_SHOWN]:
        words = safe(related.post.words(related.span) or related.post.words(Span(0, len(related.post.text))))
        short = textwrap.shorten(words, max(style.width - 50, 30), placeholder="…")
        yield _wrapped(
            "see  ", f"{related.note}: “{short}” ({_whereabouts(related.post, finding.post)})", style
        )
    more = len(finding.related) - _RELATED_SHOWN
    if more > 0:
        yield _wrapped("see  ", f"and {more} more", style)


def _whereabouts(post: Post, present: Post) -> str:
    """Where another post stands; who said it, where it stands only in the front matter of the present one."""
    if post.source == present.source:
        return safe(post.context.author) or "what this answers"
    line, _, _ = post.place(0)
    return f"{safe(post.source.path)}:{line}"


def _advice(finding: Finding, style: Style, explained: set[str]) -> Iterator[str]:
    rule = style.rules.get(finding.rule)
    if rule and finding.rule not in explained:
        explained.add(finding.rule)
        yield _wrapped("why  ", " ".join(rule.why.split()), style)
    if finding.suggestion:
        yield _wrapped("try  ", safe(finding.suggestion), style)
    for fix in () if finding.post.source.record else finding.fixes:
        flags = "--fix" if fix.safe else "--fix --unsafe-fixes"
        yield _wrapped("fix  ", safe(f"{fix.title} ({flags})"), style)


def _wrapped(label: str, words: str, style: Style) -> str:
    filled = textwrap.fill(
        words, max(style.width, 40), initial_indent=_INDENT + label, subsequent_indent=_INDENT + "     "
    )
    return filled.replace(label, _styled(label, style, dim=True), 1) + "\n"


def _styled(words: str, style: Style, **how: object) -> str:
    return click.style(words, **how) if style.colour else words  # type: ignore[arg-type]
