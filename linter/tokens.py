"""Words, tags, handles, links, emoji and sentences of a post, in one pass and with their places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from linter.party import FIRST_OF_TWO, NAMES_OF_TWO
from linter.text import Span

WORD, NUMBER, TAG, TAG_PART, HANDLE, URL, EMOJI, PUNCT, BREAK = "wntThuepb"
"""Kinds of token. A #TagOfWords is split on its capitals: its first word is a TAG, the others TAG_PARTs."""

_EMOJI_CHAR = (
    "[\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u25aa-\u27bf\u2934\u2935\u2b05-\u2b55"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_EMOJI = (
    "[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3|"
    f"{_EMOJI_CHAR}(?:[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d{_EMOJI_CHAR})*"
)
_ADDRESS = (
    r"|[a-z0-9][a-z0-9.+_-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}"
    r"|(?:[a-z0-9-]{1,63}\.){1,8}(?:com|org|net|uk|gov|scot|wales)(?![\w])(?:/[^\s<>]*)?"
)
_ANY_ADDRESS = re.compile(r"\.(?:com|org|net|uk|gov|scot|wales)(?!\w)|@[\w-]+\.")


def _token(address: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<u>https?://[^\s<>]+|www\.[^\s<>]+{address})"
        r"|(?P<h>@[^\W_](?:[\w]|[.-](?=\w))*)"
        r"|(?P<t>\#[\w]*[^\W\d_][\w]*)"
        r"|(?P<w>[a-z]{1,2}\*{2,}[a-z]*|[^\W\d_][^\W_]*(?:(?:'(?=[^\W\d_])|[$@](?=[^\W_])|\*+(?=[^\W\d_]))[^\W_]*)*)"
        r"|(?P<n>\d(?:[\d.,:/]*\d)?[a-z%]*)"
        rf"|(?P<e>{_EMOJI})"
        r"|(?P<b>(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))*)"
        r"|(?P<p>[!?.…‽]+|[,;:()\[\]/&|<>=+–—]|(?<![^\W_])-+|-+(?![^\W_]))"
    )


_TOKEN, _TOKEN_OR_ADDRESS = _token(""), _token(_ADDRESS)
"""Two of a kind: looking for addresses at each word is dear, and few posts hold one."""

_TAG_WORD = re.compile(r"[A-Z]+(?![^\WA-Z\d_])|[A-Z]?[^\WA-Z\d_]+|\d+|[^\W_]")
_SINGLE_LETTERS = re.compile(r"[ .*_-][a-z][ .*_-][a-z](?![a-z])")
"""A cheap sign that a word may be set apart; few posts hold one."""
_APART = re.compile(r"(?<![^\W_])[a-z](?:[ .*_-][a-z]){3,}(?![^\W_])")
_NO_LETTER = re.compile(r"[^a-z]")
_ELONGATED = re.compile(r"([a-z])\1\1+")

# Contractions typed without their apostrophe, where no other English word is spelled so.
REPAIRED = {
    word.replace("'", ""): word
    for word in (
        "aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't mustn't shouldn't "
        "wasn't weren't wouldn't ain't you're they're you've they've we've i've i'm you'll they'll "
        "that's what's there's who's here's how's he's she's where's let's youse'd you'd they'd"
    ).split()
} | {"u": "you", "ur": "your", "yr": "your", "r": "are", "pls": "please", "plz": "please", "thx": "thanks"}
_CONTRACTED_S = frozenset(
    ("it's he's she's that's what's who's where's there's here's how's let's when's why's").split()
)
_ABBREVIATED = frozenset(
    ("mr mrs ms dr st cllr prof rev hon vs etc inc ltd jr sr approx dept est no e g i.e p m a eg ie").split()
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists, one entry a token, in order of place.

    `forms` is what terms are matched against: lower case, repaired, without a possessive. `sentences`
    are ranges of token numbers; together they cover every token but leading and trailing line ends.
    """

    forms: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.forms)

    def span(self, first: int, last: int) -> Span:
        """The text from token `first` up to, not including, token `last`."""
        return Span(self.starts[first], self.ends[last - 1])

    def take(self, others: Tokens, first: int, last: int) -> None:
        """Add some of another post's tokens as they are."""
        self.forms.extend(others.forms[first:last])
        self.kinds.extend(others.kinds[first:last])
        self.starts.extend(others.starts[first:last])
        self.ends.extend(others.ends[first:last])

    def joined(self, first: int, last: int, form: str) -> Tokens:
        """The same with some tokens in a row made one word."""
        if last - first < 2:
            return self
        return Tokens(
            [*self.forms[:first], form, *self.forms[last:]],
            [*self.kinds[:first], WORD, *self.kinds[last:]],
            [*self.starts[: first + 1], *self.starts[last:]],
            [*self.ends[:first], self.ends[last - 1], *self.ends[last:]],
        )

    def words(self, first: int = 0, last: int | None = None) -> int:
        """How many words: word and number tokens, and a #tag and a party's name as one; no handle, link or emoji."""
        kinds = self.kinds if first == 0 and last is None else self.kinds[first:last]
        return kinds.count(WORD) + kinds.count(NUMBER) + kinds.count(TAG)


def tokenise(
    text: str,
    plain: str,
    known: Callable[[str], bool] = bool,
    unmask: Callable[[str], str | None] | None = None,
) -> Tokens:
    """Tokens of `plain`, the normalised twin of `text` and of equal length.

    `known` says whether a word stands in a term: an elongated word ("scuuum") is shortened to the
    one it knows. `unmask` gives the word behind stars and digits ("sc*m"), or None; letters set apart
    ("s c u m") are one token where it knows the word.
    """
    pattern = _TOKEN_OR_ADDRESS if "." in plain and _ANY_ADDRESS.search(plain) else _TOKEN
    matches = list(pattern.finditer(plain))
    if "\n" in plain or "\r" in plain:
        matches = [match for match in matches if match.lastgroup != BREAK or not _wrapped(text, match)]
    spans = [match.span() for match in matches]
    tokens = Tokens(  # list by list: a loop over the matches takes three times as long
        [match[0] for match in matches],
        [match.lastgroup or PUNCT for match in matches],
        [start for start, _ in spans],
        [end for _, end in spans],
    )
    if TAG in tokens.kinds:
        tokens = _with_split_tags(tokens, text, plain)
    _repair_words(tokens, plain, known)
    if not FIRST_OF_TWO.isdisjoint(tokens.forms):
        tokens = _with_whole_names(tokens)
    return _unmasked(tokens, plain, unmask) if unmask else tokens


def _with_whole_names(tokens: Tokens) -> Tokens:
    """The same with each party's name of two words made one."""
    forms, kinds, starts, ends = tokens.forms, tokens.kinds, tokens.starts, tokens.ends
    seconds = {
        i + 1
        for i, pair in enumerate(pairwise(forms))
        if pair in NAMES_OF_TWO and (kinds[i] == kinds[i + 1] or kinds[i + 1] == TAG_PART)
    }
    for i in seconds:
        forms[i - 1], ends[i - 1] = NAMES_OF_TWO[forms[i - 1], forms[i]], ends[i]
    stay = [i for i in range(len(forms)) if i not in seconds]
    return Tokens(
        [forms[i] for i in stay], [kinds[i] for i in stay], [starts[i] for i in stay], [ends[i] for i in stay]
    )


def _unmasked(tokens: Tokens, plain: str, unmask: Callable[[str], str | None]) -> Tokens:
    """The same with masked words read."""
    kinds = tokens.kinds
    for i in [i for i, form in enumerate(tokens.forms) if kinds[i] == WORD and not form.isalpha()]:
        if "'" not in tokens.forms[i]:
            tokens.forms[i] = unmask(tokens.forms[i]) or tokens.forms[i]
    for match in _APART.finditer(plain) if _SINGLE_LETTERS.search(plain) else ():
        word = unmask(_NO_LETTER.sub("", match[0]))
        if word:
            first, last = bisect_left(tokens.starts, match.start()), bisect_left(tokens.starts, match.end())
            tokens = tokens.joined(first, last, word)
    return tokens


def _wrapped(text: str, line_end: re.Match[str]) -> bool:
    """Whether a single line end stands in mid-sentence."""
    return text[line_end.end() : line_end.end() + 1].islower() and "\n" not in line_end[0][:-1]


def _repair_words(tokens: Tokens, plain: str, known: Callable[[str], bool]) -> None:
    forms, kinds = tokens.forms, tokens.kinds
    if not REPAIRED.keys().isdisjoint(forms):
        forms[:] = [REPAIRED.get(form, form) for form in forms]
    if "'s" in plain:
        forms[:] = [repair(form) if form[-2:] == "'s" else form for form in forms]
    if _ELONGATED.search(plain):
        for i, form in enumerate(forms):
            if kinds[i] == WORD and _ELONGATED.search(form):
                forms[i] = _shortened(form, known)


def repair(word: str) -> str:
    """The word with its missing apostrophe put back and its possessive taken off."""
    if word in REPAIRED:
        return REPAIRED[word]
    return word[:-2] if word[-2:] == "'s" and word not in _CONTRACTED_S else word


def _shortened(word: str, known: Callable[[str], bool]) -> str:
    if known(word):
        return word
    once, twice = _ELONGATED.sub(r"\1", word), _ELONGATED.sub(r"\1\1", word)
    return twice if known(twice) and not known(once) else once


def _with_split_tags(tokens: Tokens, text: str, plain: str) -> Tokens:
    """The same with each #TagOfWords split on its capitals."""
    of_words = []
    for tag in [i for i, kind in enumerate(tokens.kinds) if kind == TAG]:
        start, end = tokens.starts[tag], tokens.ends[tag]
        raw = text[start + 1 : end]
        if raw.isalpha() and (raw.islower() or raw[1:].islower() or raw.isupper()):
            tokens.forms[tag] = plain[start + 1 : end]
        else:
            of_words.append(tag)
    return _split(tokens, of_words, text, plain) if of_words else tokens


def _split(tokens: Tokens, tags: list[int], text: str, plain: str) -> Tokens:
    split = Tokens()
    done = 0
    for tag in tags:
        split.take(tokens, done, tag)
        start, end = tokens.starts[tag], tokens.ends[tag]
        parts = [part.span() for part in _TAG_WORD.finditer(text, start + 1, end)] or [(start + 1, end)]
        split.forms.extend([plain[first:last] for first, last in parts])
        split.kinds.extend([TAG, *(TAG_PART for _ in parts[1:])])
        split.starts.extend([start, *(first for first, _ in parts[1:])])
        split.ends.extend([last for _, last in parts])
        done = tag + 1
    split.take(tokens, done, len(tokens))
    return split


def split_sentences(text: str, tokens: Tokens) -> list[tuple[int, int]]:
    """Ranges of tokens that are sentences, made for posts.

    A sentence ends at closing punctuation before a space, at a line end, and at an emoji before a capital;
    not at an abbreviation. What holds no word of its own (tags, a link) belongs to the sentence before it.
    """
    cuts = [i + 1 for i, kind in enumerate(tokens.kinds) if kind != WORD and _ends_sentence(text, tokens, i)]
    sentences: list[tuple[int, int]] = []
    first = 0
    for cut in [*cuts, len(tokens)]:
        if cut == first:
            continue
        kinds = tokens.kinds[first:cut]
        if kinds[-1] == BREAK:
            cut -= 1
            kinds.pop()
        if not kinds:
            first = cut + 1
            continue
        if WORD in kinds or NUMBER in kinds or (TAG in kinds and not sentences):
            sentences.append((first, cut))
        elif sentences:
            sentences[-1] = (sentences[-1][0], cut)
        else:
            continue  # nothing said yet: what comes first belongs to the sentence after it
        first = cut + (cut < len(tokens) and tokens.kinds[cut] == BREAK)
    return sentences


def _ends_sentence(text: str, tokens: Tokens, i: int) -> bool:
    kind = tokens.kinds[i]
    if kind == BREAK:
        return True
    end = tokens.ends[i]
    if kind == EMOJI:
        after = text[end : end + 2].lstrip()
        return i + 1 < len(tokens) and tokens.kinds[i + 1] == WORD and after[:1].isupper()
    if kind != PUNCT or tokens.forms[i][0] not in ".!?…‽":
        return False
    after = text[end : end + 1]
    if after.isalnum() or (after == "," or after == "'"):
        return False
    if tokens.forms[i] == "." and i:
        before = tokens.forms[i - 1]
        return not (before in _ABBREVIATED or (len(before) == 1 and before.isalpha() and before != "i"))
    if tokens.forms[i][0] in "…" or tokens.forms[i].startswith(".."):
        following = text[end : end + 9].lstrip()[:1]
        return not following.islower()
    return True
