"""What to look for: words, lists or marks; in whose words; under a negation or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from linter.aim import aimed
from linter.analysis import ANY, NEGATED, OWN, PLACES, SKIP, Analysis
from linter.checks.kind import CheckReader
from linter.errors import nearest
from linter.fields import Fields
from linter.marks import MARKS
from linter.phrases import Hit
from linter.scores.questions import LEXICONS as QUESTION_LEXICONS
from linter.text import Span


@dataclass(frozen=True, slots=True)
class What:
    """Terms, word lists and marks, with what narrows them.

    `owners` are names under which the one pass files hits; `exceptions` are owners whose hits take away any
    hit they overlap.
    """

    owners: tuple[str, ...]
    marks: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    place: str = OWN
    negated: str = SKIP
    at_somebody: bool = False

    @property
    def calls_for(self) -> tuple[str, ...]:
        """Owners without a hit of any of which nothing is found; empty where marks are looked for too."""
        return () if self.marks else self.owners

    def hits(self, analysis: Analysis) -> list[Hit]:
        """Every hit in order of place, the longest of those that overlap."""
        found = [hit for owner in self.owners for hit in analysis.found(owner, self.place, self.negated)]
        for mark in self.marks:
            marked = MARKS[mark](analysis)
            if self.place == OWN and not analysis.quoted:
                found += marked
            else:
                found += [hit for hit in marked if analysis.said(analysis.tokens.span(*hit), self.place)]
        if found and self.exceptions:
            spared = _covered(analysis, self.exceptions)
            found = [hit for hit in found if spared.isdisjoint(range(hit.first, hit.last))]
        if self.at_somebody:
            found = [hit for hit in found if aimed(analysis, hit)]
        return _longest(found) if len(self.owners) + len(self.marks) > 1 else found

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """The same as places in the text."""
        return (analysis.tokens.span(*hit) for hit in self.hits(analysis))


def _covered(analysis: Analysis, owners: tuple[str, ...]) -> set[int]:
    """The tokens that any hit of the owners covers."""
    return {
        i for owner in owners for hit in analysis.found(owner, ANY, ANY) for i in range(hit.first, hit.last)
    }


def _longest(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.first, -hit.last)):
        if not kept or hit.first >= kept[-1].last:
            kept.append(hit)
    return kept


def read_what(fields: Fields, reader: CheckReader, added: bool = True) -> What:
    """`terms`, `lexicon`, `marks` with `except`, `in`, `negated` and `aimed`, from a check's options."""
    terms = reader.read_terms(fields, "terms")
    lexicons = _lexicons(fields, reader, "lexicon")
    marks = fields.choices("marks", MARKS)
    if not any(fields.mapping.items.get(key) for key in ("terms", "lexicon", "marks")):
        fields.note(
            fields.mapping.line, f"`{fields.name}` looks for nothing; give it `terms`, `lexicon` or `marks`"
        )
    if marks:
        reader.used_lexicons.update(QUESTION_LEXICONS)
    if added and (terms or lexicons):
        terms += reader.added
        reader.takes_added = True
    excepted = reader.read_terms(fields, "except")
    return What(
        owners=(*lexicons, *((reader.owner(terms),) if terms else ())),
        marks=marks,
        exceptions=(
            *_lexicons(fields, reader, "except_lexicon"),
            *((reader.owner(excepted),) if excepted else ()),
        ),
        place=fields.choice("in", PLACES, OWN),
        negated=fields.choice("negated", NEGATED, SKIP),
        at_somebody=fields.flag("aimed"),
    )


def read_group(fields: Fields, key: str, reader: CheckReader) -> What | None:
    """The same from a group of its own, such as `first:` of an order."""
    group = fields.group(key, required=True)
    if group is None:
        return None
    what = read_what(group, reader, added=False)
    group.finish()
    return what


def _lexicons(fields: Fields, reader: CheckReader, key: str) -> tuple[str, ...]:
    names = fields.strings(key)
    for name in names:
        if name not in reader.lexicons:
            fields.note(
                fields.line(key),
                f"`{key}` names `{name}`, which is no word list{nearest(name, reader.lexicons)}",
            )
    reader.used_lexicons.update(names)
    return tuple(name for name in names if name in reader.lexicons)
