"""What the figures come to, in a few sentences: what a reader should know who reads nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter.finding import LEVELS
from linter.post import Room
from linter.report.gathered import BINS, ELSEWHERE, Gathered
from linter.report.reference import reference
from linter.report.sums import GRAVE, Sums
from linter.report.trends import Change, trend
from linter.report.words import PLATFORM_NAMES, direction, long_day, of, percent, step, title_of
from linter.review.intervals import share_difference
from linter.rule import Rule

_POURED = ("G12", "in_a_row")
"""The clause against pouring politics over people, and the kind of check that sees one pitch after another."""
_OFTEN = 3
"""So many remarks under it in one room are worth a sentence."""
_CALM = 10
_LATELY = 3
"""So many months or weeks are what is now, in a source of at least twice as many."""
_RATED = 30
"""Posts that a room needs for its share of warnings to be held against the others'."""
_WHY = "Why, you will know better than a program: an election may have been over, or other people may have begun to post."
EXPECTED = ("facebook", "twitter", "linkedin")
"""The platforms that the guidance speaks of."""


@dataclass(frozen=True, slots=True)
class Told:
    """What it is about in a few words, a sentence or two, and the part of the page that shows it."""

    lead: str
    words: str
    part: str


def unused(gathered: Gathered, rooms: Sequence[Room]) -> tuple[list[str], list[Room]]:
    """Platforms that the team has rooms on or that the guidance names, and rooms, without a single post.

    A source of one platform, or one that names none, is no sign that others are not used: then only rooms tell.
    """
    used = {key.platform for key in gathered.sums if key.platform}
    met = {key.room for key in gathered.sums}
    expected = EXPECTED if len(used) > 1 else ()
    platforms = dict.fromkeys((*expected, *(room.platform for room in rooms if room.platform)))
    return [name for name in platforms if name not in used], [room for room in rooms if room.name not in met]


def story(
    gathered: Gathered, turn: Change | None, rooms: Sequence[Room], rules: Mapping[str, Rule]
) -> Iterator[Told]:
    """The sentences, those about what can be changed first."""
    whole = gathered.whole
    if not whole.posts:
        yield Told("Nothing to look at", "There is no post here that could be read.", "about")
        return
    yield _change(gathered, turn)
    yield from _of_late(gathered, rules)
    yield from _poured_over(gathered, rules)
    yield from _warned_most(gathered)
    yield from _coverage(gathered, rooms)
    yield Told("Questions", _questions(whole), "questions")
    yield Told(
        "Pitch and talk",
        f"Support is asked for, or a slogan said, in {of(whole.pitching, 'post')} ({percent(whole.part('pitching'))}); "
        f"in {of(whole.talking, 'post')} ({percent(whole.part('talking'))}) somebody is thanked, agreed with or asked.",
        "conversation",
    )
    steps = list(gathered.by(gathered.step).values())
    heat = direction(
        "aggressiveness", trend([one.scores["aggressiveness"] for one in steps]), gathered.by_month
    )
    ours = percent(_heated(gathered.bins["aggressiveness"]))
    theirs = percent(_heated(dict(enumerate(reference()["shares"]["aggressiveness"]))))
    words = (
        f"{ours} of these posts score {_CALM} or more, and {theirs} of other people’s public posts; at 50 one is as likely as "
        f"not to be called an attack. Over time: {heat}."
    )
    yield Told("Aggressiveness", words, "scores")
    if most := _most(gathered.rules(), rules):
        yield Told("Remarked on most often in all, but for what is on trial", most, "rules")


def _heated(steps: Mapping[int, float]) -> float:
    """The share of posts whose aggressiveness is `_CALM` or more, by the steps that it is counted in."""
    total = sum(steps.values())
    above = sum(count for at, count in steps.items() if at * BINS["aggressiveness"] >= _CALM)
    return above / total if total else 0.0


def _most(counted: Counter[str], rules: Mapping[str, Rule], levels: Collection[str] = tuple(LEVELS)) -> str:
    """The three remarks of these levels that were made most often, those on trial left out."""
    wanted = {rule.id for rule in rules.values() if rule.status == "stable" and str(rule.level) in levels}
    known = [(rule, count) for rule, count in counted.most_common() if rule in wanted]
    named = [f"“{title_of(rule, rules)}” ({count:,})" for rule, count in known[:3]]
    return f"{'; '.join(named)}." if named else ""


def _of_late(gathered: Gathered, rules: Mapping[str, Rule]) -> Iterator[Told]:
    """What is remarked on now: what was mended long ago is no help for next week."""
    steps, days = list(gathered.by(gathered.step)), gathered.days
    if len(steps) < 2 * _LATELY or days is None:
        return
    since = steps[-_LATELY]
    late = gathered.by(lambda key: "", lambda key: key.day is not None and key.day >= since)[""]
    counted = gathered.rules(since)
    warned, nudged = _most(counted, rules, GRAVE), _most(counted, rules, ("suggestion",))
    words = [
        f"{_drew(late)}.",
        f"For what: {warned}" if warned else "",
        f"Suggested most often: {nudged}" if nudged else "",
    ]
    yield Told(
        f"Lately, from {long_day(since)} to {long_day(days[1])}", " ".join(filter(None, words)), "amiss"
    )


def _change(gathered: Gathered, found: Change | None) -> Told:
    whole = gathered.whole
    if found is None:
        unit = "month" if gathered.by_month else "week"
        words = f"{_drew(whole)}. No {unit} stands out as the one from which things went better or worse."
        return Told("No turn", words, "months")
    first, last = (step(day, gathered.by_month) for day in found.between)
    begun = "" if first == last else f"have begun anywhere from {first} to {last}, or "
    way = "Fewer" if found.is_better else "More"
    words = f"Before, {_drew(found.before)}; since then {_drew(found.after)}. It may {begun}have come little by little."
    return Told(f"{way} warnings from {step(found.since, gathered.by_month)} on", f"{words} {_WHY}", "months")


def _drew(sums: Sums) -> str:
    return f"{sums.remarked:,} of {of(sums.posts, 'post')} ({percent(sums.part('remarked'))}) drew a warning"


def _poured_over(gathered: Gathered, rules: Mapping[str, Rule]) -> Iterator[Told]:
    """The room in which one pitch came upon another most often."""
    counts: Counter[str] = Counter()
    poured = {rule.id for rule in rules.values() if (rule.clause, rule.kind) == _POURED}
    for (room, rule), count in gathered.rules_by_room.items():
        if room not in ("", ELSEWHERE) and rule in poured:
            counts[room] += count
    room = max(counts, key=lambda name: (counts[name], name), default="")
    if counts[room] < _OFTEN:
        return
    sums = gathered.by(lambda key: "", lambda key: key.room == room)[""]
    days = [day for (where, rule), day in gathered.last_in_room.items() if where == room and rule in poured]
    last = f", the last time on {long_day(max(days))}" if days else ""
    yield Told(
        f"Most pitches one upon another: {room}",
        f"One pitch followed another {counts[room]} times there{last}. Of {of(sums.posts, 'post')}, {sums.pitching:,} "
        "asked for support or said a slogan.",
        "rooms",
    )


def _warned_most(gathered: Gathered) -> Iterator[Told]:
    """The room whose posts draw warnings more often than those elsewhere, where that is plain."""
    named = {
        name: one for name, one in gathered.by(lambda key: key.room or None).items() if one.posts >= _RATED
    }
    if len(named) < 2:
        return
    room = max(named, key=lambda name: (named[name].part("remarked"), name))
    there, whole = named[room], gathered.whole
    elsewhere = whole.remarked - there.remarked, whole.posts - there.posts
    low, _ = share_difference(*elsewhere, there.remarked, there.posts)
    if low > 0:
        words = f"There {_drew(there)}; elsewhere {elsewhere[0]:,} of {elsewhere[1]:,} ({percent(elsewhere[0] / elsewhere[1])})."
        yield Told(f"Highest share of warnings: {room}", words, "rooms")


def _coverage(gathered: Gathered, rooms: Sequence[Room]) -> Iterator[Told]:
    platforms, empty = unused(gathered, rooms)
    for platform in platforms:
        there = [room.name for room in empty if room.platform == platform]
        among = (
            f", though {' and '.join(there)} {'is' if len(there) == 1 else 'are'} among your rooms"
            if there
            else ""
        )
        yield Told(
            f"Never used: {PLATFORM_NAMES[platform]}",
            f"None of the posts read here is on it{among}.",
            "places",
        )


def _questions(whole: Sums) -> str:
    asked = f"Something is asked for the answer’s sake in {of(whole.asking, 'post')} ({percent(whole.part('asking'))})"
    if not whole.seen:
        return f"{asked}. Whether anybody answered can’t be seen: this source holds nobody else’s words."
    beyond = f" (of {whole.seen:,} whose answers the source would hold)" if whole.seen < whole.asking else ""
    return f"{asked}, and {of(whole.answered, 'of them was', 'of them were')} answered{beyond}."


def period(gathered: Gathered) -> str:
    """From when to when the posts go."""
    days = gathered.days
    return f"{long_day(days[0])} to {long_day(days[1])}" if days else "no dates"
