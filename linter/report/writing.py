"""A report from a review: where it goes, which periods it holds against each other, and what it is about."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from linter.errors import Mistake, MistakesError
from linter.report.contrasts import Period, read_period
from linter.report.gathered import Gathered
from linter.review.index import Told
from linter.review.request import Request
from linter.whole_files import write_whole

_NEEDED = ("jinja2", "markupsafe", "vl_convert")


@dataclass(slots=True)
class Report:
    """A report that gathers a review's lines; `path` is where it goes, if anywhere."""

    path: Path | None = None
    periods: tuple[Period, Period] | None = None
    gathered: Gathered = field(default_factory=Gathered)

    def take(self, line: Told) -> None:
        """Count a line of the review."""
        self.gathered.take(line)

    def write(self, request: Request) -> None:
        """Write the page, all or nothing. Raises MistakesError where the file cannot be written."""
        html, path = self.html(request), self.path
        if path is None:
            return
        try:
            write_whole(path, [html])
        except OSError as error:
            reason = f"cannot be written: {error.strerror}"
            raise MistakesError([Mistake(str(path), None, reason)]) from None

    def html(self, request: Request) -> str:
        """The page of what was gathered."""
        from linter.report.page import Subject, page

        looker = request.looker()
        subject = Subject(
            author=looker.config.author,
            sources=tuple(Path(source).name or source for source in request.sources),
            rooms=tuple(dict.fromkeys(request.options.rooms.by_label.values())),
            rules={rule.id: rule for rule in looker.linter.rules},
            periods=self.periods,
        )
        return page(self.gathered, subject)


def lacking() -> list[Mistake]:
    """What is not installed that a report needs."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    reason = f"a report needs {', '.join(missing)}: pip install 'postlint[report]'"
    return [Mistake("--report", None, reason)] if missing else []


def read_report(options: Mapping[str, Any]) -> Report | None:
    """The report that `--report` and `--compare` ask for, if any. Raises MistakesError with everything that is amiss with them."""
    path, mistakes = options["report"], list[Mistake]()
    periods = read_periods(options["periods"] or (), mistakes)
    if periods and path is None:
        mistakes.append(Mistake("--compare", None, "stands in a report: say where with --report FILE.html"))
    if path is not None:
        taken = [*options["sources"], *(words.partition(":")[2] for words in options["outputs"])]
        mistakes += lacking()
        if not path.parent.is_dir():
            mistakes.append(Mistake("--report", None, f"there is no folder {path.parent} for {path.name}"))
        elif os.path.realpath(path) in map(os.path.realpath, taken):
            mistakes.append(Mistake("--report", None, f"{path} is a source or another output"))
    if mistakes:
        raise MistakesError(mistakes)
    return Report(path, periods) if path is not None else None


def read_periods(given: Sequence[str], mistakes: list[Mistake]) -> tuple[Period, Period] | None:
    """The two periods that were named, if any; what is amiss with them is added to the mistakes."""
    read = []
    for words in given:
        try:
            read.append(read_period(words))
        except ValueError as error:
            mistakes.append(Mistake("--compare", None, str(error)))
    return (read[0], read[1]) if len(read) == 2 else None
