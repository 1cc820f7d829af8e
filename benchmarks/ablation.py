"""Whether a statistical model pays: each score with and without what a parse of single sentences tells.

    python -m spacy download en_core_web_sm
    python -m benchmarks.ablation --data DIR [--model NAME_OR_PATH] [--rows N] [--times N]

The model reads only sentences that were chosen cheaply, by a hit of a word list, each by itself. The same rows and
folds are scored without and with its features, and the difference stands with its paired bootstrap 95 % interval.
Of a set of more than `--rows` rows a sample is drawn (seed below). Output in Markdown; docs/ablation.md is one run of
it. Without the sets or the model it says where each can be had and exits with 2.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import yaml
from numpy.typing import NDArray
from scipy.stats import rankdata
from sklearn.model_selection import GroupKFold
from spacy.language import Language

from benchmarks.fit import FOLDER, MOVES, SCORES
from benchmarks.fitting import RECEPTIVENESS, Cues, Plan, fit_moves, raw
from benchmarks.labelled import PRACTICE, Row, data_folder, once, rows
from benchmarks.validity import FOLDS, SEED, Report, Score, british, groups
from benchmarks.with_model import (
    AIM_NOTES,
    MOVE_NOTES,
    QUALITIES,
    WITHOUT,
    Arms,
    Asked,
    Free,
    Read,
    Reader,
    aim_arms,
    aim_reader,
    free,
    move_arms,
    move_reader,
    quality_arms,
    quality_reader,
    question_reader,
)  # fmt: skip
from linter.analysis import Analysis
from linter.post import Post, Source
from linter.scores import questions, rhetoric
from linter.scores.weights import Family, read_weights, weights

Array = NDArray[np.float64]
Figure = Callable[[Array, Array], float]
ORDER, PAIRS_RIGHT = "order and subject by the parse", "contrast pairs, share right"
PAIRS = Path(__file__).parent.parent / "tests" / "contrast_pairs.yaml"
YARDSTICK, POSTS = "rhet_dfe_partisan", 1000
"""The posts that costs are measured on, and how many."""


# --- figures, each asked for thousands of times ------------------------------------------------------------------


def auc(y: Array, values: Array) -> float:
    """Area under the ROC curve, by ranks."""
    ones = y.sum()
    above = rankdata(values)[y > 0].sum() - ones * (ones + 1) / 2
    return float(above / (ones * (len(y) - ones)))


def f1(y: Array, said: Array) -> float:
    """F1 of a yes or no."""
    return float(2 * (y * said).sum() / max(y.sum() + said.sum(), 1))


def correlation(y: Array, values: Array) -> float:
    """Pearson's r."""
    return float(np.corrcoef(y, values)[0, 1])


def share(y: Array, values: Array) -> float:
    """The mean of the values: of pairs, the share ordered rightly."""
    return float(values.mean())


class Table:
    """Lines that compare figures without the model and with it."""

    def __init__(self, report: Report, title: str, what: str) -> None:
        self.report = report
        self.gains: dict[tuple[str, str], list[Array]] = defaultdict(list)
        report.head(title, "set", "n", "how", what + " without", "the model's part", "with", "gain (95 %)")

    def compare(
        self, name: str, how: str, y: Array, without: Array, arms: Mapping[str, Array], figure: Figure
    ) -> None:
        """A line for each arm: the figure without and with, and the difference over rows drawn again and again."""
        for arm, values in arms.items():
            dice = np.random.default_rng(SEED)
            drawn: list[float] = []
            while len(drawn) < self.report.times:
                picked = dice.integers(0, len(y), len(y))
                if figure is share or np.ptp(y[picked]) > 0:
                    drawn.append(figure(y[picked], values[picked]) - figure(y[picked], without[picked]))
            old, new = figure(y, without), figure(y, values)
            gains = np.array([*drawn, new - old])
            self.gains[how, arm].append(gains)
            self.report.row(name, len(y), how, f"{old:.3f}", arm, f"{new:.3f}", _gain(gains))

    def means(self, hows: Iterable[str]) -> None:
        """A line for each arm: the mean gain over the sets, each counting the same."""
        for (how, arm), gains in self.gains.items():
            if how in hows:
                mean = np.mean(gains, axis=0)
                self.report.row("**mean of the sets**", len(gains), how, "", arm, "", _gain(mean))


def _gain(gains: Array) -> str:
    """The last of some gains, with the middle 95 % of those before it."""
    low, high = np.quantile(gains[:-1], [0.025, 0.975])
    clear = " **+**" if low > 0 else " **−**" if high < 0 else ""
    return f"{gains[-1]:+.4f} ({low:+.4f} to {high:+.4f}){clear}"


# --- aggressiveness and rhetoric: fitted as they are, and with the notes beside ----------------------------------


class Trial(Score):
    """A score over samples of its sources, with given cues and families."""

    def __init__(self, of: Sources, cues: Mapping[str, list[Cues]], families: dict[str, Family]) -> None:
        notes = [name for name, family in families.items() if isinstance(family, Free)]
        self.plan: Plan = replace(of.plan, start={**of.plan.start, **dict.fromkeys(notes, 0.0)})
        self.label, self.sources, self.families = of.label, list(of.rows), families
        self.rows, self.single, self.y = of.rows, of.single, of.y
        self.cues = {source: cues[source] for source in of.rows}
        self.least = 0.0 if of.plan.module is rhetoric else -np.inf
        self.practice = (cues[PRACTICE], np.array([float(self.label(row)) for row in of.practice_rows]))

    def values(self, cues: list[Cues], by: Any) -> Array:
        """The score of texts by given weights; a density is never below nought."""
        return np.maximum(super().values(cues, by), self.least)


class Sources:
    """A score's sources, sampled."""

    def __init__(self, folder: Path, name: str, most: int) -> None:
        self.name = name
        self.plan, self.label, names = SCORES[name]
        self.families = dict(read_weights((FOLDER / f"{name}.yaml").read_text("utf-8"), name).families)
        self.rows: dict[str, list[Row]] = {}
        self.single: dict[str, Any] = {}
        for source in names:
            every, alone = rows(folder, source), once(folder, source)
            picked = sample(len(every), most)
            self.rows[source] = [every[i] for i in picked]
            self.single[source] = np.array([alone[i] for i in picked])
        self.y = {
            source: np.array([float(self.label(row)) for row in found]) for source, found in self.rows.items()
        }
        self.practice_rows = rows(folder, PRACTICE)

    def texts(self) -> dict[str, list[str]]:
        """The texts to read, by set."""
        every = {**self.rows, PRACTICE: self.practice_rows}
        return {name: [row["text"] for row in found] for name, found in every.items()}


def contrast_pairs(score: str) -> list[tuple[str, str]]:
    """The pairs of a score: the first of each should score above the second."""
    themes = yaml.safe_load(PAIRS.read_text("utf-8"))[score]
    return [(more, less) for found in themes.values() for more, less in found]


def sample(count: int, most: int) -> list[int]:
    """Which rows of a set are taken: all, or so many drawn by the seed, in order."""
    if count <= most:
        return list(range(count))
    return sorted(np.random.default_rng(SEED).choice(count, most, replace=False).tolist())


def compare_fitted(
    report: Report,
    folder: Path,
    of: Sources,
    title: str,
    arms_of: Callable[[list[str]], Arms],
    families: dict[str, Family],
) -> None:
    """The tables of a fitted score: every source, frozen and cv; judged posts and pairs by weights of all sources."""
    label = "attack" if of.name == "aggressiveness" else "rhetoric"
    pairs = contrast_pairs(of.name)
    judged = {"judged_posts": rows(folder, "judged_posts"), "our British set": british()}
    texts = of.texts()
    texts |= {name: [row["text"] for row in found] for name, found in judged.items()}
    texts |= {"more": [more for more, _ in pairs], "less": [less for _, less in pairs]}
    read = {name: arms_of(found) for name, found in texts.items()}
    arms = list(read[PRACTICE])
    trials = {
        arm: Trial(
            of,
            {name: found[arm] for name, found in read.items()},
            of.families if arm == WITHOUT else families,
        )
        for arm in arms
    }
    table = Table(report, title, "AUC")

    def line(name: str, how: str, y: Array, values: dict[str, Array], figure: Figure) -> None:
        table.compare(name, how, y, values.pop(WITHOUT), values, figure)

    for source in of.rows:
        line(source, "frozen", of.y[source], {arm: trials[arm].frozen(source) for arm in arms}, auc)
        line(source, "cv", of.y[source], {arm: trials[arm].cross(source) for arm in arms}, auc)
    table.means(("frozen", "cv"))
    fitted = {arm: trials[arm].fitted() for arm in arms}
    for name, found in judged.items():
        y = np.array([float(row[label] >= 1.5) for row in found])
        line(
            name,
            "all sources",
            y,
            {arm: trials[arm].values(read[name][arm], fitted[arm]) for arm in arms},
            auc,
        )
    right = {}
    for arm in arms:
        more, less = (trials[arm].values(read[name][arm], fitted[arm]) for name in ("more", "less"))
        right[arm] = np.array(more > less, float)
    line(PAIRS_RIGHT, "all sources", np.ones(len(pairs)), right, share)


def attack_table(report: Report, folder: Path, nlp: Language, most: int) -> dict[str, Reader]:
    """Aggressiveness, with the aim of its hits told by the parse."""
    of = Sources(folder, "aggressiveness", most)
    families = free(AIM_NOTES, of.families)
    reader = aim_reader(nlp, of.families)
    compare_fitted(
        report, folder, of, "Aggressiveness, AUC", lambda texts: aim_arms(reader, families, texts), families
    )
    return {"aggressiveness: aim": reader}


def rhetoric_table(report: Report, folder: Path, nlp: Language, most: int) -> dict[str, Reader]:
    """Rhetoric density, with shares of parts of speech."""
    of = Sources(folder, "rhetoric_density", most)
    families = free(QUALITIES, of.families)
    every = quality_reader(nlp, of.plan, of.families, every=True)
    compare_fitted(
        report,
        folder,
        of,
        "Rhetoric density, AUC",
        lambda texts: quality_arms(every, families, texts),
        families,
    )
    return {
        "rhetoric density: sentences with a loaded word": quality_reader(nlp, of.plan, of.families),
        "rhetoric density: every sentence": every,
    }


def receptiveness_table(report: Report, folder: Path, nlp: Language, most: int) -> dict[str, Reader]:
    """Receptiveness: fitted on the other set, and by turns on four fifths of both."""
    plain = dict(weights("receptiveness").families)
    families = free(MOVE_NOTES, plain)
    reader = move_reader(nlp, plain)
    table = Table(report, "Receptiveness, r", "r")
    found = {name: [rows(folder, name)[i] for i in sample(len(rows(folder, name)), most)] for name in MOVES}
    y = {name: np.array([float(row[label]) for row in found[name]]) for name, label in MOVES.items()}
    read = {name: move_arms(reader, families, [row["text"] for row in found[name]]) for name in MOVES}
    for name in MOVES:
        (other,) = (one for one in MOVES if one != name)
        values: dict[str, dict[str, Array]] = {"frozen": {}, "cv": {}}
        for arm in read[name]:
            by = plain if arm == WITHOUT else families
            cues = read[name][arm]
            beside = (read[other][arm], y[other])
            frozen = fit_moves([beside], by)
            values["frozen"][arm] = np.array([raw(one, RECEPTIVENESS, frozen) for one in cues])
            values["cv"][arm] = np.zeros(len(cues))
            for train, test in GroupKFold(FOLDS).split(cues, groups=groups(found[name])):
                cross = fit_moves([([cues[i] for i in train], y[name][train]), beside], by)
                values["cv"][arm][test] = [raw(cues[i], RECEPTIVENESS, cross) for i in test]
        for how, by_arm in values.items():
            table.compare(name, how, y[name], by_arm.pop(WITHOUT), by_arm, correlation)
    table.means(("frozen", "cv"))
    return {"receptiveness": reader}


# --- questions ---------------------------------------------------------------------------------------------------


def question_table(report: Report, folder: Path, nlp: Language, most: int) -> dict[str, Reader]:
    """Which unmarked sentences ask, and which questions wait for an answer; nothing is fitted."""
    table = Table(report, "Questions, F1", "F1")
    reader = question_reader(nlp, marked=False)
    for name in ("q_nps", "q_swda", "q_mrda_nomark"):
        every = rows(folder, name)
        found = [every[i] for i in sample(len(every), 2 * most)]
        y = np.array([float(row["question"]) for row in found])
        texts = [row["text"] for row in found]
        read = reader.read(texts)
        plain = asks_by_words(reader, texts)
        arms = {
            "inversion by the parse instead": lambda note: note.inverted,
            "either": lambda note: note.inverted or note.asks,
            "both": lambda note: note.inverted and note.asks,
        }
        values = {
            arm: np.array(
                [float(_with_parse(post, words, test)) for post, words in zip(read, plain, strict=True)]
            )
            for arm, test in arms.items()
        }
        table.compare(
            name, "as shipped", y, np.array([float(any(words.values())) for words in plain]), values, f1
        )
    table.means(("as shipped",))
    with_marks = question_reader(nlp, marked=True)
    genuine_table(report, folder, with_marks)
    return {"questions: unmarked sentences": reader, "questions: marked ones as well": with_marks}


def asks_by_words(reader: Reader, texts: Sequence[str]) -> list[dict[int, bool]]:
    """For each text, for each of its sentences by its start, whether it asks by our reading."""
    found = []
    for text in texts:
        analysis = Analysis(Post("", text, Source("labelled")), reader.phrases)
        asked = {analysis.tokens.starts[one.first] for one in questions.asked(analysis)}
        starts = [analysis.tokens.starts[first] for first, _ in analysis.sentences]
        found.append({start: start in asked for start in starts})
    return found


def _with_parse(post: Read, words: dict[int, bool], test: Callable[[Asked], bool]) -> bool:
    """Whether a text asks, where the chosen sentences are judged with the parse."""
    judged = {note.start: note.said and test(note) for note in post.notes}
    return any((words | judged).values())


def genuine_table(report: Report, folder: Path, reader: Reader) -> None:
    """Genuine against rhetorical questions, with of whom is asked told by the parse; and the contrast pairs."""
    table = Table(report, "Genuine against rhetorical questions, F1 of genuine", "F1")
    for name, found in _labelled_questions(folder).items():
        y = np.array([float(label == "G") for _, _, label in found])
        read = reader.read([text if question in text else question for text, question, _ in found])
        words, parse = [], []
        for (text, question, _), post in zip(found, read, strict=True):
            at = max(text.find(question), 0)
            inside = [note for note in post.notes if note.start < at + len(question) and at < note.end]
            words.append(float(any(note.waits for note in inside)))
            parse.append(float(any(note.waits_parsed for note in inside)))
        table.compare(name, "as shipped", y, np.array(words), {ORDER: np.array(parse)}, f1)
    pairs = contrast_pairs("questions")
    more, less = (reader.read([pair[i] for pair in pairs]) for i in (0, 1))
    right = [
        np.array(
            [sum(map(waits, a.notes)) > sum(map(waits, b.notes)) for a, b in zip(more, less, strict=True)],
            float,
        )
        for waits in (lambda note: note.waits, lambda note: note.waits_parsed)
    ]
    table.compare(PAIRS_RIGHT, "as shipped", np.ones(len(pairs)), right[0], {ORDER: right[1]}, share)


def _labelled_questions(folder: Path) -> dict[str, list[tuple[str, str, str]]]:
    """By set: a text, a question in it and its label, G or R."""
    practice = [(row["text"], *asked) for row in rows(folder, PRACTICE) for asked in row.get("questions", ())]
    judged = [(row["text"], row["question"], row["label"]) for row in rows(folder, "judged_questions")]
    ours = [(post["text"], text, one) for post in british() for text, one, two in post["asked"] if one == two]
    every = {"corpora/practice": practice, "judged_questions": judged, "our British set": ours}
    return {name: [one for one in found if one[2] in "GR"] for name, found in every.items()}


# --- what it costs -----------------------------------------------------------------------------------------------


def cost_table(report: Report, folder: Path, readers: Mapping[str, Reader]) -> None:
    """CPU seconds for a thousand posts, read one by one as the linter does, and in batches."""
    every = rows(folder, YARDSTICK)
    texts = [every[i]["text"] for i in sample(len(every), POSTS)]
    report.head(
        f"Cost, {len(texts)} posts of {YARDSTICK}", "score", "sentences parsed", "CPU s per 1,000 posts without",
        "with, one by one", "with, in batches of 128",
    )  # fmt: skip
    for name, reader in readers.items():
        reader.read(texts, model=False)  # the word lists grow where posts go: not to be counted
        reader.read(texts[:50])
        spent = []
        for model, batch in ((False, 1), (True, 1), (True, 128)):
            start = time.process_time()
            found = reader.read(texts, model=model, batch=batch)
            spent.append((time.process_time() - start) / len(texts) * 1000)
        parsed_share = sum(one.parsed for one in found) / sum(one.sentences for one in found)
        report.row(name, f"{100 * parsed_share:.0f} %", *(f"{seconds:.2f}" for seconds in spent))


def start_up(code: str) -> float:
    """The median wall time in seconds of three fresh interpreters that run some code, less that of an empty one."""

    def once_run(what: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", what], check=True)
        return time.perf_counter() - start

    return statistics.median(once_run(code) for _ in range(3)) - statistics.median(
        once_run("") for _ in range(3)
    )


def size(nlp: Language) -> float:
    """Megabytes that the model takes on disk."""
    return (
        sum(file.stat().st_size for file in nlp.path.rglob("*") if file.is_file()) / 1e6 if nlp.path else 0.0
    )


def loaded_model(name: str) -> Language:
    """The model; without it, says how it can be had and exits with 2."""
    try:
        return spacy.load(name)
    except OSError:
        print(f"No model {name}: python -m spacy download en_core_web_sm, or --model PATH", file=sys.stderr)
        sys.exit(2)


def main() -> None:
    """Measure everything and print it as Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--model", default="en_core_web_sm", help="a model's name or path")
    parser.add_argument(
        "--rows", type=int, default=3000, help="so many rows of a set at most; twice for questions"
    )
    parser.add_argument("--times", type=int, default=1000, help="resamplings for the intervals")
    options = parser.parse_args()
    folder, nlp = data_folder(options.data), loaded_model(options.model)
    print(
        f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}, spaCy {version('spacy')}, Python {platform.python_version()}; at most "
        f"{options.rows} rows of a set (twice as many for questions), seed {SEED}, {options.times} resamplings."
    )
    report = Report(options.times)
    readers: dict[str, Reader] = {}
    for table in (attack_table, rhetoric_table, question_table, receptiveness_table):
        readers |= table(report, folder, nlp, options.rows)
        print("\n".join(report.lines), flush=True)
        report.lines.clear()
    cost_table(report, folder, readers)
    without = start_up("import linter.cli")
    alone, whole = start_up("import spacy"), start_up(f"import spacy; spacy.load({options.model!r})")
    print("\n".join(report.lines))
    print(
        f"\nStart-up: {without:.1f} s for the linter's own imports, {alone:.1f} s to import spaCy, {whole:.1f} s with the model loaded. "
        f"The model takes {size(nlp):.0f} MB on disk."
    )


if __name__ == "__main__":
    main()
