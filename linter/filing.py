"""Packaged word lists, filed by how their terms begin, and kept so in the user's cache."""

from __future__ import annotations

import marshal
import os
import sys
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_cache_path

from linter.lexicon import packaged_lexicons, packaged_terms, rules_root
from linter.term import beginnings
from linter.version import __version__


class Filing(NamedTuple):
    """The terms of one owner by the letters they may begin with, a line each; `as_written` as for a list."""

    as_written: bool
    by_letters: dict[str, str]


def file_terms(terms: Iterable[str], as_written: bool = False) -> Filing:
    """Terms filed. Raises TermError where one's beginning cannot be read."""
    filed: dict[str, list[str]] = defaultdict(list)
    for source in terms:
        for letters in beginnings(source):
            filed[letters].append(source)
    return Filing(as_written, {letters: "\n".join(sources) for letters, sources in filed.items()})


@cache
def filed_lists() -> dict[str, Filing]:
    """Every packaged list, filed: as kept from an earlier run if nothing has changed, else made and kept."""
    folder = rules_root() / "lexicons"
    if not isinstance(folder, Path):
        return _made()
    stamp = _stamp(folder)
    kept = _place(folder)
    found = _read(kept, stamp)
    if found is None:
        found = _made()
        _keep(kept, stamp, found)
    return found


def _place(folder: Path) -> Path:
    """Where the filed lists of a folder are kept: one file for each installation and Python."""
    which = blake2b(f"{folder}|{sys.implementation.cache_tag}".encode(), digest_size=8).hexdigest()
    return user_cache_path("postlint") / f"filed-{which}.bin"


def _made() -> dict[str, Filing]:
    return {name: file_terms(*packaged_terms(name)) for name in packaged_lexicons()}


def _stamp(folder: Path) -> str:
    """What must not have changed: the program and each list's name, size and time."""
    lists = [(entry.name, entry.stat()) for entry in os.scandir(folder) if entry.name.endswith(".txt")]
    marks = [f"{name}:{stat.st_size}:{stat.st_mtime_ns}" for name, stat in sorted(lists)]
    code = [Path(__file__).with_name(f"{name}.py").stat() for name in _READS_TERMS]
    return "|".join((__version__, *(f"{one.st_size}:{one.st_mtime_ns}" for one in code), *marks))


_READS_TERMS = ("term", "party", "inflect", "tokens", "text", "filing")


def _read(kept: Path, stamp: str) -> dict[str, Filing] | None:
    """What was kept, or None where it is missing, damaged or of another state."""
    try:
        found = marshal.loads(kept.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return None
    if not (isinstance(found, tuple) and len(found) == 2 and found[0] == stamp):
        return None
    return {name: Filing(*filing) for name, filing in found[1].items()}


def _keep(kept: Path, stamp: str, lists: dict[str, Filing]) -> None:
    """Write whole or not at all; a folder that may not be written to is no matter."""
    data = marshal.dumps((stamp, {name: tuple(filing) for name, filing in lists.items()}))
    part = kept.with_name(f"{kept.name}.{os.getpid()}")
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(kept)
