"""The second pass: what there is to say of posts by what was said before them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from linter.hindsight import Look, judged
from linter.post import Post
from linter.review.look import Kept, Looker
from linter.timeline import Seen, Traits


def findings_of(group: list[tuple[int, Kept]], looker: Looker) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The findings of each post of a group that nothing outside it bears on; posts of others are only heard."""
    posts = [kept.post for _, kept in group]
    heard = frozenset(at for at, (_, kept) in enumerate(group) if kept.heard)
    look = _Remembered(group, looker)
    found = judged(posts, looker.linter, Look(look.seen, look.traits), looker.config.rooms, heard)
    for (place, kept), (post, seen) in zip(group, found, strict=True):
        if not kept.heard:
            yield place, looker.findings(post, seen)


class _Remembered:
    """Looks of the first pass, in the order in which they are asked for: only a visit worked out since asks for a new one."""

    def __init__(self, group: list[tuple[int, Kept]], looker: Looker) -> None:
        self._looker = looker
        self._by_post = {(kept.post.id, kept.post.source): kept for _, kept in group}
        self._answered = {
            (kept.post.context.reply_to.id, kept.post.source, kept.post.context.reply_to.text): kept.answered
            for _, kept in group
            if kept.post.context.reply_to is not None
        }

    def seen(self, post: Post) -> Seen:
        kept = self._by_post[post.id, post.source]
        relevant = self._looker.linter.relevant
        if relevant(post.context) == relevant(kept.post.context):
            return kept.seen
        return self._looker.linter.seen(post)

    def traits(self, post: Post) -> Traits:
        kept = self._by_post.get((post.id, post.source))
        if kept is not None and kept.post.text == post.text:
            return kept.seen.traits
        answered = self._answered.get((post.id, post.source, post.text))
        return answered if answered is not None else self._looker.linter.traits(post)
