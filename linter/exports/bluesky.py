"""Bluesky's export: the repository as a CAR file, or its records as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from linter.exports.archive import Archive, UnusableError
from linter.exports.car import Repository
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
from linter.post import Context, Image, Unreadable

_POST = "app.bsky.feed.post"
_CAR = re.compile(r"\.car$", re.IGNORECASE)
_JSON = re.compile(r"\.json$", re.IGNORECASE)
_LOOKED_AT = 100_000


def _fits(archive: Archive) -> bool:
    return any(map(_CAR.search, archive.names)) or any(_is_ours(archive, name) for name in archive.names)


def _is_ours(archive: Archive, name: str) -> bool:
    if not _JSON.search(name):
        return False
    try:
        with archive.open(name) as stream:
            head = stream.read(_LOOKED_AT)
            return any(_POST.encode(code) in head for code in ("utf-8", "utf-16-le", "utf-16-be"))
    except (UnusableError, OSError):
        return False


def _records(archive: Archive, options: Options) -> Iterator[Record]:
    for name in archive.names:
        if _CAR.search(name):
            yield from _of_car(archive, name, options)
        elif _is_ours(archive, name):
            yield from each_item(archive, name, partial(_of_json, options))


def _of_car(archive: Archive, name: str, options: Options) -> Iterator[Record]:
    place, held = archive.place(name), Repository(_POST)
    trouble = ""
    try:
        with archive.open(name) as stream:
            held.read(stream)
    except (UnusableError, OSError) as error:
        trouble = str(error)
    keys, whole = held.keys()
    posts = [(key, held.records.pop(at)) for key, at in sorted(keys.items()) if at in held.records]
    if whole:  # what the tree does not name was deleted
        yield from (partial(iter, [LeftOut("deleted posts")]) for _ in held.records)
    else:
        posts += [("", record) for record in held.records.values()]
    for number, (key, record) in enumerate(posts, 1):
        uri = f"at://{held.did}/{key}" if held.did and key else ""
        yield partial(_of_record, options, held.did, uri, place, number, record)
    named = sum(key.startswith(f"{_POST}/") for key in keys)
    if trouble := trouble or _missing(named - len(posts) if whole else 0, held.damaged, whole):
        yield partial(iter, [Unreadable(place, None, trouble)])


def _missing(posts: int, blocks: int, whole: bool) -> str:
    """What to say of a file that was read to its end, but holds less than it names."""
    if posts:
        return f"{posts:,} of its posts are damaged or not there"
    if whole:
        return ""
    told = f"{blocks:,} of its blocks are damaged" if blocks else "part of its tree is not there"
    return f"{told}: posts since deleted can't be told from the others"


def _of_json(options: Options, place: str, number: int, item: Any) -> Iterable[Read]:
    """A record by itself, or with its address beside it."""
    record = item.get("value") or item.get("record") or item if isinstance(item, dict) else item
    uri = str(item.get("uri") or "") if isinstance(item, dict) else ""
    author = uri.removeprefix("at://").split("/")[0] if uri else ""
    return _of_record(options, author, uri, place, number, record)


def _of_record(
    options: Options, author: str, uri: str, place: str, number: int, record: Any
) -> Iterable[Read]:
    found: list[Read] = []
    with as_expected(place, number, found):
        if record.get("$type", _POST) != _POST:
            return [LeftOut("likes, follows and other records that are no posts")]
        answered = (record.get("reply") or {}).get("parent") or {}
        languages = record.get("langs") or []
        context = Context(
            platform="bluesky",
            author=options.author or author,
            time=from_iso(record["createdAt"]),
            reply_to=reply(answered.get("uri")),
            thread=str(((record.get("reply") or {}).get("root") or {}).get("uri") or ""),
            images=tuple(_images(record.get("embed") or {})),
            lang=str(languages[0]) if languages else "",
            url=_url(author, uri),
        )
        found.append(post(place, number, uri, record["text"], in_room(context, options.rooms.room())))
    return found


def _images(embed: Any) -> Iterator[Image]:
    for image in embed.get("images") or (embed.get("media") or {}).get("images") or ():
        yield Image("", image.get("alt") or None)


def _url(author: str, uri: str) -> str:
    return f"https://bsky.app/profile/{author}/post/{uri.rpartition('/')[2]}" if author and uri else ""


BLUESKY = Export(_fits, _records, "CAR file, or posts as JSON,")
