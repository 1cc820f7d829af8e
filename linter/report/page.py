"""The report as one HTML page that needs nothing else: opens offline, prints, and runs no script."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from linter.formats.format import safe
from linter.post import Room
from linter.report import tables, words
from linter.report.charts import Charts
from linter.report.contrasts import Period, compared, two_periods
from linter.report.figures import figures
from linter.report.gathered import Gathered
from linter.report.reference import reference
from linter.report.shown import good_post, post_to_rethink
from linter.report.story import period, story
from linter.report.trends import ENOUGH, change_in
from linter.rule import Rule
from linter.version import __version__


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose posts they are, where they came from, and what was asked of them."""

    author: str
    sources: tuple[str, ...]
    rooms: Sequence[Room]
    rules: Mapping[str, Rule]
    periods: tuple[Period, Period] | None = None


def page(gathered: Gathered, subject: Subject) -> str:
    """The whole report as HTML."""
    drawn = Charts()
    turn = change_in(gathered)
    periods = subject.periods or two_periods(gathered, turn)
    on_trial = {rule.id for rule in subject.rules.values() if rule.status == "trial"}
    return _template().render(
        style=Markup(_style()), policy=_policy(), version=__version__, safe=safe, words=words,
        subject=subject, gathered=gathered, enough=ENOUGH, others=reference()["posts"], contrasts=compared(gathered, periods, subject.rules) if periods else None,
        asked=subject.periods is not None, at_a_turn=turn is not None,
        whole=gathered.whole, period=period(gathered),
        story=list(story(gathered, turn, subject.rooms, subject.rules)),
        platforms=tables.platforms(gathered, on_trial, drawn), rooms=tables.rooms(gathered, on_trial, drawn),
        places=tables.places(gathered, subject.rooms), rules=list(tables.spoken(gathered, subject.rules)),
        **figures(gathered, turn, drawn),
        good=[good_post(one) for one in gathered.examples.to_learn_from],
        amiss=[post_to_rethink(one, subject.rules) for one in gathered.examples.to_rethink],
    )  # fmt: skip


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("linter.report", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("report.html.j2")


@cache
def _style() -> str:
    return files("linter.report").joinpath("report.css").read_text("utf-8")


def _policy() -> str:
    """What a browser may do for this page: show its own style, by its hash, and nothing else."""
    mark = b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{mark}'; base-uri 'none'; form-action 'none'"
