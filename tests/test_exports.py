"""Exports of the platforms: what is read of them, what is left out, and what is said of damaged ones."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.exports import LeftOut, Options, Rooms, kind_of, records
from linter.exports.archive import Archive, open_archive
from linter.exports.mastodon import as_text
from linter.exports.mojibake import mended
from linter.post import Post, Room, Unreadable
from tests.made_exports import (
    COMMENTS,
    FACEBOOK_MEMBERS,
    LINKEDIN_MEMBERS,
    LONG,
    MEANT,
    OUTBOX,
    SHARES,
    SKEETS,
    VARIANTS,
    X_MEMBERS,
    car,
    laid_out,
    skeet,
    tweet,
    ytd,
    zipped,
)

Found = tuple[list[Post], list[str], Counter[str]]


def found(path: Path, options: Options | None = None, kind: str = "") -> Found:
    """Posts, what could not be read, and what was left out."""
    posts, unreadable, left_out = [], [], Counter[str]()
    for record in records(str(path), options or Options(), kind):
        for item in record():
            if isinstance(item, Post):
                posts.append(item)
            elif isinstance(item, Unreadable):
                unreadable.append(f"{item.path.removeprefix(str(path.parent) + '/')}: {item.reason}")
            elif isinstance(item, LeftOut):
                left_out[item.what] += 1
    return posts, unreadable, left_out


MADE: dict[str, dict[str, str | bytes]] = {
    "x": X_MEMBERS,
    "facebook": FACEBOOK_MEMBERS,
    "linkedin": LINKEDIN_MEMBERS,
    "mastodon": {"outbox.json": json.dumps(OUTBOX), "actor.json": "{}"},
    "bluesky": {"repo.car": car(SKEETS)},
}
TEXTS = {
    "x": [
        "Hello, thanks for having me.", "Tea & cake at the mill today? All welcome.", "@jo That's a fair point, thank you.", LONG,
        "Did anybody see the kingfisher?", "Who has the key to the hall?", "The last of them.",
    ],
    "facebook": [MEANT, "Thank you, Jo. Which day suits?", "Is the crossing any better?", "Hello all, thanks for letting me in."],
    "linkedin": ['Who takes on school leavers here?\n\nWe would like to ask you, "honestly", over tea.', 'She said "come in", and so I did.'],
    "mastodon": ["Hello & thanks.\nWho walks by the beck?\n\nI do.", "Local politics\n\nThat's fair."],
    "bluesky": ["Hello all, who feeds the ducks?", "Thank you, Jo."],
}  # fmt: skip
LEFT_OUT = {
    "x": {"reposts of others": 1},
    "facebook": {"posts without words": 1},
    "linkedin": {"posts without words": 1},
    "mastodon": {"direct messages": 1, "boosts of others": 1, "activities that are no posts": 1},
    "bluesky": {},
}


@pytest.mark.parametrize("made", [zipped, laid_out])
@pytest.mark.parametrize("kind", list(MADE))
def test_an_export_is_told_by_its_files_and_read(
    kind: str, made: Callable[[Path, dict[str, str | bytes]], Path], tmp_path: Path
) -> None:
    path = made(tmp_path / "export.zip", MADE[kind])
    archive = open_archive(str(path))
    assert isinstance(archive, Archive)
    assert kind_of(archive) == kind
    posts, unreadable, left_out = found(path)
    assert sorted(post.text for post in posts) == sorted(TEXTS[kind])
    assert unreadable == []
    assert left_out == LEFT_OUT[kind]
    assert len({post.id for post in posts}) == len(posts)
    assert all(post.context.time is not None for post in posts)


@pytest.mark.parametrize(("members", "texts"), VARIANTS.values(), ids=VARIANTS)
def test_an_export_of_another_time_or_account_is_read(
    members: dict[str, str | bytes], texts: list[str], tmp_path: Path
) -> None:
    posts, unreadable, _ = found(zipped(tmp_path / "export.zip", members))
    assert (sorted(post.text for post in posts), unreadable) == (sorted(texts), [])


def by_start(posts: list[Post], start: str) -> Post:
    return next(post for post in posts if post.text.startswith(start))


def test_what_x_knows_of_a_tweet(tmp_path: Path) -> None:
    posts, _, _ = found(
        zipped(tmp_path / "x.zip", X_MEMBERS),
        Options(rooms=Rooms({"555": Room("mill-talk", kind="community")})),
    )
    reply = by_start(posts, "@jo")
    assert (reply.id, reply.context.platform, reply.context.author) == ("13", "twitter", "millbeck_greens")
    assert reply.context.time == datetime(2026, 5, 1, 18, 30, tzinfo=UTC)
    assert reply.context.reply_to is not None
    assert (reply.context.reply_to.id, reply.context.reply_to.author, reply.context.stage) == (
        "9",
        "jo",
        "reply",
    )
    assert reply.context.url == "https://x.com/millbeck_greens/status/13"
    assert by_start(posts, "Hello, thanks").context.room == Room("mill-talk", kind="community")
    assert by_start(posts, "The last").context.lang == ""
    ordered = [
        post.id for post in posts if post.source.path.endswith(".js") and "community" not in post.source.path
    ]
    assert ordered == ["11", "13", "14", "15", "16", "17"]


def test_what_facebook_knows_of_groups_and_answers(tmp_path: Path) -> None:
    rooms = Rooms({"millbeck parents": Room("parents", kind="community")})
    posts, _, _ = found(zipped(tmp_path / "f.zip", FACEBOOK_MEMBERS), Options(rooms=rooms, author="us"))
    assert [post.context.room.name for post in posts if "crossing" in post.text or "Hello" in post.text] == [
        "parents"
    ] * 2
    answer = by_start(posts, "Thank you")
    assert answer.context.reply_to is not None
    assert (answer.context.reply_to.author, answer.context.stage, answer.context.author) == (
        "Jo",
        "reply",
        "us",
    )
    assert answer.context.time == datetime(2026, 5, 1, 18, 33, 20, tzinfo=UTC)


def test_what_bluesky_knows_of_a_post(tmp_path: Path) -> None:
    (tmp_path / "repo.car").write_bytes(car(SKEETS))
    [first, second], _, _ = found(tmp_path / "repo.car")
    assert first.id == "at://did:plc:millbeck/app.bsky.feed.post/3aaa"
    assert first.context.url == "https://bsky.app/profile/did:plc:millbeck/post/3aaa"
    assert second.context.reply_to is not None
    assert second.context.reply_to.id == "at://did:plc:jo/app.bsky.feed.post/1"
    assert second.context.thread == "at://did:plc:jo/app.bsky.feed.post/0"


@pytest.mark.parametrize(
    "held",
    [
        [{"uri": "at://did:plc:a/app.bsky.feed.post/1", "value": skeet("Who is in?")}],
        {
            "cursor": "x",
            "records": [{"uri": "at://did:plc:a/app.bsky.feed.post/1", "value": skeet("Who is in?")}],
        },
        [skeet("Who is in?")],
    ],
)
def test_bluesky_as_json(held: Any, tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    path.write_text(json.dumps(held))
    posts, unreadable, _ = found(path)
    assert ([post.text for post in posts], unreadable) == (["Who is in?"], [])


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("tweets.js", X_MEMBERS["data/tweets.js"]),
        ("tweet.js", X_MEMBERS["data/tweets.js"]),
        ("outbox.json", json.dumps(OUTBOX)),
        ("Shares.csv", SHARES),
        ("Comments.csv", COMMENTS),
    ],
)
def test_a_file_by_itself_is_read(name: str, held: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(held, newline="")
    posts, unreadable, _ = found(tmp_path / name)
    assert posts
    assert unreadable == []
    assert all(post.source.path == str(tmp_path / name) for post in posts)


@pytest.mark.parametrize(
    ("spoilt", "meant"),
    [
        ("CafÃ©", "Café"),
        ("Café", "Café"),
        ("plain", "plain"),
        ("ð\x9f\x8e\x82", "🎂"),
        ("🎂", "🎂"),
        ("Ã", "Ã"),
        ("whoâ\x80\x99s “in”", "whoâ\x80\x99s “in”"),
    ],
)
def test_facebooks_encoding_is_undone_where_it_was_spoilt(spoilt: str, meant: str) -> None:
    assert mended(spoilt) == meant


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_whatever_was_spoilt_that_way_is_mended(text: str) -> None:
    assert mended(text.encode().decode("latin-1")) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two<br/>three</p>", "One\n\nTwo\nthree"),
        (
            '<p><a href="https://example.org/a"><span class="invisible">https://</span><span>example.org/a</span></a></p>',
            "https://example.org/a",
        ),
        ("<p>a &lt; b &amp; c</p>", "a < b & c"),
        ("plain", "plain"),
        ("<p>broken <b", "broken <b"),
        ("", ""),
    ],
)
def test_html_becomes_text(markup: str, text: str) -> None:
    assert as_text(markup) == text


# Tables, with a map.


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("posts.csv", "Created,Message,Where\n01/05/2026 18:30,Who is in?,parents\n02/05/2026 09:00,Thanks all.,\n"),
        ("posts.tsv", "Created\tMessage\tWhere\n01/05/2026 18:30\tWho is in?\tparents\n02/05/2026 09:00\tThanks all.\t\n"),
        ("posts.jsonl", '{"Created": "01/05/2026 18:30", "Message": "Who is in?", "Where": "parents"}\n\n{"Created": "02/05/2026 09:00", "Message": "Thanks all."}\n'),
    ],
)  # fmt: skip
def test_a_table_is_read_by_its_map(name: str, held: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(held)
    options = Options(
        {"text": "Message", "date": "Created", "room": "Where"},
        "%d/%m/%Y %H:%M",
        Rooms({"parents": Room("parents", "facebook", "community")}),
    )
    posts, unreadable, _ = found(tmp_path / name, options)
    assert unreadable == []
    assert [(post.text, str(post.context.time), post.context.room.kind) for post in posts] == [
        ("Who is in?", "2026-05-01 18:30:00+00:00", "community"), ("Thanks all.", "2026-05-02 09:00:00+00:00", ""),
    ]  # fmt: skip


def test_parquet_is_read_by_its_map(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pyarrow.table(
        {"Message": ["Who is in?", "Thanks all."], "date": [datetime(2026, 5, 1, 18, 30), None]}
    )
    parquet.write_table(table, tmp_path / "posts.parquet")
    posts, unreadable, _ = found(tmp_path / "posts.parquet", Options({"text": "Message"}))
    assert unreadable == []
    assert [(post.text, post.context.time and post.context.time.isoformat()) for post in posts] == [
        ("Who is in?", "2026-05-01T18:30:00"),
        ("Thanks all.", None),
    ]


# Damaged ones.


def truncated(path: Path, keep: float) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    return path


def test_a_zip_that_breaks_off_is_named(tmp_path: Path) -> None:
    posts, unreadable, _ = found(truncated(zipped(tmp_path / "x.zip", X_MEMBERS), 0.5))
    assert posts == []
    assert unreadable == ["x.zip: a zip that breaks off or is none; was the download complete?"]


def test_a_member_that_breaks_off_loses_only_what_follows(tmp_path: Path) -> None:
    members = {**X_MEMBERS, "data/tweets.js": str(X_MEMBERS["data/tweets.js"])[:-200]}
    posts, unreadable, _ = found(zipped(tmp_path / "x.zip", members))
    assert [reason.split(": ", 1)[0] for reason in unreadable] == ["x.zip!data/tweets.js"]
    assert "after item 3: not JSON from here on" in unreadable[0]
    assert {"11", "13", "15", "16"} <= {post.id for post in posts}


def test_a_bit_turned_in_a_zip_is_noticed(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "x.zip",
        {"data/tweets.js": ytd("tweets", [tweet(n, f"Number {n}, who is in?") for n in range(3000)])},
    )
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    _, unreadable, _ = found(path)
    assert len(unreadable) == 1
    assert "x.zip!data/tweets.js: " in unreadable[0]


def test_a_bomb_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("data/tweets.js", "w") as member:
            member.write(b"window.YTD.tweets.part0 = [ ")
            for _ in range(100):
                member.write(b" " * 1_000_000)
            member.write(b"]")
        archive.writestr("data/tweets-part1.js", ytd("tweets", [tweet(1, "Still here?")]))
    posts, unreadable, _ = found(path)
    assert [post.text for post in posts] == ["Still here?"]
    assert len(unreadable) == 1
    assert "what follows was not read" in unreadable[0]


def test_names_that_climb_and_links_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../data/tweets.js", ytd("tweets", [tweet(1, "Climbing.")]))
        archive.writestr("/data/tweets.js", ytd("tweets", [tweet(2, "From the root.")]))
        link = zipfile.ZipInfo("data/tweets-part1.js")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("data/tweets.js", ytd("tweets", [tweet(3, "Inside.")]))
    posts, unreadable, _ = found(path)
    assert [post.text for post in posts] == ["Inside."]
    assert [reason.split("; ")[0].rsplit(": ")[1] for reason in unreadable] == [
        "a name that climbs out of the archive",
        "a name that climbs out of the archive",
        "a link",
    ]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.js").write_text(ytd("tweets", [tweet(1, "Secret.")]))
    laid_out(tmp_path / "x", {"data/tweets-part1.js": ytd("tweets", [tweet(2, "Open.")])})
    (tmp_path / "x" / "data" / "tweets.js").symlink_to(tmp_path / "secret.js")
    posts, _, _ = found(tmp_path / "x")
    assert [post.text for post in posts] == ["Open."]


@pytest.mark.parametrize(
    ("member", "held", "reason"),
    [
        ("tweets.js", ytd("tweets", [{"tweet": {"id_str": "1"}}]), "item 1: no field 'text'"),
        (
            "tweets.js",
            ytd("tweets", [{"tweet": {"id_str": "1", "full_text": "Hello", "created_at": "yesterday"}}]),
            "item 1: a date `yesterday`",
        ),
        ("tweets.js", ytd("tweets", ["words"]), "item 1: a field of another kind"),
        (
            "tweets.js",
            ytd("tweets", [{"tweet": {"id_str": "1", "full_text": 7, "created_at": "x"}}]),
            "item 1: a field of another kind",
        ),
        ("tweets.js", "", "it is empty"),
        ("tweets.js", "window.YTD.tweets.part0 =", "no list of posts in it"),
        ("tweets.js", b"\xff\xfe[\x00]\x00", "this is UTF-16"),
        ("tweets.js", b'window.YTD.tweets.part0 = [{"tweet": {"full_text": "Caf\xe9"}}]', "UTF-8"),
        (
            "outbox.json",
            '{"orderedItems": [{"type": "Create", "object": {"to": ["as:Public"]}}]}',
            "item 1: no field 'content'",
        ),
        ("Shares.csv", "Date,Link\r\n", "no column named ShareCommentary"),
        ("repo.car", b"not a car", "no CAR file"),
        ("posts.parquet", b"PAR1 not", "no Parquet"),
        ("posts.csv", "when,words\n1,2\n", "no column named `text`; found when or words"),
        ("photo.jpg", b"\xff\xd8", "no export that is known by its files (photo.jpg)"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    member: str, held: str | bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / member).write_bytes(held.encode() if isinstance(held, str) else held)
    posts, unreadable, _ = found(tmp_path / member)
    assert posts == []
    assert len(unreadable) == 1
    assert unreadable[0].startswith(f"{member}: ")
    assert reason in unreadable[0]


def test_an_empty_folder_and_a_missing_source_are_named(tmp_path: Path) -> None:
    assert found(tmp_path)[1] == [f"{tmp_path.name}: there is nothing in it"]
    assert found(tmp_path / "none.zip")[1] == ["none.zip: no such file or folder"]


def test_one_bad_row_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    with path.open("w") as stream:
        stream.write("text,date\n")
        stream.writelines(
            "Who is in?,2026-05-01\n" if n != 5_000 else "Who,is,in?,2026\n" for n in range(10_000)
        )
    posts, unreadable, _ = found(path)
    assert len(posts) == 9_999
    assert unreadable == ["posts.csv: 4 cells where the header has 2"]


def assert_told(path: Path) -> None:
    """Every post has words, and whatever could not be read is named by the source and a reason."""
    posts, unreadable, left_out = found(path)
    assert all(post.text.strip() for post in posts)
    assert all(told.startswith(path.name) and told.split(": ", 1)[1] for told in unreadable)
    assert all(left_out)


@given(
    st.binary(max_size=400),
    st.sampled_from(
        ["tweets.js", "outbox.json", "repo.car", "posts.csv", "posts.jsonl", "Comments.csv", "x.zip"]
    ),
)
def test_no_bytes_end_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(data)
    assert_told(path)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "tweet",
                        "full_text",
                        "id_str",
                        "data",
                        "post",
                        "comment",
                        "timestamp",
                        "object",
                        "type",
                        "content",
                        "title",
                        "to",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ),
    st.sampled_from(["tweets.js", "outbox.json", "comments.json"]),
)
def test_no_shape_of_json_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, value: Any, name: str
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_text(json.dumps([value]))
    assert_told(path)
