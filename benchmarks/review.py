"""A review of a million posts: time, posts a second by one process and by two, and what each process holds at most.

    python -m benchmarks.review DIR/unlabelled.jsonl [POSTS] > benchmarks/review.txt

The posts are repeated until there are enough, each time with words that were not there before, and made out as those of
accounts with a thousand posts each, on three platforms over two years, so that the second pass has something to do. Now and
then comes one that needs spaCy, since few do and its start alone is a third of all memory. One and two processes take turns on this machine, with whatever else runs on it: read the ratio, not the seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path

from benchmarks.speed import PATTERNED

_FEW = 100_000
_EACH = 1_000
"""Posts of one account."""
_PATTERNED_EACH = 5_050
"""Stretches of a hundred posts go to the processes by turns: each meets such a post soon."""
_LOOK = 0.2
"""Seconds between two looks at the processes: the kernel keeps each one's highest mark itself."""
_FIRST = date(2025, 1, 1)
_PLATFORMS = ("twitter", "facebook", "bluesky")


def made(source: Path, count: int, target: Path) -> Path:
    """A file of so many posts."""
    texts = [json.loads(line)["text"] for line in source.open("rb")]
    with target.open("w") as stream:
        for number, text in enumerate(islice(cycle(texts), count)):
            around = number // len(texts)
            said = f"{text} #round{around}x{number % 977}" if around else text
            if number % _PATTERNED_EACH == 0:
                said = PATTERNED
            day = _FIRST + timedelta(days=number * 7 % 700)
            post = {
                "id": f"p{number}", "text": said, "author": f"account{number // _EACH}",
                "platform": _PLATFORMS[number % 3], "date": day.isoformat(),
            }  # fmt: skip
            stream.write(f"{json.dumps(post)}\n")
    return target


@dataclass
class Taken:
    """How long a review took, in seconds, and the most that each of its processes held, in MB, the parent first."""

    seconds: float = 0.0
    peaks: dict[int, float] = field(default_factory=dict)


def taken(source: Path, jobs: int) -> Taken:
    """One review, watched."""
    found = Taken()
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "linter",
            "review",
            str(source),
            "--jobs",
            str(jobs),
            "--output",
            f"jsonl:{folder}/out.jsonl",
        ]
        begun = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                for number in (process.pid, *_children(process.pid)):
                    found.peaks[number] = max(found.peaks.get(number, 0), _peak(number))
                time.sleep(_LOOK)
        found.seconds = time.perf_counter() - begun
        if process.returncode:
            raise RuntimeError(f"the review ended with {process.returncode}")
    return found


def _children(parent: int) -> Iterator[int]:
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                stat = Path("/proc", name, "stat").read_text()
            except OSError:  # it has ended since
                continue
            if int(stat.rpartition(")")[2].split()[1]) == parent:
                yield int(name)


def _peak(number: int) -> float:
    try:
        status = Path("/proc", str(number), "status").read_text()
    except OSError:  # it has ended since
        return 0.0
    return next(
        (int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0
    )


def main(source: Path, many: int = 1_000_000) -> None:
    """Print what two sizes take by one process and by two."""
    print(
        f"{os.cpu_count()} processors, Python {sys.version.split()[0]}; MB at most: the parent, then each other process\n"
    )
    print(f"{'posts':>10}  {'jobs':>4}  {'seconds':>8}  {'posts/s':>8}  MB")
    with tempfile.TemporaryDirectory() as folder:
        for count in (_FEW, many):
            posts = made(source, count, Path(folder, f"{count}.jsonl"))
            seconds = {}
            for jobs in (1, 2):
                found = taken(posts, jobs)
                seconds[jobs] = found.seconds
                peaks = " ".join(f"{peak:.0f}" for peak in found.peaks.values() if peak > _HELD_BY_NOTHING)
                print(
                    f"{count:>10,}  {jobs:>4}  {found.seconds:>8.1f}  {count / found.seconds:>8,.0f}  {peaks}",
                    flush=True,
                )
            print(
                f"{count:>10,}  two processes against one: {seconds[1] / seconds[2]:.2f} times as fast\n",
                flush=True,
            )


_HELD_BY_NOTHING = 30
"""MB below which a process is multiprocessing's own watch over what is shared."""

if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(words) for words in sys.argv[2:]))
