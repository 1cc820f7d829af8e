"""The command as a person runs it: text in, lines and an exit status out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linter.cli import main
from linter.formats import FORMATS
from tests.conftest import ROOT

SCUM = "You people are scum."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def postlint(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


def write(name: str, text: str | bytes) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def records(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    "text",
    [
        "He is not a liar.",
        "She said “you are scum”.",
        "I don’t hate them.",
        "Killer view, absolutely sick chips!",
        "Thanks for the lift, Sam. How is your mum?",
        "Labour of love, that shed.",
    ],
)
def test_what_must_stay_silent(text: str) -> None:
    result = postlint("check", "-", "--format", "concise", stdin=text)
    assert result.stdout == ""
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("name", "data", "line", "column", "words"),
    [
        ("a.md", "You people are scum.", 1, 16, "scum"),
        ("a.md", "These councillors are vermin.", 1, 23, "vermin"),
        ("a.md", "🇬🇧 You people are scum.", 1, 19, "scum"),
        (
            "a.md",
            "---\r\nvisit: 2\r\n---\r\nHello.\r\n\r\n🏴󠁧󠁢󠁥󠁮󠁧󠁿 These councillors are vermin.\r\n",
            6,
            31,
            "vermin",
        ),
        (
            "a.jsonl",
            '{"text": "ok then"}\n{"text": "Hi\\n\\ud83c\\uddec\\ud83c\\udde7 You people are scum."}\n',
            2,
            19,
            "scum",
        ),
        ("a.csv", 'text,id\n"one\ntwo",1\n"Hi\nYou people are scum.",2\n', 4, 16, "scum"),
    ],
)
def test_an_insult_is_found_at_the_right_place(
    name: str, data: str, line: int, column: int, words: str
) -> None:
    result = postlint("check", write(name, data), "--format", "jsonl", "--fail-on", "error")
    (found,) = [record for record in records(result) if record["level"] == "error"]
    assert (found["line"], found["column"]) == (line, column)
    assert found["end_column"] == column + len(words)
    assert result.exit_code == 1


def test_exit_status_2_beats_1_and_the_rest_is_still_checked() -> None:
    result = postlint("check", "nope.md", write("a.md", SCUM), "--format", "concise")
    assert result.exit_code == 2
    assert "nope.md:1:1: error: no such file or folder [unreadable]" in result.stdout
    assert "a.md:1:16" in result.stdout


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], 1),
        (["--exit-zero"], 0),
        (["--fail-on", "suggestion"], 1),
        (["--ignore", "disagreeing,manner"], 0),
        (["--select", "G4"], 0),
    ],
)
def test_exit_status(options: list[str], status: int) -> None:
    assert postlint("check", write("a.md", SCUM), *options).exit_code == status


def test_the_configuration_sets_the_level_that_fails() -> None:
    write("a.md", "The Tories are baying like hyenas.")
    assert postlint("check", "a.md").exit_code == 0
    write(".postlint.yaml", "fail_on: warning\n")
    assert postlint("check", "a.md").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "did you mean check?"),
        (["explain", "thank-the-roon"], "did you mean thank-the-room?"),
        (["check", "--select", "thank-the-roon"], "did you mean thank-the-room?"),
        (["check", "--rules", "nowhere"], "no such rule file or folder"),
    ],
)
def test_names_that_are_none_are_met_with_the_nearest(arguments: list[str], said: str) -> None:
    write("a.md", "Hello")
    result = postlint(*arguments)
    assert said in result.output
    assert result.exit_code == 2


def test_every_mistake_of_a_configuration_is_printed_and_nothing_runs() -> None:
    write(".postlint.yaml", "post: a\nfail_on: never\n")
    result = postlint("check", write("a.md", SCUM))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert ".postlint.yaml:1:" in result.stderr
    assert ".postlint.yaml:2:" in result.stderr


def test_a_rule_that_is_none_is_named_with_its_line() -> None:
    write(".postlint.yaml", "rules:\n  thank-the-roon: off\n")
    result = postlint("check", write("a.md", "Hello"))
    assert (
        ".postlint.yaml:2: `rules` names `thank-the-roon`, which is no rule; did you mean thank-the-room?"
        in result.stderr
    )
    assert result.exit_code == 2


TEAM_RULE = """\
id: no-potholes
title: Potholes again
clause: house
why: Everybody has heard about the potholes by now, so say something new for once.
level: error
check:
  phrase: {terms: [pothole~]}
message: Have they heard about the potholes already?
suggestion: Ask what else is on their mind.
false_alarms: A post in answer to a question about potholes.
examples:
  bad:
    - {text: "Potholes!", flag: [Potholes]}
  good:
    - {text: "Hello."}
"""


def test_a_teams_own_rule_joins_in() -> None:
    write("our-rules/no-potholes.yaml", TEAM_RULE)
    write("a.md", "The potholes are back. What next?")
    assert "[no-potholes]" in postlint("check", "a.md", "--rules", "our-rules").stdout
    write(".postlint.yaml", "rule_paths: [our-rules]\nrules: {no-potholes: {level: warning, add: [ruts]}}\n")
    result = postlint("check", write("a.md", "Ruts everywhere."), "--format", "concise")
    assert "warning: Have they heard about the potholes already? [no-potholes]" in result.stdout
    assert result.exit_code == 0


def test_nothing_from_a_post_commands_the_terminal() -> None:
    evil = "You people are \x1b[31mscum\x07\u202e. You people are scum\x9b2J."
    for name in FORMATS:
        result = postlint("check", write("a.md", evil), "--format", name, "--no-color")
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(result.stdout)
        assert result.exit_code == 1


def test_the_words_are_underlined_where_they_stand() -> None:
    lines = postlint(
        "check", write("a.md", "🇬🇧 日本 You people are scum."), "--select", "G18"
    ).stdout.splitlines()
    quoted = next(i for i, line in enumerate(lines) if line.startswith("    🇬🇧"))
    assert lines[quoted + 1].strip() == "^^^^"


def test_a_long_line_is_cut_round_the_words() -> None:
    text = "word " * 200 + "You people are scum. " + "word " * 200
    result = postlint("check", write("a.md", text), "--select", "G18")
    assert max(len(line) for line in result.stdout.splitlines() if line.startswith("    ")) <= 120
    assert "…" in result.stdout


def test_json_is_one_array_even_when_there_is_nothing() -> None:
    assert json.loads(postlint("check", write("a.md", "Hello there."), "--format", "json").stdout) == []
    assert len(json.loads(postlint("check", write("a.md", SCUM), "--format", "json").stdout)) >= 1


def test_a_flag_fills_in_what_a_post_does_not_say() -> None:
    write("a.md", "We have a stall on Saturday by the market cross and a leaflet about buses for you.")
    assert "[thank-the-room]" not in postlint("check", "a.md", "--format", "concise").stdout
    write(".postlint.yaml", "rooms:\n  parents: {kind: community, platform: facebook}\n")
    result = postlint("check", "a.md", "--stage", "arrive", "--room", "parents", "--format", "concise")
    assert "[thank-the-room]" in result.stdout


def test_without_paths_the_folder_of_posts_is_read() -> None:
    write(".postlint.yaml", "posts: drafts\n")
    write("other/b.md", SCUM)
    result = postlint("check", "--format", "concise", "--exit-zero", write("drafts/a.md", SCUM))
    assert postlint("check", "--format", "concise", "--exit-zero").stdout == result.stdout
    assert postlint("check", "other/b.md").stdout == ""


def test_standard_input_takes_its_configuration_from_its_name() -> None:
    write("team/.postlint.yaml", "rules: {}\nextra_keys: [mood]\n")
    result = postlint(
        "check",
        "-",
        "--stdin-filename",
        "team/new.md",
        "--format",
        "concise",
        stdin="---\nmood: fine\n---\n" + SCUM,
    )
    assert "team/new.md:4:16: error:" in result.stdout


def test_score_shows_the_words_and_gives_records_in_order() -> None:
    write("a.jsonl", '{"id": 1, "text": "You people are scum."}\n{"id": 2, "text": "What do you think?"}\n')
    found = records(postlint("score", "a.jsonl", "--format", "jsonl"))
    assert [record["id"] for record in found] == ["1", "2"]
    assert "“scum” (insult)" in postlint("score", "a.jsonl").stdout


def test_a_post_in_another_language_gets_one_note_and_no_finding() -> None:
    text = "---\nlang: cy\n---\nDiolch yn fawr i bawb a ddaeth i'r neuadd. You people are scum.\n"
    result = postlint("check", write("a.md", text), "--format", "concise")
    assert result.stdout == ""
    assert result.stderr.count("a.md") == 1
    assert "English" in result.stderr


def test_rules_and_explain_are_for_reading() -> None:
    listed = postlint("rules")
    assert len(listed.stdout.splitlines()) >= 25
    assert {rule["id"] for rule in json.loads(postlint("rules", "--format", "json").stdout)} >= {
        "thank-the-room"
    }
    assert "It leaves alone:" in postlint("explain", "thank-the-room").stdout


def test_statistics_count_each_rule() -> None:
    result = postlint(
        "check", write("a.md", "You people are scum. They are scum."), "--statistics", "--select", "G18"
    )
    assert "     2  " in result.output


@pytest.mark.parametrize(
    "arguments", [["--help"], ["explain", "thank-the-room"], ["rules"], ["check", "calm.md"]]
)
def test_spacy_is_not_imported_where_no_token_pattern_can_match(arguments: list[str]) -> None:
    write("calm.md", "Lovely morning at the market. What did you all buy?")
    code = f"import sys\nfrom linter.cli import main\ntry: main({arguments!r})\nexcept SystemExit: pass\nassert 'spacy' not in sys.modules\nassert 'textstat' not in sys.modules"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_calm_advice_hears_about_the_animals_only() -> None:
    text = (
        "Come into the group as you would into a pub. Listen first, and don't batter people with slogans.\n\n"
        "Last week at the town hall the councillors were braying like donkeys while Sheila spoke. Did she snap at them? "
        "She waited, smiled and carried on. She knows that nobody there will ever say sorry.\n"
    )
    found = records(postlint("check", write("advice.txt", text), "--format", "jsonl"))
    heated = [record for record in found if record["clause"] in ("G18", "G19", "G20", "G21")]
    assert [text[int(str(r["start"])) : int(str(r["end"]))] for r in heated] == ["braying like donkeys"]
    assert not [record for record in found if record["level"] == "error"]


def test_the_source_of_the_guidance_hears_about_the_hyenas_only() -> None:
    guidance = ROOT.parent / "shared" / "guidance" / "guidance.txt"
    if not guidance.exists():
        return  # it is not part of the project
    found = records(postlint("check", str(guidance), "--format", "jsonl"))
    text = guidance.read_text("utf-8")
    heated = [record for record in found if record["clause"] in ("G18", "G19", "G20", "G21")]
    assert ["hyenas" in text[int(str(r["start"])) - 40 : int(str(r["end"])) + 1] for r in heated] == [True]
    assert not [record for record in found if record["level"] == "error"]
    assert len([record for record in found if record["level"] == "warning"]) <= 4


@pytest.mark.parametrize(
    ("texts", "praise"),
    [
        (["Thanks for the lift, Sam. How is your mum?"], "0.md thanks people and asks them something"),
        (
            ["Thanks, Sam. How is your mum?", "Thank you all. How did you get on at the fair?"],
            "0.md, 1.md thank people and ask them something",
        ),
        (["Thanks, Sam. How is your mum?"] * 5, "0.md, 1.md, 2.md and 2 more thank people"),
    ],
)
def test_a_post_that_thanks_and_asks_hears_so_in_one_line(texts: list[str], praise: str) -> None:
    names = [write(f"{number}.md", text) for number, text in enumerate(texts)]
    assert praise in postlint("check", *names).stderr
    assert "good to read" not in postlint("check", *names, "--quiet").stderr
    assert "good to read" not in postlint("check", *names, "--format", "concise").output


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, Sam.",
        "How is your mum?",
        "Thanks, Sam. You people are scum. How is your mum?",
        "Thanks, Sam. How dare they?!",
        "She said “thanks”. How is your mum?",
    ],
)
def test_what_is_not_praised(text: str) -> None:
    assert "good to read" not in postlint("check", write("a.md", text)).stderr


def test_what_was_said_before_is_shown_with_its_place() -> None:
    lines = [
        {"author": "us", "room": "mill", "room_kind": "community", "date": f"2026-04-0{day}", "text": text}
        for day, text in enumerate(("Vote Labour.", "Vote Labour, please.", "Vote Labour on Thursday."), 1)
    ]
    path = write("posts.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    shown = postlint("check", path, "--select", "pitch-after-pitch").stdout
    assert "posts.jsonl:3:1  warning" in shown
    assert "see  before this: “Vote Labour” (posts.jsonl:2)" in shown
    (record,) = records(postlint("check", path, "--select", "pitch-after-pitch", "--format", "jsonl"))
    assert record["related"] == [
        {"post": f"posts.jsonl:{line}", "path": "posts.jsonl", "line": line, "start": 0, "end": 11, "note": "before this"}
        for line in (2, 1)
    ]  # fmt: skip
