"""What is known of the platforms: how long a post may be there, and how they count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple
from unicodedata import is_normalized

from linter.errors import Mistake, MistakesError
from linter.fields import Fields
from linter.lexicon import rules_root
from linter.post import PLATFORMS
from linter.post_keys import read_day
from linter.yamlfile import Mapping, Scalar, read_yaml

COUNTS = ("characters", "graphemes", "bytes", "weighted")
BY_ITS_BYTES = AS_SHOWN = -1


class Measure(NamedTuple):
    """One limit of a platform, and how its length is counted.

    `counts` is one of COUNTS. `weighted`: the code points in `single` weigh 1, others `other`. `emoji` is what an
    emoji counts and `url` what a link counts, 0 where their letters do; or BY_ITS_BYTES and AS_SHOWN.
    """

    limit: int
    counts: str
    single: tuple[range, ...] = ()
    other: int = 1
    emoji: int = 0
    url: int = 0
    bare_urls: bool = False
    local_handles: bool = False

    def surely_within(self, limit: float, text: str) -> bool:
        """Whether a text is so short that it need not be counted, as most posts are."""
        room = limit - max(self.url, 0) * text.count(".")
        if text.isascii():
            return len(text) <= room
        if self.counts == "weighted":
            if not is_normalized("NFC", text):
                return 3 * self.other * len(text) <= room  # composing may take a letter apart, into three
            heavy = self.other * len(text)
            return heavy <= room or (
                len(text) <= room
                and len(text) + (self.other - 1) * sum(ord(c) not in self.single[0] for c in text) <= room
            )
        return (4 if self.counts == "bytes" or self.emoji < 0 else 1) * len(text) <= room


class Platform(NamedTuple):
    """What is known of a platform: since when, from where, and its limits, the one people know first."""

    name: str
    as_of: date
    source: str
    measures: tuple[Measure, ...]

    @property
    def limit(self) -> int:
        """The greatest length of a post, in the platform's own count."""
        return self.measures[0].limit


@cache
def platform(name: str) -> Platform | None:
    """What `rules/platforms/<name>.yaml` says; None for a name that is no platform. Raises MistakesError."""
    entry = rules_root() / "platforms" / f"{name}.yaml"
    return read_platform(entry.read_text("utf-8"), f"platforms/{name}.yaml") if name in PLATFORMS else None


def read_platform(text: str, path: str) -> Platform:
    """A platform from YAML. Raises MistakesError with everything that cannot be read."""
    node = read_yaml(text, path)
    if not isinstance(node, Mapping):
        raise MistakesError(
            [Mistake(path, 1, "a platform is a group of keys: platform, as_of, source, limit, …")]
        )
    fields = Fields(node, path, [])
    name = fields.choice("platform", PLATFORMS, required=True)
    as_of = read_day(fields, "as_of")
    source = fields.text("source", required=True)
    measures = [_read_measure(fields), *map(_read_measure, fields.groups("also"))]
    fields.finish()
    if "as_of" not in node.items:
        fields.note(fields.line("as_of"), "`as_of` says on which day this was so: limits change")
    if fields.mistakes or as_of is None:
        raise MistakesError(fields.mistakes)
    return Platform(name, as_of, source.strip(), tuple(measures))


def _read_measure(fields: Fields) -> Measure:
    measure = Measure(
        limit=int(fields.number("limit", required=True) or 0),
        counts=fields.choice("counts", COUNTS, required=True),
        single=tuple(_read_codes(fields)),
        other=int(fields.number("other") or 1),
        emoji=_read_whole(fields, "emoji", "bytes"),
        url=_read_whole(fields, "url", "shown"),
        bare_urls=fields.flag("bare_urls"),
        local_handles=fields.choice("remote_handles", ("local",)) == "local",
    )
    if fields.name == "also":
        fields.finish()
    return measure


def _read_whole(fields: Fields, key: str, word: str) -> int:
    """A number, or a word for what no number can say."""
    node = fields.node(key)
    if isinstance(node, Scalar) and node.text == word:
        return BY_ITS_BYTES
    return int(fields.number(key) or 0)


def _read_codes(fields: Fields) -> Iterator[range]:
    for codes in fields.strings("single"):
        first, _, last = codes.partition("-")
        try:
            yield range(int(first, 16), int(last, 16) + 1)
        except ValueError:
            fields.note(fields.line("single"), f"`{codes}` is no range of code points such as 2000-200D")
