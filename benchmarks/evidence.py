"""How often each rule speaks on real posts, and how often a reader agrees with it.

    python -m benchmarks.evidence draw --posts FILE.jsonl --out FOLDER [--only RULE,…] [--seed N]
    python -m benchmarks.evidence tally FOLDER        after somebody wrote FOLDER/answers.jsonl

`draw` lints two sources (the posts of FILE, each by itself; the two campaigns of corpora/history with the drafts of
corpora/drafts) and writes `sheet.jsonl`: for every rule up to 30 posts that it speaks of and as many that it does not,
mixed, each with the rule's advice and its question, with the room, what it answers and what was said before, and
without the rule's verdict; and `key.jsonl`, which has the verdicts and is not for the reader. A rule is measured on FILE if it
speaks of five posts there, else on the source in which it speaks more often. The reader answers each with {"item": N, "right": true|false}: would a thoughtful friend who knows
the advice put that question to this post?

`tally` writes the figures of the rules that were drawn (and no posts) to benchmarks/evidence.jsonl, beside those of other
rules; docs/rules/evidence.md is made of it.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linter.post import Post, Room
from linter.rule import Rule
from linter.run import Judged, run
from linter.workspace import Workspace

ROOT = Path(__file__).parent.parent
FIGURES = Path(__file__).with_suffix(".jsonl")
EACH = 30
ENOUGH = 5
BEFORE = 6
OWN = {
    "corpora": [
        "corpora/history/millbeck/posts.jsonl",
        "corpora/history/harbourside/posts.jsonl",
        "corpora/drafts",
    ],
}
UNLABELLED = "unlabelled posts"


@dataclass(frozen=True)
class Source:
    """Posts of one kind as they were judged: each with the rules that spoke, and all that was said around it."""

    name: str
    judged: list[Judged]

    @property
    def own(self) -> list[Judged]:
        """The posts that were judged, not only heard."""
        return [one for one in self.judged if not one.heard]

    def hits(self, rule: str) -> list[int]:
        """The places of the posts of which a rule speaks."""
        return [at for at, one in enumerate(self.own) if any(found.rule == rule for found in one.findings)]


def sources(posts: Path) -> tuple[list[Source], list[Rule]]:
    """Every source judged, in the order in which rules are measured on them, and the rules."""
    workspace = Workspace()
    found = []
    for name, paths in {UNLABELLED: [str(posts)], **OWN}.items():
        given = [str(ROOT / path) if name != UNLABELLED else path for path in paths]
        outcomes = run(workspace, workspace.read(given))
        found.append(Source(name, [one for one in outcomes if isinstance(one, Judged)]))
    return found, workspace.linters[0].rules


def _best(rule: Rule, found: list[Source]) -> Source | None:
    """The first source with enough hits of a rule, else the one with most; None where it speaks nowhere."""
    enough = next((one for one in found if len(one.hits(rule.id)) >= ENOUGH), None)
    most = max(found, key=lambda one: len(one.hits(rule.id)))
    return enough or (most if most.hits(rule.id) else None)


def drawn(rule: Rule, source: Source, dice: random.Random) -> Iterator[tuple[int, bool]]:
    """Places of posts to read for a rule, and whether it speaks of them, mixed."""
    hits = source.hits(rule.id)
    known = set(hits)
    others = [at for at in range(len(source.own)) if at not in known]
    chosen = [(at, True) for at in dice.sample(hits, min(EACH, len(hits)))]
    chosen += [(at, False) for at in dice.sample(others, min(len(chosen), len(others)))]
    dice.shuffle(chosen)
    yield from chosen


def item(rule: Rule, source: Source, at: int) -> dict[str, Any]:
    """What a reader gets to see of a post."""
    post = source.own[at].post
    context = post.context
    told = {
        "platform": context.platform, "room": context.room.name, "kind of room": context.room.kind,
        "stage": context.stage, "visit": context.visit, "date": context.time and str(context.time),
        "paid": context.paid, "election": context.election,
    }  # fmt: skip
    return {
        "advice": f"{rule.title}. {' '.join(rule.why.split())}",
        "question": rule.message.replace("{names}", "one of the rooms or platforms below"),
        "text": post.text,
        **{key: value for key, value in told.items() if value not in (None, "")},
        **_said_around(at, source),
    }


def _said_around(at: int, source: Source) -> dict[str, Any]:
    post = source.own[at].post
    context = post.context
    if source.name == UNLABELLED:
        return {}
    posts = [one.post for one in source.judged]
    place = next(at for at, one in enumerate(posts) if one is post)
    near = [
        f"{one.context.time} {one.context.author}: {one.text}"
        for one in posts[:place]
        if one.context.room.name == context.room.name
        and (
            one.context.author == context.author or (context.thread and one.context.thread == context.thread)
        )
    ]
    found: dict[str, Any] = {"said before in this room": near[-BEFORE:]}
    if to_them := _lately_to_the_writer(post, posts, place):
        found["lately said to the writer in this room"] = to_them
    if rooms := _rooms_of_the_team(post, posts[:place], source.own[at].config.rooms):
        found["the team's rooms, and the last post in each"] = rooms
    if context.reply_to:
        texts = {one.id: f"{one.context.author}: {one.text}" for one in posts}
        message = context.reply_to
        found["it answers"] = texts.get(message.id) or f"{message.author}: {message.text}"
    return found


def _lately_to_the_writer(post: Post, posts: list[Post], place: int) -> list[str]:
    """The last replies of others to the writer's posts in the room, each with whether the writer had answered it by then."""
    own = {one.id for one in posts[:place] if _same_row(one, post)}
    answered = {
        one.context.reply_to.id for one in posts[:place] if _same_row(one, post) and one.context.reply_to
    }
    lately = [
        f"{one.context.time} {one.context.author}: {one.text} ({'answered' if one.id in answered else 'no answer so far'})"
        for one in posts[:place]
        if one.context.reply_to and one.context.reply_to.id in own and not _same_row(one, post)
    ]
    return lately[-BEFORE:]


def _same_row(one: Post, other: Post) -> bool:
    return (one.context.author, one.context.room.name) == (other.context.author, other.context.room.name)


def _rooms_of_the_team(post: Post, before: list[Post], rooms: Mapping[str, Room]) -> list[str]:
    last = {
        one.context.room.name: one.context.time for one in before if one.context.author == post.context.author
    }
    return [
        f"{name} ({room.platform}): joined {room.joined}, last post {last.get(name) or 'never'}"
        for name, room in rooms.items()
    ]


def draw(posts: Path, out: Path, seed: int, only: str = "") -> None:
    """Write the sheet for a reader and the key."""
    dice = random.Random(seed)
    found, rules = sources(posts)
    out.mkdir(parents=True, exist_ok=True)
    sheet: list[dict[str, Any]] = []
    key: list[dict[str, Any]] = []
    number = 0
    for rule in (rule for rule in rules if not only or rule.id in only.split(",")):
        source = _best(rule, found)
        if source is None:
            key.append({"rule": rule.id})
            continue
        share: dict[str, Any] = {
            "source": source.name,
            "posts": len(source.own),
            "hits": len(source.hits(rule.id)),
        }
        for at, speaks in drawn(rule, source, dice):
            number += 1
            sheet.append({"item": number, **item(rule, source, at)})
            key.append({"rule": rule.id, "item": number, "speaks": speaks, **share})
    for name, lines in (("sheet.jsonl", sheet), ("key.jsonl", key)):
        (out / name).write_text(_lines(lines), "utf-8")
    print(f"{number} items of {len({line['rule'] for line in key if 'item' in line})} rules in {out}")


def tally(folder: Path) -> None:
    """Write the figures of every rule from the key and the reader's answers."""
    answers = {line["item"]: line["right"] for line in _read(folder / "answers.jsonl")}
    by_rule: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for line in _read(folder / "key.jsonl"):
        by_rule[line["rule"]].append(line)
    figures = {line["rule"]: line for line in (_read(FIGURES) if FIGURES.exists() else [])}
    for rule, lines in by_rule.items():
        if "item" not in lines[0]:
            figures[rule] = {"rule": rule}
            continue
        said = [answers[line["item"]] for line in lines if line["speaks"]]
        silent = [answers[line["item"]] for line in lines if not line["speaks"]]
        share = {key: lines[0][key] for key in ("source", "posts", "hits")}
        read = {"read": len(said), "right": sum(said), "silent": len(silent), "missed": sum(silent)}
        figures[rule] = {"rule": rule, **share, **read}
    FIGURES.write_text(_lines([figures[rule] for rule in sorted(figures)]), "utf-8")


def _lines(records: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    """Draw a sheet, or tally the answers."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("--posts", type=Path, required=True)
    drawing.add_argument("--out", type=Path, required=True)
    drawing.add_argument("--only", default="")
    drawing.add_argument("--seed", type=int, default=20261124)
    commands.add_parser("tally").add_argument("folder", type=Path)
    options = parser.parse_args()
    if options.command == "draw":
        draw(options.posts, options.out, options.seed, options.only)
    else:
        tally(options.folder)


if __name__ == "__main__":
    main()
