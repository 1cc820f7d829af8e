"""A rule's examples, run: what was expected of each, what was found, and why the two may differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from linter.analysis import Analysis
from linter.engine import Linter
from linter.errors import Mistake, MistakesError
from linter.finding import Level
from linter.formats.format import first_line
from linter.hindsight import judged_example
from linter.hints import why_it_spoke, why_silent
from linter.post import Post, Source
from linter.profile import in_packaged_profiles
from linter.rule import Example, Rule
from linter.rulefile import RuleFile, load_rules, packaged_files, team_files
from linter.text import Span

SORTS = ("bad", "also", "good", "but_not")
"""The sorts of example by their keys; the first two must be remarked on."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example run: the words that its rule remarked on, and what others say of a post that is called good.

    `hints` say what may have led to another result than the expected one; there are none where there is no other.
    """

    rule: Rule
    sort: str
    example: Example
    found: tuple[str, ...]
    as_expected: bool
    others: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        """What should have been found, for a person."""
        if not wanted(self.sort):
            return "nothing"
        flag = self.example.flag
        return " and ".join(f"“{' '.join(words.split())}”" for words in flag) if flag else "a finding"


def wanted(sort: str) -> bool:
    """Whether an example of a sort is there to be remarked on."""
    return sort in ("bad", "also")


def examples_of(rule: Rule) -> Iterator[tuple[str, Example]]:
    """Every example of a rule with its sort."""
    for sort in SORTS:
        for example in getattr(rule.examples, sort):
            yield sort, example


def analysed(rule: Rule, example: Example, linter: Linter) -> Analysis:
    """An example by itself under the lens, as a post of its rule's file."""
    name = f"{rule.id}:{example.line}"
    post = Post(name, example.text, Source(rule.path, example.line), example.context)
    return Analysis(post, linter.phrases)


def words_of(post: Post, spans: Iterable[Span]) -> tuple[str, ...]:
    """The words of findings in order of place; the first line where a finding speaks of something missing."""
    return tuple(
        post.words(first_line(post) if span.start == span.end else span) for span in sorted(spans)
    )  # fmt: skip


def as_expected(sort: str, example: Example, post: Post, spans: Sequence[Span]) -> bool:
    """Whether what a rule remarks on is what an example expects, the words underlined among it."""
    if not wanted(sort):
        return not spans
    if not spans or example.flag is None:
        return bool(spans)
    said = words_of(post, spans)
    if any(
        span.start == span.end for span in spans
    ):  # it underlines nothing, so the example may name a beginning
        return all(words.startswith(flag) for words, flag in zip(said, example.flag, strict=False))
    return said == tuple(" ".join(flag.split()) for flag in example.flag)


def files_to_prove(paths: Sequence[str]) -> tuple[list[RuleFile], list[RuleFile]]:
    """The rule files of some paths, and all that are in force with them; without a path, the packaged ones twice.

    A packaged rule's own file, as in a checkout, takes its place. Raises MistakesError where one cannot be read.
    """
    packaged = list(packaged_files())
    if not paths:
        return packaged, packaged
    own: dict[str, RuleFile] = {}
    mistakes: list[Mistake] = []
    for path in paths:
        try:
            own |= {Path(file.path).absolute().as_posix(): file for file in team_files(Path(path))}
        except MistakesError as error:
            mistakes += error.mistakes
    if mistakes:
        raise MistakesError(mistakes)
    kept = [file for file in packaged if not any(place.endswith(f"/{file.path}") for place in own)]
    return list(own.values()), [*kept, *own.values()]


def rules_to_prove(paths: Sequence[str]) -> tuple[list[Rule], list[Rule]]:
    """The rules of some paths, and all that are in force with them. Raises MistakesError with every mistake."""
    files, every = files_to_prove(paths)
    own = {file.path for file in files}
    rules = in_packaged_profiles(load_rules(every, with_examples=own))
    return [rule for rule in rules if rule.path in own], rules


def prove(rules: Iterable[Rule], linter: Linter) -> Iterator[Outcome]:
    """Every example of some rules, run under a linter that holds them, in order."""
    for rule in rules:
        for sort, example in examples_of(rule):
            yield outcome(rule, sort, example, linter)


def outcome(rule: Rule, sort: str, example: Example, linter: Linter) -> Outcome:
    """One example, run beside every rule of the linter. A good post is one of which no rule warns."""
    with closing(analysed(rule, example, linter)) as analysis:
        findings = judged_example(example, linter)
        spans = sorted(finding.span for finding in findings if finding.rule == rule.id)
        others = tuple(
            f"“{words_of(finding.post, [finding.span])[0]}” [{finding.rule}, {finding.level}]"
            for finding in findings
            if sort == "good" and finding.rule != rule.id and finding.level >= Level.WARNING
        )
        right = as_expected(sort, example, analysis.post, spans)
        hints: tuple[str, ...] = ()
        if not right:
            linter.phrases.need([*rule.lexicons, *rule.terms])
            analysis.__dict__.pop("hits", None)
            hints = why_silent(rule, analysis) if wanted(sort) and not spans else why_it_spoke(rule, analysis)
        return Outcome(
            rule, sort, example, words_of(analysis.post, spans), right and not others, others, hints
        )  # fmt: skip
