"""Many posts made of few, by a seed: a town's year told in many towns, out of order, with rows among them that are none."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

MILLBECK = ROOT / "corpora" / "history" / "millbeck"
OWN = "millbeck-greens"
ODD = (
    b"{", b"[]", b"", b'{"text": 3}', b'{"text": null, "id": "x"}', b'{"id": "y"}', b'{"text": "caf\xe9"}', b'{"text": "a"',
    b'{"text": "", "room": "mill"}', b'{"text": "Hello.", "platform": "myspace"}', b'{"text": "Hello.", "date": "soon"}',
    b'{"text": "half \\ud83d an emoji"}', b'{"text": "Hello.", "id": [1]}',
)  # fmt: skip
"""Lines that are no post."""
PLAIN: tuple[dict[str, Any], ...] = (
    {"text": "Wir treffen uns am Samstag um zehn Uhr vor dem Rathaus und bringen alle etwas zum Essen mit."},
    {"text": "Nous nous retrouvons samedi devant la mairie. Qui apporte du pain ? Merci à toutes et à tous."},
    {
        "text": "\U0001f1ec\U0001f1e7 Thanks all! \U0001f44f\U0001f3fd Who is free on Saturday?",
        "platform": "x",
        "id": 7,
    },
    {
        "text": "Why do you let these liars do this to us? " * 2_000,
        "room": "mill",
        "author": "al",
        "date": "2026-03-01",
    },
    {
        "text": "Lovely.",
        "reply_to": {"author": "jo", "text": "You are all scum."},
        "author": OWN,
        "platform": "x",
    },
)
"""Posts that stand alone: in other languages, with emoji, a very long one, one that quotes what it answers."""


def made(count: int, seed: int) -> list[bytes]:
    """Lines of JSONL, so many: posts of many towns, each with its rooms, its threads and its people."""
    chance = random.Random(seed)
    year = [json.loads(line) for line in (MILLBECK / "posts.jsonl").read_text("utf-8").splitlines()]
    posts = [json.dumps(post).encode() for post in PLAIN]
    for town in range(count):
        if len(posts) + len(ODD) >= count:
            break
        posts += [json.dumps(post).encode() for post in _town(town, year, chance)]
    lines = [*posts[: count - len(ODD)], *ODD]
    chance.shuffle(lines)
    return lines


def _town(town: int, year: list[dict[str, Any]], chance: random.Random) -> Iterator[dict[str, Any]]:
    """A town's posts: in one of four the team is the same, elsewhere nobody is; in one of five nothing has a date, in one not all has."""
    undated = {1: 1.0, 2: 0.02}.get(town % 5, 0.0)
    later = timedelta(days=7 * town)
    for post in year:
        told = {
            **post,
            "author": post["author"]
            if town % 4 == 0 and post["author"] == OWN
            else f"{post['author']} {town}",
        }
        told |= {key: f"{post[key]} {town}" for key in ("id", "reply_to", "thread") if key in post}
        told["date"] = (datetime.fromisoformat(post["date"]) + later).isoformat(timespec="minutes")
        if told["author"] != OWN and chance.random() < undated:
            del told["date"]
        told.pop(chance.choice(("thread", "reply_to", "nothing", "nothing")), None)
        if "reply_to" not in post and chance.random() < 0.1:
            del told["id"]
        if chance.random() < 0.1:
            told["text"] = f"{post['text']} {chance.choice(year)['text']}"
        yield told


def write(path: Path, lines: list[bytes]) -> Path:
    """Lines as a file, the last one without its end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\n".join(lines))
    return path
