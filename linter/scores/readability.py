"""How many years of school a text asks of its reader."""

from __future__ import annotations

from linter.analysis import Analysis

NAME = "readability"


def readability(analysis: Analysis) -> float | None:
    """The Automated Readability Index, in years of (US) school, as textstat works it out; None without words.

    ARI = 4.71 × letters per word + 0.5 × words per sentence - 21.43 (Senter and Smith 1967). It counts no
    syllables and so needs no dictionary. textstat is imported on the first call: it takes half a second.
    """
    if not analysis.words:
        return None
    import textstat

    return float(textstat.automated_readability_index(analysis.text))
