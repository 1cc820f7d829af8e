"""Shared by every test: no socket but loopback, a home of its own, and posts from plain words."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from configparser import ConfigParser
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from linter.analysis import Analysis, phrases_of
from linter.post import Context, Post, Source
from linter.scores import LEXICONS

settings.register_profile(
    "suite", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", parent=settings.get_profile("suite"), max_examples=1_000)
settings.load_profile("suite")

ROOT = Path(__file__).parent.parent
LOOPBACK = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])
"""For tests that speak with a server of their own."""


@pytest.fixture(autouse=True)
def _closed(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if request.node.get_closest_marker("hook"):
        return
    if not request.node.get_closest_marker("allow_hosts"):
        request.getfixturevalue("socket_disabled")
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))


def with_entry_points(folder: Path) -> dict[str, str]:
    """An environment whose Python finds postlint's entry points as setup.cfg has them, however it is installed."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", "utf-8")
    points = setup["options.entry_points"].items()
    info = folder / "postlint-0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: postlint\nVersion: 0\n", "utf-8")
    (info / "entry_points.txt").write_text("".join(f"[{group}]{lines}\n" for group, lines in points), "utf-8")
    linter_at = str(Path(str(files("linter"))).parent)
    # the safe path: a stale postlint.egg-info of the checkout would come before ours
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), linter_at)), "PYTHONSAFEPATH": "1"}


def git(*arguments: str, folder: Path | None = None) -> str:
    """What git prints, run here or in a folder."""
    ran = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def commit_as_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give commits an author, whoever runs the tests."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")


def make_post(text: str, context: Context | None = None, markdown: bool = False) -> Post:
    return Post("post", text, Source("post.md", markdown=markdown), context or Context())


@pytest.fixture(scope="session")
def analyse() -> Callable[..., Analysis]:
    phrases = phrases_of(LEXICONS)

    def analysed(text: str, markdown: bool = False) -> Analysis:
        return Analysis(make_post(text, markdown=markdown), phrases)

    return analysed
