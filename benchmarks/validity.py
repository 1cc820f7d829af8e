"""How well the scores agree with people, beside what a user could install instead.

    python -m benchmarks.validity --data DIR [--quick]

For every labelled set: our figure, a bootstrap 95 % interval, the number of rows, and rivals measured in the same
run on the same rows. "frozen" is fitted without the set, "cv" with four fifths of it, by turns. TF-IDF with logistic
or ridge regression is fitted on the very set by cross-validation: it shows what the set's own words hold, and is no
rival that a user could install. Output in Markdown; docs/validity.md is one run of it. The sets are not part of
this repository; without them it says where each can be had and exits with 2.
"""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import pearsonr, spearmanr
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from benchmarks import question_fit
from benchmarks.fit import FOLDER, MOVES, SCORES
from benchmarks.fitting import RECEPTIVENESS, fit, fit_moves, raw, read_cues
from benchmarks.labelled import PRACTICE, Row, data_folder, once, rows
from linter.analysis import Analysis, phrases_of
from linter.post import Post, Source
from linter.scores import LEXICONS
from linter.scores import score as scored
from linter.scores.questions import asked
from linter.scores.weights import read_weights
from linter.text import Span

Array = NDArray[np.float64]
Figure = Callable[[Array, Array], float]
FOLDS, SEED = 5, 20261124


def auc(y: Array, values: Array) -> float:
    """Area under the ROC curve: how often a row called so scores above one that was not."""
    return float(roc_auc_score(y, values))


def interval(y: Array, values: Array, figure: Figure, times: int) -> tuple[float, float]:
    """The middle 95 % of a figure over resampled rows."""
    dice = np.random.default_rng(SEED)
    found = []
    for _ in range(times):
        picked = dice.integers(0, len(y), len(y))
        if len(set(y[picked].tolist())) > 1:
            found.append(figure(y[picked], values[picked]))
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


@cache
def vader(texts: tuple[str, ...]) -> Array:
    """VADER's negativity: minus its compound score."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    return np.array([-analyser.polarity_scores(text)["compound"] for text in texts])


@cache
def profanity(texts: tuple[str, ...]) -> Array:
    """alt-profanity-check's probability."""
    from profanity_check import predict_prob

    return np.array(predict_prob(list(texts)))


def words(texts: tuple[str, ...]) -> Array:
    """The number of words."""
    return np.array([float(len(text.split())) for text in texts])


def tfidf(texts: Sequence[str], y: Array, groups: Array) -> Array:
    """TF-IDF with regression, fitted on the very set by cross-validation."""
    binary = set(np.unique(y)) <= {0.0, 1.0}
    model: Any = (
        LogisticRegression(C=2, class_weight="balanced", max_iter=500) if binary else Ridge(alpha=1.0)
    )
    pipe = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True), model)
    method = "decision_function" if binary else "predict"
    return np.array(
        cross_val_predict(pipe, list(texts), y, groups=groups, cv=GroupKFold(FOLDS), method=method)
    )


class Score:
    """A fitted score over its sources: frozen and cross-validated values for each."""

    def __init__(self, folder: Path, name: str) -> None:
        self.plan, self.label, self.sources = SCORES[name]
        self.families = read_weights((FOLDER / f"{name}.yaml").read_text("utf-8"), name).families
        self.rows = {source: rows(folder, source) for source in self.sources}
        self.single = {source: np.array(once(folder, source)) for source in self.sources}
        self.cues = {source: self.read([row["text"] for row in self.rows[source]]) for source in self.sources}
        own = rows(folder, PRACTICE)
        self.practice = (
            self.read([row["text"] for row in own]),
            np.array([float(self.label(row)) for row in own]),
        )
        self.y = {
            source: np.array([float(self.label(row)) for row in self.rows[source]]) for source in self.sources
        }

    def read(self, texts: Sequence[str]) -> list[Any]:
        """The cues of any texts."""
        return read_cues(texts, self.plan, self.families)

    def _part(self, source: str, picked: Array) -> tuple[list[Any], Array]:
        picked = picked & self.single[source]
        return [cue for cue, take in zip(self.cues[source], picked, strict=True) if take], self.y[source][
            picked
        ]

    def fitted(self, without: str = "", but: Array | None = None) -> Any:
        """Weights without a source, or without some rows of it."""
        parts = []
        for source in self.sources:
            picked = np.ones(len(self.y[source]), bool)
            if source == without:
                if but is None:
                    continue
                picked = but
            parts.append(self._part(source, picked))
        return fit(parts, self.plan, self.families, practice=self.practice)

    def values(self, cues: list[Any], by: Any) -> Array:
        """The score of texts by given weights."""
        return np.array([raw(cue, self.plan, by) for cue in cues])

    @cache  # noqa: B019 - one run, a handful of sources
    def frozen(self, source: str) -> Array:
        """A source's values by weights fitted on the others."""
        return self.values(self.cues[source], self.fitted(source))

    @cache  # noqa: B019
    def cross(self, source: str) -> Array:
        """A source's values, each fifth by weights fitted on the other sources and the other fifths."""
        found = np.zeros(len(self.y[source]))
        for train, test in GroupKFold(FOLDS).split(found, groups=groups(self.rows[source])):
            picked = np.zeros(len(found), bool)
            picked[train] = True
            by = self.fitted(source, picked)
            found[test] = self.values([self.cues[source][i] for i in test], by)
        return found


def groups(found: Sequence[dict[str, Any]]) -> Array:
    """Rows that belong together (sentences of one article) get one number."""
    names = [str(row.get("article", number)) for number, row in enumerate(found)]
    return np.unique(names, return_inverse=True)[1].astype(float)


# --- our own sets ------------------------------------------------------------------------------------------------

LABELLED = Path(__file__).parent.parent / "corpora" / "labelled"


def british() -> list[Row]:
    """The British set of our own: posts with the mean of two readers' labels; `questions` with both readings."""
    posts = [row for part in ("a", "b") for row in _lines(LABELLED / f"posts-{part}.jsonl")]
    readers = [{row["id"]: row for row in _lines(LABELLED / f"reader-{number}.jsonl")} for number in (1, 2)]
    for post in posts:
        one, two = (reader[post["id"]] for reader in readers)
        for label in ("attack", "rhetoric"):
            post[label] = (one[label] + two[label]) / 2
            post[f"{label}_both"] = (one[label], two[label])
        post["asked"] = list(zip(post["questions"], one["questions"], two["questions"], strict=True))
    return posts


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def agreement(pairs: Sequence[tuple[float, float]]) -> float:
    """Krippendorff's alpha of two readers, for interval labels."""
    one, two = (np.array(values, float) for values in zip(*pairs, strict=True))
    every = np.concatenate([one, two])
    expected = 2 * every.var(ddof=1)
    return float(1 - ((one - two) ** 2).mean() / expected)


# --- questions ---------------------------------------------------------------------------------------------------


def asks(texts: Sequence[str]) -> Array:
    """Whether a text asks, by our reading."""
    phrases = phrases_of([*LEXICONS])
    found = [asked(Analysis(Post("", text, Source("")), phrases)) for text in texts]
    return np.array([float(bool(questions)) for questions in found])


def genuine(texts: Sequence[str], questions: Sequence[str]) -> Array:
    """Whether a question inside a text waits for an answer, by our reading."""
    phrases = phrases_of([*LEXICONS])
    found = []
    for text, question in zip(texts, questions, strict=True):
        at = text.find(question)
        whole = text if at >= 0 else question
        analysis = Analysis(Post("", whole, Source("")), phrases)
        span = Span(max(at, 0), max(at, 0) + len(question))
        found.append(
            any(
                one.genuine and analysis.tokens.span(one.first, one.last).overlaps(span)
                for one in asked(analysis)
            )
        )
    return np.array(found, float)


def f1(y: Array, said: Array) -> float:
    """F1 of a yes or no."""
    return float(f1_score(y > 0, said > 0))


# --- the tables --------------------------------------------------------------------------------------------------


class Report:
    """Lines of Markdown, each figure with its interval."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.lines: list[str] = []

    def head(self, title: str, *columns: str) -> None:
        """A heading and the head of a table."""
        self.lines += ["", f"## {title}", "", f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]

    def row(self, *cells: object) -> None:
        """A row of a table."""
        self.lines.append(f"| {' | '.join(map(str, cells))} |")

    def figure(self, y: Array, values: Array, figure: Figure) -> str:
        """A figure with its interval."""
        low, high = interval(y, values, figure, self.times)
        return f"{figure(y, values):.3f} ({low:.3f}-{high:.3f})"


def attack_tables(report: Report, folder: Path) -> None:
    """Aggressiveness: every source, and calibration."""
    score = Score(folder, "aggressiveness")
    report.head(
        "Aggressiveness, AUC",
        "set",
        "label",
        "n",
        "ours, frozen",
        "ours, cv",
        "VADER",
        "alt-profanity-check",
        "words",
        "TF-IDF, fitted on the set",
    )
    for source in score.sources:
        found = score.rows[source]
        texts = tuple(row["text"] for row in found)
        names = ("hostile", "antagonize", "dismissive") if source == "agg_ucc" else ("aggressive",)
        for name in names:
            y = np.array([float(row[name]) for row in found])
            report.row(
                source, name, len(y), report.figure(y, score.frozen(source), auc), report.figure(y, score.cross(source), auc),
                f"{auc(y, vader(texts)):.3f}", f"{auc(y, profanity(texts)):.3f}", f"{auc(y, words(texts)):.3f}",
                f"{auc(y, tfidf(texts, y, groups(found))):.3f}",
            )  # fmt: skip
    calibration_table(report, score)


def calibration_table(report: Report, score: Score) -> None:
    """Predicted against observed, in an equal mix of the sources, each by weights fitted without its row's fold."""
    report.head(
        "Calibration of aggressiveness, cross-validated",
        "value",
        "share of posts",
        "mean value",
        "called an attack",
    )
    values = {source: 1 / (1 + np.exp(-score.cross(source))) for source in score.sources}
    share = np.concatenate(
        [np.full(len(values[source]), 1 / len(values[source])) for source in score.sources]
    )
    share /= share.sum()
    p, y = (np.concatenate([one[source] for source in score.sources]) for one in (values, score.y))
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        if inside.any():
            weight = share[inside].sum()
            report.row(
                f"{100 * low:.0f}-{100 * low + 10:.0f}", f"{weight:.3f}", f"{100 * np.average(p[inside], weights=share[inside]):.0f}",
                f"{100 * np.average(y[inside], weights=share[inside]):.0f} in 100",
            )  # fmt: skip
    report.lines += [
        "",
        f"Brier score {np.average((p - y) ** 2, weights=share):.3f}; expected calibration error, pooled, {error(p, y, share):.3f}.",
    ]
    parts = []
    for source in score.sources:
        logit = score.cross(source)
        shift = _rebased(logit, score.y[source])
        parts.append(
            f"{source} {error(1 / (1 + np.exp(-(logit + shift))), score.y[source], np.full(len(logit), 1 / len(logit))):.3f}"
        )
    report.lines.append(f"By source, after re-basing its rate: {', '.join(parts)}.")


def error(p: Array, y: Array, share: Array) -> float:
    """Expected calibration error over ten bins of equal width."""
    bins = np.minimum((p * 10).astype(int), 9)
    total = 0.0
    for number in range(10):
        inside = bins == number
        weight = share[inside].sum()
        if weight > 0:
            total += weight * abs(np.average(p[inside] - y[inside], weights=share[inside]))
    return float(total)


def _rebased(logit: Array, y: Array) -> float:
    """The shift that makes the mean value equal the rate of the source."""
    low, high = -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        if (1 / (1 + np.exp(-(logit + middle)))).mean() < y.mean():
            low = middle
        else:
            high = middle
    return (low + high) / 2


def rhetoric_tables(report: Report, folder: Path) -> None:
    """Rhetoric density: every source, whole and among posts of one length."""
    score = Score(folder, "rhetoric_density")
    report.head(
        "Rhetoric density, AUC",
        "set",
        "n",
        "ours, frozen",
        "frozen, within fifths of length",
        "ours, cv",
        "cv, within fifths",
        "VADER",
        "words",
        "TF-IDF, fitted on the set",
    )
    for source in score.sources:
        found, y = score.rows[source], score.y[source]
        texts = tuple(row["text"] for row in found)
        length = np.array([float(count) for _, count in score.cues[source]])
        frozen, cross = np.maximum(score.frozen(source), 0), np.maximum(score.cross(source), 0)
        report.row(
            source, len(y), report.figure(y, frozen, auc), f"{within(y, frozen, length):.3f}", report.figure(y, cross, auc),
            f"{within(y, cross, length):.3f}", f"{auc(y, vader(texts)):.3f}", f"{auc(y, words(texts)):.3f}",
            f"{auc(y, tfidf(texts, y, groups(found))):.3f}",
        )  # fmt: skip


def within(y: Array, values: Array, length: Array) -> float:
    """The mean AUC over fifths of the posts by their number of words."""
    fifth = np.digitize(length, np.quantile(length, [0.2, 0.4, 0.6, 0.8]))
    parts = [(y[fifth == k], values[fifth == k]) for k in range(5)]
    return float(np.mean([auc(a, b) for a, b in parts if len(set(a.tolist())) > 1]))


def question_tables(report: Report, folder: Path) -> None:
    """Questions, and genuine against rhetorical ones; of these nothing is fitted but on our practice posts."""
    report.head("Questions, F1", "set", "n", "ours", "a '?' alone")
    for source in ("q_nps", "q_swda", "q_mrda_nomark"):
        found = rows(folder, source)
        y = np.array([float(row["question"]) for row in found])
        marked = np.array([float("?" in row["text"]) for row in found])
        report.row(
            source, len(y), report.figure(y, asks([row["text"] for row in found]), f1), f"{f1(y, marked):.3f}"
        )
    report.head(
        "Genuine against rhetorical questions, F1 of genuine", "set", "n", "ours", "every '?' genuine"
    )
    judged = [row for row in rows(folder, "judged_questions") if row["label"] in "GR"]
    pairs = [
        (post["text"], text, one == "G")
        for post in british()
        for text, one, two in post["asked"]
        if one == two != "O"
    ]
    for name, questions in (
        ("judged_questions", [(row["text"], row["question"], row["label"] == "G") for row in judged]),
        ("our British set", pairs),
    ):
        y = np.array([float(label) for _, _, label in questions])
        said = genuine([text for text, _, _ in questions], [question for _, question, _ in questions])
        marked = np.array([float("?" in question) for _, question, _ in questions])
        report.row(name, len(y), report.figure(y, said, f1), f"{f1(y, marked):.3f}")
    y, said = practice_questions_in_turns()
    report.row("our practice posts, cv", len(y), report.figure(y, said, f1), f"{f1(y, np.ones(len(y))):.3f}")


def practice_questions_in_turns() -> tuple[Array, Array]:
    """Which practice questions are genuine and which are said to be, by points fitted on four fifths of the posts."""
    x, y, share, posts = question_fit.practice()
    said = np.zeros(len(y))
    for train, test in GroupKFold(FOLDS).split(x, groups=posts):
        base, *points = question_fit.points(x[train], y[train], share[train])
        said[test] = base + x[test] @ np.array(points) >= 0
    either = share == 1
    return y[either], said[either]


def judged_tables(report: Report, folder: Path) -> None:
    """Posts judged by readers of ours, by the shipped weights: none of them was fitted on."""
    report.head(
        "Posts judged by readers of ours, shipped weights",
        "set",
        "figure",
        "n",
        "ours",
        "VADER",
        "alt-profanity-check",
        "words",
    )
    phrases = phrases_of([*LEXICONS])
    judged = rows(folder, "judged_posts")
    for name, found, cut in (
        ("judged_posts", judged, 1.5),
        ("our British set", british(), 1.5),
        ("our British set", british(), 1.0),
    ):
        texts = tuple(row["text"] for row in found)
        analyses = [Analysis(Post("", text, Source("")), phrases) for text in texts]
        attack = np.array([scored(one, "aggressiveness").raw for one in analyses])
        rhetoric = np.array([scored(one, "rhetoric_density").value or 0.0 for one in analyses])
        for label, values in (("attack", attack), ("rhetoric", rhetoric)):
            y = np.array([float(row[label] >= cut) for row in found])
            report.row(
                name, f"{label} at {cut} or more, AUC", f"{len(y)} ({int(y.sum())})", report.figure(y, values, auc),
                f"{auc(y, vader(texts)):.3f}", f"{auc(y, profanity(texts)):.3f}", f"{auc(y, words(texts)):.3f}",
            )  # fmt: skip
    texts = tuple(row["text"] for row in judged)
    y = np.array([row["attack"] for row in judged])
    attack = np.array(
        [scored(Analysis(Post("", text, Source("")), phrases), "aggressiveness").raw for text in texts]
    )
    report.row(
        "judged_posts",
        "attack, Spearman",
        len(y),
        report.figure(y, attack, rank),
        f"{rank(y, vader(texts)):.3f}",
        f"{rank(y, profanity(texts)):.3f}",
        f"{rank(y, words(texts)):.3f}",
    )
    posts = british()
    report.lines += [
        "",
        f"Our British set: {len(posts)} drafts and replies, each labelled by two readers apart: alpha "
        f"{agreement([post['attack_both'] for post in posts]):.2f} for attack, {agreement([post['rhetoric_both'] for post in posts]):.2f} for rhetoric.",
    ]


def openness_tables(report: Report, folder: Path) -> None:
    """Receptiveness: its two sources, and invitations in posts judged by readers of ours."""
    report.head(
        "Receptiveness, Pearson's r", "set", "n", "ours, frozen", "ours, cv", "VADER", "words", "TF-IDF, fitted on the set",
    )  # fmt: skip
    families = read_weights((FOLDER / "receptiveness.yaml").read_text("utf-8"), "receptiveness").families
    found = {source: rows(folder, source) for source in MOVES}
    cues = {
        source: read_cues([row["text"] for row in found[source]], RECEPTIVENESS, families) for source in MOVES
    }
    labels = {
        source: np.array([float(row[label]) for row in found[source]]) for source, label in MOVES.items()
    }

    def values(source: str, own: Sequence[int], others: Sequence[int]) -> Array:
        parts = [(cues[one], labels[one]) for one in MOVES if one != source]
        if len(own):
            parts.append(([cues[source][i] for i in own], labels[source][list(own)]))
        by = fit_moves(parts, families)
        return np.array([raw(cues[source][i], RECEPTIVENESS, by) for i in others])

    for source, y in labels.items():
        texts = tuple(row["text"] for row in found[source])
        every, cross = range(len(y)), np.zeros(len(y))
        for train, test in GroupKFold(FOLDS).split(cross, groups=np.arange(len(y))):
            cross[test] = values(source, train.tolist(), test.tolist())
        report.row(
            source, len(y), report.figure(y, values(source, (), every), linear), report.figure(y, cross, linear),
            f"{linear(y, -vader(texts)):.3f}", f"{linear(y, words(texts)):.3f}", f"{linear(y, tfidf(texts, y, np.arange(len(y), dtype=float))):.3f}",
        )  # fmt: skip
    invitation_table(report, rows(folder, "judged_posts"))


def invitation_table(report: Report, judged: Sequence[Row]) -> None:
    """Whether a post invites, by the shipped weights: none of them was fitted on these posts."""
    report.head("Invitations, shipped weights, AUC", "set", "n", "ours", "a '?' alone", "VADER", "words")
    phrases = phrases_of([*LEXICONS])
    texts = tuple(row["text"] for row in judged)
    y = np.array([float(row["invite"] >= 1) for row in judged])
    ours = np.array(
        [scored(Analysis(Post("", text, Source("")), phrases), "receptiveness").raw for text in texts]
    )
    report.row(
        "judged_posts, invite at 1 or more", f"{len(y)} ({int(y.sum())})", report.figure(y, ours, auc),
        report.figure(y, np.array([float("?" in text) for text in texts]), auc), f"{auc(y, -vader(texts)):.3f}",
        f"{auc(y, words(texts)):.3f}",
    )  # fmt: skip


def linear(y: Array, values: Array) -> float:
    """Pearson's correlation."""
    return float(pearsonr(y, values)[0])


def rank(y: Array, values: Array) -> float:
    """Spearman's correlation."""
    return float(spearmanr(y, values)[0])


def main() -> None:
    """Measure everything and print it as Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--quick", action="store_true", help="fewer resamplings for the intervals")
    options = parser.parse_args()
    folder = data_folder(options.data)
    report = Report(100 if options.quick else 1000)
    for tables in (attack_tables, rhetoric_tables, openness_tables, question_tables, judged_tables):
        tables(report, folder)
    names = ("postlint", "vaderSentiment", "alt-profanity-check", "scikit-learn", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(
        f"# How well the scores agree with people\n\n{_ABOUT}\n\n{versions}; Python {platform.python_version()}."
    )
    print("\n".join(report.lines))


_ABOUT = """<!-- Made by `python -m benchmarks.validity --data DIR`. -->
Each figure stands with its bootstrap 95 % interval. "Frozen" is by weights fitted without that set, "cv" by weights fitted on the other sets and
four fifths of it, by turns. TF-IDF with logistic regression is fitted on that very set by cross-validation: no tool that anybody could install.
The sets are other people's work, of other countries and platforms than a British campaign's; texts that stand in two sets were fitted on in none."""


if __name__ == "__main__":
    main()
