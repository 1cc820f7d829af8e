"""What somebody has written on the page, and the file that it would be."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

import yaml

from linter.errors import Mistake, MistakesError, listed, nearest
from linter.post_keys import half_emoji

NAME = "post.txt"
"""The file that a draft is taken away as: plain, since nothing that is pasted into a feed is Markdown."""
_WIDEST = 1 << 30
_MISREAD = ("---", "\ufeff")
"""A text that begins so may be taken for front matter, or lose its first character."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The words, and what is known of where they go; an empty field is not known."""

    text: str
    platform: str = ""
    room: str = ""
    room_kind: str = ""
    stage: str = ""
    date: str = ""

    @property
    def file(self) -> str:
        """The draft as a file: what is known as front matter, each on one line, then the words as they are."""
        given = {one.name: " ".join(getattr(self, one.name).split()) for one in fields(self)}
        known = {name: value for name, value in given.items() if value and name != "text"}
        if not known and not self.text.startswith(_MISREAD):
            return self.text
        keys = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=_WIDEST) if known else ""
        return f"---\n{keys}---\n{self.text}"

    @property
    def fault(self) -> str:
        """What to say of a draft that cannot be kept in a file; else nothing."""
        return half_emoji(self.text)


KEYS = tuple(one.name for one in fields(Draft))


def read_draft(body: bytes) -> Draft:
    """A draft from the JSON that the page sends. Raises MistakesError where it is something else."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):  # no JSON, no UTF-8, or nested too deep
        raise _mistake("this is no JSON; expected an object such as {“text”: “Hello”}") from None
    if not isinstance(given, dict):
        raise _mistake("this is no object; expected one such as {“text”: “Hello”}")
    for key, value in given.items():
        if key not in KEYS:
            raise _mistake(f"`{key}` is no key of a draft; those are {listed(KEYS)}{nearest(key, KEYS)}")
        if not isinstance(value, str):
            raise _mistake(f"`{key}` holds {json.dumps(value)[:40]} where words were expected")
    if "text" not in given:
        raise _mistake("there is no `text`, which holds the words")
    return Draft(**given)


def _mistake(reason: str) -> MistakesError:
    return MistakesError([Mistake("draft", None, reason)])
