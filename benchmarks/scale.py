"""What a review by Spark costs beside one by the local engine: CPU, memory and bytes, for the arithmetic of docs/scale.md.

    python -m benchmarks.scale DIR/unlabelled.jsonl [POSTS] > benchmarks/scale.txt

CPU seconds are user and system of every process of a run, Java's and Python's, looked up while it runs: those of its start, and those of a million posts
more by what a tenth of the posts takes.
Engines take turns on the same posts, so that ratios hold on a noisy machine. Posts are bare, then
placed: 400 authors in 40 rooms, dated, one in ten a reply. At the end, what grows with one author and with
one thread, and the joining of keys on the driver. Needs the extra `spark` and Java 17.
"""

from __future__ import annotations

import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path

from linter.review.index import joined

_LOOKED_EACH = 0.1
_TICKS = os.sysconf("SC_CLK_TCK")
ENGINES = {
    "local, 1 process": ["--jobs", "1"],
    "local, 2 processes": ["--jobs", "2"],
    "Spark, local[2]": ["--engine", "spark", "--jobs", "2"],
}


class Watched:
    """The processes of one run, by what the system says of them while they live."""

    def __init__(self, session: int) -> None:
        self._session = session
        self._cpu: dict[int, float] = {}
        self.memory: dict[str, int] = defaultdict(int)

    def look(self) -> None:
        """Take in how much each has used so far."""
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                self._look_at(entry)

    def _look_at(self, entry: Path) -> None:
        try:
            stat = (entry / "stat").read_text()
            status = (entry / "status").read_text()
        except (FileNotFoundError, ProcessLookupError):  # it ended while we looked
            return
        name, fields = stat.rpartition(")")[0].partition("(")[2], stat.rpartition(")")[2].split()
        if int(fields[3]) != self._session:
            return
        self._cpu[int(entry.name)] = (int(fields[11]) + int(fields[12])) / _TICKS
        peak = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
        kind = "java" if name == "java" else "python"
        self.memory[kind] = max(self.memory[kind], int(peak.split()[1]) // 1_000)

    @property
    def cpu(self) -> float:
        """CPU seconds of all of them."""
        return sum(self._cpu.values())


def measured(command: list[str], folder: Path) -> tuple[float, Watched]:
    """Seconds that a command took, and its processes."""
    started = time.monotonic()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        watched = Watched(process.pid)
        while process.poll() is None:
            watched.look()
            time.sleep(_LOOKED_EACH)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return time.monotonic() - started, watched


def texts(source: Path, count: int) -> Iterator[str]:
    """So many of a file's texts, again and again where it is short."""
    known = [json.loads(line)["text"] for line in source.open("rb")]
    return islice(cycle(known), count)


def write_bare(source: Path, path: Path, count: int) -> None:
    """Posts that stand alone."""
    with path.open("w", encoding="utf-8") as stream:
        for at, text in enumerate(texts(source, count)):
            stream.write(json.dumps({"id": f"p{at}", "text": text}) + "\n")


def write_placed(source: Path, path: Path, count: int) -> None:
    """Posts of 400 authors in 40 rooms, dated; one in ten answers one of the last fifty of its room."""
    chance = random.Random(7)
    recent: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=50))
    with path.open("w", encoding="utf-8") as stream:
        for at, text in enumerate(texts(source, count)):
            author = chance.randrange(400)
            room = f"room {author % 40}"
            told = {
                "id": f"p{at}",
                "text": text,
                "author": f"a{author}",
                "platform": "facebook",
                "room": room,
            }
            told["date"] = f"2026-{1 + at * 12 // count:02}-{1 + at % 28:02}T{at % 24:02}:{at % 60:02}"
            if recent[room] and chance.random() < 0.1:
                told["reply_to"] = chance.choice(recent[room])
            recent[room].append(f"p{at}")
            stream.write(json.dumps(told) + "\n")


def engines(folder: Path, name: str, write: Callable[[Path, int], None], count: int) -> Iterator[str]:
    """A line for each engine over posts of one make: all of them, and beside a tenth, so that the start can be told from the rest."""
    files = {size: folder / f"{name} {size}.jsonl" for size in (count // 10, count)}
    for size, file in files.items():
        write(file, size)
    yield f"\n{name}: {count:,} posts of {files[count].stat().st_size / count:.0f} bytes"
    yield f"{'':20}{'s':>7}{'posts/s':>9}{'CPU s':>8}{'start':>7}{'a million more':>16}{'MB Python':>11}{'MB Java':>9}{'bytes out':>11}"
    for engine, options in ENGINES.items():
        cpu: dict[int, float] = {}
        for size, file in files.items():
            out = folder / f"out {name} {size} {engine}"
            command = [
                sys.executable,
                "-m",
                "linter",
                "review",
                str(file),
                *options,
                "--output",
                f"parquet:{out}",
            ]
            took, watched = measured(command, folder)
            cpu[size] = watched.cpu
        more = (cpu[count] - cpu[count // 10]) / (count - count // 10)
        written = sum(file.stat().st_size for file in (out.glob("part-*") if out.is_dir() else [out]))
        yield (
            f"{engine:20}{took:>7.1f}{count / took:>9.0f}{cpu[count]:>8.1f}{cpu[count] - more * count:>7.1f}"
            f"{more * 1e6:>16.0f}{watched.memory['python']:>11}{watched.memory['java'] or '':>9}{written / count:>11.0f}"
        )


def grown(folder: Path, source: Path, what: str, counts: tuple[int, ...]) -> Iterator[str]:
    """How the time of a review grows where all posts are one group: one author's, or one thread's."""
    yield f"\nall posts of one {what}, local, 1 process"
    yield f"{'posts':>8}{'CPU s':>8}{'ms a post':>11}{'MB':>6}"
    for count in counts:
        name = f"{what}{count}.jsonl"
        with (folder / name).open("w", encoding="utf-8") as stream:
            for at, text in enumerate(texts(source, count)):
                told = {"id": f"p{at}", "text": text, "platform": "facebook", "room": "mill"}
                told |= {"date": f"2026-{1 + at * 12 // count:02}-{1 + at % 28:02}"}
                told |= {"author": "us"} if what == "author" else {"author": f"a{at % 50}", "thread": "t"}
                stream.write(json.dumps(told) + "\n")
        _, watched = measured([sys.executable, "-m", "linter", "review", name, "--jobs", "1"], folder)
        yield f"{count:>8,}{watched.cpu:>8.1f}{watched.cpu / count * 1e3:>11.2f}{watched.memory['python']:>6}"


def joins(count: int) -> str:
    """What it takes to join so many pairs of keys, as the driver does."""
    chance = random.Random(7)
    pairs = [(chance.getrandbits(62) % count, chance.getrandbits(62) % count) for _ in range(count)]
    started = time.process_time()
    tops = joined(pairs)
    took = time.process_time() - started
    tracemalloc.start()
    joined(pairs[: count // 10])
    _, peak = tracemalloc.get_traced_memory()
    return f"\n{count:,} pairs of keys joined: {took:.1f} CPU s, {len(tops):,} keys, {peak / (count // 10):.0f} bytes a pair"


def main(source: Path, count: int = 100_000) -> None:
    """Print every figure."""
    print(
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, "
        f"PySpark {version('pyspark')}; load by others at the start {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, write in (("bare", write_bare), ("placed", write_placed)):
            for line in engines(folder, name, partial(write, source), count):
                print(line, flush=True)
        for what, counts in (("author", (5_000, 10_000, 20_000)), ("thread", (2_000, 4_000, 8_000))):
            for line in grown(folder, source, what, counts):
                print(line, flush=True)
    print(joins(2_000_000))


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), *(int(words) for words in sys.argv[2:]))
