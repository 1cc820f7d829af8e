"""Facebook's export in JSON: posts, comments, and both in groups. Its broken encoding is undone string by string."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
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
    from_timestamp,
    in_room,
    post,
)
from linter.exports.mojibake import all_mended
from linter.post import Context, Message

_MEMBERS = re.compile(
    r"(?:^|/)(?:(?:your_posts|profile_posts|group_posts|your_posts_in_groups|group_posts_and_comments|posts_on_other_pages)[\w-]*"
    r"|(?:your_)?comments(?:_in_groups)?[\w-]*|your_comments[\w-]*)\.json$"
)
_GROUP = re.compile(r" (?:in|into|to the group) (?:the group )?(?P<group>.+?)\.?$")
_ANSWERS = re.compile(
    r" (?:replied to|commented on) (?P<author>.+?)(?:'s|’s| own)? (?:comment|post|photo|video|link)"
)


def _fits(archive: Archive) -> bool:
    return any(_MEMBERS.search(name) for name in archive.names)


def _records(archive: Archive, options: Options) -> Iterator[Record]:
    for name in filter(_MEMBERS.search, archive.names):
        yield from each_item(archive, name, partial(_entry, options, "group" in name.lower()))


def _entry(options: Options, in_groups: bool, place: str, number: int, item: Any) -> Iterable[Read]:
    found: list[Read] = []
    with as_expected(place, number, found):
        entry = all_mended(item)
        title = str(entry.get("title") or "")
        data = entry.get("data") or []
        comments = [part["comment"] for part in data if isinstance(part, dict) and "comment" in part]
        texts = [
            part["post"] for part in data if isinstance(part, dict) and isinstance(part.get("post"), str)
        ]
        labelled = [part for part in entry.get("label_values") or [] if isinstance(part, dict)]
        texts += [str(part.get("value") or "") for part in labelled if part.get("label") == "Message"]
        found += [_comment(options, comment, title, place, number) for comment in comments]
        if texts:
            found.append(_post(options, entry, texts[0], title if in_groups else "", place, number))
        if not found:
            found.append(LeftOut("posts without words"))
    return found


def _post(options: Options, entry: Any, text: str, title: str, place: str, number: int) -> Read:
    group = _GROUP.search(title)
    context = Context(platform="facebook", author=options.author, time=from_timestamp(entry["timestamp"]))
    label = group["group"] if group else ""
    return post(place, number, "", text, in_room(context, options.rooms.room(label)))


def _comment(options: Options, comment: Any, title: str, place: str, number: int) -> Read:
    group, answered = _GROUP.search(title), _ANSWERS.search(title)
    label = str(comment.get("group") or (group["group"] if group else ""))
    context = Context(
        platform="facebook",
        author=options.author or str(comment.get("author") or ""),
        time=from_timestamp(comment["timestamp"]),
        reply_to=Message(author=answered["author"] if answered else ""),
    )
    text = comment.get("comment", "")
    return post(place, number, "", text, in_room(context, options.rooms.room(label)))


FACEBOOK = Export(
    _fits,
    _records,
    "your_posts_1.json, comments.json or the like",
    (
        (
            re.compile(
                r"(?:^|/)(?:(?:your_posts|profile_posts|group_posts|your_posts_in_groups|comments|your_comments)[\w-]*|start_here)\.html$"
            ),
            "Facebook's export in HTML, which isn't read; ask Facebook for it anew, with JSON as its format",
        ),
        (
            re.compile(r"(?:^|/)your_facebook_activity/"),
            "Facebook's export without posts or comments; ask for it anew, with those chosen",
        ),
    ),
)
