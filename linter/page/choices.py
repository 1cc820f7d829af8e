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
        "room": [{"value": room.name, "words": _about(room)} for room in rooms if room.name],
    }


def _options(words: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "words": label} for value, label in words.items()]


def _about(room: Room) -> str:
    return ", ".join(filter(None, (PLATFORMS.get(room.platform, ""), ROOM_KINDS.get(room.kind, "").lower())))
