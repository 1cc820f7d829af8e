"""A draft: Markdown or text, with front matter or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from linter import yamlfile
from linter.errors import Mistake, MistakesError
from linter.fields import Fields
from linter.post import Context, Note, Post, Source, Unreadable
from linter.post_keys import read_context
from linter.readers.reading import MAX_BYTES, ReadOptions, decode, make_post
from linter.yamlfile import Mapping, read_yaml

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n|\Z)")
_CLOSE = re.compile(r"(?:(?<=\r)|(?<=\n))(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)")
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_draft(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Post | Unreadable | Note]:
    """The one post of a draft, or every mistake in its front matter."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield Unreadable(path, None, f"larger than {MAX_BYTES:,} bytes")
        return
    text = decode(data, path)
    if isinstance(text, Unreadable):
        yield text
        return
    try:
        yield _post(text, path, options)
    except MistakesError as error:
        yield from (Unreadable(mistake.path, mistake.line, mistake.reason) for mistake in error.mistakes)


def _post(text: str, path: str, options: ReadOptions) -> Post | Unreadable:
    fence = _FENCE.match(text)
    markdown = path.lower().endswith((".md", ".markdown"))
    default_id = options.relative(Path(path))
    if not fence:
        return make_post(default_id, text, Source(path, markdown=markdown), Context())
    close = _CLOSE.search(text, fence.end())
    if close is None:
        return Unreadable(
            path, 1, "the front matter that `---` opens is never closed; end it with a line of `---`"
        )
    front, body = text[fence.end() : close.start()], text[close.end() :]
    before = text[: close.end()]
    line = 1 + len(_LINE_END.findall(before))
    post_id, context = _front_matter(front, path, options)
    return make_post(
        post_id or default_id, body, Source(path, line, markdown=markdown, front=before), context
    )


def _front_matter(front: str, path: str, options: ReadOptions) -> tuple[str, Context]:
    if len(front) > yamlfile.MAX_BYTES:
        raise MistakesError(
            [Mistake(path, 1, f"front matter of more than {yamlfile.MAX_BYTES:,} characters")]
        )
    node = read_yaml(_LINE_END.sub("\n", front), path, first_line=2)
    if node is None:
        return "", Context()
    fields = Fields(node if isinstance(node, Mapping) else Mapping(2, {}, {}), path, [])
    if not isinstance(node, Mapping):
        fields.note(2, f"front matter holds {node} where keys such as `platform: facebook` were expected")
    if "text" in fields.mapping.items:
        fields.asked.add("text")
        fields.note(fields.line("text"), "`text` stands in front matter; a draft's text is what follows it")
    post_id = fields.text("id")
    context = read_context(fields, lambda key: key.startswith("x-") or key in options.extra_keys)
    if fields.mistakes:
        raise MistakesError(sorted(fields.mistakes, key=lambda mistake: mistake.line or 0))
    return post_id, context
