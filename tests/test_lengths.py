"""How long a post is on each platform. X's count agrees with every case of its own conformance suite."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from linter.errors import MistakesError
from linter.lengths import beyond, length
from linter.links import links
from linter.platforms import platform, read_platform
from linter.post import PLATFORMS
from tests.conftest import ROOT

X_CASES = yaml.safe_load((ROOT / "tests" / "x_lengths.yaml").read_text("utf-8"))
X = platform("twitter").measures[0]  # type: ignore[union-attr]
X_2 = X._replace(emoji=0)


def text_of(case: dict[str, Any]) -> str:
    parts = case["text"] if isinstance(case["text"], list) else [case["text"]]
    return "".join(part if isinstance(part, str) else part["of"] * part["times"] for part in parts)


def cases(section: str) -> list[Any]:
    return [pytest.param(case, id=case.get("what", text_of(case)[:40])) for case in X_CASES[section]]


@pytest.mark.parametrize("case", cases("configuration 3"))
def test_x_counts_as_its_own_cases_say(case: dict[str, Any]) -> None:
    text = text_of(case)
    assert length(text, X) == case["length"]
    too_much = beyond(text, X, X.limit)
    assert (too_much.start if too_much else None) == case.get("fits")
    assert too_much is None or too_much.end == len(text)


@pytest.mark.parametrize("case", cases("configuration 2"))
def test_x_counted_as_its_older_cases_say(case: dict[str, Any]) -> None:
    text = text_of(case)
    assert length(text, X_2) == case["length"]
    too_much = beyond(text, X_2, X.limit)
    assert (too_much.start if too_much else None) == case.get("fits")


@pytest.mark.parametrize("case", cases("fits"))
def test_x_takes_what_it_says_it_takes(case: dict[str, Any]) -> None:
    assert (0 < length(text_of(case), X) <= X.limit) == case["fits"]


@pytest.mark.parametrize("case", cases("links"))
def test_x_finds_the_links_it_says_it_finds(case: dict[str, Any]) -> None:
    text = text_of(case)
    found = list(links(text))
    assert [text[span.start : span.end] for span in found] == case["links"]
    assert [list(span) for span in found] == case.get("places", [list(span) for span in found])


def measured(name: str, text: str) -> int:
    there = platform(name)
    assert there is not None
    return length(text, there.measures[0])


FAMILY = "👨\u200d👩\u200d👧\u200d👦"
LONG_LINK = "https://www.example.org/minutes/of/the/meeting/in/march"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("twitter", "", 0),
        ("twitter", "Tea at four?\r\nBring a cup.", 25),  # a line end is one character, however it is saved
        ("twitter", "‘Tea’ – at four…", 17),  # only the ellipsis weighs two
        ("bluesky", f"Hello {FAMILY}!", 8),
        ("bluesky", "e\u0301te\u0301", 3),
        ("bluesky", "two\r\nlines", 9),
        ("bluesky", LONG_LINK, len("www.example.org") + 16),
        ("bluesky", "https://example.org/", len("example.org")),
        ("bluesky", "https://example.org/minutes", len("example.org/minutes")),
        ("bluesky", "example.org/minutes/of/the/meeting", 34),  # without a scheme it stays as it is
        ("mastodon", LONG_LINK, 23),
        ("mastodon", "http://a.uk", 23),
        ("mastodon", "www.example.org", 15),
        ("mastodon", "Ask @ada@example.social or @grace", len("Ask @ada or @grace")),
        ("mastodon", "Write to ada@example.org", 24),
        ("mastodon", f"{FAMILY} 🇬🇧", 3),
        ("threads", "Tea 🫖", 8),
        ("threads", f"{FAMILY}", 25),
        ("threads", "café – “quotes”", 15),
        ("threads", "Call 4 © ™", 10),
        ("linkedin", f"{LONG_LINK} é", len(LONG_LINK) + 2),
        ("instagram", "Tea 🫖", 5),
        ("facebook", "e\u0301", 2),
    ],
)
def test_each_platform_counts_in_its_own_way(name: str, text: str, expected: int) -> None:
    assert measured(name, text) == expected


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("facebook", 63_206),
        ("twitter", 280),
        ("linkedin", 3_000),
        ("instagram", 2_200),
        ("bluesky", 300),
        ("mastodon", 500),
        ("threads", 500),
    ],
)
def test_the_limits_are_dated_and_have_a_source(name: str, limit: int) -> None:
    there = platform(name)
    assert there is not None
    assert there.limit == limit
    assert there.as_of >= date(2026, 11, 1)
    assert len(there.source.split()) >= 8


def test_every_platform_has_limits_and_nothing_else_has() -> None:
    assert all(platform(name) for name in PLATFORMS)
    assert platform("") is None
    assert platform("../scores/aggressiveness") is None


def test_bluesky_takes_no_more_than_3000_bytes_either() -> None:
    there = platform("bluesky")
    assert there is not None
    graphemes, in_bytes = there.measures
    text = FAMILY * 121  # 25 bytes each
    assert beyond(text, graphemes, graphemes.limit) is None
    too_much = beyond(text, in_bytes, in_bytes.limit)
    assert too_much is not None
    assert too_much.start == 120 * len(FAMILY)


@pytest.mark.parametrize(
    ("name", "text", "limit", "words"),
    [
        ("twitter", "one two three", 7, " three"),
        ("twitter", "one two three", 13, None),
        ("twitter", "one https://example.org/and/more two", 20, "https://example.org/and/more two"),
        ("twitter", "cafe\u0301 au lait", 5, "au lait"),
        ("twitter", f"ab{FAMILY}c", 3, f"{FAMILY}c"),
        ("bluesky", f"ab{FAMILY}c", 3, "c"),
        ("mastodon", "Ask @ada@example.social now", 8, " now"),
        ("facebook", "", 0, None),
    ],
)
def test_what_is_too_much_begins_with_the_first_that_does_not_fit(
    name: str, text: str, limit: int, words: str | None
) -> None:
    there = platform(name)
    assert there is not None
    too_much = beyond(text, there.measures[0], limit)
    assert (text[too_much.start : too_much.end] if too_much else None) == words


def test_a_post_made_to_be_slow_is_counted_in_a_second() -> None:
    for text in ("é_" * 25_000 + "b.com", "é." * 50_000, "http://a.com/" + "(a" * 40_000, "a.com " * 16_000):
        assert length(text[:100_000], X) > 280
    assert measured("mastodon", "@a" * 50_000) == 100_000


def test_every_mistake_in_a_platform_is_told_with_its_line() -> None:
    text = "platform: twiter\nas_of: soon\nlimit: many\ncounts: words\nsingle: [abc-xyz]\nurls: 23\n"
    with pytest.raises(MistakesError) as error:
        read_platform(text, "p.yaml")
    assert sorted(mistake.line or 0 for mistake in error.value.mistakes) == [1, 1, 2, 3, 4, 5, 6]
