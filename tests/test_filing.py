"""The packaged lists as kept from an earlier run: believed only when whole and of today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from linter import filing
from linter.filing import file_terms, filed_lists


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    place = tmp_path / "cache" / "filed.bin"
    monkeypatch.setattr(filing, "_place", lambda folder: place)
    filed_lists.cache_clear()
    yield place
    filed_lists.cache_clear()


def again() -> dict[str, filing.Filing]:
    filed_lists.cache_clear()
    return filed_lists()


def test_what_is_kept_is_what_was_made(kept: Path) -> None:
    made = filed_lists()
    assert kept.is_file()
    assert again() == made


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\x00" * 100])
def test_damage_is_never_believed(kept: Path, damage: bytes) -> None:
    made = filed_lists()
    kept.write_bytes(damage)
    assert again() == made
    assert kept.read_bytes() != damage


def test_half_a_file_is_never_believed(kept: Path) -> None:
    made = filed_lists()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    assert again() == made


def test_another_state_of_the_lists_is_never_believed(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filed_lists()
    monkeypatch.setattr(filing, "__version__", "0.0.0")
    before = kept.read_bytes()
    again()
    assert kept.read_bytes() != before


def test_a_folder_that_cannot_be_made_is_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(filing, "_place", lambda folder: tmp_path / "file" / "filed.bin")
    assert "people" in again()
    filed_lists.cache_clear()


def test_terms_are_filed_by_their_first_letters() -> None:
    filed = file_terms(["scum", "(you|they) lied", "get over it"]).by_letters
    assert filed["scu"] == "scum"
    assert filed["you"] == filed["the"] == "(you|they) lied"
    assert filed["get"] == "get over it"
