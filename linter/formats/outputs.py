"""`--output FORMAT:FILE`: the findings of one run in many formats, each file written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from linter.errors import Mistake, MistakesError, listed, nearest
from linter.finding import Finding
from linter.formats import FORMATS, Style, written


@dataclass(frozen=True, slots=True)
class Output:
    """A format and the file that it goes to."""

    format: str
    path: Path

    def write(self, findings: Iterable[Finding], style: Style) -> None:
        """Write the findings. Raises MistakesError where the file cannot be written."""
        try:
            write_whole(self.path, written(self.format, findings, style))
        except OSError as error:
            reason = f"cannot be written: {error.strerror}"
            raise MistakesError([Mistake(str(self.path), None, reason)]) from None


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write pieces of text to a file, which is there whole or not at all. Raises OSError where it cannot be written."""
    if os.path.lexists(path) and not path.is_file():  # a pipe or /dev/stdout is written to as it is
        with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as stream:
            stream.writelines(pieces)
        return
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=f".{path.name}.", delete=False,
        encoding="utf-8", newline="\n", errors="backslashreplace",
    ) as new:  # fmt: skip
        new.writelines(pieces)
    os.chmod(new.name, 0o666 & ~_umask())
    os.replace(new.name, path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def read_outputs(given: Iterable[str]) -> tuple[Output, ...]:
    """What each FORMAT:FILE stands for. Raises MistakesError with everything that is amiss with them."""
    outputs, mistakes, seen = [], [], set()
    for words in given:
        name, colon, file = words.partition(":")
        path = Path(file)
        reason = ""
        if not (colon and file):
            reason = f"`{words}` names no file; write FORMAT:FILE, such as sarif:postlint.sarif"
        elif name not in FORMATS:
            reason = f"`{name}` is no format{nearest(name, FORMATS) or f'; those are {listed(FORMATS)}'}"
        elif not path.parent.is_dir():
            reason = f"the folder of `{file}` does not exist; make it first"
        elif path.is_dir():
            reason = f"`{file}` is a folder; name a file in it"
        elif os.path.realpath(path) in seen:
            reason = f"`{file}` is named twice; give each format a file of its own"
        if reason:
            mistakes.append(Mistake("--output", None, reason))
        seen.add(os.path.realpath(path))
        outputs.append(Output(name, path))
    if mistakes:
        raise MistakesError(mistakes)
    return tuple(outputs)
