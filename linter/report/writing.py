"""A report from a review: where it goes, which periods it holds against each other, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping
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
    """A report that gathers a review's lines until it is written."""

    path: Path
    periods: tuple[Period, Period] | None = None
    gathered: Gathered = field(default_factory=Gathered)

    def take(self, line: Told) -> None:
        """Count a line of the review."""
        self.gathered.take(line)

    def write(self, request: Request) -> None:
        """Write the page, all or nothing. Raises MistakesError where the file cannot be written."""
        html = drawn(self.gathered, request, self.periods)
        try:
            write_whole(self.path, [html])
        except OSError as error:
            reason = f"cannot be written: {error.strerror}"
            raise MistakesError([Mistake(str(self.path), None, reason)]) from None


def drawn(gathered: Gathered, request: Request, periods: tuple[Period, Period] | None = None) -> str:
    """The page of what was gathered, as HTML."""
    from linter.report.page import Subject, page

    looker = request.looker()
    subject = Subject(
        author=looker.config.author,
        sources=tuple(Path(source).name or source for source in request.sources),
        rooms=tuple(dict.fromkeys(request.options.rooms.by_label.values())),
        rules={rule.id: rule for rule in looker.linter.rules},
        periods=periods,
    )
    return page(gathered, subject)


def lacking() -> list[Mistake]:
    """What is not installed that a report needs."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    reason = f"a report needs {', '.join(missing)}: pip install 'postlint[report]'"
    return [Mistake("--report", None, reason)] if missing else []


def read_report(options: Mapping[str, Any]) -> Report | None:
    """The report that `--report` and `--compare` ask for, if any. Raises MistakesError with everything that is amiss with them."""
    path, periods = options["report"], options["periods"]
    mistakes, read = [], []
    for words in periods or ():
        try:
            read.append(read_period(words))
        except ValueError as error:
            mistakes.append(Mistake("--compare", None, str(error)))
    if periods and path is None:
        mistakes.append(Mistake("--compare", None, "stands in a report: say where with --report FILE.html"))
    if path is not None:
        mistakes += lacking()
        if not path.parent.is_dir():
            mistakes.append(Mistake("--report", None, f"`{path}` is in no folder that is there"))
    if mistakes:
        raise MistakesError(mistakes)
    return Report(path, (read[0], read[1]) if periods else None) if path is not None else None
