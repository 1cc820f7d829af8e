"""Whose words they are: quoted, reported, negated, or nobody's prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from linter.phrases import Hit
from linter.text import Span
from linter.tokens import PUNCT, WORD, Tokens

_QUOTES = (
    re.compile(r"“[^”\n]{1,1000}”|«[^»\n]{1,1000}»|„[^“”\n]{1,1000}[“”]"),
    re.compile(r'(?<![\w"])"(?=[^\s"])[^"\n]{1,1000}"(?!\w)'),
    re.compile(r"(?<!\w)‘(?=\S)(?:[^‘’\n]|’(?=\w)){1,400}’(?!\w)"),
    re.compile(r"(?<![\w'])'(?=[^\s'])(?:[^'\n]|(?<=\w)'(?=\w)){1,400}'(?!\w)"),
)
_BLOCK_QUOTE = re.compile(r"^[ \t]{0,3}(?:>|&gt;)[^\r\n]*", re.MULTILINE)
_NOBODYS = re.compile(
    r"^(?P<fence>```|~~~)[^\n]*\n.*?(?:^(?P=fence)[^\n]*$|\Z)"
    r"|`[^`\n]+`|<!--.*?(?:-->|\Z)|(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)|</?[a-zA-Z][^<>\n]*>",
    re.MULTILINE | re.DOTALL,
)

_NEGATORS = frozenset(
    (
        "not no never neither nor nobody none without hardly cannot isn't aren't wasn't weren't "
        "don't doesn't didn't won't wouldn't can't couldn't shouldn't mustn't haven't hasn't hadn't "
        "ain't nothing"
    ).split()
)
_NEGATES_NOTHING = frozenset(
    ("only just merely doubt wonder believe stand wait help stop understand trust matter longer less").split()
)
SCOPE = 7
"""A negation reaches this many tokens, and no further than its clause."""
_CLAUSE_WORDS = frozenset(("but because although though while until unless yet so").split())


def blank_nobodys(text: str, plain: str) -> str:
    """`plain` with Markdown's code, link targets, comments and HTML tags turned to spaces, length kept."""
    if not any(mark in text for mark in "`~<]"):
        return plain
    for start, end in nobodys(text):
        hole = "".join(c if c in "\r\n" else " " for c in plain[start:end])
        plain = plain[:start] + hole + plain[end:]
    return plain


def nobodys(text: str) -> list[Span]:
    """Markdown's code, link targets, comments and HTML tags."""
    return [Span(*match.span()) for match in _NOBODYS.finditer(text)]


def quotations(text: str) -> list[Span]:
    """Stretches in quotation marks of any shape, and lines that begin with `>`, in order of place."""
    spans: list[Span] = []
    if "“" in text or "«" in text or "„" in text:
        spans += _spans(_QUOTES[0], text)
    if '"' in text:
        spans += _spans(_QUOTES[1], text)
    if "‘" in text:
        spans += _spans(_QUOTES[2], text)
    if "'" in text:
        spans += _spans(_QUOTES[3], text)
    if ">" in text or "&gt;" in text:
        spans += _spans(_BLOCK_QUOTE, text)
    return sorted(spans)


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(*match.span()) for match in pattern.finditer(text)]


def reported(
    tokens: Tokens, hits: Iterable[Hit], sentence_at: Callable[[int], tuple[int, int]]
) -> list[Span]:
    """From after each reporting verb to the end of its sentence, unless its subject is I or we."""
    spans = []
    for hit in hits:
        before = tokens.forms[max(0, hit.first - 2) : hit.first + 1]
        if "i" in before or "we" in before or "i'm" in before:
            continue
        _, last = sentence_at(hit.first)
        if hit.last < last:
            spans.append(tokens.span(hit.last, last))
    return spans


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same stretches in order, those that overlap made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def negations(tokens: Tokens) -> list[Hit]:
    """Ranges of tokens under a negation: to the end of the clause, seven tokens at most."""
    ranges = []
    forms, kinds, total = tokens.forms, tokens.kinds, len(tokens)
    for i in [i for i, form in enumerate(forms) if form in _NEGATORS and kinds[i] == WORD]:
        after = forms[i + 1] if i + 1 < total else ""
        if after in _NEGATES_NOTHING or (i and forms[i - 1] in ("why", "and why")) or _asks(forms, i):
            continue
        last = i + 1
        while (
            last < min(total, i + 1 + SCOPE)
            and kinds[last] in (WORD, "n")
            and forms[last] not in _CLAUSE_WORDS
        ):
            last += 1
        ranges.append(Hit(i, last))
    return ranges


def _asks(forms: list[str], i: int) -> bool:
    """Whether the negator opens a question to somebody ("aren't you a liar")."""
    after = forms[i + 1] if i + 1 < len(forms) else ""
    return forms[i].endswith("n't") and after in ("you", "they", "he", "she", "it", "we")


def ends_clause(form: str, kind: str) -> bool:
    """Whether a token parts what comes before it from what comes after."""
    return kind == PUNCT or form in _CLAUSE_WORDS
