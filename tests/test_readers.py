"""Every way of giving a post, and every way of giving something that is none."""

from __future__ import annotations

import csv
import os
import re
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linter.config import DEFAULT
from linter.post import Note, Post, Unreadable
from linter.readers import READERS, ReadOptions, find_files, read_stdin
from linter.workspace import Workspace

OPTIONS = ReadOptions()


def read(name: str, data: bytes | str) -> list[Post | Unreadable | Note]:
    stream = BytesIO(data.encode() if isinstance(data, str) else data)
    return list(READERS[Path(name).suffix](stream, name, OPTIONS))


def one(name: str, data: bytes | str) -> Post:
    (post,) = read(name, data)
    assert isinstance(post, Post)
    return post


@pytest.mark.parametrize(
    ("name", "data", "line", "reason"),
    [
        ("a.md", b"caf\xe9", 1, "0xe9 is not UTF-8"),
        ("a.md", b"one\ntwo\n\xff", 3, "not UTF-8"),
        ("a.md", "hello".encode("utf-16"), 1, "UTF-16"),
        ("a.md", b"\x89PNG\r\n\x00\x00", 2, "binary"),
        ("a.md", b"", 1, "no words"),
        ("a.md", b" \n\t\n", 1, "no words"),
        ("a.md", b"---\nplatform: facebook\n---\n", 4, "no words"),
        ("a.md", "x" * 100_001, 1, "100,001 characters"),
        ("a.md", "x" * 10_000_001, None, "larger than"),
        ("a.md", "---\nplatform: facebook\nHello", 1, "never closed"),
        ("a.md", "---\nplatform: [facebook\n---\nHello", 3, "not YAML"),
        ("a.md", "---\n- facebook\n---\nHello", 2, "front matter holds a list"),
        ("a.md", "---\nplattform: facebook\n---\nHello", 2, "did you mean platform?"),
        ("a.md", "---\nplatform: facebok\n---\nHello", 2, "did you mean facebook?"),
        ("a.md", "---\nstage: arrived\n---\nHello", 2, "did you mean arrive?"),
        ("a.md", "---\nvisit: 0\n---\nHello", 2, "a whole number from 1"),
        ("a.md", "---\ndate: soon\n---\nHello", 2, "a date such as"),
        ("a.md", "---\nplatform: x\nplatform: facebook\n---\nHello", 3, "a second time"),
        ("a.md", "---\na: &a b\nc: *a\n---\nHello", 3, "refers elsewhere"),
        ("a.md", "---\nroom: no\n---\nHello", 2, "put it in quotes"),
        ("a.md", "---\ntext: Hello\n---\nHello", 2, "what follows it"),
        ("a.md", "---\nimages: [{alt: A dog}]\n---\nHello", 2, "`file` is missing"),
        ("a.md", "---\nid: [" + "[" * 100 + "]" * 100 + "]\n---\nHello", 2, "levels deep"),
        ("a.jsonl", "hello\n", 1, "not JSON"),
        ("a.jsonl", '{"text": "a"}\n{"text": \n', 2, "not JSON"),
        ("a.jsonl", '["text"]\n', 1, "a record is an object"),
        ("a.jsonl", '{"words": "a"}\n', 1, "the fields here are words"),
        ("a.jsonl", '{"text": 3}\n', 1, "holds 3 where words"),
        ("a.jsonl", '{"text": "\\ud83c"}\n', 1, "lone surrogate"),
        ("a.jsonl", '{"text": ""}\n', 1, "no words"),
        ("a.jsonl", '{"text": "a", "platform": 3}\n', 1, "expected facebook"),
        ("a.jsonl", '{"text": "a", "date": "yesterday"}\n', 1, "a date such as"),
        ("a.jsonl", b'{"text": "\xff"}\n', 1, "not UTF-8"),
        ("a.jsonl", "[" * 100_000 + "\n", 1, "nested too deep"),
        ("a.csv", "message,date\nhello,\n", 1, "no column named `text`"),
        ("a.csv", "", 1, "the header is empty"),
        ("a.csv", "text,text\na,b\n", 1, "stands there twice"),
        ("a.csv", "text,date\na\n", 2, "1 cells where the header has 2"),
        ("a.csv", b"text\ncaf\xe9\n", 2, "not UTF-8"),
        ("a.csv", "text\nhel\x00lo\n", 2, "null character"),
        ("a.csv", "text,visit\na,first\n", 2, "a whole number from 1"),
    ],
)
def test_what_is_no_post_is_named_with_its_place(
    name: str, data: bytes | str, line: int | None, reason: str
) -> None:
    problems = [item for item in read(name, data) if isinstance(item, Unreadable)]
    assert [(problem.path, problem.line) for problem in problems] == [(name, line)]
    assert reason in problems[0].reason


def test_every_mistake_of_front_matter_is_named_at_once() -> None:
    found = read("a.md", "---\nplatform: facebok\nvisit: -1\nstaeg: talk\n---\nHello")
    assert [item.line for item in found if isinstance(item, Unreadable)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("name", "data", "texts"),
    [
        ("a.jsonl", '{"text": "a"}\nno\n\n{"text": "b"}\n', ["a", "b"]),
        ("a.csv", "text,date\na,\nb\nc,2026-03-01\n", ["a", "c"]),
        ("a.csv", b"text\ncaf\xe9\nb\n", ["b"]),
        ("a.csv", "\ufefftext;room\na;parents\n", ["a"]),
    ],
)
def test_the_rest_is_still_read(name: str, data: bytes | str, texts: list[str]) -> None:
    assert [item.text for item in read(name, data) if isinstance(item, Post)] == texts


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_draft_keeps_its_lines_and_its_place_in_the_file(end: str) -> None:
    post = one("a.md", end.join(["---", "platform: X", "visit: 2", "---", "🇬🇧 one", "two\u2028three"]))
    assert post.text == f"🇬🇧 one{end}two\u2028three"
    assert post.context.platform == "twitter"
    assert post.place(3) == (5, 4, 1)
    assert post.place(post.text.index("three")) == (6, 5, 2)


def test_a_record_is_placed_on_its_first_line_and_inside_its_text() -> None:
    post = [item for item in read("a.csv", 'text,room\na,b\n"one\ntwo",c\nd,e\n') if isinstance(item, Post)]
    assert [(item.source.line, item.context.room.name) for item in post] == [(2, "b"), (3, "c"), (5, "e")]
    assert post[1].place(4) == (3, 1, 2)


def test_a_near_miss_of_a_field_is_noted_once() -> None:
    found = read("a.jsonl", '{"text": "a", "plattform": "x"}\n{"text": "b", "plattform": "x", "likes": 3}\n')
    assert [item.reason for item in found if isinstance(item, Note)] == [
        "the field `plattform` is not read; did you mean platform?"
    ]


@pytest.mark.parametrize(
    ("front", "stage"),
    [
        ("visit: 1", "arrive"),
        ("visit: 2", ""),
        ("reply_to: {text: Hello}\nvisit: 1", "reply"),
        ("visit: 1\nstage: talk", "talk"),
    ],
)
def test_the_stage_that_follows_from_what_is_known(front: str, stage: str) -> None:
    assert one("a.md", f"---\n{front}\n---\nHello").context.stage == stage


def test_keys_of_our_own_and_the_teams_are_let_through() -> None:
    data = b"---\nx-mood: fine\ncampaign: may\n---\nHello"
    assert isinstance(next(READERS[".md"](BytesIO(data), "a.md", ReadOptions(("campaign",)))), Post)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("nope.md", "no such file"),
        ("drafts/onee.md", "did you mean one.md?"),
        ("empty", "no posts in this folder"),
        ("picture.png", "not a kind of file"),
        ("gone.md", "cannot be read"),
        ("folder.md", "no posts in this folder"),
    ],
)
def test_paths_that_hold_no_post(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, reason: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("drafts", "empty", "folder.md"):
        Path(folder).mkdir()
    Path("drafts/one.md").write_text("Hello")
    Path("picture.png").write_text("x")
    Path("gone.md").symlink_to("nowhere.md")
    (found,) = [item for item, _ in Workspace().read([given])]
    assert isinstance(found, Unreadable)
    assert reason in found.reason


def test_a_folder_gives_its_drafts_in_order_once_and_nothing_hidden(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.txt", "a/z.markdown", ".git/x.md", "a/.y.md", "data.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Hello")
    found = find_files([str(tmp_path), str(tmp_path / "b.md")], lambda folder: DEFAULT)
    assert [item.relative_to(tmp_path).as_posix() for item in found if isinstance(item, Path)] == [
        "b.md",
        "a/c.txt",
        "a/z.markdown",
    ]


def test_standard_input_is_plain_text_unless_named() -> None:
    (plain,) = read_stdin(b"`code` you", None, OPTIONS)
    (named,) = read_stdin(b"---\nplatform: x\n---\nHello", "new.md", OPTIONS)
    assert isinstance(plain, Post)
    assert not plain.source.markdown
    assert isinstance(named, Post)
    assert named.context.platform == "twitter"


@given(st.sampled_from(sorted(READERS)), st.binary(max_size=300))
def test_no_bytes_end_in_a_traceback(suffix: str, data: bytes) -> None:
    for item in READERS[suffix](BytesIO(data), f"a{suffix}", OPTIONS):
        assert isinstance(item, Post | Unreadable | Note)


@given(st.text(alphabet=st.sampled_from("ab:-[]{}#&*!|>'\"\n\t, platformtwer1"), max_size=80))
def test_no_front_matter_ends_in_a_traceback(front: str) -> None:
    for item in read("a.md", f"---\n{front}\n---\nHello"):
        assert isinstance(item, Post | Unreadable)


@given(
    st.text(min_size=1).filter(
        lambda text: text.strip() and not text.startswith(("---", "\ufeff")) and "\x00" not in text
    )
)
def test_a_text_without_front_matter_comes_through_untouched(text: str) -> None:
    assert one("a.txt", text).text == text


@given(st.lists(st.text(min_size=1, max_size=50).filter(str.strip), min_size=1, max_size=5))
def test_jsonl_gives_back_every_text_in_order(texts: list[str]) -> None:
    import json

    data = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    assert [item.text for item in read("a.jsonl", data) if isinstance(item, Post)] == texts


@pytest.mark.parametrize(
    ("name", "data", "line", "reason"),
    [
        ("a.md", "---", 1, "never closed"),
        ("a.md", "---\nid: " + "x" * 1_000_000 + "\n---\nHello", 1, "front matter of more than 1,000,000"),
        ("a.md", b"one\rtwo\r\nthree\n\xff", 4, "0xff is not UTF-8"),
        ("a.jsonl", '{"text": "a", "id": "\\ud83c"}\n', 1, "`id` holds half an emoji"),
        ("a.jsonl", '{"text": "a", "id": true}\n', 1, "neither words nor a number"),
        ("a.jsonl", '{"text": "a", "images": ' + "[" * 900 + "]" * 900 + "}\n", 1, "`images` holds a list"),
        ("a.jsonl", '{"text": ' + "[" * 900 + "]" * 900 + "}\n", 1, "`text` holds a list"),
        ("a.jsonl", '{"text": "a}\n', 1, "a quotation mark without its second"),
        ("a.jsonl", '{"text": "a"} {"text": "b"}\n', 1, "more than one object"),
        ("a.jsonl", '{"text": "' + "x" * 10_000_000 + '"}\n', 1, "larger than 10,000,000"),
        ("a.csv", 'text\n"a\nb\nc\n', 2, "never closed"),
        ("a.csv", 'text\n"a" b\n', 2, "write it twice"),
        ("a.csv", "text,id\na,1\n".encode("utf-16"), 1, "UTF-16"),
        ("a.csv", b"t\xffxt,id\na,1\n", 1, "no column named `text`; found t\ufffdxt or id"),
        ("a.csv", "text,paid\na,1\n", 2, "expected true or false"),
        ("a.csv", "text\n" + "x" * 100_001, 2, "100,001 characters"),
        ("a.csv", "text\n" + "x" * 10_000_001 + "\n", 2, "characters; at most"),
    ],
)
def test_what_is_stranger_still_is_named_with_its_place(
    name: str, data: bytes | str, line: int, reason: str
) -> None:
    (problem,) = read(name, data)
    assert isinstance(problem, Unreadable)
    assert (problem.path, problem.line) == (name, line)
    assert reason in problem.reason
    problem.reason.encode()


def test_a_row_after_a_line_over_the_cap_keeps_its_number() -> None:
    found = read("a.csv", "text\n" + "x" * 10_000_001 + "\nb\n")
    assert [item.source.line for item in found if isinstance(item, Post)] == [3]


def test_a_csv_is_read_as_other_programs_write_it() -> None:
    data = "text,visit,paid,id\r\nHello,3.0,True, 17 \r\n,,,\r\n"
    post = one("a.csv", data)
    assert (post.context.visit, post.context.paid, post.id) == (3, True, "17")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_counted_by_every_line_end(end: str) -> None:
    found = read("a.csv", end.join(["text", '"one', 'two"', "", "three", ""]))
    assert [item.source.line for item in found if isinstance(item, Post)] == [2, 5]


def test_a_file_is_read_once_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sub").mkdir()
    Path("a.md").write_text("Hello")
    Path("link.md").symlink_to("a.md")
    found = find_files(
        ["a.md", "./a.md", "sub/../a.md", str(tmp_path / "a.md"), "link.md"], lambda folder: DEFAULT
    )
    assert list(found) == [Path("a.md")]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    (found,) = [item for item, _ in Workspace().read([str(tmp_path)])]
    assert isinstance(found, Unreadable)
    assert "neither a file nor a folder" in found.reason


def test_a_name_too_long_for_any_file_is_named() -> None:
    (found,) = find_files(["a" * 5_000 + ".md"], lambda folder: DEFAULT)
    assert isinstance(found, Unreadable)
    assert "no such file" in found.reason


@given(
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.text(min_size=1).filter(lambda text: text.strip() and "\x00" not in text),
)
def test_a_body_comes_through_untouched_and_in_its_place(end: str, body: str) -> None:
    assume(not (end == "\r" and body.startswith("\n")))  # together they are one line end
    front = f"---{end}platform: x{end}---{end}"
    post = one("a.md", front + body)
    assert post.text == body
    for offset in range(len(body)):
        before = re.split("\r\n|\r|\n", (front + body)[: len(front) + offset + 1])
        if (front + body)[len(front) + offset] not in "\r\n":
            assert post.place(offset)[:2] == (len(before), len(before[-1]))


_CSV = st.lists(
    st.sampled_from(['"', ",", ";", "\t", "\n", "\r", "\r\n", "a", " ", "é", "\x00", "text", "id"])
)


@given(_CSV)
def test_no_csv_ends_in_a_traceback(pieces: list[str]) -> None:
    for item in read("a.csv", "text,id\n" + "".join(pieces)):
        assert isinstance(item, Post | Unreadable | Note)


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).filter(str.strip),
        min_size=1,
    )
)
def test_csv_gives_back_every_text_on_its_line(texts: list[str]) -> None:
    stream = StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(["text", "id"])
    lines = []
    for text in texts:
        lines.append(len(re.split("\r\n|\r|\n", stream.getvalue())))
        writer.writerow([text, "a"])
    posts = [item for item in read("a.csv", stream.getvalue()) if isinstance(item, Post)]
    assert [(post.text, post.source.line) for post in posts] == list(zip(texts, lines, strict=True))
