"""Every format: what it says of a finding, and that no text whatever makes it say anything else."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
import xmlschema
import yaml
from hypothesis import given
from hypothesis import strategies as st

from linter.config import DEFAULT
from linter.finding import Allowed, Finding, Fix, Level, Related, unreadable_finding
from linter.formats import FORMATS, SHOW_ALLOWED, Style, written
from linter.formats.format import safe
from linter.formats.xml_text import legal
from linter.post import Post, Source, Unreadable
from linter.schema import schema
from linter.text import Span
from linter.workspace import Workspace
from tests.conftest import ROOT

jsonschema = pytest.importorskip("jsonschema", reason="comes with the test extra")

HERE = Path(__file__).parent
RULES = {rule.id: rule for rule in Workspace().rules_for(DEFAULT)}
HOSTILE = [
    "",
    "plain",
    "::error::no",
    "##vso[task.setvariable variable=a]b",
    "a,b:c;d]e%25f%0Ag%AZP25h",
    "two\nlines\r\nand\rmore",
    "]]> --> <!-- &amp; <b a='\"'>",
    "# SKIP no \\# TODO \\",
    "\0\x07\x1b[31m\x7f\x85\u2028\u2029\u202e\ufffe\uffff",
    "\ud800 \udc80 \udfff",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301 \t  ",
    "--- \n...\n1..9\nok 1",
    "{\"a\": '\\u0000\\ud800'}",
]
ANY_TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=())))


def finding(
    path: str = "drafts/a.md", text: str = "Hi.\nYou are scum.", words: str = "scum", message: str = "Is it?", **more: Any
) -> Finding:  # fmt: skip
    """A finding on some words of a draft that has three lines of front matter."""
    source = more.pop("source", Source(path, line=4))
    post = Post(more.pop("post_id", path), text, source)
    start = text.index(words)
    known = {"rule": "insult", "clause": "G18", "level": Level.ERROR, "status": "stable", **more}
    return Finding(post, Span(start, start + len(words)), message=message, **known)


def shown(name: str, *findings: Finding) -> str:
    return "".join(written(name, findings, Style(rules=RULES)))


def sarif(*findings: Finding) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(shown("sarif", *findings))["runs"][0]
    return run


def unescaped(text: str, codes: dict[str, str]) -> str:
    """Text as a build server reads it: each code once, never the outcome of another."""
    return re.sub("|".join(map(re.escape, codes)), lambda found: codes[found[0]], text)


GITHUB = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}
AZURE = {"%AZP25": "%", "%0D": "\r", "%0A": "\n", "%3B": ";", "%5D": "]"}


def github(line: str) -> tuple[str, dict[str, str], str]:
    command, _, rest = line.removesuffix("\n").removeprefix("::").partition(" ")
    listed, _, message = rest.partition("::")
    keys = dict(pair.split("=", 1) for pair in listed.split(","))
    return command, {key: unescaped(value, GITHUB) for key, value in keys.items()}, unescaped(message, GITHUB)


def azure(line: str) -> tuple[dict[str, str], str]:
    listed, _, message = line.removesuffix("\n").removeprefix("##vso[task.logissue ").partition("]")
    keys = dict(pair.split("=", 1) for pair in listed.split(";") if pair)
    return {key: unescaped(value, AZURE) for key, value in keys.items()}, unescaped(message, AZURE)


def kept_lines(text: str) -> str:
    """Text as the formats of a line show it: made safe but for its line ends."""
    return "".join(part if part in "\r\n" else safe(part) for part in re.split("([\r\n])", text) if part)


def no_halves(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, st.sampled_from(list(FORMATS)))
def test_any_text_can_be_written_as_utf_8(path: str, text: str, message: str, name: str) -> None:
    allowed = finding(path, text, text, message, allowed=Allowed(message, "post"))
    output = shown(name, finding(path, text, text, message, suggestion=message), allowed)
    assert output.encode().decode() == output


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_lines_for_build_servers_stay_one_and_are_read_as_they_were_meant(
    path: str, text: str, message: str
) -> None:
    one = finding(path, text, text, message)
    for name in ("github", "azure"):
        assert len(shown(name, one).splitlines()) == 1
    command, keys, said = github(shown("github", one))
    assert (command, said) == ("error", kept_lines(message))
    assert keys["title"] == "postlint: insult"
    assert kept_lines(Path(path).as_posix()) == keys["file"]
    keys, said = azure(shown("azure", one))
    assert said == kept_lines(message)
    assert (keys["sourcepath"], keys["type"]) == (kept_lines(Path(path).as_posix()), "error")


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_xml_is_well_formed_and_holds_what_it_was_given(path: str, text: str, message: str) -> None:
    one, stands = finding(path, text, text, message), finding(allowed=Allowed(text, "baseline"))
    error = ET.fromstring(shown("checkstyle", one)).find("file/error")
    assert error is not None
    assert error.get("message") == legal(message)
    suites = ET.fromstring(shown("junit", one, stands))
    failure, skipped = suites.find(".//failure"), suites.find(".//skipped")
    assert failure is not None
    assert failure.get("message") == legal(message)
    assert skipped is not None
    assert skipped.text == legal(f"allowed: {text}")
    assert shown("junit", one, stands).isascii()


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_json_is_read_back_as_it_was_meant(path: str, text: str, message: str) -> None:
    one = finding(path, text, text, message)
    (result,) = sarif(one)["results"]
    (issue,) = json.loads(shown("gitlab", one))
    (diagnostic,) = json.loads(shown("rdjson", one))["diagnostics"]
    (record,) = json.loads(shown("json", one))
    assert json.loads(shown("jsonl", one)) == record
    said = (result["message"]["text"], issue["description"], diagnostic["message"], record["message"])
    assert set(said) == {no_halves(message)}
    assert record["path"] == no_halves(path)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_tap_has_a_line_a_finding_and_yaml_that_can_be_read(path: str, text: str, message: str) -> None:
    one, stands = finding(path, text, text, message), finding(path, text, text, allowed=Allowed(text, "post"))
    lines = shown("tap", one, stands).split("\n")
    assert [lines[0], lines[-2], lines[-1]] == ["TAP version 13", "1..2", ""]
    results = [line for line in lines if re.match(r"(not )?ok\b", line)]
    assert [bool(re.search(r"(?<!\\)(?:\\\\)*# ?SKIP ", line)) for line in results] == [False, True]
    assert lines[2] == "  ---"
    told = yaml.safe_load("\n".join(lines[3 : lines.index("  ...")]))
    assert told.get("message", "") == safe(legal(message))


@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_a_uri_keeps_the_bytes_of_a_name(name: str) -> None:
    uri = sarif(finding(name))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"(file://)?[A-Za-z0-9/._~%:-]*", uri)
    whole = re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", Path(name).as_posix())
    assert unquote_to_bytes(uri.removeprefix("file://")) == whole.encode("utf-8", "surrogateescape")


FOUND = [
    finding(),
    finding(text="🇬🇧 é scum", level=Level.WARNING, suggestion="Say what they did.", fixes=(Fix(Span(3, 4), "e", "plain", True),)),
    finding(level=Level.SUGGESTION, status="trial"),
    finding("b c/é.md", words="", level=Level.SUGGESTION, rule="say-hello"),
    finding("p.jsonl", source=Source("p.jsonl", 7, record=True), post_id="31", fixes=(Fix(Span(0, 1), "", "cut"),)),
    finding(rule="allow-unused", clause="house", level=Level.SUGGESTION),
    finding(related=(Related(Post("x", "Who?", Source("x.jsonl", 3, record=True)), Span(0, 4), "asked here"),)),
    unreadable_finding(Unreadable("nope.md", None, "no such file")),
]  # fmt: skip
STANDS = [finding(allowed=Allowed("a quotation", where)) for where in ("post", "configuration", "baseline")]


@pytest.mark.parametrize("findings", [[], FOUND, FOUND + STANDS], ids=["none", "each kind", "allowed too"])
def test_what_is_written_is_valid(findings: list[Finding]) -> None:
    for name in ("junit", "checkstyle"):
        faults = xmlschema.XMLSchema11(str(HERE / f"{name}.xsd")).iter_errors(shown(name, *findings))
        assert [fault.reason for fault in faults] == []
    rdjson = jsonschema.Draft202012Validator(json.loads((HERE / "rdjson.schema.json").read_text("utf-8")))
    assert [fault.message for fault in rdjson.iter_errors(json.loads(shown("rdjson", *findings)))] == []
    ours = jsonschema.Draft202012Validator(schema("finding"))
    for record in json.loads(shown("json", *findings)):
        assert [fault.message for fault in ours.iter_errors(record)] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("github", "::error file=drafts/a.md,line=5,endLine=5,col=9,endColumn=13,title=postlint%3A insult::Is it?\n"),
        ("azure", "##vso[task.logissue type=error;sourcepath=drafts/a.md;linenumber=5;columnnumber=9;code=insult;]Is it?\n"),
        ("tap", 'TAP version 13\nnot ok 1 - drafts/a.md:5:9 insult\n  ---\n  message: "Is it?"\n  severity: "error"\n  ...\n1..1\n'),
        ("concise", "drafts/a.md:5:9: error: Is it? [insult]\n"),
    ],
)  # fmt: skip
def test_what_a_plain_finding_looks_like(name: str, expected: str) -> None:
    assert shown(name, finding()) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", ""), ("concise", ""), ("jsonl", ""), ("json", "[]\n"), ("gitlab", "[]\n"), ("github", ""), ("azure", ""),
        ("rdjson", '{"source": {"name": "postlint"}, "diagnostics": []}\n'), ("tap", "TAP version 13\nok 1 - nothing to remark on\n1..1\n"),
        ("checkstyle", '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n</checkstyle>\n'),
    ],
)  # fmt: skip
def test_what_no_finding_looks_like_and_an_allowed_one_where_there_is_no_place_for_it(
    name: str, expected: str
) -> None:
    assert shown(name) == expected
    if name not in SHOW_ALLOWED:
        assert shown(name, *STANDS) == expected


def test_levels_and_status_in_each_format() -> None:
    levels = [finding(level=level) for level in Level]
    trial = finding(status="trial")
    assert [result["level"] for result in sarif(*levels)["results"]] == ["note", "warning", "error"]
    assert [github(line)[0] for line in shown("github", *levels).splitlines()] == [
        "notice",
        "warning",
        "error",
    ]
    assert [azure(line)[0]["type"] for line in shown("azure", *levels).splitlines()] == ["warning", "warning", "error"]  # fmt: skip
    assert "]Only a suggestion: " in shown("azure", levels[0])
    assert [issue["severity"] for issue in json.loads(shown("gitlab", *levels))] == ["info", "minor", "major"]
    assert [line.partition(" # ")[2] for line in shown("tap", *levels, trial).split("\n") if " ok " in f" {line}"] == ["TODO suggestion", "", "", "TODO on trial"]  # fmt: skip
    suite = ET.fromstring(shown("junit", *levels, trial, FOUND[-1]))[0]
    assert [case[0].tag for case in suite] == ["skipped", "failure", "failure", "skipped"]
    assert suite.attrib.items() >= {"tests": "4", "failures": "2", "errors": "0", "skipped": "2"}.items()


@pytest.mark.parametrize("name", FORMATS)
def test_what_could_not_be_read_is_an_error_everywhere(name: str) -> None:
    said = shown(name, FOUND[-1])
    assert "nope.md" in said
    assert re.search("error|major|not ok", said, re.IGNORECASE)


def test_a_record_has_no_columns_in_its_file_and_no_fixes() -> None:
    record = FOUND[4]
    assert record.post.source.record
    (result,) = sarif(record)["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "31"}]
    assert "fixes" not in result
    (diagnostic,) = json.loads(shown("rdjson", record))["diagnostics"]
    assert diagnostic["location"]["range"] == {"start": {"line": 7}, "end": {"line": 7}}
    assert "suggestions" not in diagnostic
    assert "col" not in github(shown("github", record))[1]
    assert "columnnumber" not in azure(shown("azure", record))[0]
    assert 'line="7" severity' in shown("checkstyle", record)


def test_columns_count_bytes_for_reviewdog_and_code_points_for_the_others() -> None:
    flagged = FOUND[1]
    (diagnostic,) = json.loads(shown("rdjson", flagged))["diagnostics"]
    assert diagnostic["location"]["range"]["start"] == {"line": 4, "column": 13}
    suggestion = {
        "range": {"start": {"line": 4, "column": 10}, "end": {"line": 4, "column": 12}},
        "text": "e",
    }
    assert diagnostic["suggestions"] == [suggestion]
    (result,) = sarif(flagged)["results"]
    region = {"startLine": 4, "startColumn": 6, "endLine": 4, "endColumn": 10}
    assert result["locations"][0]["physicalLocation"]["region"] == region
    change = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["deletedRegion"] == {"startLine": 4, "startColumn": 4, "endLine": 4, "endColumn": 5}
    assert change["insertedContent"] == {"text": "e"}
    assert 'column="6"' in shown("checkstyle", flagged)


def test_a_span_over_two_lines_has_no_columns_on_github() -> None:
    keys = github(shown("github", finding(text="You\nscum", words="You\nscum")))[1]
    assert (keys["line"], keys["endLine"], "col" in keys, "endColumn" in keys) == ("4", "5", False, False)


def test_sarif_describes_every_rule_once_and_points_to_it() -> None:
    run = sarif(*FOUND, *STANDS)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["insult", "say-hello", "allow-unused", "unreadable"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all(rule["shortDescription"]["text"] for rule in rules)
    assert rules[0]["fullDescription"]["text"] in " ".join(RULES["insult"].why.split())
    related = run["results"][6]["relatedLocations"][0]
    assert related["message"] == {"text": "asked here"}
    assert related["physicalLocation"]["region"] == {"startLine": 3}


def test_what_is_allowed_is_suppressed_in_sarif_and_skipped_in_junit_and_tap() -> None:
    suppressions = [result["suppressions"] for result in sarif(finding(), *STANDS)["results"]]
    kinds = [[one["kind"] for one in given] for given in suppressions]
    assert kinds == [[], ["inSource"], ["external"], ["external"]]
    assert suppressions[1][0]["justification"] == "a quotation"
    assert [case[0].text for case in ET.fromstring(shown("junit", *STANDS))[0]] == [
        "allowed: a quotation"
    ] * 3
    assert shown("tap", STANDS[0]).split("\n")[1] == "ok 1 - drafts/a.md:5:9 insult # SKIP a quotation"


def marks(*findings: Finding) -> list[list[str]]:
    """The fingerprints of findings on GitLab and in SARIF."""
    results = sarif(*findings)["results"]
    return [
        [issue["fingerprint"] for issue in json.loads(shown("gitlab", *findings))],
        [result["partialFingerprints"]["postlint/v1"] for result in results],
    ]


def test_a_fingerprint_stays_when_lines_above_move_and_no_two_are_alike() -> None:
    moved = finding(text="Another line.\n\nHi.\nYou are scum.")
    assert marks(finding()) == marks(moved)
    for found in marks(finding(), finding(), finding(rule="slogans"), finding(text="Hi. scum")):
        assert len(set(found)) == 4


def test_a_fingerprint_does_not_hang_on_other_files() -> None:
    gitlab, in_sarif = marks(finding("z.md"), finding())
    assert [gitlab[1], in_sarif[1]] == [found[0] for found in marks(finding())]
    assert gitlab[0] != gitlab[1]


@pytest.mark.parametrize("name", FORMATS)
def test_findings_are_written_as_they_come(name: str) -> None:
    asked: list[int] = []

    def come() -> Any:
        for number in range(100):
            asked.append(number)
            yield finding(f"{number}.md")

    pieces = written(name, come(), Style(rules=RULES))
    said = ""
    while "0.md" not in said:
        said += next(pieces)
    assert len(asked) <= 2


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/é.md", "a%20b/%C3%A9.md"),
        ("./a.md", "a.md"),
        ("../a.md", "../a.md"),
        ("c:d.md", "c%3Ad.md"),
        ("<stdin>", "%3Cstdin%3E"),
        ("a#b?c%.md", "a%23b%3Fc%25.md"),
        ("\udcff.md", "%FF.md"),
        ("/elsewhere/a b.md", "file:///elsewhere/a%20b.md"),
        (str(ROOT / "drafts" / "a.md"), "drafts/a.md"),
    ],
)
def test_uris(path: str, uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    location = sarif(finding(path))["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": uri}
