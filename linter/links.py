"""Links in a post as X knows them: with `https://` or without, in any script."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from linter.lexicon import list_lines, rules_root
from linter.text import Span

MAX_LINK = 4096
MAX_LABEL = 63
"""The longest part of a host's name between two dots, as the Domain Name System spells it."""
MAX_SLUG = 40
"""The longest name after `t.co/` that X takes for one of its own short links."""

_LATIN = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272"
    "\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_CYRILLIC = "\u0400-\u04ff"
_NO_CHARACTER = "\ufeff\ufffe\uffff"
# What stands in no host's name; whatever else there is may, in any script.
_BARRED = (
    re.escape("!#$%&'()*+,/:;<=>?@[\\]^{|}~")
    + "\t-\r \u0085\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # spaces
    + "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # signs of direction
    + _NO_CHARACTER
)
_LETTER = rf"[^{_BARRED}._-]"
_RUN = re.compile(rf"{_LETTER}[^{_BARRED}]*+")
_START = re.compile(rf"(?<![A-Za-z0-9@＠$#＃{_NO_CHARACTER}]){_LETTER}")
_SCHEME = re.compile(rf"(?<![A-Za-z0-9@＠$#＃{_NO_CHARACTER}])https?://\Z", re.IGNORECASE)
_LONGEST_SCHEME = len("https://") + 1
_NOT_BEFORE_A_BARE_HOST = "-_./"
_LATIN_LABELS = re.compile(rf"(?:[-a-z0-9{_LATIN}]+\.)+", re.IGNORECASE)
_PUNYCODE = re.compile(r"xn--[-0-9a-z]+", re.IGNORECASE)
_JOINED_ON = re.compile(r"[0-9A-Za-z@+-]")
"""A letter after which what looked like a top-level domain is none: foo.comm, john.doe.gov@mail."""

_IN_PATH = rf"[a-z0-9{_CYRILLIC}{_LATIN}!*';:=+,.$/%#\[\]\u2013_~@|&-]"
_ROUND = rf"\((?:{_IN_PATH}++(?:\({_IN_PATH}++\){_IN_PATH}*+)?|\({_IN_PATH}++\){_IN_PATH}*+)\)"
_PATH = re.compile(rf"/(?:{_IN_PATH}++|{_ROUND})*+", re.IGNORECASE)
_PATH_END = re.compile(rf"[a-z0-9{_CYRILLIC}{_LATIN}+=_#/)-]", re.IGNORECASE)
_QUERY = re.compile(r"\?[a-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*+", re.IGNORECASE)
_QUERY_END = re.compile(r"[a-z0-9_&=#/-]", re.IGNORECASE)
_PORT = re.compile(r":[0-9]+")
_SHORT = re.compile(r"https?://t\.co/([a-z0-9]+)", re.IGNORECASE)


def links(text: str, bare: bool = True) -> Iterator[Span]:
    """Every link in order of place; `bare` ones have no `https://` before them."""
    done = -1  # up to here, not including, all has been taken: the next link needs a character between
    for run in _RUN.finditer(text) if "." in text else ():
        hosts = _Hosts(text, *run.span())
        while (start := hosts.next(done)) is not None:
            host = Span(start, hosts.end_from(start))
            first = _scheme_at(text, start, done) if start == run.start() else None
            path_at, end = _tail(text, host.end)
            if not _is_link(text, host, end - (start if first is None else first)):
                pass
            elif first is not None:
                yield from _with_scheme(text, first, end)
            elif bare and (start == 0 or text[start - 1] not in _NOT_BEFORE_A_BARE_HOST):
                yield from _bare(text, host, path_at, end)
            done = end


class _Hosts:
    """A run of what may stand in a host's name, and where hosts begin and end in it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start, self.end = start, end
        self.dots = [i for i in range(start, end) if text[i] == "."]
        self.after = [_tld_end(text, dot + 1, len(text)) for dot in self.dots]
        self.reach = self._reach() if any(self.after) else []

    def _reach(self) -> list[int]:
        """For each dot, the furthest end of a host that goes on behind it with whole labels; 0 for none."""
        reach = [0] * len(self.dots)
        for i in range(len(self.dots) - 2, -1, -1):
            first, last = self.dots[i] + 1, self.dots[i + 1]
            if last > first and self.text[first] not in "_-" and self.text[last - 1] not in "_-":
                named = "_" not in self.text[first:last]
                reach[i] = reach[i + 1] or (self.after[i + 1] if named else 0)
        return reach

    def next(self, done: int) -> int | None:
        """Where the first host begins with a character to spare after `done`."""
        if not self.reach:
            return None
        if done < 0 and self.start == 0 and _START.match(self.text, 1) and self.end_from(1):
            return 1  # where it can, X takes the very first character for one that stands before a link
        for match in _START.finditer(self.text, max(self.start, done + 1), self.dots[-1]):
            if self.end_from(match.start()):
                return match.start()
        return None

    def end_from(self, start: int) -> int:
        """Where the longest host ends that begins at a place; 0 where none does."""
        i = bisect_left(self.dots, start)
        if i == len(self.dots) or self.text[self.dots[i] - 1] in "._-":
            return 0
        if self.reach[i]:
            return self.reach[i]
        return self.after[i] if self.after[i] and "_" not in self.text[start : self.dots[i]] else 0


def _scheme_at(text: str, start: int, done: int) -> int | None:
    """Where `https://` begins that ends at a place, if it may begin there."""
    match = _SCHEME.search(text, max(start - _LONGEST_SCHEME, 0), start)
    return match.start() if match and (match.start() > done or match.start() == 0) else None


def _tail(text: str, host_end: int) -> tuple[int, int]:
    """Where the path would begin, and where the link ends: after port, path and query."""
    port = _PORT.match(text, host_end)
    path_at = end = port.end() if port else host_end
    path = _PATH.match(text, end)
    if path:
        end = _trimmed(text, path.start() + 1, path.end(), _PATH_END)
    query = _QUERY.match(text, end)
    if query:
        last = _trimmed(text, query.start() + 1, query.end(), _QUERY_END)
        end = last if last > query.start() + 1 else end
    return path_at, end


def _trimmed(text: str, least: int, end: int, last: re.Pattern[str]) -> int:
    while end > least and not last.match(text, end - 1):
        end -= 1
    return end


def _with_scheme(text: str, first: int, end: int) -> Iterator[Span]:
    short = _SHORT.match(text, first, end)
    if short is None:
        yield Span(first, end)
    elif len(short[1]) <= MAX_SLUG:
        query = _QUERY.match(text, short.end(), end)
        last = _trimmed(text, query.start() + 1, query.end(), _QUERY_END) if query else 0
        yield Span(first, last if query and last > query.start() + 1 else short.end())


def _bare(text: str, host: Span, path_at: int, end: int) -> Iterator[Span]:
    """The hosts in Latin letters; what follows the whole belongs to the last of them if it begins with a path."""
    found = _latin_hosts(text, host)
    if found and text[path_at : path_at + 1] == "/":
        found[-1] = Span(found[-1].start, end)
    yield from found


def _latin_hosts(text: str, host: Span) -> list[Span]:
    """Hosts in Latin letters inside another: X finds three in `here.jp日本語it.so中国語foo.jp`."""
    found: list[Span] = []
    at = host.start
    while labels := _LATIN_LABELS.search(text, at, host.end):
        at = labels.end()
        for dot in [i for i in range(labels.end() - 1, labels.start(), -1) if text[i] == "."]:
            if last := _tld_end(text, dot + 1, host.end):
                found.append(Span(labels.start(), last))
                at = last
                break
    return found


def _is_link(text: str, host: Span, length: int) -> bool:
    """Whether the Domain Name System could hold the host, and X the whole."""
    name = text[host.start : host.end]
    if len("https://") + length > MAX_LINK or (name.startswith("xn--") and not _latin_hosts(text, host)):
        return False
    return all(_is_label(label) for label in name.split("."))


def _is_label(label: str) -> bool:
    if label.isascii() or len(label) > MAX_LABEL:
        return 0 < len(label) <= MAX_LABEL
    return len(f"xn--{label.encode('punycode').decode()}") <= MAX_LABEL


def _tld_end(text: str, at: int, stop: int) -> int:
    """Where the top-level domain ends that begins at a place and is joined to nothing; 0 for none."""
    names = _top_level_domains()
    for end in range(min(at + _longest(), stop), at + 1, -1):
        if text[at:end].lower() in names and not _JOINED_ON.match(text, end, stop):
            return end
    punycode = _PUNYCODE.match(text, at, stop)
    return punycode.end() if punycode else 0


@cache
def _top_level_domains() -> frozenset[str]:
    text = (rules_root() / "platforms" / "top-level-domains.txt").read_text("utf-8")
    return frozenset(name for _, name in list_lines(text))


@cache
def _longest() -> int:
    return max(map(len, _top_level_domains()))
