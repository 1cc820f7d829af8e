"""The kinds of check: the table of all, what each promises, and how one is read from a rule."""

from __future__ import annotations

from linter.checks.absent import Absent
from linter.checks.count import Count
from linter.checks.kind import Check, CheckReader, Kind
from linter.checks.length import Length
from linter.checks.metadata import Elapsed, Metadata
from linter.checks.order import Order
from linter.checks.pattern import Pattern
from linter.checks.phrase import Phrase
from linter.checks.place import Closing, Opening
from linter.checks.ratio import Ratio
from linter.checks.regex import Regex
from linter.checks.score import ScoreCheck

KINDS: dict[str, type[Kind]] = {
    "phrase": Phrase,
    "pattern": Pattern,
    "regex": Regex,
    "score": ScoreCheck,
    "count": Count,
    "ratio": Ratio,
    "absent": Absent,
    "order": Order,
    "opening": Opening,
    "closing": Closing,
    "metadata": Metadata,
    "elapsed": Elapsed,
    "length": Length,
}
"""Every kind of check by the name that rules use."""

__all__ = ["KINDS", "Check", "CheckReader", "Kind"]
