"""Exports of our own, shaped as the platforms shape theirs: small accounts of one invented campaign."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

LONG = "The clinic on Mill Street shuts at noon now, and forty of us stood in the rain to ask why. " * 4
SPOILT = "CafÃ© on the corner, whoâ\x80\x99s for cake? ð\x9f\x8e\x82"
MEANT = "Café on the corner, who’s for cake? 🎂"


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in members.items():
            archive.writestr(name, held)
    return path


def laid_out(folder: Path, members: Mapping[str, str | bytes]) -> Path:
    for name, held in members.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(held.encode() if isinstance(held, str) else held)
    return folder


def tweet(number: int, text: str, **more: Any) -> dict[str, Any]:
    return {
        "tweet": {
            "id_str": str(number), "id": str(number), "full_text": text, "lang": "en",
            "created_at": "Fri May 01 18:30:00 +0000 2026", "entities": {"urls": []}, **more,
        }
    }  # fmt: skip


def ytd(name: str, items: list[Any], part: int = 0) -> str:
    return f"window.YTD.{name}.part{part} = {json.dumps(items, indent=2)}"


X_MEMBERS: dict[str, str | bytes] = {
    "data/account.js": ytd("account", [{"account": {"username": "millbeck_greens", "accountId": "7"}}]),
    "data/tweets.js": ytd("tweets", [
        tweet(11, "Tea &amp; cake at the mill today? All welcome."),
        tweet(12, "RT @millbeck: the beck is up"),
        tweet(13, "@jo That's a fair point, thank you.", in_reply_to_status_id_str="9", in_reply_to_screen_name="jo"),
        tweet(14, LONG[:274] + "… https://t.co/abc123"),
    ]),
    "data/tweets-part1.js": ytd("tweets", [tweet(15, "Did anybody see the kingfisher?")], 1),
    "data/tweets-part10.js": ytd("tweets", [tweet(17, "The last of them.", lang="und")], 10),
    "data/tweets-part2.js": ytd("tweets", [tweet(16, "Who has the key to the hall?")], 2),
    "data/community-tweet.js": ytd("community_tweet", [tweet(18, "Hello, thanks for having me.", community_id_str="555")]),
    "data/note-tweet.js": ytd("note_tweet", [{"noteTweet": {"noteTweetId": "1", "createdAt": "2026-05-01T18:30:00.000Z", "core": {"text": LONG}}}]),
    "data/deleted-tweets.js": ytd("deleted_tweets", [tweet(19, "Never mind.")]),
    "Your archive.html": "<html></html>",
}  # fmt: skip

FACEBOOK_MEMBERS: dict[str, str | bytes] = {
    "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json": json.dumps([
        {"timestamp": 1777660200, "data": [{"post": SPOILT}], "title": "Pat Hale updated their status."},
        {"timestamp": 1777660300, "data": [{"update_timestamp": 1777660300}], "attachments": [], "title": "Pat Hale added a photo."},
    ]),
    "your_facebook_activity/comments_and_reactions/comments.json": json.dumps({"comments_v2": [
        {"timestamp": 1777660400, "title": "Pat Hale replied to Jo's comment.",
         "data": [{"comment": {"timestamp": 1777660400, "comment": "Thank you, Jo. Which day suits?", "author": "Pat Hale"}}]},
    ]}),
    "your_facebook_activity/groups/your_comments_in_groups.json": json.dumps({"group_comments_v2": [
        {"timestamp": 1777660500, "title": "Pat Hale commented on Kim's post in Millbeck Parents.",
         "data": [{"comment": {"timestamp": 1777660500, "comment": "Is the crossing any better?", "author": "Pat Hale", "group": "Millbeck Parents"}}]},
    ]}),
    "your_facebook_activity/groups/group_posts_and_comments.json": json.dumps({"group_posts_v2": [
        {"timestamp": 1777660600, "data": [{"post": "Hello all, thanks for letting me in."}], "title": "Pat Hale posted in Millbeck Parents."},
    ]}),
    "your_facebook_activity/groups/your_group_membership_activity.json": json.dumps({"groups_joined_v2": [{"timestamp": 1}]}),
}  # fmt: skip

SHARES = (
    "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\r\n"
    '2026-05-01 18:30:00,https://www.linkedin.com/feed/update/1,"Who takes on school leavers here?""\n""\n""We would like to ask you, ""honestly"", over tea.",,,MEMBER_NETWORK\r\n'
    "2026-05-02 09:00:00,https://www.linkedin.com/feed/update/2,,https://example.org,,MEMBER_NETWORK\r\n"
)
COMMENTS = (
    "Date,Link,Message\r\n"
    '2026-05-01 19:00:00,https://www.linkedin.com/feed/update/3,"She said \\"come in\\", and so I did."\r\n'
)
LINKEDIN_MEMBERS: dict[str, str | bytes] = {
    "Shares.csv": SHARES,
    "Comments.csv": COMMENTS,
    "Connections.csv": "First Name\r\nJo\r\n",
}

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def note(number: int, content: str, to: str = PUBLIC, **more: Any) -> dict[str, Any]:
    told = {
        "id": f"https://example.social/users/pat/statuses/{number}", "type": "Note", "summary": None, "inReplyTo": None,
        "published": "2026-05-01T18:30:00Z", "url": f"https://example.social/@pat/{number}", "content": content,
        "attributedTo": "https://example.social/users/pat", "to": [to], "cc": [], "attachment": [], **more,
    }  # fmt: skip
    return {"id": f"{told['id']}/activity", "type": "Create", "object": told}


OUTBOX = {
    "@context": "https://www.w3.org/ns/activitystreams",
    "id": "outbox.json",
    "type": "OrderedCollection",
    "totalItems": 4,
    "orderedItems": [
        note(1, "<p>Hello &amp; thanks.<br>Who walks by the beck?</p><p>I do.</p>"),
        note(
            2, "<p>That&#39;s fair.</p>", summary="Local politics", inReplyTo="https://example.social/@jo/9"
        ),
        note(3, "<p>Just for you</p>", to="https://example.social/users/jo"),
        {"id": "x", "type": "Announce", "object": "https://example.social/@jo/10"},
        {"id": "z", "type": "Delete", "object": "https://example.social/@pat/4"},
    ],
}


class Link(bytes):
    """The address of a block."""


def cbor(value: Any) -> bytes:
    """The few kinds of value that a CAR file holds."""
    if value is None:
        return b"\xf6"
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, Link):
        return b"\xd8\x2a" + _head(2, len(value) + 1) + b"\x00" + value
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(cbor, value))
    keys = sorted(value, key=lambda key: (len(key), key))
    return _head(5, len(keys)) + b"".join(cbor(key) + cbor(value[key]) for key in keys)


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    size = 1 if number < 256 else 2 if number < 65536 else 4
    return bytes([kind << 5 | {1: 24, 2: 25, 4: 26}[size]]) + number.to_bytes(size, "big")


def _varint(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out, number = out + bytes([number & 0x7F | 0x80]), number >> 7
    return out + bytes([number])


def link_to(block: bytes) -> Link:
    return Link(b"\x01\x71\x12\x20" + sha256(block).digest())


def skeet(text: str, **more: Any) -> dict[str, Any]:
    return {
        "$type": "app.bsky.feed.post",
        "text": text,
        "createdAt": "2026-05-01T18:30:00.000Z",
        "langs": ["en"],
        **more,
    }


def car(
    records: dict[str, dict[str, Any]],
    did: str = "did:plc:millbeck",
    deleted: Sequence[dict[str, Any]] = (),
) -> bytes:
    """A repository in one node of its tree; blocks of deleted records lie in it still."""
    blocks = {key: cbor(record) for key, record in sorted(records.items())}
    entries, before = [], b""
    for key, block in blocks.items():
        name = key.encode()
        shared = next(
            (i for i, (a, b) in enumerate(zip(before, name, strict=False)) if a != b),
            min(len(before), len(name)),
        )
        entries.append({"k": name[shared:], "p": shared, "t": None, "v": link_to(block)})
        before = name
    node = cbor({"e": entries, "l": None})
    commit = cbor(
        {"did": did, "rev": "3k", "sig": b"\x00", "data": link_to(node), "prev": None, "version": 3}
    )
    header = cbor({"roots": [link_to(commit)], "version": 1})
    out = _varint(len(header)) + header
    for block in (commit, node, *blocks.values(), *map(cbor, deleted)):
        out += _varint(36 + len(block)) + link_to(block) + block
    return out


SKEETS = {
    "app.bsky.feed.post/3aaa": skeet("Hello all, who feeds the ducks?"),
    "app.bsky.feed.post/3aab": skeet("Thank you, Jo.", reply={"parent": {"uri": "at://did:plc:jo/app.bsky.feed.post/1", "cid": "x"}, "root": {"uri": "at://did:plc:jo/app.bsky.feed.post/0", "cid": "y"}}),
    "app.bsky.feed.like/3aac": {"$type": "app.bsky.feed.like", "createdAt": "2026-05-01T18:30:00.000Z", "subject": {"uri": "at://x", "cid": "z"}},
}  # fmt: skip


def labelled(text: str) -> dict[str, Any]:
    """A post on somebody else's page, as Facebook has written them since 2023."""
    values = [{"label": "Target", "value": "Millbeck Library"}, {"label": "Message", "value": text}]
    return {"timestamp": 1777660700, "media": [], "label_values": values, "fbid": "7"}


def commented(text: str) -> dict[str, Any]:
    comment = {"timestamp": 1777660400, "comment": text, "author": "Pat Hale"}
    return {"timestamp": 1777660400, "title": "Pat Hale commented on a post.", "data": [{"comment": comment}]}


def posted(text: str, title: str = "Pat Hale updated their status.") -> dict[str, Any]:
    return {
        "timestamp": 1777660200,
        "data": [{"post": text}, {"update_timestamp": 1777660201}],
        "title": title,
    }


VARIANTS: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "X before 2022: tweet.js, no wrapping": (
        {"data/tweet.js": ytd("tweet", [tweet(1, "Who is in?")["tweet"]]), "data/manifest.js": "window.__THAR_CONFIG = {}"},
        ["Who is in?"],
    ),
    "X: a part numbered from one, inside a folder of the account's name": (
        {"twitter-2026-05-01-ab12/data/tweets.js": ytd("tweets", [tweet(1, "Who is in?", edit_info={"initial": {"editsRemaining": "5"}})], 1)},
        ["Who is in?"],
    ),
    "X: no account, no long posts": ({"data/tweets.js": ytd("tweets", [tweet(1, LONG[:274] + "…")])}, [LONG[:274] + "…"]),
    "X: nothing was posted but in a community": (
        {"data/tweets.js": ytd("tweets", []), "data/community-tweet.js": ytd("community_tweet", [tweet(2, "Hello all.", community_id_str="5")])},
        ["Hello all."],
    ),
    "Facebook until 2020: status_updates": (
        {"posts/your_posts.json": json.dumps({"status_updates": [posted("Who is in?")]}),
         "posts/other_people's_posts_to_your_timeline.json": json.dumps({"wall_posts_sent_to_you": [posted("Not ours.")]})},
        ["Who is in?"],
    ),
    "Facebook 2021: groups in their own folder": (
        {"posts/your_posts_1.json": json.dumps([posted("Who is in?")]), "comments/comments.json": json.dumps({"comments": [commented("I am.")]}),
         "groups/your_posts_in_groups.json": json.dumps({"group_posts_v2": [posted("Hello.", "Pat Hale posted in Millbeck Parents.")]})},
        ["Who is in?", "I am.", "Hello."],
    ),
    "Facebook 2023: your_facebook_activity": (
        {"your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json": json.dumps([posted("Who is in?")]),
         "your_facebook_activity/posts/posts_on_other_pages_and_profiles.json": json.dumps([labelled("What time do you open?")]),
         "your_facebook_activity/posts/edits_you_made_to_posts.json": json.dumps([labelled("Who was in?")])},
        ["Who is in?", "What time do you open?"],
    ),
    "Facebook 2024: a page": (
        {"this_profile's_activity_across_facebook/posts/profile_posts_1.json": json.dumps([posted("Who is in?")]),
         "this_profile's_activity_across_facebook/comments_and_reactions/comments.json": json.dumps({"comments_v2": [commented("I am.")]})},
        ["Who is in?", "I am."],
    ),
    "LinkedIn: the larger archive, with its other tables": (
        {"Shares.csv": SHARES, "Comments.csv": "Date,Link,Message\n", "Connections.csv": "Notes:\nFirst Name\n", "messages.csv": "FROM,CONTENT\nJo,Hi\n"},
        ['Who takes on school leavers here?\n\nWe would like to ask you, "honestly", over tea.'],
    ),
    "LinkedIn: dates of the older kind": ({"Comments.csv": "Date,Link,Message\n2026-05-01 19:00:00 UTC,,Well said.\n"}, ["Well said."]),
    "Mastodon: a folder of its own, pictures, an edited post, a poll": (
        {"archive-20260501/outbox.json": json.dumps({**OUTBOX, "orderedItems": [
            note(1, "<p>Who is in?</p>", updated="2026-05-02T00:00:00Z", attachment=[{"type": "Document", "url": "/media/1.png", "name": None}]),
            note(2, "<p>Tea or coffee?</p>", type="Question", oneOf=[{"type": "Note", "name": "Tea"}]),
            {"id": "y", "type": "Delete", "object": "https://example.social/users/pat/statuses/3"},
         ]}), "archive-20260501/media_attachments/1.png": b"\x89PNG"},
        ["Who is in?", "Tea or coffee?"],
    ),
    "Bluesky: with pictures and a quotation": (
        {"repo.car": car({"app.bsky.feed.post/3a": skeet("Who is in?", embed={"$type": "app.bsky.embed.images", "images": [{"alt": "The hall", "image": {}}]}),
                          "app.bsky.graph.follow/3b": {"$type": "app.bsky.graph.follow", "subject": "did:plc:jo"}})},
        ["Who is in?"],
    ),
}  # fmt: skip
"""Exports as they were at other times, or as other accounts have them, with the posts in them."""
