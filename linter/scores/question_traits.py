"""What speaks for or against an answer being wanted to a question: a table of plain tests."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from linter.party import ANY_PARTY
from linter.scores.question_forms import (
    ANYBODY,
    AUXILIARIES,
    DETERMINERS,
    NEGATED,
    SHORT,
    WH,
    WH_IS,
    Words,
    in_order,
    is_tagged,
)
from linter.scores.question_sentence import Sentence
from linter.scores.weights import Weights
from linter.tokens import HANDLE, PUNCT, URL

ATTACKS = (
    "insult",
    "accusation",
    "vermin",
    "contempt",
    "failing-strong",
    "profanity-strong",
    "slurs",
    "dismissal",
)
HEAT = (
    "loaded",
    "loaded-strong",
    "loaded-mild",
    "partisan",
    "labels",
    "scorn",
    "wrongdoing",
    "failing",
    "put-down",
    "anger",
)
LEXICONS = [
    "asking",
    "indirect-ask",
    "rhetorical",
    "teaser",
    "everyday",
    "public-affairs",
    "thanks",
    "vote-plea",
    "you",
    "party",
    *ATTACKS,
    *HEAT,
]

_ANSWERS = frozenset(
    "no yes nothing nobody never none yep nope exactly precisely zero zilch absolutely certainly simple simply easy because "
    "neither nor nowhere not so quite indeed same me".split()
)
_THIRD = frozenset(
    "they he she council government politicians politician councillor councillors minister ministers secretary president mayor "
    "mps mp congress anyone anybody somebody nobody westminster them their these people taxpayers families "
    "residents pensioners republicans democrats leaders world country".split()
) | {ANY_PARTY}
_READERS = frozenset(
    "you your yours ya u anyone anybody somebody someone everyone everybody people folk folks d'you".split()
)
_YOU = frozenset("you your yours you're you've you'd you'll u ur ya d'you".split())
_THEY = frozenset("they them their they're they've they'll these".split())
_ONESELF = frozenset("i i'm i've i'd i'll my me mine we're we've our asking just".split())
_I = frozenset("i i'm i've i'd i'll my me mine".split())
_REPLY = frozenset(
    "please message comment comments reply below dm email ring text answer answers suggestions ideas tell call ask bring give "
    "come share story stories post send drop hear stop "
    "numbers names office".split()
)
_ELSEWHERE = frozenset(
    "verdict facts thread revealed exclusive here's vote sign find read click watch see listen tune discover check join visit "
    "here page download learn use".split()
)
_STRESSED = frozenset("seriously exactly even honestly possibly actually ever finally suddenly".split())
_JOINED = frozenset("so and but then or oh".split())
_ANYWHERE = ANYBODY | {"anywhere"}
_KNOWING = frozenset("know knows got gonna going seen tried fancy up free about coming else".split())
_HOLDING = frozenset(
    "think feel reckon want like prefer suggest support agree hope recommend have had do know use need find vote".split()
)
_OPINIONS = frozenset(
    "thoughts opinion opinions view views take story experience experiences favourite favorite priority priorities feelings idea ideas name".split()
)
_IN_OFFICE = frozenset(
    "voted moved asked spoke tabled raised opposed supported will shall don't couldn't won't can't believe stand fight vote be".split()
)
_NO_NAMES = (
    AUXILIARIES
    | NEGATED
    | WH
    | _THIRD
    | _STRESSED
    | frozenset("right huh innit though eh correct what".split())
)
_TO_WONDER_AT = frozenset("can could should would".split())


def is_genuine(sentence: Sentence, by: Weights) -> bool:
    """Whether an answer is wanted: base and the points of the traits come to zero or more."""
    return by.base + sum(by.families[trait].points for trait in traits(sentence)) >= 0


def traits(sentence: Sentence) -> list[str]:
    """The names of the traits that a question has."""
    return [name for name, test in TRAITS.items() if test(sentence)]


def _subject(words: Words) -> str:
    """The word after the first auxiliary: of whom or what is asked."""
    at = next((i for i, word in enumerate(words[:4]) if word in AUXILIARIES or word in NEGATED), None)
    if at is None:
        return words[1] if len(words) > 1 and words[0] in WH_IS else ""
    return words[at + 1] if at + 1 < len(words) else ""


def _of_the_reader(sentence: Sentence) -> bool:
    """Whether it is asked of the reader, or of anybody: "do you …", "has anyone …"."""
    return _subject(sentence.opening) in _READERS


def _asks_your_view(sentence: Sentence) -> bool:
    """Whether it asks what the reader thinks, has or would do ("do you think …", "your experience")."""
    words = sentence.words
    return any(
        (word in ("you", "u") and after in _HOLDING) or (word == "your" and after in _OPINIONS)
        for word, after in pairwise(words)
    )


def _asks_anybody(sentence: Sentence) -> bool:
    """Whether it asks for any at all: "has anyone …", "is there anywhere …", "…, anybody know?"."""
    words = sentence.words
    return not _ANYWHERE.isdisjoint(sentence.opening[:3]) or any(
        word in _ANYWHERE and after in _KNOWING for word, after in pairwise(words)
    )


def _of_others(sentence: Sentence) -> bool:
    """Whether it is asked of somebody who is not there: they, the minister, a party."""
    words = sentence.opening
    subject = _subject(words)
    at = words.index(subject) if subject in words else 0
    return not _THIRD.isdisjoint(words[at : at + 3 if subject in DETERMINERS else at + 1])


def _is_a_fragment(sentence: Sentence) -> bool:
    """Whether it has a question mark and nothing else of a question ("50 a day?")."""
    words = sentence.opening
    asks = in_order(words, bare=True) or (bool(words) and words[0] in WH | AUXILIARIES | NEGATED)
    return not asks and not is_tagged(sentence.words) and not sentence.holds("indirect-ask")


def _is_a_lone_word(sentence: Sentence) -> bool:
    return len(sentence.words) == 1


def _answers_itself(sentence: Sentence) -> bool:
    """Whether the next sentence begins as an answer, or is too short to be anything else ("We do.")."""
    after = sentence.beside(1)
    words = after.all_words if after else []
    if not after or not words or after.is_marked:
        return False
    asked = sentence.opening[:2]
    return (
        words[0] in _ANSWERS
        or (len(words) > 1 and words[1] != "you" and words[1::-1] == list(asked))
        or words[:2] == ["of", "course"]
        or (len(words) > 1 and words[-2] == "that's" and words[-1] in WH)
        or (words[0] in ("i", "the", "a", "to", "on", "in", "by") and len(words) < SHORT * 2)
    )


def _is_followed_by_few(sentence: Sentence) -> bool:
    """Whether the next sentence is a word or three ("Quite.", "I'll wait.") and calls for no answer."""
    after = sentence.beside(1)
    if after is None or after.is_marked:
        return False
    return 0 < len(after.all_words) <= SHORT and _REPLY.isdisjoint(after.all_words)


def _says_why(sentence: Sentence) -> bool:
    """Whether the next sentence tells why one asks ("I've only just moved in")."""
    after = sentence.beside(1)
    if after is None or len(after.all_words) <= SHORT or _tells_of_office(after):
        return False
    return after.all_words[0] in _ONESELF


def _tells_of_office(sentence: Sentence) -> bool:
    """Whether the writer tells what he does in office, or stands for: "I voted no", "I will fight it"."""
    words = sentence.all_words
    return any(
        word in ("i", "we", "i'll", "we'll") and after in _IN_OFFICE for word, after in pairwise(words)
    )


def _is_personal(sentence: Sentence) -> bool:
    """Whether the writer speaks of himself in it or in the next sentence."""
    near = [sentence, sentence.beside(1)]
    return any(
        one is not None and not _I.isdisjoint(one.all_words) and not _tells_of_office(one) for one in near
    )


def _is_personal_before(sentence: Sentence) -> bool:
    before = sentence.beside(-1)
    return before is not None and not _I.isdisjoint(before.all_words) and not _tells_of_office(before)


def _wants_replies(sentence: Sentence) -> bool:
    """Whether the next sentence calls for answers ("Names by Friday please")."""
    after = sentence.beside(1)
    return after is not None and not _REPLY.isdisjoint(after.all_words)


def _leads_on(sentence: Sentence) -> bool:
    """Whether the next sentence sends the reader to a link, a page or a programme."""
    after = sentence.beside(1)
    end = after.last if after else sentence.last
    return URL in sentence.analysis.tokens.kinds[sentence.first : end] or (
        after is not None and not _ELSEWHERE.isdisjoint(after.all_words[:5])
    )


def _is_one_of_a_row(sentence: Sentence) -> bool:
    """Whether a question beside it opens with the same word: "Who speaks for us? Who fights for us?"."""
    near = (sentence.beside(1), sentence.beside(-1), sentence.beside(2), sentence.beside(-2))
    return any(one is not None and one.is_marked and _is_alike(one.opening, sentence.opening) for one in near)


def _is_alike(one: Words, other: Words) -> bool:
    return bool(one and other) and one[0] == other[0] and (one[1:2] == other[1:2] or one[-1] == other[-1])


def _heat_around(sentence: Sentence) -> bool:
    """Whether hard or loaded words stand elsewhere in the post."""
    hits = sentence.analysis.hits
    return any(
        not sentence.first <= hit.first < sentence.last
        for owner in (*ATTACKS, *HEAT)
        for hit in hits.get(owner, ())
    )


def _public_around(sentence: Sentence) -> bool:
    """Whether the sentence before or after it is about government."""
    return any(
        one is not None and one.holds("public-affairs") for one in (sentence.beside(1), sentence.beside(-1))
    )


def _is_addressed(sentence: Sentence) -> bool:
    """Whether a @handle stands at the head of the post, or opens the question."""
    return (
        HANDLE in sentence.analysis.tokens.kinds[:2]
        or HANDLE in sentence.analysis.tokens.kinds[sentence.first : sentence.first + 2]
    )


def _is_behind_a_heading(sentence: Sentence) -> bool:
    """Whether it stands behind a heading ("Voter ID: what do you need to know?")."""
    tokens = sentence.analysis.tokens
    near = range(sentence.first, min(sentence.first + 5, sentence.last))
    return any(tokens.kinds[i] == PUNCT and tokens.forms[i] == ":" for i in near)


def _is_named(sentence: Sentence) -> bool:
    """Whether somebody is called by name or trade in it: "…, Keith?", "Traders, what …"."""
    if len(sentence.clauses) < 2:
        return False
    first, last = sentence.clauses[0], sentence.clauses[-1]
    word = last[0] if len(last) == 1 else first[0] if len(first) == 1 else ""
    return len(word) > 2 and word not in _NO_NAMES


def _joins_on(sentence: Sentence) -> bool:
    """Whether it opens with "so", "and", "but", "then"."""
    forms = sentence.analysis.tokens.forms
    return forms[sentence.first] in _JOINED


def _asks_why(sentence: Sentence) -> bool:
    """Whether it asks why or how, not of the reader; "why not …" invites."""
    words = sentence.opening
    return words[:1] in (["why"], ["how"]) and words[1:2] != ["not"] and not _of_the_reader(sentence)


def _what_kind(sentence: Sentence) -> bool:
    """Whether it asks "what kind of council closes …": a reproach; "what kind of bread do you …" is none."""
    words = sentence.opening
    return (
        list(words[:1]) == ["what"]
        and words[1:2] in (["kind"], ["sort"])
        and not AUXILIARIES.intersection(words[3:6])
    )


def _wonders_at(sentence: Sentence) -> bool:
    """Whether it opens "how can …", "why should …", and not of the reader."""
    words = sentence.opening
    return (
        words[:1] in (["how"], ["why"])
        and words[1:2] != []
        and words[1] in _TO_WONDER_AT
        and _YOU.isdisjoint(words)
    )


TRAITS: dict[str, Callable[[Sentence], bool]] = {
    "asks for a view": lambda sentence: sentence.holds("asking") and not sentence.holds("rhetorical"),
    "asks your view": _asks_your_view,
    "requests an answer": lambda sentence: sentence.holds("indirect-ask"),
    "of the reader": lambda sentence: _of_the_reader(sentence) and not _is_addressed(sentence),
    "you elsewhere": lambda sentence: not _YOU.isdisjoint(sentence.words) and not _of_the_reader(sentence) and not _is_addressed(sentence),
    "of the one addressed": lambda sentence: _is_addressed(sentence) and not _YOU.isdisjoint(sentence.words),
    "stressed, of the reader": lambda sentence: bool(_STRESSED.intersection(sentence.words)) and not _YOU.isdisjoint(sentence.words),
    "open": lambda sentence: sentence.opening[:1] in (["what"], ["which"], ["what's"]),
    "any": _asks_anybody,
    "without a mark": lambda sentence: not sentence.is_marked,
    "tag": lambda sentence: is_tagged(sentence.words),
    "attack": lambda sentence: any(sentence.holds(owner) for owner in ATTACKS),
    "known to be rhetorical": lambda sentence: sentence.holds("rhetorical"),
    "negated opening": lambda sentence: bool(sentence.opening) and sentence.opening[0] in NEGATED,
    "exclaims": lambda sentence: "?" in sentence.marks and "!" in sentence.marks[sentence.marks.index("?") :],
    "of others": _of_others,
    "speaks of others": lambda sentence: not _THEY.isdisjoint(sentence.words),
    "fragment": _is_a_fragment,
    "lone word": _is_a_lone_word,
    "stressed": lambda sentence: bool(_STRESSED.intersection(sentence.words)),
    "why or how": _asks_why,
    "what kind": _what_kind,
    "wonders at": _wonders_at,
    "named": _is_named,
    "joins on": _joins_on,
    "answers itself": _answers_itself,
    "few words next": _is_followed_by_few,
    "says why": _says_why,
    "personal": _is_personal,
    "personal before": _is_personal_before,
    "of oneself": lambda sentence: _subject(sentence.opening) == "i" and sentence.opening[0] not in ("can", "could", "may"),
    "wants replies": _wants_replies,
    "thanks": lambda sentence: "thanks" in sentence.analysis.hits or "please" in sentence.analysis.tokens.forms,
    "teaser": lambda sentence: sentence.holds("teaser"),
    "leads on": _leads_on,
    "canvasses": lambda sentence: "vote-plea" in sentence.analysis.hits,
    "one of a row": _is_one_of_a_row,
    "heat": lambda sentence: any(sentence.holds(owner) for owner in HEAT) and not _of_the_reader(sentence),
    "heat around": lambda sentence: _heat_around(sentence) and not _of_the_reader(sentence),
    "public affairs": lambda sentence: sentence.holds("public-affairs") and not _of_the_reader(sentence),
    "public affairs around": lambda sentence: _public_around(sentence) and not _of_the_reader(sentence),
    "everyday": lambda sentence: sentence.holds("everyday"),
    "a choice": lambda sentence: "or" in sentence.words[1:-1],
    "opens the post": lambda sentence: sentence.number == 0,
    "closes the post": lambda sentence: sentence.number == len(sentence.analysis.sentences) - 1,
    "of a thing": lambda sentence: _subject(sentence.opening) in DETERMINERS | {"there", "it", "this", "that"},
    "this": lambda sentence: sentence.words[-1:] in (["this"], ["that"]),
    "addressed": _is_addressed,
    "behind a heading": _is_behind_a_heading,
}  # fmt: skip
"""What speaks for or against an answer being wanted; the points stand in rules/scores/questions_ratio.yaml."""
