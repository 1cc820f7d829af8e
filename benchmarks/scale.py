"""What a review by Spark costs beside one by the local engine: CPU, memory and bytes, for the arithmetic of docs/scale.md.

    python -m benchmarks.scale [--posts FILE.jsonl] [--count N] > benchmarks/scale.txt

CPU seconds are user and system of every process of a run, Java's and Python's, looked up while it runs, its start with it.
Engines take turns on the same posts, so that ratios hold on a noisy machine. Posts are those of FILE (records with `text`),
bare and then placed: 400 authors in 40 rooms, dated, one in ten a reply. At the end, what grows with one author and with
one thread, and the joining of keys on the driver. Needs the extra `spark` and Java 17.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks.speed import generated
from linter.review.index import joined

_LOOKED_EACH = 0.1
_TICKS = os.sysconf("SC_CLK_TCK")
ENGINES = {
    "local, 1 process": ["--jobs", "1"],
    "local, 2 processes": ["--jobs", "2"],
    "Spark, local[1]": ["--engine", "spark", "--jobs", "1"],
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


def texts(path: Path | None, count: int) -> Iterator[str]:
    """So many texts: a file's, again and again where it is short, else made ones."""
    if path is None:
        made = generated()
        yield from (next(made) for _ in range(count))
        return
    known = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    yield from (known[at % len(known)] for at in range(count))


def write_bare(path: Path, source: Path | None, count: int) -> None:
    """Posts that stand alone."""
    with path.open("w", encoding="utf-8") as stream:
        for at, text in enumerate(texts(source, count)):
            stream.write(json.dumps({"id": f"p{at}", "text": text}) + "\n")


def write_placed(
    path: Path, source: Path | None, count: int, authors: int = 400, replies: float = 0.1
) -> None:
    """Posts that stand in rooms and in time; replies answer an earlier post of the same room."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as stream:
        for at, text in enumerate(texts(source, count)):
            author = chance.randrange(authors)
            day = f"2026-{1 + at * 12 // count:02}-{1 + at % 28:02}T{at % 24:02}:{at % 60:02}"
            told = {"id": f"p{at}", "text": text, "author": f"a{author}", "date": day}
            told |= {"platform": "facebook", "room": f"room {author % 40}"}
            if at > authors and chance.random() < replies:
                told["reply_to"] = f"p{at - chance.randrange(1, 400)}"
            stream.write(json.dumps(told) + "\n")


def engines(folder: Path, name: str, count: int) -> Iterator[str]:
    """A line for each engine over one file."""
    yield f"\n{name}, {count:,} posts, {(folder / name).stat().st_size / count:.0f} bytes each"
    yield f"{'':22}{'s':>7}{'posts/s':>9}{'CPU s':>8}{'CPU s per million':>20}{'MB Python':>11}{'MB Java':>9}{'bytes out':>11}"
    for engine, options in ENGINES.items():
        out = folder / f"{name}.{len(list(folder.iterdir()))}"
        command = [sys.executable, "-m", "linter", "review", name, *options, "--output", f"parquet:{out}"]
        took, watched = measured(command, folder)
        size = sum(file.stat().st_size for file in out.glob("part-*")) if out.is_dir() else out.stat().st_size
        yield (
            f"{engine:22}{took:>7.1f}{count / took:>9.0f}{watched.cpu:>8.1f}{watched.cpu / count * 1e6:>20.0f}"
            f"{watched.memory['python']:>11}{watched.memory['java'] or '':>9}{size / count:>11.0f}"
        )


def grown(folder: Path, source: Path | None, what: str, counts: tuple[int, ...]) -> Iterator[str]:
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


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=Path)
    parser.add_argument("--count", type=int, default=100_000)
    asked = parser.parse_args()
    source = asked.posts.absolute() if asked.posts else None
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, PySpark {version('pyspark')}; "
        f"load by others at the start {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_bare(folder / "bare.jsonl", source, asked.count)
        write_placed(folder / "placed.jsonl", source, asked.count)
        for kind in ("bare.jsonl", "placed.jsonl"):
            for line in engines(folder, kind, asked.count):
                print(line, flush=True)
        for what, counts in (("author", (5_000, 10_000, 20_000)), ("thread", (1_000, 2_000, 4_000))):
            for line in grown(folder, source, what, counts):
                print(line, flush=True)
    print(joins(2_000_000))


if __name__ == "__main__":
    main()
