"""Which rules are in force: the packaged and the team's, changed by profiles and configuration, chosen on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from linter.config import Config
from linter.errors import Mistake, MistakesError, nearest
from linter.profile import read_profiles, with_profiles
from linter.rule import CHAPTERS, CLAUSES, Rule
from linter.rulefile import RuleFile, load_rules, relevel


@dataclass(frozen=True, slots=True)
class Choice:
    """Rules asked for by name on the command line: ids, clauses or chapters."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def mistakes(self, rules: Iterable[Rule]) -> list[Mistake]:
        """Names that are none."""
        known = {*(rule.id for rule in rules), *CLAUSES, *CHAPTERS}
        return [
            Mistake(option, None, f"`{name}` is no rule, clause or chapter{nearest(name, known)}")
            for option, names in (("--select", self.select), ("--ignore", self.ignore))
            for name in names
            if name not in known
        ]

    def takes(self, rule: Rule) -> bool:
        """Whether a rule was asked for and not turned away."""
        names = {rule.id, rule.clause, rule.chapter}
        return (not self.select or not names.isdisjoint(self.select)) and names.isdisjoint(self.ignore)


def rules_in_force(
    packaged: Iterable[RuleFile],
    team: Iterable[RuleFile],
    config: Config,
    choice: Choice | None = None,
    with_examples: bool = False,
    profiles: Iterable[RuleFile] = (),
) -> list[Rule]:
    """The packaged and the team's rules, with what profiles make of them, changed, switched off and chosen.

    What the configuration says of a rule's level wins over any profile. Raises MistakesError with everything
    that cannot be read, and for names of rules that are none.
    """
    choice = choice or Choice()
    added = {rule_id: change.add for rule_id, change in config.rules.items()}
    rules = load_rules([*packaged, *team], added, with_examples)
    mistakes: list[Mistake] = []
    rules = with_profiles(rules, read_profiles(profiles, mistakes), mistakes)
    mistakes += [*_unknown_changes(config, {rule.id: rule for rule in rules}), *choice.mistakes(rules)]
    if mistakes:
        raise MistakesError(mistakes)
    changed = (
        relevel(rule, config.rules[rule.id].level) if rule.id in config.rules else rule for rule in rules
    )
    return [rule for rule in changed if not _is_off(rule, config) and choice.takes(rule)]


def _is_off(rule: Rule, config: Config) -> bool:
    return rule.id in config.rules and config.rules[rule.id].off


def _unknown_changes(config: Config, rules: Mapping[str, Rule]) -> Iterator[Mistake]:
    for rule_id, change in config.rules.items():
        if rule_id not in rules:
            yield Mistake(
                str(config.path),
                change.line,
                f"`rules` names `{rule_id}`, which is no rule{nearest(rule_id, rules)}",
            )
        elif change.add and not rules[rule_id].takes_added:
            yield Mistake(
                str(config.path), change.line, f"`{rule_id}` takes no `add`: it does not look for words"
            )
