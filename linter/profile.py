"""Profiles: what a platform, a kind of room or a stage changes in the rules, inherited and overridden."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from linter.checks.kind import Bounded
from linter.config import read_switch
from linter.errors import Mistake, MistakesError, nearest
from linter.fields import Fields
from linter.lexicon import rules_root
from linter.rule import Change, Rule, Where
from linter.rulefile import PROFILES, RuleFile, read_id, read_where
from linter.yamlfile import Mapping as YamlMapping
from linter.yamlfile import Node, read_yaml


class Profile(NamedTuple):
    """What holds in one kind of context. `inherits` is the id of another, or empty; `rules` are changes by rule id."""

    id: str
    title: str
    why: str
    inherits: str
    where: Where
    rules: Mapping[str, Change]
    path: str
    line: int


def packaged_profiles() -> Iterator[RuleFile]:
    """The packaged profiles."""
    folder = rules_root() / PROFILES
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name) if folder.is_dir() else ():
        if entry.name.endswith(".yaml"):
            yield RuleFile(
                f"rules/{PROFILES}/{entry.name}", PROFILES, entry.read_text("utf-8"), packaged=True
            )


def team_profiles(path: Path) -> Iterator[RuleFile]:
    """The profiles in a folder of the team's own rules. Raises MistakesError where one cannot be read."""
    folder = path / PROFILES
    for file in sorted({*folder.glob("*.yaml"), *folder.glob("*.yml")}) if folder.is_dir() else ():
        try:
            yield RuleFile(str(file), PROFILES, file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise MistakesError([Mistake(str(file), None, f"cannot be read: {error}")]) from None


def read_profiles(files: Iterable[RuleFile], mistakes: list[Mistake]) -> list[Profile]:
    """Profiles from YAML, the more particular later; whatever cannot be read is added to `mistakes`."""
    files = list(files)
    profiles: dict[str, Profile] = {}
    for file in files:
        try:
            profile = _read_profile(file, mistakes)
        except MistakesError as error:
            mistakes += error.mistakes
            continue
        if profile and profile.id in profiles:
            reason = f"the id `{profile.id}` is taken by {profiles[profile.id].path}"
            mistakes.append(Mistake(file.path, 1, reason))
        elif profile:
            profiles[profile.id] = profile
    mistakes += _wrong_parents(profiles, {file.stem for file in files})
    return sorted(profiles.values(), key=lambda profile: _rank(profile, profiles))


def with_profiles(rules: Iterable[Rule], profiles: list[Profile], mistakes: list[Mistake]) -> list[Rule]:
    """The rules with what profiles change in them; names and numbers that fit no rule are added to `mistakes`."""
    by_id = {rule.id: rule for rule in rules}
    wheres = _wheres(profiles)
    changes: dict[str, list[Change]] = {}
    for profile in profiles:
        for rule_id, change in profile.rules.items():
            mistakes += _misfits(profile, rule_id, change, by_id)
            changes.setdefault(rule_id, []).append(change._replace(wheres=wheres[profile.id]))
    return [
        replace(rule, changes=tuple(changes[rule.id])) if rule.id in changes else rule
        for rule in by_id.values()
    ]


def in_packaged_profiles(rules: Iterable[Rule]) -> list[Rule]:
    """The rules with what the packaged profiles change in those of them that they name."""
    return with_profiles(rules, read_profiles(packaged_profiles(), []), [])


def _wheres(profiles: Iterable[Profile]) -> dict[str, tuple[Where, ...]]:
    """Where each profile's changes hold: where it does itself, and where one does that inherits from it."""
    by_id = {profile.id: profile for profile in profiles}
    found: dict[str, list[Where]] = {profile_id: [] for profile_id in by_id}
    for profile in by_id.values():
        for ancestor in _line_of(profile, by_id):
            found[ancestor.id].append(profile.where)
    return {profile_id: tuple(wheres) for profile_id, wheres in found.items()}


def _line_of(profile: Profile, profiles: Mapping[str, Profile]) -> list[Profile]:
    """A profile, what it inherits from, what that inherits from, and so on; a circle is gone round once."""
    line = [profile]
    while line[-1].inherits in profiles and profiles[line[-1].inherits] not in line:
        line.append(profiles[line[-1].inherits])
    return line


def _rank(profile: Profile, profiles: Mapping[str, Profile]) -> tuple[int, int, str]:
    """What is more particular ranks higher: more keys under `where`, then a child over its parent, then by name."""
    line = _line_of(profile, profiles)
    return max(len(one.where.values) for one in line), len(line), profile.id


def _wrong_parents(profiles: Mapping[str, Profile], known: Collection[str]) -> Iterator[Mistake]:
    """Parents that are none, or that descend from their children; `known` are ids, readable or not."""
    for profile in profiles.values():
        last = _line_of(profile, profiles)[-1]
        if profile.inherits and profile.inherits not in known:
            hint = nearest(profile.inherits, known)
            yield Mistake(
                profile.path,
                profile.line,
                f"`inherits` names `{profile.inherits}`, which is no profile{hint}",
            )
        elif last.inherits in profiles:
            circle = " → ".join([*(one.id for one in _line_of(profile, profiles)), last.inherits])
            yield Mistake(profile.path, profile.line, f"`inherits` goes round in a circle: {circle}")


def _misfits(profile: Profile, rule_id: str, change: Change, rules: Mapping[str, Rule]) -> Iterator[Mistake]:
    if rule_id not in rules:
        reason = f"`rules` names `{rule_id}`, which is no rule{nearest(rule_id, rules)}"
        yield Mistake(profile.path, change.line, reason)
        return
    check = rules[rule_id].check
    bounds = check.bounds if isinstance(check, Bounded) else ()
    for key, number in (("over", change.over), ("under", change.under)):
        if number is not None and key not in bounds:
            has = f"it has `{bounds[0]}`" if bounds else "it has no threshold"
            yield Mistake(profile.path, change.line, f"`{rule_id}` takes no `{key}`: {has}")


def _read_profile(file: RuleFile, mistakes: list[Mistake]) -> Profile | None:
    node = read_yaml(file.text, file.path)
    if not isinstance(node, YamlMapping):
        mistakes.append(
            Mistake(file.path, 1, "a profile is a group of keys: id, title, why, inherits, where, rules")
        )
        return None
    before = len(mistakes)
    fields = Fields(node, file.path, mistakes)
    profile_id = read_id(fields, file)
    title, why = fields.text("title", required=True), fields.text("why", required=True)
    inherits = fields.text("inherits")
    where = read_where(fields)
    if where.words_at_least:
        fields.note(
            fields.line("where"), "a profile holds for a context, not for a length: no `words_at_least`"
        )
    group = fields.group("rules", required=True)
    changes = group.mapping.items.items() if group else ()
    rules = {rule_id: _read_change(group, rule_id, node) for rule_id, node in changes} if group else {}
    fields.finish()
    if len(mistakes) > before:
        return None
    return Profile(
        profile_id, title.strip(), why.strip(), inherits, where, rules, file.path, fields.line("inherits")
    )


def _read_change(group: Fields, rule_id: str, node: Node) -> Change:
    """`off`, a level, or `level`, `over` and `under`."""
    off, level, bounds = read_switch(
        group,
        rule_id,
        node,
        "`level`, `over` and `under`",
        lambda own: (own.number("over"), own.number("under")),
    )
    return Change(off, level, *(bounds or (None, None)), group.line(rule_id))
