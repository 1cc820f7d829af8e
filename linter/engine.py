"""Posts in, findings out."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial

from linter.analysis import ALWAYS, Analysis, promise_lists
from linter.config import Config
from linter.errors import Mistake, MistakesError, nearest
from linter.filing import file_terms
from linter.finding import Finding
from linter.phrases import Phrases
from linter.post import Context, Note, Post
from linter.profile import read_profiles, with_profiles
from linter.rule import CHAPTERS, CLAUSES, Rule
from linter.rulefile import RuleFile, load_rules, relevel

_BESIDE = 50
"""How many neighbours on either side a finding is held against: more stand together only in a post made to be slow."""
_NOT_ENGLISH = "this does not look like English, so rules about words were left out"


@dataclass(slots=True)
class Linter:
    """The rules in force and the one pass made of all their words."""

    rules: list[Rule]
    phrases: Phrases = field(init=False)
    _about_scores: frozenset[str] = field(init=False)
    _about_lengths: frozenset[str] = field(init=False)
    _by_context: dict[tuple[object, ...], _Asked] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.phrases = Phrases()
        promise_lists(self.phrases, [name for rule in self.rules for name in sorted(rule.lexicons)])
        for rule in self.rules:
            for owner, words in rule.terms.items():
                self.phrases.promise(owner, partial(file_terms, words))
        self._about_scores = frozenset(rule.id for rule in self.rules if rule.kind == "score")
        self._about_lengths = frozenset(rule.id for rule in self.rules if rule.kind == "length")

    def check(self, post: Post, notes: list[Note] | None = None) -> list[Finding]:
        """What there is to say about one post, in order of place, then of rule.

        A post that is not English enough for lists of English words adds one note to `notes`.
        """
        with closing(Analysis(post, self.phrases)) as analysis:
            findings = self.every_finding(analysis)
            if notes is not None and not analysis.english:
                notes.append(Note(post.source.path, post.source.line, _NOT_ENGLISH))
        return self._settled(findings) if len(findings) > 1 else findings

    def every_finding(self, analysis: Analysis) -> list[Finding]:
        """Whatever any rule says of a post, also where several speak of the same words."""
        asked = self._asked_in(analysis.post.context).of(analysis)
        return [finding for rule in asked for finding in _apply(rule, analysis)]

    def _settled(self, findings: list[Finding]) -> list[Finding]:
        """One voice for the same words, in order of place.

        A remark gives way to a graver one on words that hold its own; a remark about a score to one about the
        words themselves; and of two equal ones on the very same words the first by name stays. What is said of a
        post's length stands beside the rest.
        """
        findings.sort(key=lambda finding: (finding.span, -finding.level, finding.rule))
        stays = [False] * len(findings)
        open_from = 0
        furthest = 0
        for i, finding in enumerate(findings):
            if finding.span.start >= furthest:
                open_from = i  # nothing before reaches this far
            furthest = max(furthest, finding.span.end)
            beside = range(open_from, min(self._last_beside(findings, i), i + _BESIDE))
            stays[i] = not any(
                self._gives_way(finding, findings[j], stays[j]) for j in beside[-2 * _BESIDE :] if j != i
            )
        return [finding for finding, kept in zip(findings, stays, strict=True) if kept]

    @staticmethod
    def _last_beside(findings: list[Finding], i: int) -> int:
        """The number of the first finding after `i` that begins beyond its words."""
        return bisect_left(findings, findings[i].span.end, i, key=lambda finding: finding.span.start)

    def _gives_way(self, finding: Finding, other: Finding, stays: bool) -> bool:
        if finding.span.start == finding.span.end or not finding.span.overlaps(other.span):
            return False
        if finding.rule in self._about_lengths or other.rule in self._about_lengths:
            return False  # where a post must end says nothing of the words that stand there
        if finding.rule in self._about_scores and other.rule not in self._about_scores:
            return other.level >= finding.level
        if other.level > finding.level:
            return finding.span.within(other.span)
        return stays and finding.span == other.span

    def applicable(self, context: Context) -> list[Rule]:
        """The rules that a context lets speak, worked out once for each kind of context."""
        return self._asked_in(context).rules

    def _asked_in(self, context: Context) -> _Asked:
        key = (
            context.platform, context.room.name, context.room.kind, context.stage, context.visit,
            context.election, context.paid, bool(context.images),
        )  # fmt: skip
        if key not in self._by_context:
            rules = [suited for rule in self.rules if (suited := rule.suited(context))]
            self._by_context[key] = _Asked.among(rules)
            self.phrases.need([*ALWAYS, *(name for rule in rules for name in (*rule.lexicons, *rule.terms))])
        return self._by_context[key]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The rules of one context: those asked of every post, and those asked where one of their words is hit."""

    rules: list[Rule]
    always: frozenset[int]
    by_owner: Mapping[str, tuple[int, ...]]

    @classmethod
    def among(cls, rules: list[Rule]) -> _Asked:
        """Rules by what calls for them."""
        by_owner: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(rules):
            for owner in rule.calls_for:
                by_owner[owner].append(number)
        always = frozenset(number for number, rule in enumerate(rules) if not rule.calls_for)
        return cls(rules, always, {owner: tuple(numbers) for owner, numbers in by_owner.items()})

    def of(self, analysis: Analysis) -> Iterator[Rule]:
        """The rules to ask of a post, in their order."""
        by_owner = self.by_owner
        called = {number for owner in analysis.hits if owner in by_owner for number in by_owner[owner]}
        for number in sorted(called | self.always):
            rule = self.rules[number]
            if (analysis.english or not rule.words_only) and analysis.words >= rule.where.words_at_least:
                yield rule


def _apply(rule: Rule, analysis: Analysis) -> Iterator[Finding]:
    for span in rule.check.spans(analysis):
        yield Finding(
            post=analysis.post, span=span, rule=rule.id, clause=rule.clause, level=rule.level, status=rule.status,
            message=rule.message, suggestion=rule.suggestion,
        )  # fmt: skip


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
