"""What `--output FORMAT:FILE` asks for: findings of one run in further formats, each in a file of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
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
    def path(self) -> Path:
        """Where the file lies, links followed: what they point to is written, and they stay."""
        return Path(os.path.realpath(self.file))


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
        """Write every file, each whole: all are made beside their places first. Raises MistakesError where one can't be."""
        parts: list[str] = []
        try:
            for output in self.asked:
                with _no_os_errors(output):
                    part = _part(output.path)
                    parts.append(part.name)
                    with part:
                        part.writelines(written(output.format, self._held, Style(rules=style.rules)))
                    os.chmod(part.name, _mode(output.path))
            for output, name in zip(self.asked, parts, strict=True):
                with _no_os_errors(output):
                    os.replace(name, output.path)
        finally:
            for name in parts:
                with suppress(FileNotFoundError):
                    os.unlink(name)


def _part(path: Path) -> IO[str]:
    """A new file beside the place of another."""
    return tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name[:50]}.", delete=False
    )


def _mode(path: Path) -> int:
    """The mode that a file has, or a new one gets."""
    if path.exists():
        return path.stat().st_mode
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


class _no_os_errors:  # noqa: N801 - reads as a phrase where it is used
    """An OSError about an output's file becomes a mistake."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, OSError):
            reason = f"{shown(self._output.file)} could not be written: {error.strerror or error}"
            raise MistakesError([Mistake(_PLACE, None, reason)]) from error


def outputs(values: Iterable[str]) -> Outputs:
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
    if not output.path.parent.is_dir():
        return (
            f"there is no folder {shown(str(Path(output.file).parent))} for {file}{_nearest_folder(output)}"
        )
    if output.path.exists() and not output.path.is_file():
        return f"{file} is no file that could be written anew; expected the name of a file"
    if any(other.file and other.path == output.path for other in before):
        return f"{file} is named twice; expected a file of its own for each output"
    return ""


def _nearest_folder(output: Output) -> str:
    """A hint at a folder of nearly the same name beside the one that is missing."""
    folder = Path(output.file).parent
    if not folder.parent.is_dir():
        return "; expected one that is there"
    beside = [entry.name for entry in os.scandir(folder.parent) if entry.is_dir()]
    return nearest(folder.name, beside) or "; expected one that is there"
