from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.analysis import Analysis, phrases_of
from linter.scored import score_record
from linter.scores import AT_MOST, LEXICONS, SCORES, score
from linter.scores.readability import readability
from linter.scores.receptiveness import HEATED, cues
from linter.scores.weights import weights
from tests.conftest import make_post

Analyse = Callable[..., Analysis]


def value(analyse: Analyse, name: str, text: str) -> float:
    return score(analyse(text), name).value or 0.0


@pytest.mark.parametrize(
    ("calm", "heated"),
    [
        ("He is not a liar.", "He is a liar."),
        ("She said “you are scum”.", "You are scum."),
        ("I don’t hate them.", "I hate them, the scum."),
        ("Killer view, absolutely sick chips!", "You sick bastards."),
        ("This policy is rubbish.", "You people are rubbish liars."),
        ("I'm such an idiot.", "You're such an idiot."),
        ("WHAT A LOVELY DAY!!!", "what an idiot"),
        ("The hate crime charity meets on Monday.", "You are traitors, the lot of you."),
        ("We lost our dog on Sunday and we are heartbroken.", "You lost, get over it."),
    ],
)
def test_an_attack_scores_higher_than_its_calm_twin(analyse: Analyse, calm: str, heated: str) -> None:
    assert value(analyse, "aggressiveness", calm) < 15 < 25 < value(analyse, "aggressiveness", heated)


@pytest.mark.parametrize(
    ("plain", "rhetoric"),
    [
        (
            "The library opens at ten on Saturdays now, and the café is back.",
            "Take back control! A fairer future for the many, not the few.",
        ),
        ("The committee met and agreed the new bin days.", "Enough is enough. It is time for change."),
    ],
)
def test_slogans_are_denser_than_talk(analyse: Analyse, plain: str, rhetoric: str) -> None:
    assert value(analyse, "rhetoric_density", plain) < 5 < value(analyse, "rhetoric_density", rhetoric)


@pytest.mark.parametrize(
    ("text", "questions", "genuine"),
    [
        ("What do you think?", 1, 1),
        ("What do you think", 1, 1),
        ("Tell me what you'd want.", 1, 1),
        ("How dare you?", 1, 0),
        ("Isn't it time they went?", 1, 0),
        ("Really?! Which day do you mean?", 2, 1),
        ("Who pays? Nobody.", 1, 0),
        ("She asked “who pays?” and left.", 0, 0),
        ("> who pays?\nI do.", 0, 0),
        ("See https://a.uk/?q=1", 0, 0),
        ("What a lovely day.", 0, 0),
        ("Thanks all.", 0, 0),
    ],
)
def test_questions(analyse: Analyse, text: str, questions: int, genuine: int) -> None:
    counts = score_record(analyse(text))["counts"]
    assert isinstance(counts, dict)
    assert (counts["questions"], counts["genuine_questions"]) == (questions, genuine)


def test_a_post_without_words_scores_nothing(analyse: Analyse) -> None:
    record = score_record(analyse("👍"))
    assert record["scores"] == {
        "aggressiveness": 0.0,
        "rhetoric_density": 0.0,
        "questions_ratio": None,
        "receptiveness": 0.0,
        "readability": None,
    }


def test_a_post_in_another_language_has_no_scores(analyse: Analyse) -> None:
    record = score_record(analyse("Diolch yn fawr i bawb a ddaeth i'r neuadd, ac mae croeso i chi ddod eto"))
    assert set(record["scores"].values()) == {None}  # type: ignore[attr-defined]
    assert record["lang"] is None


def test_readability_counts_letters_and_words(analyse: Analyse) -> None:
    easy = readability(analyse("The cat sat on the mat. It was a fat cat."))
    hard = readability(
        analyse("Notwithstanding considerable administrative complications, the committee deliberated.")
    )
    assert easy is not None
    assert hard is not None
    assert easy < hard


SAID = st.lists(
    st.sampled_from(
        "you people are scum liar idiots thanks what do think ? . , ! “ ” not never he said vermin vote labour enough is "
        "get over it 👍 #TimeForChange @bob \n wake up the tories".split(" ")
    ),
    max_size=25,
).map(" ".join)


@given(SAID)
def test_base_and_points_give_raw(text: str) -> None:
    analysis = Analysis(make_post(text), phrases_of(LEXICONS))
    for name in SCORES:
        found = score(analysis, name)
        base = weights(name).base if name in ("aggressiveness", "receptiveness", "rhetoric_density") else 0.0
        assert found.raw == pytest.approx(base + sum(part.points for part in found.evidence))


@given(SAID)
def test_curly_and_straight_quotes_score_alike(text: str) -> None:
    phrases = phrases_of(LEXICONS)
    straight = text.replace("“", '"').replace("”", '"')
    curly = straight.replace("'", "’")
    for name in SCORES:
        assert (
            score(Analysis(make_post(straight), phrases), name).raw
            == score(Analysis(make_post(curly), phrases), name).raw
        )


@given(SAID)
def test_evidence_never_shares_words(text: str) -> None:
    analysis = Analysis(make_post(text), phrases_of(LEXICONS))
    for name in SCORES:
        spans = sorted(part.span for part in score(analysis, name).evidence)
        assert all(a.end <= b.start for a, b in pairwise(spans))


@given(SAID)
def test_adding_an_insult_never_lowers_aggressiveness(text: str) -> None:
    phrases = phrases_of(LEXICONS)
    before, after = (
        score(Analysis(make_post(said), phrases), "aggressiveness").raw
        for said in (text, f"{text}\n\nYou idiot.")
    )
    assert after >= before - 1e-9


@given(SAID)
def test_a_post_scores_the_same_whatever_was_read_before(text: str) -> None:
    phrases = phrases_of(LEXICONS)
    first = score(Analysis(make_post(text), phrases), "aggressiveness")
    score(Analysis(make_post("You are scum, the lot of you"), phrases), "aggressiveness")
    assert score(Analysis(make_post(text), phrases), "aggressiveness") == first


@given(SAID, st.sampled_from(["Labour", "Tories", "Lib Dems", "Greens", "SNP", "Plaid Cymru"]))
def test_the_name_of_the_party_changes_no_score(text: str, party: str) -> None:
    phrases = phrases_of(LEXICONS)
    said = f"The Labour are liars. Vote Labour! {text}"
    for name in SCORES:
        assert (
            score(Analysis(make_post(said), phrases), name).value
            == score(Analysis(make_post(said.replace("Labour", party)), phrases), name).value
        )


@pytest.mark.parametrize(
    "text", ["You are sc*m.", "you t0sser", "Cllr Finch is a tw@t.", "you i d i o t", "You b4stards sold it."]
)
def test_a_masked_insult_is_read(analyse: Analyse, text: str) -> None:
    assert value(analyse, "aggressiveness", text) > 40


@pytest.mark.parametrize(
    "text", ["Labour st*rs: two for the pie.", "B4 you go", "See you @t ten", "t h a n k y o u all"]
)
def test_a_mask_without_an_insult_is_none(analyse: Analyse, text: str) -> None:
    assert value(analyse, "aggressiveness", text) < 15


@pytest.mark.parametrize(
    ("closed", "open_"),
    [
        ("No. That is simply wrong.", "I see why you'd think that, and I may be wrong."),
        ("You don't understand how it works.", "Thanks for explaining. Could you say more about the cost?"),
        ("Obviously nobody needs this.", "That's a fair point, and I hadn't thought of it."),
        (
            "Why don't you read the report?!",
            "Have you had a chance to read the report? I'd love to hear what you make of it.",
        ),
        ("They NEVER listen...", "I'm at the library on Saturday: come and tell me what you'd change."),
        ("Really? You think that will work?", "Thank you, that's helpful. What would you do first?"),
        ("We will not be lectured by you.", "I can see both sides. However, I might be missing something."),
        ("That's off topic. Read the rules.", "Welcome! Could you tell us a bit more about the bus?"),
    ],
)
def test_openness_scores_above_lecturing(analyse: Analyse, closed: str, open_: str) -> None:
    assert value(analyse, "receptiveness", closed) < 50 < value(analyse, "receptiveness", open_)


def test_please_opens_a_sentence_otherwise_than_it_stands_in_one(analyse: Analyse) -> None:
    families = {"courtesy": weights("receptiveness").families["courtesy"]}
    found = cues(analyse("Please wait. Could you wait please?"), families)
    assert [cue.words for cue in found] == ["^ please", "^ could you", "please"]


def test_the_same_thanks_counts_less_in_a_long_post(analyse: Analyse) -> None:
    short, long = (
        score(analyse("Thanks, Ann. " + "The bins went out at nine. " * times), "receptiveness")
        for times in (1, 20)
    )
    assert [part.feature for part in short.evidence] == [part.feature for part in long.evidence] == ["thanks"]
    assert short.evidence[0].points > long.evidence[0].points > 0


@pytest.mark.parametrize(("text", "marks"), [("Really?!", 1), ("Well ... no…", 2), ("Really? Yes! No.", 0)])
def test_heated_marks(analyse: Analyse, text: str, marks: int) -> None:
    families = {HEATED: weights("receptiveness").families[HEATED]}
    assert len(cues(analyse(text), families)) == marks


def test_a_quoted_move_is_not_the_writers(analyse: Analyse) -> None:
    assert not score(analyse("She said “thanks, I may be wrong”."), "receptiveness").evidence


@pytest.mark.parametrize(
    ("text", "device", "words"),
    [
        ("Your bins. Your buses. Your benches.", "anaphora", {"Your"}),
        ("It means no library, no bus, no post office.", "anaphora", {"no"}),
        ("Cleaner. Calmer. Closer.", "three-part list", {"Cleaner", "Calmer", "Closer"}),
    ],
)
def test_parts_built_alike_are_a_device(analyse: Analyse, text: str, device: str, words: set[str]) -> None:
    evidence = score(analyse(text), "rhetoric_density").evidence
    found = {text[part.span.start : part.span.end].split()[0].strip(".,") for part in evidence}
    assert words <= found
    assert device in {part.feature for part in evidence}


@pytest.mark.parametrize(
    "text",
    [
        "We spoke to Mr Abbot, Mr Aziz and Mr Orr.",
        "The hall was built in 1902. The hall is open on Fridays.",
        "Flour\nEggs\nButter\nJam",
        "It was cold, and it was wet.",
    ],
)
def test_a_plain_list_is_no_device(analyse: Analyse, text: str) -> None:
    devices = {part.feature for part in score(analyse(text), "rhetoric_density").evidence}
    assert devices.isdisjoint({"anaphora", "three-part list"})


@given(SAID)
def test_no_value_passes_what_it_is_at_most(text: str) -> None:
    analysis = Analysis(make_post(text), phrases_of(LEXICONS))
    for name, at_most in AT_MOST.items():
        assert (score(analysis, name).value or 0.0) <= at_most(analysis) + 1e-9
