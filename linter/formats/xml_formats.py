"""`junit` and `checkstyle`: the two XML reports that build servers read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from linter.finding import Finding, Level
from linter.formats.format import Style
from linter.formats.places import LINE_FORM, place_of, relative_path, whole_message

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _words(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


def _value(text: object) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", str(text)))


def junit(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """A test a finding: warnings and errors fail; suggestions and what is allowed are skipped, with the reason. Without any, one passes."""
    cases = [(_case(finding), _verdict(finding)) for finding in findings]
    failures = sum("<failure" in verdict for _, verdict in cases)
    skipped = sum("<skipped" in verdict for _, verdict in cases)
    cases = cases or [('classname="postlint" name="nothing to remark on" time="0"', "")]
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    yield f'{_HEAD}<testsuites {counts} time="0">\n'
    yield f'  <testsuite name="postlint" {counts} skipped="{skipped}" time="0">\n'
    for case, verdict in cases:
        yield f"    <testcase {case}>{verdict}</testcase>\n"
    yield "  </testsuite>\n</testsuites>\n"


def _case(finding: Finding) -> str:
    line, column, _ = finding.post.place(finding.span.start)
    name = f"{finding.rule} at {line}:{column}"
    return f'classname={_value(relative_path(finding))} name={_value(name)} time="0"'


def _verdict(finding: Finding) -> str:
    if finding.allowed:
        return f"<skipped message={_value('allowed: ' + finding.allowed.reason)}/>"
    if finding.level is Level.SUGGESTION or not finding.counts:
        return f"<skipped message={_value(f'{finding.level}: {finding.message}')}/>"
    words = finding.post.words(finding.span)
    told = f"{whole_message(finding)}\n“{words}”" if words else whole_message(finding)
    return f"<failure type={_value(finding.level)} message={_value(finding.message)}>{_words(told)}</failure>"


def checkstyle(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    """Errors by file, with `info` for suggestions."""
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_file[relative_path(finding)].append(finding)
    yield f'{_HEAD}<checkstyle version="4.3">\n'
    for path, found in by_file.items():
        yield f"  <file name={_value(path)}>\n"
        yield from map(_error, found)
        yield "  </file>\n"
    yield "</checkstyle>\n"


def _error(finding: Finding) -> str:
    place = place_of(finding.post, finding.span)
    column = f' column="{place.column}"' if place.column is not None else ""
    return (
        f'    <error line="{place.line}"{column} severity="{LINE_FORM[finding.level]}" '
        f"message={_value(whole_message(finding))} source={_value(f'postlint.{finding.rule}')}/>\n"
    )
