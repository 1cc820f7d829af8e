"""`rules --from-allows`: what people let stand becomes good examples that a rule author can paste."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from linter.cli import main
from linter.dismissals import Dismissal, as_yaml
from linter.lexicon import rules_root


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def postlint(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def draft(name: str, allow: str, text: str, more: str = "") -> None:
    Path(name).write_text(f"---\n{more}allow: {{{allow}}}\n---\n{text}\n", "utf-8")


def given_back(*paths: str) -> dict[str, list[dict[str, object]]]:
    result = postlint("rules", "--from-allows", *paths)
    assert result.exit_code == 0, result.output
    held: dict[str, list[dict[str, object]]] = yaml.safe_load(result.stdout) or {}
    return held


INSULT = "insult: quotes the film"


@pytest.mark.parametrize(
    ("allow", "text", "more", "expected"),
    [
        (INSULT, "Thanks all. It is late.", "", {}),
        ("insult: ''", "Hello. You people are scum!", "", {"insult": [{"text": "You people are scum!"}]}),
        (INSULT, "Hello all. You people are scum. Good night.", "", {"insult": [{"text": "You people are scum."}]}),
        (
            INSULT,
            "You people are scum. Oh.\nYou people are scum. You people are 'scum', Sam: no, really.",
            "platform: facebook\n",
            {"insult": [{"text": "You people are scum."}]},
        ),
        (
            "exclamation-row: our own chant",
            "Hello. We won!!! 🎉 Good night.",
            "",
            {"exclamation-row": [{"text": "We won!!! 🎉"}]},
        ),
        (
            "thank-the-room: thanked in person",
            "Hello all, I stand for the council.\n\nSee you there.",
            "platform: facebook\nroom_kind: community\nstage: arrive\nauthor: us\n",
            {
                "thank-the-room": [
                    {
                        "text": "Hello all, I stand for the council.\n\nSee you there.",
                        "context": {"room_kind": "community", "stage": "arrive"},
                    }
                ]
            },
        ),
    ],
)  # fmt: skip
def test_the_smallest_text_and_context_of_which_the_rule_still_speaks(
    team: Path, allow: str, text: str, more: str, expected: dict[str, object]
) -> None:
    draft("a.md", allow, text, more)
    assert given_back() == expected


def test_no_more_sentences_than_a_rule_about_length_needs(team: Path) -> None:
    draft("a.md", "too-long: a thread", "How did the fair go for you? " * 20, "platform: twitter\nvisit: 3\n")
    (found,) = given_back()["too-long"]
    assert 280 < len(str(found["text"])) < 560
    assert found["context"] == {"platform": "twitter"}


def test_the_reason_and_the_place_stand_beside_each_as_a_comment(team: Path) -> None:
    draft("a.md", "insult: 'quotes: the # film'", "Hello.\nYou people are scum.")
    expected = 'insult:\n    # quotes: the # film (a.md:5)\n    - {text: "You people are scum."}\n'
    assert postlint("rules", "--from-allows").stdout == expected


def test_what_the_configuration_allows_is_given_too_and_what_a_baseline_lets_stand_is_not(team: Path) -> None:
    Path("a.md").write_text("You people are scum.\n")
    Path(".postlint.yaml").write_text("allow: {rule: insult, posts: a.md, reason: a film night}\n")
    assert "# a film night (a.md:1)" in postlint("rules", "--from-allows").stdout
    Path(".postlint.yaml").write_text("baseline: b.json\n")
    postlint("baseline", "write")
    assert postlint("rules", "--from-allows").stdout == "# Nothing is allowed in these posts.\n"


def test_a_rule_that_looks_back_says_that_its_history_is_missing(team: Path) -> None:
    Path(".postlint.yaml").write_text(
        "author: us\nrooms: {mill: {platform: facebook, kind: community}}\nposts: .\n"
    )
    pitches = ("Labour will fix the crossing.", "Vote Labour, please.", "Vote Labour on Thursday.")
    for day, text in enumerate(pitches, 1):
        draft(f"{day}.md", "pitch-after-pitch: polling week", text, f"room: mill\ndate: 2026-04-0{day}\n")
    found = postlint("rules", "--from-allows").stdout
    assert "# this rule looks back: add the `history` that it answers to\n" in found
    assert yaml.safe_load(found)["pitch-after-pitch"][0]["context"]["date"] == "2026-04-03"


def pasted(rule: str, chapter: str) -> Path:
    """A rule with what is given back pasted under its good examples."""
    lines = postlint("rules", "--from-allows", "drafts").stdout.splitlines()
    assert lines[0] == f"{rule}:"
    text = (Path(str(rules_root())) / chapter / f"{rule}.yaml").read_text("utf-8")
    head, good, tail = text.partition("  good:\n")
    place = Path("rules", chapter, f"{rule}.yaml")
    place.parent.mkdir(parents=True)
    place.write_text(head + good + "\n".join(lines[1:]) + "\n" + tail, "utf-8")
    return place


@pytest.mark.parametrize(
    ("rule", "chapter", "text", "more"),
    [
        ("exclamation-row", "manner", "Hello. Sam said: yes, we won!!! 🎉", ""),
        ("insult", "disagreeing", "Well: it's 9 #o'clock. You people are scum, all - {a: b}", "lang: en\n"),
        ("thank-the-room", "entering", "Hello: I am new.\n\n- one\n- two # three\n", "room_kind: community\nvisit: 1\n"),
        ("shouting", "manner", "THIS IS ALL WRONG AND YOU KNOW IT", "election: true\ndate: 2026-04-01T10:30\n"),
    ],
)  # fmt: skip
def test_pasted_into_a_rule_it_is_read_and_the_rule_still_speaks_of_it(
    team: Path, rule: str, chapter: str, text: str, more: str
) -> None:
    Path("drafts").mkdir()
    draft("drafts/a.md", f"{rule}: a reason", text, more)
    result = postlint("test", str(pasted(rule, chapter)))
    assert result.exit_code == 1, result.output
    assert f"differs  {rule}" in result.output
    assert "1 example differs" in result.output


def test_paths_without_the_option_and_what_cannot_be_read_are_said(team: Path) -> None:
    result = postlint("rules", "drafts")
    assert (result.exit_code, "`drafts`: PATHS go with --from-allows" in result.stderr) == (2, True)
    result = postlint("rules", "--from-allows", "--coverage")
    assert (result.exit_code, "one of --coverage and --from-allows at a time" in result.stderr) == (2, True)
    draft("a.md", INSULT, "You people are scum.")
    result = postlint("rules", "--from-allows", "a.md", "nowhere.md")
    assert (result.exit_code, "nowhere.md: no such file" in result.stderr) == (2, True)
    assert "scum" in result.stdout


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(text=WORDS, reason=WORDS, place=WORDS, room=WORDS)
def test_whatever_the_words_are_the_yaml_gives_them_back(
    text: str, reason: str, place: str, room: str
) -> None:
    one = Dismissal("insult", place, reason, text, {"room": room, "visit": 2, "paid": True}, False)
    lines = list(as_yaml([one]))
    assert len(lines) == 3
    assert yaml.safe_load("\n".join(lines)) == {
        "insult": [{"text": text, "context": {"room": room, "visit": 2, "paid": True}}]
    }
