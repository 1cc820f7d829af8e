"""The kinds of check: the table of all, what each promises, and how one is read from a rule."""

from __future__ import annotations

from linter.checks.absent import Absent
from linter.checks.after_no import AfterNo
from linter.checks.again import Again
from linter.checks.count import Count
from linter.checks.early import Early
from linter.checks.heat import Heat
from linter.checks.in_a_row import InARow
from linter.checks.kind import Check, CheckReader, Found, Kind, LookBack
from linter.checks.metadata import Elapsed, Metadata
from linter.checks.often import Often
from linter.checks.order import Order
from linter.checks.pattern import Pattern
from linter.checks.phrase import Phrase
from linter.checks.place import Closing, Opening
from linter.checks.ratio import Ratio
from linter.checks.regex import Regex
from linter.checks.score import ScoreCheck
from linter.checks.share import Share
from linter.checks.unanswered import Unanswered
from linter.checks.unused import Unused
from linter.checks.uptake import Uptake

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
}
"""Every kind of check of one post by the name that rules use."""

LOOK_BACKS: dict[str, type[LookBack]] = {
    "in_a_row": InARow,
    "often": Often,
    "share": Share,
    "early": Early,
    "unanswered": Unanswered,
    "unused": Unused,
    "uptake": Uptake,
    "after_no": AfterNo,
    "again": Again,
    "heat": Heat,
}
"""Every kind of check of a post and what was said before it: over a room's timeline, then over a thread."""

__all__ = ["KINDS", "LOOK_BACKS", "Check", "CheckReader", "Found", "Kind", "LookBack"]
