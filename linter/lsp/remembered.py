"""What the team's other drafts say, kept from one check to the next while they stay as they are on the disk."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from linter.config import Config
from linter.hindsight import Look, stands_in_time
from linter.post import Post
from linter.repository import index_of, tracked_drafts
from linter.run import Past
from linter.timeline import Traits
from linter.workspace import as_given

_SECONDS = 2
"""For so long a list of drafts holds where no git tells of changes."""


@dataclass(slots=True)
class _Draft:
    """The posts of a file, and of each text in it the traits; `seen` is the file's time and size when it was read."""

    seen: tuple[int, int]
    posts: tuple[Post, ...]
    traits: dict[str, Traits] = field(default_factory=dict)


@dataclass(slots=True)
class _List:
    """The team's drafts as last listed; `stamp` tells whether git's index, where there is one, is still the same."""

    index: Path | None
    stamp: tuple[int, int] | None = None
    paths: list[tuple[str, str]] = field(default_factory=list)

    def now(self) -> tuple[int, int]:
        """The index's time and size; without git, another number every few seconds."""
        try:
            found = os.stat(self.index) if self.index else None
        except OSError:  # nothing is tracked yet
            return 0, 0
        return (found.st_mtime_ns, found.st_size) if found else (int(time.monotonic() / _SECONDS), 0)


@dataclass(slots=True)
class Remembered(Past):
    """As a run learns it, but nothing twice. Looks at the draft being written are not kept: no two of them are alike."""

    _drafts: dict[tuple[Path | None, str], _Draft] = field(default_factory=dict)
    _lists: dict[Path, _List] = field(default_factory=dict)

    def others(self, posts: list[Post], config: Config) -> Iterator[Post]:
        """The team's drafts that were not given."""
        given = {os.path.realpath(post.source.path) for post in posts}
        for path, real in self._listed(config):
            if real not in given:
                yield from self._posts(path, config)

    @contextmanager
    def look(self, posts: list[Post], config: Config) -> Iterator[Look]:
        """Other drafts as remembered, else as earlier runs kept them; the posts given always afresh."""
        linter = self.workspace.linter_for(config)
        given = {post.source.path for post in posts}
        with ExitStack() as stack:
            kept: list[Look] = []

            def traits(post: Post) -> Traits:
                draft = self._drafts.get((config.path, post.source.path))
                if draft is None or post.source.path in given:
                    return linter.traits(post)
                if post.text not in draft.traits:
                    if not kept:
                        kept.append(stack.enter_context(Past(self.workspace).look(posts, config)))
                    draft.traits[post.text] = kept[0].traits(post)
                return draft.traits[post.text]

            yield Look(linter.seen, traits)

    def _listed(self, config: Config) -> list[tuple[str, str]]:
        """The team's drafts, each as a person would write its path, and its real one; listed anew as git's index changes."""
        if config.path is None:
            return []
        known = self._lists.get(config.path)
        if known is None:
            known = self._lists[config.path] = _List(index_of(config))
        stamp = known.now()
        if known.stamp != stamp:
            known.stamp = stamp
            known.paths = [(str(as_given(path)), os.path.realpath(path)) for path in tracked_drafts(config)]
        return known.paths

    def _posts(self, path: str, config: Config) -> tuple[Post, ...]:
        try:
            found = os.stat(path)
        except OSError:
            return ()
        seen = found.st_mtime_ns, found.st_size
        draft = self._drafts.get((config.path, path))
        if draft is None or draft.seen != seen:
            posts = self.workspace.posts_of(Path(path), config)
            draft = _Draft(seen, tuple(post for post in posts if stands_in_time(post.context)))
            self._drafts[config.path, path] = draft
        return draft.posts
