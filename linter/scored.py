"""The record of a post's scores."""

from __future__ import annotations

from linter.analysis import Analysis
from linter.scores import SCORES, score
from linter.scores.questions import asked
from linter.scores.readability import NAME as READABILITY
from linter.scores.readability import readability
from linter.scores.score import Evidence, Score
from linter.version import SCHEMA_VERSION, SCORES_VERSION


def score_record(analysis: Analysis) -> dict[str, object]:
    """A post's scores, counts and evidence as plain values; scores are null for a post that is not English enough."""
    post = analysis.post
    found: list[Score] = [score(analysis, name) for name in SCORES] if analysis.english else []
    values: dict[str, float | None] = dict.fromkeys((*SCORES, READABILITY))
    values.update({one.name: value_of(one) for one in found})
    if analysis.english:
        values[READABILITY] = readability(analysis)
    questions = asked(analysis) if analysis.english else ()
    return {
        "id": post.id,
        "path": post.source.path,
        "lang": post.context.lang or ("en" if analysis.english else None),
        "scores": values,
        "counts": {
            "words": analysis.words,
            "sentences": len(analysis.sentences),
            "questions": len(questions),
            "genuine_questions": sum(question.genuine for question in questions),
            "rhetorical_questions": sum(not question.genuine for question in questions),
        },
        "evidence": {one.name: evidence_of(analysis, one) for one in found},
        "scores_version": SCORES_VERSION,
        "schema_version": SCHEMA_VERSION,
    }


def value_of(one: Score) -> float | None:
    """A score's value as it is shown: to two decimals, None where undefined."""
    return None if one.value is None else round(one.value, 2)


def evidence_of(analysis: Analysis, one: Score) -> list[dict[str, object]]:
    """A score's evidence as plain values, in order of place, with offsets into the text."""
    return [_evidence(analysis, part) for part in one.evidence]


def _evidence(analysis: Analysis, part: Evidence) -> dict[str, object]:
    return {
        "start": part.span.start,
        "end": part.span.end,
        "text": analysis.text[part.span.start : part.span.end],
        "feature": part.feature,
        "points": round(part.points, 4),
    }
