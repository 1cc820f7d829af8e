"""A run: what was given is judged, in order, and what else is known to have been said is heard."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from linter.config import Config
from linter.finding import Finding
from linter.hindsight import Look, judged, stands_in_time
from linter.kept import Kept, stamp
from linter.post import Note, Post, Unreadable
from linter.repository import tracked_drafts
from linter.timeline import Seen, Traits
from linter.workspace import Read, Workspace, as_given


@dataclass(frozen=True, slots=True)
class Judged:
    """A post with all there is to say of it. One that was only `heard` is somebody else's, as the configuration has it."""

    post: Post
    config: Config
    seen: Seen
    findings: tuple[Finding, ...] = ()
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What there is to say about a configuration itself."""

    finding: Finding
    config: Config


Outcome = Judged | Remark | Unreadable | Note


@dataclass(slots=True)
class Past:
    """How a run learns what was said before: the team's other drafts from the disk, looks as earlier runs kept them."""

    workspace: Workspace

    def others(self, posts: list[Post], config: Config) -> Iterator[Post]:
        """The team's drafts that were not given; what in them cannot be read is said when they are."""
        if config.path is None:
            return
        given = {os.path.realpath(post.source.path) for post in posts}
        for path in tracked_drafts(config):
            if os.path.realpath(path) not in given:
                posts_there = self.workspace.posts_of(as_given(path), config)
                yield from (post for post in posts_there if stands_in_time(post.context))

    @contextmanager
    def look(self, posts: list[Post], config: Config) -> Iterator[Look]:
        """How the posts given, and the others, are looked at."""
        linter = self.workspace.linter_for(config)
        with closing(Kept(linter, stamp(self.workspace, config, linter))) as kept:
            yield Look(kept.seen, kept.traits)


def run(
    workspace: Workspace, items: Iterable[tuple[Read, Config]], past: Past | None = None
) -> Iterator[Outcome]:
    """What there is to say of every post, in the order given, each as soon as nothing can bear on it any more.

    A post that stands in no room, no thread and answers nobody is judged at once. From the first that does, posts are
    held until all are read, since what was said before may come later in the input.
    """
    held: list[tuple[Read, Config]] = []
    for item, config in items:
        if held or (isinstance(item, Post) and _waits(item, workspace, config)):
            held.append((item, config))
        else:
            yield from _at_once(item, workspace, config)
    yield from _together(held, past or Past(workspace))
    yield from (Remark(finding, config) for finding, config in workspace.amiss())


def _waits(post: Post, workspace: Workspace, config: Config) -> bool:
    return stands_in_time(post.context) and workspace.linter_for(config).looks_back


def _at_once(item: Read, workspace: Workspace, config: Config) -> Iterator[Outcome]:
    if not isinstance(item, Post):
        yield item
        return
    if is_anothers(item, config):
        yield Judged(item, config, Seen((), Traits()), heard=True)
    else:
        seen = workspace.linter_for(config).seen(item, for_later=False)
        yield Judged(item, config, seen, workspace.leaves_for(config).settled(item, seen.findings))


def is_anothers(post: Post, config: Config) -> bool:
    """Whether a record is by somebody else than the author that the configuration names."""
    return bool(post.source.record and config.author and post.context.author != config.author)


def _together(held: list[tuple[Read, Config]], past: Past) -> Iterator[Outcome]:
    """The outcomes of all that was held, in order; each configuration's posts are judged among themselves."""
    by_config: dict[Path | None, list[int]] = defaultdict(list)
    for place, (item, config) in enumerate(held):
        if isinstance(item, Post):
            by_config[config.path].append(place)
    judgements: dict[int, Judged] = {}
    for places in by_config.values():
        posts = [post for place in places if isinstance(post := held[place][0], Post)]
        found = _judged(posts, held[places[0]][1], past)
        judgements.update(zip(places, found, strict=True))
    for place, (item, _) in enumerate(held):
        outcome = judgements.get(place)
        if outcome is not None:
            yield outcome
        elif not isinstance(item, Post):
            yield item


def _judged(posts: list[Post], config: Config, past: Past) -> Iterator[Judged]:
    """Each of the posts given under one configuration, in the order given."""
    linter, leaves = past.workspace.linter_for(config), past.workspace.leaves_for(config)
    asked = {id(post) for post in posts if not is_anothers(post, config)}
    placed = _by_place(posts, list(past.others(posts, config)))
    heard = frozenset(place for place, post in enumerate(placed) if id(post) not in asked)
    with past.look(posts, config) as look:
        found = judged(placed, linter, look, config.rooms, heard)
        by_post = {
            id(post): Judged(placed_post, config, seen, leaves.settled(placed_post, seen.findings))
            if id(post) in asked
            else Judged(placed_post, config, seen, heard=True)
            for post, (placed_post, seen) in zip(placed, found, strict=True)
        }
    return iter([by_post[id(post)] for post in posts])


def _by_place(posts: list[Post], others: list[Post]) -> list[Post]:
    """Drafts in order of their paths, then records in order of input."""

    def place(post: Post) -> tuple[bool, str]:
        record = post.source.record
        return record, "" if record else os.path.abspath(post.source.path)

    return sorted([*posts, *others], key=place) if others else posts
