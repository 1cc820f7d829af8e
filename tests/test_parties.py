"""The same words about any party get the same scores."""

from __future__ import annotations

import re

import pytest

from linter.analysis import Analysis, phrases_of
from linter.lexicon import packaged_lexicons, packaged_terms
from linter.scores import LEXICONS, SCORES, score
from tests.conftest import make_post

NAMES = (
    "Labour", "Tories", "Greens", "Lib Dems", "Liberal Democrats", "Conservatives", "SNP", "Plaid Cymru", "Reform UK",
    "Reform", "Sinn Féin", "Democrats", "Republicans", "UKIP",
)  # fmt: skip
PHRASES = phrases_of(LEXICONS)


@pytest.mark.parametrize(
    "said",
    [
        "When will X ever listen to anyone? Do X care?",
        "When will the X ever listen to anyone? Do the X care?",
        "Do X care about our buses",
        "Do the X care about our buses",
        "Have the X been round to see you yet?",
        "So X: how many of you would come along on Saturday?",
        "I used to vote X. Would you tell me why you still do?",
        "Do you think X will listen? X might.",
        "What have the X ever done for us? Nothing.",
        "Anybody know what X said? X always says nothing.",
        "Who pays? X.",
        "X lied. X hid it. X sold us out.",
        "X lie, X cheat, X steal.",
        "All X voters are thick.",
        "You X make me sick, X scum.",
        "Not the X again, and not one of them an honest man.",
        "I was a disgrace to the X at karaoke last night.",
        "The X are not liars, and nor are we.",
        "Never trust X with the buses, they are liars.",
        "X supporters are all sheep.",
        "Typical X. Same old X.",
        "Thank you to X for coming. What would you change first?",
        "Fair point about X, and I may well be wrong.",
        "She said X are scum, and left.",
        "#X out now! Enough is enough.",
        "Vote X.",
        "X",
        "X X X",
    ],
)
def test_every_party_scores_alike(said: str) -> None:
    for name in SCORES:
        values = {
            party: score(Analysis(make_post(text), PHRASES), name).value
            for party in NAMES
            for text in [said.replace("#X", "#" + party.replace(" ", "")).replace("X", party)]
        }
        assert len(set(values.values())) == 1, (name, values)


@pytest.mark.parametrize("name", packaged_lexicons())
def test_a_list_speaks_of_any_party_unless_it_says_otherwise(name: str) -> None:
    terms, as_written = packaged_terms(name)
    if not as_written:
        named = re.compile(
            r"(?<![-'\w])(labour|tory|tories|lib dems?|snp|plaid|the greens|reform uk|reform voters)\b(?![-'])"
        )
        assert [term for term in terms if '"' not in term and named.search(term.lower())] == []
