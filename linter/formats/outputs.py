"""What `--output FORMAT:FILE` asks for: findings of one run in further formats, each in a file of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from linter.errors import Mistake, MistakesError, listed, nearest, shown
from linter.finding import Finding
from linter.formats import FORMATS, Style, written

_PLACE = "--output"


@dataclass(frozen=True, slots=True)
class Output:
    """A format and the file that it goes to, as it was named."""

    format: str
    file: str

    @property
    def place(self) -> str:
        """Where the file lies, links followed."""
        return os.path.realpath(self.file)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Files to write when a run is over. Findings are held until then, where there are any files."""

    asked: tuple[Output, ...] = ()
    _held: list[Finding] = field(default_factory=list)

    def held(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Pass findings on, and hold them."""
        for finding in findings:
            if self.asked:
                self._held.append(finding)
            yield finding

    def write(self, style: Style) -> None:
        """Write every file. Raises MistakesError where one can't be written; then none is."""
        file = ""
        try:
            with wholly() as put:
                for output in self.asked:
                    file = output.file
                    put(Path(file), written(output.format, self._held, Style(rules=style.rules)))
        except OSError as error:
            reason = f"{shown(error.filename2 or file)} could not be written: {error.strerror or error}"
            raise MistakesError([Mistake(_PLACE, None, reason)]) from error


@contextmanager
def wholly() -> Iterator[Callable[[Path, Iterable[str]], None]]:
    """Files put within are there at its end, each whole; where anything is raised, they stay as they were.

    A link stays one: what it points to is written. A pipe or a device is written to as it is. Raises OSError.
    """
    parts: dict[str, str] = {}

    def put(path: Path, pieces: Iterable[str]) -> None:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(pieces)
            return
        place = os.path.realpath(path)
        part = _beside(Path(place))
        parts[part.name] = place
        with part:
            part.writelines(pieces)
        os.chmod(part.name, _mode(place))

    try:
        yield put
        for name, place in parts.items():
            os.replace(name, place)
    finally:
        for name in parts:
            with suppress(FileNotFoundError):
                os.unlink(name)


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write one file `wholly`."""
    with wholly() as put:
        put(path, pieces)


def _beside(path: Path) -> IO[str]:
    """A new file beside the place of another."""
    return tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name[:50]}.", delete=False
    )


def _mode(place: str) -> int:
    """The mode that a file has, or a new one gets."""
    if os.path.exists(place):
        return os.stat(place).st_mode
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def read_outputs(values: Iterable[str]) -> Outputs:
    """The outputs asked for as `FORMAT:FILE`. Raises MistakesError with all that is wrong with any of them."""
    asked: list[Output] = []
    mistakes: list[Mistake] = []
    for value in values:
        name, colon, file = value.partition(":")
        output = Output(name, file)
        if reason := _fault(output, colon, asked):
            mistakes.append(Mistake(_PLACE, None, reason))
        asked.append(output)
    if mistakes:
        raise MistakesError(mistakes)
    return Outputs(tuple(asked))


def _fault(output: Output, colon: str, before: list[Output]) -> str:
    """Why an output can't be written, or nothing."""
    name, file = shown(output.format), shown(output.file)
    if not colon:
        return f"`{name}` names no file; expected FORMAT:FILE, such as sarif:findings.sarif"
    if output.format not in FORMATS:
        return f"`{name}` is no format; expected {listed(FORMATS)}{nearest(output.format, FORMATS)}"
    if not output.file or "\0" in output.file:
        return f"`{name}:{file}` names no file; expected FORMAT:FILE, such as sarif:findings.sarif"
    if not Path(output.file).parent.is_dir():
        return (
            f"there is no folder {shown(str(Path(output.file).parent))} for {file}{_nearest_folder(output)}"
        )
    if Path(output.file).is_dir():
        return f"{file} is a folder; expected the name of a file in it"
    if any(other.file and other.place == output.place for other in before):
        return f"{file} is named twice; expected a file of its own for each output"
    return ""


def _nearest_folder(output: Output) -> str:
    """A hint at a folder of nearly the same name beside the one that is missing."""
    folder = Path(output.file).parent
    if not folder.parent.is_dir():
        return "; expected one that is there"
    beside = [entry.name for entry in os.scandir(folder.parent) if entry.is_dir()]
    return nearest(folder.name, beside) or "; expected one that is there"
