"""A sentence under the question: its words, its marks, and the sentences beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from linter.analysis import Analysis
from linter.party import ANY_PARTY
from linter.scores.question_forms import (
    AUXILIARIES,
    WH,
    Words,
    ends_in_tag,
    in_order,
    plainly_in_order,
    speaking,
)
from linter.text import Span
from linter.tokens import NUMBER, PUNCT, WORD


@dataclass(frozen=True)
class Sentence:
    """One sentence: its clauses, its own closing marks, and whether a word closes it.

    A party's name is the word ANY_PARTY; what it quotes is left out.
    """

    analysis: Analysis
    number: int
    first: int
    last: int
    clauses: list[list[str]]
    marks: str
    bare: bool

    @classmethod
    def of(cls, analysis: Analysis, number: int) -> Sentence:
        """The sentence of that number in a post; it is read once, though its neighbours ask for it too."""
        known = analysis.once(_read_so_far)
        if number not in known:
            known[number] = cls._read(analysis, number)
        return known[number]

    @classmethod
    def _read(cls, analysis: Analysis, number: int) -> Sentence:
        first, last = analysis.sentences[number]
        tokens = analysis.tokens
        forms, kinds = tokens.forms, tokens.kinds
        clauses: list[list[str]] = [[]]
        marks, bare = "", True
        for i in range(first, last):
            if analysis.marked_quotations and analysis.is_quotation(Span(tokens.starts[i], tokens.ends[i])):
                continue
            if kinds[i] == WORD or kinds[i] == NUMBER:
                _append(clauses[-1], ANY_PARTY if i in analysis.parties else forms[i])
                bare = True
            elif kinds[i] == PUNCT:
                bare = False
                clauses.append([])
                if forms[i][0] in ".!?…‽":
                    marks += forms[i]
        return cls(analysis, number, first, last, speaking(clauses), marks, bare and not marks)

    @property
    def is_marked(self) -> bool:
        """Whether it holds a question mark."""
        return "?" in self.marks or "‽" in self.marks

    @property
    def asks(self) -> bool:
        """Whether it asks, with or without a mark."""
        if self.is_marked or self.holds("indirect-ask"):
            return True
        if not self.clauses:
            return False
        first, *others = self.clauses
        if "!" in self.marks:
            return plainly_in_order(first)
        return (
            in_order(first, self.bare and not others)
            or any(plainly_in_order(clause) for clause in others)
            or (self.bare and ends_in_tag(self.words))
        )

    @cached_property
    def words(self) -> list[str]:
        """All of its words but the fillers that its clauses open with."""
        return [word for clause in self.clauses for word in clause]

    @cached_property
    def all_words(self) -> list[str]:
        """All of its words, those in quotation marks too."""
        analysis = self.analysis
        words: list[str] = []
        for i in range(self.first, self.last):
            if analysis.tokens.kinds[i] in (WORD, NUMBER):
                _append(words, ANY_PARTY if i in analysis.parties else analysis.tokens.forms[i])
        return words

    @cached_property
    def opening(self) -> Words:
        """The words of the clause that asks, from where it begins to say something."""
        asking = (
            words for words in self.clauses if in_order(words, bare=True) or words[0] in WH | AUXILIARIES
        )
        return next(asking, self.clauses[-1] if self.clauses else [])

    def holds(self, owner: str) -> bool:
        """Whether a hit of a list begins in it."""
        return self.analysis.begins(owner, self.first, self.last)

    def beside(self, step: int) -> Sentence | None:
        """The sentence so many places after it, or before."""
        number = self.number + step
        return Sentence.of(self.analysis, number) if 0 <= number < len(self.analysis.sentences) else None


def _append(words: list[str], word: str) -> None:
    """Add a word; a party's name takes the place of its article, which not every party has."""
    if word == ANY_PARTY and words[-1:] == ["the"]:
        words.pop()
    words.append(word)


def _read_so_far(_: Analysis) -> dict[int, Sentence]:
    """The sentences read of a post, by number: a place to keep them, empty at first."""
    return {}
