"""A comparison of two runs in words, and as plain values."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Any

from linter.commands.shared import changes_lines, counted, style_here, totals
from linter.formats.format import safe
from linter.review.comparison import Comparison, Moved
from linter.review.rates import FEW, Contrast, Run, rules, scores
from linter.review.reviewed import Told

_Names = tuple[str, str]
_WIDE = 26
Shown = tuple[str, int, tuple[str, str]]
"""How a measure is written, what it is multiplied by, and the words for less and more of it."""
_FOR_RULES: Shown = (".1f", 100, ("fewer", "more"))
_FOR_SCORES: Shown = (".2f", 1, ("lower", "higher"))


def in_words(found: Comparison, paths: _Names) -> Iterator[str]:
    """For people, a line each."""
    names = _short(paths)
    yield from _head(found, names)
    if found.apart:
        yield from _side_by_side(found, names)
        return
    yield from changes_lines(found.changes, _line)
    for name, moved in found.moved.items():
        yield from _moved_lines(name, moved)
    if found.changed:
        yield f"{counted(found.both, 'post')} in both: {totals(found.changes)}."
    else:
        yield f"Nothing changed in {counted(found.both, 'post')}."


def _short(paths: _Names) -> _Names:
    """The names of the files where they differ, else their paths."""
    one, other = (os.path.basename(path) for path in paths)
    return (safe(one), safe(other)) if one != other else (safe(paths[0]), safe(paths[1]))


def _head(found: Comparison, names: _Names) -> Iterator[str]:
    for name, run, only, twice in zip(names, found.runs, found.only, found.twice, strict=True):
        if twice:
            yield f"{name}: {counted(twice, 'record')} passed over, since their ids stood there before."
        if only.count and not found.apart:
            which = ", ".join(f"{safe(post)} (line {line:,})" for post, line in only.first)
            yield f"only in {name}: {only.count:,} of {counted(run.posts, 'post')}{f': {which}' if which else ''}"
    one, other = (run.versions for run in found.runs)
    if one and other and one != other:
        yield (
            f"The scores are of version {_versions(one)} in {names[0]} and {_versions(other)} in {names[1]}: "
            "they may differ where nothing else does."
        )


def _versions(found: Iterable[int]) -> str:
    return " and ".join(map(str, sorted(found)))


def _line(told: Told) -> str:
    """Where a finding stands, and the words where the record has them."""
    words = f" [{safe(' '.join(told.words.split()))}]" if told.words else ""
    return f"    {safe(told.path)}:{told.line}: {told.level}: {safe(told.post)}, characters {told.start} to {told.end}{words}"


def _moved_lines(name: str, moved: Moved) -> Iterator[str]:
    count = moved.up + moved.down
    if moved.gained or moved.lost:
        yield f"{safe(name)}: {counted(moved.gained, 'post')} got one, {counted(moved.lost, 'post')} lost theirs"
    if count:
        by = f"by {moved.by / count:.2f} on average"
        yield f"{safe(name)} moved in {counted(count, 'post')}, {by}: up in {moved.up:,}, down in {moved.down:,}"
    for move in moved.most:
        place = f"    {safe(move.post.path)}:{move.post.line}: {safe(move.post.id)}"
        yield f"{place}: {move.before:.2f} before, {move.after:.2f} after"


def _side_by_side(found: Comparison, names: _Names) -> Iterator[str]:
    both = f"{found.both:,} posts are in both" if found.both else "No post is in both"
    runs = ", ".join(f"{name} has {_about(run)}" for name, run in zip(names, found.runs, strict=True))
    yield f"{both}, so they are put side by side: {runs}."
    if min(run.posts for run in found.runs) < FEW:
        yield f"Too few posts to say more: at least {FEW} are needed on either side."
        return
    spoken, means = list(rules(*found.runs)), list(scores(*found.runs))
    order = f"{names[0]}, then {names[1]}"
    yield from _table(f"Of 100 posts a rule speaks of so many: {order}", spoken, _FOR_RULES)
    yield from _table(f"Means of scores: {order}", means, _FOR_SCORES)
    compared = len(spoken) + len(means)
    yield (
        f"Intervals of 95 % stand in brackets. Of {compared} comparisons about {max(1, round(compared / 20))} "
        "would look like a difference by chance alone."
    )


def _about(run: Run) -> str:
    days = f" of {safe(run.first_day)} to {safe(run.last_day)}" if run.first_day else ""
    return f"{counted(run.posts, 'post')}{days}"


def _table(head: str, found: list[Contrast], shown: Shown) -> Iterator[str]:
    """What differs, a line each; then the names of what does not, and of what too few posts have."""
    clear = sorted((one for one in found if one.direction), key=lambda one: -min(map(abs, one.apart)))
    if clear:
        yield head
    yield from (_row(one, shown) for one in clear)
    unclear = [one.name for one in found if not one.direction and not one.too_few]
    few = [one.name for one in found if one.too_few]
    for said, named in (("no clear difference", unclear), ("too few posts to say", few)):
        if named:
            yield from wrap(
                f"{said}: {safe(', '.join(named))}",
                style_here().width,
                subsequent_indent="    ",
                break_on_hyphens=False,
            )


def _row(one: Contrast, shown: Shown) -> str:
    form, times, words = shown
    sides = "".join(
        f"{f'{times * value:{form}} ({times * low:{form}} to {times * high:{form}})':24}"
        for value, (low, high) in zip(one.values, one.intervals, strict=True)
    )
    least, most = sorted(times * abs(bound) for bound in one.apart)
    return f"    {safe(one.name):{_WIDE}}{sides}{words[one.direction > 0]} by {least:{form}} to {most:{form}}"


def as_json(found: Comparison) -> dict[str, Any]:
    """For programs."""
    sides = [
        {
            "posts": run.posts, "only": only.count, "only_first": [{"id": post, "line": line} for post, line in only.first],
            "repeated_ids": twice, "scores_versions": sorted(run.versions),
            "first_day": run.first_day or None, "last_day": run.last_day or None,
        }
        for run, only, twice in zip(found.runs, found.only, found.twice, strict=True)
    ]  # fmt: skip
    return {
        "changed": found.changed,
        "first": sides[0],
        "second": sides[1],
        "both": found.both,
        "unreadable": found.unread,
        "findings": [
            {"change": sort, "rule": rule, "count": count, "posts": [_told_json(told) for told in found.changes.shown[sort, rule]]}
            for sort, rule, count in found.changes.by_rule()
        ],
        "scores": {name: _moved_json(moved) for name, moved in found.moved.items()},
        "rules_per_post": [_contrast_json(one) for one in rules(*found.runs)],
        "score_means": [_contrast_json(one) for one in scores(*found.runs)],
    }  # fmt: skip


def _told_json(told: Told) -> dict[str, Any]:
    return {"id": told.post, "line": told.line, "level": told.level, "start": told.start, "end": told.end}


def _moved_json(moved: Moved) -> dict[str, Any]:
    most = [
        {"id": one.post.id, "line": one.post.line, "before": one.before, "after": one.after}
        for one in moved.most
    ]
    count = moved.up + moved.down
    return {
        "up": moved.up, "down": moved.down, "mean_move": moved.by / count if count else 0.0,
        "gained": moved.gained, "lost": moved.lost, "most": most,
    }  # fmt: skip


def _contrast_json(one: Contrast) -> dict[str, Any]:
    """Intervals are null where there are too few posts for any."""
    return {
        "name": one.name, "posts": one.n, "values": one.values, "too_few": one.too_few,
        "intervals": None if one.too_few else one.intervals,
        "difference": None if one.too_few else one.apart,
        "direction": one.direction,
    }  # fmt: skip
