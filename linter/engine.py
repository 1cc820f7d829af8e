"""Posts in, findings out."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial

from linter.analysis import ALWAYS, Analysis, promise_lists
from linter.checks import Found
from linter.checks.what import What
from linter.errors import listed
from linter.filing import file_terms
from linter.finding import Finding, Level
from linter.gist import gist
from linter.phrases import Phrases
from linter.post import Context, Post
from linter.rule import Rule
from linter.scores import LEXICONS_OF, score
from linter.scores.questions import LEXICONS as QUESTION_LEXICONS
from linter.scores.questions import asked
from linter.timeline import Seen, Timeline, Traits, Turn

_BESIDE = 50
"""How many neighbours on either side a finding is held against: more stand together only in a post made to be slow."""
_HEAT = "aggressiveness"
_THANKS = "thanks"


@dataclass(slots=True)
class Linter:
    """The rules in force and the one pass made of all their words."""

    rules: list[Rule]
    phrases: Phrases = field(init=False)
    _about_scores: frozenset[str] = field(init=False)
    _about_lengths: frozenset[str] = field(init=False)
    _by_context: dict[tuple[object, ...], _Asked] = field(default_factory=dict)
    _looks: dict[str, What] = field(init=False)
    _visits: frozenset[str] = field(init=False)
    _has_traits: bool = False

    def __post_init__(self) -> None:
        self.phrases = Phrases()
        promise_lists(self.phrases, [name for rule in self.rules for name in sorted(rule.lexicons)])
        promise_lists(self.phrases, (_THANKS, *QUESTION_LEXICONS))
        for rule in self.rules:
            for owner, words in rule.terms.items():
                self.phrases.promise(owner, partial(file_terms, words))
        self._looks = {name: look for rule in self.rules for name, look in rule.looks.items()}
        self._visits = frozenset(visit for rule in self.rules for visit in rule.where.values.get("visit", ()))
        self._about_scores = frozenset(rule.id for rule in self.rules if rule.kind == "score")
        self._about_lengths = frozenset(rule.id for rule in self.rules if rule.kind == "length")

    def check(self, post: Post) -> list[Finding]:
        """What there is to say about one post by itself, in order of place, then of rule."""
        return list(self.seen(post, for_later=False).findings)

    @property
    def looks_back(self) -> bool:
        """Whether any of the rules looks at what was said before."""
        return any(rule.look_back for rule in self.rules)

    def seen(self, post: Post, *, for_later: bool = True, settle: bool = True) -> Seen:
        """What there is to say about one post by itself and, `for_later`, what rules that look back need to know of it.

        Unless it is to `settle`, also where several rules speak of the same words.
        """
        if for_later:
            self._need_for_traits()
        with closing(Analysis(post, self.phrases)) as analysis:
            findings = self.every_finding(analysis)
            traits = self._traits(analysis) if for_later else Traits(analysis.words, analysis.english)
            welcoming = all(finding.level < Level.WARNING for finding in findings) and _welcomes(analysis)
            return Seen(tuple(self.settled(findings) if settle else findings), traits, welcoming)

    def traits(self, post: Post) -> Traits:
        """The same of a post that is not itself judged."""
        self._need_for_traits()
        with closing(Analysis(post, self.phrases)) as analysis:
            return self._traits(analysis)

    def _need_for_traits(self) -> None:
        """File what traits look for: once, and only for a run that looks back."""
        if not self._has_traits:
            self._has_traits = True
            promise_lists(self.phrases, LEXICONS_OF[_HEAT])
            looking = [rule for rule in self.rules if rule.look_back]
            self.phrases.need(
                [*ALWAYS, *LEXICONS_OF[_HEAT], *(name for rule in looking for name in _owners(rule))]
            )

    def _traits(self, analysis: Analysis) -> Traits:
        if not analysis.english:
            return Traits(analysis.words, english=False)
        first = {name: next(look.spans(analysis), None) for name, look in self._looks.items()}
        moves = {name: span for name, span in first.items() if span is not None}
        return Traits(analysis.words, True, moves, gist(analysis), score(analysis, _HEAT).value or 0.0)

    def in_hindsight(self, turn: Turn, timeline: Timeline) -> Iterator[Finding]:
        """What there is to say about a post by what was said before it."""
        for rule in self._asked_in(turn.context).looking_back:
            if rule.look_back is None or (rule.words_only and not turn.traits.english):
                continue
            if turn.traits.words >= rule.where.words_at_least:
                yield from (
                    finding_of(rule, turn.post, found) for found in rule.look_back.found(turn, timeline)
                )

    def every_finding(self, analysis: Analysis) -> list[Finding]:
        """Whatever any rule says of a post, also where several speak of the same words."""
        asked = self._asked_in(analysis.post.context).of(analysis)
        return [finding for rule in asked for finding in _apply(rule, analysis)]

    def settled(self, findings: list[Finding]) -> list[Finding]:
        """One voice for the same words, in order of place.

        A remark gives way to a graver one on words that hold its own; a remark about a score to one about the
        words themselves; and of two equal ones on the very same words the first by name stays. What is said of a
        post's length stands beside the rest.
        """
        if len(findings) < 2:
            return findings
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

    def relevant(self, context: Context) -> Context:
        """The context without a visit that no rule asks about: one draft more makes every later visit another."""
        if context.visit is None or str(context.visit) in self._visits:
            return context
        return replace(context, visit=None)

    def _asked_in(self, context: Context) -> _Asked:
        context = self.relevant(context)
        key = (
            context.platform, context.room.name, context.room.kind, context.stage, context.visit,
            context.election, context.paid, bool(context.images),
        )  # fmt: skip
        if key not in self._by_context:
            rules = [suited for rule in self.rules if (suited := rule.suited(context))]
            self._by_context[key] = _Asked.among(rules)
            self.phrases.need(
                [*ALWAYS, _THANKS, *(name for rule in rules if rule.check for name in _owners(rule))]
            )
        return self._by_context[key]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The rules of one context: those asked of every post, and those asked where one of their words is hit."""

    rules: list[Rule]
    looking_back: list[Rule]
    always: frozenset[int]
    by_owner: Mapping[str, tuple[int, ...]]

    @classmethod
    def among(cls, rules: list[Rule]) -> _Asked:
        """Rules by what calls for them."""
        by_owner: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(rules):
            for owner in rule.calls_for:
                by_owner[owner].append(number)
        always = frozenset(number for number, rule in enumerate(rules) if rule.check and not rule.calls_for)
        looking_back = [rule for rule in rules if rule.look_back]
        return cls(
            rules, looking_back, always, {owner: tuple(numbers) for owner, numbers in by_owner.items()}
        )

    def of(self, analysis: Analysis) -> Iterator[Rule]:
        """The rules to ask of a post, in their order."""
        by_owner = self.by_owner
        called = {number for owner in analysis.hits if owner in by_owner for number in by_owner[owner]}
        for number in sorted(called | self.always):
            rule = self.rules[number]
            if (analysis.english or not rule.words_only) and analysis.words >= rule.where.words_at_least:
                yield rule


def _welcomes(analysis: Analysis) -> bool:
    thanked = analysis.english and any(analysis.found(_THANKS))
    return thanked and any(question.genuine for question in asked(analysis))


def _owners(rule: Rule) -> tuple[str, ...]:
    """The names under which the one pass files what a rule looks for."""
    return (*sorted(rule.lexicons), *rule.terms)


def _apply(rule: Rule, analysis: Analysis) -> Iterator[Finding]:
    for span in rule.check.spans(analysis) if rule.check else ():
        finding = finding_of(rule, analysis.post, Found(span))
        mine = all(analysis.is_mine(fix.span) for fix in finding.fixes)
        yield finding if mine else replace(finding, fixes=())


def finding_of(rule: Rule, post: Post, found: Found, with_fix: bool = True) -> Finding:
    """What a rule says of a post where it found something.

    A fix is for the author's own words alone: whether it touches others' is for the caller to see.
    """
    message = rule.message.replace("{names}", listed(found.names)) if found.names else rule.message
    fix = rule.fix.fix(post, found.span) if rule.fix and with_fix else None
    return Finding(
        post=post, span=found.span, rule=rule.id, clause=rule.clause, level=rule.level, status=rule.status,
        message=message, suggestion=rule.suggestion, related=found.related, fixes=(fix,) if fix else (),
    )  # fmt: skip
