"""The page's server: whom it answers, what it says of a draft, and that this is what `check` says."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from linter.cli import main
from linter.errors import MistakesError
from linter.page import choices
from linter.page.answer import NOT_ENGLISH, NOTHING_FOUND
from linter.page.app import DRAFT_FILES, MOST_BYTES, SHARED_FILES
from linter.page.desk import Desk
from linter.page.draft import NAME, Draft, read_draft
from linter.page.guard import POLICY
from linter.page.places import Places
from linter.post import MAX_CHARACTERS, PLATFORMS, ROOM_KINDS, STAGES, Post
from linter.readers import ReadOptions, read_stdin
from linter.text import Span
from linter.workspace import Workspace
from tests.conftest import LOOPBACK, git
from tests.serving import Serving, serving, serving_report


def soon(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold within half a minute."""
    end = time.monotonic() + 30
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


FLAG = "🏴󠁧󠁢󠁷󠁬󠁳󠁿"
TEAM = """\
posts: drafts/
rooms:
  parents: {platform: facebook, kind: community, joined: 2026-03-01}
  stand: {platform: twitter}
rules:
  exclamation-row: off
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "drafts").mkdir()
    (tmp_path / ".postlint.yaml").write_text(TEAM, "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("nobody's")) as one:
        yield one


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Drafts judged in a folder without a configuration."""
    return Desk(Workspace)


# ---- places


@pytest.mark.parametrize(
    ("text", "span", "place"),
    [
        ("", (0, 0), (0, 0)),
        ("plain", (1, 3), (1, 3)),
        ("é’s", (1, 3), (1, 3)),
        ("👋 hi", (2, 4), (3, 5)),
        ("👋 hi", (0, 1), (0, 2)),
        (f"{FLAG} hi", (len(FLAG) + 1, len(FLAG) + 3), (15, 17)),
        ("a👋b👋c", (2, 5), (3, 7)),
    ],
)
def test_places_are_counted_as_javascript_counts(
    text: str, span: tuple[int, int], place: tuple[int, int]
) -> None:
    found = Places(text).of(Span(*span))
    assert (found["start"], found["end"]) == place


def in_utf16(text: str, place: dict[str, int]) -> str:
    data = text.encode("utf-16-le")
    return data[2 * place["start"] : 2 * place["end"]].decode("utf-16-le")


PIECES = st.sampled_from(
    [
        "You are an idiot!!!", "LABOUR ARE LIARS", "Vote for us", "What do you think?", FLAG, "👋", "\ufeff", "---\n", "---\nroom: x\n---\n",
        "<script>alert(1)</script>", "</textarea>", "\r\n", "\n\n", "> quoted idiot\n", "`idiot`", "é", "\u2028", "\x00", "enough is enough", " ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=8).map("".join)
WHERE = st.fixed_dictionaries(
    {
        "platform": st.sampled_from(["", *PLATFORMS]),
        "room": st.sampled_from(["", "parents", "a: b", "---", "null", "7", "#1", "'", "\n---\n"])
        | st.text(max_size=6),
        "room_kind": st.sampled_from(["", *ROOM_KINDS]),
        "stage": st.sampled_from(["", *STAGES]),
        "date": st.sampled_from(["", "2026-03-14"]),
    }
)


@given(text=TEXTS, where=WHERE)
def test_what_is_marked_is_what_the_remark_speaks_of(desk: Desk, text: str, where: dict[str, str]) -> None:
    answer = desk.answer(Draft(text, **where))
    assert answer["said"]
    json.dumps(answer)
    remarks, scores = answer["remarks"], answer["scores"]
    assert isinstance(remarks, list)
    assert isinstance(scores, list)
    for part in (*remarks, *(part for score in scores for part in score["parts"])):
        assert part["words"] == " ".join(in_utf16(text, part["at"]).split())
    for fix in (fix for remark in remarks for fix in remark["fixes"]):
        assert 0 <= fix["at"]["start"] <= fix["at"]["end"] <= len(text.encode("utf-16-le")) // 2


# ---- the draft as a file


@given(text=TEXTS, where=WHERE)
def test_a_file_holds_the_words_and_what_was_chosen(text: str, where: dict[str, str]) -> None:
    draft = Draft(text, **where)
    for item in read_stdin(draft.file.encode("utf-8", "surrogatepass"), NAME, ReadOptions()):
        if isinstance(item, Post):
            known = item.context
            assert item.text == text
            assert (known.platform, known.room.kind, known.stage) == (
                draft.platform,
                draft.room_kind,
                draft.stage,
            )
            assert str(known.time or "") == draft.date
            assert known.room.name == " ".join(draft.room.split())


@pytest.mark.parametrize(
    ("draft", "file"),
    [
        (Draft("Hello."), "Hello."),
        (Draft("Hello.\n", "twitter"), "---\nplatform: twitter\n---\nHello.\n"),
        (
            Draft("Hello", "facebook", "Mums: the group", "community", "arrive"),
            "---\nplatform: facebook\nroom: 'Mums: the group'\nroom_kind: community\nstage: arrive\n---\nHello",
        ),
        (Draft("Hello", room="  "), "Hello"),
        (Draft("---\nplatform: x\n---\nHello"), "---\n---\n---\nplatform: x\n---\nHello"),
        (Draft("\ufeffHello"), "---\n---\n\ufeffHello"),
    ],
)
def test_a_file_says_only_what_is_known(draft: Draft, file: str) -> None:
    assert draft.file == file


SAID = [
    Draft("Lovely to meet you all. What would you change about the bus?"),
    Draft(f"{FLAG} You are an idiot!!! LABOUR ARE LIARS.", "facebook", "parents", "", "arrive"),
    Draft("Vote for us on Thursday.", "linkedin", "some room", "business", "offer"),
    Draft("`code` is no code here, and > is a quotation\n> You idiot"),
    Draft("---\nYou idiot!!!\n---\n"),
    Draft("Guten Abend zusammen, wir freuen uns sehr auf das Fest. Es gibt auch Kuchen für alle."),
    Draft("a" * 300, "twitter"),
]


@pytest.mark.parametrize("draft", SAID, ids=lambda draft: draft.text[:12])
def test_check_says_the_same_of_the_file(draft: Draft, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(team)
    told = Desk(Workspace).answer(draft)["remarks"]
    (team / "drafts" / NAME).write_bytes(draft.file.encode())
    lines = CliRunner().invoke(main, ["check", f"drafts/{NAME}", "--format", "jsonl"]).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert isinstance(told, list)
    assert [(one["rule"], one["level"], one["message"], one["suggestion"]) for one in told] == [
        (one["rule"], one["level"], one["message"], one["suggestion"]) for one in found
    ]
    assert [one["at"] for one in told] == [
        Places(draft.text).of(Span(one["start"], one["end"])) for one in found
    ]


# ---- what is said


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft("Lovely to meet you all. What would you change about the bus?"), NOTHING_FOUND),
        (Draft("You idiot."), "1 remark: 1 error."),
        (Draft("You idiot!!! SHAME ON YOU ALL."), "4 remarks: 1 error, 3 suggestions."),
        (
            Draft("Guten Abend zusammen, wir freuen uns sehr auf das Fest. Es gibt auch Kuchen für alle."),
            NOT_ENGLISH,
        ),
        (Draft(" \n"), "This could not be read: no words in this post"),
        (
            Draft("Hello \ud83d"),
            "This could not be read: half an emoji (a lone surrogate, \\ud83d) at character 7; type it anew",
        ),
        (
            Draft("a" * (MAX_CHARACTERS + 1)),
            "This could not be read: the post has 100,001 characters; at most 100,000 are read",
        ),
        (
            Draft("Hello", "facebok"),
            "This could not be read: `platform` holds `facebok`; expected facebook, twitter, linkedin, instagram, bluesky, mastodon or threads; did you mean facebook?",
        ),
    ],
    ids=lambda value: value.text[:12] if isinstance(value, Draft) else "",
)
def test_one_line_says_what_was_found(desk: Desk, draft: Draft, said: str) -> None:
    assert desk.answer(draft)["said"] == said


def test_a_remark_says_why_and_where_it_may_be_wrong(desk: Desk) -> None:
    answer = desk.answer(Draft("Well done!!! Lovely news about the park."))
    assert answer["remarks"] == [
        {
            "rule": "exclamation-row",
            "at": {"start": 9, "end": 12},
            "words": "!!!",
            "level": "suggestion",
            "trial": False,
            "message": "Several exclamation marks stand in a row. Would one be warm enough?",
            "suggestion": "Keep one, or let the news speak for itself.",
            "why": "Two marks are a raised voice and five are a row. One tells people that you're pleased; more make them wonder what you're selling.",
            "clause": "G21: Keep it gentle. No shouting, no names, nobody made into an animal.",
            "false_alarms": "Good news among friends, where everybody writes like that.",
            "related": [],
            "fixes": [{"at": {"start": 9, "end": 12}, "text": "!", "title": "Keep one mark: “!”"}],
        }
    ]


def test_the_three_scores_have_their_parts(desk: Desk) -> None:
    scores = desk.answer(Draft(f"{FLAG} You idiot. Enough is enough. What would you do?"))["scores"]
    assert isinstance(scores, list)
    assert [one["title"] for one in scores] == ["Aggressiveness", "Rhetoric density", "Questions asked"]
    parts = {one["name"]: one["parts"] for one in scores}
    assert parts["questions_ratio"] == [
        {
            "at": {"start": 44, "end": 62},
            "words": "What would you do?",
            "feature": "genuine question",
            "points": "+1.00",
            "adds": True,
        }
    ]
    assert [part["words"] for part in parts["aggressiveness"]] == ["You", "idiot", "Enough is enough"]


def test_everything_that_a_post_may_say_can_be_chosen() -> None:
    assert (
        tuple(choices.PLATFORMS), tuple(choices.ROOM_KINDS), tuple(choices.STAGES)
    ) == (PLATFORMS, ROOM_KINDS, STAGES)  # fmt: skip


def test_the_rooms_are_those_of_the_configuration_as_it_is_now(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(team)
    desk = Desk(Workspace)
    assert desk.choices()["room"] == [
        {
            "value": "parents",
            "words": "Facebook, A community",
            "platform": "Facebook",
            "room_kind": "A community",
        },
        {"value": "stand", "words": "X (Twitter)", "platform": "X (Twitter)", "room_kind": ""},
    ]
    (team / ".postlint.yaml").write_text("rooms: {new: {}}\n", "utf-8")
    assert desk.choices()["room"] == [{"value": "new", "words": "", "platform": "", "room_kind": ""}]
    (team / ".postlint.yaml").write_text("room: {new: {}}\n", "utf-8")
    assert desk.choices()["room"] == []
    assert "did you mean rooms?" in str(desk.answer(Draft("Hello"))["said"])


def test_what_the_team_allows_is_not_said(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(team)
    leave = "allow:\n  - {rule: insult, room: parents, reason: our own song}\n"
    (team / ".postlint.yaml").write_text(TEAM + leave, "utf-8")
    desk = Desk(Workspace)
    assert desk.answer(Draft("You idiot", room="parents"))["said"] == NOTHING_FOUND
    assert desk.answer(Draft("You idiot", room="stand"))["said"] == "1 remark: 1 error."


def test_a_rule_on_trial_is_told_of_as_such(desk: Desk) -> None:
    remarks = desk.answer(Draft("You idiot. Isn't it time for a change?"))["remarks"]
    assert isinstance(remarks, list)
    assert [(one["rule"], one["trial"]) for one in remarks] == [("insult", False), ("only-one-answer", True)]


def test_a_configuration_that_leaves_the_file_out_is_told_of(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(team)
    (team / ".postlint.yaml").write_text('exclude: ["*"]\n', "utf-8")
    assert "passes over" in str(Desk(Workspace).answer(Draft("You idiot"))["said"])


# ---- what the server takes


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "this is no JSON"),
        (b"\xff{}", "this is no JSON"),
        (b"[" * 100_000, "this is no JSON"),
        (b"[]", "this is no object"),
        (b"{}", "there is no `text`"),
        (b'{"text": 1}', "`text` holds 1 where words were expected"),
        (b'{"text": "a", "stage": null}', "`stage` holds null where words were expected"),
        (b'{"text": "a", "romo": "b"}', "`romo` is no key of a draft"),
        (b'{"text": "a", "romo": "b"}', "did you mean room?"),
    ],
)
def test_what_is_no_draft_is_refused_with_the_reason(body: bytes, reason: str) -> None:
    with pytest.raises(MistakesError, match=reason.replace("?", r"\?")):
        read_draft(body)


@given(
    st.binary(max_size=60)
    | st.text(max_size=60).map(str.encode)
    | st.dictionaries(st.text(), st.text()).map(lambda d: json.dumps(d).encode())
)
def test_anything_is_a_draft_or_a_mistake(body: bytes) -> None:  # fmt: skip
    try:
        found = read_draft(body).text
    except MistakesError as error:
        found = str(error)
    assert found or b'""' in body


JSON = "application/json"
HELLO = b'{"text": "Hello"}'
ANSWERED = [
    ("GET", "/", b"", {}),
    ("HEAD", "/", b"", {}),
    ("GET", "/", b"", {"host": "localhost:{port}"}),
    ("GET", "/", b"", {"sec_fetch_site": "none"}),
    ("GET", "/choices", b"", {"sec_fetch_site": "same-origin"}),
    ("POST", "/check", HELLO, {"content_type": JSON}),
    ("POST", "/check", HELLO, {"content_type": "application/json; charset=utf-8"}),
    ("POST", "/check", HELLO, {"content_type": JSON, "origin": "http://127.0.0.1:{port}"}),
    ("POST", "/file", HELLO, {"content_type": JSON, "origin": "http://localhost:{port}"}),
]
REFUSED = [
    (403, "GET", "/", b"", {"host": "example.org"}),
    (403, "GET", "/", b"", {"host": "example.org:{port}"}),
    (403, "GET", "/", b"", {"host": "127.0.0.1"}),
    (403, "GET", "/", b"", {"host": "127.0.0.1:1"}),
    (403, "GET", "/", b"", {"host": "127.0.0.1.example.org:{port}"}),
    (403, "GET", "/", b"", {"origin": "http://example.org"}),
    (403, "GET", "/", b"", {"origin": "null"}),
    (403, "GET", "/", b"", {"origin": "https://127.0.0.1:{port}"}),
    (403, "GET", "/", b"", {"origin": "http://127.0.0.1:1"}),
    (403, "GET", "/page.js", b"", {"sec_fetch_site": "cross-site"}),
    (403, "GET", "/choices", b"", {"sec_fetch_site": "same-site"}),
    (403, "POST", "/check", HELLO, {"content_type": JSON, "origin": "http://example.org"}),
    (403, "POST", "/check", HELLO, {"content_type": JSON, "host": "example.org"}),
    (403, "OPTIONS", "/check", b"", {"origin": "http://example.org", "access_control_request_method": "POST"}),
    (404, "GET", "/elsewhere", b"", {}),
    (404, "GET", "/../setup.cfg", b"", {}),
    (404, "GET", "/files/page.html", b"", {}),
    (405, "GET", "/check", b"", {}),
    (405, "OPTIONS", "/check", b"", {}),
    (405, "PUT", "/check", HELLO, {"content_type": JSON}),
    (405, "POST", "/", HELLO, {"content_type": JSON}),
    (415, "POST", "/check", HELLO, {}),
    (415, "POST", "/check", HELLO, {"content_type": "text/plain"}),
    (415, "POST", "/check", b"text=Hello", {"content_type": "application/x-www-form-urlencoded"}),
    (400, "POST", "/check", b"Hello", {"content_type": JSON}),
    (400, "POST", "/file", b'{"text": "\\ud83d"}', {"content_type": JSON}),
    (400, "POST", "/check", b'{"\\ud83d": "a"}', {"content_type": JSON}),
    (413, "POST", "/check", b" " * (MOST_BYTES + 1), {"content_type": JSON}),
    (413, "POST", "/check", b" " * (10 * MOST_BYTES), {"content_type": JSON}),
]  # fmt: skip


def filled(headers: dict[str, str], page: Serving) -> dict[str, str]:
    return {name: value.format(port=page.port) for name, value in headers.items()}


def guarded(headers: dict[str, str]) -> bool:
    """Whether an answer is closed to everybody else and kept nowhere."""
    wanted = {
        "cache-control": "no-store",
        "content-security-policy": POLICY,
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }
    theirs = [name for name in headers if name.startswith("access-control") or name == "set-cookie"]
    return wanted.items() <= headers.items() and not theirs


@LOOPBACK
@pytest.mark.parametrize(("method", "path", "body", "headers"), ANSWERED)
def test_our_own_page_is_answered(
    page: Serving, method: str, path: str, body: bytes, headers: dict[str, str]
) -> None:
    answer = page.ask(method, path, body, **filled(headers, page))
    assert answer.status == 200
    assert guarded(dict(answer.headers))


@LOOPBACK
@pytest.mark.parametrize(("status", "method", "path", "body", "headers"), REFUSED)
def test_nobody_else_is(
    page: Serving, status: int, method: str, path: str, body: bytes, headers: dict[str, str]
) -> None:
    answer = page.ask(method, path, body, **filled(headers, page))
    assert answer.status == status
    assert guarded(dict(answer.headers))
    assert b'"said"' not in answer.body


@LOOPBACK
def test_every_file_of_the_page_is_served_as_what_it_is(page: Serving) -> None:
    kinds = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "html": "text/html"}
    for name in (*DRAFT_FILES[1:], *SHARED_FILES):
        answer = page.ask("GET", f"/{name}")
        assert answer.status == 200
        assert answer.headers["content-type"].startswith(kinds[name.rpartition(".")[2]])
    page_itself = page.ask("GET", "/").body.decode()
    assert "<script>" not in page_itself
    assert "style=" not in page_itself


@LOOPBACK
def test_the_longest_post_is_read(page: Serving) -> None:
    answer = page.post("/check", text="👋" * MAX_CHARACTERS, room="é" * 500)
    assert answer.status == 200
    assert "could not" not in answer.value["said"]


@LOOPBACK
def test_a_draft_is_answered_and_leaves_nothing_behind(team: Path) -> None:
    before = sorted(team.rglob("*"))
    with serving(team) as page:
        said = page.post("/check", text=f"{FLAG} You idiot!!!", room="parents").value
        assert [(one["rule"], one["at"]) for one in said["remarks"]] == [("insult", {"start": 19, "end": 24})]
        assert page.post("/file", text="Hello", room="parents").value == {
            "name": "post.txt",
            "text": "---\nroom: parents\n---\nHello",
        }
    assert sorted(team.rglob("*")) == before


@LOOPBACK
def test_an_earlier_draft_is_heard_whatever_its_name(team: Path) -> None:
    words = "Vote Labour on Thursday for a bus every half hour."
    for name in (b"caf\xe9.txt", b"more.txt"):
        earlier = Path(os.fsdecode(os.fsencode(team / "drafts") + b"/" + name))
        earlier.write_text(f"---\nroom: parents\ndate: 2026-04-01\n---\n{words}", "utf-8")
    (team / ".postlint.yaml").write_text(f"{TEAM}author: us\n", "utf-8")
    git("init", "--quiet", folder=team)
    git("add", ".", folder=team)
    with serving(team) as page:
        remarks = page.post("/check", text=words, room="parents", date="2026-04-02").value["remarks"]
        others = page.post("/check", text=words, room="stand", date="2026-04-02").value["remarks"]
    related = [words for one in remarks for words in one["related"]]
    assert any(one.endswith("(drafts/caf\ufffd.txt)") for one in related), related
    assert [words for one in others for words in one["related"]] == []


@LOOPBACK
def test_it_opens_the_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = tmp_path / "opened"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" > "{opened}.new" && mv "{opened}.new" "{opened}"\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(program))
    with serving(tmp_path, ("-m", "linter", "page")) as page:
        assert soon(opened.exists)
        assert opened.read_text("utf-8").strip() == page.address


# ---- a report that is drawn anew


@LOOPBACK
def test_a_report_is_drawn_anew_when_its_source_changes(tmp_path: Path) -> None:
    source = tmp_path / "source.html"
    source.write_text("<p>One", "utf-8")
    with serving_report(source) as page:
        first = page.ask("GET", "/stamp").value
        report = page.ask("GET", "/report")
        assert (report.status, report.body) == (200, b"<p>One")
        assert "script-src" not in report.headers["content-security-policy"]
        assert "frame-ancestors 'self'" in report.headers["content-security-policy"]
        assert page.ask("GET", "/stamp").value == first
        source.write_text("<p>Two", "utf-8")
        assert page.ask("GET", "/stamp").value != first
        assert page.ask("GET", "/report").body == b"<p>Two"
        source.write_text("broken", "utf-8")
        broken = page.ask("GET", "/report")
        assert broken.status == 503
        assert b"&lt;source&gt;:1: this is broken &amp; cannot be read" in broken.body
        assert b"<iframe" in page.ask("GET", "/").body
        assert page.ask("GET", "/report", origin="http://example.org").status == 403
        assert page.ask("POST", "/check", HELLO, content_type=JSON).status == 404


@LOOPBACK
def test_nobody_waits_for_a_report_at_the_end(tmp_path: Path) -> None:
    source = tmp_path / "source.html"
    source.write_text("slow", "utf-8")
    with serving_report(source) as page, socket.create_connection(("127.0.0.1", page.port)) as asking:
        asking.sendall(f"GET /report HTTP/1.1\r\nHost: {page.host}\r\n\r\n".encode())
        assert soon(source.with_suffix(".begun").exists)
        began = time.monotonic()
    assert time.monotonic() - began < 30


@LOOPBACK
def test_a_fault_of_ours_is_told_and_the_next_is_answered(tmp_path: Path) -> None:
    source = tmp_path / "source.html"
    source.write_bytes(b"\xff")
    with serving_report(source, told="UnicodeDecodeError: ") as page:
        assert page.ask("GET", "/report").status == 500
        source.write_text("Mended", "utf-8")
        assert page.ask("GET", "/report").body == b"Mended"


# ---- the command


@LOOPBACK
def test_a_port_that_is_taken_is_told_of() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["page", "--no-browser", "--port", str(port)])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"--port: {port} cannot be listened on: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "70000"], "70000"),
        (["--select", "no-such-rule"], "no-such-rule"),
        (["--config", "nowhere.yaml"], "nowhere.yaml"),
    ],
)
def test_what_cannot_be_served_is_told_at_the_start(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(main, ["page", "--no-browser", *arguments])
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_configuration_that_cannot_be_read_is_told_at_the_start(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(team)
    (team / ".postlint.yaml").write_text("romos: {}\n", "utf-8")
    result = CliRunner().invoke(main, ["page", "--no-browser"])
    assert (result.exit_code, result.stderr.partition(": ")[0]) == (2, ".postlint.yaml:1")


def test_without_its_libraries_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "linter.page.server", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(main, ["page", "--no-browser"])
    assert result.exit_code == 2
    assert "pip install 'postlint[page]'" in result.stderr
