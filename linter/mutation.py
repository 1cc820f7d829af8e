"""What a rule's examples prove: each entry and condition of it dropped or nudged, and whether any example notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from functools import cached_property

from linter.analysis import ALWAYS, Analysis
from linter.checks import CheckReader
from linter.engine import Linter
from linter.errors import Mistake
from linter.hindsight import judged_example
from linter.lexicon import packaged_lexicons
from linter.mutants import Change, changes
from linter.phrases import Hit, Phrases
from linter.proving import analysed, as_expected, examples_of
from linter.rule import Example, Rule
from linter.rulefile import RuleFile, rule_from
from linter.text import Span
from linter.yamlfile import Mapping, read_yaml


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change to one rule, and whether an example of that rule tells the difference. `line` is the rule file's."""

    rule: Rule
    what: str
    line: int
    noticed: bool


def mutate(rules: Iterable[Rule], files: Iterable[RuleFile], linter: Linter) -> Iterator[Mutation]:
    """Every change to every rule in turn. `files` are the rules' own, `linter` holds whatever is in force beside.

    A change that leaves a rule as it was, or none at all, is no mutation and is passed over.
    """
    texts = {file.path: file for file in files}
    for rule in rules:
        file = texts[rule.path]
        node = read_yaml(file.text, file.path)
        assert isinstance(node, Mapping), file.path  # the rule was read from it
        with ExitStack() as open_posts:
            bench = _Bench.of(rule, linter, open_posts)
            for change in changes(node):
                mutant = _read(change, file, rule)
                if mutant is not None and not _same(mutant, rule):
                    yield Mutation(rule, change.what, change.line, bench.notices(mutant))


def _read(change: Change, file: RuleFile, original: Rule) -> Rule | None:
    """The rule as changed, profiles and all; None where it is no rule any more."""
    mistakes: list[Mistake] = []
    reader = CheckReader(file.stem, frozenset(packaged_lexicons()), trusted=True)
    rule = rule_from(change.node, file, reader, with_examples=False, mistakes=mistakes)
    return None if mistakes or rule is None else replace(rule, changes=original.changes)


def _same(mutant: Rule, rule: Rule) -> bool:
    return _what_counts(mutant) == _what_counts(rule)


def _what_counts(rule: Rule) -> tuple[object, ...]:
    return rule.check, rule.look_back, rule.looks, rule.where, rule.terms


def speaks(rule: Rule, analysis: Analysis) -> list[Span]:
    """What a rule alone remarks on, where its `where` and the language let it."""
    suited = rule.suited(analysis.post.context)
    if suited is None or analysis.words < rule.where.words_at_least:
        return []
    if rule.words_only and not analysis.english:
        return []
    if rule.calls_for and analysis.hits.keys().isdisjoint(rule.calls_for):
        return []
    return sorted(suited.check.spans(analysis)) if suited.check else []


@dataclass(frozen=True)
class _Bench:
    """A rule's examples under the lens, each analysed once; only the one rule is asked again for each mutation."""

    rule: Rule
    posts: list[tuple[str, Example, Analysis]]
    known: dict[tuple[str, ...], list[list[Hit]]] = field(default_factory=dict)

    @classmethod
    def of(cls, rule: Rule, linter: Linter, open_posts: ExitStack) -> _Bench:
        """The bench of a rule, its posts to be closed with the stack."""
        linter.phrases.need([*ALWAYS, *rule.lexicons, *rule.terms])
        posts = []
        for sort, example in examples_of(rule):
            analysis = open_posts.enter_context(closing(analysed(rule, example, linter)))
            # worked out once here, shared by every look at it
            _ = analysis.hits, analysis.sentences, analysis.quoted, analysis.negated, analysis.english
            posts.append((sort, example, analysis))
        return cls(rule, posts)

    @cached_property
    def baseline(self) -> list[bool]:
        """Whether each example holds for the rule as it is."""
        alone = _alone(self.rule)
        return [self._holds(self.rule, number, alone) for number in range(len(self.posts))]

    def notices(self, mutant: Rule) -> bool:
        """Whether an example that held for the rule does not for the mutant."""
        alone = _alone(mutant)
        return any(
            held and not self._holds(mutant, number, alone) for number, held in enumerate(self.baseline)
        )

    def _holds(self, rule: Rule, number: int, alone: Linter | None) -> bool:
        sort, example, analysis = self.posts[number]
        if alone:
            findings = judged_example(example, alone)
            return as_expected(sort, example, analysis.post, [finding.span for finding in findings])
        hits = {owner: found for owner, found in analysis.hits.items() if owner not in self.rule.terms}
        for owner, terms in rule.terms.items():
            if found := self._own_hits(terms)[number]:
                hits[owner] = found
        seen = analysis.with_hits(hits)
        try:
            return as_expected(sort, example, seen.post, speaks(rule, seen))
        finally:
            seen.close_doc()  # only one may be open at a time

    def _own_hits(self, terms: tuple[str, ...]) -> list[list[Hit]]:
        """What some terms of the rule's own hit in each post."""
        if terms not in self.known:
            phrases = Phrases()
            phrases.add("own", terms)
            found = (phrases.find(analysis.text, analysis.tokens) for _, _, analysis in self.posts)
            self.known[terms] = [hits.get("own", []) for hits in found]
        return self.known[terms]


def _alone(rule: Rule) -> Linter | None:
    """A linter of one rule, if it looks back: what was said earlier is looked at anew for it."""
    return Linter([rule]) if rule.look_back else None
