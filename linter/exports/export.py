"""What a reader of an export is, and what every one of them needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from linter.exports.archive import Archive, UnusableError
from linter.exports.items import items
from linter.post import Context, Message, Note, Post, Room, Source, Unreadable
from linter.post_keys import with_stage
from linter.readers.reading import make_post


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is no post of the author's: what it is, in the plural."""

    what: str


Read = Post | Unreadable | Note | LeftOut
Record = Callable[[], Iterable[Read]]
"""One entry of a source, read when it is called: to pass over many costs little, and several processes may share them."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """The team's rooms by what a source calls them: the name of a group, a link, an account."""

    by_label: Mapping[str, Room] = field(default_factory=dict)

    def room(self, *labels: str) -> Room:
        """The first room that one of the labels stands for; else a room by the first name that is none of the links."""
        for label in labels:
            if (room := self._known(label.strip().casefold())) is not None:
                return room
        name = next(
            (label for label in labels if label and not label.startswith(("http://", "https://"))), ""
        )
        return Room(name)

    def _known(self, label: str) -> Room | None:
        if not label:
            return None
        if label in self.by_label:
            return self.by_label[label]
        if label.startswith(("http://", "https://")):
            bare = label.split("://", 1)[1].removeprefix("www.").rstrip("/")
            starts = (name for name in self.by_label if "/" in name)
            return next(
                (self.by_label[name] for name in starts if f"{bare}/".startswith(f"{_bare(name)}/")), None
            )
        return None


def _bare(link: str) -> str:
    return link.split("://", 1)[-1].removeprefix("www.").rstrip("/")


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says about a source: its columns by our keys, how it writes dates, its rooms, who its author is."""

    columns: Mapping[str, str] = field(default_factory=dict)
    date_format: str = ""
    rooms: Rooms = field(default_factory=Rooms)
    author: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of source: whether an archive is one, its records in order, and what it is read from.

    `lacking` are names by which an archive is known that is the platform's and holds nothing to read, each with what to say of it.
    """

    fits: Callable[[Archive], bool]
    records: Callable[[Archive, Options], Iterator[Record]]
    read_from: str = ""
    lacking: tuple[tuple[re.Pattern[str], str], ...] = ()

    def lacks(self, archive: Archive) -> str:
        """What to say of an archive of the platform with nothing to read in it; nothing, where it is none."""
        found = (said for name, said in self.lacking if any(map(name.search, archive.names)))
        return next(found, "")


def each_item(
    archive: Archive, name: str, read: Callable[[str, int, Any], Iterable[Read]]
) -> Iterator[Record]:
    """A record for each item of a JSON member, read by a function of the place, the number of the item and the item.

    What cannot be read on is a record too, which says so.
    """
    place = archive.place(name)
    number = 0
    try:
        with archive.open(name) as stream:
            for number, item in enumerate(items(stream), 1):
                yield partial(read, place, number, item)
    except (UnusableError, OSError) as error:
        yield partial(_unusable, place, number, str(error))


def _unusable(place: str, number: int, reason: str) -> Iterable[Read]:
    after = f"after item {number:,}: " if number else ""
    return [Unreadable(place, None, f"{after}{reason}")]


def all_items(archive: Archive, name: str) -> tuple[list[Any], list[Unreadable]]:
    """Every item of a small member at once, and why the rest of it could not be read."""
    found: list[Any] = []
    try:
        with archive.open(name) as stream:
            found.extend(items(stream))
    except (UnusableError, OSError) as error:
        return found, [Unreadable(archive.place(name), None, str(error))]
    return found, []


@contextmanager
def as_expected(place: str, number: int, found: list[Read], by_line: bool = False) -> Iterator[None]:
    """What a record holds in another shape than expected becomes a place and a reason, and the rest goes on.

    `number` counts the items, or is the line where a record begins.
    """
    line, before = (number, "") if by_line else (None, f"item {number:,}: ")
    try:
        yield
    except KeyError as error:
        found.append(Unreadable(place, line, f"{before}no field {error}"))
    except (TypeError, AttributeError):
        found.append(Unreadable(place, line, f"{before}a field of another kind than expected"))
    except ValueError as error:
        found.append(Unreadable(place, line, f"{before}{error}"))


def post(place: str, number: int, post_id: str, text: str, context: Context) -> Read:
    """A post of an export; one without words is left out."""
    if not text.strip():
        return LeftOut("posts without words")
    source = Source(place, number, record=True)
    return make_post(post_id or f"{place}:{number}", text, source, with_stage(context))


def in_room(context: Context, room: Room) -> Context:
    """The context in a room, with what is known of the room."""
    return replace(context, room=room, platform=room.platform or context.platform)


def reply(to: object, author: object = "") -> Message | None:
    """The message replied to, where it has an id."""
    return Message(id=str(to), author=str(author or "")) if to else None


def from_timestamp(value: object) -> datetime:
    """A time from seconds since 1970. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"`timestamp` holds {value!r} where seconds were expected")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        raise ValueError(f"`timestamp` holds {value!r}, which is no time") from None


def from_format(value: object, form: str) -> datetime:
    """A time by a format of strptime. Raises ValueError."""
    try:
        found = datetime.strptime(str(value), form)
    except ValueError:
        raise ValueError(
            f"a date `{value}`, expected one such as {datetime(2026, 5, 1, 18, 30, tzinfo=UTC):{form}}"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def from_iso(value: object) -> datetime:
    """An ISO time, in UTC where it does not say. Raises ValueError."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"a date `{value}`, expected one such as 2026-05-01T18:30:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
