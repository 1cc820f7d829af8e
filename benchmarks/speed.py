"""How fast and how large postlint is, beside the stock tools it could be taken for.

    python -m benchmarks.speed [--posts FILE.jsonl] [--memory]

Figures are CPU seconds of whole processes (user and system), each pair taken in turn and given as a ratio, so
that they hold on a noisy machine. Posts of 400-440 characters are made by joining neighbours of FILE (records
with `text`), else by a generator with a fixed seed. With --memory: peak memory from 1,000 to 100,000 posts, one
of which needs spaCy in every run, since few do and its start alone is a third of all memory.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from itertools import chain, count
from pathlib import Path

LOW, HIGH = 400, 440

STOCK = """
import json, sys, spacy
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
nlp = spacy.blank("en"); nlp.add_pipe("sentencizer")
vader = SentimentIntensityAnalyzer()
for line in open(sys.argv[1], encoding="utf-8"):
    text = json.loads(line)["text"]
    doc = nlp(text); sum(1 for _ in doc.sents); vader.polarity_scores(text)
"""
BLANK = "import spacy; spacy.blank('en')"
PATTERNED = (
    "Such a miserable old man by the pier, and his gulls had every chip. What did yours get away with?\n"
)
"""A post that no calm look settles: one of the packaged token patterns has to be tried on it."""
CALM = "Lovely morning at the market, and thanks to Sam for the flask. What did you all bring home?\n"

_WORDS = (
    "the a my your our this we you they council market street school bus library people think know want need like "
    "see talk about over with from morning evening meeting park thanks great good bad slow long vote labour tory "
    "lovely really never always because but and so who what when how where isn't don't tea rain garden bins"
).split()


def neighbours(path: Path) -> Iterator[str]:
    """Posts of the wanted length, joined from the records of a file; each further round leaves other records out."""
    texts = [" ".join(json.loads(line)["text"].split()) for line in path.open(encoding="utf-8")]
    for round_ in count(1):
        joined = ""
        for number, text in enumerate(texts):
            if round_ > 1 and number % (round_ + 1) == 0:
                continue  # else the joins of one round would soon fall into step with those of another
            joined = f"{joined} {text}".strip()
            if len(joined) >= LOW:
                yield joined[:HIGH]
                joined = ""


def generated() -> Iterator[str]:
    """Posts of the wanted length out of common words."""
    dice = random.Random(20261123)
    while True:
        words: list[str] = []
        while sum(map(len, words)) + len(words) < LOW:
            words.append(dice.choice(_WORDS) + dice.choice(["", "", "", "", ",", ".", ".", "!", "?"]))
        yield " ".join(words)[:HIGH]


def posts_of(path: Path | None) -> Iterator[str]:
    """Posts from a file, or made up where there is none."""
    return neighbours(path) if path else generated()


def cpu_seconds(command: list[str]) -> tuple[float, float]:
    """CPU seconds and peak MB of one finished process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command[:6]} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compared(ours: list[str], theirs: list[str], runs: int) -> tuple[float, float, float]:
    """Medians of both and of the ratio pair by pair, after one run that is not counted."""
    cpu_seconds(ours), cpu_seconds(theirs)
    pairs = [(cpu_seconds(ours)[0], cpu_seconds(theirs)[0]) for _ in range(runs)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def write_posts(path: Path, posts: Iterator[str], number: int) -> str:
    """The first so many distinct posts as JSONL."""
    seen: set[str] = set()
    with path.open("w", encoding="utf-8") as file:
        while len(seen) < number:
            text = next(posts)
            if text not in seen:
                seen.add(text)
                file.write(json.dumps({"text": text}) + "\n")
    return str(path)


def main() -> None:
    """Run everything and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=Path)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    check = [sys.executable, "-m", "linter", "check", "--format", "jsonl", "--exit-zero"]
    versions = ", ".join(f"{name} {version(name)}" for name in ("postlint", "spacy", "vaderSentiment"))
    print(f"{versions}; Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        posts = write_posts(folder / "posts.jsonl", posts_of(options.posts), 10_000)
        (folder / "calm.md").write_text(CALM)
        (folder / "patterned.md").write_text(PATTERNED)
        rows = [
            (
                "10,000 posts, against spaCy blank + sentencizer + VADER",
                [*check, posts],
                [sys.executable, "-c", STOCK, posts],
                1.0,
            ),
            (
                "a calm draft, against starting spaCy blank",
                [*check, str(folder / "calm.md")],
                [sys.executable, "-c", BLANK],
                1 / 3,
            ),
            (
                "a draft with a token pattern, against starting spaCy blank",
                [*check, str(folder / "patterned.md")],
                [sys.executable, "-c", BLANK],
                1.25,
            ),
        ]
        print(f"{'CPU seconds (medians)':62} {'ours':>7} {'theirs':>7} {'ratio':>6} {'at most':>8}")
        for label, ours, theirs, target in rows:
            a, b, ratio = compared(ours, theirs, options.runs)
            print(f"{label:62} {a:7.2f} {b:7.2f} {ratio:6.2f} {target:8.2f}")
        if options.memory:
            print()
            for number in (1_000, 10_000, 100_000):
                posts_and_one = chain([PATTERNED], posts_of(options.posts))
                path = write_posts(folder / f"{number}.jsonl", posts_and_one, number)
                print(
                    f"peak memory at {number:>7,} posts: {cpu_seconds([*check, path])[1]:.0f} MB (at most 250)"
                )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
