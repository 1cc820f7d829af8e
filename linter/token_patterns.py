"""spaCy, for the few posts in which a token pattern could match. Importing this imports spaCy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from spacy.lang.en import EnglishDefaults
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.util import filter_spans
from spacy.vocab import create_vocab

if TYPE_CHECKING:
    from linter.analysis import Analysis
    from linter.checks.pattern import Pattern

_VOCAB = create_vocab("en", EnglishDefaults)
_MATCHERS: dict[Pattern, Matcher] = {}


def open_doc(analysis: Analysis) -> tuple[Doc, Callable[[], None]]:
    """A Doc of the analysis's tokens, and what frees the words it brought into the vocabulary.

    Only one may be open at a time in a process: spaCy's memory zones do not nest.
    """
    zone = ExitStack()
    zone.enter_context(_VOCAB.memory_zone())
    text, tokens = analysis.text, analysis.tokens
    plain = text.replace("’", "'")
    words = [plain[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    return Doc(_VOCAB, words=words), zone.close


def matches(pattern: Pattern, analysis: Analysis) -> list[tuple[int, int]]:
    """The longest matches of a pattern as ranges of tokens, in order of place."""
    if pattern not in _MATCHERS:
        analysis.close_doc()  # a matcher made inside a memory zone would lose its words with it
        _MATCHERS[pattern] = _matcher(pattern)
    matcher = _MATCHERS[pattern]
    doc = analysis.doc
    found: list[Any] = filter_spans([doc[first:last] for _, first, last in matcher(doc)])
    return [(span.start, span.end) for span in found]


def _matcher(pattern: Pattern) -> Matcher:
    matcher = Matcher(_VOCAB, validate=False)
    matcher.add("pattern", list(pattern.tokens))
    return matcher
