from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from linter.config import DEFAULT, Config, Flags, find_config, in_context, read_config
from linter.errors import MistakesError
from linter.finding import Level
from linter.post import Context, Post, Room, Source

WHOLE = """\
posts: drafts/
author: southsea-team
party: {names: [Labour], rivals: [Conservative, Tory]}
rooms:
  parents: {platform: facebook, kind: community, joined: 2026-03-01}
rules:
  shouting: off
  thank-the-room: {level: error}
  emphasis: warning
  slogans: {add: [take back our streets]}
rule_paths: [our-rules/]
fail_on: warning
exclude: ["drafts/archive/**", README.md]
extra_keys: [campaign]
"""


def config_of(tmp_path: Path, text: str) -> Config:
    path = tmp_path / ".postlint.yaml"
    path.write_text(text)
    return read_config(path)


def test_every_key_is_read(tmp_path: Path) -> None:
    config = config_of(tmp_path, WHOLE)
    assert config.posts == "drafts/"
    assert config.party_rivals == ("Conservative", "Tory")
    assert config.rooms == {"parents": Room("parents", "facebook", "community", date(2026, 3, 1))}
    assert config.rules["shouting"].off
    assert config.rules["thank-the-room"].level == Level.ERROR
    assert config.rules["emphasis"].level == Level.WARNING
    assert config.rules["slogans"].add == ("take back our streets",)
    assert config.fail_on == Level.WARNING
    assert config.extra_keys == ("campaign",)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("post: drafts/\n", 1, "did you mean posts?"),
        ("posts: [a]\n", 1, "a list where words"),
        ("rooms:\n  a: {platform: facebok}\n", 2, "did you mean facebook?"),
        ("rooms:\n  a: {kind: communal}\n", 2, "did you mean community?"),
        ("rooms:\n  a: {joined: soon}\n", 2, "a date such as"),
        ("rooms: [a]\n", 1, "a group of keys was expected"),
        ("rules:\n  shouting: erorr\n", 2, "did you mean error?"),
        ("rules:\n  shouting: {add: [no, yes]}\n", 2, "put it in quotes"),
        ('rules:\n  slogans: {add: ["(a|b"]}\n', 2, "brackets do not match"),
        ("fail_on: never\n", 1, "expected suggestion, warning or error"),
        ("- a\n", 1, "where keys such as"),
        ("posts: a\nposts: b\n", 2, "a second time"),
        ("posts: a\n--- \nposts: b\n", 2, "a second document"),
        ("posts: 'a\n", 2, "not YAML"),
        ("\tposts: a\n", 1, "not YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(MistakesError) as caught:
        config_of(tmp_path, text)
    assert [mistake.line for mistake in caught.value.mistakes][:1] == [line]
    assert reason in str(caught.value)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(MistakesError) as caught:
        config_of(tmp_path, "post: a\nfail_on: never\nrooms:\n  a: {kid: party}\n")
    assert [mistake.line for mistake in caught.value.mistakes] == [1, 2, 4]


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert config_of(tmp_path, "# nothing yet\n").posts == "."


def test_it_is_found_upwards_and_never_above_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".postlint.yaml").write_text("")
    deep = tmp_path / "repo" / "drafts"
    deep.mkdir(parents=True)
    assert find_config(deep) == tmp_path / ".postlint.yaml"
    assert find_config(deep / "not" / "there") == tmp_path / ".postlint.yaml"
    (tmp_path / "repo" / ".git").mkdir()
    assert find_config(deep) is None
    (tmp_path / "repo" / ".postlint.yaml").write_text("")
    assert find_config(deep) == tmp_path / "repo" / ".postlint.yaml"


@pytest.mark.parametrize(
    ("path", "skipped"),
    [
        ("drafts/a.md", False),
        ("drafts/may/a.md", False),
        ("drafts/archive/2025/a.md", True),
        ("README.md", True),
        ("docs/a.md", True),
        ("drafts/../docs/a.md", True),
    ],
)
def test_what_lies_outside_or_is_excluded_is_skipped(tmp_path: Path, path: str, skipped: bool) -> None:
    assert config_of(tmp_path, WHOLE).skips(tmp_path / path) is skipped


def test_without_a_file_nothing_is_skipped() -> None:
    assert not DEFAULT.skips(Path("anywhere/a.md"))


def placed(context: Context, flags: Flags, config: Config) -> Context:
    return in_context(Post("a", "Hello", Source("a.md"), context), flags, config).context


def test_the_post_comes_first_then_the_flag_then_the_configuration(tmp_path: Path) -> None:
    config = config_of(tmp_path, WHOLE)
    said = Context(Room("parents", kind="party"), platform="twitter", stage="talk", author="Jo")
    assert placed(said, Flags("linkedin", "other", "offer"), config) == Context(
        Room("parents", "facebook", "party", date(2026, 3, 1)), platform="twitter", stage="talk", author="Jo"
    )
    flagged = placed(Context(), Flags("linkedin", "parents", "offer"), config)
    assert (flagged.platform, flagged.room.kind, flagged.stage) == ("linkedin", "community", "offer")
    assert placed(Context(Room("parents")), Flags(), config).platform == "facebook"
    assert placed(Context(), Flags(), config).author == "southsea-team"


def test_nothing_known_changes_nothing() -> None:
    post = Post("a", "Hello", Source("a.md"))
    assert in_context(post, Flags(), DEFAULT) is post


def test_it_is_not_sought_where_nobody_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "homes" / "jo"
    (home / "drafts").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    (tmp_path / "homes" / ".postlint.yaml").write_text("")
    assert find_config(home / "drafts") is None
    (home / ".postlint.yaml").write_text("")
    assert find_config(home / "drafts") == home / ".postlint.yaml"


def test_it_is_not_taken_from_another_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "theirs" / "mine").mkdir(parents=True)
    (tmp_path / "theirs" / ".postlint.yaml").write_text("")
    assert find_config(tmp_path / "theirs" / "mine") is not None
    # Only root can give a folder away, so the owner is told rather than changed.
    monkeypatch.setattr("linter.config.owner_of", lambda place: 12345 if place.name == "theirs" else 1000)
    assert find_config(tmp_path / "theirs" / "mine") is None


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [(b"# caf\xe9\n", 1, "0xe9 is not UTF-8"), (b"posts: .\nauthor: \xff\n", 2, "not UTF-8")],
)
def test_what_is_not_utf8_is_named_with_its_line(tmp_path: Path, data: bytes, line: int, reason: str) -> None:
    path = tmp_path / ".postlint.yaml"
    path.write_bytes(data)
    with pytest.raises(MistakesError) as caught:
        read_config(path)
    assert [mistake.line for mistake in caught.value.mistakes] == [line]
    assert reason in str(caught.value)


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / ".postlint.yaml").mkdir()
    with pytest.raises(MistakesError, match="cannot be read: Is a directory"):
        read_config(tmp_path / ".postlint.yaml")
