"""The report: what it adds up, what it says and when it says nothing, and that no post breaks out of its page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.cli import main
from linter.post import PLATFORMS, Room
from linter.report.contrasts import Period, halves, read_period
from linter.report.examples import good, pieces
from linter.report.gathered import BINS, LAST_BIN, Gathered, step_of
from linter.report.page import Subject, page
from linter.report.reference import reference
from linter.report.shown import post_to_rethink
from linter.report.story import story, unused
from linter.report.sums import Sums
from linter.report.trends import change, trend
from linter.report.words import PLATFORM_NAMES, SCORE_NAMES
from linter.review.rates import Moments
from linter.scores import SCORES
from linter.version import SCORES_VERSION
from tests.conftest import ROOT

HISTORY = ROOT / "corpora" / "history"
NOBODY = Subject("", ("posts.jsonl",), (), {})


def record(day: str | None = "2025-03-01", text: str = "Hello all.", **said: Any) -> dict[str, Any]:
    """A review's record of a post, as it stands in its output."""
    made: dict[str, Any] = {
        "id": "p", "path": "posts.jsonl", "lang": "en", "date": day, "platform": "facebook", "room": "parents",
        "room_kind": "community", "author": "us", "reply": False, "url": None, "moves": [], "answers": None,
        "scores": dict.fromkeys((*SCORES, "readability"), 1.0), "evidence": {name: [] for name in SCORES},
        "counts": {"words": 20, "sentences": 1, "questions": 0, "genuine_questions": 0, "rhetorical_questions": 0},
        "findings": [], "text": text,
    }  # fmt: skip
    return {**made, **said}


def finding(
    level: str = "warning", status: str = "stable", allowed: str | None = None, **more: Any
) -> dict[str, Any]:
    made = {
        "rule": "insult", "clause": "G21", "level": level, "status": status, "start": 0, "end": 5,
        "message": "Is that kind?", "suggestion": "Say it kindly.", "related": [], "allowed": allowed,
    }  # fmt: skip
    return {**made, **more}


def gathered(records: Iterable[dict[str, Any]]) -> Gathered:
    found = Gathered()
    for one in records:
        found.take_record(one)
    return found


COUNTED = [
    ({}, {"posts": 1}),
    ({"findings": [finding()]}, {"remarked": 1}),
    ({"findings": [finding("error"), finding()]}, {"remarked": 1}),
    ({"findings": [finding("suggestion")]}, {"remarked": 0}),
    ({"findings": [finding(status="trial")]}, {"remarked": 0}),
    ({"findings": [finding(allowed="said at a hustings")]}, {"remarked": 0}),
    ({"moves": ["pitch"]}, {"pitching": 1, "talking": 0, "both": 0}),
    ({"moves": ["thank"]}, {"pitching": 0, "talking": 1, "both": 0}),
    ({"moves": ["pitch", "ask"]}, {"pitching": 1, "talking": 1, "both": 1}),
    ({"answers": 3}, {"asking": 0, "answered": 0, "seen": 0}),
]


@pytest.mark.parametrize(("said", "expected"), COUNTED)
def test_posts_are_added_up(said: dict[str, Any], expected: dict[str, int]) -> None:
    sums = gathered([record(**said)]).whole
    assert {name: getattr(sums, name) for name in expected} == expected


def test_rules_that_spoke_as_often_stand_in_the_same_order_each_time() -> None:
    named = [f"rule-{at:02}" for at in range(20)]
    found = gathered([record(findings=[finding(rule=name) for name in reversed(named)])])
    assert [rule for rule, _ in found.rules().most_common()] == named


@pytest.mark.parametrize(("answers", "seen", "answered"), [(None, 0, 0), (0, 1, 0), (2, 1, 1)])
def test_a_question_is_answered_where_that_can_be_seen(answers: int | None, seen: int, answered: int) -> None:
    sums = gathered([record(answers=answers, counts={**record()["counts"], "genuine_questions": 1})]).whole
    assert (sums.asking, sums.seen, sums.answered) == (1, seen, answered)


def moments(*means: float, n: int = 20) -> list[Moments]:
    found = []
    for value in means:
        one = Moments()
        for _ in range(n):
            one.take(value)
        found.append(one)
    return found


TRENDS = [
    (moments(10, 20, 30, 40), 20.0),
    (moments(40, 30, 20, 10, 0), -25.0),
    (moments(7, 7, 7, 7), 0.0),
]


@pytest.mark.parametrize(("means", "expected"), TRENDS)
def test_a_trend_holds_the_second_half_against_the_first(means: list[Moments], expected: float) -> None:
    found = trend(means)
    assert found is not None
    assert found.change == pytest.approx(expected)
    assert found.interval[0] <= expected + 1e-9
    assert expected - 1e-9 <= found.interval[1]


def test_a_trend_among_scattered_means_is_not_plain() -> None:
    found = trend(moments(10, 30, 5, 28, 9, 31))
    assert found is not None
    assert not found.is_plain


@pytest.mark.parametrize(
    "means",
    [[], moments(1, 2, 3), moments(1, 2, 3, 4, n=4), moments(1, 2, 3, 4, 5, 6, n=5)],
    ids=["nothing", "three months", "too few in each", "too few in all"],
)
def test_of_too_little_nothing_is_said(means: list[Moments]) -> None:
    assert trend(means) is None


def by_month(*counts: tuple[int, int]) -> dict[date, Sums]:
    return {date(2025, at, 1): Sums(posts=n, remarked=k) for at, (k, n) in enumerate(counts, 1)}


CHANGES = [
    (by_month((10, 30), (12, 30), (11, 30), (1, 30), (0, 30), (2, 30)), date(2025, 4, 1)),
    (by_month((0, 40), (1, 40), (15, 40), (14, 40)), date(2025, 3, 1)),
    (by_month((5, 30), (6, 30), (4, 30), (5, 30), (6, 30)), None),
    (by_month((5, 10), (0, 10), (0, 10)), None),
    (
        by_month(
            (0, 300),
        ),
        None,
    ),
    ({}, None),
]


@pytest.mark.parametrize(("counts", "expected"), CHANGES)
def test_the_month_from_which_on_it_was_another_thing(
    counts: dict[date, Sums], expected: date | None
) -> None:
    found = change(counts)
    assert (found.since if found else None) == expected
    if found:
        assert found.between[0] <= found.since <= found.between[1]
        assert found.is_better == (found.since == date(2025, 4, 1))


PERIODS = [
    ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("2025-3", date(2025, 3, 1), date(2025, 3, 31)),
    ("2025-03-07", date(2025, 3, 7), date(2025, 3, 7)),
    ("2025-01..2025-06", date(2025, 1, 1), date(2025, 6, 30)),
    (" 2024 .. 2025-06-03 ", date(2024, 1, 1), date(2025, 6, 3)),
]


@pytest.mark.parametrize(("words", "first", "last"), PERIODS)
def test_periods(words: str, first: date, last: date) -> None:
    assert read_period(words) == Period(first, last)


@pytest.mark.parametrize(
    "words",
    ["", "..", "spring", "2025-13", "2025-00", "2025-02-30", "2025-06..2025-01", "25-01", "2025..", "0000"],
)
def test_what_is_no_period_is_said_to_be_none(words: str) -> None:
    if words == "2025..":
        assert read_period(words) == read_period("2025")
        return
    with pytest.raises(ValueError, match=r"period|before"):
        read_period(words)


@given(st.integers(0, 400), st.integers(0, 900))
def test_the_two_halves_are_all_of_the_time(start: int, length: int) -> None:
    first = date(2024, 1, 1) + timedelta(days=start)
    last = first + timedelta(days=length)
    found = halves(gathered([record(first.isoformat()), record(last.isoformat())]))
    if length == 0:
        assert found is None
    else:
        assert found is not None
        before, after = found
        assert (before.first, after.last) == (first, last)
        assert before.last + timedelta(days=1) == after.first
        assert before.first <= before.last
        assert after.first <= after.last


@given(st.sampled_from(sorted(BINS)), st.floats(0, 100))
def test_a_score_stands_in_the_step_that_holds_it(name: str, value: float) -> None:
    at = step_of(name, value)
    assert 0 <= at <= LAST_BIN[name]
    assert value >= at * BINS[name] - 1e-6
    assert at == LAST_BIN[name] or value < (at + 1) * BINS[name] + 1e-6


def test_others_posts_are_of_these_scores() -> None:
    told = reference()
    assert told["scores_version"] == SCORES_VERSION
    assert {name: len(parts) for name, parts in told["shares"].items()} == {
        name: last + 1 for name, last in LAST_BIN.items()
    }
    assert all(sum(parts) == pytest.approx(1, abs=0.001) for parts in told["shares"].values())


def test_every_platform_and_score_has_a_name() -> None:
    assert PLATFORM_NAMES.keys() == {*PLATFORMS, ""}
    assert SCORE_NAMES.keys() == set(SCORES)


GOOD = [
    ({"moves": ["thank"]}, True),
    ({"moves": ["thank", "ask"], "answers": 2}, True),
    ({"moves": []}, False),
    ({"moves": ["thank", "pitch"]}, False),
    ({"moves": ["thank"], "counts": {**record()["counts"], "words": 3}}, False),
    ({"moves": ["thank"], "counts": {**record()["counts"], "words": 400}}, False),
    ({"moves": ["ask"], "scores": {**record()["scores"], "aggressiveness": 80.0}}, False),
    ({"moves": ["ask"], "scores": dict.fromkeys(record()["scores"])}, False),
]


@pytest.mark.parametrize(("said", "expected"), GOOD)
def test_what_is_a_good_example(said: dict[str, Any], expected: bool) -> None:
    assert (good(record(**said)) > 0) == expected


def test_posts_to_learn_from_are_of_many_rooms_and_no_post_stands_twice() -> None:
    said = [
        record(
            room=f"room {at % 3}",
            text=f"Thanks, {at % 40}!",
            moves=["thank"],
            answers=4 if at % 3 == 0 else 0,
        )
        for at in range(120)
    ]
    shown = gathered(said).examples.to_learn_from
    assert {one["room"] for one in shown[:3]} == {"room 0", "room 1", "room 2"}
    assert len({one["text"] for one in shown}) == len(shown) == 8


def test_posts_to_rethink_begin_with_the_commonest_kind_and_have_one_of_each() -> None:
    said = [record(text=f"Post {at}.", findings=[finding(rule="often")]) for at in range(5)]
    said += [record(text="Hot.", findings=[finding("error", rule="seldom"), finding(rule="often")])]
    said += [record(text="Maybe.", findings=[finding(rule="tried", status="trial")])]
    shown = gathered(said).examples.to_rethink
    assert [one["text"] for one in shown] == ["Post 0.", "Hot.", "Post 1.", "Post 2."]


MARKED = [
    ([("a", 0, 5), ("b", 10, 14)], [(1, "a"), (2, "b")]),
    ([("a", 10, 14), ("b", 0, 5)], [(1, "b"), (2, "a")]),
    ([("a", 0, 14), ("b", 2, 5)], [(1, "b"), (2, "a")]),
    ([("a", 0, 0), ("b", 2, 5)], [(1, "b"), (None, "a")]),
    ([("a", 2, 5), ("b", 2, 5)], [(1, "a"), (1, "b")]),
    ([("a", 2, 5), ("b", 6, 7), ("c", 8, 9), ("d", 0, 1), ("d", 3, 4)], [(1, "d"), (2, "d"), (3, "a")]),
]


@pytest.mark.parametrize(("found", "expected"), MARKED)
def test_remarks_are_numbered_as_they_are_read(
    found: list[tuple[str, int, int]], expected: list[tuple[int | None, str]]
) -> None:
    findings = [{**finding(rule=rule), "start": start, "end": end} for rule, start, end in found]
    findings.append({**finding(rule="tried", status="trial"), "start": 0, "end": 3})
    shown = post_to_rethink(record(text="What a lovely day.", findings=findings), {})
    assert [(one.number, one.rule) for one in shown.remarks] == expected
    assert shown.more == (("b", "c") if len(found) > 3 else ())


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_a_text_in_pieces_is_the_text(text: str, places: list[tuple[int, int]]) -> None:
    spans = {number: place for number, place in enumerate(places, 1) if place[0] < place[1] <= len(text)}
    cut = list(pieces(text, spans))
    assert "".join(piece.words for piece in cut) == text
    for number, (start, end) in spans.items():
        assert "".join(piece.words for piece in cut if number in piece.numbers) == text[start:end]
        (last,) = (at for at, piece in enumerate(cut) if number in piece.ending)
        assert len("".join(piece.words for piece in cut[: last + 1])) == end


def reported(tmp_path: Path, *arguments: str) -> tuple[Result, str]:
    file = tmp_path / "report.html"
    result = CliRunner().invoke(main, ["review", *arguments, "--jobs", "1", "--report", str(file)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result, file.read_text("utf-8") if file.exists() else ""


class Text(HTMLParser):
    """The tags of a page, and its words without those of styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._in_style = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False
        if tag in ("td", "th"):
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.words.append(data)

    @property
    def said(self) -> str:
        return " ".join("".join(self.words).split())


@pytest.fixture(scope="module")
def millbeck(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("millbeck")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(HISTORY / "millbeck")
        return reported(folder, "posts.jsonl")[1]


TOLD_OF_MILLBECK = [
    "Fewer warnings from June 2025 on. Before, 54 of 208 posts (26 %) drew a warning; since then 8 of 215 posts (4 %) drew a warning.",
    "It may have begun anywhere from May 2025 to June 2025, or have come little by little.",
    "Lately, from 1 October 2025 to 31 December 2025.",
    "Most pitches one upon another: millbeck-neighbours. One pitch followed another 20 times there, the last time on",
    "Highest share of warnings: brackmouth-feed. There 24 of 84 posts (29 %) drew a warning; elsewhere 38 of 339 (11 %).",
    "Never used: LinkedIn. None of the posts read here is on it, though brackmouth-business is among your rooms.",
    "and 115 of them were answered",
    "Before: 4 January 2025 to 31 May 2025 (208 posts). After: 1 June 2025 to 31 December 2025 (215 posts).",
]


@pytest.mark.parametrize("words", TOLD_OF_MILLBECK)
def test_the_story_of_a_year(millbeck: str, words: str) -> None:
    assert words in Text(millbeck).said


@pytest.mark.parametrize(
    "words", ["Fewer warnings from", "More warnings from", "Most pitches", "Highest share"]
)
def test_a_campaign_that_talks_kindly_is_told_nothing_of_the_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.chdir(HISTORY / "harbourside")
    said = Text(reported(tmp_path, "posts.jsonl")[1]).said
    assert "In short" in said
    assert words not in said


def test_the_page_needs_nothing_and_runs_nothing(millbeck: str) -> None:
    tags = Text(millbeck).tags
    assert {"svg", "figure", "blockquote", "table"} <= {tag for tag, _ in tags}
    assert not {"script", "img", "link", "iframe", "form", "object"} & {tag for tag, _ in tags}
    assert not [
        name for _, given in tags for name in given if name.startswith("on") or name in ("src", "style")
    ]
    links = [given["href"] or "" for tag, given in tags if tag == "a"]
    ids = [given["id"] for _, given in tags if "id" in given]
    assert all(link.startswith("#") and link[1:] in ids for link in links)
    assert len(ids) == len(set(ids))
    policy = next(
        given["content"] for _, given in tags if given.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_every_chart_has_its_label_and_its_figures(millbeck: str) -> None:
    tags = Text(millbeck).tags
    charts = [given for tag, given in tags if tag == "svg" and given.get("aria-hidden") != "true"]
    assert len(charts) > 30
    assert all(given.get("role") == "img" and given.get("aria-label") for given in charts)
    assert millbeck.count('<figure class="chart">') == millbeck.count("<summary>The figures")


NAMED = [
    ([], [], []),
    ([""], [], []),
    (["twitter"], [], []),
    (["twitter", ""], [], []),
    (["twitter"], ["linkedin"], ["linkedin"]),
    (["twitter"], ["twitter", ""], []),
    (["twitter", "bluesky"], [], ["facebook", "linkedin"]),
    (["twitter", "facebook"], ["linkedin", "mastodon"], ["linkedin", "mastodon"]),
    (["twitter", "facebook", "linkedin"], [], []),
]


@pytest.mark.parametrize(("posted", "rooms", "expected"), NAMED)
def test_one_platforms_export_says_nothing_of_the_others(
    posted: list[str], rooms: list[str], expected: list[str]
) -> None:
    known = [Room(f"room {at}", platform=name) for at, name in enumerate(rooms)]
    platforms, empty = unused(gathered([record(platform=name or None) for name in posted]), known)
    assert (platforms, empty) == (expected, known)


HOSTILE = [
    "<script>alert(1)</script>",
    "</blockquote></main><h1>Mine now</h1>",
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %}",
    "</style><style>body{display:none}</style>",
    "<!-- --><svg onload=alert(1)>",
    "\u202egnirts\u202c \x00 \x1b[31m",
]


def page_of(words: str, tmp_path: Path) -> str:
    """The page of many posts that hold the same words everywhere."""
    said = {"text": f"You idiot, thanks. {words} Who needs a lift on Friday then?", "platform": "facebook", "author": words,
            "room": words, "url": f"javascript:{words}"}  # fmt: skip
    posts = [{**said, "id": f"{words}{at}", "date": f"2025-0{1 + at % 9}-01"} for at in range(90)]
    Path("in.jsonl").write_text("".join(f"{json.dumps(post)}\n" for post in posts))
    return reported(tmp_path, "in.jsonl")[1]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_words_break_out_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hostile: str
) -> None:
    monkeypatch.chdir(tmp_path)
    html, harmless = page_of(hostile, tmp_path), page_of("The library shuts at five.", tmp_path)
    found, expected = Text(html), Text(harmless)
    assert {tag for tag, _ in found.tags} <= {tag for tag, _ in expected.tags}
    assert [tag for tag, _ in found.tags].count("h1") == 1
    assert not [
        value for _, given in found.tags for value in given.values() if (value or "").startswith("javascript")
    ]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", html)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=3), st.text(max_size=20))
def test_any_text_stands_in_a_page(texts: list[str], room: str) -> None:
    said = [
        record(text=text, room=room or None, moves=["thank"], findings=[finding()] * (at % 2))
        for at, text in enumerate(texts)
    ]
    html = page(gathered(said), NOBODY)
    assert html.count("<h1>") == html.count("</html>") == 1
    assert "<script" not in html
    html.encode("utf-8", "surrogatepass")


SOURCES = [
    ([], "Nothing to look at"),
    ([{"text": "Thanks for the lift, Moira. Who else was there?"}], "The posts name no rooms"),
    ([{"text": "Hello all.", "date": "2025-01-01"}], "too few weeks with enough posts to say"),
]


@pytest.mark.parametrize(("posts", "words"), SOURCES)
def test_a_page_of_little_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, posts: list[dict[str, str]], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text("".join(f"{json.dumps(post)}\n" for post in posts))
    assert words in Text(reported(tmp_path, "in.jsonl")[1]).said


def test_where_nobody_else_is_heard_it_says_that_answers_cant_be_seen() -> None:
    asking = {**record()["counts"], "genuine_questions": 1}
    (told,) = [
        one.words for one in story(gathered([record(counts=asking)]), None, (), {}) if one.lead == "Questions"
    ]
    assert "can’t be seen" in told


def test_two_periods_are_held_against_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HISTORY / "millbeck")
    _, html = reported(tmp_path, "posts.jsonl", "--compare", "2025-01..2025-04", "2025-09..2025-12")
    said = Text(html).said
    assert (
        "Before: 1 January 2025 to 30 April 2025 (173 posts). After: 1 September 2025 to 31 December 2025 (134 posts)."
        in said
    )
    assert re.search(r"posts that drew a warning 28 % 4 % down by \d+ to \d+ points", said)


REFUSED = [
    (["--report", "nowhere/r.html"], "there is no folder nowhere for r.html"),
    (["--report", "in.jsonl"], "in.jsonl is a source or another output"),
    (["--report", "./r.html", "--output", "jsonl:r.html"], "r.html is a source or another output"),
    (
        ["--report", "r.html", "--compare", "spring", "2025"],
        "`spring` is no period; one is expected such as 2025",
    ),
    (["--compare", "2024", "2025"], "stands in a report: say where with --report FILE.html"),
]


@pytest.mark.parametrize(("options", "words"), REFUSED)
def test_what_is_amiss_with_a_report_is_said_before_the_review_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text('{"text": "Hello all."}\n')
    result = CliRunner().invoke(main, ["review", "in.jsonl", *options])
    assert result.exit_code == 2
    assert words in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl"]


def test_records_keep_no_words_for_a_report_that_were_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text('{"text": "Hello all."}\n')
    reported(tmp_path, "in.jsonl", "--output", "jsonl:out.jsonl")
    assert "text" not in json.loads(Path("out.jsonl").read_text())
