"""Bluesky's export: the repository as a CAR file, or its records as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from linter.exports.archive import Archive, UnusableError, needed
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
MAX_CAR = 1_000_000_000
"""A CAR file is read whole; more bytes than this are not."""


def _fits(archive: Archive) -> bool:
    return any(map(_CAR.search, archive.names)) or any(_is_ours(archive, name) for name in archive.names)


def _is_ours(archive: Archive, name: str) -> bool:
    if not _JSON.search(name):
        return False
    try:
        with archive.open(name) as stream:
            return _POST.encode() in stream.read(_LOOKED_AT)
    except (UnusableError, OSError):
        return False


def _records(archive: Archive, options: Options) -> Iterator[Record]:
    for name in archive.names:
        if _CAR.search(name):
            yield from _of_car(archive, name, options)
        elif _is_ours(archive, name):
            yield from each_item(archive, name, partial(_of_json, options))


def _of_car(archive: Archive, name: str, options: Options) -> Iterator[Record]:
    place = archive.place(name)
    try:
        libipld = needed("libipld")
        with archive.open(name) as stream:
            data = stream.read(MAX_CAR + 1)
        if len(data) > MAX_CAR:
            raise UnusableError(f"larger than {MAX_CAR:,} bytes")
        _, blocks = libipld.decode_car(data)
    except ValueError as error:
        yield partial(iter, [Unreadable(place, None, f"no CAR file that can be read: {error}")])
        return
    except (UnusableError, OSError) as error:
        yield partial(iter, [Unreadable(place, None, str(error))])
        return
    keys, author = _keys(blocks.values()), _did(blocks.values())
    posts = [
        (keys.get(cid, ""), block)
        for cid, block in blocks.items()
        if isinstance(block, dict) and block.get("$type") == _POST
    ]
    for number, (key, block) in enumerate(sorted(posts, key=lambda one: one[0]), 1):
        uri = f"at://{author}/{key}" if author and key else ""
        yield partial(_of_record, options, author, uri, place, number, block)


def _keys(blocks: Iterable[Any]) -> dict[Any, str]:
    """The key of every record, from the nodes of the tree: each entry repeats so many bytes of the one before it."""
    keys: dict[Any, str] = {}
    for node in blocks:
        if not (isinstance(node, dict) and isinstance(node.get("e"), list)):
            continue
        before = b""
        for entry in node["e"]:
            if not (
                isinstance(entry, dict)
                and isinstance(entry.get("k"), bytes)
                and isinstance(entry.get("p"), int)
            ):
                break
            before = before[: entry["p"]] + entry["k"]
            keys[entry.get("v")] = before.decode("utf-8", "replace")
    return keys


def _did(blocks: Iterable[Any]) -> str:
    commits = (
        block["did"] for block in blocks if isinstance(block, dict) and isinstance(block.get("did"), str)
    )
    return next(commits, "")


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


BLUESKY = Export(_fits, _records)
