"""How long a post is for the platform it is meant for, which need not be what an editor counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from linter.platforms import Measure
from linter.text import Span

_LONGEST_PATH, _CUT_PATH = 15, 13 + len("...")
_HOST_AND_PATH = re.compile(r"[a-z]+://([^/?#]*)/?(.*)", re.DOTALL | re.IGNORECASE)
_CHARACTER = re.compile(r"\r\n|.", re.DOTALL)
_REMOTE_HANDLE = re.compile(r"(?<![\w/@])(@\w+(?:[.-]\w+)*)@\w[\w-]*(?:\.[\w-]+)+")


def length(text: str, measure: Measure) -> int:
    """The length of a text by one measure; a line end is one character."""
    return sum(weight for _, weight in _parts(_composed(text, measure), measure))


def beyond(text: str, measure: Measure, limit: float) -> Span | None:
    """What is too much of a text, or None: from the first part that does not fit within the limit to the end."""
    composed = _composed(text, measure)
    if measure.surely_within(limit, composed):
        return None
    reached = 0
    for start, weight in _parts(composed, measure):
        reached += weight
        if reached > limit:
            return Span(start if composed == text else _place_before(text, start), len(text))
    return None


def _composed(text: str, measure: Measure) -> str:
    """X counts é as one character, also where it was typed as e and an accent."""
    return unicodedata.normalize("NFC", text) if measure.counts == "weighted" else text


def _place_before(text: str, place: int) -> int:
    """Where in a text that stands which has a place when it is composed."""
    found = reached = 0
    for piece in _graphemes().findall(text):
        reached += len(unicodedata.normalize("NFC", piece))
        if reached > place:
            break
        found += len(piece)
    return found


def _parts(text: str, measure: Measure) -> Iterator[tuple[int, int]]:
    """Where each part begins that counts as one, and what it counts."""
    at = 0
    for span, weight in sorted(_wholes(text, measure)):
        if span.start < at:
            continue
        yield from _letters(text, at, span.start, measure)
        yield span.start, weight
        at = span.end
    yield from _letters(text, at, len(text), measure)


def _wholes(text: str, measure: Measure) -> Iterator[tuple[Span, int]]:
    """Links and handles that count otherwise than their letters."""
    if measure.url:
        from linter.links import links  # late: its patterns are dear to make, and few posts come near a limit

        for span in links(text, measure.bare_urls):
            yield span, measure.url if measure.url > 0 else _shown(text[span.start : span.end])
    if measure.local_handles:
        for match in _REMOTE_HANDLE.finditer(text):
            yield Span(*match.span()), len(match[1])


def _shown(link: str) -> int:
    """The length of a link as Bluesky shows it: the host, and what follows as far as there is room for it."""
    parts = _HOST_AND_PATH.fullmatch(link)
    host, path = (parts[1], link[parts.end(1) :]) if parts else (link, "")
    shown = 0 if path == "/" else len(path) if len(path) <= _LONGEST_PATH else _CUT_PATH
    return len(host) + shown


def _letters(text: str, start: int, end: int, measure: Measure) -> Iterator[tuple[int, int]]:
    pattern: Any = _CHARACTER
    if not text.isascii():
        pattern = _graphemes() if measure.counts == "graphemes" else _emoji() if measure.emoji else _CHARACTER
    for match in pattern.finditer(text, start, end):
        yield match.start(), _weight(match, measure)


def _weight(match: re.Match[str], measure: Measure) -> int:
    """What one grapheme, emoji or character counts."""
    part = match[0]
    if match.lastgroup == "emoji" and measure.emoji > 0:
        return measure.emoji
    if measure.counts == "graphemes" or part == "\r\n":
        return 1
    if measure.counts == "bytes" or match.lastgroup == "emoji":
        return len(part.encode("utf-8", "surrogatepass"))
    return measure.other if measure.single and not any(ord(part) in codes for codes in measure.single) else 1


@cache
def _graphemes() -> Any:
    """What a reader takes for one character."""
    import regex

    return regex.compile(r"\X")


@cache
def _emoji() -> Any:
    """One emoji, however many code points it is made of, in the group `emoji`; else one character."""
    import regex

    more = r"\p{ExtPict}(?:\ufe0f|\p{EMod})?"
    first = (
        r"\p{EBase}\p{EMod}|\p{EPres}\ufe0f?[\U000e0020-\U000e007f]*|\p{ExtPict}\ufe0f|\p{ExtPict}(?=\u200d)"
    )
    return regex.compile(
        rf"(?P<emoji>\p{{RI}}{{2}}|[0-9#*]\ufe0f?\u20e3|(?:{first})(?:\u200d{more})*)|\r\n|.", regex.DOTALL
    )
