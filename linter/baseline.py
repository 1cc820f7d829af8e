"""Findings known on the day a team began: they are let stand, and only what is new speaks.

A finding is known by its fingerprint, so that edits elsewhere don't wake it. The file holds no words of any post.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linter.errors import Mistake, MistakesError
from linter.finding import UNREADABLE, Allowed, Finding
from linter.fingerprint import fingerprint

NAME = ".postlint-baseline.json"
VERSION = 1
_REASON = "known when the baseline was written"
_MEND = "write it anew with `postlint baseline write`"
Known = tuple[str, str, str]
"""Post, rule and fingerprint."""


@dataclass(slots=True)
class Baseline:
    """How often each finding is let stand; what is met is counted down, so a copy of an old fault is new."""

    known: Counter[Known] = field(default_factory=Counter)
    _left: Counter[str] = field(default_factory=Counter)
    _met: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for (_, _, mark), count in self.known.items():
            self._left[mark] += count

    def lets_stand(self, finding: Finding) -> Allowed | None:
        """Whether a finding is one of those known, each as often as it was there."""
        if not self._left:
            return None
        mark = fingerprint(finding)
        if not self._left[mark]:
            return None
        self._left[mark] -= 1
        self._met[mark] += 1
        return Allowed(_REASON, "baseline")

    def pruned(self, posts: Collection[str] | None) -> Baseline:
        """Without what was not met: of the `posts` read, or of all where that is None."""
        met = self._met.copy()
        kept: Counter[Known] = Counter()
        for known, count in sorted(self.known.items()):
            post, _, mark = known
            stays = count if posts is not None and post not in posts else min(count, met[mark])
            met[mark] -= min(met[mark], stays)
            if stays:
                kept[known] = stays
        return Baseline(kept)

    def text(self) -> str:
        """The file's text: a line for each entry, sorted, so that its changes can be read."""
        lines = [
            json.dumps({"post": post, "rule": rule, "mark": mark, "count": count}, ensure_ascii=False)
            for (post, rule, mark), count in sorted(self.known.items())
        ]
        inside = ",\n  ".join(lines)
        return (
            f'{{"version": {VERSION}, "findings": [\n  {inside}\n]}}\n'
            if lines
            else f'{{"version": {VERSION}, "findings": []}}\n'
        )


def baseline_of(findings: Iterable[Finding]) -> Baseline:
    """What there is to say today, but for what could not be read and what is allowed already."""
    spoken = (one for one in findings if one.rule != UNREADABLE and one.allowed is None)
    return Baseline(Counter((one.post.id, one.rule, fingerprint(one)) for one in spoken))


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file. Raises MistakesError where it cannot be read, with what to do."""
    try:
        held = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise _unusable(path, None, f"there is no baseline; {_MEND}") from None
    except OSError as error:
        raise _unusable(path, None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _unusable(path, None, f"not UTF-8; {_MEND}") from None
    except json.JSONDecodeError as error:
        raise _unusable(path, error.lineno, f"not JSON: {error.msg}; {_MEND}") from None
    if not isinstance(held, dict) or held.get("version") != VERSION:
        found = held.get("version") if isinstance(held, dict) else None
        raise _unusable(path, 1, f"version {found!r} where {VERSION} was expected; {_MEND}")
    entries = held.get("findings")
    if not (isinstance(entries, list) and all(map(_is_entry, entries))):
        raise _unusable(path, 1, f"entries without post, rule, mark and count; {_MEND}")
    return Baseline(Counter({(one["post"], one["rule"], one["mark"]): one["count"] for one in entries}))


def _is_entry(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and all(isinstance(one.get(key), str) for key in ("post", "rule", "mark"))
        and isinstance(one.get("count"), int)
        and one["count"] > 0
    )


def _unusable(path: Path, line: int | None, reason: str) -> MistakesError:
    return MistakesError([Mistake(str(path), line, reason)])
