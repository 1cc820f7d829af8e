"""In what order things were said, and what follows from it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.post import Context, Message, Post, Room, Source
from linter.post_keys import with_stage
from linter.timeline import Timeline, Traits, Turn, days_between, hours_between, message_post, with_visits

DAY = date(2026, 3, 2)


def said(
    name: str, time: datetime | date | str | None = None, room: str = "room", author: str = "us",
    reply_to: str = "", thread: str = "", joined: date | None = None,
) -> Turn:  # fmt: skip
    when = datetime.fromisoformat(time) if isinstance(time, str) else time
    context = Context(
        room=Room(room, joined=joined), platform="facebook", author=author, time=when, thread=thread,
        reply_to=Message(id=reply_to) if reply_to else None,
    )  # fmt: skip
    return Turn(Post(name, name, Source("posts.jsonl", record=True), with_stage(context)), Traits())


def names(turns: object) -> str:
    return "".join(turn.post.text for turn in turns)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("turns", "row"),
    [
        pytest.param([said("a"), said("b"), said("c")], "abc", id="without dates by place"),
        pytest.param(
            [said("a", date(2026, 3, 9)), said("b", DAY), said("c", date(2026, 3, 5))], "bca", id="by day"
        ),
        pytest.param([said("a", DAY), said("b"), said("c", DAY)], "", id="a mixture cannot be told"),
        pytest.param([said("a", DAY), said("b", DAY)], "ab", id="on the same day by place"),
        pytest.param(
            [said("a", "2026-03-02T18:00"), said("b", "2026-03-02T09:00")], "ba", id="by the time of day"
        ),
        pytest.param(
            [said("a", "2026-03-02T18:00"), said("b", DAY)], "ab", id="a day without times stands by place"
        ),
        pytest.param(
            [said("a", "2026-03-02T10:00+02:00"), said("b", "2026-03-02T09:00+00:00")], "ab", id="zones"
        ),
        pytest.param([said("a"), said("b", room="other"), said("c", author="them")], "a", id="one row"),
    ],
)
def test_a_row_stands_in_the_order_in_which_it_was_said(turns: list[Turn], row: str) -> None:
    assert names(Timeline(turns).row(turns[0])) == row


def test_what_came_before_is_given_latest_first() -> None:
    turns = [said(name, date(2026, 3, day)) for name, day in (("a", 1), ("b", 2), ("c", 3), ("d", 4))]
    assert names(Timeline(turns).before(turns[2])) == "ba"


def test_a_mixture_in_one_room_says_nothing_of_another() -> None:
    turns = [said("a", DAY), said("b"), said("c", DAY, room="other"), said("d", DAY, room="other")]
    timeline = Timeline(turns)
    assert names(timeline.before(turns[1])) == ""
    assert names(timeline.before(turns[3])) == "c"


def test_a_thread_is_its_chain_of_replies() -> None:
    turns = [
        said("a"),
        said("b", author="Bev", reply_to="a"),
        said("x", author="Al", reply_to="a"),
        said("c", reply_to="b"),
        said("d", author="Bev", reply_to="c"),
        said("e", reply_to="d"),
    ]
    assert names(Timeline(turns).thread(turns[5])) == "abcd"


def test_a_named_thread_is_all_that_was_said_in_it_before() -> None:
    turns = [
        said(name, thread="t", author=author)
        for name, author in (("a", "us"), ("b", "Bev"), ("c", "Al"), ("d", "us"), ("e", "us"))
    ]
    assert names(Timeline([*turns, said("x", thread="other")]).thread(turns[3])) == "abc"


def test_messages_known_from_front_matter_only_stand_in_the_thread_once() -> None:
    def answer(name: str, message: str) -> Turn:
        turn = said(name, thread="t")
        theirs = message_post(Message(message, "Bev"), turn.post)
        return Turn(turn.post, Traits(), Turn(theirs, Traits()))

    turns = [answer("b", "a"), answer("d", "c"), answer("e", "c")]
    assert names(Timeline(turns).thread(turns[2])) == "abcd"


def test_replies_in_a_ring_come_to_an_end() -> None:
    turns = [said("a", reply_to="b"), said("b", reply_to="a"), said("c", reply_to="c")]
    timeline = Timeline(turns)
    assert names(timeline.thread(turns[0])) == "b"
    assert names(timeline.thread(turns[2])) == ""


@pytest.mark.parametrize(
    ("posts", "visits"),
    [
        pytest.param(
            [said("a", DAY, joined=DAY), said("b", date(2026, 3, 9), joined=DAY)], [1, 2], id="days"
        ),
        pytest.param(
            [said("a", DAY, joined=DAY), said("b", DAY, joined=DAY)], [1, 1], id="one day, one visit"
        ),
        pytest.param([said("a", DAY), said("b", date(2026, 3, 9))], [None, None], id="joined when?"),
        pytest.param([said("a", joined=DAY), said("b", joined=DAY)], [None, None], id="said when?"),
        pytest.param([said("a", DAY, joined=DAY), said("b", joined=DAY)], [None, None], id="a mixture"),
        pytest.param([said("a", DAY, joined=date(2026, 3, 5))], [None], id="before they joined"),
        pytest.param([said("a", DAY, joined=DAY, room="")], [None], id="no room"),
    ],
)
def test_a_visit_is_worked_out_where_it_can_be_known(posts: list[Turn], visits: list[int | None]) -> None:
    found = with_visits([turn.post for turn in posts])
    assert [post.context.visit for post in found] == visits
    assert [post.context.stage for post in found] == ["arrive" if visit == 1 else "" for visit in visits]


@pytest.mark.parametrize(
    ("first", "last", "days", "hours"),
    [
        (DAY, date(2026, 3, 4), 2, None),
        ("2026-03-02T18:00", "2026-03-03T06:30", 1, 12.5),
        ("2026-03-02T18:00", DAY, 0, None),
        (None, DAY, None, None),
        ("2026-03-02T23:30+00:00", "2026-03-03T00:30+01:00", 0, 0.0),
    ],
)
def test_how_long_it_was(first: str, last: str, days: int | None, hours: float | None) -> None:
    assert days_between(said("a", first), said("b", last)) == days
    assert hours_between(said("a", first), said("b", last)) == hours


TIMES = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 2, 1)), st.datetimes())


@given(
    st.lists(
        st.tuples(
            TIMES,
            st.sampled_from(["r", "s"]),
            st.sampled_from(["us", "them", ""]),
            st.sampled_from(["", "0", "1", "7"]),
        )
    )
)
def test_any_posts_make_a_timeline(parts: list[tuple[date | None, str, str, str]]) -> None:
    turns = [
        said(str(number), time, room, author, reply_to=reply)
        for number, (time, room, author, reply) in enumerate(parts)
    ]
    timeline = Timeline(turns)
    for turn in turns:
        row = timeline.row(turn)
        assert not row or turn in row
        assert turn not in list(timeline.before(turn))
        assert turn not in timeline.thread(turn)
