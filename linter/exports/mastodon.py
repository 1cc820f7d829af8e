"""Mastodon's export: `outbox.json`. Boosts and direct messages are left out; HTML becomes text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from html.parser import HTMLParser
from typing import Any

from linter.exports.archive import Archive
from linter.exports.export import (
    Export,
    LeftOut,
    Options,
    Read,
    Record,
    as_expected,
    each_item,
    from_iso,
    in_room,
    post,
    reply,
)
from linter.post import Context, Image

_OUTBOX = re.compile(r"(?:^|/)outbox(?:[\w-]*)\.json$")
_EVERYBODY = ("as:Public", "https://www.w3.org/ns/activitystreams#Public", "Public")
_BLOCKS = {"p", "div", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4"}


def _fits(archive: Archive) -> bool:
    return any(map(_OUTBOX.search, archive.names))


def _records(archive: Archive, options: Options) -> Iterator[Record]:
    for name in filter(_OUTBOX.search, archive.names):
        yield from each_item(archive, name, partial(_activity, options))


def _activity(options: Options, place: str, number: int, item: Any) -> Iterable[Read]:
    found: list[Read] = []
    with as_expected(place, number, found):
        if item["type"] != "Create":
            boost = item["type"] == "Announce"
            return [LeftOut("boosts of others" if boost else "activities that are no posts")]
        told = item["object"]
        if not isinstance(told, dict):
            return [LeftOut("posts of which only a link is kept")]
        heard = [*_listed(told.get("to")), *_listed(told.get("cc"))]
        if not any(name in _EVERYBODY or str(name).endswith("/followers") for name in heard):
            return [LeftOut("direct messages")]
        found.append(_note(options, told, place, number))
    return found


def _note(options: Options, told: dict[str, Any], place: str, number: int) -> Read:
    warning, words = told.get("summary") or "", as_text(told["content"] or "")
    text = f"{warning}\n\n{words}" if warning else words
    author = options.author or str(told.get("attributedTo") or "").rpartition("/")[2]
    pictures = [one for one in _listed(told.get("attachment")) if isinstance(one, dict)]
    context = Context(
        platform="mastodon",
        author=author,
        time=from_iso(told["published"]),
        reply_to=reply(told.get("inReplyTo")),
        images=tuple(Image(str(one.get("url") or ""), one.get("name")) for one in pictures),
        url=str(told.get("url") or told.get("id") or ""),
    )
    return post(place, number, str(told.get("id") or ""), text, in_room(context, options.rooms.room()))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "br":
            self.pieces.append("\n")
        elif tag == "li":
            self.pieces.append("\n- ")
        elif tag == "blockquote":
            self.pieces.append("\n\n> ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def as_text(markup: str) -> str:
    """The words of a piece of HTML, with its paragraphs and line breaks."""
    words = _Words()
    words.feed(markup)
    words.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(words.pieces)).strip()


MASTODON = Export(
    _fits,
    _records,
    "outbox.json",
    (
        (
            re.compile(r"(?:^|/)actor\.json$"),
            "Mastodon's archive without outbox.json; was it unpacked or downloaded in part?",
        ),
    ),
)
