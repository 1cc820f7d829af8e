"""What was said before: the posts of a run in their order, by room, by author and by thread.

A *turn* is one post with what rules that look back need to know of it. Turns of one author in one room stand in a
row: by day where every one of them has a date, by place in the input where none has, and nowhere where some have and
some have not, since then nobody can tell what came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from linter.finding import Finding, Level
from linter.post import Context, Message, Post, Room
from linter.post_keys import with_stage
from linter.text import Span


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a text the rules that look back need.

    `moves` holds, by the name under which a rule asks for it, where the text first does it; `gist` the words that
    say what it is about, each by its stem; `heat` is its aggressiveness (0-100). A text that is not English enough has
    none of them.
    """

    words: int = 0
    english: bool = True
    moves: Mapping[str, Span] = field(default_factory=dict)
    gist: frozenset[str] = frozenset()
    heat: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at a post gave: what there is to say of it by itself, its traits, and whether it is a pleasure.

    A post is `welcoming` that thanks somebody, asks something for the answer's sake, and hears no warning.
    """

    findings: tuple[Finding, ...]
    traits: Traits
    welcoming: bool = False

    def with_more(self, findings: tuple[Finding, ...]) -> Seen:
        """The same with further findings, all in order of place."""
        if not findings:
            return self
        every = sorted((*self.findings, *findings), key=lambda one: (one.span, -one.level, one.rule))
        welcoming = self.welcoming and all(finding.level < Level.WARNING for finding in findings)
        return Seen(tuple(every), self.traits, welcoming)


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """A post on its timeline.

    `answers` is the message it replies to, as a turn of its own, where its words are known; `day` the day it was said
    on, None where that is not known.
    """

    post: Post
    traits: Traits
    answers: Turn | None = None
    day: date | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "day", day_of(self.post.context.time))

    @property
    def context(self) -> Context:
        """The post's context."""
        return self.post.context

    @property
    def is_reply(self) -> bool:
        """Whether it answers somebody."""
        return self.context.reply_to is not None or self.context.stage == "reply"


Row = Sequence[Turn]
Key = tuple[str, str, str]
"""Platform, room and author."""


def row_key(context: Context) -> Key | None:
    """To whose row in which room a post belongs; by platform where no room is named, None where too little is known."""
    if not context.author or not (context.room.name or context.platform):
        return None
    return context.platform, context.room.name, context.author


class Timeline:
    """The turns of a run, in order of input, and the rows and threads that they make."""

    def __init__(self, turns: Iterable[Turn], rooms: Mapping[str, Room] | None = None) -> None:
        self.turns = list(turns)
        self.rooms = rooms or {}
        self._by_id = {turn.post.id: turn for turn in reversed(self.turns)}
        rows: dict[Key, list[Turn]] = defaultdict(list)
        threads: dict[tuple[str, str], list[Turn]] = defaultdict(list)
        self._replies: dict[str, list[Turn]] = defaultdict(list)
        self._answered_to: dict[Key | None, list[Turn]] = {}
        for turn in self.turns:
            if key := row_key(turn.context):
                rows[key].append(turn)
            if turn.context.thread:
                threads[turn.context.platform, turn.context.thread].append(turn)
            if turn.context.reply_to and turn.context.reply_to.id:
                self._replies[turn.context.reply_to.id].append(turn)
        self._rows = {key: in_order(row) for key, row in rows.items()}
        self._threads = {key: in_order(row) for key, row in threads.items()}
        self._in_row, self._in_thread = _places(self._rows.values()), _places(self._threads.values())
        self._by_author: dict[str, list[Turn]] = defaultdict(list)
        for turn in self.turns:
            self._by_author[turn.context.author].append(turn)
        self._first_of_month = {
            id(turn) for row in self._by_author.values() for turn in _firsts_of_months(row)
        }

    def row(self, turn: Turn) -> Row:
        """The author's turns in this room, in order; none where the order cannot be told."""
        key = row_key(turn.context)
        return (self._rows.get(key) or ()) if key else ()

    def before(self, turn: Turn) -> Iterator[Turn]:
        """The author's earlier turns in this room, the latest first."""
        row = self.row(turn)
        return (row[at] for at in range(self._in_row.get(id(turn), 0) - 1, -1, -1))

    def is_dated(self, turn: Turn) -> bool:
        """Whether the row of a turn stands in order of days."""
        return bool(self.row(turn)) and turn.day is not None

    def of_author(self, author: str) -> list[Turn]:
        """An author's turns in every room, in order of input."""
        return self._by_author.get(author, [])

    def is_first_of_its_month(self, turn: Turn) -> bool:
        """Whether a turn is the first that its author said anywhere in its month."""
        return id(turn) in self._first_of_month

    def replied_to(self, turn: Turn) -> Turn | None:
        """What a turn answers, as far as its words are known."""
        message = turn.context.reply_to
        found = self._by_id.get(message.id) if message and message.id else None
        return turn.answers if found is None or found is turn else found

    def anothers_message(self, turn: Turn) -> Turn | None:
        """What somebody else said that a turn answers; none where the author answers their own words."""
        theirs = self.replied_to(turn)
        author = turn.context.author
        return None if theirs is None or theirs.context.author == author != "" else theirs

    def replies(self, turn: Turn) -> list[Turn]:
        """The turns that answer this one, in order of input."""
        return self._replies.get(turn.post.id, [])

    def answered_to(self, turn: Turn) -> list[Turn]:
        """What others answered to the author's turns in this room, at any time."""
        key = row_key(turn.context)
        if key not in self._answered_to:
            answers = [reply for one in self.row(turn) for reply in self.replies(one)]
            nobody_else = ("", turn.context.author)
            self._answered_to[key] = [one for one in answers if one.context.author not in nobody_else]
        return self._answered_to[key]

    def thread(self, turn: Turn) -> list[Turn]:
        """What was said in a turn's thread before it, by whomever, the earliest first.

        The thread is what shares its `thread`; without one, the chain of messages it replies to. What earlier
        turns answered stands among them where it is known only from there.
        """
        context = turn.context
        if context.thread:
            row = self._threads.get((context.platform, context.thread)) or []
            earlier = row[: self._in_thread.get(id(turn), 0)]
        else:
            earlier = self._chain(turn)
        return list(_with_answered([*earlier, turn], turn, self))

    def _chain(self, turn: Turn) -> list[Turn]:
        chain: list[Turn] = []
        seen = {id(turn)}
        above = self.replied_to(turn)
        while above is not None and id(above) not in seen:
            seen.add(id(above))
            chain.append(above)
            above = self.replied_to(above)
        return chain[::-1]


def _with_answered(row: Iterable[Turn], present: Turn, timeline: Timeline) -> Iterator[Turn]:
    """Each turn of a row after the message that it answers, which is given once though several quote it."""
    given = {id(present)}
    said: set[tuple[str, str]] = set()
    for turn in row:
        answered = timeline.replied_to(turn)
        for one in (answered, turn):
            if one is None or id(one) in given:
                continue
            words = one.context.author, one.post.text
            if one is turn or words not in said:
                yield one
            given.add(id(one))
            said.add(words)


def _firsts_of_months(turns: Iterable[Turn]) -> Iterable[Turn]:
    """Of one author's turns the first of each month that any was said in."""
    firsts: dict[tuple[int, int], tuple[date, Turn]] = {}
    for turn in turns:
        if day := turn.day:
            month = day.year, day.month
            if month not in firsts or day < firsts[month][0]:
                firsts[month] = day, turn
    return [turn for _, turn in firsts.values()]


def _places(rows: Iterable[Row]) -> dict[int, int]:
    """At which place of its row each turn stands."""
    return {id(turn): place for row in rows for place, turn in enumerate(row)}


def in_order(turns: list[Turn]) -> list[Turn]:
    """Turns, given by place, in the order in which they were said; none where that cannot be told."""
    days = [turn.day for turn in turns]
    if all(day is None for day in days):
        return turns
    if any(day is None for day in days):
        return []
    by_day: dict[date, list[Turn]] = defaultdict(list)
    for day, turn in zip(days, turns, strict=True):
        if day is not None:
            by_day[day].append(turn)
    return [turn for day in sorted(by_day) for turn in _within_a_day(by_day[day])]


def _within_a_day(turns: list[Turn]) -> list[Turn]:
    times = [moment(turn.context.time) for turn in turns]
    if any(time is None for time in times):
        return turns
    return [
        turn for _, turn in sorted(zip(times, turns, strict=True), key=lambda pair: pair[0] or datetime.min)
    ]


def day_of(time: datetime | date | None) -> date | None:
    """The day of a time."""
    known = moment(time)
    return known.date() if known else time


def moment(time: datetime | date | None) -> datetime | None:
    """A time of day, in UTC where its zone is known; None for a day alone."""
    if not isinstance(time, datetime):
        return None
    return time.astimezone(UTC).replace(tzinfo=None) if time.tzinfo else time


def days_between(earlier: Turn, later: Turn) -> int | None:
    """Whole days from one turn to another, None where either has no date."""
    if earlier.day is None or later.day is None:
        return None
    return (later.day - earlier.day).days


def hours_between(earlier: Turn, later: Turn) -> float | None:
    """Hours from one turn to another, None where either has no time of day."""
    first, last = moment(earlier.context.time), moment(later.context.time)
    return None if first is None or last is None else (last - first).total_seconds() / 3600


def with_visits(posts: Sequence[Post]) -> list[Post]:
    """The posts, each with the number of its visit worked out where it is not given but can be known.

    It can where the day of joining is known, every post of the author in the room has a date, and none is earlier
    than that day: then the first is visit 1, and each later day with a post one more.
    """
    rows: dict[Key, list[int]] = defaultdict(list)
    for place, post in enumerate(posts):
        if key := row_key(post.context):
            rows[key].append(place)
    found = list(posts)
    for places in rows.values():
        days = [day_of(posts[place].context.time) for place in places]
        joined = next((room.joined for place in places if (room := posts[place].context.room).joined), None)
        if joined is None or any(day is None or day < joined for day in days):
            continue
        number = {day: at for at, day in enumerate(sorted({day for day in days if day}), 1)}
        for place, day in zip(places, days, strict=True):
            context = posts[place].context
            if day and context.visit is None and context.room.name:
                found[place] = replace(posts[place], context=with_stage(replace(context, visit=number[day])))
    return found


def message_post(message: Message, turn_of: Post) -> Post:
    """A message replied to, as a post: somebody else's words, where the reply stands."""
    context = Context(
        room=turn_of.context.room, platform=turn_of.context.platform, author=message.author,
        thread=turn_of.context.thread,
    )  # fmt: skip
    return Post(message.id, message.text, turn_of.source, context)
