"""JSONL: a JSON object a line, read as a stream."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any, BinaryIO

from linter.errors import Mistake, listed, shown
from linter.post import Note, Post, Source, Unreadable
from linter.post_keys import half_emoji, near_misses, read_record
from linter.readers.reading import MAX_BYTES, UTF16_MARKS, ReadOptions, decode, make_post

Rename = Callable[[dict[str, Any]], dict[str, Any]]
_PLAIN = {
    "Expecting value": "a value is missing",
    "Expecting ',' delimiter": "a comma or a bracket is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name enclosed in double quotes": "a name in double quotes is missing",
    "Unterminated string starting at": "a quotation mark without its second,",
    "Invalid control character at": "a tab or other control character that must be escaped,",
    "Extra data": "more than one object on the line,",
}


def read_jsonl(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Post | Unreadable | Note]:
    """A post for each line that is not blank; a line that is none is named and passed over."""
    noted: set[str] = set()
    for number, values in objects(stream, path):
        if isinstance(values, Unreadable):
            yield values
            continue
        for name, hint in near_misses(values.keys() - noted):
            yield Note(path, number, f"the field `{name}` is not read{hint}")
        noted |= values.keys()
        yield from record_posts(values, path, number)


def jsonl_records(
    stream: IO[bytes], path: str, renamed: Rename
) -> Iterator[Callable[[], Iterator[Post | Unreadable]]]:
    """Each line that is not blank, read when it is called; `renamed` gives a record's fields our names."""
    for number, line in enumerate(_lines(stream), 1):
        if line.strip():
            yield partial(jsonl_line, line, path, number, renamed)


def objects(stream: IO[bytes], path: str) -> Iterator[tuple[int, dict[str, Any] | Unreadable]]:
    """The object of each line that is not blank, with the line's number; one that is none is named."""
    for number, line in enumerate(_lines(stream), 1):
        if line.strip():
            yield number, _object(line, path, number)


def jsonl_line(line: bytes, path: str, number: int, renamed: Rename) -> Iterator[Post | Unreadable]:
    """What stands in one line."""
    values = _object(line, path, number)
    if isinstance(values, Unreadable):
        yield values
    else:
        yield from record_posts(renamed(values), path, number)


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines by `\\n`, none longer than one byte over the cap; the rest of a longer one is skipped, and of UTF-16 all but the first."""
    first = True
    while line := stream.readline(MAX_BYTES + 1):
        if first and line.startswith(UTF16_MARKS):
            yield line
            return
        first = False
        rest = line
        while len(rest) > MAX_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_BYTES + 1)
        yield line


def _object(line: bytes, path: str, number: int) -> dict[str, Any] | Unreadable:
    if len(line) > MAX_BYTES:
        return Unreadable(path, number, f"a line larger than {MAX_BYTES:,} bytes")
    text = decode(line, path, number)
    if isinstance(text, Unreadable):
        return text
    try:
        values = json.loads(text.rstrip("\r\n"))
    except json.JSONDecodeError as error:
        fault = _PLAIN.get(error.msg, f"{error.msg[:1].lower()}{error.msg[1:]}")
        return Unreadable(path, number, f"not JSON: {fault} at character {error.pos + 1}")
    except RecursionError:
        return Unreadable(path, number, "nested too deep")
    except ValueError as error:  # a number of more digits than Python reads
        return Unreadable(path, number, f"not JSON that can be read: {error}")
    if not isinstance(values, dict):
        return Unreadable(path, number, 'a record is an object such as {"text": "…"}')
    return values


def record_posts(values: dict[str, Any], path: str, number: int) -> Iterator[Post | Unreadable]:
    """The post of a record of plain values, or what is amiss with it."""
    text = values.get("text")
    if not isinstance(text, str):
        found = "is missing" if text is None else f"holds {_found(text)} where words were expected"
        names = f"; the fields here are {listed(map(shown, values))}" if text is None and values else ""
        yield Unreadable(path, number, f"`text` {found}{names}")
        return
    post_id = values.get("id")
    if post_id is not None and (isinstance(post_id, bool) or not isinstance(post_id, str | int)):
        yield Unreadable(path, number, "`id` is neither words nor a number")
        return
    if fault := half_emoji(str(post_id)):
        yield Unreadable(path, number, f"`id` holds {fault}")
        return
    mistakes: list[Mistake] = []
    context = read_record(values, path, number, mistakes)
    if mistakes:
        yield from (Unreadable(path, number, mistake.reason) for mistake in mistakes)
        return
    default = f"{path}:{number}"
    yield make_post(
        default if post_id in (None, "") else str(post_id), text, Source(path, number, record=True), context
    )


def _found(value: object) -> str:
    return (
        "a list"
        if isinstance(value, list)
        else "an object"
        if isinstance(value, dict)
        else json.dumps(value)[:40]
    )
