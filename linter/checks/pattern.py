"""`pattern`: token patterns in spaCy's Matcher notation, behind an anchor word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from linter.analysis import NEGATED, OWN, PLACES, SKIP, Analysis
from linter.checks.kind import CheckReader
from linter.errors import listed, nearest
from linter.fields import Fields, as_flag, as_number
from linter.inflect import inflections
from linter.phrases import Hit
from linter.text import Span
from linter.yamlfile import Mapping, Node, Scalar, Sequence

WORDS = ("LOWER", "TEXT", "ORTH")
FLAGS = (
    "IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_UPPER IS_TITLE IS_PUNCT IS_SPACE LIKE_NUM LIKE_URL LIKE_EMAIL"
).split()
_KNOWN = (*WORDS, *FLAGS, "LENGTH", "OP", "INFLECT")
_REFUSED = {
    **dict.fromkeys(
        ("POS", "TAG", "LEMMA", "DEP", "MORPH", "SHAPE", "ENT_TYPE", "ENT", "ENT_ID", "ENT_IOB"),
        "needs a statistical model, and none is loaded; use LOWER, INFLECT or IN",
    ),
    **dict.fromkeys(
        ("REGEX", "FUZZY"), "can take for ever on some posts; use IN, INFLECT or the kind `regex`"
    ),
}
OPS = ("!", "?", "+", "*", "1")
COMPARISONS = ("IN", "NOT_IN")

Pattern_ = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One finding for each longest match; nothing is looked for in a post without an anchor."""

    words_only: ClassVar[bool] = True
    anchor: str
    tokens: tuple[Pattern_, ...]
    place: str
    negated: str

    def __hash__(self) -> int:
        return id(self)

    @classmethod
    def read(cls, fields: Fields, reader: CheckReader) -> Self | None:
        """From `anchor` (terms, one of which stands in every match), `tokens`, `in` and `negated`."""
        anchor = reader.read_terms(fields, "anchor")
        if not anchor:
            fields.note(fields.mapping.line, "`pattern` needs `anchor`: words one of which is in every match")
        node = fields.node("tokens", required=True)
        place = fields.choice("in", PLACES, OWN)
        negated = fields.choice("negated", NEGATED, SKIP)
        patterns = tuple(_patterns(fields, node)) if node else ()
        return cls(reader.owner(anchor), patterns, place, negated) if anchor and patterns else None

    @property
    def calls_for(self) -> tuple[str, ...]:
        """The anchor."""
        return (self.anchor,)

    def spans(self, analysis: Analysis) -> Iterator[Span]:
        """Each longest match, in order of place."""
        from linter.token_patterns import matches

        for first, last in matches(self, analysis):
            span = analysis.tokens.span(first, last)
            under = analysis.is_negated(Hit(first, last))
            if analysis.said(span, self.place) and (
                self.negated == "any" or under == (self.negated == "only")
            ):
                yield span


def _patterns(fields: Fields, node: Node) -> Iterator[Pattern_]:
    """One pattern, a list of tokens; or a list of patterns."""
    if not isinstance(node, Sequence) or not node.items:
        fields.note(
            node.line, f"`tokens` holds {node}; expected a list of tokens, each such as {{LOWER: scum}}"
        )
        return
    many = all(isinstance(item, Sequence) for item in node.items)
    for pattern in node.items if many else (node,):
        assert isinstance(pattern, Sequence)
        tokens = [_token(fields, token) for token in pattern.items]
        if tokens and all(token is not None for token in tokens):
            yield [token for token in tokens if token is not None]


def _token(fields: Fields, node: Node) -> dict[str, Any] | None:
    if not isinstance(node, Mapping):
        fields.note(node.line, f"a token is a group of keys, such as {{LOWER: scum}}; found {node}")
        return None
    before = len(fields.mistakes)
    token: dict[str, Any] = {}
    for key, value in node.items.items():
        if key in _REFUSED:
            fields.note(node.key_lines[key], f"`{key}` {_REFUSED[key]}")
        elif key not in _KNOWN:
            fields.note(
                node.key_lines[key],
                f"`{key}` is no token attribute{nearest(key.upper(), _KNOWN)}",
            )
        else:
            name, read = _attribute(fields, key, value)
            token[name] = read
    return token if len(fields.mistakes) == before else None


def _attribute(fields: Fields, key: str, node: Node) -> tuple[str, Any]:
    if key == "INFLECT":
        words = fields_strings(fields, key, node)
        return "LOWER", {"IN": [form for word in words for form in inflections(word.lower())]}
    if key == "OP":
        return key, _checked(fields, key, node, isinstance(node, Scalar) and node.text in OPS, listed(OPS))
    if key == "LENGTH":
        number = as_number(node)
        _checked(fields, key, node, number is not None and number == int(number), "a whole number")
        return key, int(number or 0)
    if key in FLAGS:
        flag = as_flag(node)
        _checked(fields, key, node, flag is not None, "true or false")
        return key, flag
    if isinstance(node, Mapping):
        for name, line in node.key_lines.items():
            if name in _REFUSED:
                fields.note(line, f"`{name}` {_REFUSED[name]}")
            elif name not in COMPARISONS:
                fields.note(line, f"`{key}` takes {listed(COMPARISONS)}, not `{name}`")
        return key, {
            name: fields_strings(fields, name, value)
            for name, value in node.items.items()
            if name in COMPARISONS
        }
    return key, fields.string(key, node)


def fields_strings(fields: Fields, key: str, node: Node) -> list[str]:
    """A node as a list of words, whatever is no word noted."""
    items = node.items if isinstance(node, Sequence) else (node,)
    return [word for item in items if (word := fields.string(key, item)) is not None]


def _checked(fields: Fields, key: str, node: Node, fits: bool, expected: str) -> str:
    if not fits:
        fields.note(node.line, f"`{key}` holds {node}; expected {expected}")
    return node.text if isinstance(node, Scalar) else ""
