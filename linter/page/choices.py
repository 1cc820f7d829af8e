"""What may be chosen on the page, with the words that it is chosen by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linter.post import Room

PLATFORMS = {
    "facebook": "Facebook",
    "twitter": "X (Twitter)",
    "linkedin": "LinkedIn",
    "instagram": "Instagram",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "threads": "Threads",
}
ROOM_KINDS = {
    "party": "A party’s own",
    "community": "A community",
    "business": "Business",
    "public": "Open to anybody",
}
STAGES = {
    "arrive": "Arriving: my first words here",
    "talk": "Talking with people",
    "offer": "Saying what we would do",
    "reply": "Answering somebody",
}


def choices(rooms: Iterable[Room]) -> dict[str, object]:
    """Every choice as plain values; a room with what the team's configuration says of it."""
    return {
        "platform": _options(PLATFORMS),
        "room_kind": _options(ROOM_KINDS),
        "stage": _options(STAGES),
        "room": [_room(room) for room in rooms if room.name],
    }


def _options(words: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "words": label} for value, label in words.items()]


def _room(room: Room) -> dict[str, str]:
    known = {"platform": PLATFORMS.get(room.platform, ""), "room_kind": ROOM_KINDS.get(room.kind, "")}
    return {"value": room.name, "words": ", ".join(filter(None, known.values())), **known}
