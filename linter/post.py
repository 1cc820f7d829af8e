"""A post, and what is known of where and when it was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from linter.text import Lines, Span

PLATFORMS = ("facebook", "twitter", "linkedin", "instagram", "bluesky", "mastodon", "threads")
PLATFORM_ALIASES = {"x": "twitter"}
ROOM_KINDS = ("party", "community", "business", "public")
STAGES = ("arrive", "talk", "offer", "reply")
IMPRINTS = ("inline", "bio", "link")
MAX_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Room:
    """A group or feed as a room full of people. `joined` is the day on which the author entered it."""

    name: str = ""
    platform: str = ""
    kind: str = ""
    joined: date | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody else said, to which a post replies. Empty text where only its id is known."""

    text: str = ""
    author: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a post. `alt` is None where nobody wrote one."""

    file: str
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Allow:
    """Leave for a post in spite of a rule: why, and the last day on which it holds (None: for good)."""

    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Where, when and to whom a post is said. An empty or None field is not known."""

    room: Room = Room()
    platform: str = ""
    stage: str = ""
    visit: int | None = None
    author: str = ""
    time: datetime | date | None = None
    reply_to: Message | None = None
    thread: str = ""
    images: tuple[Image, ...] = ()
    paid: bool | None = None
    election: bool | None = None
    imprint: str = ""
    lang: str = ""
    url: str = ""
    allow: Mapping[str, Allow] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """Where a post came from.

    `path` is as the user gave it, or `<stdin>`. `line` is the file's line on which the text begins, for a
    draft, or the record's first physical line. In a `record` (JSONL, CSV) lines and columns are counted
    inside the decoded text. `front` is what stands before the text in a draft's file: its front matter with both
    fences, empty where there is none; `front` and the text together are the file.
    """

    path: str
    line: int = 1
    record: bool = False
    markdown: bool = False
    front: str = field(default="", repr=False)


@dataclass(frozen=True)
class Post:
    """One post: its words, its context and where it came from."""

    id: str
    text: str
    source: Source
    context: Context = Context()

    @cached_property
    def lines(self) -> Lines:
        """The line table of the text."""
        return Lines(self.text)

    def place(self, offset: int) -> tuple[int, int, int]:
        """File line, column and line inside the text, all from 1, of an offset into the text."""
        text_line, column = self.lines.place(offset)
        line = self.source.line if self.source.record else self.source.line + text_line - 1
        return line, column, text_line

    @property
    def whole_file(self) -> Post:
        """A draft with its front matter as if that were text: for what there is to say about front matter."""
        source = replace(self.source, line=1, front="")
        return replace(self, text=self.source.front + self.text, source=source)

    def words(self, span: Span) -> str:
        """The words of a span, on one line."""
        return " ".join(self.text[span.start : span.end].split())


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something given that could not be read as a post: where, what was found, what may stand there."""

    path: str
    line: int | None
    reason: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth saying about an input that fails nothing."""

    path: str
    line: int | None
    reason: str
