"""`.postlint.yaml`: where the posts live, which rooms there are, and what the team changes in the rules."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import TypeVar

from linter.errors import Mistake, MistakesError, nearest
from linter.fields import Fields, as_flag
from linter.finding import LEVELS, Level
from linter.lexicon import read_terms
from linter.post import Allow, Context, Post, Room
from linter.post_keys import read_reason, read_rooms
from linter.yamlfile import Mapping as YamlMapping
from linter.yamlfile import Node, Scalar, read_yaml

_T = TypeVar("_T")
NAME = ".postlint.yaml"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What a team changes in one rule: off, another level, more words. `line` is where it says so."""

    off: bool = False
    level: Level | None = None
    add: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave for some rules, by the place of a post's file (globs from the configuration's folder) or by its room.

    `line` is where it stands in the configuration.
    """

    rules: tuple[str, ...]
    posts: tuple[str, ...]
    rooms: tuple[str, ...]
    allow: Allow
    line: int


@dataclass(frozen=True, slots=True)
class Config:
    """One configuration; `path` is None where there is no file. `folder` is the one that paths start from."""

    path: Path | None = None
    folder: Path = Path()
    posts: str = "."
    author: str = ""
    party_names: tuple[str, ...] = ()
    party_rivals: tuple[str, ...] = ()
    rooms: Mapping[str, Room] = field(default_factory=dict)
    rules: Mapping[str, RuleChange] = field(default_factory=dict)
    rule_paths: tuple[str, ...] = ()
    fail_on: Level = Level.ERROR
    exclude: tuple[str, ...] = ()
    extra_keys: tuple[str, ...] = ()
    allow: tuple[Leave, ...] = ()
    baseline: str = ""
    text: str = field(default="", repr=False)

    def relative(self, path: Path) -> str:
        """A path from the configuration's folder, with `/`; as given where it lies elsewhere or there is no file."""
        if self.path is None:
            return path.as_posix()
        full, folder = _absolute(path), _absolute(self.folder)
        return full.relative_to(folder).as_posix() if full.is_relative_to(folder) else path.as_posix()

    def skips(self, path: Path) -> bool:
        """Whether a file lies outside `posts` or is excluded; `*` in `exclude` crosses folders."""
        if self.path is None:
            return False
        if not _absolute(path).is_relative_to(_absolute(self.folder / self.posts)):
            return True
        name = self.relative(path)
        return any(fnmatch(name, pattern) for pattern in self.exclude)


DEFAULT = Config()
"""What holds where there is no file."""


@dataclass(frozen=True, slots=True)
class Flags:
    """What the command line says of posts that do not say it themselves."""

    platform: str = ""
    room: str = ""
    stage: str = ""


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))


def owner_of(place: Path) -> int:
    """The number of the user to whom a folder belongs."""
    return place.stat().st_uid


def find_config(folder: Path) -> Path | None:
    """The nearest `.postlint.yaml` upwards, never above the repository nor in a folder of another owner.

    It is not looked for in the root or in the folder that holds people's homes, which are nobody's own.
    """
    here = _absolute(folder)
    shared = {Path(here.anchor), Path(os.path.expanduser("~")).parent}
    owner: int | None = None
    for place in (here, *(parent for parent in here.parents if parent not in shared)):
        # os.path's questions never raise: a folder may be closed to us, or its name longer than the system takes
        if not os.path.isdir(place):
            continue
        owner = owner_of(place) if owner is None else owner
        if owner_of(place) != owner:
            return None
        if os.path.isfile(place / NAME):
            return place / NAME
        if os.path.exists(place / ".git"):
            return None
    return None


def read_config(path: Path) -> Config:
    """The configuration in a file. Raises MistakesError with every mistake in it."""
    return config_from(_text(path, _shown(path)), path)


def config_from(text: str, path: Path) -> Config:
    """The configuration that a text would be if it stood in that file. Raises MistakesError with every mistake in it."""
    shown = _shown(path)
    node = read_yaml(text, shown)
    if node is None:
        return Config(path=path, folder=path.parent)
    if not isinstance(node, YamlMapping):
        raise MistakesError([Mistake(shown, node.line, f"{node} where keys such as `posts:` were expected")])
    fields = Fields(node, shown, [])
    config = replace(_read(fields, path), text=text)
    fields.finish()
    if fields.mistakes:
        raise MistakesError(sorted(fields.mistakes, key=lambda mistake: mistake.line or 0))
    return config


def _text(path: Path, shown: str) -> str:
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise MistakesError([Mistake(shown, None, f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        reason = f"the byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise MistakesError([Mistake(shown, line, reason)]) from None


def _shown(path: Path) -> str:
    here = Path().absolute()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)


def _read(fields: Fields, path: Path) -> Config:
    party = fields.group("party")
    names = party.strings("names") if party else ()
    rivals = party.strings("rivals") if party else ()
    if party:
        party.finish()
    return Config(
        path=path,
        folder=path.parent,
        posts=fields.text("posts", "."),
        author=fields.text("author"),
        party_names=names,
        party_rivals=rivals,
        rooms=read_rooms(fields),
        rules=_rules(fields),
        rule_paths=fields.strings("rule_paths"),
        fail_on=LEVELS[fields.choice("fail_on", LEVELS, "error")],
        exclude=fields.strings("exclude"),
        extra_keys=fields.strings("extra_keys"),
        baseline=fields.text("baseline"),
        allow=tuple(_leave(group) for group in fields.groups("allow")),
    )


def _leave(group: Fields) -> Leave:
    leave = Leave(
        rules=group.strings("rule"),
        posts=group.strings("posts"),
        rooms=group.strings("room"),
        allow=read_reason(group),
        line=group.mapping.line,
    )
    if not leave.rules:
        group.note(group.mapping.line, "an entry of `allow` says which `rule` it is about")
    elif not (leave.posts or leave.rooms):
        group.note(
            group.mapping.line,
            "an entry of `allow` says where: `posts` (a pattern such as drafts/2024/*) or `room`; for everywhere, switch the rule off under `rules`",
        )
    group.finish()
    return leave


def _rules(fields: Fields) -> dict[str, RuleChange]:
    group = fields.group("rules")
    if group is None:
        return {}
    return {rule_id: _change(group, rule_id, node) for rule_id, node in group.mapping.items.items()}


def _change(group: Fields, rule_id: str, node: Node) -> RuleChange:
    off, level, added = read_switch(
        group, rule_id, node, "`level` and `add`", lambda own: read_terms(own, "add")
    )
    return RuleChange(off, level, added or (), group.line(rule_id))


def read_switch(
    group: Fields, rule_id: str, node: Node, keys: str, more: Callable[[Fields], _T]
) -> tuple[bool, Level | None, _T | None]:
    """Whether a rule is off, its level, and `more` from a group of keys; where it is not one of these, a mistake is noted.

    `keys` names what may stand in the group, for people.
    """
    if isinstance(node, YamlMapping):
        own = Fields(node, group.path, group.mistakes, rule_id)
        level = own.choice("level", (*LEVELS, "off"))
        read = more(own)
        own.finish()
        return level == "off", LEVELS.get(level), read
    if as_flag(node) is False:
        return True, None, None
    if isinstance(node, Scalar) and node.text in LEVELS:
        return False, LEVELS[node.text], None
    hint = nearest(node.text, ("off", *LEVELS)) if isinstance(node, Scalar) else ""
    expected = f"off, suggestion, warning, error, or {keys}"
    group.note(node.line, f"`{rule_id}` holds {node}; expected {expected}{hint}")
    return False, None, None


def in_context(post: Post, flags: Flags, config: Config) -> Post:
    """The post with what it does not say filled in: from the flags, then from the configuration."""
    context = post.context
    name = context.room.name or flags.room
    known = config.rooms.get(name) or Room()
    room = Room(
        name=name,
        platform=known.platform,
        kind=context.room.kind or known.kind,
        joined=context.room.joined or known.joined,
    )
    filled = _filled(context, room, flags, config)
    return post if filled == context else replace(post, context=filled)


def _filled(context: Context, room: Room, flags: Flags, config: Config) -> Context:
    if room == context.room and not (flags.platform or flags.stage or config.author):
        return context
    return replace(
        context,
        room=room,
        platform=context.platform or flags.platform or room.platform,
        stage=context.stage or flags.stage,
        author=context.author or config.author,
    )
