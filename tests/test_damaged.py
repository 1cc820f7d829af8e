"""Every reader against every damage: what is amiss is named by its place, and the rest is read."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from linter.cli import main
from tests.made_exports import car, note, skeet, tweet, zipped
from tests.test_exports import found

COUNT = 900
TEXTS = [f"Number {number}, who is in?" for number in range(COUNT)]
REST = ["Still here?"]
BAD = 500
_Make = Callable[[list[str], dict[str, Any], int | None], bytes]


def in_json(items: list[Any], bad: int | None, shape: Any, around: Callable[[str], str] = str) -> bytes:
    held = [shape if number == bad else item for number, item in enumerate(items)]
    return around(json.dumps(held, ensure_ascii=False)).encode()


def x(texts: list[str], more: dict[str, Any], bad: int | None) -> bytes:
    items = [tweet(number, text, **more) for number, text in enumerate(texts)]
    return in_json(items, bad, {"tweet": {"id_str": "1"}}, "window.YTD.tweets.part0 = {}".format)


def facebook(texts: list[str], more: dict[str, Any], bad: int | None) -> bytes:
    items = [{"timestamp": 1777660200, "data": [{"post": text}], **more} for text in texts]
    return in_json(items, bad, {"timestamp": "soon", "data": [{"post": "No."}]})


def linkedin(texts: list[str], more: dict[str, Any], bad: int | None) -> bytes:
    rows = [["Date", "ShareLink", "ShareCommentary", *more]]
    rows += [
        ["2026-05-01 18:30:00", f"https://www.linkedin.com/{n}", text, *more.values()]
        for n, text in enumerate(texts)
    ]
    if bad is not None:
        rows[bad + 1][0] = "soon"
    return in_csv(rows)


def in_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def mastodon(texts: list[str], more: dict[str, Any], bad: int | None) -> bytes:
    items = [note(number, f"<p>{text}</p>", **more) for number, text in enumerate(texts)]
    shape = {"type": "Create", "object": {"to": ["as:Public"]}}
    return in_json(items, bad, shape, lambda held: f'{{"type": "OrderedCollection", "orderedItems": {held}}}')


def bluesky(texts: list[str], more: dict[str, Any], bad: int | None) -> bytes:
    records = {f"app.bsky.feed.post/{number:06}": skeet(text, **more) for number, text in enumerate(texts)}
    if bad is not None:
        records[f"app.bsky.feed.post/{bad:06}"] = {"$type": "app.bsky.feed.post"}
    return car(records)


def bluesky_json(texts: list[str], more: dict[str, Any], bad: int | None) -> bytes:
    return in_json([skeet(text, **more) for text in texts], bad, {"$type": "app.bsky.feed.post"})


def table(texts: list[str], more: dict[str, Any], bad: int | None) -> bytes:
    rows = [["text", "date", *more]] + [[text, "2026-05-01", *more.values()] for text in texts]
    if bad is not None:
        rows[bad + 1][1] = "soon"
    return in_csv(rows)


def jsonl(texts: list[str], more: dict[str, Any], bad: int | None) -> bytes:
    lines = [json.dumps({"text": text, **more}, ensure_ascii=False) for text in texts]
    if bad is not None:
        lines[bad] = '{"text": 7}'
    return "\n".join(lines).encode()


def parquet(texts: list[str], more: dict[str, Any], bad: int | None) -> bytes:
    import pyarrow
    from pyarrow.parquet import write_table

    words = [None if number == bad else text for number, text in enumerate(texts)]
    stream = io.BytesIO()
    write_table(
        pyarrow.table({"text": words, **{key: [value] * len(texts) for key, value in more.items()}}), stream
    )
    return stream.getvalue()


@dataclass(frozen=True)
class Kind:
    """A reader: how its member is made and named, another that it reads too, and where record `BAD` stands."""

    make: _Make
    name: str
    beside: str
    place: str
    line: int | None = None


KINDS = {
    "x": Kind(x, "data/tweets.js", "data/tweets-part1.js", f"item {BAD + 1:,}: no field 'text'"),
    "facebook": Kind(facebook, "posts/your_posts_1.json", "posts/your_posts_2.json", f"item {BAD + 1:,}: `timestamp` holds 'soon'"),
    "linkedin": Kind(linkedin, "Shares.csv", "more/Shares.csv", "a date `soon`", BAD + 2),
    "mastodon": Kind(mastodon, "outbox.json", "outbox-2.json", f"item {BAD + 1:,}: no field 'content'"),
    "bluesky": Kind(bluesky, "repo.car", "second.car", f"item {BAD + 1:,}: no field"),
    "bluesky-json": Kind(bluesky_json, "posts.json", "posts-2.json", f"item {BAD + 1:,}: no field"),
    "csv": Kind(table, "posts.csv", "second.csv", "`date` holds `soon`", BAD + 2),
    "jsonl": Kind(jsonl, "posts.jsonl", "second.jsonl", "`text` holds 7 where words were expected", BAD + 1),
    "parquet": Kind(parquet, "posts.parquet", "second.parquet", "`text` is missing", BAD + 1),
}  # fmt: skip
every = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
in_words = pytest.mark.parametrize(
    "kind", [kind for name, kind in KINDS.items() if name not in ("bluesky", "parquet")],
    ids=[name for name in KINDS if name not in ("bluesky", "parquet")],
)  # fmt: skip


def read(path: Path) -> tuple[list[str], list[str]]:
    """The words of a source, and what is said of the rest, each by member."""
    posts, unreadable, _ = found(path)
    return [post.text for post in posts], unreadable


def damaged(path: Path, kind: Kind, member: bytes) -> tuple[list[str], list[str]]:
    """What is read of a zip with a damaged member before one that is whole; that one is asserted to be read."""
    texts, said = read(zipped(path / "e.zip", {kind.name: member, kind.beside: kind.make(REST, {}, None)}))
    assert texts[-1:] == REST or texts[:1] == REST, said
    return [text for text in texts if text not in REST], said


@every
def test_a_whole_one_is_read_whole(kind: Kind, tmp_path: Path) -> None:
    assert damaged(tmp_path, kind, kind.make(TEXTS, {}, None)) == (TEXTS, [])


@every
def test_a_field_that_nobody_knows_is_passed_over(kind: Kind, tmp_path: Path) -> None:
    assert damaged(tmp_path, kind, kind.make(TEXTS, {"unheard_of": "x"}, None)) == (TEXTS, [])


@every
def test_a_record_of_another_shape_is_named_and_all_others_are_read(kind: Kind, tmp_path: Path) -> None:
    from linter.exports import Options, records
    from linter.post import Unreadable

    path = tmp_path / Path(kind.name).name
    path.write_bytes(kind.make(TEXTS, {}, BAD))
    texts, [said] = read(path)
    assert texts == TEXTS[:BAD] + TEXTS[BAD + 1 :]
    assert said.startswith(f"{path.name}: ")
    assert kind.place in said
    items = [item for record in records(str(path), Options()) for item in record()]
    assert [item.line for item in items if isinstance(item, Unreadable)] == [kind.line]


@every
def test_a_member_that_breaks_off_is_read_so_far(kind: Kind, tmp_path: Path) -> None:
    whole = kind.make(TEXTS, {}, None)
    texts, said = damaged(tmp_path, kind, whole[: int(len(whole) * 0.9) + 20])
    assert texts == TEXTS[: len(texts)]
    if kind is KINDS["parquet"]:  # whose index stands at its end
        assert texts == []
    else:
        assert COUNT * 0.6 < len(texts) < COUNT
    assert len(said) == 1
    assert said[0].startswith(f"e.zip!{kind.name}: ")
    if kind is KINDS["bluesky"]:
        assert "it breaks off" in said[0]


@pytest.mark.parametrize(
    ("name", "held", "left"),
    [
        ("Comments.csv", 'Date,Link,Message\n2026-05-01 19:00:00,,"Who is in', []),
        ("Comments.csv", 'Date,Link,Message\n2026-05-01 19:00:00,,"Who said \\"I', []),
        ("Comments.csv", 'Date,Link,Message\n2026-05-01 19:00:00,,"Hello."\n2026-05-01 19:00:00,,"Who', ["Hello."]),
        ("Comments.csv", 'Date,Link,Message\n2026-05-01 19:00:00', []),
        ("Shares.csv", 'Date,ShareLink,ShareCommentary\n2026-05-01 19:00:00,,"Who ""is', []),
    ],
)  # fmt: skip
def test_a_row_of_linkedin_that_breaks_off_is_no_post(
    name: str, held: str, left: list[str], tmp_path: Path
) -> None:
    (tmp_path / name).write_text(held)
    texts, [said] = read(tmp_path / name)
    assert texts == left
    assert "never closed" in said or "more or fewer cells" in said


def test_a_last_row_of_linkedin_needs_no_end(tmp_path: Path) -> None:
    (tmp_path / "Comments.csv").write_text('Date,Link,Message\n2026-05-01 19:00:00,,"Half an inch: 0.5\\""')
    assert read(tmp_path / "Comments.csv") == (['Half an inch: 0.5"'], [])


@every
def test_a_zip_that_breaks_off_is_named(kind: Kind, tmp_path: Path) -> None:
    path = zipped(tmp_path / "e.zip", {kind.name: kind.make(TEXTS, {}, None)})
    path.write_bytes(path.read_bytes()[:-100])
    assert read(path) == ([], ["e.zip: a zip that breaks off or is none; was the download complete?"])


@every
def test_a_turned_byte_in_a_zip_is_named(kind: Kind, tmp_path: Path) -> None:
    members = {kind.name: kind.make(TEXTS, {}, None), kind.beside: kind.make(REST, {}, None)}
    data = bytearray(zipped(tmp_path / "e.zip", members).read_bytes())
    with zipfile.ZipFile(tmp_path / "e.zip") as whole:
        data[whole.infolist()[0].compress_size * 9 // 10] ^= 0xFF
    (tmp_path / "e.zip").write_bytes(data)
    texts, said = read(tmp_path / "e.zip")
    assert REST[0] in texts
    assert any(line.startswith(f"e.zip!{kind.name}: ") for line in said)


@every
def test_a_bomb_is_stopped_and_the_rest_read(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(kind.name, "w", force_zip64=True) as member:
            head = kind.make(REST[:0] or ["Number 0, who is in?"], {}, None)
            member.write(
                head.rstrip(b"]}\r\n") if kind.make in (x, facebook, bluesky_json, mastodon) else head
            )
            for _ in range(70):
                member.write(b" " * 1_000_000)
        archive.writestr(kind.beside, kind.make(REST, {}, None))
    assert path.stat().st_size < 70_000_000 / 900
    texts, said = read(path)
    assert REST[0] in texts
    assert len(said) == 1
    assert said[0].startswith(f"e.zip!{kind.name}: ")


@every
def test_names_that_climb_and_links_are_passed_over(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in (
            f"../{kind.name}",
            f"/{kind.name}",
            f"a/../../{kind.name}",
            f"..\\{kind.name}",
            f"C:\\{kind.name}",
        ):
            archive.writestr(name, kind.make(["Climbing."], {}, None))
        link = zipfile.ZipInfo(kind.name)
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr(kind.beside, kind.make(REST, {}, None))
    texts, said = read(path)
    assert texts == REST
    assert [line.rpartition(": ")[2] for line in said] == [
        "a name that climbs out of the archive; passed over"
    ] * 5 + ["a link; passed over"]


@in_words
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "latin-1"])
def test_another_encoding_is_named_and_the_rest_read(encoding: str, kind: Kind, tmp_path: Path) -> None:
    words = kind.make([*TEXTS[:99], "Who is in the café?", *TEXTS[99:]], {}, None).decode()
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    texts, said = damaged(tmp_path, kind, f"{mark}{words}".encode(encoding))
    assert "Who is in the café?" not in texts
    assert len(said) == 1
    assert said[0].startswith(f"e.zip!{kind.name}: ")
    assert "UTF-" in said[0]
    if encoding != "latin-1":
        assert texts == []
    elif kind.line is not None:  # a line by itself
        assert texts == TEXTS


@in_words
def test_a_byte_order_mark_is_nobodys_word(kind: Kind, tmp_path: Path) -> None:
    assert damaged(tmp_path, kind, b"\xef\xbb\xbf" + kind.make(TEXTS, {}, None)) == (TEXTS, [])


@every
def test_an_empty_member_is_named_and_the_rest_read(kind: Kind, tmp_path: Path) -> None:
    texts, said = damaged(tmp_path, kind, b"")
    assert texts == []
    assert [line.split(": ")[0] for line in said] in ([f"e.zip!{kind.name}"], [])
    assert said or kind is KINDS["bluesky-json"]


@every
def test_a_member_under_a_password_is_named_and_the_rest_read(kind: Kind, tmp_path: Path) -> None:
    members = {kind.name: kind.make(TEXTS[:3], {}, None), kind.beside: kind.make(REST, {}, None)}
    data = bytearray(zipped(tmp_path / "e.zip", members).read_bytes())
    data[6] |= 1  # the flag in the first member's head, and in the index at the end
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "e.zip").write_bytes(data)
    texts, said = read(tmp_path / "e.zip")
    assert texts == REST
    assert [line.split(": ")[:2] for line in said] in ([[f"e.zip!{kind.name}", "it cannot be unpacked"]], [])
    assert said or kind is KINDS["bluesky-json"]


# What is missing, or is another thing than it seems.


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (["data/account.js", "data/note-tweet.js"], "X's archive without data/tweets.js"),
        (["Your archive.html", "data/manifest.js"], "X's archive without data/tweets.js"),
        (["data/js/tweets/2016_05.js", "tweets.csv"], "Twitter's archive as it was before 2019"),
        (
            ["your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.html"],
            "with JSON as its format",
        ),
        (["start_here.html", "posts/your_posts_1.html"], "with JSON as its format"),
        (
            ["your_facebook_activity/messages/inbox/a/message_1.json"],
            "Facebook's export without posts or comments",
        ),
        (["Connections.csv", "Profile.csv"], "ask for the larger of its two archives"),
        (["actor.json", "likes.json"], "Mastodon's archive without outbox.json"),
        (["twitter.zip"], "nothing but zips in it (twitter.zip); take them out and give each by itself"),
        (["xl/workbook.xml", "xl/styles.xml"], "an Excel workbook; save it as CSV"),
        (["mimetype", "content.xml"], "a spreadsheet or document of LibreOffice; save it as CSV"),
        (["a.md", "b.txt"], "`postlint check` reads drafts"),
        (["a.md", "b.pdf"], "no export that is known by its files (a.md or b.pdf)"),
        (["a.pdf", "b.pdf"], "no export that is known by its files (a.pdf or b.pdf)"),
        ([], "there is nothing in it"),
    ],
)
def test_what_is_missing_is_said_with_what_to_do(members: list[str], said: str, tmp_path: Path) -> None:
    texts, [told] = read(zipped(tmp_path / "e.zip", dict.fromkeys(members, "{}")))
    assert texts == []
    assert told.startswith("e.zip: ")
    assert said in told


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("x", "no data/tweets.js in it (posts.txt)"),
        ("facebook", "no your_posts_1.json, comments.json or the like in it (posts.txt)"),
        ("linkedin", "no Shares.csv or Comments.csv in it (posts.txt)"),
        ("mastodon", "no outbox.json in it (posts.txt)"),
        ("bluesky", "no CAR file, or posts as JSON, in it (posts.txt)"),
    ],
)
def test_a_source_that_is_not_what_it_is_said_to_be_is_named(kind: str, said: str, tmp_path: Path) -> None:
    posts, unreadable, _ = found(zipped(tmp_path / "e.zip", {"posts.txt": "Hello."}), kind=kind)
    assert (posts, unreadable) == ([], [f"e.zip: {said}"])


@pytest.mark.parametrize("name", ["archive.tar.gz", "archive.TGZ", "archive.7z", "archive.rar"])
def test_another_kind_of_packing_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\x1f\x8b")
    assert read(tmp_path / name) == ([], [f"{name}: packed, but no zip; unpack it and give the folder"])


@pytest.mark.parametrize(
    ("name", "held", "said"),
    [
        ("posts", "", "it is empty"),
        ("posts.csv", "", "the header is empty"),
        ("posts.csv", "text\n", "there are no posts in it"),
        ("posts.jsonl", "", "there are no posts in it"),
        ("posts.jsonl", "\n \n", "there are no posts in it"),
        ("posts.csv", "Message,When\n" + "Hello.,x\n" * 9, "no column named `text`; found message or when; --map text=…"),
        ("posts.xlsx", "x", "an Excel workbook; save it as CSV"),
        ("posts.md", "Hello.", "`postlint check` reads drafts"),
    ],
)  # fmt: skip
def test_a_file_without_posts_is_named_once(name: str, held: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(held)
    texts, [told] = read(tmp_path / name)
    assert texts == []
    assert told.startswith(f"{name}: ")
    assert said in told


# Bluesky's blocks.


def test_a_turned_byte_in_a_car_costs_one_post(tmp_path: Path) -> None:
    data = kind_of_car = bytearray(bluesky(TEXTS[:50], {}, None))
    data[data.index(b"Number 20,")] ^= 0x01
    (tmp_path / "repo.car").write_bytes(kind_of_car)
    texts, said = read(tmp_path / "repo.car")
    assert texts == TEXTS[:20] + TEXTS[21:50]
    assert said == ["repo.car: 1 of its posts are damaged or not there"]


def test_a_block_of_any_length_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "repo.car").write_bytes(bluesky(TEXTS[:3], {}, None) + b"\xff" * 5 + b"\x01" + b"x" * 99)
    texts, said = read(tmp_path / "repo.car")
    assert texts == TEXTS[:3]
    assert said == ["repo.car: a block of more than 2,000,000 bytes; what follows was not read"]


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_any_turned_byte_of_a_car_costs_some_posts_at_most(
    tmp_path_factory: pytest.TempPathFactory, at: int, turned: int
) -> None:
    data = bytearray(bluesky(TEXTS[:20], {}, None))
    data[at % len(data)] ^= turned
    path = tmp_path_factory.mktemp("any") / "repo.car"
    path.write_bytes(data)
    texts, said = read(path)
    assert set(texts) <= set(TEXTS[:20])
    assert len(texts) == 20 or said


def test_a_deleted_post_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "repo.car").write_bytes(
        car({"app.bsky.feed.post/3a": skeet("Here.")}, deleted=[skeet("Gone.")])
    )
    posts, unreadable, left_out = found(tmp_path / "repo.car")
    assert ([post.text for post in posts], unreadable, left_out) == (["Here."], [], {"deleted posts": 1})


def test_where_the_tree_is_damaged_every_post_is_read_and_it_is_said(tmp_path: Path) -> None:
    data = bytearray(car({"app.bsky.feed.post/3a": skeet("Here.")}, deleted=[skeet("Gone.")]))
    data[data.index(b"app.bsky.feed.post/3a")] ^= 0x01
    (tmp_path / "repo.car").write_bytes(data)
    texts, said = read(tmp_path / "repo.car")
    assert sorted(texts) == ["Gone.", "Here."]
    assert said == [
        "repo.car: 1 of its blocks are damaged: posts since deleted can't be told from the others"
    ]


# Tables of any length.


_READ = """
import resource, sys
from linter.exports import Options, records
from linter.post import Post
posts, said = 0, []
for record in records(sys.argv[1], Options()):
    for item in record():
        posts += isinstance(item, Post)
        said += [] if isinstance(item, Post) else [f"{item.path}:{item.line}: {item.reason}"]
print(posts, said, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def rows(path: Path, count: int, bad: int) -> tuple[str, int]:
    """What a process of its own reads of so many rows, one of them bad, and the most memory that it took, in KB."""
    with path.open("w") as stream:
        stream.write("text\n")
        for start in range(0, count, 10_000):
            stream.writelines(
                "Who is in?\n" if n != bad else "Who, is in?\n" for n in range(start, start + 10_000)
            )
    told = subprocess.run(
        [sys.executable, "-c", _READ, path.name], cwd=path.parent, capture_output=True, text=True, check=True
    ).stdout
    read, _, memory = told.rstrip().rpartition(" ")
    return read, int(memory)


@pytest.mark.million
def test_a_million_rows_with_a_bad_one_are_read_in_the_memory_of_ten_thousand(tmp_path: Path) -> None:
    few, small = rows(tmp_path / "few.csv", 10_000, 4_319)
    many, large = rows(tmp_path / "many.csv", 1_000_000, 654_319)
    assert few == "9999 ['few.csv:4321: 2 cells where the header has 1']"
    assert many == "999999 ['many.csv:654321: 2 cells where the header has 1']"
    assert large < small * 1.1


def test_one_bad_row_in_a_review_is_named_and_the_rest_is_in_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("posts.csv").write_bytes(table(TEXTS, {}, BAD))
    result = CliRunner().invoke(main, ["review", "posts.csv", "--jobs", "1", "--output", "jsonl:out.jsonl"])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"posts.csv:{BAD + 2}: `date` holds `soon`")
    assert len(result.stderr.splitlines()) == 1
    assert f"{COUNT - 1} posts reviewed" in result.stdout
    ids = [json.loads(line)["id"] for line in Path("out.jsonl").read_text().splitlines()]
    assert ids == [f"posts.csv:{number + 2}" for number in range(COUNT) if number != BAD]
