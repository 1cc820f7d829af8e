"""Each score as a spaCy component, found through setup.cfg's entry points.

Importing this imports spaCy. spaCy imports it whenever anybody in the environment makes a pipeline, so it reads
no list, takes no name on the Doc and cannot fail until one of the components is added.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from linter.post import MAX_CHARACTERS, Context, Post, Source

if TYPE_CHECKING:
    from linter.analysis import Analysis
    from linter.phrases import Phrases

NAMES = ("aggressiveness", "rhetoric_density", "questions_ratio", "receptiveness")
"""Every score with evidence; the factory of each is `postlint_<name>`."""

_PLAIN = (None, None, None, None)
_ours: set[str] = set()


@dataclass(frozen=True)
class Scorer:
    """A component that gives a Doc one `score` of its text alone, whatever its tokens are.

    It sets `doc._.<score>` (the number as in `postlint score`; None where undefined or the text is not English
    enough), `doc._.<score>_evidence` (the same mappings of start, end, text, feature and points, in order of
    place) and `doc.spans["postlint_<score>"]`: one span for each piece of evidence, in the same order, the
    feature as its label, as many whole tokens as the words touch; the points stand in its `attrs["points"]`.
    `lang` is a language tag that takes the place of the guess at the text's language.
    """

    score: str
    lang: str = ""

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with the score set. A text over the cap of a post is warned of and scores None."""
        value, evidence = self._scored(doc.text)
        doc._.set(self.score, value)
        doc._.set(evidence_name(self.score), evidence)
        spans = [_span(doc, part) for part in evidence]
        points = [part["points"] for part in evidence]
        key = factory_name(self.score)
        doc.spans[key] = SpanGroup(doc, name=key, attrs={"points": points}, spans=spans)
        return doc

    def _scored(self, text: str) -> tuple[float | None, list[dict[str, object]]]:
        if len(text) > MAX_CHARACTERS:
            warnings.warn(
                f"postlint scores posts of at most {MAX_CHARACTERS:,} characters; this Doc has {len(text):,}",
                stacklevel=3,
            )
            return None, []
        from linter import scores
        from linter.scored import evidence_of, value_of

        analysis = _lens.on(text, self.lang)
        if not analysis.english:
            return None, []
        found = scores.score(analysis, self.score)
        return value_of(found), evidence_of(analysis, found)

    def __reduce__(self) -> tuple[Callable[[str, str], Scorer], tuple[str, str]]:
        return _unpickled, (self.score, self.lang)


def _unpickled(name: str, lang: str) -> Scorer:
    """A component in another process, where nobody has registered its names or spaCy has carried them over."""
    if not Doc.has_extension(name):
        set_extensions([name])
    return Scorer(name, lang)


def _span(doc: Doc, part: dict[str, object]) -> Span:
    start, end, feature = part["start"], part["end"], part["feature"]
    span = doc.char_span(start, end, label=feature, alignment_mode="expand")  # type: ignore[arg-type]
    assert span is not None, part  # evidence is never mere space, and whatever else a text has is in a token
    return span


class _Lens(threading.local):
    """The last text looked at, so that several components on one Doc look once. Each thread has its own."""

    phrases: Phrases | None = None
    lang = ""
    last: Analysis | None = None

    def on(self, text: str, lang: str) -> Analysis:
        """The analysis of a text; the one before it is let go."""
        if self.last is None or self.last.text != text or self.lang != lang:
            from linter.analysis import Analysis, phrases_of
            from linter.scores import LEXICONS

            self.phrases = self.phrases or phrases_of(LEXICONS)
            self.last = Analysis(Post("", text, Source("<doc>"), Context(lang=lang)), self.phrases)
            self.lang = lang
        return self.last


_lens = _Lens()


def factory_name(name: str) -> str:
    """The name under which a score's component is added and its spans are kept."""
    return f"postlint_{name}"


def evidence_name(name: str) -> str:
    """The name on the Doc of a score's evidence."""
    return f"{name}_evidence"


def set_extensions(names: Iterable[str] = NAMES) -> None:
    """Register what the scores set on a Doc, to read saved Docs without a pipeline; adding a component does it too.

    May be called again. Raises ValueError where somebody else's extension has such a name.
    """
    for name in names:
        for own in (name, evidence_name(name)):
            if not Doc.has_extension(own):
                Doc.set_extension(own, default=None)
                _ours.add(own)
            elif own not in _ours or Doc.get_extension(own) != _PLAIN:
                raise ValueError(
                    f"Doc has an extension `{own}` that is not postlint's; `{factory_name(name)}` would overwrite "
                    f"what it holds. Give yours another name, or remove it: Doc.remove_extension({own!r})"
                )


def _component(name: str, lang: str) -> Scorer:
    set_extensions([name])
    return Scorer(name, lang)


def aggressiveness(nlp: Language, name: str, lang: str) -> Scorer:
    """The factory of `postlint_aggressiveness`."""
    return _component("aggressiveness", lang)


def rhetoric_density(nlp: Language, name: str, lang: str) -> Scorer:
    """The factory of `postlint_rhetoric_density`."""
    return _component("rhetoric_density", lang)


def questions_ratio(nlp: Language, name: str, lang: str) -> Scorer:
    """The factory of `postlint_questions_ratio`."""
    return _component("questions_ratio", lang)


def receptiveness(nlp: Language, name: str, lang: str) -> Scorer:
    """The factory of `postlint_receptiveness`."""
    return _component("receptiveness", lang)


for _factory in (aggressiveness, rhetoric_density, questions_ratio, receptiveness):
    Language.factory(
        factory_name(_factory.__name__),
        default_config={"lang": ""},
        assigns=[f"doc._.{_factory.__name__}", f"doc._.{evidence_name(_factory.__name__)}", "doc.spans"],
        func=_factory,
    )
