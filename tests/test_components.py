"""Scores as spaCy components: found by entry point, the same whatever tokens a Doc has, their evidence kept."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from linter import components
from linter.analysis import Analysis, phrases_of
from linter.components import NAMES, Scorer, evidence_name, factory_name, set_extensions
from linter.post import MAX_CHARACTERS
from linter.scored import score_record
from linter.scores import LEXICONS, SCORES
from tests.conftest import ROOT, make_post, with_entry_points

BUSY = "You people are scum. What do you think we should do? Take back control! Thanks, I may be wrong."
POSTS = {
    "busy": BUSY,
    "calm": "The library opens at ten on Saturdays now.",
    "curly": "You’re a pathetic liar 😡😡 and a cr*ok… s c u m\r\n\r\n> she said “vermin”",
    "tags": "#TakeBackControl #VermínOut @someone https://a.uk/scum?x=1 idiots",
    "spaces": "  You\t\tpeople \u00a0 are  scum  \n\n",
    "no word": "👍",
    "blank": " \n ",
    "empty": "",
    "Welsh": "Mae'r llyfrgell ar agor ddydd Sadwrn ac mae croeso i bawb yn y dref.",
}
PHRASES = phrases_of(LEXICONS)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline(spacy.blank("en"))


def pipeline(nlp: Language) -> Language:
    for name in NAMES:
        nlp.add_pipe(factory_name(name))
    return nlp


def cut(nlp: Language, text: str, places: list[int]) -> Doc:
    """A Doc of a text with token bounds at some places and nowhere else."""
    bounds = sorted({0, len(text), *(place for place in places if 0 < place < len(text))})
    words = [text[start:end] for start, end in pairwise(bounds)] if text else []
    return Doc(nlp.vocab, words=words, spaces=[False] * len(words))


def apart(nlp: Language, text: str) -> Doc:
    """A Doc of words with a space after each, as from a list of words; its text may not be the one given."""
    return Doc(nlp.vocab, words=text.split())


TOKENIZERS: dict[str, Callable[[Language, str], Doc]] = {
    "English": lambda nlp, text: nlp.make_doc(text),
    "Chinese, by character": lambda _, text: spacy.blank("zh").make_doc(text),
    "French": lambda _, text: spacy.blank("fr").make_doc(text),
    "no language": lambda _, text: spacy.blank("xx").make_doc(text),
    "one token": lambda nlp, text: cut(nlp, text, []),
    "a token for each character": lambda nlp, text: cut(nlp, text, list(range(len(text)))),
    "every seventh character": lambda nlp, text: cut(nlp, text, list(range(0, len(text), 7))),
    "words only": apart,
}


def record_of(text: str) -> dict[str, dict[str, object]]:
    record: dict[str, dict[str, object]] = score_record(Analysis(make_post(text), PHRASES))  # type: ignore[assignment]
    return record


def assert_as_recorded(doc: Doc) -> None:
    """That a Doc holds the record's numbers, and every piece of evidence with the tokens that it touches."""
    record = record_of(doc.text)
    for name in NAMES:
        evidence = record["evidence"].get(name, [])
        assert isinstance(evidence, list)
        places = [(part["start"], part["end"]) for part in evidence]
        assert places == sorted(places)
        group = doc.spans[factory_name(name)]
        assert doc._.get(name) == record["scores"][name]
        assert [*doc._.get(evidence_name(name))] == evidence  # a DocBin gives lists back as tuples
        assert [span.label_ for span in group] == [part["feature"] for part in evidence]
        assert group.attrs["points"] == [part["points"] for part in evidence]
        for span, part in zip(group, evidence, strict=True):
            touched = [t.i for t in doc if t.idx < part["end"] and t.idx + len(t) > part["start"]]
            assert (span.start, span.end) == (touched[0], touched[-1] + 1)
            assert part["text"] in span.text


def test_there_is_a_component_for_every_score_and_an_entry_point_for_each() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", "utf-8")
    listed = setup["options.entry_points"]["spacy_factories"].strip().splitlines()
    named = dict(line.split(" = ") for line in listed)
    assert tuple(SCORES) == NAMES
    assert list(named) == [factory_name(name) for name in NAMES]
    for factory, place in named.items():
        module, _, function = place.partition(":")
        assert Language.get_factory_meta(factory).factory == factory
        assert callable(getattr(import_module(module), function))


def run(code: str, tmp_path: Path) -> str:
    """What Python prints in a process that knows postlint by its entry points."""
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=with_entry_points(tmp_path),
        capture_output=True,
        text=True,
    )
    assert not result.stderr
    return result.stdout


def test_spacy_finds_the_components_by_itself_and_pays_nothing_until_one_is_added(tmp_path: Path) -> None:
    code = (
        "import sys, spacy\n"
        "from spacy.tokens import Doc\n"
        "nlp = spacy.blank('en')\n"
        "print(sorted(name for name in sys.modules if name.startswith('linter.')))\n"
        "print(Doc.has_extension('aggressiveness'))\n"
        "nlp.add_pipe('postlint_aggressiveness')\n"
        "print(nlp('You people are scum.')._.aggressiveness > 50)\n"
    )
    known = ["linter.components", "linter.post", "linter.text", "linter.version"]
    assert run(code, tmp_path).splitlines() == [str(known), "False", "True"]


def test_what_does_not_ask_for_spacy_does_not_import_it(tmp_path: Path) -> None:
    code = "import sys, linter, linter.scored, linter.cli\nprint('spacy' in sys.modules)"
    assert run(code, tmp_path) == "False\n"


@pytest.mark.parametrize("text", POSTS.values(), ids=POSTS)
@pytest.mark.parametrize("tokenizer", TOKENIZERS.values(), ids=TOKENIZERS)
def test_the_doc_holds_what_the_record_holds(
    nlp: Language, tokenizer: Callable[[Language, str], Doc], text: str
) -> None:
    assert_as_recorded(nlp(tokenizer(nlp, text)))


WORDS = st.sampled_from(
    [*BUSY.split(), "s c u m", "#TakeBackControl", "“vermin”", "\n", "…", "ﬁlth", "😡", "u\u0308"]
)
TEXTS = st.lists(WORDS | st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=12).map(
    " ".join
)


@given(text=TEXTS, places=st.lists(st.integers(0, 120)))
def test_the_score_is_the_same_wherever_the_tokens_are_cut(
    nlp: Language, text: str, places: list[int]
) -> None:
    doc = nlp(cut(nlp, text, places))
    assert doc.text == text
    assert_as_recorded(doc)


def test_two_pieces_of_evidence_in_one_token_are_two_spans(nlp: Language) -> None:
    text = "You people are scum and vermin."
    doc = nlp(cut(nlp, text, []))
    spans = doc.spans["postlint_aggressiveness"]
    assert len(doc._.aggressiveness_evidence) == len(spans) >= 2
    assert {span.text for span in spans} == {text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (POSTS["empty"], [0.0, 0.0, None, 0.0]),
        (POSTS["Welsh"], [None, None, None, None]),
        (POSTS["no word"], [0.0, 0.0, None, 0.0]),
    ],
)
def test_what_scores_nothing(nlp: Language, text: str, expected: list[float | None]) -> None:
    doc = nlp(text)
    assert [doc._.get(name) for name in NAMES] == expected
    assert [doc._.get(evidence_name(name)) for name in NAMES] == [[], [], [], []]
    assert [len(doc.spans[factory_name(name)]) for name in NAMES] == [0, 0, 0, 0]


@pytest.mark.parametrize(("lang", "scored"), [("", False), ("en-GB", True), ("cy", False)])
def test_a_language_given_takes_the_place_of_the_guess(lang: str, scored: bool) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("postlint_receptiveness", config={"lang": lang})
    assert (nlp(POSTS["Welsh"])._.receptiveness is not None) == scored


def test_a_language_given_holds_for_one_component_only() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("postlint_aggressiveness", config={"lang": "cy"})
    nlp.add_pipe("postlint_receptiveness")
    doc = nlp(BUSY)
    assert doc._.aggressiveness is None
    assert doc._.receptiveness is not None


def test_a_text_longer_than_a_post_may_be_is_warned_of(nlp: Language) -> None:
    scorer = Scorer("aggressiveness")
    with pytest.warns(UserWarning, match="at most 100,000 characters; this Doc has 100,001"):
        doc = scorer(nlp.make_doc("a" * (MAX_CHARACTERS + 1)))
    assert doc._.aggressiveness is None
    assert scorer(nlp.make_doc("a" * MAX_CHARACTERS))._.aggressiveness is not None


def test_several_components_look_at_a_doc_once_and_never_make_a_doc(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Analysis] = []

    def counted(analysis: Analysis, *given: object) -> None:
        seen.append(analysis)
        made(analysis, *given)  # type: ignore[arg-type]

    made = Analysis.__init__
    monkeypatch.setattr(Analysis, "__init__", counted)
    list(nlp.pipe(["You are scum.", "Thanks all.", "Thanks all."]))
    assert [analysis.text for analysis in seen] == ["You are scum.", "Thanks all."]
    assert not any("doc" in analysis.__dict__ for analysis in seen)


def test_only_the_last_text_is_kept(nlp: Language) -> None:
    nlp(BUSY)
    nlp("Thanks all.")
    assert components._lens.last is not None
    assert components._lens.last.text == "Thanks all."


def test_each_thread_has_a_lens_of_its_own(nlp: Language) -> None:
    docs: list[Doc] = []
    threads = [threading.Thread(target=lambda: docs.append(nlp(cut(nlp, BUSY, [])))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(docs) == 2
    for doc in docs:
        assert_as_recorded(doc)


@pytest.mark.parametrize("processes", [1, 2])
def test_batches_and_processes(nlp: Language, processes: int) -> None:
    texts = [*POSTS.values()] * 2
    docs = list(nlp.pipe(texts, batch_size=4, n_process=processes))
    assert [doc.text for doc in docs] == texts
    for doc in docs:
        assert_as_recorded(doc)


def test_texts_with_what_goes_along(nlp: Language) -> None:
    ((doc, row),) = nlp.pipe([(BUSY, {"row": 7})], as_tuples=True)
    assert row == {"row": 7}
    assert_as_recorded(doc)


def test_within_a_memory_zone(nlp: Language) -> None:
    with nlp.memory_zone():
        for doc in nlp.pipe([BUSY, "You are a numpty.", "zqxj are vermin"]):
            assert_as_recorded(doc)
    assert_as_recorded(nlp(BUSY))


def test_a_component_twice_under_two_names_gives_the_same() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("postlint_aggressiveness", name="first")
    once = nlp(BUSY)
    nlp.add_pipe("postlint_aggressiveness", name="second")
    twice = nlp(BUSY)
    assert nlp.pipe_names == ["first", "second"]
    assert once._.aggressiveness == twice._.aggressiveness > 50
    assert len(once.spans["postlint_aggressiveness"]) == len(twice.spans["postlint_aggressiveness"])


def test_beside_other_peoples_spans_and_data(nlp: Language) -> None:
    doc = nlp.make_doc(BUSY)
    doc.spans["sc"] = [doc[0:2]]
    doc.user_data["mine"] = 1
    nlp(doc)
    assert [span.text for span in doc.spans["sc"]] == ["You people"]
    assert doc.user_data["mine"] == 1


def test_a_pipeline_saved_and_loaded(tmp_path: Path) -> None:
    nlp = pipeline(spacy.blank("en"))
    nlp.add_pipe("postlint_receptiveness", name="forced", config={"lang": "en"})
    nlp.to_disk(tmp_path / "pipeline")
    data = nlp.to_bytes()
    again = spacy.blank("en", config=nlp.config).from_bytes(data)
    for loaded in (spacy.load(tmp_path / "pipeline"), again):
        assert loaded.pipe_names == nlp.pipe_names
        assert loaded.get_pipe("forced") == Scorer("receptiveness", "en")
        assert_as_recorded(loaded(BUSY))


def as_bytes(doc: Doc) -> Doc:
    return Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())


def as_docbin(doc: Doc) -> Doc:
    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    return next(DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab))


@pytest.mark.parametrize(
    "again", [as_bytes, as_docbin, Doc.copy, lambda doc: pickle.loads(pickle.dumps(doc))]
)
def test_a_doc_saved_and_loaded_keeps_numbers_and_evidence(
    nlp: Language, again: Callable[[Doc], Doc]
) -> None:
    assert_as_recorded(again(nlp(BUSY)))


def test_a_docbin_without_user_data_keeps_the_spans_and_their_points(nlp: Language) -> None:
    doc = nlp(BUSY)
    kept = next(DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(nlp.vocab))
    key = "postlint_aggressiveness"
    assert kept._.aggressiveness is None
    assert kept.spans[key].attrs == doc.spans[key].attrs
    assert [span.label_ for span in kept.spans[key]] == [span.label_ for span in doc.spans[key]]


def test_json_and_the_displayed_spans(nlp: Language) -> None:
    doc = nlp(BUSY)
    assert doc.to_json(underscore=["aggressiveness"])["_"]["aggressiveness"] == doc._.aggressiveness
    page = displacy.render(doc, style="span", options={"spans_key": "postlint_aggressiveness"}, jupyter=False)
    assert "insult" in page


def test_a_pickled_component_works_in_a_process_that_knows_nothing_of_it(tmp_path: Path) -> None:
    data = pickle.dumps(Scorer("aggressiveness", "en"))
    code = (
        f"import pickle, spacy\nscorer = pickle.loads({data!r})\n"
        "doc = scorer(spacy.blank('en').make_doc('You people are scum.'))\n"
        "print(scorer, doc._.aggressiveness > 50)\n"
    )
    assert run(code, tmp_path) == "Scorer(score='aggressiveness', lang='en') True\n"


def test_a_wrong_setting_is_refused() -> None:
    with pytest.raises(ValueError, match="postlint_receptiveness -> lang"):
        spacy.blank("en").add_pipe("postlint_receptiveness", config={"lang": 3})


@pytest.fixture
def taken(request: pytest.FixtureRequest) -> Iterator[str]:
    """An extension of somebody else's in the place of one of ours."""
    name, extension = request.param
    set_extensions()
    Doc.set_extension(name, force=True, **extension)
    yield name
    Doc.remove_extension(name)
    set_extensions()


@pytest.mark.parametrize(
    "taken",
    [
        ("aggressiveness", {"getter": lambda doc: 1}),
        ("aggressiveness_evidence", {"default": ()}),
        ("aggressiveness", {"method": lambda doc: 1}),
    ],
    indirect=True,
)
def test_somebody_elses_extension_is_not_overwritten(taken: str) -> None:
    theirs = Doc.get_extension(taken)
    with pytest.raises(ValueError, match=f"Doc has an extension `{taken}` that is not postlint's"):
        spacy.blank("en").add_pipe("postlint_aggressiveness")
    assert Doc.get_extension(taken) == theirs
    spacy.blank("en").add_pipe("postlint_receptiveness")


def test_somebody_elses_extension_that_looks_like_ours_is_not_taken_over(tmp_path: Path) -> None:
    code = (
        "import spacy\nfrom spacy.tokens import Doc\n"
        "Doc.set_extension('receptiveness', default=None)\n"
        "try:\n    spacy.blank('en').add_pipe('postlint_receptiveness')\n"
        "except ValueError as error:\n    print(error)\n"
    )
    assert run(code, tmp_path).startswith("Doc has an extension `receptiveness` that is not postlint's")
