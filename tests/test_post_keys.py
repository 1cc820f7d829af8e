"""The keys of a post: what each may hold, wherever it stands, and what is said of anything else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.errors import Mistake
from linter.fields import Fields
from linter.post import Allow, Context, Image, Message, Room
from linter.post_keys import KEYS, near_misses, read_context, read_record
from linter.yamlfile import Mapping, read_yaml

CONTRACT = (
    "text id platform room room_kind joined visit stage author date reply_to thread images paid election imprint "
    "lang url allow"
).split()


def front(text: str) -> tuple[Context, list[Mistake]]:
    node = read_yaml(text, "a.md", first_line=2)
    assert isinstance(node, Mapping)
    fields = Fields(node, "a.md", [])
    return read_context(fields, lambda key: key.startswith("x-")), fields.mistakes


def record(values: dict[str, Any]) -> tuple[Context, list[str]]:
    mistakes: list[Mistake] = []
    context = read_record(values, "a.jsonl", 7, mistakes)
    assert all((mistake.path, mistake.line) == ("a.jsonl", 7) for mistake in mistakes)
    return context, [mistake.reason for mistake in mistakes]


def test_the_keys_are_the_contracts() -> None:
    assert sorted(KEYS) == sorted(CONTRACT)


@pytest.mark.parametrize(
    ("yaml", "values", "context"),
    [
        ("platform: X", {"platform": "X"}, Context(platform="twitter")),
        ("platform: Facebook", {"platform": "Facebook"}, Context(platform="facebook")),
        (
            "room: parents\nroom_kind: community\njoined: 2026-03-01",
            {"room": "parents", "room_kind": "community", "joined": "2026-03-01"},
            Context(room=Room("parents", kind="community", joined=date(2026, 3, 1))),
        ),
        ("visit: 1", {"visit": 1}, Context(visit=1, stage="arrive")),
        ("visit: 2", {"visit": 2}, Context(visit=2)),
        ("visit: 1\nstage: talk", {"visit": 1, "stage": "talk"}, Context(visit=1, stage="talk")),
        ("date: 2026-03-14", {"date": "2026-03-14"}, Context(time=date(2026, 3, 14))),
        (
            "date: 2026-03-14T18:30",
            {"date": "2026-03-14T18:30"},
            Context(time=datetime(2026, 3, 14, 18, 30)),
        ),
        ("author: Jo", {"author": "Jo"}, Context(author="Jo")),
        ("reply_to: post-1", {"reply_to": "post-1"}, Context(reply_to=Message(id="post-1"), stage="reply")),
        (
            "reply_to: {author: Sam, text: Rubbish}\nvisit: 1",
            {"reply_to": {"author": "Sam", "text": "Rubbish"}, "visit": 1},
            Context(reply_to=Message("Rubbish", "Sam"), stage="reply", visit=1),
        ),
        ("images: [{file: a.jpg}]", {"images": [{"file": "a.jpg"}]}, Context(images=(Image("a.jpg"),))),
        (
            "images: [{file: a.jpg, alt: ''}]",
            {"images": [{"file": "a.jpg", "alt": ""}]},
            Context(images=(Image("a.jpg", ""),)),
        ),
        (
            "paid: true\nelection: false\nimprint: bio",
            {"paid": True, "election": False, "imprint": "bio"},
            Context(paid=True, election=False, imprint="bio"),
        ),
        (
            "lang: cy\nurl: https://example.org\nthread: t1",
            {"lang": "cy", "url": "https://example.org", "thread": "t1"},
            Context(lang="cy", url="https://example.org", thread="t1"),
        ),
        (
            "allow: {shouting: It is a sign}",
            {"allow": {"shouting": "It is a sign"}},
            Context(allow={"shouting": Allow("It is a sign")}),
        ),
        (
            "allow: {shouting: {reason: It is a sign, until: 2026-05-01}, slogans: }",
            {"allow": {"shouting": {"reason": "It is a sign", "until": "2026-05-01"}, "slogans": ""}},
            Context(allow={"shouting": Allow("It is a sign", date(2026, 5, 1)), "slogans": Allow()}),
        ),
    ],
)
def test_a_key_means_the_same_in_front_matter_and_in_a_record(
    yaml: str, values: dict[str, Any], context: Context
) -> None:
    assert front(yaml) == (context, [])
    assert record(values) == (context, [])


@pytest.mark.parametrize(
    ("yaml", "reason"),
    [
        ("platform: facebok", "did you mean facebook?"),
        ("room_kind: communal", "did you mean community?"),
        ("stage: arrived", "did you mean arrive?"),
        ("imprint: footer", "expected inline, bio or link"),
        ("date: 14/03/2026", "`14/03/2026`; expected a date such as 2026-03-14"),
        ("joined: 2026-02-30", "expected a date such as"),
        ("visit: 0", "a whole number from 1"),
        ("visit: 1.5", "a whole number from 1"),
        ('visit: "3"', "a whole number from 1"),
        ("paid: perhaps", "expected true or false"),
        ("room: no", "put it in quotes"),
        ("room:", "holds nothing where words were expected"),
        ("reply_to: {}", "`reply_to` is empty"),
        ("reply_to: [a]", "holds a list"),
        ("reply_to: {who: Sam}", "`who` is not a known key"),
        ("images: a.jpg", "`images` holds `a.jpg`"),
        ("images: [{alt: A dog}]", "`file` is missing"),
        ("allow: [shouting]", "holds a list"),
        ("plattform: facebook", "did you mean platform?"),
    ],
)
def test_what_may_not_stand_in_front_matter_is_named(yaml: str, reason: str) -> None:
    _, mistakes = front(yaml)
    assert [(mistake.path, mistake.line) for mistake in mistakes] == [("a.md", 2)]
    assert reason in mistakes[0].reason


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"platform": "facebok"}, "did you mean facebook?"),
        ({"room": True}, "`room` holds `true` where words were expected"),
        ({"visit": "3"}, "a whole number from 1"),
        ({"visit": True}, "a whole number from 1"),
        ({"visit": 10**400}, "a whole number from 1"),
        ({"paid": "yes"}, "expected true or false, without quotes"),
        ({"date": 20.5}, "expected a date such as"),
        ({"author": "\ud83c"}, r"`author` holds half an emoji (a lone surrogate, \ud83c)"),
        ({"reply_to": {"text": "ab\udf00"}}, r"\udf00) at character 3"),
        ({"images": [None]}, "`images` holds nothing"),
        ({"images": [[["a"]]]}, "`images` holds a list"),
        ({"images": [{"file": "a.jpg", "alt": 3}]}, "`alt` holds `3` where words were expected"),
        ({"allow": {"shouting": False}}, "where words were expected"),
    ],
)
def test_what_may_not_stand_in_a_record_is_named(values: dict[str, Any], reason: str) -> None:
    _, reasons = record(values)
    assert len(reasons) == 1
    assert reason in reasons[0]
    assert "YAML" not in reasons[0]
    reasons[0].encode()


def test_a_record_may_hold_what_is_nobodys_matter() -> None:
    assert record({"likes": 3, "room": None, "url": "", "reply_to": {"text": "Hi", "likes": 3}}) == (
        Context(reply_to=Message("Hi"), stage="reply"),
        [],
    )


def test_every_mistake_of_a_record_is_named() -> None:
    _, reasons = record({"platform": "facebok", "visit": 0, "stage": "arrived"})
    assert len(reasons) == 3


def test_a_long_or_unprintable_value_is_shown_short_and_on_one_line() -> None:
    _, (reason,) = record({"platform": "face\nbook\x1b[31m" + "x" * 10_000})
    assert len(reason) < 250
    assert reason.isprintable()


@pytest.mark.parametrize("name", ["plattform", "Platform", "reply-to", "image", "room_kinds"])
def test_a_near_miss_is_seen(name: str) -> None:
    assert [found for found, _ in near_misses([name])] == [name]


@pytest.mark.parametrize(
    "name",
    "created_at like_count hashtags time type name title body score subreddit source user_id uid".split(),
)
def test_a_name_of_somebody_elses_is_no_near_miss(name: str) -> None:
    assert near_misses([name]) == []


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(CONTRACT), inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(CONTRACT), _VALUES, max_size=4))
def test_no_values_end_in_a_traceback(values: dict[str, Any]) -> None:
    context, reasons = record(values)
    assert isinstance(context, Context)
    assert all(reason.encode() for reason in reasons)


@pytest.mark.parametrize("depth", [10, 400, 5_000])
@pytest.mark.parametrize("key", ["images", "reply_to", "allow", "room"])
def test_depth_is_no_way_to_break_it(key: str, depth: int) -> None:
    value: Any = "a"
    for _ in range(depth):
        value = [value]
    assert record({key: value})[1]
