"""What is seen in one post, each layer worked out when it is first asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Self, TypeVar

from linter import masks
from linter.filing import Filing, filed_lists
from linter.language import is_english
from linter.masked import unmask
from linter.party import PARTIES
from linter.phrases import Hit, Phrases
from linter.post import Post
from linter.text import Span, normalise
from linter.tokens import URL, Tokens, split_sentences, tokenise

if TYPE_CHECKING:
    from spacy.tokens import Doc

_T = TypeVar("_T")

OWN, QUOTED, ANY = PLACES = ("own", "quoted", "any")
SKIP, ONLY = "skip", "only"
NEGATED = (SKIP, ANY, ONLY)
ALWAYS = ("you", "people", "party", "reporting")
"""The lists that tell at whom words are aimed and whose they are."""


def phrases_of(lexicons: Iterable[str]) -> Phrases:
    """One pass for the named packaged lists."""
    phrases = Phrases()
    promise_lists(phrases, lexicons)
    phrases.need([*lexicons, *ALWAYS])
    return phrases


def promise_lists(phrases: Phrases, lexicons: Iterable[str]) -> None:
    """Name packaged lists, and those that every analysis looks at, without reading them yet."""
    for name in (*lexicons, *ALWAYS):
        phrases.promise(name, partial(_filed_list, name))


def _filed_list(name: str) -> Filing:
    return filed_lists()[name]


class Analysis:
    """One post under the lens. Not to be shared between threads; to be closed, as a file is."""

    def __init__(self, post: Post, phrases: Phrases) -> None:
        self.post = post
        self.text = post.text
        self._phrases = phrases
        self._free_doc: Callable[[], None] | None = None
        self._kept: dict[Callable[[Self], Any], Any] = {}
        self._begun: dict[tuple[str, str, str], list[int]] = {}

    @cached_property
    def plain(self) -> str:
        """The normalised text, of equal length, with what is nobody's prose blanked out."""
        plain = normalise(self.text)
        return masks.blank_nobodys(self.text, plain) if self.post.source.markdown else plain

    @cached_property
    def tokens(self) -> Tokens:
        """Words, tags, handles, links, emoji and punctuation."""
        return tokenise(self.text, self.plain, self._phrases.knows, unmask)

    @cached_property
    def words(self) -> int:
        """How many words the post has; a #tag is one, a handle, link or emoji none."""
        return self.tokens.words()

    @cached_property
    def english(self) -> bool:
        """Whether lists of English words may speak about it."""
        return is_english(self.text, self.tokens.forms, self.post.context.lang)

    @cached_property
    def parties(self) -> frozenset[int]:
        """The tokens that name a party, with a capital: a green and a reform are none."""
        tokens, text = self.tokens, self.text
        named = [(i, tokens.starts[i]) for i, form in enumerate(tokens.forms) if form in PARTIES]
        return frozenset(i for i, start in named if text[start + (text[start] == "#")].isupper())

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Ranges of tokens."""
        return split_sentences(self.text, self.tokens)

    @cached_property
    def hits(self) -> dict[str, list[Hit]]:
        """Every term of every list and rule, by owner."""
        return self._phrases.find(self.text, self.tokens)

    @cached_property
    def marked_quotations(self) -> list[Span]:
        """Words in quotation marks and block quotes, in order of place."""
        return masks.joined(masks.quotations(self.text))

    def is_quotation(self, span: Span) -> bool:
        """Whether a span lies in quotation marks or a block quote."""
        return _inside(span, self.marked_quotations, len(self.text))

    @cached_property
    def quoted(self) -> list[Span]:
        """Somebody else's words: quotations, block quotes, reported speech."""
        spans = list(self.marked_quotations)
        if "reporting" in self.hits:
            spans += masks.reported(self.tokens, self.hits["reporting"], self.sentence_at)
        return masks.joined(spans)

    @cached_property
    def negated(self) -> list[Hit]:
        """Ranges of tokens that a negation reaches."""
        return masks.negations(self.tokens)

    def found(self, owner: str, place: str = OWN, negated: str = SKIP) -> Iterator[Hit]:
        """The hits of an owner, in whose words and under which negation one asks for."""
        for hit in self.hits.get(owner, ()):
            if self.said(self.tokens.span(*hit), place) and self._negation_fits(hit, negated):
                yield hit

    def said(self, span: Span, place: str = OWN) -> bool:
        """Whether a span is in the author's own words, in somebody else's, or in any."""
        if place == ANY or not self.quoted:
            return place != QUOTED
        return _inside(span, self.quoted, len(self.text)) == (place == QUOTED)

    @cached_property
    def not_mine(self) -> list[Span]:
        """What a fix may not touch: somebody else's words, links, and in Markdown what is nobody's prose."""
        tokens = self.tokens
        links = [tokens.span(at, at + 1) for at, kind in enumerate(tokens.kinds) if kind == URL]
        nobodys = masks.nobodys(self.text) if self.post.source.markdown else []
        return masks.joined([*self.quoted, *links, *nobodys])

    def is_mine(self, span: Span) -> bool:
        """Whether a span is wholly the author's own words; an empty one, whether it touches none but those."""
        if span.start == span.end:
            return not any(other.start <= span.start <= other.end for other in self.not_mine)
        return not any(span.overlaps(other) for other in self.not_mine)

    def _negation_fits(self, hit: Hit, negated: str) -> bool:
        if negated == ANY or not self.negated:
            return negated != ONLY
        return self.is_negated(hit) == (negated == ONLY)

    def is_negated(self, hit: Hit) -> bool:
        """Whether a hit stands wholly after a negation that reaches it."""
        at = bisect_left(self.negated, (hit.first,))
        near = self.negated[max(at - masks.SCOPE, 0) : at]
        return any(hit.last <= scope.last for scope in near)

    def begins(self, owner: str, first: int, last: int, place: str = OWN, negated: str = ANY) -> bool:
        """Whether a hit of an owner begins among the tokens from `first` up to, not including, `last`."""
        key = (owner, place, negated)
        if key not in self._begun:
            self._begun[key] = [hit.first for hit in self.found(owner, place, negated)]
        begun = self._begun[key]
        return bisect_left(begun, first) < bisect_left(begun, last)

    def sentence_at(self, token: int) -> tuple[int, int]:
        """The sentence that holds a token, as a range of tokens."""
        at = bisect_right(self.sentences, (token, len(self.tokens) + 1)) - 1
        return self.sentences[max(at, 0)] if self.sentences else (0, len(self.tokens))

    @cached_property
    def doc(self) -> Doc:
        """A spaCy Doc of exactly these tokens. Imports spaCy; its strings are freed by `close_doc`."""
        from linter.token_patterns import open_doc

        doc, self._free_doc = open_doc(self)
        return doc

    def with_hits(self, hits: dict[str, list[Hit]]) -> Self:
        """The same post with a rule's own words hit otherwise; what rests on packaged lists is shared, not worked out anew."""
        other = copy(self)
        other._begun = {}
        other.__dict__["hits"] = hits
        return other

    def close_doc(self) -> None:
        """Free what the Doc holds, if there is one."""
        if self._free_doc is not None:
            self.__dict__.pop("doc", None)
            self._free_doc()
            self._free_doc = None

    def once(self, work_out: Callable[[Self], _T]) -> _T:
        """What a layer above makes of the post: worked out when first asked for, kept until `close`."""
        kept = self._kept
        if work_out not in kept:
            kept[work_out] = work_out(self)
        known: _T = kept[work_out]
        return known

    def close(self) -> None:
        """Free the Doc and what layers above have kept: some of it holds the analysis in turn."""
        self.close_doc()
        self._kept.clear()


def _inside(span: Span, stretches: list[Span], end: int) -> bool:
    """Whether a span lies within one of some stretches, which are in order and apart."""
    at = bisect_right(stretches, (span.start, end + 1)) - 1
    return at >= 0 and span.within(stretches[at])
