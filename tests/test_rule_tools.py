"""The commands with which people write and prove rules, as a person runs them; and the mutations, each by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linter.cli import main
from linter.config import read_config
from linter.engine import Linter
from linter.mutants import changes
from linter.mutation import mutate, speaks
from linter.proving import analysed, examples_of, outcome
from linter.rulefile import RuleFile, load_rules, packaged_files, packaged_ids, team_files
from linter.setting_up import HOOK, guess_posts
from linter.yamlfile import Mapping, read_yaml
from tests.conftest import ROOT

HEAD = """\
title: t
clause: house
why: w
level: suggestion
message: m?
suggestion: s
false_alarms: f
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def postlint(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


def write(name: str, text: str) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")
    return name


def rule_text(name: str, check: str, bad: str, good: str, more: str = "") -> str:
    return f"id: {name}\n{HEAD}{more}check: {check}\nexamples:\n  bad: [{bad}]\n  good: [{good}]\n"


def rule(name: str, check: str, bad: str, good: str = "{text: Hello.}", more: str = "") -> str:
    return write(f"ours/{name}.yaml", rule_text(name, check, bad, good, more))


WONKY = "{phrase: {terms: [wonky bench~]}}"


# --- test


def test_the_packaged_rules_hold() -> None:
    result = postlint("test")
    assert result.exit_code == 0
    assert "differs" not in result.stdout
    assert result.stdout.endswith(": all as expected.\n")


@pytest.mark.parametrize(
    ("check", "bad", "good", "more"),
    [
        (WONKY, "{text: A wonky bench., flag: [wonky bench]}", "{text: A bench.}", ""),
        (WONKY, "{text: Wonky benches here.}", "{text: '“Wonky bench” she wrote.'}", ""),
        (WONKY, "{text: A wonky bench., context: {stage: talk}}", "{text: A wonky bench.}", "where: {stage: talk}\n"),
        ("{absent: {terms: [hello]}}", "{text: 'Good day to all.', flag: [Good day]}", "{text: Hello you.}", ""),
    ],
)  # fmt: skip
def test_what_holds_is_said_in_one_line(check: str, bad: str, good: str, more: str) -> None:
    result = postlint("test", rule("own", check, bad, good, more))
    assert (
        result.stdout
        == "ok       own                          1 bad, 1 good\n1 rule, 2 examples: all as expected.\n"
    )
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("check", "bad", "good", "more", "said"),
    [
        (WONKY, "{text: A fine bench by the lido.}", "{text: Hi.}", "", ["expected a finding; found nothing", "none of its words was hit"]),
        (WONKY, "{text: 'He wrote “a wonky bench” again.'}", "{text: Hi.}", "", ["quotation", "“wonky bench” (`wonky bench~`)"]),
        (WONKY, "{text: That is not a wonky bench.}", "{text: Hi.}", "", ["a negation spared them"]),
        (
            "{phrase: {terms: [wonky], except: [wonky bench]}}", "{text: A wonky bench.}", "{text: Hi.}", "",
            ["`except` spared them", "`except`: “wonky bench” (`wonky bench`)"],
        ),
        ("{phrase: {terms: [wonky], aimed: true}}", "{text: The bench over at the lido is a bit wonky these days.}", "{text: Hi.}", "", ["`aimed: true`"]),
        (WONKY, "{text: A wonky bench.}", "{text: Hi.}", "where: {stage: talk}\n", ["`where` did not hold: `stage` is not known to be talk"]),
        (WONKY, "{text: A wonky bench.}", "{text: Hi.}", "where: {words_at_least: 9}\n", ["3 words; at least 9"]),
        (WONKY, "{text: A wonky bench., flag: [bench]}", "{text: Hi.}", "", ["expected “bench”; found “wonky bench”"]),
        (WONKY, "{text: A wonky bench.}", "{text: Wonky benches!}", "", ["expected nothing; found “Wonky benches”", "`wonky bench~`"]),
        (WONKY, "{text: A wonky bench.}", "{text: You are vermin.}", "", ["another rule warns of this good post: ", "[vermin, error]"]),
        ("{score: {name: aggressiveness, over: 99}}", "{text: Lovely day at the lido.}", "{text: Hi.}", "", ["aggressiveness is "]),
        ("{phrase: {lexicon: greeting}}", "{text: A bench.}", "{text: Hello everyone.}", "", ["of the list greeting"]),
        ("{phrase: {marks: emoji}}", "{text: A 🌼}", "{text: Oh 🌼 yes.}", "", ["“🌼” (emoji)"]),
        ("{phrase: {terms: [bench]}}", "{text: 'Une belle journée près du banc avec les enfants et bench des voisins.'}", "{text: Hi.}", "", ["does not look like English"]),
    ],
)  # fmt: skip
def test_where_something_differs_it_says_why(
    check: str, bad: str, good: str, more: str, said: list[str]
) -> None:
    result = postlint("test", rule("own", check, bad, good, more))
    assert result.stdout.startswith("differs  own")
    assert [words for words in said if words not in result.stdout] == []
    assert result.exit_code == 1


def test_short_texts_stand_in_the_context_of_the_first_bad_post() -> None:
    bad = "{text: A wonky bench., context: {stage: talk}}"
    path = rule("own", WONKY, bad, more="where: {stage: [talk]}\n")
    with Path(path).open("a") as file:
        file.write("  also: [Wonky benches again.]\n  but_not: [A fine bench.]\n")
    result = postlint("test", path)
    assert "1 bad, 1 also, 1 good, 1 but not" in result.stdout
    assert result.exit_code == 0
    assert "in short: “Wonky benches again.”" in postlint("explain", "own", "--rules", path).stdout
    Path(path).write_text(Path(path).read_text().replace("A fine bench.", "One wonky bench."))
    result = postlint("test", path)
    assert f"{path}:15: but not: “One wonky bench.”" in result.stdout
    assert result.exit_code == 1


def test_json_has_every_example() -> None:
    path = rule("own", WONKY, "{text: A wonky bench., flag: [bench]}")
    result = postlint("test", path, "--format", "json")
    first, second = json.loads(result.stdout)
    assert (first["rule"], first["sort"], first["as_expected"]) == ("own", "bad", False)
    assert (first["expected"], first["found"]) == (["bench"], ["wonky bench"])
    assert (second["sort"], second["as_expected"], second["hints"]) == ("good", True, [])
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("check: {phrase: {terms: [a]}}", "ours/own.yaml:1: `title` is missing"),
        (rule_text("own", "{phrase: {term: [a]}}", "{text: a}", "{text: b}"), "`term` is not a known key; did you mean terms?"),
        (rule_text("other", WONKY, "{text: a}", "{text: b}"), "ours/own.yaml:1: the id is `other`, the file is named `own`"),
        (rule_text("own", WONKY, "{text: a, flag: [z]}", "{text: b}"), "`flag` names “z”, which does not stand in the text"),
        (rule_text("own", WONKY, "{text: a}", "{text: b}") + "  also: [[a]]\n", "ours/own.yaml:13: in `examples`, `also` holds a list"),
        (rule_text("own", WONKY, "{text: a}", "{text: b}") + "  alas: [a]\n", "`alas` is not a known key; did you mean also?"),
        (rule_text("own", WONKY, "{text: Yes, wonky.}", "{text: b}"), "in `bad`, “wonky.” follows a comma; put a text with a comma in quotes"),
        ("check: {phrase", "not YAML"),
        ("", "a rule is a group of keys"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_read_has_its_mistakes_with_lines(text: str, said: str) -> None:
    for command in (("test",), ("rules", "--mutate")):
        result = postlint(*command, write("ours/own.yaml", text))
        assert said in result.stderr
        assert result.exit_code == 2
        assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("test", "nowhere"), "nowhere: no such rule file or folder"),
        (("test", "empty"), "empty: no rule in this folder"),
        (("test", "one", "two"), "two: no such rule file or folder"),
        (("rules", "--mutate", "nowhere"), "nowhere: no such rule file or folder"),
        (
            ("rules", "--mutate", "--select", "threta"),
            "`threta` is no rule, clause or chapter; did you mean threat?",
        ),
        (("rules", "--mutate", "--coverage"), "one of --coverage and --mutate at a time"),
        (("rules", "--fail-under", "3"), "--fail-under goes with --mutate"),
        (("rules", "--mutate", "--rules", "empty"), "name your rules after --mutate, without --rules"),
        (("rules", "--noise", "nowhere.jsonl"), "nowhere.jsonl: no such file or folder"),
        (("try", "nowhere.yaml", "-"), "nowhere.yaml: no such rule file or folder"),
        (("try", "nothing.yaml", "-"), "nothing.yaml:1: `check` is missing"),
        (("try", "rule.yaml", "nowhere.jsonl"), "nowhere.jsonl: no such file or folder"),
        (("diff", "nowhere", "packaged", "-"), "nowhere: no such rule file or folder"),
        (("diff", "packaged", "packaged", "nowhere.md"), "nowhere.md: no such file or folder"),
        (("diff", "twice", "packaged", "-"), "twice/b/x.yaml:1: the id `x` is taken by twice/a/x.yaml"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_exit_is_2(arguments: tuple[str, ...], said: str) -> None:
    Path("empty").mkdir()
    write("nothing.yaml", "")
    for name in ("rule.yaml", "twice/a/x.yaml", "twice/b/x.yaml"):
        write(name, f"check: {WONKY}")
    result = postlint(*arguments, stdin="")
    assert said in result.stderr
    assert result.exit_code == 2


def test_a_packaged_rule_s_own_file_takes_its_place() -> None:
    file = next(file for file in packaged_files() if file.stem == "slogans")
    assert postlint("test", write(f"copy/{file.path}", file.text)).exit_code == 0
    result = postlint("test", write("ours/slogans.yaml", file.text))
    assert "the id `slogans` is taken by rules/talking/slogans.yaml" in result.stderr


# --- rules


def test_coverage_names_every_clause_and_fails_where_one_has_no_rule() -> None:
    result = postlint("rules", "--coverage")
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == [*(f"G{number}" for number in range(1, 24)), "house"]
    records = json.loads(postlint("rules", "--coverage", "--format", "json").stdout)
    bare = [one["clause"] for one in records if all(rule["status"] == "trial" for rule in one["rules"])]
    assert [one["clause"] for one in records if not one["covered"]] == bare
    assert result.exit_code == bool(bare)
    assert lines[-1].endswith(f"none has {', '.join(bare)}." if bare else "a stable rule.")
    some = json.loads(postlint("rules", "--coverage", "--format", "json", "--select", "G4").stdout)
    assert [clause["clause"] for clause in some if clause["covered"]] == ["G4"]


def test_a_trial_covers_nothing() -> None:
    rule("own", WONKY, "{text: A wonky bench.}", more="status: trial\n")
    result = postlint("rules", "--coverage", "--select", "own", "--rules", "ours")
    assert "own (suggestion) (trial)" in result.stdout
    assert result.stdout.endswith("G23, house.\n")
    assert result.exit_code == 1


def test_all_of_three_rules_mutations_are_counted() -> None:
    result = postlint(
        "rules", "--mutate", "--select", "slogans,invite-dont-order,alt-text", "--format", "json"
    )
    records = json.loads(result.stdout)
    assert {record["rule"] for record in records} == {"slogans", "invite-dont-order", "alt-text"}
    assert result.exit_code == 0
    missed = sum(not record["noticed"] for record in records)
    text = postlint("rules", "--mutate", "--select", "slogans,invite-dont-order,alt-text").stdout
    assert len(text.splitlines()) == missed + 1


@pytest.mark.parametrize(("percent", "status"), [("50", 0), ("50.1", 1)])
def test_too_few_noticed_fail_only_where_asked(percent: str, status: int) -> None:
    path = rule("own", "{phrase: {terms: [wonky bench, wobbly table]}}", "{text: A wonky bench.}")
    assert postlint("rules", "--mutate", path).exit_code == 0
    result = postlint("rules", "--mutate", path, "--fail-under", percent)
    assert "`terms: wobbly table`: no example notices" in result.stdout
    assert result.stdout.endswith("1 rule, 2 mutations: 1 noticed (50.0 %), 1 not.\n")
    assert result.exit_code == status


def mutated(check: str, where: str = "{}") -> list[str]:
    node = read_yaml(f"where: {where}\ncheck: {check}", "x")
    assert isinstance(node, Mapping)
    return [change.what for change in changes(node)]


@pytest.mark.parametrize(
    ("check", "where", "said"),
    [
        ("{phrase: {terms: [a (b|c)]}}", "{}", ["`terms: a (b|c)`", "`b` in `a (b|c)`", "`c` in `a (b|c)`"]),
        ("{phrase: {terms: [(that is|it's|) wonky]}}", "{}", ["`terms: (that is|it's|) wonky`"]),
        ("{phrase: {lexicon: [thanks, me], except_lexicon: you}}", "{}", ["`lexicon: thanks`", "`lexicon: me`", "`except_lexicon: you`"]),
        ("{phrase: {terms: x, in: any, negated: any, aimed: true}}", "{}", ["`terms: x`", "`in: any`", "`negated: any`", "`aimed: true`"]),
        ("{count: {marks: emoji, over: 3}}", "{}", ["`marks: emoji`", "`over` 4 in place of 3", "`over` 2 in place of 3"]),
        ("{score: {name: aggressiveness, over: {any: 40, talk: 0.5}}}", "{}", [
            "`name: aggressiveness`", "`any` in `over`", "`any` 45 in place of 40", "`any` 35 in place of 40",
            "`talk` in `over`", "`talk` 0.55 in place of 0.5", "`talk` 0.45 in place of 0.5",
        ]),
        ("{metadata: {missing: alt}}", "{stage: [talk, offer], words_at_least: 9}", [
            "`stage` in `where`", "`stage: talk`", "`stage: offer`", "`words_at_least` in `where`",
            "`words_at_least` 10 in place of 9", "`words_at_least` 8 in place of 9", "`missing: alt`",
        ]),
        ("{absent: {terms: [x], when: {terms: [y]}}}", "{}", ["`terms: x`", "`when`", "`terms: y`"]),
        ("{regex: {pattern: '(?:[(|]|wonky|(bench|table))', digits: 3, holds: [w]}}", "{}", [
            "`bench` in", "`table` in", "`[(|]` in", "`wonky` in", "`(bench|table)` in",
        ]),
        ("{pattern: {anchor: [a, b], tokens: [[{LOWER: x}, {LOWER: {IN: [wonky, the]}, OP: '?'}], [{INFLECT: [lie, fib]}]]}}", "{}", [
            "`anchor: a`", "`anchor: b`", "pattern 1 of `tokens`", "token 1 of `tokens`", "token 2 of `tokens`",
            "`wonky` in `IN`", "pattern 2 of `tokens`", "`lie` in `INFLECT`", "`fib` in `INFLECT`",
        ]),
    ],
)  # fmt: skip
def test_each_entry_and_condition_is_changed_once(check: str, where: str, said: list[str]) -> None:
    found = mutated(check, where)
    assert sorted(found) == sorted(set(found))
    shortened = [what.removeprefix("without ") for what in found]
    assert [part for part in said if not any(what.startswith(part) for what in shortened)] == []
    assert len(found) == len(said)


@pytest.mark.parametrize(
    ("check", "where", "bad", "good", "missed"),
    [
        # every change makes an example differ
        ("{phrase: {terms: [wonky]}}", "{}", "{text: A wonky bench.}", "{text: Hi.}", []),
        ("{phrase: {terms: [wonky, wobbly]}}", "{}", "{text: 'Wonky, wobbly.', flag: [Wonky, wobbly]}", "{text: Hi.}", []),
        ("{phrase: {terms: [wonky], except: [wonky bench]}}", "{}", "{text: Wonky.}", "{text: A wonky bench.}", []),
        ("{phrase: {terms: [wonky], negated: any}}", "{}", "{text: It is not wonky.}", "{text: Hi.}", []),
        ("{count: {terms: [bench], over: 1}}", "{}", "{text: Bench and bench.}", "{text: Bench.}", []),
        (WONKY, "{stage: talk}", "{text: A wonky bench., context: {stage: talk}}", "{text: A wonky bench.}", []),
        # what no example shows
        ("{phrase: {terms: [wonky, wobbly]}}", "{}", "{text: 'A wonky, wobbly bench.'}", "{text: Hi.}", ["`terms: wonky`", "`terms: wobbly`"]),
        ("{phrase: {terms: [wonky], except: [wonky bench]}}", "{}", "{text: Wonky.}", "{text: Hi.}", ["`except: wonky bench`"]),
        ("{phrase: {lexicon: greeting, except_lexicon: thanks}}", "{}", "{text: Hello everyone.}", "{text: Hi.}", ["`except_lexicon: thanks`"]),
        ("{phrase: {terms: [wonky], aimed: true}}", "{}", "{text: You are wonky.}", "{text: Hi.}", ["`aimed: true`"]),
        ("{count: {terms: [bench], over: 1}}", "{}", "{text: 'Bench, bench, bench.'}", "{text: Hi.}", ["`over` 2 in place of 1", "`over` 0 in place of 1"]),
        (WONKY, "{stage: talk}", "{text: A wonky bench., context: {stage: talk}}", "{text: Hi.}", ["`stage` in `where`"]),
    ],
)  # fmt: skip
def test_a_mutation_is_noticed_where_an_example_differs(
    check: str, where: str, bad: str, good: str, missed: list[str]
) -> None:
    files = [RuleFile("own.yaml", "house", rule_text("own", check, bad, good, f"where: {where}\n"))]
    rules = load_rules(files)
    found = list(mutate(rules, files, Linter(rules)))
    said = [mutation.what for mutation in found if not mutation.noticed]
    assert [what.removeprefix("without ") for what in said] == missed


def test_a_change_that_changes_nothing_is_no_mutation() -> None:
    text = rule_text("own", "{phrase: {terms: [wonky, nice], in: own}}", "{text: Wonky.}", "{text: Hi.}")
    files = [RuleFile("own.yaml", "house", text)]
    rules = load_rules(files)
    assert [one.what for one in mutate(rules, files, Linter(rules))] == [
        "without `terms: wonky`",
        "without `terms: nice`",
    ]


def test_a_rule_asked_alone_says_what_it_says_among_all() -> None:
    rules = load_rules(packaged_files())
    linter = Linter(rules)
    for each in [each for each in rules if each.check][::7]:
        for sort, example in examples_of(each):
            among = outcome(each, sort, example, linter)
            linter.phrases.need([*each.lexicons, *each.terms])
            with closing(analysed(each, example, linter)) as analysis:
                assert bool(speaks(each, analysis)) == bool(among.found)


POSTS = '{"text": "A wonky bench."}\n{"text": "You are vermin, wonky bench or not."}\n{"text": "A fine day by the lido."}\n'


def test_noise_is_per_thousand_posts_the_loudest_first() -> None:
    rule("own", WONKY, "{text: A wonky bench.}")
    posts = write("p.jsonl", POSTS)
    result = postlint("rules", "--noise", posts, "--rules", "ours", "--select", "own,vermin,threat")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "findings per 1,000 posts, of 3 posts",
        "   666.7  own                          suggestion",
        "   333.3  vermin                       error",
        "33.3 % of posts have a finding at warning or above; 1 rule had nothing to say.",
    ]
    record = json.loads(postlint("rules", "--noise", posts, "--select", "vermin", "--format", "json").stdout)
    assert (record["posts"], record["warned"], record["rules"][0]["findings"]) == (3, 1, 1)


def test_noise_of_no_posts_divides_by_nothing() -> None:
    result = postlint("rules", "--noise", write("p.jsonl", ""), "--select", "vermin")
    assert "of 0 posts" in result.stdout


# --- try


def test_a_rule_is_tried_with_no_more_than_its_check() -> None:
    path = write("own.yaml", f"check: {WONKY}\n")
    result = postlint("try", path, write("p.jsonl", POSTS))
    assert result.stdout.splitlines() == [
        "p.jsonl:1:3  suggestion  This rule has no message yet.  [own]",
        "    A wonky bench.",
        "      ^^^^^^^^^^^",
        "",
        "p.jsonl:2:17  suggestion  This rule has no message yet.  [own]",
        "    You are vermin, wonky bench or not.",
        "                    ^^^^^^^^^^^".replace("    ", "    ", 1),
        "",
        "2 hits in 2 of 3 posts.",
    ]
    assert result.exit_code == 0


def test_try_counts_beyond_its_limit_and_says_when_where_never_holds() -> None:
    path = write("own.yaml", f"check: {WONKY}\n")
    result = postlint("try", path, "-", "--limit", "0", stdin="A wonky bench, wonky benches.")
    assert result.stdout == "2 hits in 1 of 1 post.\nThe first 0 are shown; --limit shows more.\n"
    path = write("own.yaml", f"where: {{stage: talk}}\ncheck: {WONKY}\n")
    result = postlint("try", path, write("p.jsonl", POSTS))
    assert "0 hits in 0 of 3 posts.\nThe rule's `where` held for none of them" in result.stdout


def test_what_a_post_says_to_the_terminal_is_made_visible() -> None:
    path = write("own.yaml", f"check: {WONKY}\n")
    result = postlint("try", path, "-", stdin="A wonky bench\x1b[31m here.")
    assert "\x1b" not in result.stdout


# --- diff


def test_a_difference_is_told_by_rule() -> None:
    write("old/a.yaml", f"level: warning\ncheck: {WONKY}")
    write("old/b.yaml", "check: {phrase: {terms: [vermin]}}")
    write("new/a.yaml", f"level: error\ncheck: {WONKY}")
    write("new/c.yaml", "check: {absent: {terms: [bench]}}")
    result = postlint("diff", "old", "new", write("p.jsonl", POSTS), "--limit", "1")
    assert result.stdout.splitlines() == [
        "gone: 1 finding of b",
        "    p.jsonl:2: suggestion: You are [vermin], wonky bench or not.",
        "new: 1 finding of c",
        "    p.jsonl:3: suggestion: [A fine day by the lido.]",
        "level changed: 2 findings of a, was warning",
        "    p.jsonl:1: error: A [wonky bench].",
        "3 posts: 1 gone, 1 new, 2 level changed.",
    ]
    assert result.exit_code == 0


def test_the_same_rules_differ_in_nothing() -> None:
    result = postlint("diff", "packaged", "packaged", write("p.jsonl", POSTS))
    assert result.stdout == "3 posts: 0 gone, 0 new, 0 level changed.\n"


# --- init and schema


@pytest.mark.parametrize(
    ("files", "posts"),
    [
        ([], "."),
        (["README.md", "docs/a.md", "node_modules/x/readme.md", ".hidden/a.md"], "."),
        (["drafts/2026/a.md", "notes/a.md", "notes/b.md"], "drafts"),
        (["notes/a.md", "our words/a.md", "our words/b.txt"], "our words"),
        (["it's: #1/a.md"], "it's: #1"),
        (["posts/picture.png", "feed/a.md"], "feed"),
    ],
)
def test_init_guesses_the_posts_and_writes_what_we_read(files: list[str], posts: str) -> None:
    for name in files:
        write(name, "Hello.")
    assert guess_posts(Path()) == posts
    result = postlint("init")
    assert result.exit_code == 0
    assert HOOK in result.stdout
    assert str(posts if posts != "." else "this folder") in result.stdout
    config = read_config(Path(".postlint.yaml"))
    assert (config.posts, str(config.fail_on), config.exclude) == (posts, "error", ("README.md",))


def test_what_init_leaves_behind_a_hash_is_read_too() -> None:
    postlint("init")
    path = Path(".postlint.yaml")
    lines = path.read_text("utf-8").splitlines()
    keys = ("# author", "# party", "# rooms", "#   ", "# rules", "# rule_paths", "# allow", "# baseline")
    path.write_text("\n".join(line[2:] if line.startswith(keys) else line for line in lines), "utf-8")
    config = read_config(path)
    assert (config.author, config.rule_paths, list(config.rooms)) == (
        "our-team",
        ("our-rules/",),
        ["parents"],
    )
    assert set(config.rules) == {"long-sentence", "thank-the-room", "slogans"}
    assert [leave.rules for leave in config.allow] == [("shouting",)]
    assert set(config.rules) < {file.stem for file in packaged_files()}


def test_init_never_writes_over_anything() -> None:
    write(".postlint.yaml", "posts: mine\n")
    result = postlint("init")
    assert "is there already, and was left as it is" in result.stderr
    assert result.exit_code == 2
    assert Path(".postlint.yaml").read_text() == "posts: mine\n"
    Path(".postlint.yaml").unlink()
    Path(".postlint.yaml").symlink_to("gone.yaml")
    assert postlint("init").exit_code == 2
    assert not Path("gone.yaml").exists()


def test_init_says_what_it_stands_in_place_of_and_that_the_hook_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(".postlint.yaml", "posts: .\n")
    write("team/.pre-commit-config.yaml", HOOK)
    monkeypatch.chdir("team")
    result = postlint("init")
    assert "it stands in place of" in result.stdout
    assert "The hook is in .pre-commit-config.yaml already." in result.stdout


def test_init_where_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    result = postlint("init")
    assert ".postlint.yaml: cannot be written: Permission denied" in result.stderr
    assert result.exit_code == 2


@pytest.mark.parametrize("name", ["config", "rule", "post"])
def test_a_schema_is_printed_as_json(name: str) -> None:
    assert json.loads(postlint("schema", name).stdout)["$schema"].endswith("2020-12/schema")


def test_a_schema_of_something_else_is_refused() -> None:
    result = postlint("schema", "rules")
    assert "'config', 'rule', 'post'" in result.stderr
    assert result.exit_code == 2


def test_help_imports_neither_spacy_nor_the_engine() -> None:
    code = (
        "import sys; from linter.cli import main\n"
        "try: main(['test', '--help'])\nexcept SystemExit: pass\n"
        "print({'spacy', 'linter.engine', 'linter.proving', 'linter.schema'} & set(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    assert result.stdout.endswith("set()\n")


def test_the_rules_of_a_checkout_are_read_as_a_folder() -> None:
    assert sorted(file.stem for file in team_files(ROOT / "rules")) == sorted(packaged_ids())
