"""X's archive: `data/tweets.js` and its parts, long posts, posts in communities. Reposts are left out, replies kept."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from linter.exports.archive import Archive
from linter.exports.export import (
    Export,
    LeftOut,
    Options,
    Read,
    Record,
    all_items,
    as_expected,
    each_item,
    from_format,
    in_room,
    post,
    reply,
)
from linter.post import Context

_TWEETS = re.compile(r"(?:^|/)(?:tweets?|community-tweet)(?:-part\d+)?\.js$")
_NOTES = re.compile(r"(?:^|/)note-tweet(?:-part\d+)?\.js$")
_ACCOUNT = re.compile(r"(?:^|/)account\.js$")
_DATE = "%a %b %d %H:%M:%S %z %Y"
_CUT = re.compile(r"(?:…|\.\.\.)?\s*(?:https://t\.co/\w+)?\s*$")
_KNOWN_BY = 100
"""A long post is known by the beginning that the short form repeats."""


def _part(name: str) -> tuple[str, int]:
    number = re.search(r"-part(\d+)\.js$", name)
    return name.split("-part")[0].removesuffix(".js"), int(number[1]) if number else 0


def _fits(archive: Archive) -> bool:
    return any(_TWEETS.search(name) for name in archive.names)


def _records(archive: Archive, options: Options) -> Iterator[Record]:
    author, whole = _author(archive), _Whole.of(archive)
    yield from (partial(iter, [problem]) for problem in whole.problems)
    reading = partial(_tweet, options, options.author or author, whole.texts)
    for name in sorted(filter(_TWEETS.search, archive.names), key=_part):
        yield from each_item(archive, name, reading)


def _author(archive: Archive) -> str:
    for name in filter(_ACCOUNT.search, archive.names):
        for item in all_items(archive, name)[0]:
            account = item.get("account") if isinstance(item, dict) else None
            if isinstance(account, dict) and account.get("username"):
                return str(account["username"])
    return ""


class _Whole:
    """Long posts by how they begin, since the short form is cut off."""

    def __init__(self, texts: Mapping[str, str], problems: list[Any]) -> None:
        self.texts, self.problems = texts, problems

    @classmethod
    def of(cls, archive: Archive) -> _Whole:
        texts: dict[str, str] = {}
        problems: list[Any] = []
        for name in filter(_NOTES.search, archive.names):
            found, amiss = all_items(archive, name)
            problems += amiss
            for item in found:
                note = item.get("noteTweet", {}) if isinstance(item, dict) else {}
                text = note.get("core", {}).get("text", "") if isinstance(note, dict) else ""
                if isinstance(text, str) and text:
                    texts[_key(text)] = text
        return cls(texts, problems)


def _key(text: str) -> str:
    return " ".join(_CUT.sub("", text).split())[:_KNOWN_BY]


def _tweet(
    options: Options, author: str, whole: Mapping[str, str], place: str, number: int, item: Any
) -> Iterable[Read]:
    found: list[Read] = []
    with as_expected(place, number, found):
        tweet = item.get("tweet", item)
        text = html.unescape(tweet.get("full_text") or tweet["text"])
        if text.startswith("RT @") or "retweeted_status" in tweet:
            return [LeftOut("reposts of others")]
        text = whole.get(_key(text), text) if len(text) > _KNOWN_BY else text
        tweet_id, community = str(tweet["id_str"]), str(tweet.get("community_id_str") or "")
        context = Context(
            platform="twitter",
            author=author,
            time=from_format(tweet["created_at"], _DATE),
            reply_to=reply(tweet.get("in_reply_to_status_id_str"), tweet.get("in_reply_to_screen_name")),
            lang=_lang(tweet.get("lang")),
            url=f"https://x.com/{author}/status/{tweet_id}" if author else "",
        )
        found.append(
            post(
                place,
                number,
                tweet_id,
                text,
                in_room(
                    context, options.rooms.room(community, author) if community else options.rooms.room()
                ),
            )
        )
    return found


def _lang(tag: object) -> str:
    """A language; what X writes where it knows none is none."""
    return (
        tag if isinstance(tag, str) and tag not in ("und", "zxx", "qme", "qht", "qam", "qst", "art") else ""
    )


X = Export(
    _fits,
    _records,
    "data/tweets.js",
    (
        (
            re.compile(r"(?:^|/)data/js/tweets/\d{4}_\d\d\.js$"),
            "Twitter's archive as it was before 2019; ask for it anew",
        ),
        (
            re.compile(r"(?:^|/)data/(?:account|manifest|profile|note-tweet|deleted-tweets)\.js$"),
            "X's archive without data/tweets.js; was it unpacked or downloaded in part?",
        ),
    ),
)
