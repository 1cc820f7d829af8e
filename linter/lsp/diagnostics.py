"""Findings as an editor shows them."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path

from linter.errors import Mistake
from linter.finding import UNREADABLE, Finding, Level, Related
from linter.formats.format import first_line
from linter.lsp.checking import Checked
from linter.lsp.documents import Document
from linter.lsp.positions import LineTable
from linter.text import Span

SOURCE = "postlint"
_SEVERITY = {
    Level.ERROR: types.DiagnosticSeverity.Error,
    Level.WARNING: types.DiagnosticSeverity.Warning,
    Level.SUGGESTION: types.DiagnosticSeverity.Information,
}


def diagnostics(checked: Checked) -> list[types.Diagnostic]:
    """Everything there is to say of a document."""
    return [
        *(of_finding(checked, finding) for finding in checked.findings),
        *(of_mistake(checked.document, mistake) for mistake in checked.mistakes),
    ]


def span_in(checked: Checked, finding: Finding) -> Span:
    """The words of a finding in the document; the first line where it speaks of something missing."""
    span = finding.span
    if span.start == span.end:
        span = first_line(finding.post)
    start = checked.start(finding.post)
    return Span(start + span.start, start + span.end)


def of_finding(checked: Checked, finding: Finding) -> types.Diagnostic:
    """A finding with its suggestion on the next line."""
    return types.Diagnostic(
        range=checked.document.table.range(span_in(checked, finding)),
        severity=_SEVERITY[finding.level],
        code=finding.rule,
        source=SOURCE,
        message="\n".join(filter(None, (finding.message, finding.suggestion))),
        related_information=[_related(checked, place) for place in finding.related] or None,
        data={"rule": finding.rule, "start": finding.span.start, "end": finding.span.end},
    )


def _related(checked: Checked, place: Related) -> types.DiagnosticRelatedInformation:
    return types.DiagnosticRelatedInformation(types.Location(*_location(checked, place)), place.note)


def _location(checked: Checked, place: Related) -> tuple[str, types.Range]:
    """Where a place lies: in this document, or in another draft as it is on the disk."""
    document, post = checked.document, place.post
    if checked.post is not None and post.source.path == checked.post.source.path:
        start = checked.start(post)
        return document.uri, document.table.range(Span(start + place.span.start, start + place.span.end))
    found = LineTable(post.text, document.encoding).range(place.span)
    before = post.source.line - 1
    for end in (found.start, found.end):
        end.line = before if post.source.record else end.line + before
    return uri_of(Path(post.source.path)), found


def of_mistake(document: Document, mistake: Mistake) -> types.Diagnostic:
    """Something that cannot be read, on its line; on the first where it lies in another file, which is named."""
    path = Path(mistake.path)
    here = path.absolute() == document.path if document.path else path.name == document.untitled_name
    return types.Diagnostic(
        range=document.table.range(document.table.line(mistake.line or 1 if here else 1)),
        severity=types.DiagnosticSeverity.Error,
        code=UNREADABLE,
        source=SOURCE,
        message=mistake.reason if here else f"this is not checked: {mistake}",
        related_information=None if here else [_elsewhere(mistake)],
    )


def _elsewhere(mistake: Mistake) -> types.DiagnosticRelatedInformation:
    start = types.Position((mistake.line or 1) - 1, 0)
    place = types.Location(uri_of(Path(mistake.path)), types.Range(start, start))
    return types.DiagnosticRelatedInformation(place, mistake.reason)


def uri_of(path: Path) -> str:
    """The address of a file."""
    return str(from_fs_path(str(path.absolute())))
