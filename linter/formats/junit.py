"""`junit`: the XML of test runners, which nearly every build server shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from linter.finding import UNREADABLE, Finding, Level
from linter.formats.format import Style
from linter.formats.places import relative_path, whole_message
from linter.formats.xml_text import HEAD, attributes, words

_ALL_WELL = '  <testsuite name="postlint" tests="1" failures="0" errors="0" skipped="0">\n    <testcase classname="postlint" name="nothing to remark on"/>\n  </testsuite>\n'


def junit(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """A suite a file, as its findings come, and in it a test a finding; posts without one are not in the stream.

    Warnings and errors fail; what could not be read is an error. Skipped, with the reason: what somebody allowed, and
    suggestions and rules on trial, which fail nothing by themselves. Without any finding one test passes.
    """
    yield f"{HEAD}<testsuites>\n"
    path = None
    for path, found in groupby(findings, lambda finding: relative_path(finding.post)):
        yield from _suite(path, list(found))
    if path is None:
        yield _ALL_WELL
    yield "</testsuites>\n"


def _suite(path: str, findings: list[Finding]) -> Iterator[str]:
    verdicts = [_verdict(finding) for finding in findings]
    kinds = [kind for kind, _ in verdicts]
    counts: dict[str, object] = {
        "name": path, "tests": len(findings), "failures": kinds.count("failure"), "errors": kinds.count("error"),
        "skipped": kinds.count("skipped"),
    }  # fmt: skip
    yield f"  <testsuite{attributes(counts)}>\n"
    for finding, (_, verdict) in zip(findings, verdicts, strict=True):
        line, column, _ = finding.post.place(finding.span.start)
        name = f"{finding.rule} at {line}:{column}"
        yield f"    <testcase{attributes({'classname': path, 'name': name})}>{verdict}</testcase>\n"
    yield "  </testsuite>\n"


def _verdict(finding: Finding) -> tuple[str, str]:
    """The element of a test that says how it ended, by its name. `skipped` may hold no attribute in older schemas."""
    if finding.allowed:
        return "skipped", f"<skipped>{words(f'allowed: {finding.allowed.reason}')}</skipped>"
    if finding.level is Level.SUGGESTION or not finding.counts:
        trial = " on trial" if finding.status == "trial" else ""
        return "skipped", f"<skipped>{words(f'{finding.level}{trial}: {whole_message(finding)}')}</skipped>"
    kind = "error" if finding.rule == UNREADABLE else "failure"
    said = finding.post.words(finding.span)
    told = words(f"{whole_message(finding)}\n“{said}”" if said else whole_message(finding))
    head = attributes({"type": str(finding.level), "message": finding.message})
    return kind, f"<{kind}{head}>{told}</{kind}>"
