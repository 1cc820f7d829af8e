"""What past posts are read from: a table of every kind of source, and how one is told from another."""

from __future__ import annotations

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

__all__ = ["EXPORTS", "Export", "LeftOut", "Options", "Read", "Record", "Rooms", "kind_of", "records"]


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
        kind = kind or kind_of(archive)
        if kind:
            yield from EXPORTS[kind].records(archive, options)
        else:
            yield partial(iter, [Unreadable(path, None, _unknown(archive))])
    finally:
        archive.close()


def _unknown(archive: Archive) -> str:
    if not archive.names:
        return "there is nothing in it"
    names = listed(archive.names[:3]) + (" …" if len(archive.names) > 3 else "")
    return f"no export that is known by its files ({names}); --from says what it is: {listed(EXPORTS)}"
