"""The schemas for editors take what the loader takes, and know the very keys that it knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linter.checks import KINDS, LOOK_BACKS
from linter.config import read_config
from linter.errors import MistakesError
from linter.post_keys import KEYS
from linter.readers import ReadOptions, read
from linter.rulefile import RuleFile, load_rules, packaged_files
from linter.schema import NAMES, WIRE, schema
from linter.setting_up import write_config
from linter.yamlfile import Mapping, Node, Scalar, Sequence, read_yaml
from tests.conftest import ROOT

jsonschema = pytest.importorskip("jsonschema", reason="comes with the test extra")


def plain(node: Node | None) -> Any:
    """A node as an editor's YAML reader sees it."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Scalar):
        if node.kind in ("int", "float"):
            number = float(node.text)
            return int(number) if number == int(number) else number
        return node.text == "true" if node.text in ("true", "false") and node.kind == "bool" else node.text
    return None


def faults(name: str, text: str, path: str = "x") -> list[str]:
    """What a schema says of a YAML text."""
    found = plain(read_yaml(text, path))
    return [error.message for error in jsonschema.Draft202012Validator(schema(name)).iter_errors(found or {})]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_and_says_what_each_key_is_for(name: str) -> None:
    found = schema(name)
    jsonschema.Draft202012Validator.check_schema(found)
    assert found.get("additionalProperties", name in WIRE) is (name in WIRE)
    assert all("description" in key or "$ref" in key for key in found["properties"].values())


@pytest.mark.parametrize("file", list(packaged_files()), ids=lambda file: file.stem)
def test_every_packaged_rule_is_valid(file: RuleFile) -> None:
    assert faults("rule", file.text) == []


def test_the_sample_and_the_first_configuration_are_valid(tmp_path: Path) -> None:
    for path in (ROOT / "corpora" / "drafts" / ".postlint.yaml", write_config(tmp_path)[0]):
        assert faults("config", path.read_text("utf-8")) == []


def test_the_front_matter_of_every_draft_is_valid() -> None:
    fronts = [
        path.read_text("utf-8").split("---\n")[1]
        for path in sorted((ROOT / "corpora" / "drafts").rglob("*.md"))
        if path.read_text("utf-8").startswith("---\n")
    ]
    assert len(fronts) > 20
    assert [fault for front in fronts for fault in faults("post", front)] == []


CONFIG = """\
posts: p
party: {names: [A], rivals: [B]}
rooms: {r: {platform: x, kind: party, joined: 2026-01-01}}
rules: {shouting: {level: error, add: [x]}}
"""
RULE = """\
id: x
title: t
clause: G4
why: w
level: warning
where: {stage: [arrive]}
check: {CHECK}
message: m?
suggestion: s
false_alarms: f
examples: {bad: [{text: a, context: {visit: 1}, history: [{text: a, visit: 1}], rooms: {r: {kind: party}}}], good: [{text: b, context: {visit: 1}}]}
"""
WHAT = "{terms: [a]}"
CHECKS = {
    "phrase": WHAT,
    "pattern": "{anchor: [a], tokens: [{LOWER: {IN: [a]}}]}",
    "regex": "{pattern: a}",
    "score": "{name: aggressiveness, over: {any: 3}}",
    "count": "{terms: [a], over: 1}",
    "ratio": f"{{these: {WHAT}, those: {WHAT}, over: 1}}",
    "absent": f"{{terms: [a], when: {WHAT}}}",
    "order": f"{{first: {WHAT}, then: {WHAT}}}",
    "opening": f"{{avoid: {WHAT}}}",
    "closing": f"{{need: {WHAT}}}",
    "metadata": "{missing: alt}",
    "elapsed": "{since: joined, under_days: 1}",
    "length": "{over: limit}",
    "in_a_row": "{terms: [a], over: 2}",
    "often": "{over: 2, days: 1}",
    "share": "{over: 2, days: 9}",
    "early": "{terms: [a], under_days: 3}",
    "unanswered": "{terms: [a], days: 3}",
    "unused": "{of: rooms, days: 30}",
    "uptake": "{terms: [a]}",
    "after_no": f"{{no: {WHAT}, leave: {WHAT}}}",
    "again": "{over: 0.8}",
    "heat": "{theirs_over: 50, ours_over: 40}",
}
ALL_KINDS = {**KINDS, **LOOK_BACKS}
POST = "visit: 1\nreply_to: {text: t}\nimages: [{file: f, alt: a}]\n"


def whole_rule(kind: str, options: str | None = None) -> str:
    return RULE.replace("{CHECK}", f"{{{kind}: {options or CHECKS[kind]}}}")


def groups(text: str) -> Iterator[str]:
    """The text with an unknown key added to each of its groups in turn."""
    yield f"zzz: 1\n{text}"
    for match in re.finditer(r"\{", text):
        yield f"{text[: match.end()]}zzz: 1, {text[match.end() :]}"


def refused(name: str, text: str, folder: Path) -> bool:
    """Whether the loader refuses a text because of the key `zzz`."""
    path = folder / {"config": ".postlint.yaml", "rule": "x.yaml", "post": "x.md"}[name]
    path.write_text(f"---\n{text}---\nHello.\n" if name == "post" else text, "utf-8")
    try:
        if name == "config":
            read_config(path)
        elif name == "rule":
            load_rules([RuleFile("x.yaml", "house", text)])
        else:
            return "zzz" in str(list(read(path, ReadOptions())))
    except MistakesError as error:
        return "zzz" in str(error)
    return False


CASES = [("config", CONFIG), ("post", POST), *(("rule", whole_rule(kind)) for kind in ALL_KINDS)]


@pytest.mark.parametrize(("name", "text"), CASES)
def test_an_unknown_key_is_refused_by_both_or_by_neither(name: str, text: str, tmp_path: Path) -> None:
    assert faults(name, text) == []
    assert not refused(name, text, tmp_path)
    said = [(refused(name, changed, tmp_path), bool(faults(name, changed))) for changed in groups(text)]
    assert all(by_loader == by_schema for by_loader, by_schema in said), said
    assert any(by_loader for by_loader, _ in said)


def test_every_kind_of_check_is_tried() -> None:
    assert set(CHECKS) == set(ALL_KINDS)


def keys_known(text: str) -> set[str]:
    """The keys that the loader names where it finds `zzzzzzzz`."""
    with pytest.raises(MistakesError) as raised:
        load_rules([RuleFile("x.yaml", "house", text)])
    listed = re.search(r"`zzzzzzzz` is not a known key; expected (.*)", str(raised.value))
    assert listed, str(raised.value)
    return set(re.split(r", | or ", listed[1]))


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_check_has_the_options_that_its_reader_asks_for(kind: str) -> None:
    known = keys_known(whole_rule(kind, CHECKS[kind].replace("{", "{zzzzzzzz: 1, ", 1)))
    described = schema("rule")["properties"]["check"]["properties"][kind]["properties"]
    assert known == set(described)


@pytest.mark.parametrize(
    ("place", "described"),
    [
        ("where: {", ["where", "properties"]),
        ("examples: {", ["examples", "properties"]),
        ("", []),
    ],
)
def test_a_rule_has_the_keys_that_its_reader_asks_for(place: str, described: list[str]) -> None:
    text = whole_rule("phrase")
    changed = text.replace(place, f"{place}zzzzzzzz: 1, ") if place else f"zzzzzzzz: 1\n{text}"
    found = schema("rule")["properties"]
    for step in described:
        found = found[step]
    assert keys_known(changed) == set(found)


def test_a_post_has_the_keys_of_a_post_but_its_text() -> None:
    assert set(schema("post")["properties"]) == set(KEYS) - {"text"}
    context = schema("rule")["$defs"]["context"]["properties"]
    assert set(context) == set(KEYS) - {"text", "id"}


def test_a_configuration_has_the_keys_that_its_reader_asks_for(tmp_path: Path) -> None:
    path = tmp_path / ".postlint.yaml"
    path.write_text("zzzzzzzz: 1\n", "utf-8")
    with pytest.raises(MistakesError) as raised:
        read_config(path)
    listed = re.search(r"expected (.*)", str(raised.value))
    assert listed
    assert set(re.split(r", | or ", listed[1])) == set(schema("config")["properties"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("post", "platform: Facebook\nvisit: 2\nx-note: mine\nreply_to: 31\ndate: 2026-03-14T18:30\n"),
        ("config", "rules: {shouting: off, slogans: {add: take back our streets}}\nexclude: '*.txt'\n"),
        ("rule", whole_rule("score", "{name: questions_ratio, under: 0.1}")),
        ("rule", whole_rule("phrase", "{lexicon: thanks, marks: emoji, aimed: yes}")),
        ("rule", whole_rule("phrase", "{lexicon: thanks}") + "fix: {rewrite: one mark, safe: true}\n"),
        ("post", "allow: {shouting: a sign, rattled: {reason: a joke, until: 2026-05-01}, insult: }\n"),
        ("config", "allow: [{rule: insult, room: mill, reason: they joke}, {rule: [a, b], posts: old/*}]\n"),
    ],
)
def test_what_must_stay_silent(name: str, text: str) -> None:
    assert faults(name, text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("post", "platform: facebok\n"),
        ("post", "visit: 0\n"),
        ("post", "paid: 'true'\n"),
        ("post", "reply_to: {}\n"),
        ("post", "date: yesterday\n"),
        ("config", "fail_on: never\n"),
        ("config", "rules: {shouting: loud}\n"),
        ("rule", whole_rule("phrase", "{lexicon: no-such-list}")),
        ("rule", whole_rule("phrase", "{terms: [a]}, regex: {pattern: a}")),
        ("rule", whole_rule("count", "{terms: [a]}")),
        ("rule", whole_rule("phrase").replace("clause: G4", "clause: G24")),
        ("rule", whole_rule("phrase").replace("message: m?\n", "")),
    ],
)
def test_what_both_refuse(name: str, text: str, tmp_path: Path) -> None:
    assert faults(name, text) != []
    path = tmp_path / ("x.md" if name == "post" else ".postlint.yaml")
    path.write_text(f"---\n{text}---\nHello.\n" if name == "post" else text, "utf-8")
    if name == "post":
        assert "Unreadable" in str(list(read(path, ReadOptions())))
    else:
        with pytest.raises(MistakesError):
            _ = read_config(path) if name == "config" else load_rules([RuleFile("x.yaml", "house", text)])
