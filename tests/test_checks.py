"""Each kind of check and each mark by itself, and what a rule file may not hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.engine import Linter
from linter.errors import MistakesError
from linter.finding import Level
from linter.marks import MARKS
from linter.post import Context, Image, Post, Room, Source
from linter.rule import Rule
from linter.rulefile import RuleFile, load_rules
from tests.conftest import make_post

HEAD = """\
id: test
title: A rule for a test
clause: house
why: To see whether a kind of check does what its documentation says that it does.
level: warning
message: Is this a test?
suggestion: Try another.
false_alarms: None.
examples: {bad: [{text: a}], good: [{text: b}]}
"""


def rule_of(check: str, more: str = "") -> Rule:
    (rule,) = load_rules([RuleFile("rules/house/test.yaml", "house", f"{HEAD}{more}check:\n  {check}\n")])
    return rule


def flagged(check: str, text: str, context: Context | None = None, more: str = "") -> list[str]:
    found = Linter([rule_of(check, more)]).check(make_post(text, context))
    return [text[finding.span.start : finding.span.end] for finding in found]


@pytest.mark.parametrize(
    ("check", "text", "words"),
    [
        ("phrase: {terms: [pie]}", "No pies, one pie.", ["pie"]),
        ("phrase: {terms: [pie~]}", "We have no pies, one pie.", ["pie"]),
        ("phrase: {terms: [pie~], negated: any}", "We have no pies.", ["pies"]),
        ("phrase: {terms: [pie~], negated: only}", "We have no pies, one pie.", ["pies"]),
        ("phrase: {terms: [pie], in: quoted}", "A pie, “a pie”.", ["pie"]),
        ("phrase: {terms: [pie], in: any}", "A pie, “a pie”.", ["pie", "pie"]),
        ("phrase: {terms: [pie], except: [humble pie]}", "Humble pie, apple pie", ["pie"]),
        ("phrase: {lexicon: thanks, except_lexicon: thanks}", "Thank you", []),
        ("phrase: {terms: [dope], aimed: true}", "You dope. Dope on the table was found.", ["dope"]),
        ("regex: {pattern: '[0-9]{3}'}", "A 123 but 1234 and x123", ["123"]),
        ("regex: {pattern: '[0-9]{3}', except: '1.*'}", "123 234", ["234"]),
        (
            "regex: {pattern: '[0-9]{3} [0-9]{3} [0-9]{4}', check_digit: nhs}",
            "999 210 3442, 999 210 3443, 999 123 4560",
            ["999 210 3442"],
        ),
        ("regex: {pattern: '[0-9]{4}', check_digit: nhs}", "9992", []),
        ("count: {marks: emoji, over: 1}", "👍 👍 👎", ["👍"]),
        ("count: {marks: word, per: sentence, over: 3}", "One two three. One two three four.", ["One two three four"]),
        ("count: {terms: [pie], per: paragraph, over: 1}", "pie\n\npie pie", ["pie"]),
        ("count: {terms: [pie], per: 100 words, over: 1}", "pie and pie", ["pie"]),
        ("count: {marks: question, under: 1}", "Hello.", ["Hello."]),
        ("ratio: {these: {terms: [we]}, those: {terms: [you]}, over: 2, least: 3}", "we we we you", [""]),
        ("ratio: {these: {terms: [we]}, those: {terms: [you]}, over: 3, least: 3}", "we we we you", []),
        ("absent: {terms: [thanks]}", "Hello.", [""]),
        ("absent: {terms: [thanks]}", "Thanks.", []),
        ("absent: {terms: [thanks], when: {terms: [cake]}}", "A cake.", ["cake"]),
        ("absent: {terms: [thanks], when: {terms: [cake]}}", "A pie.", []),
        ("order: {first: {marks: question}, then: {terms: [vote]}}", "Vote. Why?", ["Vote"]),
        ("order: {first: {marks: question}, then: {terms: [vote]}}", "Why? Vote.", []),
        ("order: {first: {marks: question}, then: {terms: [vote]}, both: true}", "Vote.", []),
        ("opening: {avoid: {terms: [vote]}}", "Hello. Vote.", []),
        ("opening: {avoid: {terms: [vote]}}", "Vote. Hello.", ["Vote"]),
        ("closing: {need: {marks: question}}", "Why? Because.", ["Because."]),
        ("closing: {need: {marks: question}}", "Because. Why?", []),
        ("score: {name: aggressiveness, over: 50}", "You people are scum.", ["scum"]),
        ("score: {name: questions_ratio, under: 0.5}", "Hello.", [""]),
        ("pattern: {anchor: [dope~], tokens: [{LOWER: you}, {IS_ALPHA: true, OP: '?'}, {INFLECT: dope}]}", "You silly dope!", ["You silly dope"]),
        ("pattern: {anchor: [dope~], tokens: [[{LOWER: you}, {INFLECT: dope}], [{LOWER: {IN: [dopey]}}]]}", "You dopes", ["You dopes"]),
        ("pattern: {anchor: [dope~], tokens: [{LOWER: you}, {INFLECT: dope}]}", "She said “you dope”.", []),
        ("pattern: {anchor: [dope~], tokens: [{LOWER: you}]}", "you there", []),
    ],
)  # fmt: skip
def test_a_kind_of_check(check: str, text: str, words: list[str]) -> None:
    assert flagged(check, text) == words


@pytest.mark.parametrize(
    ("mark", "text", "words"),
    [
        ("shouting", "The NHS and the BBC", []),
        ("shouting", "NHS BBC", []),
        ("shouting", "STOP this NOW", []),
        ("shouting", "THE 7A HAS BEEN CUT, she said", ["THE 7A HAS BEEN CUT"]),
        ("exclamation-row", "Yes!! No!!!", ["!!!"]),
        ("tag", "#TimeForChange and #one", ["#TimeForChange", "#one"]),
        ("fancy-letters", "Come 𝐨𝐧 𝐒𝐚𝐭𝐮𝐫𝐝𝐚𝐲, not Суббота, said café Ⓐ", ["𝐨𝐧 𝐒𝐚𝐭𝐮𝐫𝐝𝐚𝐲", "Ⓐ"]),
        (
            "tag-without-capitals",
            "#abc #brackmouthlitterpick #BrackmouthLitterPick",
            ["#brackmouthlitterpick"],
        ),
        ("handle", "@jo and jo@example.org", ["@jo"]),
        ("link", "https://a.uk and b", ["https://a.uk"]),
        ("emoji", "🇬🇧 ok 👍🏽", ["🇬🇧", "👍🏽"]),
        ("number", "12 and two", ["12"]),
        ("sentence", "One. Two.", ["One.", "Two."]),
        ("genuine-question", "What do you think? How dare you?", ["What do you think?"]),
        ("rhetorical-question", "Who has the key? Isn't it time?", ["Isn't it time?"]),
        ("exclamation", "Yes! “No!”", ["!"]),
        ("word", "a #TagOfWords @x 1", ["a", "#Tag", "1"]),
        ("question", "Why?", ["Why?"]),
    ],
)
def test_a_mark(mark: str, text: str, words: list[str]) -> None:
    assert flagged(f"phrase: {{marks: {mark}}}", text) == words


def test_every_mark_is_tried() -> None:
    tried = {mark for mark, _, _ in test_a_mark.pytestmark[0].args[1]}  # type: ignore[attr-defined]
    assert tried == set(MARKS)


@pytest.mark.parametrize(
    ("check", "context", "found"),
    [
        ("metadata: {missing: imprint}", Context(imprint="link"), False),
        ("metadata: {missing: imprint}", Context(), True),
        ("metadata: {missing: alt}", Context(images=(Image("a.jpg", "A dog"),)), False),
        ("metadata: {missing: alt}", Context(images=(Image("a.jpg"),)), True),
        (
            "elapsed: {since: joined, under_days: 2}",
            Context(Room(joined=date(2026, 3, 1)), time=date(2026, 3, 2)),
            True,
        ),
        (
            "elapsed: {since: joined, under_days: 2}",
            Context(Room(joined=date(2026, 3, 1)), time=date(2026, 3, 3)),
            False,
        ),
        ("elapsed: {since: joined, under_days: 2}", Context(Room(joined=date(2026, 3, 1))), False),
        (
            "elapsed: {since: joined, under_days: 2}",
            Context(Room(joined=date(2026, 3, 4)), time=date(2026, 3, 2)),
            False,
        ),
        ("score: {name: aggressiveness, over: {any: 99, arrive: 50}}", Context(stage="arrive"), True),
        ("score: {name: aggressiveness, over: {any: 99, arrive: 50}}", Context(), False),
        ("score: {name: aggressiveness, over: {arrive: 50}}", Context(), False),
    ],
)
def test_what_stands_beside_the_words(check: str, context: Context, found: bool) -> None:
    assert bool(flagged(check, "You are scum.", context)) is found


@pytest.mark.parametrize(
    ("where", "context", "found"),
    [
        ("{stage: [arrive]}", Context(), False),
        ("{stage: [arrive, talk]}", Context(stage="talk"), True),
        ("{stage: arrive, room_kind: party}", Context(stage="arrive"), False),
        ("{visit: [1, 2]}", Context(visit=2), True),
        ("{election: true}", Context(election=False), False),
        ("{words_at_least: 4}", Context(), False),
    ],
)
def test_where_a_rule_speaks(where: str, context: Context, found: bool) -> None:
    assert bool(flagged("phrase: {terms: [pie]}", "A pie here.", context, f"where: {where}\n")) is found


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("check:\n  phrase: {terms: [no, on, 12:30, 1.20]}\n", 11, 'put it in quotes: "no"'),
        ("check:\n  phrase: {terms: [(a|b]}\n", 11, "brackets do not match"),
        ("check:\n  phrase: {lexicon: thank}\n", 11, "did you mean thanks?"),
        ("check:\n  phrase: {marks: emojis}\n", 11, "did you mean emoji?"),
        ("check:\n  phrase: {}\n", 11, "looks for nothing"),
        ("check:\n  prhase: {terms: [a]}\n", 11, "did you mean phrase?"),
        ("check:\n  phrase: {terms: [a]}\n  absent: {terms: [a]}\n", 11, "exactly one kind"),
        ("check:\n  regex: {pattern: '(?=a)b'}\n", 11, "RE2 does not take"),
        ("check:\n  regex: {pattern: '(a'}\n", 11, "RE2 does not take"),
        ("check:\n  count: {terms: [a], over: many}\n", 11, "expected a number"),
        ("check:\n  score: {name: agression, over: 3}\n", 11, "did you mean aggressiveness?"),
        ("check:\n  score: {name: aggressiveness}\n", 11, "needs `over` or `under`"),
        ("check:\n  pattern: {anchor: [a], tokens: [{LEMMA: be}]}\n", 11, "needs a statistical model"),
        ("check:\n  pattern: {anchor: [a], tokens: [{LOWER: {REGEX: a+}}]}\n", 11, "can take for ever"),
        ("check:\n  pattern: {anchor: [a], tokens: [{LOWR: a}]}\n", 11, "did you mean LOWER?"),
        ("check:\n  pattern: {tokens: [{LOWER: a}]}\n", 11, "needs `anchor`"),
        ("check:\n  opening: {sentences: 2}\n", 11, "either `avoid` or `need`"),
        ("check:\n  phrase: {terms: [a]}\nwhere: {stage: [arrived]}\n", 12, "did you mean arrive?"),
        ("check:\n  phrase: {terms: [a]}\ntitel: x\n", 12, "did you mean title?"),
        ("check:\n  phrase: {terms: [a]}\nid: test\n", 12, "a second time"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_rule_is_named_with_its_line(text: str, line: int, reason: str) -> None:
    # HEAD has nine lines, so `check:` stands on the tenth.
    with pytest.raises(MistakesError) as caught:
        load_rules([RuleFile("rules/house/test.yaml", "house", HEAD + text)])
    assert reason in str(caught.value)
    assert line in [mistake.line for mistake in caught.value.mistakes]


def test_all_mistakes_of_a_folder_are_named_at_once() -> None:
    broken = (
        "id: other\nclause: G99\nlevel: bad\ncheck:\n  phrase: {terms: [no]}\nmessage: " + "x" * 101 + "\n"
    )
    files = [RuleFile("a/one.yaml", "house", broken), RuleFile("a/two.yaml", "house", "- not a rule\n")]
    with pytest.raises(MistakesError) as caught:
        load_rules(files)
    said = str(caught.value)
    for part in (
        "file is named `one`",
        "G99",
        "`level` holds `bad`",
        "put it in quotes",
        "101 characters",
        "`title` is missing",
        "a/two.yaml:1",
    ):
        assert part in said


def test_an_id_stands_once() -> None:
    text = HEAD + "check:\n  phrase: {terms: [a]}\n"
    with pytest.raises(MistakesError, match="is taken by"):
        load_rules([RuleFile("x/test.yaml", "house", text), RuleFile("y/test.yaml", "house", text)])


@given(st.text(alphabet=st.sampled_from("abc:-[]{}#&*!|>'\"\n ,phrasetmilo1~()"), max_size=80))
def test_no_rule_file_ends_in_a_traceback(text: str) -> None:
    with pytest.raises(MistakesError) as caught:
        load_rules([RuleFile("rules/house/test.yaml", "house", text)])
    assert caught.value.mistakes


@given(st.text(max_size=200))
def test_no_post_ends_in_a_traceback(text: str) -> None:
    from tests.test_rules import LINTER

    post = Post(
        "p", text, Source("p.md", markdown=True), Context(stage="arrive", room=Room("r", kind="community"))
    )
    for finding in LINTER.check(post):
        assert 0 <= finding.span.start <= finding.span.end <= len(text)


X = Context(platform="twitter")
DRAFT = "<!-- for Sunday -->\n\nTea at four?<!-- ask Reg --> Bring a cup.\n"


@pytest.mark.parametrize(
    ("check", "text", "context", "words"),
    [
        ("length: {over: limit}", "a" * 281, X, ["a"]),
        ("length: {over: limit}", "a" * 280 + " \n", X, []),
        ("length: {over: limit}", "a" * 281, Context(), []),
        ("length: {over: limit}", "a" * 281, Context(platform="bluesky"), []),
        ("length: {over: limit}", "👨‍👩‍👧‍👦" * 121, Context(platform="bluesky"), ["👨‍👩‍👧‍👦"]),  # 3,025 bytes
        ("length: {over: 5}", "  Tea at four\n", X, ["t four"]),
        ("length: {over: 5}", "Tea at four", Context(), []),
        ("length: {under: 20}", "Tea at four", X, [""]),
        ("length: {under: 11}", "Tea at four", X, []),
        ("length: {under: 20}", "Tea at four", Context(), []),
        ("length: {over: limit}", "", X, []),
    ],
)
def test_a_length_is_counted_as_the_platform_does(
    check: str, text: str, context: Context, words: list[str]
) -> None:
    assert flagged(check, text, context) == words


@pytest.mark.parametrize(
    ("over", "words"),
    [(25, []), (24, ["."]), (12, [" Bring a cup."]), (11, ["?<!-- ask Reg --> Bring a cup."])],
)
def test_a_length_has_no_comments_in_it(over: int, words: list[str]) -> None:
    found = Linter([rule_of(f"length: {{over: {over}}}")]).check(make_post(DRAFT, X, markdown=True))
    assert [DRAFT[finding.span.start : finding.span.end] for finding in found] == words


def test_a_length_hides_no_other_finding() -> None:
    rule = "phrase: {terms: [pie]}"
    rules = [replace(rule_of(rule), level=Level.SUGGESTION), replace(rule_of("length: {over: 3}"), id="long")]
    assert [finding.rule for finding in Linter(rules).check(make_post("One pie", X))] == ["long", "test"]


@pytest.mark.parametrize(
    "options", ["{}", "{over: many}", "{under: limit}", "{over: limit, per: post}", "{over: 9, under: 3}"]
)
def test_a_length_says_what_it_needs(options: str) -> None:
    with pytest.raises(MistakesError) as error:
        rule_of(f"length: {options}")
    assert all(mistake.line == 11 for mistake in error.value.mistakes)
