"""What a format is, and what every format needs to be safe on a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from linter.finding import Finding
from linter.post import Post
from linter.rule import Rule
from linter.text import Span

# Controls, and the marks that turn the direction of what follows: neither may reach a terminal from a post.
_UNSAFE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Style:
    """How to write for people: in colour or not, how wide, and the rules that speak."""

    colour: bool = False
    width: int = 100
    rules: Mapping[str, Rule] = field(default_factory=dict)


Format = Callable[[Iterable[Finding], Style], Iterator[str]]
"""Findings in, pieces of output out, each with its line end."""


def safe(text: str) -> str:
    """Text from a post or path with whatever could command a terminal made visible, one character for one."""
    return _UNSAFE.sub("\ufffd", text.replace("\t", " "))


def columns(text: str) -> int:
    """How many cells a text takes on a terminal."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char) or char in "\u200d\ufe0f\u200b" or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def first_sentence(finding: Finding) -> Span:
    """What to show for a finding about something missing: the first line that says anything."""
    return first_line(finding.post)


def first_line(post: Post) -> Span:
    """The first line of a post that says anything."""
    start = len(post.text) - len(post.text.lstrip())
    line, _ = post.lines.place(start)
    return Span(start, post.lines.span(line).end)
