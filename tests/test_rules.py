"""Rules obey rules: what a rule's author could forget is asserted over all of them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from linter.config import DEFAULT
from linter.engine import Linter
from linter.finding import Finding, Level
from linter.formats.format import first_sentence
from linter.hindsight import judged_example
from linter.in_force import rules_in_force
from linter.post import Context
from linter.profile import packaged_profiles
from linter.rule import CHAPTERS, Example, Rule
from linter.rulefile import packaged_files
from tests.conftest import ROOT

RULES = rules_in_force(packaged_files(), (), DEFAULT, with_examples=True, profiles=packaged_profiles())
LINTER = Linter(RULES)

BAD = [
    pytest.param(rule, example, id=f"{rule.id}:{example.line}")
    for rule in RULES
    for example in rule.examples.bad
]
GOOD = [
    pytest.param(rule, example, id=f"{rule.id}:{example.line}")
    for rule in RULES
    for example in rule.examples.good
]

_SCOLDING = re.compile(
    r"\byou must\b|\bdon't\b|\bnever\b|\bstop\b|\byou('re| are) (a|an|so|too|being|rude|wrong|aggressive)\b"
)

# An error is for an insult aimed at somebody, a threat, dehumanising words or personal data, and for nothing else.
ERRORS = {
    "insult",
    "you-horrible-so-and-so",
    "threat",
    "vermin",
    "email-address",
    "home-address",
    "national-insurance-number",
    "nhs-number",
    "phone-number",
}


def findings(example: Example) -> list[Finding]:
    return judged_example(example, LINTER)


def words(finding: Finding) -> str:
    span = first_sentence(finding) if finding.span.start == finding.span.end else finding.span
    return finding.post.words(span)


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_a_good_example_is_left_alone(rule: Rule, example: Example) -> None:
    found = findings(example)
    assert [(finding.rule, words(finding)) for finding in found if finding.rule == rule.id] == []
    assert [(finding.rule, words(finding)) for finding in found if finding.level >= Level.WARNING] == []


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_a_bad_example_is_remarked_on_at_the_words_named(rule: Rule, example: Example) -> None:
    own = [finding for finding in findings(example) if finding.rule == rule.id]
    assert own
    if example.flag is not None:
        said = [words(finding) for finding in own]
        missing = [finding for finding in own if finding.span.start == finding.span.end]
        if missing:
            assert all(shown.startswith(flag) for shown, flag in zip(said, example.flag, strict=False))
        else:
            assert said == [" ".join(flag.split()) for flag in example.flag]


WITH_SHORT_TEXTS = [rule for rule in RULES if rule.examples.also or rule.examples.but_not]


def speaks_of(rule: Rule, example: Example) -> bool:
    return any(finding.rule == rule.id for finding in findings(example))


@pytest.mark.parametrize("rule", WITH_SHORT_TEXTS, ids=lambda rule: rule.id)
def test_short_texts_get_what_they_should_whatever_the_party(rule: Rule) -> None:
    for texts, remarked_on in ((rule.examples.also, True), (rule.examples.but_not, False)):
        assert [one.text for one in texts if speaks_of(rule, one) != remarked_on] == []
        assert [one.text for one in texts if speaks_of(rule, with_parties_swapped(one)) != remarked_on] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_keeps_the_house_rules(rule: Rule) -> None:
    assert rule.chapter in CHAPTERS
    assert "?" in rule.message, "a message asks"
    assert len(rule.message) <= 100
    assert not _SCOLDING.search(rule.message.lower())
    assert len(rule.examples.bad) >= 3
    assert len(rule.examples.good) >= 4
    assert len(rule.examples.good) >= len(rule.examples.bad)
    assert len(rule.why.split()) >= 12
    assert (rule.level == Level.ERROR) == (rule.id in ERRORS)


def test_the_ids_are_those_of_the_committed_list() -> None:
    listed = (ROOT / "tests" / "rule-ids.txt").read_text().split()
    assert sorted(rule.id for rule in RULES) == listed


def test_every_clause_and_every_chapter_has_a_rule() -> None:
    clauses = {rule.clause for rule in RULES}
    assert {f"G{number}" for number in range(1, 24)} - clauses == set()
    assert {rule.chapter for rule in RULES} == set(CHAPTERS)
    assert len(RULES) >= 70


def test_one_rule_at_least_uses_a_token_pattern() -> None:
    assert any(rule.kind == "pattern" for rule in RULES)


_SWAPS = (
    ("Labour", "Reform"),
    ("Tories", "Greens"),
    ("Tory", "Plaid"),
    ("Conservatives", "Liberal Democrats"),
    ("Conservative", "SNP"),
    ("Lib Dems", "Conservatives"),
    ("Lib Dem", "Labour"),
    ("Reform", "Labour"),
    ("Greens", "Tories"),
)


def swapped(text: str) -> str:
    """The text with every party's name exchanged for another's, each once."""
    table = dict(_SWAPS)
    names = "|".join(sorted(table, key=len, reverse=True))
    return re.sub(rf"\b({names})\b(?! (?:UK|Party))", lambda match: table[match[1]], text)


def with_parties_swapped(example: Example) -> Example:
    """The example with the names exchanged in every text of it: its own, those before it, those it answers."""
    history = tuple(
        replace(post, text=swapped(post.text), context=in_swapped_context(post.context))
        for post in example.history
    )
    context = in_swapped_context(example.context)
    return replace(example, text=swapped(example.text), context=context, history=history)


def in_swapped_context(context: Context) -> Context:
    if context.reply_to is None:
        return context
    return replace(context, reply_to=replace(context.reply_to, text=swapped(context.reply_to.text)))


@pytest.mark.parametrize(("rule", "example"), [*BAD, *GOOD])
def test_exchanging_the_parties_names_changes_no_finding(rule: Rule, example: Example) -> None:
    other = with_parties_swapped(example)
    if other == example:
        return
    before = sorted(finding.rule for finding in findings(example))
    assert before == sorted(finding.rule for finding in findings(other))
