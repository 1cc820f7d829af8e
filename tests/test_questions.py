"""Which sentences ask, with and without a mark, and which of them wait for an answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.labelled import PRACTICE, practice_questions, rows
from linter.analysis import Analysis
from linter.scores.question_traits import TRAITS
from linter.scores.questions import NAME, asked
from linter.scores.weights import weights

Analyse = Callable[..., Analysis]
SILENT = [
    "What I like about the new park is the paddling pool",
    "What happens is that the van breaks down.",
    "What you get is a hot meal and a chat.",
    "What a turnout",
    "What they're doing to the bandstand looks grand.",
    "When I was your age the pool was outdoors.",
    "How many chairs we can fit depends on the stage.",
    "How bad it was, you had to see.",
    "It would help to know how much they spend.",
    "Do it before the frost.",
    "Have that ready by six",
    "Did some weeding and had a cuppa",
    "Does what it says on the tin",
    "Which would help the traders no end.",
    "Where you could park all day for nothing.",
    "I never had the time to do it",
    "You know, the chap with the whippet.",
    "Any of these will do.",
    "So do I.",
    "Nor did we.",
    "I'd like to see it finished.",
    "We'd love to learn to do that.",
    "Why the long face, as the barman said.",
    "You name it, they had it",
    "is there a",
    "Was lovely to meet you all",
    "The committee is open to all.",
]
ASKING = [
    "does anybody have jump leads",
    "um, is is the tip open on Sundays",
    "Well, you know, what about the hedge.",
    "d'you reckon it'll rain",
    "if it rains do we meet at the Legion",
    "at what time",
    "in what way does that help",
    "you coming or not",
    "why bother with a second form",
    "who knows.",
    "how you been",
    "She's on the committee, isn't she",
    "it's parky, innit",
    "Can't you, can't you put it in the shed.",
    "The thing is, how soon can we start",
    "Let me know which you'd prefer.",
    "what's the best way to the station",
    "hiya how r u",
]
RHETORICAL = [
    "Whose side is this council on?",
    "So much for the pledge. What do they have to show for it?",
    "Who stands up for pensioners? We do.",
    "@CllrVane why did you vote against the nurses?",
    "Why won't ministers admit that they got it wrong?",
    "What kind of government sells a library?",
    "Is it too much to ask that the trains run?",
    "How many more shops must shut? Vote Green on Thursday.",
    "If it's so popular, why are they hiding the figures?",
    "Who knew a bench could be so popular?",
    "Have they learned nothing?",
    "Isn't it time the Tories told the truth?",
    "Will we give up? We will not.",
    "Is your street cleaner? Is your street safer?",
]
GENUINE = [
    "Why won't the number 3 stop at the baths any more, does anyone know?",
    "Has anybody got a spare trestle table for Saturday?",
    "Are you finding the form hard? Ring us and we'll go through it with you.",
    "Would the Tuesday or the Thursday suit you better?",
    "Who can lend us a gazebo?",
    "What did I miss at the meeting last night?",
    "Fancy a walk round the reservoir on Sunday? Let me know.",
    "Do you use the subway after dark? I'm asking before I vote on the lights.",
    "Is the tip open on bank holiday Monday?",
    "@CllrVane could you tell me who owns the lane behind Dale Street?",
    "What do you make of the Lib Dems' plan for the bus station?",
    "Where did you get that lovely bunting, Sheila?",
]


@pytest.mark.parametrize("text", SILENT)
def test_it_does_not_ask(analyse: Analyse, text: str) -> None:
    assert asked(analyse(text)) == ()


@pytest.mark.parametrize("text", ASKING)
def test_it_asks(analyse: Analyse, text: str) -> None:
    assert len(asked(analyse(text))) == 1


@pytest.mark.parametrize("text", RHETORICAL)
def test_nobody_is_meant_to_answer(analyse: Analyse, text: str) -> None:
    found = asked(analyse(text))
    assert found
    assert not any(question.genuine for question in found)


@pytest.mark.parametrize("text", GENUINE)
def test_an_answer_is_wanted(analyse: Analyse, text: str) -> None:
    assert any(question.genuine for question in asked(analyse(text)))


@pytest.mark.parametrize(
    "text",
    ["What do the {} want for the high street?", "Who voted for the {}?", "why did {} councillors walk out"],
)
def test_no_party_makes_a_question_more_or_less_genuine(analyse: Analyse, text: str) -> None:
    readings = {
        tuple(question.genuine for question in asked(analyse(text.format(party))))
        for party in ("Greens", "Tories", "Lib Dems", "SNP")
    }
    assert len(readings) == 1


def test_the_file_of_points_has_every_trait() -> None:
    assert weights(NAME).families.keys() == TRAITS.keys()


def test_the_points_can_be_made_again() -> None:
    from benchmarks import question_fit

    made, kept = question_fit.fitted_traits(weights(NAME).families), weights(NAME)
    assert round(made.base, 2) == pytest.approx(kept.base, abs=0.02)
    for name, family in kept.families.items():
        assert made.families[name].points == pytest.approx(family.points, abs=0.02), name


def test_practice_questions_stand_in_their_posts_and_are_no_rows_to_fit_attacks_on() -> None:
    found = practice_questions()
    assert all(question in text and label in "GRO" for _, text, question, label in found)
    assert len(found) > 600
    assert all("attack" in row and "rhetoric" in row for row in rows(Path(), PRACTICE))
