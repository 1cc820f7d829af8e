"""Posts judged together: each by itself, then by what was said before it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from linter.engine import Linter
from linter.finding import Finding
from linter.post import Context, Post, Room
from linter.rule import Example
from linter.timeline import Seen, Timeline, Traits, Turn, message_post, row_key, with_visits

_AUTHOR = "author"
"""Who says an example that names nobody, and what was said before it."""


def stands_in_time(context: Context) -> bool:
    """Whether what was said before can bear on a post: it has its place in a room, in a thread, or answers somebody."""
    return row_key(context) is not None or context.reply_to is not None or bool(context.thread)


@dataclass(frozen=True, slots=True)
class Look:
    """How posts are looked at, one at a time: by a linter, or as kept from an earlier run."""

    seen: Callable[[Post], Seen]
    traits: Callable[[Post], Traits]

    @classmethod
    def afresh(cls, linter: Linter) -> Look:
        """By a linter, every time."""
        return cls(linter.seen, linter.traits)


def judged(
    posts: Sequence[Post],
    linter: Linter,
    look: Look | None = None,
    rooms: Mapping[str, Room] | None = None,
    heard: Collection[int] = (),
) -> Iterator[tuple[Post, Seen]]:
    """Each post, its visit worked out where it can be, with all there is to say of it, in the order given.

    `rooms` are the team's. Posts at places in `heard` (somebody else's, or the team's own that were not asked about)
    take part in the timeline and get no findings.
    """
    look = look or Look.afresh(linter)
    placed = with_visits(posts)
    own = [
        Seen((), look.traits(post)) if place in heard else look.seen(post)
        for place, post in enumerate(placed)
    ]
    turns = [Turn(post, seen.traits, _answered(post, look)) for post, seen in zip(placed, own, strict=True)]
    timeline = Timeline(turns, rooms)
    for place, (turn, seen) in enumerate(zip(turns, own, strict=True)):
        hindsight = () if place in heard else tuple(linter.in_hindsight(turn, timeline))
        yield turn.post, seen.with_more(hindsight)


def _answered(post: Post, look: Look) -> Turn | None:
    message = post.context.reply_to
    if message is None or not message.text:
        return None
    theirs = message_post(message, post)
    return Turn(theirs, look.traits(theirs))


def judged_example(example: Example, linter: Linter) -> list[Finding]:
    """Whatever any rule says of an example, by itself and by its history, also where several speak of the same words.

    Earlier posts stand in the example's own room and are by its author where they do not say otherwise.
    """
    context = _with_author(example.context) if example.history or example.rooms else example.context
    earlier = [replace(post, context=_beside(post.context, context)) for post in example.history]
    posts = [*earlier, replace(example.post, context=context)]
    look = Look(partial(linter.seen, settle=False), linter.traits)
    return list(list(judged(posts, linter, look, example.rooms))[-1][1].findings)


def _with_author(context: Context) -> Context:
    named = context.room.name or context.platform
    room = context.room if named else replace(context.room, name="room")
    return replace(context, author=context.author or _AUTHOR, room=room)


def _beside(earlier: Context, context: Context) -> Context:
    return replace(
        earlier,
        author=earlier.author or context.author,
        platform=earlier.platform or context.platform,
        room=context.room if not earlier.room.name else earlier.room,
        thread=earlier.thread,
    )
