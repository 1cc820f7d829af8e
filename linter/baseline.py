"""Findings known on the day a team began: they are let stand, and only what is new speaks.

A finding is known by its post and its fingerprint, so that edits elsewhere don't wake it. The file holds no words of any post.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from linter.errors import Mistake, MistakesError, shown
from linter.finding import UNREADABLE, Allowed, Finding
from linter.fingerprint import fingerprint, has_own_id

NAME = ".postlint-baseline.json"
VERSION = 1
_REASON = "known when the baseline was written"
_MEND = "write it anew with `postlint baseline write`"
_ANYWHERE = ""
_HALF = re.compile("[\ud800-\udfff]")
_NONE: Counter[str] = Counter()


class Known(NamedTuple):
    """A finding let stand: the post's file, its id where it has one of its own, the rule and the fingerprint."""

    file: str
    post: str
    rule: str
    mark: str

    @property
    def holder(self) -> str:
        """What the post is known by: its own id goes with it where its file is renamed."""
        return self.post or self.file


@dataclass(frozen=True, slots=True)
class Baseline:
    """How often each finding is let stand. `gone` are files named in it that are there no more.

    `relative` gives a file's name as it stands in the baseline.
    """

    known: Counter[Known] = field(default_factory=Counter)
    gone: frozenset[str] = frozenset()
    relative: Callable[[Path], str] = Path.as_posix
    _left: Mapping[str, Counter[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        left: dict[str, Counter[str]] = defaultdict(Counter)
        for known, count in self.known.items():
            moved = not known.post and known.file in self.gone
            left[_ANYWHERE if moved else known.holder][known.mark] += count
        object.__setattr__(self, "_left", dict(left))

    def settled(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings of one post, those known marked so, each as often as it was there: one more is new.

        What stood in a file that is gone is let stand in any other: it may have been renamed.
        """
        used: Counter[tuple[str, str]] = Counter()
        for finding in findings:
            if self._left and finding.rule != UNREADABLE and not finding.allowed:
                own = self.known_as(finding)
                for place in (own.holder, _ANYWHERE):
                    if used[place, own.mark] < self._left.get(place, _NONE)[own.mark]:
                        used[place, own.mark] += 1
                        finding = replace(finding, allowed=Allowed(_REASON, "baseline"))
                        break
            yield finding

    def known_as(self, finding: Finding) -> Known:
        """The entry that a finding has."""
        post = finding.post
        file = self.relative(Path(post.source.path))
        own = post.id if has_own_id(post) and post.id != file else ""
        return Known(_whole(file), _whole(own), finding.rule, fingerprint(finding))

    def of(self, findings: Iterable[Finding]) -> Counter[Known]:
        """The entries of what there is to say, but for what could not be read and what is allowed already."""
        return Counter(
            self.known_as(one) for one in findings if one.rule != UNREADABLE and one.allowed is None
        )

    def pruned(
        self, findings: Iterable[Finding], read: Collection[str], asked: Collection[str] | None
    ) -> Baseline:
        """Without what occurs no more in the files `read` or gone; what moved stands where it is now."""
        standing = (
            replace(one, allowed=None) for one in findings if one.allowed and one.allowed.where == "baseline"
        )
        return replace(self, known=self.of(standing) | self.outside(read, asked))

    def outside(self, read: Collection[str], asked: Collection[str] | None) -> Counter[Known]:
        """The entries that a run over the files `read` with the rules `asked` (None: all) says nothing of."""
        return Counter(
            {
                known: count
                for known, count in self.known.items()
                if (asked is not None and known.rule not in asked)
                or (known.file not in read and known.file not in self.gone)
            }
        )

    def text(self) -> str:
        """The file's text: a line for each entry, sorted, so that its changes can be read."""
        lines = [
            json.dumps({key: value for key, value in known._asdict().items() if value} | {"count": count}, ensure_ascii=False)
            for known, count in sorted(self.known.items())
        ]  # fmt: skip
        lines = [_HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", line) for line in lines]
        inside = "[\n  " + ",\n  ".join(lines) + "\n]" if lines else "[]"
        return f'{{"version": {VERSION}, "findings": {inside}}}\n'


def _whole(name: str) -> str:
    """A name with two halves of a character made one, as JSON reads them; a half by itself (a byte that is no UTF-8) stays."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def read_baseline(path: Path, folder: Path, relative: Callable[[Path], str]) -> Baseline:
    """The baseline in a file, its posts below `folder`. Raises MistakesError where it cannot be read, with what to do."""
    known = _entries(_json(path), path)
    files = {one.file for one in known}
    return Baseline(known, frozenset(file for file in files if not os.path.exists(folder / file)), relative)


def _json(path: Path) -> Any:
    text = ""
    try:
        text = path.read_text("utf-8-sig")
        return json.loads(text)
    except FileNotFoundError:
        raise _unusable(path, None, "there is no baseline; make one with `postlint baseline write`") from None
    except OSError as error:
        raise _unusable(path, None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _unusable(path, None, f"not UTF-8; {_MEND}") from None
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1]
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            raise _unusable(path, error.lineno, f"two versions that git could not merge; {_MEND}") from None
        raise _unusable(path, error.lineno, f"not JSON: {error.msg}; {_MEND}") from None
    except (RecursionError, ValueError):  # nested too deep, or a number of more digits than Python reads
        raise _unusable(path, None, f"not JSON that can be read; {_MEND}") from None


def _entries(held: Any, path: Path) -> Counter[Known]:
    if not isinstance(held, dict) or "version" not in held:
        raise _unusable(path, 1, f"this is no baseline: it has no `version`; {_MEND}")
    version, entries = held["version"], held.get("findings")
    if version != VERSION or isinstance(version, bool):
        reason = f"version `{shown(str(version))}` where {VERSION} was expected; {_MEND}, or use the postlint that wrote it"
        raise _unusable(path, 1, reason)
    if not isinstance(entries, list):
        raise _unusable(path, 1, f"`findings` holds no list; {_MEND}")
    known: Counter[Known] = Counter()
    for number, one in enumerate(entries, 1):
        if not _is_entry(one):
            reason = f"entry {number} of `findings` lacks one of file, rule, mark and count; {_MEND}"
            raise _unusable(path, None, reason)
        known[Known(one["file"], one.get("post", ""), one["rule"], one["mark"])] += one["count"]
    return known


def _is_entry(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and all(isinstance(one.get(key), str) for key in ("file", "rule", "mark"))
        and isinstance(one.get("post", ""), str)
        and type(one.get("count")) is int
        and one["count"] > 0
    )


def _unusable(path: Path, line: int | None, reason: str) -> MistakesError:
    return MistakesError([Mistake(str(path), line, reason)])
