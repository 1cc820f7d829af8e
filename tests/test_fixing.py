"""Fixes: what rules offer, what is applied, and what no fix may touch."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from linter.analysis import Analysis
from linter.cli import main
from linter.finding import Fix
from linter.fix import REWRITES, Delete, Insert, Replace
from linter.fixing import applied, fixed_text
from linter.masks import nobodys, quotations
from linter.text import Span
from linter.workspace import Workspace
from tests.conftest import make_post

ANY = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=80)


@pytest.mark.parametrize(
    ("how", "words", "after"),
    [
        ("plain letters", "𝓗𝓮𝓵𝓵𝓸", "Hello"),
        ("plain letters", "Hello", "Hello"),
        ("one mark", "!!!", "!"),
        ("one mark", "?!!", "?"),
        ("one mark", "!", "!"),
        ("first of the row", "🏴󠁧󠁢󠁷󠁬󠁳󠁿🎉🎉", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
        ("first of the row", "👩‍👩‍👧👩‍👩‍👧", "👩‍👩‍👧"),
        ("sentence case", "SAVE OUR PARK", "Save our park"),
        ("sentence case", "I SAID I'M HERE. SO ARE YOU", "I said I'm here. So are you"),
    ],
)
def test_a_way_of_rewriting(how: str, words: str, after: str) -> None:
    rewrite, _ = REWRITES[how]
    assert rewrite(words) == after


@given(ANY, st.sampled_from(sorted(REWRITES)))
def test_what_is_rewritten_twice_is_as_rewritten_once(words: str, how: str) -> None:
    rewrite, _ = REWRITES[how]
    assert rewrite(rewrite(words)) == rewrite(words)


@pytest.mark.parametrize(
    ("text", "words", "after"),
    [
        ("We utilise it.", "utilise", "We use it."),
        ("Utilise it.", "Utilise", "Use it."),
        ("We use it.", "use", None),
    ],
)
def test_words_are_replaced(text: str, words: str, after: str | None) -> None:
    at = text.index(words)
    fix = Replace({"utilise": "use"}, safe=True).fix(make_post(text), Span(at, at + len(words)))
    assert (fix and applied(text, [(0, fix)])[0]) == after


@pytest.mark.parametrize(
    ("text", "words", "after"),
    [
        ("Call now please.", "now ", "Call please."),
        ("Call now please.", "now", "Call please."),
        ("Call me now", "now", "Call me"),
        ("Now call me", "Now", "call me"),
        ("Call me (now)!", "now", "Call me ()!"),
    ],
)
def test_words_are_taken_out_with_one_of_the_spaces_around_them(text: str, words: str, after: str) -> None:
    at = text.index(words)
    fix = Delete(safe=False).fix(make_post(text), Span(at, at + len(words)))
    assert fix
    assert applied(text, [(0, fix)])[0] == after


def test_nothing_is_taken_out_where_nothing_was_found() -> None:
    assert Delete(safe=False).fix(make_post("Hello"), Span(0, 0)) is None


@pytest.mark.parametrize(
    ("text", "at_start", "after"),
    [
        ("The bus is late.\n", True, "Hello. The bus is late.\n"),
        ("\nThe bus is late.\n", True, "\nHello. The bus is late.\n"),
        ("The bus is late.\n", False, "The bus is late. Hello.\n"),
    ],
)
def test_words_are_put_in_at_an_end(text: str, at_start: bool, after: str) -> None:
    fix = Insert("Hello.", at_start, safe=False).fix(make_post(text), Span(0, 0))
    assert fix
    assert applied(text, [(0, fix)])[0] == after


@pytest.mark.parametrize(
    ("fixes", "after"),
    [
        ([(0, 1, "x"), (2, 3, "y")], "xbyd"),
        ([(0, 2, "x"), (1, 3, "y")], "xcd"),
        ([(1, 1, "x"), (1, 1, "y")], "axbcd"),
        ([(0, 1, "x"), (1, 2, "y")], "xbcd"),
        ([(0, 4, "")], ""),
    ],
)
def test_of_fixes_that_touch_the_first_is_applied(fixes: list[tuple[int, int, str]], after: str) -> None:
    made = [(0, Fix(Span(start, end), words, "")) for start, end, words in fixes]
    assert applied("abcd", made)[0] == after
    assert applied("abcd", made[::-1])[0] == after


@pytest.mark.parametrize(
    ("text", "span", "mine"),
    [
        ("He said “go home!!!” and left", (17, 20), False),
        ("He left!!!", (7, 10), True),
        ("> So it is!!!\nI see", (11, 14), False),
        ("`x!!!` is code", (2, 5), False),
        ("[here](https://example.org/a!!!)", (28, 31), False),
        ("See https://example.org/a!!! there", (10, 12), False),
        ("> quoted", (0, 0), False),
        ("Mine", (0, 0), True),
    ],
)
def test_what_is_the_authors_own(analyse: object, text: str, span: tuple[int, int], mine: bool) -> None:
    with closing(analyse(text, markdown=True)) as analysis:  # type: ignore[operator]
        assert isinstance(analysis, Analysis)
        assert analysis.is_mine(Span(*span)) is mine


_PIECES = st.lists(
    st.sampled_from(
        ["Hello!!!", "“WE WILL WIN!!!”", "\n> SAVE OUR PARK TODAY!!!\n", "`a!!!`", "SAVE OUR PARK NOW TODAY", "𝓗𝓮𝓵𝓵𝓸",
         "🎉🎉🎉🎉🎉🎉🎉🎉", "She said it was late!!!", "https://example.org/a!!!", "<!-- x!!! -->", "\r\n", "I agree.", "'oh!!!'"]
    ),
    max_size=8,
)  # fmt: skip


@given(_PIECES, st.booleans())
def test_no_fix_touches_what_is_not_the_authors_own_and_a_second_run_changes_nothing(
    pieces: list[str], all_fixes: bool
) -> None:
    text = " ".join(pieces)
    once = fixed_text(text, "a.md", _WORKSPACE, lambda fix: all_fixes or fix.safe)
    twice = fixed_text(once.after, "a.md", _WORKSPACE, lambda fix: all_fixes or fix.safe)
    assert twice.after == once.after
    kept = [once.after[slice(*span)] for span in (*quotations(once.after), *nobodys(once.after))]
    assert kept == [text[slice(*span)] for span in (*quotations(text), *nobodys(text))]


_WORKSPACE = Workspace()
DRAFT = "\ufeff---\r\nlang: en\r\nallow: {shouting: x}\r\n---\r\nIs the bus late!!! 𝓗𝓮𝓵𝓵𝓸\r\n“No!!!” said Jo.\u2028Oh!!!\r\n"
MENDED = "\ufeff---\r\nlang: en\r\n---\r\nIs the bus late! Hello\r\n“No!!!” said Jo.\u2028Oh!\r\n"


def test_check_fix_mends_drafts_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    draft, records = tmp_path / "a.md", tmp_path / "a.jsonl"
    draft.write_bytes(DRAFT.encode())
    draft.chmod(0o640)
    records.write_text('{"text": "Is the bus late!!!"}\n')
    result = CliRunner().invoke(main, ["check", "--fix", "--format", "concise", "a.md", "a.jsonl"])
    assert draft.read_bytes() == MENDED.encode()
    assert draft.stat().st_mode & 0o777 == 0o640
    assert records.read_text() == '{"text": "Is the bus late!!!"}\n'
    assert "4 fixes applied in a.md." in result.stderr
    assert "a.jsonl:1:16: suggestion:" in result.stdout
    again = CliRunner().invoke(main, ["check", "--fix", "a.md"])
    assert "applied" not in again.stderr
    assert draft.read_bytes() == MENDED.encode()


def test_check_diff_shows_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("Is the bus late!!!")
    (tmp_path / "b.md").write_text("Is the bus late?\n")
    result = CliRunner().invoke(main, ["check", "--diff", "a.md", "b.md"])
    assert result.exit_code == 1
    assert "-Is the bus late!!!\n\\ No newline at end of file\n+Is the bus late!\n" in result.stdout
    assert (tmp_path / "a.md").read_text() == "Is the bus late!!!"
    assert CliRunner().invoke(main, ["check", "--diff", "b.md"]).exit_code == 0
    assert CliRunner().invoke(main, ["check", "--diff", "b.md", "c.md"]).exit_code == 2


def test_unsafe_fixes_are_asked_for_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("SAVE OUR PARK NOW TODAY!!!\n")
    CliRunner().invoke(main, ["check", "--fix", "a.md"])
    assert (tmp_path / "a.md").read_text() == "SAVE OUR PARK NOW TODAY!\n"
    CliRunner().invoke(main, ["check", "--fix", "--unsafe-fixes", "a.md"])
    assert (tmp_path / "a.md").read_text() == "Save our park now today!\n"
    assert CliRunner().invoke(main, ["check", "--unsafe-fixes", "a.md"]).exit_code == 2
    assert CliRunner().invoke(main, ["check", "--fix", "--since", "HEAD", "a.md"]).exit_code == 2


def test_standard_input_is_given_back_fixed_and_findings_go_to_standard_error() -> None:
    result = CliRunner().invoke(
        main, ["check", "-", "--fix", "--format", "concise"], input=b"You are an idiot!!!\r\n"
    )
    assert result.stdout_bytes == b"You are an idiot!\r\n"
    assert "1:12: error" in result.stderr
    assert result.exit_code == 1


def test_what_is_not_utf8_is_given_back_as_it_was() -> None:
    result = CliRunner().invoke(main, ["check", "-", "--fix"], input=b"Caf\xe9!!!\n")
    assert result.stdout_bytes == b"Caf\xe9!!!\n"
    assert result.exit_code == 2
