"""Which configuration and which rules hold for which file, and the posts of a run in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from linter.allowing import Leaves
from linter.baseline import NAME as BASELINE
from linter.baseline import Baseline, read_baseline
from linter.config import DEFAULT, NAME, Config, Flags, find_config, in_context, read_config
from linter.engine import Linter
from linter.finding import Finding
from linter.in_force import Choice, rules_in_force
from linter.post import Note, Post, Source, Unreadable
from linter.profile import packaged_profiles, team_profiles
from linter.readers import ReadOptions, find_files, read, read_stdin
from linter.rule import Rule
from linter.rulefile import load_rules, packaged_files, packaged_ids, team_files

Read = Post | Unreadable | Note


@dataclass(slots=True)
class Workspace:
    """What a run was given, with configurations and linters made once each."""

    flags: Flags = field(default_factory=Flags)
    choice: Choice = field(default_factory=Choice)
    rule_paths: tuple[Path, ...] = ()
    config_path: Path | None = None
    _configs: dict[Path, Config] = field(default_factory=dict)
    baseline: bool | None = None
    """Whether known findings are let stand; None: as each configuration has it."""
    today: date = field(default_factory=date.today)
    whole: bool = False
    """Whether all posts of the configuration are read, not some that were named."""
    _linters: dict[Path | None, Linter] = field(default_factory=dict)
    _baselines: dict[Path | None, Baseline] = field(default_factory=dict)
    _leaves: dict[Path | None, Leaves] = field(default_factory=dict)

    def config_for(self, folder: Path) -> Config:
        """The configuration that holds in a folder. Raises MistakesError where it cannot be read."""
        folder = folder.absolute()
        if folder not in self._configs:
            path = self.config_path or find_config(folder)
            known = next((config for config in self._configs.values() if path and config.path == path), None)
            self._configs[folder] = known or (read_config(path) if path else DEFAULT)
        return self._configs[folder]

    @property
    def linters(self) -> list[Linter]:
        """The linters made so far."""
        return list(self._linters.values())

    def rules_for(self, config: Config, with_examples: bool = False, all_rules: bool = False) -> list[Rule]:
        """The rules in force under a configuration; or all there are, those switched off among them."""
        base = Path(config.folder)
        folders = [*(base / path for path in config.rule_paths), *self.rule_paths]
        team = (file for folder in folders for file in team_files(folder))
        if all_rules:
            return load_rules([*packaged_files(), *team], with_examples=with_examples)
        profiles = [*packaged_profiles(), *(file for folder in folders for file in team_profiles(folder))]
        return rules_in_force(packaged_files(), team, config, self.choice, with_examples, profiles)

    def linter_for(self, config: Config) -> Linter:
        """The linter for a configuration."""
        if config.path not in self._linters:
            self._linters[config.path] = Linter(self.rules_for(config))
        return self._linters[config.path]

    def leaves_for(self, config: Config) -> Leaves:
        """The leave that a configuration gives."""
        if config.path not in self._leaves:
            asked = {rule.id for rule in self.linter_for(config).rules}
            known, ids = self.baseline_for(config), self._every_id(config)
            self._leaves[config.path] = Leaves(config, ids, asked, self.today, known)
        return self._leaves[config.path]

    def baseline_path(self, config: Config) -> Path:
        """Where the baseline of a configuration lies."""
        return config.folder / (config.baseline or BASELINE)

    def baseline_for(self, config: Config) -> Baseline:
        """What a configuration's baseline lets stand; nothing where none is asked for. Raises MistakesError."""
        wanted = bool(config.baseline) if self.baseline is None else self.baseline
        if not wanted:
            return Baseline()
        if config.path not in self._baselines:
            path = as_given(self.baseline_path(config))
            self._baselines[config.path] = read_baseline(path, config.folder, config.relative)
        return self._baselines[config.path]

    def _every_id(self, config: Config) -> frozenset[str]:
        folders = [*(config.folder / path for path in config.rule_paths), *self.rule_paths]
        team = (file.stem for folder in folders for file in team_files(folder))
        return frozenset((*packaged_ids(), *team))

    def amiss(self) -> Iterator[tuple[Finding, Config]]:
        """What is amiss with the leave that the configurations of a run give, once all posts are judged."""
        for leaves in self._leaves.values():
            config = leaves.config
            amiss = self._amiss(leaves, self.whole)
            yield from ((finding, config) for finding in leaves.baseline.settled(amiss))

    def amiss_in(self, config: Config, whole: bool) -> Iterator[Finding]:
        """What is amiss with the leave that one configuration gives; what is unused only after a `whole` run."""
        return self._amiss(Leaves(config, self._every_id(config), (), self.today, Baseline()), whole)

    def _amiss(self, leaves: Leaves, whole: bool) -> Iterator[Finding]:
        config = leaves.config
        if config.path and config.allow:
            file = Post(NAME, config.text, Source(str(as_given(config.path))))
            yield from leaves.amiss_in_configuration(file, whole)

    def paths(self, given: Sequence[str]) -> list[str]:
        """The paths given; without any, the configuration's folder of posts, else this folder."""
        if given:
            return list(given)
        config = self.config_for(Path())
        self.whole = True
        return [str(as_given(config.folder / config.posts))] if config.path else ["."]

    def read(self, given: Sequence[str]) -> Iterator[tuple[Read, Config]]:
        """Every post of the paths, what could not be read among them, each under its configuration."""
        for found in find_files(self.paths(given), self.config_for):
            if isinstance(found, Unreadable):
                yield found, DEFAULT
                continue
            config = self.config_for(found.parent)
            for item in read(found, ReadOptions.of(config)):
                yield self._placed(item, config), config

    def posts_of(self, path: Path, config: Config) -> Iterator[Post]:
        """The posts of one file, what cannot be read passed over."""
        for item in read(path, ReadOptions.of(config)):
            if isinstance(placed := self._placed(item, config), Post):
                yield placed

    def read_stdin(self, data: bytes, filename: str | None) -> Iterator[tuple[Read, Config]]:
        """The posts of standard input, as if it were a file of that name."""
        config = self.config_for(Path(filename).parent if filename else Path())
        if filename and config.skips(Path(filename)):
            return
        for item in read_stdin(data, filename, ReadOptions.of(config)):
            yield self._placed(item, config), config

    def _placed(self, item: Read, config: Config) -> Read:
        return in_context(item, self.flags, config) if isinstance(item, Post) else item


def as_given(path: Path) -> Path:
    """A path as a person in this folder would write it."""
    here = Path().absolute()
    return path.absolute().relative_to(here) if path.absolute().is_relative_to(here) else path
