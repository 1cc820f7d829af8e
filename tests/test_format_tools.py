"""What other people's programs make of our formats. They come from npm and Debian; no test here reaches the network.

POSTLINT_NPM names the folder whose node_modules holds @microsoft/sarif-multitool-linux and @umbrelladocs/rdformat-validator.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from linter.cli import main
from linter.formats import Style, written
from tests.conftest import ROOT
from tests.test_formats import FOUND, HOSTILE, RULES, STANDS, finding

pytestmark = pytest.mark.tools

NODE = Path(os.environ.get("POSTLINT_NPM", ROOT)) / "node_modules"
MULTITOOL = NODE / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
RDFORMAT = NODE / "@umbrelladocs" / "rdformat-validator" / "bin" / "rdformat-validator.js"

NO_HOME = "SARIF2005"
"""The one thing that the multitool misses: an address where one could read of the tool. It has none yet."""


def _needs(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} is not there: npm install it, and say where in POSTLINT_NPM")


@pytest.fixture(params=["none", "each kind", "hostile", "drafts", "records"])
def report(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """One run in every format that a program here reads."""
    made = {
        "none": [],
        "each kind": FOUND + STANDS,
        "hostile": [finding(path or "a", text, text, text or "a") for path in HOSTILE for text in HOSTILE],
    }
    if request.param in made:
        style = Style(rules=RULES)
        return {
            name: "".join(written(name, made[request.param], style)) for name in ("sarif", "rdjson", "tap")
        }
    monkeypatch.chdir(ROOT)
    source = {"drafts": "corpora/drafts", "records": "corpora/history/millbeck/posts.jsonl"}[request.param]
    command = ["check", source, "no such file.md", "--format"]
    return {name: CliRunner().invoke(main, [*command, name]).stdout for name in ("sarif", "rdjson", "tap")}


def said(*command: str | Path) -> str:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stdout + result.stderr


def test_the_sarif_multitool_finds_no_fault(report: dict[str, str], tmp_path: Path) -> None:
    _needs(MULTITOOL)
    file = tmp_path / "a.sarif"
    file.write_text(report["sarif"], "utf-8")
    out = said(MULTITOOL, "validate", file, "--level", "Error;Warning")
    assert "Analysis completed successfully" in out, out
    faults = re.findall(r": (?:error|warning) (\w+): .*", out)
    assert [fault for fault in faults if fault != NO_HOME] == [], out


def test_the_multitool_does_find_faults(tmp_path: Path) -> None:
    _needs(MULTITOOL)
    file = tmp_path / "a.sarif"
    text = "".join(written("sarif", [finding()], Style(rules=RULES)))
    file.write_text(text.replace('"startLine": 5', '"startLine": 0'), "utf-8")
    assert re.search(r": error \w+: ", said(MULTITOOL, "validate", file, "--level", "Error;Warning"))


def test_the_validator_for_reviewdog_takes_it(report: dict[str, str], tmp_path: Path) -> None:
    node = shutil.which("node") or pytest.skip("node is not there")
    _needs(RDFORMAT)
    file = tmp_path / "a.json"
    file.write_text(report["rdjson"], "utf-8")
    out = said(node, RDFORMAT, "--strict", "--no-extra-fields", file)
    assert "Valid files: 1" in out, out
    file.write_text(report["rdjson"].replace('"line": ', '"line": -', 1).replace(": []", ": {}"), "utf-8")
    assert "Invalid files: 1" in said(node, RDFORMAT, "--strict", file)


def test_perl_reads_as_many_tests_as_there_are_findings(report: dict[str, str], tmp_path: Path) -> None:
    perl = shutil.which("perl") or pytest.skip("perl is not there")
    if said(perl, "-MTAP::Parser", "-e", "print 1") != "1":
        pytest.skip("perl has no TAP::Parser: it comes with Debian's perl, not with perl-base")
    file = tmp_path / "a.tap"
    file.write_text(report["tap"], "utf-8")
    program = "my $p = TAP::Parser->new({source => $ARGV[0]}); 1 while $p->next; print join ' ', $p->tests_run, scalar $p->skipped, scalar $p->parse_errors"
    ran, skipped, errors = map(int, said(perl, "-MTAP::Parser", "-e", program, file).split())
    results = json.loads(report["sarif"])["runs"][0]["results"]
    assert ran == max(len(results), 1)
    assert skipped == sum(bool(result["suppressions"]) for result in results)
    assert errors == 0
