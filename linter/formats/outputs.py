"""What `--output FORMAT:FILE` asks for: findings of one run in further formats, each in a file of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from linter.errors import Mistake, MistakesError, listed, nearest, shown
from linter.finding import Finding
from linter.formats import FORMATS, Style, written
from linter.whole_files import text, wholly

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
                    put(Path(file), text(written(output.format, self._held, Style(rules=style.rules))))
        except OSError as error:
            reason = f"{shown(error.filename2 or file)} could not be written: {error.strerror or error}"
            raise MistakesError([Mistake(_PLACE, None, reason)]) from error


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
