"""The second pass: what there is to say of posts by what was said before them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from linter.hindsight import Look, judged
from linter.post import Post
from linter.review.look import Kept, Looker
from linter.timeline import Seen, Traits


def in_hindsight(
    group: list[tuple[int, Kept]], looker: Looker
) -> Iterator[tuple[int, list[dict[str, Any]], int | None]]:
    """Each post of a group that nothing outside it bears on, with its findings and how many answered it; posts of others are only heard."""
    posts = [kept.post for _, kept in group]
    heard = frozenset(at for at, (_, kept) in enumerate(group) if kept.heard)
    look = _Remembered(group, looker)
    found = judged(posts, looker.linter, Look(look.seen, look.traits), looker.config.rooms, heard)
    answers = answers_to([kept for _, kept in group])
    for (place, kept), (post, seen), count in zip(group, found, answers, strict=True):
        if not kept.heard:
            yield place, looker.findings(post, seen), count


def answers_to(group: Sequence[Kept]) -> list[int | None]:
    """How many posts of others answer each post; None where nobody else is heard on its platform, so that nothing can be seen."""
    others = [kept.post for kept in group if kept.heard]
    heard_on = {post.context.platform for post in others}
    counted = Counter(post.context.reply_to.id for post in others if post.context.reply_to)
    return [counted[kept.post.id] if kept.post.context.platform in heard_on else None for kept in group]


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
