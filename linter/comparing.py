"""Rules heard over many posts: how much each says, and what changes from one set of rules to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from linter.changes import Changes
from linter.checks import CheckReader
from linter.engine import Linter
from linter.errors import Mistake, MistakesError
from linter.finding import Finding, Level
from linter.lexicon import packaged_lexicons
from linter.post import Post
from linter.profile import in_packaged_profiles
from linter.rule import Rule
from linter.rulefile import RuleFile, load_rules, packaged_files, rule_from, team_files
from linter.yamlfile import Mapping, Node, Scalar, read_yaml

PACKAGED = "packaged"
"""The name of the packaged rules where a folder may be named."""


@dataclass(slots=True)
class Noise:
    """Findings by rule over so many posts, and how many of those have one at warning or above."""

    posts: int = 0
    warned: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)


def noise(linter: Linter, posts: Iterable[Post]) -> Noise:
    """What a linter says of some posts, counted as `check` would show it."""
    heard = Noise()
    for post in posts:
        findings = linter.check(post)
        heard.posts += 1
        heard.warned += any(finding.level >= Level.WARNING for finding in findings)
        heard.by_rule.update(finding.rule for finding in findings)
    return heard


def difference(old: Linter, new: Linter, posts: Iterable[Post], most: int) -> Changes[Finding]:
    """How the findings of two linters differ over some posts, `most` of them kept for each rule and sort."""
    found = Changes[Finding](most)
    for post in posts:
        found.take(_by_place(old, post), _by_place(new, post))
    return found


def _by_place(linter: Linter, post: Post) -> dict[Hashable, Finding]:
    return {(one.rule, one.span): one for one in linter.check(post)}


def rule_set(name: str) -> list[Rule]:
    """The rules of a file or folder, or the packaged ones. Raises MistakesError with every mistake."""
    if name == PACKAGED:
        return in_packaged_profiles(load_rules(packaged_files(), with_examples=False))
    return rules_in_the_making(Path(name))


def rules_in_the_making(path: Path) -> list[Rule]:
    """The rules of a file or folder that have a `check`; whatever else is not there yet is filled in.

    Raises MistakesError for what stands there and cannot be read.
    """
    rules: list[Rule] = []
    mistakes: list[Mistake] = []
    for file in team_files(path):
        try:
            node = read_yaml(file.text, file.path)
        except MistakesError as error:
            mistakes += error.mistakes
            continue
        reader = CheckReader(file.stem, frozenset(packaged_lexicons()))
        whole = _filled(node if isinstance(node, Mapping) else Mapping(1, {}, {}), file)
        rule = rule_from(whole, file, reader, with_examples=False, mistakes=mistakes)
        if rule and (taken := next((one.path for one in rules if one.id == rule.id), None)):
            mistakes.append(Mistake(file.path, 1, f"the id `{rule.id}` is taken by {taken}"))
        elif rule:
            rules.append(rule)
    if mistakes:
        raise MistakesError(mistakes)
    return rules


_NOT_YET = {
    **dict.fromkeys(("title", "why", "suggestion", "false_alarms"), "not written yet"),
    "clause": "house",
    "level": str(Level.SUGGESTION),
    "message": "This rule has no message yet.",
}


def _filled(node: Mapping, file: RuleFile) -> Mapping:
    missing: dict[str, Node] = {
        key: Scalar(node.line, text, "str") for key, text in {"id": file.stem, **_NOT_YET}.items()
    }
    return replace(node, items=missing | node.items)
