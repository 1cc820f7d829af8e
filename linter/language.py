"""Whether a post is English enough to be read by lists of English words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_ENGLISH = frozenset(
    (
        "the and to of is you in it for that on my this with are have be at your was not we just "
        "but so what do can all get will from like out they one about me up there he she no more "
        "know if has or as how when by his her our an don't it's i'm who would been were now them "
        "some good time day see go back see people think make"
    ).split()
)
# Small words that English does not have, from the languages met most in British posts.
_FOREIGN = frozenset(
    "yn mae ac ar y yr ei gyda wedi ddim sydd hefyd chi ni fel bod eich roedd dyma diolch croeso bawb iawn "  # Welsh
    "agus tha ann air gu nach bha chan leis "  # Gaelic
    "nie jest się na dla ale czy jak tak tylko "  # Polish
    "și este nu la pentru că mai sunt din "  # Romanian
    "el los las una por para que con del esta pero como más "  # Spanish
    "le les des une est pas pour dans qui sur avec nous vous "  # French
    "der die das und ist nicht ein eine ich wir mit auf für "  # German
    "il che di per non una sono è gli della "  # Italian
    "não uma os com mais você "  # Portuguese
    "ve bir bu için çok het een niet van voor och att det som är".split()
)

_BEYOND_LATIN = re.compile(r"[^\W\d_\u0000-\u024f]")
_FEW = 4


def is_english(text: str, forms: Sequence[str], lang: str = "") -> bool:
    """A guess that says no only on evidence: a language tag, another script, or another language's small words."""
    if lang:
        return lang.lower().startswith("en")
    foreign = len(_FOREIGN.intersection(forms))
    if foreign >= 3 and foreign > 2 * len(_ENGLISH.intersection(forms)):
        return False
    return text.isascii() or _mostly_latin(text)


def _mostly_latin(text: str) -> bool:
    other = [char for char in _BEYOND_LATIN.findall(text) if char.isalpha()]
    if len(other) < _FEW:
        return True
    other = [c for c in other if not unicodedata.name(c, "LATIN").startswith(("LATIN", "MATH", "FULLWIDTH"))]
    return len(other) < _FEW or len(other) * 2 < sum(map(str.isalpha, text))
