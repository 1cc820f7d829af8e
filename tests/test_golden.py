"""The sample drafts get exactly the findings that were read and agreed to."""

from __future__ import annotations

import json
from collections.abc import Iterator

from linter.finding import Finding
from linter.workspace import Workspace
from tests.conftest import ROOT

DRAFTS = ROOT / "corpora" / "drafts"
GOLDEN = ROOT / "corpora" / "drafts.golden.jsonl"


def found() -> Iterator[dict[str, str]]:
    workspace = Workspace()
    for item, config in workspace.read([str(DRAFTS)]):
        for finding in workspace.linter_for(config).check(item):  # type: ignore[arg-type]
            yield record(finding)


def record(finding: Finding) -> dict[str, str]:
    """A finding as the golden file holds it: rule and words, no score."""
    words = finding.post.words(finding.span)
    return {"post": finding.post.id, "level": str(finding.level), "rule": finding.rule, "words": words}


def test_the_drafts_get_the_golden_findings() -> None:
    golden = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]
    assert list(found()) == golden


def test_the_corpus_holds_what_it_should() -> None:
    drafts = [path for path in DRAFTS.rglob("*") if path.suffix in (".md", ".txt")]
    assert len(drafts) >= 60
    assert any(b"\r\n" in path.read_bytes() for path in drafts)


if __name__ == "__main__":
    # After a change that is meant: python -m tests.test_golden, then read the difference line by line.
    GOLDEN.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found()), "utf-8")
