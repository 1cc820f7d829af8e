"""What past posts are read from: a table of every kind of source, and how one is told from another."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial

from linter.errors import listed
from linter.exports.archive import Archive, open_archive
from linter.exports.bluesky import BLUESKY
from linter.exports.export import Export, LeftOut, Options, Read, Record, Rooms
from linter.exports.facebook import FACEBOOK
from linter.exports.linkedin import LINKEDIN
from linter.exports.mastodon import MASTODON
from linter.exports.table import TABLES
from linter.exports.x import X
from linter.post import Unreadable

EXPORTS: dict[str, Export] = {
    "x": X,
    "facebook": FACEBOOK,
    "linkedin": LINKEDIN,
    "mastodon": MASTODON,
    "bluesky": BLUESKY,
    **TABLES,
}
"""Every kind of source, in the order in which they are looked for."""

__all__ = [
    "EXPORTS",
    "Export",
    "LeftOut",
    "Options",
    "Read",
    "Record",
    "Rooms",
    "fault_of",
    "kind_of",
    "records",
]


def kind_of(archive: Archive) -> str:
    """The kind of a source, by looking; empty where it is none."""
    return next((name for name, export in EXPORTS.items() if export.fits(archive)), "")


def records(path: str, options: Options, kind: str = "") -> Iterator[Record]:
    """The records of a source in order, what cannot be read among them, each read when it is called."""
    archive = open_archive(path)
    if isinstance(archive, Unreadable):
        yield partial(iter, [archive])
        return
    try:
        yield from (partial(iter, [problem]) for problem in archive.left_out)
        if fault := fault_of(archive, kind):
            yield partial(iter, [Unreadable(path, None, fault)])
        else:
            yield from EXPORTS[kind or kind_of(archive)].records(archive, options)
    finally:
        archive.close()


def fault_of(archive: Archive, kind: str) -> str:
    """Why an archive can't be read as what it is said to be, or looks like; nothing, where it can."""
    if not archive.names:
        return "there is nothing in it"
    looks = kind or kind_of(archive)
    export = EXPORTS.get(looks)
    if kind and export and not export.fits(archive) and kind not in TABLES:
        return export.lacks(archive) or f"no {export.read_from} in it{_among(archive)}"
    if export is None and archive.is_file and not os.path.getsize(archive.path):
        return "it is empty"
    if export is None or (looks in TABLES and not kind):
        lacking = next((said for one in EXPORTS.values() if (said := one.lacks(archive))), "")
        return lacking or ("" if export else _unknown(archive))
    return ""


def _unknown(archive: Archive) -> str:
    for name, said in _OTHERS:
        if any(map(name.search, archive.names)):
            return said
    if all(map(_DRAFT.search, archive.names)):
        return "a review is of past posts; `postlint check` reads drafts"
    if all(name.lower().endswith(".zip") for name in archive.names):
        return f"nothing but zips in it{_among(archive)}; take them out and give each by itself"
    return f"no export that is known by its files{_among(archive)}; --from says what it is: {listed(EXPORTS)}"


_DRAFT = re.compile(r"\.(?:md|markdown|txt)$")
_OTHERS = (
    (re.compile(r"^xl/workbook\.xml$|\.xlsx?$"), "an Excel workbook; save it as CSV"),
    (re.compile(r"^content\.xml$|\.ods$"), "a spreadsheet or document of LibreOffice; save it as CSV"),
)
"""Names by which something else is known, and what to do with it."""


def _among(archive: Archive) -> str:
    names = listed(archive.names[:3]) + (" …" if len(archive.names) > 3 else "")
    return f" ({names})"
