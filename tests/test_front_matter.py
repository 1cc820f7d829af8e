"""An entry of `allow` is found, put in and taken out, and every other character of the file stays."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from linter.front_matter import entries, item, with_allow

BLOCK = "---\nroom: a  # ours\nallow:\n  shouting: it is a sign\n  slogans:\n    reason: quoted\n    until: 2026-01-01\n# end\nlang: en\n---\n"
FLOW = "---\nallow: {shouting: it is a sign, slogans: quoted}\n---\n"
ALONE = "---\nallow:\n  shouting: it is a sign\nlang: en\n---\n"


@pytest.mark.parametrize(
    "front", ["", "---\n---\n", "---\nlang: en\n---\n", "---\nallow:\n---\n", "---\nallow: []\n---\n"]
)
def test_where_nothing_is_allowed_there_is_no_entry(front: str) -> None:
    assert entries(front) == []


@pytest.mark.parametrize(
    ("front", "rule", "after"),
    [
        (BLOCK, "shouting", BLOCK.replace("  shouting: it is a sign\n", "")),
        (BLOCK, "slogans", BLOCK.replace("  slogans:\n    reason: quoted\n    until: 2026-01-01\n", "")),
        (
            BLOCK.replace("\n", "\r\n"),
            "shouting",
            BLOCK.replace("  shouting: it is a sign\n", "").replace("\n", "\r\n"),
        ),
        (FLOW, "shouting", FLOW.replace("shouting: it is a sign, ", "")),
        (FLOW, "slogans", FLOW.replace(", slogans: quoted", "")),
        (ALONE, "shouting", "---\nlang: en\n---\n"),
        ("---\nallow: {shouting: x}\n...\n", "shouting", "---\n...\n"),
    ],
)
def test_an_entry_is_taken_out(front: str, rule: str, after: str) -> None:
    [entry] = [entry for entry in entries(front) if entry.rule == rule]
    assert front[slice(*entry.key)] == rule
    assert front[slice(*entry.entry)].startswith(f"{rule}:")
    assert front[: entry.goes.start] + front[entry.goes.end :] == after


@pytest.mark.parametrize(
    ("front", "after"),
    [
        ("", "---\nallow:\n  rattled: a joke\n---\n"),
        ("---\n---\n", "---\nallow:\n  rattled: a joke\n---\n"),
        ("---\r\nlang: en\r\n---\r\n", "---\r\nlang: en\r\nallow:\r\n  rattled: a joke\r\n---\r\n"),
        ("---\nallow:\nlang: en\n---\n", "---\nallow:\n  rattled: a joke\nlang: en\n---\n"),
        (ALONE, ALONE.replace("  shouting", "  rattled: a joke\n  shouting")),
        (FLOW, FLOW.replace("{", "{rattled: a joke, ")),
        ("---\nallow: {}\n---\n", "---\nallow: {rattled: a joke}\n---\n"),
        ("---\nallow:\n  rattled:\n---\n", "---\nallow:\n  rattled: a joke\n---\n"),
    ],
)
def test_an_entry_is_put_in(front: str, after: str) -> None:
    span, words = with_allow(front, "rattled", "a joke")
    assert front[: span.start] + words + front[span.end :] == after


@given(
    st.text(st.characters(blacklist_categories=["Cs"])),
    st.sampled_from(["", BLOCK, FLOW, ALONE, "---\nlang: en\n---\n"]),
)
def test_any_reason_is_read_back_as_it_was_given(reason: str, front: str) -> None:
    span, words = with_allow(front, "rattled", reason)
    after = front[: span.start] + words + front[span.end :]
    before = yaml.safe_load(front.strip("-\n")) or {}
    held = yaml.safe_load(after.strip().removeprefix("---").removesuffix("---"))
    assert held == {**before, "allow": {**before.get("allow", {}), "rattled": reason}}


CONFIGURATION = "posts: drafts\nallow:\n  - {rule: [a, b], posts: x, reason: r}\n  - rule: c\n    room: q\n  # and\n  - rule:\n      - d\n      - e\n    room: q\nfail_on: error\n"


@pytest.mark.parametrize(
    ("number", "rule", "after"),
    [
        (0, "a", CONFIGURATION.replace("[a, b]", "[b]")),
        (0, "b", CONFIGURATION.replace("[a, b]", "[a]")),
        (1, "c", CONFIGURATION.replace("  - rule: c\n    room: q\n", "")),
        (2, "e", CONFIGURATION.replace("      - e\n", "")),
    ],
)
def test_one_rule_goes_out_of_a_configuration(number: int, rule: str, after: str) -> None:
    entry = item(CONFIGURATION, number, rule)
    assert entry is not None
    assert CONFIGURATION[: entry.goes.start] + CONFIGURATION[entry.goes.end :] == after
