"""Profiles: which holds where, which of several wins, and what one may not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from linter.config import DEFAULT, Config, RuleChange
from linter.engine import Linter
from linter.errors import Mistake, MistakesError
from linter.finding import Level
from linter.in_force import rules_in_force
from linter.post import Context, Room
from linter.profile import packaged_profiles, read_profiles, with_profiles
from linter.rule import Rule
from linter.rulefile import RuleFile, load_rules, packaged_files
from linter.workspace import Workspace
from tests.conftest import ROOT, make_post

RULES = load_rules(packaged_files(), with_examples=False)


def with_all(files: Iterable[RuleFile]) -> list[Rule]:
    mistakes: list[Mistake] = []
    rules = with_profiles(RULES, read_profiles(files, mistakes), mistakes)
    if mistakes:
        raise MistakesError(mistakes)
    return rules


HEAD = "title: A profile for a test\nwhy: To see what it does.\n"


def profile(profile_id: str, rest: str) -> RuleFile:
    return RuleFile(f"p/{profile_id}.yaml", "profiles", f"id: {profile_id}\n{HEAD}{rest}\n")


def context(kind: str = "", stage: str = "", platform: str = "", room: str = "") -> Context:
    return Context(room=Room(name=room, kind=kind), stage=stage, platform=platform)


def suited(files: list[RuleFile], where: Context, rule_id: str) -> Rule | None:
    rule = next(rule for rule in with_all(files) if rule.id == rule_id)
    return rule.suited(where)


BASE = profile("base", "rules: {shouting: warning, slogans: {over: 3}}")
ROOM = profile(
    "room", "where: {room_kind: [community, business]}\nrules: {shouting: off, slogans: {over: 5}}"
)
STAGE = profile("stage", "where: {stage: talk}\nrules: {shouting: error}")
BOTH = profile("a-both", "where: {room_kind: community, stage: talk}\nrules: {shouting: suggestion}")
CHILD = profile("a-child", "inherits: room\nwhere: {platform: facebook}\nrules: {slogans: {level: warning}}")
ALL = [CHILD, BOTH, STAGE, ROOM, BASE]


@pytest.mark.parametrize(
    ("where", "level"),
    [
        (context(), Level.WARNING),
        (context("party"), Level.WARNING),
        (context("community"), None),
        (context("business", "reply"), None),
        (context("party", "talk"), Level.ERROR),
        (context("business", "talk"), Level.ERROR),  # equal keys: by name, and `stage` comes after `room`
        (context("community", "talk"), Level.SUGGESTION),  # two keys, whatever the name
        (context(platform="facebook"), None),  # what `room` says holds where its child does
        (context(platform="twitter"), Level.WARNING),
    ],
)
def test_the_most_particular_profile_that_holds_wins(where: Context, level: Level | None) -> None:
    rule = suited(ALL, where, "shouting")
    assert (rule.level if rule else None) == level


@pytest.mark.parametrize(
    ("where", "level", "over"),
    [
        (context(), Level.SUGGESTION, 3),
        (context("community"), Level.SUGGESTION, 5),
        (context(platform="facebook"), Level.WARNING, 5),
        (context("party", "talk"), Level.SUGGESTION, 3),
    ],
)
def test_what_a_profile_does_not_say_is_left_to_the_less_particular(
    where: Context, level: Level, over: float
) -> None:
    rule = suited(ALL, where, "slogans")
    assert rule is not None
    assert (rule.level, rule.check.over) == (level, over)  # type: ignore[union-attr]


def test_a_profile_changes_only_what_it_names() -> None:
    for rule in with_all(ALL):
        if rule.id not in ("shouting", "slogans"):
            there = context("community", "talk", "facebook")
            assert rule.suited(there) in (rule, None)
            assert (rule.suited(there) is None) == (not rule.where.holds(there))


@pytest.mark.parametrize(
    ("rule_id", "number", "where"),
    [
        ("rhetoric", 12, context("community", "talk")),
        ("organisation-voice", 9, context()),
        ("too-long", 1000, context(platform="linkedin")),
        ("long-sentence", 60, context()),
    ],
)
def test_a_number_takes_the_place_of_any_kind_of_threshold(rule_id: str, number: int, where: Context) -> None:
    rule = suited([profile("p", f"rules: {{{rule_id}: {{over: {number}}}}}")], where, rule_id)
    assert rule is not None
    assert rule.check.over in (number, {"any": number})  # type: ignore[union-attr]


def test_days_are_a_threshold_too() -> None:
    rule = suited([profile("p", "rules: {watch-first: {under: 3}}")], context(stage="arrive"), "watch-first")
    assert rule is not None
    assert rule.check.under_days == 3  # type: ignore[union-attr]


SHOUT = "PLEASE COME TO THE STALL ON SATURDAY and ask me anything about the buses."


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (None, []),
        (RuleChange(level=Level.SUGGESTION), [Level.SUGGESTION]),
        (RuleChange(level=Level.ERROR), [Level.ERROR]),
        (RuleChange(add=("whoop",)), []),
        (RuleChange(off=True), []),
    ],
)
def test_what_the_team_says_of_a_rule_wins(change: RuleChange | None, expected: list[Level]) -> None:
    rules = {"shouting": change} if change and not change.add else {}
    config = Config(rules=rules)
    off = profile("p", "rules: {shouting: off}")
    linter = Linter(rules_in_force(packaged_files(), (), config, profiles=[off]))
    found = [finding for finding in linter.check(make_post(SHOUT)) if finding.rule == "shouting"]
    assert [finding.level for finding in found] == expected


def test_every_mistake_is_told_at_once_with_its_line() -> None:
    files = [
        profile(
            "one", "inherits: to\nwhere: {stage: tlak, words_at_least: 3}\nrules: {shouting: of}\nlevel: off"
        ),
        profile("two", "rules: {shouting: {level: wanring, ovr: 3, under: few}}"),
        RuleFile("p/three.yaml", "profiles", "id: four\n"),
        RuleFile("p/five.yaml", "profiles", "- a list"),
        RuleFile("p/six.yaml", "profiles", "a: b: c"),
        profile("seven", "rules: {shoutin: off}"),
        profile("eight", "inherits: nine\nrules: {}"),
        profile("nine", "inherits: eight\nrules: {}"),
        profile("ten", "inherits: three\nrules: {}"),  # a parent that cannot be read is no unknown one
    ]
    with pytest.raises(MistakesError) as error:
        with_all(files)
    found = {(mistake.path, mistake.line) for mistake in error.value.mistakes}
    assert found >= {("p/one.yaml", line) for line in (5, 6, 7)}
    assert found >= {("p/two.yaml", 4), ("p/three.yaml", 1), ("p/five.yaml", 1), ("p/six.yaml", 1)}
    assert len([mistake for mistake in error.value.mistakes if mistake.path == "p/two.yaml"]) == 3
    assert found >= {("p/eight.yaml", 4), ("p/nine.yaml", 4)}
    assert "p/ten.yaml" not in {path for path, _ in found}
    assert ("p/seven.yaml", 4) in found, "names of rules are looked at in the same go"


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ("{shoutin: off}", "which is no rule; did you mean shouting?"),
        ("{shouting: {over: 3}}", "`shouting` takes no `over`: it has no threshold"),
        ("{slogans: {under: 3}}", "`slogans` takes no `under`: it has `over`"),
        ("{too-long: {under: 3}}", "`too-long` takes no `under`: it has `over`"),
        ("{watch-first: {over: 3}}", "`watch-first` takes no `over`: it has `under`"),
    ],
)
def test_a_change_must_fit_its_rule(rules: str, reason: str) -> None:
    with pytest.raises(MistakesError) as error:
        with_all([profile("p", f"rules: {rules}")])
    (mistake,) = error.value.mistakes
    assert reason in mistake.reason
    assert mistake.line == 4


@pytest.mark.parametrize(
    ("parents", "reason"),
    [
        ({"aa": "bb"}, "`inherits` names `bb`, which is no profile"),
        ({"community": "comunity"}, "did you mean community?"),
        ({"aa": "aa"}, "aa → aa"),
        ({"aa": "bb", "bb": "cc", "cc": "aa"}, "aa → bb → cc → aa"),
        ({"aa": "bb", "bb": "cc", "cc": "bb"}, "bb → cc → bb"),
    ],
)
def test_a_profile_descends_from_another_and_not_from_itself(parents: dict[str, str], reason: str) -> None:
    files = [profile(child, f"inherits: {parent}\nrules: {{}}") for child, parent in parents.items()]
    with pytest.raises(MistakesError) as error:
        with_all(files)
    assert any(reason in mistake.reason for mistake in error.value.mistakes)
    assert {mistake.line for mistake in error.value.mistakes} == {4}


def test_an_id_is_taken_once() -> None:
    with pytest.raises(MistakesError, match="taken"):
        with_all([BASE, replace(BASE, path="q/base.yaml")])


PACKAGED = read_profiles(packaged_profiles(), [])


def test_the_packaged_profiles_are_read() -> None:
    names = {one.id for one in PACKAGED}
    expected = "everyday community business party-room public-feed linkedin linkedin-reply arrival reply"
    assert names == set(expected.split())
    assert PACKAGED[0].id == "everyday"
    assert all(len(one.why.split()) >= 12 for one in PACKAGED)
    assert all(one.rules for one in PACKAGED[1:])
    table = (ROOT / "docs" / "writing-rules.md").read_text("utf-8")
    assert all(f"`{name}`" in table for name in names)


COMMUNITY, BUSINESS, PUBLIC, PARTY = (context(kind) for kind in ("community", "business", "public", "party"))


@pytest.mark.parametrize(
    ("rule_id", "where", "level", "over"),
    [
        ("rhetoric-on-arrival", context("community", "arrive"), Level.WARNING, {"any": 15}),
        ("rhetoric-on-arrival", context("business", "arrive"), Level.WARNING, {"any": 18}),
        ("rhetoric-on-arrival", context("public", "arrive"), Level.WARNING, {"any": 28}),
        ("rhetoric-on-arrival", context("", "arrive"), Level.WARNING, {"any": 35}),
        ("rhetoric-on-arrival", context("party", "arrive"), Level.WARNING, {"any": 35}),
        ("rhetoric-on-arrival", context("community", "arrive", "linkedin"), Level.WARNING, {"any": 15}),
        ("rhetoric-on-arrival", context("", "arrive", "linkedin"), Level.WARNING, {"any": 18}),
        ("slogans", PARTY, Level.SUGGESTION, 4),
        ("slogans", COMMUNITY, Level.SUGGESTION, 2),
        ("exclamation-row", COMMUNITY, Level.SUGGESTION, None),
        ("exclamation-row", PUBLIC, Level.SUGGESTION, None),
        ("exclamation-row", BUSINESS, Level.WARNING, None),
        ("exclamation-row", context("community", "reply"), Level.SUGGESTION, None),
        ("strong-swearing", context("community", "reply"), Level.WARNING, None),
        ("strong-swearing", COMMUNITY, Level.SUGGESTION, None),
        ("exclamation-row", context(platform="linkedin"), Level.WARNING, None),
        ("us-and-them", COMMUNITY, Level.SUGGESTION, None),
        ("us-and-them", context("community", "arrive"), Level.WARNING, None),
        ("emoji-row", context(platform="linkedin"), Level.WARNING, None),
        ("emoji-row", context("business"), Level.SUGGESTION, None),
        ("too-long", context(platform="linkedin"), Level.WARNING, None),
        ("too-long", context(platform="linkedin", stage="reply"), Level.WARNING, 1250),
        ("too-long", context(platform="facebook", stage="reply"), Level.WARNING, None),
    ],
)
def test_the_packaged_profiles_say_what_they_should(
    rule_id: str, where: Context, level: Level, over: object
) -> None:
    (rule,) = (rule for rule in with_all(packaged_profiles()) if rule.id == rule_id)
    found = rule.suited(where)
    assert found is not None
    assert (found.level, getattr(found.check, "over", None)) == (level, over)


def test_a_team_has_profiles_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "ours" / "profiles"
    folder.mkdir(parents=True)
    (folder / "hall.yaml").write_text(
        f"id: hall\n{HEAD}inherits: community\nwhere: {{room: hall}}\nrules: {{shouting: off}}\n"
    )
    (tmp_path / ".postlint.yaml").write_text("rule_paths: [ours]\n")
    monkeypatch.chdir(tmp_path)
    workspace = Workspace()
    linter = workspace.linter_for(workspace.config_for(Path()))
    asked = {name: {rule.id for rule in linter.applicable(context(room=name))} for name in ("hall", "shed")}
    assert asked["shed"] - asked["hall"] == {"shouting"}

    (folder / "hall.yaml").write_text(f"id: hall\n{HEAD}rules: {{shoutin: off}}\n")
    with pytest.raises(MistakesError, match="shoutin"):
        Workspace().linter_for(workspace.config_for(Path()))


def test_without_a_file_of_profiles_a_folder_of_rules_is_read_as_before() -> None:
    rules = rules_in_force(packaged_files(), (), DEFAULT)
    assert all(not rule.changes for rule in rules)
