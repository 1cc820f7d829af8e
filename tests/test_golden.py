"""The sample posts get exactly the findings that were read and agreed to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.finding import Finding, Level
from linter.run import Judged, run
from linter.workspace import Workspace
from tests.conftest import ROOT

DRAFTS = ROOT / "corpora" / "drafts"
MILLBECK, HARBOURSIDE = (ROOT / "corpora" / "history" / name for name in ("millbeck", "harbourside"))
GOLDEN = {
    DRAFTS: ROOT / "corpora" / "drafts.golden.jsonl",
    MILLBECK / "posts.jsonl": MILLBECK / "golden.jsonl",
    HARBOURSIDE / "posts.jsonl": HARBOURSIDE / "golden.jsonl",
}
"""What is linted, and the findings it should get."""

NOTED = {
    "bombarding": "pitch-after-pitch",
    "early-pitch": "pitch-before-talk",
    "battering": "leave-it-there",
    "same-point": "same-point-again",
    "rattled": "heat-for-heat",
    "unanswered": "question-still-waits",
    "talks-past": "talks-past",
    "demand": "admit-it",
}
"""What a reader who had not seen the rules noted of Millbeck's posts, and the rule that should say it."""


def judged(source: Path) -> Iterator[Judged]:
    workspace = Workspace()
    outcomes = run(workspace, workspace.read([str(source)]))
    yield from (outcome for outcome in outcomes if isinstance(outcome, Judged))


def found(source: Path) -> Iterator[dict[str, object]]:
    for outcome in judged(source):
        yield from map(record, outcome.findings)


def record(finding: Finding) -> dict[str, object]:
    """A finding as the golden file holds it: rule and words, and the posts it points to; no score."""
    words = finding.post.words(finding.span)
    line: dict[str, object] = {
        "post": finding.post.id,
        "level": str(finding.level),
        "rule": finding.rule,
        "words": words,
    }
    related = [related.post.id for related in finding.related if related.post.id]
    return {**line, "related": related} if related else line


@pytest.mark.parametrize("source", GOLDEN, ids=lambda source: source.parent.name)
def test_the_posts_get_the_golden_findings(source: Path) -> None:
    golden = [json.loads(line) for line in GOLDEN[source].read_text("utf-8").splitlines()]
    assert list(found(source)) == golden


def test_the_well_behaved_campaign_gets_no_warning() -> None:
    assert [one for one in found(HARBOURSIDE / "posts.jsonl") if one["level"] != str(Level.SUGGESTION)] == []


def test_every_fault_that_the_history_was_written_to_hold_is_found() -> None:
    notes = [json.loads(line) for line in (MILLBECK / "notes.jsonl").read_text("utf-8").splitlines()]
    said: dict[str, set[object]] = {rule: set() for rule in NOTED.values()}
    for outcome in judged(MILLBECK / "posts.jsonl"):
        for finding in outcome.findings:
            if (
                finding.rule == NOTED["unanswered"]
            ):  # noted on the question, found on the post that leaves it waiting
                said[finding.rule] |= {related.post.id for related in finding.related}
            elif finding.rule in said:
                said[finding.rule].add(outcome.post.id)
    agreed = Counter(note["what"] for note in notes if note["post"] in said[NOTED[note["what"]]])
    assert agreed.keys() == NOTED.keys()
    rules = {finding["rule"] for finding in found(MILLBECK / "posts.jsonl")}
    assert {"platforms-unused", "rooms-unused", "more-posts-than-replies"} <= rules


def test_the_corpus_holds_what_it_should() -> None:
    drafts = [path for path in DRAFTS.rglob("*") if path.suffix in (".md", ".txt")]
    assert len(drafts) >= 60
    assert any(b"\r\n" in path.read_bytes() for path in drafts)
    posts = [json.loads(line) for line in (MILLBECK / "posts.jsonl").read_text("utf-8").splitlines()]
    own = [post for post in posts if post["author"] == "millbeck-greens"]
    assert len(own) >= 400
    assert len({post["room"] for post in own}) == 6
    assert len({post["platform"] for post in own}) == 3


if __name__ == "__main__":
    # After a change that is meant: python -m tests.test_golden, then read the difference line by line.
    for source, golden in GOLDEN.items():
        golden.write_text(
            "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found(source)), "utf-8"
        )
