"""Questions asked, and whether anybody is meant to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from linter.analysis import Analysis
from linter.party import ANY_PARTY
from linter.scores.score import Evidence, Score
from linter.scores.weights import weights
from linter.text import Span
from linter.tokens import HANDLE, NUMBER, PUNCT, URL, WORD

NAME = "questions_ratio"
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
LEXICONS = ["asking", "indirect-ask", "rhetorical", "teaser", "you", "party", *ATTACKS, *HEAT]

_AUXILIARIES = frozenset(
    "do does did is are was were have has had can could will would should may might shall am".split()
)
_NEGATED = frozenset(
    (
        "isn't aren't wasn't weren't don't doesn't didn't won't can't couldn't shouldn't haven't "
        "hasn't hadn't ain't wouldn't"
    ).split()
)
_PRONOUNS = frozenset(
    (
        "you we they i he she it there this that these those anyone anybody someone somebody everyone everybody "
        "people your yours ya yall y'all they're nobody anything everything"
    ).split()
) | {ANY_PARTY}
_DETERMINERS = frozenset(
    "the my our your his her their its any some all many most other a an each every no".split()
)
_NO_QUESTION_BEFORE_A_NOUN = frozenset("do have has had am".split())
"""Auxiliaries that, before a noun, open an order or a report ("do the dishes", "had a lovely day") and no question."""
_WH = frozenset(
    "what what's who who's whos whose where where's wheres when when's why why's whys how how's hows which whom whats wats "
    "wat wut wuts wot wots".split()
)
_WH_IS = frozenset(
    "what's who's where's when's why's how's whats wats wuts wots whos wheres hows whys".split()
)
_WH_WITH = {
    "what": frozenset("about kind sort kinds sorts time day if else type color colour you".split()),
    "how": frozenset("about come many much long often far old big soon else bout you ya".split()),
    "which": frozenset("one ones way".split()),
    "why": frozenset("not you".split()),
    "who": frozenset("else wants wanna knows".split()),
    "where": frozenset("else abouts in at from you".split()),
    "when": frozenset(),
    "wot": frozenset("about else".split()),
}
_ASKING_WHICH = frozenset("do does did would should can could".split())
_FILLERS = frozenset(
    "so and but or well ok okay oh hey hi hello hiya um uh er ah yeah yes yep no nah right now then anyway actually please "
    "also just like cos because wait sorry mm hmm hmmm mhm lol haha mate guys all folks everyone morning evening seriously "
    "honestly still maybe perhaps alright thanks god gosh wow dear uhhuh umm".split()
)
_FILLING_PAIRS = (("i", "mean"), ("you", "know"), ("let's", "see"))
_ASKS_ALONE = frozenset("huh eh wut pardon asl wbu hbu really wtf why who what when where how".split())
"""Words that ask where they stand alone and no mark closes them."""
_TAG_SUBJECTS = frozenset("it you they he she we i there that".split())
_TAG_WORDS = frozenset("right huh eh innit correct what".split())
_ANSWERS = frozenset(
    "no yes nothing nobody never none yep nope exactly precisely zero zilch absolutely certainly simple simply easy because "
    "neither nowhere not".split()
)
_THIRD = frozenset(
    "they he she council government politicians councillors ministers mps mp congress anyone anybody westminster them him "
    "her his their these this people taxpayers families residents our".split()
) | {ANY_PARTY}
_READERS = frozenset(
    "you your yours ya u anyone anybody somebody someone everyone everybody people folk folks".split()
)
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Question:
    """One sentence that asks, as a range of tokens, and whether it waits for an answer."""

    first: int
    last: int
    genuine: bool


def score(analysis: Analysis) -> Score:
    """Genuine questions over sentences, 0-1, in the author's own words.

    `raw` = the number of genuine questions (each adds 1); `value` = raw / sentences. Null for a post
    without sentences. A sentence asks if it holds a question mark, is put in the order of a question, ends
    in a tag ("isn't it"), or requests an answer ("tell me what you'd want"). It is genuine unless it speaks
    against somebody, opens like a reproach, is a teaser or answers itself.
    """
    sentences = len(analysis.sentences)
    evidence = tuple(
        Evidence(analysis.tokens.span(question.first, question.last), "genuine question", 1.0)
        for question in asked(analysis)
        if question.genuine
    )
    raw = float(len(evidence))
    return Score(NAME, raw, raw / sentences if sentences else None, evidence)


def asked(analysis: Analysis) -> tuple[Question, ...]:
    """Every question in the author's own words, in order of place."""
    known: tuple[Question, ...] | None = analysis.__dict__.get("_questions")
    if known is None:
        known = tuple(_questions(analysis))
        analysis.__dict__["_questions"] = known
    return known


def _questions(analysis: Analysis) -> list[Question]:
    found = []
    marked = "?" in analysis.text or "‽" in analysis.text
    for number, (first, last) in enumerate(analysis.sentences):
        if (
            not marked
            and _ASKING.isdisjoint(analysis.tokens.forms[first:last])
            and not analysis.begins("indirect-ask", first, last)
        ):
            continue
        sentence = _Sentence.of(analysis, number, first, last)
        if sentence.asks and analysis.said(analysis.tokens.span(first, last)):
            found.append(Question(first, last, not sentence.rhetorical))
    return found


_ASKING = (
    _AUXILIARIES
    | _NEGATED
    | _WH
    | _ASKS_ALONE
    | _TAG_WORDS
    | frozenset("any anyone anybody anything wanna gonna fancy coming remember mean".split())
)
"""Words one of which stands in every question without a mark."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence under the question: its clauses as words, its own closing marks, and whether none closes it."""

    analysis: Analysis
    number: int
    first: int
    last: int
    clauses: list[list[str]]
    marks: str
    bare: bool

    @classmethod
    def of(cls, analysis: Analysis, number: int, first: int, last: int) -> _Sentence:
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
        return cls(analysis, number, first, last, [clause for clause in clauses if clause], marks, bare)

    @property
    def asks(self) -> bool:
        """Whether it asks, with or without a mark."""
        if "?" in self.marks or "‽" in self.marks:
            return True
        if self.analysis.begins("indirect-ask", self.first, self.last):
            return True
        if not self.clauses:
            return False
        first, *others = self.clauses
        if "!" in self.marks:
            return _plainly_in_order(_without_fillers(first))
        bare = self.bare and not self.marks
        return (
            _in_order(_without_fillers(first), bare and not others)
            or any(_plainly_in_order(_without_fillers(clause)) for clause in others)
            or (bare and _ends_in_tag(self.words))
        )

    @property
    def words(self) -> list[str]:
        """All of its words."""
        return [word for clause in self.clauses for word in clause]

    @property
    def rhetorical(self) -> bool:
        """Whether nobody is meant to answer: the points of its traits come to less than nothing."""
        by = weights(NAME)
        points = sum(by.families[trait].points for trait, test in _TRAITS.items() if test(self))
        return by.base + points < 0

    @property
    def opening(self) -> list[str]:
        """The words of the clause that asks, from where it begins to say something."""
        clauses = [_without_fillers(clause) for clause in self.clauses]
        asking = (words for words in clauses if _in_order(words, bare=True) or words[0] in _WH | _AUXILIARIES)
        return next(asking, clauses[-1] if clauses else [])

    def holds(self, owner: str) -> bool:
        """Whether a hit of a list begins in it."""
        return self.analysis.begins(owner, self.first, self.last)


def _append(words: list[str], word: str) -> None:
    """Add a word; a party's name takes the place of its article, which not every party has."""
    if word == ANY_PARTY and words[-1:] == ["the"]:
        words.pop()
    words.append(word)


def _without_fillers(words: list[str]) -> list[str]:
    """The words from where the sentence begins to say something."""
    i = 0
    while i < len(words) - 1:
        if i + 2 < len(words) and tuple(words[i : i + 2]) in _FILLING_PAIRS:
            i += 2
        elif words[i] in _FILLERS or words[i][0].isdigit() or words[i] == words[i + 1]:
            i += 1
        else:
            break
    return words[i:]


def _plainly_in_order(words: list[str]) -> bool:
    """Whether a later clause stands in the order of a question beyond doubt ("…, do you think so")."""
    at = 1 if words[0] in _WH and len(words) > 3 else 0
    return len(words) > at + 2 and words[at] in _AUXILIARIES and words[at + 1] in _PERSONS


_PERSONS = frozenset("you we they i he she it there anyone anybody".split())


def _in_order(words: list[str], bare: bool) -> bool:
    """Whether words stand in the order of a question; `bare` where no mark at all closes them."""
    if not words:
        return False
    first, second = words[0], words[1] if len(words) > 1 else ""
    third = words[2] if len(words) > 2 else ""
    if first in _AUXILIARIES or first in _NEGATED:
        if second in _PRONOUNS:
            return len(words) > 2 or bare
        return second in _DETERMINERS and first not in _NO_QUESTION_BEFORE_A_NOUN and len(words) > 3
    if first in _WH_IS:
        return second not in ("more", "important") and len(words) > 1
    if first == "which":
        return (
            second in _ASKING_WHICH
            or second in _WH_WITH[first]
            or (third in _ASKING_WHICH and len(words) > 3)
        )
    if first in _WH and len(words) > 1:
        if second in _AUXILIARIES or second in _NEGATED or second in _WH_WITH.get(first, ()):
            return third != "" or bare
        return first in ("what", "whose", "how", "who", "why") and _noun_first(words, bare)
    if first in ("any", "anyone", "anybody", "anything"):
        return bare or second in _ANY
    if first in ("wanna", "gonna", "fancy", "coming", "remember") or words[:2] == ["you", "mean"]:
        return bare and len(words) > 2
    return bare and len(words) == 1 and first in _ASKS_ALONE


_ANY = frozenset(
    "idea ideas else know got tips thoughts recommendations chance one fancy want wanna up".split()
)


def _noun_first(words: list[str], bare: bool) -> bool:
    """Whether a noun comes before the verb: "what song did …"; unmarked also "who wrote …", "what song"."""
    first, second = words[:2]
    if second in _PRONOUNS:
        return bare and first == "why"
    if first == "what" and second in ("a", "an"):
        return False
    return (bare and first in ("who", "what")) or (
        len(words) > 3 and any(word in _AUXILIARIES for word in words[2:4])
    )


def _ends_in_tag(words: list[str]) -> bool:
    """Whether an unmarked sentence ends in "isn't it", "do you", "right"."""
    if len(words) < _SHORT:
        return False
    if words[-1] in _TAG_SUBJECTS and (
        words[-2] in _NEGATED or (words[-2] in _AUXILIARIES and len(words) > 4)
    ):
        return words[-3] not in _WH
    return words[-1] in _TAG_WORDS


def _subject(words: list[str]) -> str:
    """The word after the first auxiliary: of whom or what is asked."""
    at = next((i for i, word in enumerate(words[:4]) if word in _AUXILIARIES or word in _NEGATED), None)
    if at is None:
        return words[1] if len(words) > 1 and words[0] in _WH_IS else ""
    return words[at + 1] if at + 1 < len(words) else ""


def _of_the_reader(sentence: _Sentence) -> bool:
    return _subject(sentence.opening) in _READERS or not _YOU.isdisjoint(sentence.opening)


def _of_others(sentence: _Sentence) -> bool:
    words = sentence.opening
    subject = _subject(words)
    if subject in _THIRD:
        return True
    at = words.index(subject) if subject in words else 0
    return ANY_PARTY in words[at : at + 2]


def _is_a_fragment(sentence: _Sentence) -> bool:
    """Whether it has a question mark and nothing else of a question ("50 a day?")."""
    words = sentence.opening
    asks = _in_order(words, bare=True) or (bool(words) and words[0] in _WH | _AUXILIARIES)
    return not asks and not _is_tagged(sentence) and not sentence.holds("indirect-ask")


def _is_tagged(sentence: _Sentence) -> bool:
    words = sentence.words
    return (
        len(words) > _SHORT
        and words[-1] in _TAG_SUBJECTS
        and (words[-2] in _NEGATED or words[-2] in _AUXILIARIES)
    )


def _is_tagged_of_others(sentence: _Sentence) -> bool:
    return _is_tagged(sentence) and not _READERS.intersection(sentence.words[:-2])


def _next_words(sentence: _Sentence) -> list[str]:
    """The words of the sentence after it; none after the last."""
    analysis, number = sentence.analysis, sentence.number + 1
    if number >= len(analysis.sentences):
        return []
    first, last = analysis.sentences[number]
    tokens = analysis.tokens
    words: list[str] = []
    for i in range(first, last):
        if tokens.kinds[i] in (WORD, NUMBER):
            _append(words, ANY_PARTY if i in analysis.parties else tokens.forms[i])
    return words


def _answers_itself(sentence: _Sentence) -> bool:
    words = _next_words(sentence)
    return bool(words) and (
        words[0] in _ANSWERS
        or words[:2] == ["of", "course"]
        or (len(words) > 1 and words[-2] == "that's" and words[-1] in _WH)
        or (words[0] in ("i", "the", "a") and len(words) < _SHORT * 2)
    )


def _says_why(sentence: _Sentence) -> bool:
    """Whether the next sentence tells why one asks ("I've only just moved in")."""
    words = _next_words(sentence)
    return len(words) >= _SHORT * 2 and words[0] in _ONESELF


def _wants_replies(sentence: _Sentence) -> bool:
    """Whether the next sentence calls for answers ("Names by Friday please")."""
    words = _next_words(sentence)
    return not _REPLY.isdisjoint(words)


_ONESELF = frozenset("i i'm i've i'd my we're we've we'd our asking just".split())
_REPLY = frozenset(
    "please message comment comments reply below dm email ring text answers suggestions ideas let tell".split()
)


def _leads_on(sentence: _Sentence) -> bool:
    """Whether the next sentence sends the reader to a link, a page or a programme."""
    analysis = sentence.analysis
    _, end = analysis.sentences[min(sentence.number + 1, len(analysis.sentences) - 1)]
    return URL in analysis.tokens.kinds[sentence.first : end] or not _ELSEWHERE.isdisjoint(
        _next_words(sentence)[:4]
    )


def _heat_around(sentence: _Sentence) -> bool:
    """Whether hard or loaded words stand elsewhere in the post."""
    hits = sentence.analysis.hits
    return any(
        not sentence.first <= hit.first < sentence.last
        for owner in (*ATTACKS, *HEAT)
        for hit in hits.get(owner, ())
    )


def _before_a_colon(sentence: _Sentence) -> bool:
    """Whether it stands behind a heading ("Voter ID: what do you need to know?")."""
    analysis = sentence.analysis
    forms, kinds = analysis.tokens.forms, analysis.tokens.kinds
    return any(
        kinds[i] == PUNCT and forms[i] == ":"
        for i in range(sentence.first, min(sentence.first + 5, sentence.last))
    )


_YOU = frozenset("you your yours you're you've you'd you'll u ur ya".split())
_ELSEWHERE = frozenset(
    "verdict facts thread revealed exclusive here's vote sign find read click watch see listen tune discover exclusive check join visit here page download".split()
)
_STRESSED = frozenset("seriously exactly even honestly possibly actually".split())

_ANYBODY = frozenset("anyone anybody any".split())

_TRAITS: dict[str, Callable[[_Sentence], bool]] = {
    "asks for a view": lambda sentence: sentence.holds("asking"),
    "requests an answer": lambda sentence: sentence.holds("indirect-ask"),
    "of the reader": _of_the_reader,
    "open": lambda sentence: sentence.opening[:1] in (["what"], ["which"], ["what's"]),
    "any": lambda sentence: bool(_ANYBODY.intersection(sentence.opening[:2])),
    "without a mark": lambda sentence: "?" not in sentence.marks,
    "tag": _is_tagged,
    "tag of others": _is_tagged_of_others,
    "attack": lambda sentence: any(sentence.holds(owner) for owner in ATTACKS),
    "known to be rhetorical": lambda sentence: sentence.holds("rhetorical"),
    "negated opening": lambda sentence: sentence.opening[:1] != [] and sentence.opening[0] in _NEGATED,
    "exclaims": lambda sentence: "?" in sentence.marks and "!" in sentence.marks[sentence.marks.index("?") :],
    "of others": _of_others,
    "fragment": _is_a_fragment,
    "stressed": lambda sentence: bool(_STRESSED.intersection(sentence.words)),
    "why or how": lambda sentence: sentence.opening[:1] in (["why"], ["how"]) and not _of_the_reader(sentence),
    "answers itself": _answers_itself,
    "says why": _says_why,
    "wants replies": _wants_replies,
    "teaser": lambda sentence: sentence.holds("teaser"),
    "leads on": _leads_on,
    "heat": lambda sentence: any(sentence.holds(owner) for owner in HEAT),
    "heat around": _heat_around,
    "of a thing": lambda sentence: _subject(sentence.opening) in _DETERMINERS | {"there", "it", "this", "that"},
    "addressed": lambda sentence: HANDLE in sentence.analysis.tokens.kinds[: sentence.first + 2],
    "behind a heading": _before_a_colon,
}  # fmt: skip
"""What speaks for or against an answer being wanted; the points stand in rules/scores/questions_ratio.yaml."""
