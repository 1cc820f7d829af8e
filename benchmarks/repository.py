"""What a posts repository costs: 2,000 drafts of which one has changed, and 1,000 more rules.

    python -m benchmarks.repository [--drafts N] [--rules N] [--posts FILE.jsonl] [--runs N]

CPU seconds of whole processes (user and system), medians of a few runs. The start is a run over one calm draft in a
repository that holds nothing else. The rules are phrase rules of three terms each, made of words that no packaged
list holds; their run and the run without them are taken in turn over the same 2,000 posts, and given as a ratio.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.speed import CALM, compared, cpu_seconds, generated, posts_of, write_posts

CONFIG = """posts: drafts
author: us
rooms:
  mill: {platform: facebook, kind: community, joined: 2020-01-01}
  feed: {platform: twitter, kind: public, joined: 2020-01-01}
"""
RULE = """id: {id}
title: Say something else
clause: house
why: |
  Made to see what a thousand rules cost, each with words of its own that hardly any post will hold.
level: suggestion
check:
  phrase:
    terms: [{terms}]
message: Could this be said in other words?
suggestion: In other words.
false_alarms: None that we know of.
examples:
  bad: [{{text: "{bad}"}}]
  good: [{{text: "Good morning all."}}]
"""
_SYLLABLES = "bra cle dor fin gos hul jem kip lat mon nur pol qui ros sut tev vin wex yar zed".split()


def repository(folder: Path, drafts: int) -> Path:
    """A git repository with so many drafts in two rooms, one a day, all of them tracked."""
    (folder / "drafts").mkdir(parents=True)
    (folder / ".postlint.yaml").write_text(CONFIG, "utf-8")
    for number, text in enumerate(islice(generated(), drafts)):
        day = date(2020, 1, 2) + timedelta(days=number)
        front = f"---\nroom: {('mill', 'feed')[number % 2]}\ndate: {day}\n---\n"
        (folder / "drafts" / f"{number:05}.md").write_text(front + text + "\n", "utf-8")
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    return folder


def check(folder: Path, *paths: str) -> list[str]:
    """The command that checks some paths from a folder of its own configuration."""
    code = f"import os, runpy, sys; os.chdir({str(folder)!r}); sys.argv[0] = 'postlint'; runpy.run_module('linter', run_name='__main__')"
    return [sys.executable, "-c", code, "check", *paths, "--format", "jsonl", "--exit-zero"]


def median(command: list[str], runs: int, before: Callable[[int], None] = lambda run: None) -> float:
    """The median CPU time of some runs, each after something else was done, and one before them that is not counted."""
    taken = []
    for run in range(runs + 1):
        before(run)
        taken.append(cpu_seconds(command)[0])
    return statistics.median(taken[1:])


def rules(folder: Path, number: int) -> Path:
    """A folder with so many phrase rules."""
    dice = random.Random(20261124)
    folder.mkdir()

    def word() -> str:
        return "".join(dice.choice(_SYLLABLES) for _ in range(3))

    for one in range(number):
        terms = [f"{word()} {word()}" for _ in range(3)]
        name = f"made-{one}"
        (folder / f"{name}.yaml").write_text(
            RULE.format(id=name, terms=", ".join(terms), bad=f"Well, {terms[0]} then.")
        )
    return folder


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--drafts", type=int, default=2_000)
    parser.add_argument("--rules", type=int, default=1_000)
    parser.add_argument("--posts", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        alone = repository(folder / "alone", 1)
        (alone / "drafts" / "00000.md").write_text(CALM, "utf-8")
        team = repository(folder / "team", options.drafts)
        changed = team / "drafts" / "00100.md"

        def change(run: int) -> None:
            changed.write_text(
                f"---\nroom: mill\ndate: 2020-04-11\n---\nGood morning, draft {run}.\n", "utf-8"
            )

        start = median(check(alone, "drafts"), options.runs)
        first = cpu_seconds(check(team, "drafts"))[0]
        print(f"the start: {start:.2f} s; {options.drafts:,} drafts for the first time: {first:.2f} s")
        for what, command in (
            ("one of them changed, and all checked", check(team, "drafts")),
            ("one of them changed, and it alone named, as by the hook", check(team, str(changed))),
        ):
            taken = median(command, options.runs, change)
            print(f"{what}: {taken:.2f} s, {taken - start:.2f} s over the start (at most 2)")
        posts = write_posts(folder / "posts.jsonl", posts_of(options.posts), 2_000)
        more = ["--rules", str(rules(folder / "rules", options.rules))]
        plain = [sys.executable, "-m", "linter", "check", posts, "--format", "jsonl", "--exit-zero"]
        with_more, without, ratio = compared([*plain, *more], plain, options.runs)
        print(
            f"2,000 posts with {options.rules:,} more rules: {with_more:.2f} s against {without:.2f} s, "
            f"{ratio:.2f} times as much (at most 1.5)"
        )


if __name__ == "__main__":
    main()
