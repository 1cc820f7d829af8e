"""What a post does, as far as its words tell: the moves that the guidance speaks of."""

from __future__ import annotations

from linter.analysis import Analysis
from linter.checks.what import What

MOVES: dict[str, What] = {
    "pitch": What(("pitch", "rally", "slogan"), ()),
    "thank": What(("thanks",), ()),
    "ask": What(("asking", "indirect-ask"), ("genuine-question",)),
    "agree": What(("agreement", "acknowledgement"), ()),
}
"""Every move by its name. `pitch` is what asks for support or says a slogan; the others are talk: a word of thanks, a question
for the answer's sake, a word that takes up what others said."""
TALK = ("thank", "ask", "agree")
LEXICONS = tuple(name for what in MOVES.values() for name in what.owners)


def moves(analysis: Analysis) -> list[str]:
    """The moves of a post, by name in the order of the table; none of a text that is not English enough."""
    if not analysis.english:
        return []
    return [name for name, what in MOVES.items() if next(what.spans(analysis), None) is not None]
