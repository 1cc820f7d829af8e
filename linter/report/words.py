"""How the report says things: names, numbers and dates as people write them, and what it can and cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from linter.report.trends import Trend
from linter.rule import Rule

PLATFORM_NAMES = {"facebook": "Facebook", "twitter": "Twitter (X)", "linkedin": "LinkedIn", "instagram": "Instagram",
                  "bluesky": "Bluesky", "mastodon": "Mastodon", "threads": "Threads", "": "no platform named"}  # fmt: skip
SCORE_NAMES = {
    "aggressiveness": "Aggressiveness",
    "rhetoric_density": "Rhetoric",
    "questions_ratio": "Questions asked",
    "receptiveness": "Receptiveness",
}
"""What each score is called, in the order in which they stand."""
SCORE_NOTES = {
    "aggressiveness": "0 to 100; at 50 a post is as likely as not to be called an attack",
    "rhetoric_density": "slogans, big words and other devices in 100 words",
    "questions_ratio": "questions for the answer’s sake, of all sentences",
    "receptiveness": "0 to 100; higher where a post hears others out",
}
SCORE_UNITS = {
    "aggressiveness": "of 100",
    "rhetoric_density": "in 100 words",
    "questions_ratio": "of sentences",
    "receptiveness": "of 100",
}
"""What follows a score's mean."""
_DIGITS = {"aggressiveness": 0, "rhetoric_density": 1, "questions_ratio": 0, "receptiveness": 0}
TOO_FEW = "too few posts to say"


def of(count: int, what: str, many: str = "") -> str:
    """A number with its noun: 1 post, 1,204 posts."""
    return f"{count:,} {what if count == 1 else many or what + 's'}"


def percent(part: float) -> str:
    """A share as a whole percentage; less than half of one is said to be so."""
    return "under 1\u00a0%" if 0 < part < 0.005 else f"{part * 100:.0f}\u00a0%"


def title_of(rule: str, rules: Mapping[str, Rule]) -> str:
    """A rule's title; its id where the rule is not among those that hold."""
    return rules[rule].title if rule in rules else rule


def as_score(name: str, value: float) -> str:
    """A score's value as it is shown; the questions' as a percentage."""
    return percent(value) if name == "questions_ratio" else f"{value:.{_DIGITS[name]}f}"


def month(day: date) -> str:
    """June 2025."""
    return f"{day:%B} {day.year}"


def short_day(day: date) -> str:
    """3 Jun 2025."""
    return f"{day.day} {day:%b} {day.year}"


def long_day(day: date) -> str:
    """3 June 2025."""
    return f"{day.day} {month(day)}"


def step(day: date, by_month: bool) -> str:
    """A month, or the week that begins on a day."""
    return month(day) if by_month else f"the week of {long_day(day)}"


def direction(name: str, found: Trend | None, by_month: bool) -> str:
    """What a trend comes to, in words, with its interval."""
    unit = "months" if by_month else "weeks"
    if found is None:
        return f"too few {unit} with enough posts to say"
    low, high = found.interval
    if not found.is_plain:
        return f"no clear difference between the halves of {found.steps} {unit}"
    sides = sorted((abs(low), abs(high)))
    way = "higher" if found.change > 0 else "lower"
    about = f"{_amount(name, abs(found.change))}{' percentage points' if name == 'questions_ratio' else ''}"
    return f"{way} in the second half of {found.steps} {unit} by about {about} (likely {_amount(name, sides[0])} to {_amount(name, sides[1])})"


def _amount(name: str, value: float) -> str:
    return f"{value * 100:.0f}" if name == "questions_ratio" else f"{value:.1f}"
