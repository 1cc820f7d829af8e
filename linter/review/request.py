"""What is reviewed, and how; and by what a broken-off review is known again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from linter.config import Config
from linter.errors import Mistake, MistakesError
from linter.exports import Options, Record, Rooms, records
from linter.fields import Fields
from linter.kept import stamp
from linter.post import ROOM_KINDS, Room
from linter.post_keys import read_day, read_platform
from linter.review.look import Looker
from linter.workspace import Workspace
from linter.yamlfile import Mapping as YamlMapping
from linter.yamlfile import read_yaml


@dataclass(frozen=True, slots=True)
class Request:
    """What is reviewed, and how: sources in order, each with its kind where a person said it."""

    sources: tuple[str, ...]
    kind: str = ""
    options: Options = field(default_factory=Options)
    with_text: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rule_paths: tuple[Path, ...] = ()
    config_path: Path | None = None

    def records(self) -> Iterator[Record]:
        """The records of every source in order."""
        for source in self.sources:
            yield from records(source, self.options, self.kind)

    def looker(self, config: Config | None = None, today: date | None = None) -> Looker:
        """A linter of its own for each process; the configuration is this folder's, and leave is looked at today, where nothing else is said."""
        from linter.in_force import Choice

        choice = Choice(self.select, self.ignore)
        workspace = Workspace(
            choice=choice,
            rule_paths=self.rule_paths,
            config_path=self.config_path,
            today=today or date.today(),
        )
        return Looker(workspace, config or workspace.config_for(Path()), self.with_text)

    def stamp(self) -> str:
        """What the outcome depends on: the sources as they are now, what was asked, rules, configuration, versions."""
        looker = self.looker()
        digest = blake2b(stamp(looker.workspace, looker.config, looker.linter), digest_size=16)
        digest.update(repr(self).encode("utf-8", "surrogateescape"))
        digest.update(files_stamp(self.sources))
        return digest.hexdigest()


def files_stamp(paths: Iterable[str]) -> bytes:
    """What is another once a file of these, or below these folders, is another: names, sizes and times."""
    digest = blake2b(digest_size=16)
    for source in paths:
        for path in _files(source):
            about = os.stat(path)
            digest.update(f"{path}|{about.st_size}|{about.st_mtime_ns}".encode("utf-8", "surrogateescape"))
    return digest.digest()


def size(paths: Iterable[str]) -> int:
    """How many bytes files have, and those below folders."""
    return sum(os.stat(path).st_size for source in paths for path in _files(source))


def _files(source: str) -> Iterator[str]:
    if os.path.isfile(source):
        yield source
    for place, folders, files in os.walk(source):
        folders.sort()
        yield from (os.path.join(place, name) for name in sorted(files))


def _once(sources: Iterable[str]) -> tuple[str, ...]:
    """Sources as they were named first: one that is named again, be it in other words, would be counted twice."""
    places = {os.path.realpath(source): source for source in reversed(list(sources))}
    return tuple(reversed(places.values()))


def read_rooms(path: Path | None, config: Config) -> Rooms:
    """Rooms by what sources call them: those of the configuration by their names, and a file's, with the labels under `from`.

    Raises MistakesError with every mistake of the file.
    """
    known = {name.casefold(): room for name, room in config.rooms.items()}
    return Rooms({**known, **(_rooms_in(path) if path else {})})


def _rooms_in(path: Path) -> Mapping[str, Room]:
    try:
        node = read_yaml(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise MistakesError([Mistake(str(path), None, f"cannot be read: {error}")]) from None
    fields = Fields(node if isinstance(node, YamlMapping) else YamlMapping(1, {}, {}), str(path), [])
    if not isinstance(node, YamlMapping):
        fields.note(
            1,
            "rooms by name were expected, such as `parents: {platform: facebook, from: [Millbeck Parents]}`",
        )
    found: dict[str, Room] = {}
    for name in fields.mapping.items:
        group = fields.group(name)
        if group is None:
            continue
        kind, platform = group.choice("kind", ROOM_KINDS), read_platform(group, "platform")
        room = Room(name, platform, kind, read_day(group, "joined"))
        found |= {label.casefold(): room for label in (name, *group.strings("from"))}
        group.finish()
    if fields.mistakes:
        raise MistakesError(fields.mistakes)
    return found


def request_of(options: Mapping[str, Any]) -> Request:
    """What a person asked for on the command line. Raises MistakesError for a file of rooms that cannot be read."""
    asked = Request(
        sources=_once(options["sources"]),
        kind=options["kind"],
        options=Options(options["columns"], options["date_format"]),
        with_text=options["with_text"] or options["report"] is not None,
        select=tuple(options["select"]),
        ignore=tuple(options["ignore"]),
        rule_paths=tuple(options["rule_paths"]),
        config_path=options.get("config_path"),
    )
    config = asked.looker().config
    rooms = read_rooms(options["rooms_path"], config)
    return replace(asked, options=replace(asked.options, rooms=rooms, author=config.author))
