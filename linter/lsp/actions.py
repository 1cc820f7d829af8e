"""What can be done about a finding with one key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from linter.allowing import AMISS, PLACEHOLDER
from linter.finding import Finding, Fix
from linter.front_matter import with_allow
from linter.lsp.checking import Checked
from linter.lsp.diagnostics import of_finding, span_in
from linter.text import Span

FIX_ALL = "source.fixAll.postlint"
EXPLAIN = "postlint.explain"
KINDS: list[types.CodeActionKind | str] = [types.CodeActionKind.QuickFix, FIX_ALL]


def actions(checked: Checked, params: types.CodeActionParams, versioned: bool) -> list[types.CodeAction]:
    """What can be done in a range, the safest first. `versioned` where edits may name the version they are for."""
    only = params.context.only
    found = (
        [*_in_range(checked, params.range, versioned)] if _asked(types.CodeActionKind.QuickFix, only) else []
    )
    if _asked(FIX_ALL, only):
        found += _fix_all(checked, versioned)
    return found


def _asked(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(kind == one or kind.startswith(f"{one}.") or one == "" for one in only)


def _in_range(checked: Checked, place: types.Range, versioned: bool) -> Iterator[types.CodeAction]:
    wanted = checked.document.table.span(place)
    found = [finding for finding in checked.findings if _touches(span_in(checked, finding), wanted)]
    for finding in found:
        yield from (_fixed(checked, finding, fix, versioned) for fix in finding.fixes)
    for finding in _one_of_each_rule(found):
        if checked.post is not None and finding.rule not in AMISS:
            yield _allowed(checked, finding, versioned)
        yield _explained(checked, finding)


def _touches(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _one_of_each_rule(findings: list[Finding]) -> list[Finding]:
    return list({finding.rule: finding for finding in reversed(findings)}.values())[::-1]


def _fixed(checked: Checked, finding: Finding, fix: Fix, versioned: bool) -> types.CodeAction:
    return types.CodeAction(
        title=f"{fix.title[:1].upper()}{fix.title[1:]}",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[of_finding(checked, finding)],
        is_preferred=fix.safe,
        edit=_edit(
            checked, [_text_edit(checked, checked.start(finding.post), fix.span, fix.text)], versioned
        ),
    )


def _allowed(checked: Checked, finding: Finding, versioned: bool) -> types.CodeAction:
    front = checked.post.source.front if checked.post else ""
    span, words = with_allow(front, finding.rule, PLACEHOLDER)
    start = checked.start(finding.post) - len(finding.post.source.front)
    return types.CodeAction(
        title=f"Allow `{finding.rule}` here, with a reason",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[of_finding(checked, finding)],
        edit=_edit(checked, [_text_edit(checked, start, span, words)], versioned),
    )


def _explained(checked: Checked, finding: Finding) -> types.CodeAction:
    title = f"Explain `{finding.rule}`"
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[of_finding(checked, finding)],
        command=types.Command(title, EXPLAIN, arguments=[finding.rule, checked.document.uri]),
    )


def _fix_all(checked: Checked, versioned: bool) -> list[types.CodeAction]:
    """Every safe fix at once, none where another was taken before it on the same words."""
    edits: list[types.TextEdit] = []
    end = -1
    fixes = [(fix, checked.start(one.post)) for one in checked.findings for fix in one.fixes if fix.safe]
    for fix, start in sorted(fixes, key=lambda pair: pair[1] + pair[0].span.start):
        if start + fix.span.start > end:
            edits.append(_text_edit(checked, start, fix.span, fix.text))
            end = start + fix.span.end
    if not edits:
        return []
    title = "Take every safe fix of postlint"
    return [types.CodeAction(title=title, kind=FIX_ALL, edit=_edit(checked, edits, versioned))]


def _text_edit(checked: Checked, start: int, span: Span, words: str) -> types.TextEdit:
    return types.TextEdit(checked.document.table.range(Span(start + span.start, start + span.end)), words)


def _edit(checked: Checked, edits: list[types.TextEdit], versioned: bool) -> types.WorkspaceEdit:
    document = checked.document
    if not versioned:
        return types.WorkspaceEdit(changes={document.uri: edits})
    which = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(which, list(edits))])
