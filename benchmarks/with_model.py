"""What a statistical model notes of a post's sentences, and cues with and without its notes.

Used by benchmarks/ablation.py only. A reader says which sentences the model is given (single ones, chosen by a hit of
a word list) and what is noted of each; the arms of a score are lists of cues: as they are, and with the notes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks import parsed
from benchmarks.fitting import _LISTS, RECEPTIVENESS, Cues, Plan
from linter.analysis import Analysis, phrases_of
from linter.phrases import Hit
from linter.post import Post, Source
from linter.scores import aggressiveness, question_sentence, question_traits, questions
from linter.scores import question_forms as forms
from linter.scores.cues import FADE, Cue
from linter.scores.weights import Family, weights

Sentence = tuple[int, int]
Note = Any
Arms = dict[str, list[Cues]]
"""The cues of texts by what is tried."""
WITHOUT = "without"


@dataclass(slots=True)
class Read:
    """A post read: its cues, its number of words and of sentences, and what the model noted of chosen sentences."""

    cues: list[Cue]
    words: int
    sentences: int
    notes: list[Note] = field(default_factory=list)
    parsed: int = 0


@dataclass(frozen=True)
class Reader:
    """What is read for a score, which sentences are chosen for the model, and what is noted of each."""

    nlp: Language
    cues: Callable[[Analysis], list[Cue]]
    chosen: Callable[[Analysis, list[Cue]], Iterable[Sentence]]
    note: Callable[[Doc, Analysis, Sentence, list[Cue]], Note]

    @cached_property
    def phrases(self) -> Any:
        """The word lists."""
        return phrases_of(dict.fromkeys(_LISTS + questions.LEXICONS))

    def read(self, texts: Sequence[str], *, model: bool = True, batch: int = 128) -> list[Read]:
        """Every post read, with the model or without."""
        found: list[Read] = []

        def sentences() -> Iterator[tuple[str, tuple[Read, Analysis, Sentence]]]:
            for number, text in enumerate(texts):
                analysis = Analysis(Post(str(number), text, Source("labelled")), self.phrases)
                cues = self.cues(analysis) if analysis.words else []
                one = Read(cues, analysis.words, len(analysis.sentences))
                found.append(one)
                for sentence in self.chosen(analysis, cues) if model else ():
                    span = analysis.tokens.span(*sentence)
                    yield text[span.start : span.end], (one, analysis, sentence)

        for doc, (one, analysis, sentence) in self.nlp.pipe(sentences(), as_tuples=True, batch_size=batch):
            one.notes.append(self.note(doc, analysis, sentence, one.cues))
            one.parsed += 1
        return found


def holding(
    pick: Callable[[Family], bool],
) -> Callable[[Analysis, list[Cue]], Iterable[Sentence]]:
    """Chooses the sentences that hold a hit of certain families."""
    return lambda analysis, cues: dict.fromkeys(
        analysis.sentence_at(cue.hit.first) for cue in cues if pick(cue.family)
    )


class Free(Family):
    """A family whose words may weigh either way: what the model notes, and no word list."""

    def weigh(self, aimed: bool, words: str) -> float:
        """The points of one note."""
        return self.points + self.words.get(words, 0.0)


def free(names: Iterable[str], families: Mapping[str, Family]) -> dict[str, Family]:
    """The families with some for the notes beside them."""
    return {**families, **{name: Free(name, len(families), 0.0, 0.0) for name in names}}


def noted(families: Mapping[str, Family], name: str, words: str, share: float) -> Cue:
    """A note as a cue, so that it is fitted as any other."""
    return Cue(Hit(0, 0), families[name], words, False, share)


# --- aggressiveness and rhetoric ----------------------------------------------------------------------------------

AIMS = (parsed.PERSON, parsed.ONESELF, parsed.THING, parsed.NOBODY)
AIM_NOTES = (*AIMS, "under a negation", "object of mine", "subject or object")


def aim_reader(nlp: Language, families: Mapping[str, Family]) -> Reader:
    """Reads the aims of a post's hits in the sentences that hold one of an aimable family."""
    return Reader(
        nlp,
        lambda analysis: aggressiveness.cues(analysis, families),
        holding(_is_aimed),
        _aims,
    )


def _is_aimed(family: Family) -> bool:
    return family.can_be_aimed and family.name != aggressiveness.VADER


def _aims(doc: Doc, analysis: Analysis, sentence: Sentence, cues: list[Cue]) -> dict[int, parsed.Aim]:
    """For each aimable cue of a sentence, by number, its aim by the parse."""
    tokens, start = analysis.tokens, analysis.tokens.starts[sentence[0]]
    named = {tokens.starts[i] - start for i in analysis.parties}
    for owner in ("you", "people", "party"):
        named |= {tokens.starts[i] - start for hit in analysis.hits.get(owner, ()) for i in range(*hit)}
    people = {token.i for token in doc if token.idx in named}
    found = {}
    for number, cue in enumerate(cues):
        if _is_aimed(cue.family) and sentence[0] <= cue.hit.first < sentence[1]:
            span = tokens.span(*cue.hit)
            words = doc.char_span(span.start - start, span.end - start, alignment_mode="expand")
            if words is not None:
                found[number] = parsed.aim(words, people)
    return found


def aim_arms(reader: Reader, families: Mapping[str, Family], texts: list[str]) -> Arms:
    """The cues as they are, with the aim by the parse instead, and with its notes beside."""
    arms: Arms = {WITHOUT: [], "aim by the parse instead": [], "notes beside": []}
    for one in reader.read(texts):
        aims = {number: aim for note in one.notes for number, aim in note.items()}
        notes = []
        for number, aim in aims.items():
            cue = one.cues[number]
            told = (True, aim.negated, aim.object_of_mine, aim.argument)
            for name, holds in zip((aim.of, *AIM_NOTES[len(AIMS) :]), told, strict=True):
                if holds:
                    notes.append(noted(families, name, cue.family.name, cue.share))
        arms[WITHOUT].append((one.cues, one.words))
        arms["aim by the parse instead"].append((_re_aimed(one.cues, aims), one.words))
        arms["notes beside"].append(([*one.cues, *notes], one.words))
    return arms


def _re_aimed(cues: list[Cue], aims: Mapping[int, parsed.Aim]) -> list[Cue]:
    """The cues aimed by the parse, and fading anew, since those aimed and those not fade apart."""
    before: dict[tuple[str, bool], int] = defaultdict(int)
    after: dict[tuple[str, bool], int] = defaultdict(int)
    found = []
    for number, cue in enumerate(cues):
        name = cue.family.name
        if name == aggressiveness.VADER:
            found.append(cue)
            continue
        aimed = aims[number].of == parsed.PERSON if number in aims else cue.aimed
        whole = cue.share / FADE ** before[name, cue.aimed]
        found.append(cue._replace(aimed=aimed, share=whole * FADE ** after[name, aimed]))
        before[name, cue.aimed] += 1
        after[name, aimed] += 1
    return found


MERE_WORDS = "words of it"
QUALITIES = ("adjectives", "adverbs", "superlatives", MERE_WORDS)
ALL_QUALITIES = (
    "in sentences with a loaded word",
    "in every sentence (upper bound)",
    "control without a model: words of those sentences",
)
_LOADED = ("loaded", "loaded-strong", "loaded-mild")


def quality_reader(
    nlp: Language, plan: Plan, families: Mapping[str, Family], *, every: bool = False
) -> Reader:
    """Counts adjectives, adverbs and superlatives in sentences with a loaded word, or in every sentence."""
    loaded = holding(lambda family: family.name in _LOADED)

    def chosen(analysis: Analysis, cues: list[Cue]) -> Iterable[Sentence]:
        return analysis.sentences if every else loaded(analysis, cues)

    def note(doc: Doc, analysis: Analysis, sentence: Sentence, cues: list[Cue]) -> Note:
        return (sentence in loaded(analysis, cues), parsed.qualities(doc), analysis.tokens.words(*sentence))

    return Reader(nlp, lambda analysis: plan.module.cues(analysis, families), chosen, note)


def quality_arms(reader: Reader, families: Mapping[str, Family], texts: list[str]) -> Arms:
    """The cues as they are; with the qualities of sentences with a loaded word, and of all; with mere words instead."""
    some, every, words = ALL_QUALITIES
    arms: Arms = {WITHOUT: [], some: [], every: [], words: []}
    for one in reader.read(texts):
        arms[WITHOUT].append((one.cues, one.words))
        for arm in ALL_QUALITIES:
            notes = [
                noted(families, name, "all", count)
                for loaded, counts, length in one.notes
                if loaded or arm == every
                for name, count in (counts if arm != words else {MERE_WORDS: length}).items()
                if count
            ]
            arms[arm].append(([*one.cues, *notes], one.words))
    return arms


# --- receptiveness -----------------------------------------------------------------------------------------------

MOVE_NOTES = ("thinking", "soft modals", "hard modals")


def move_reader(nlp: Language, families: Mapping[str, Family]) -> Reader:
    """Counts first persons who think, and modal verbs, in the sentences with a hit."""
    return Reader(
        nlp,
        lambda analysis: RECEPTIVENESS.module.cues(analysis, families),
        holding(lambda family: True),
        lambda doc, analysis, sentence, cues: (
            parsed.moves(doc),
            parsed.moves_by_words(analysis.tokens.forms[slice(*sentence)]),
        ),
    )


def move_arms(reader: Reader, families: Mapping[str, Family], texts: list[str]) -> Arms:
    """The cues as they are and with the notes beside, each note half of the one before; the same by words alone."""
    arms: Arms = {WITHOUT: [], "notes beside": [], "control without a model: the same by words": []}
    for one in reader.read(texts):
        arms[WITHOUT].append((one.cues, one.words))
        for which, arm in enumerate(list(arms)[1:]):
            counts = {name: sum(note[which][name] for note in one.notes) for name in MOVE_NOTES}
            notes = [
                noted(families, name, "all", sum(FADE**times for times in range(count)))
                for name, count in counts.items()
                if count
            ]
            arms[arm].append(([*one.cues, *notes], one.words))
    return arms


# --- questions ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence: where it stands, whether it asks and waits for an answer by words, and by the parse."""

    start: int
    end: int
    said: bool
    asks: bool
    inverted: bool
    genuine: bool
    genuine_parsed: bool

    @property
    def waits(self) -> bool:
        """Whether the author asks and waits for an answer, by words."""
        return self.said and self.asks and self.genuine

    @property
    def waits_parsed(self) -> bool:
        """The same by the parse."""
        return self.said and self.inverted and self.genuine_parsed


def question_reader(nlp: Language, *, marked: bool) -> Reader:
    """Reads sentences with a word that every unmarked question holds; those with a mark only if asked to."""

    def chosen(analysis: Analysis, cues: list[Cue]) -> Iterator[Sentence]:
        said = analysis.tokens.forms
        for first, last in analysis.sentences:
            has_mark = any("?" in form for form in said[first:last])
            if (marked and has_mark) or (not has_mark and not forms.ASKING.isdisjoint(said[first:last])):
                yield first, last

    return Reader(nlp, lambda analysis: [], chosen, _asked)


def _asked(doc: Doc, analysis: Analysis, sentence: Sentence, cues: list[Cue]) -> Asked:
    one = question_sentence.Sentence.of(analysis, analysis.sentences.index(sentence))
    span = analysis.tokens.span(*sentence)
    asks = one.is_marked or _asks_otherwise(one) or parsed.inverted(doc)
    genuine = question_traits.is_genuine(one, weights(questions.NAME))
    return Asked(span.start, span.end, analysis.said(span), one.asks, asks, genuine, _points(one, doc) >= 0)


def _asks_otherwise(one: question_sentence.Sentence) -> bool:
    """Whether a sentence asks by anything but the order of its words: a request, a tag, "any tips", "what about"."""
    if one.holds("indirect-ask"):
        return True
    if not one.clauses:
        return False
    words = one.clauses[0]
    second = words[1] if len(words) > 1 else ""
    if words[0] in forms.WH and second:
        return second in forms._WH_WITH.get(words[0], ()) or (words[0], second) in forms._WHOLE
    ordered = words[0] in forms.AUXILIARIES | forms.NEGATED | forms.WH_IS
    return (not ordered and forms.in_order(words, one.bare)) or (one.bare and forms.ends_in_tag(one.words))


def _points(one: question_sentence.Sentence, doc: Doc) -> float:
    """The points of a question's traits, with of whom it is asked told by the parse."""
    by = weights(questions.NAME)
    told = dict(zip(("of the reader", "of others", "of a thing"), parsed.of_whom(doc), strict=True))
    holding = (told[trait] if trait in told else test(one) for trait, test in question_traits.TRAITS.items())
    return by.base + sum(
        by.families[trait].points
        for trait, holds in zip(question_traits.TRAITS, holding, strict=True)
        if holds
    )
