"""A first `.postlint.yaml`, guessed from the folders that are there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from linter.config import NAME
from linter.errors import Mistake, MistakesError
from linter.readers import DRAFTS
from linter.version import __version__

_LIKELY = ("posts", "drafts", "content", "social")
_NOT_POSTS = frozenset(
    "docs doc node_modules venv env build dist tests test rules our-rules licenses".split()
)
_MOST_LOOKED_AT = 2_000
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./")

HOOK = f"""repos:
- repo: https://github.com/your-team/postlint   # wherever your copy of postlint lives
  rev: v{__version__}
  hooks:
  - id: postlint
"""
"""What a team's `.pre-commit-config.yaml` needs."""

_TEMPLATE = """\
# What postlint should know about these posts. Every line may go; those behind # are there to be filled in.
# Completion in an editor: postlint schema config > postlint.schema.json

# The folder where the posts live; what lies elsewhere is not checked.
posts: {posts}

# Who posts, where a post does not say.
# author: our-team

# Rules that speak of your own side's words, or another's, need to know which is which.
# party: {{names: [Our Party], rivals: [Their Party]}}

# The rooms you post in, by the name that a post gives under `room`.
# kind: party, community, business or public; joined: the day you entered.
# rooms:
#   parents: {{platform: facebook, kind: community, joined: 2026-03-01}}

# Rules by id: off, another level, or more words. `postlint rules` lists them all.
# rules:
#   long-sentence: off
#   thank-the-room: warning
#   slogans: {{add: [take back our streets]}}

# Your own rules; docs/writing-rules.md shows how to write one.
# rule_paths: [our-rules/]

# From which level on a run, and so a commit, fails: suggestion, warning or error.
fail_on: error

# Findings to let stand, and why; docs/allowing.md says more.
# allow:
#   - {{rule: shouting, room: parents, reason: Everybody there writes like that}}
# baseline: .postlint-baseline.json   # what `postlint baseline write` wrote down

# Posts to pass over; * crosses folders.
exclude: [README.md]
"""


def guess_posts(folder: Path) -> str:
    """The folder that most likely holds the posts: one so named, else the one with most drafts, else this one."""
    counts = {name: drafts for name in _folders(folder) if (drafts := _drafts(folder / name))}
    named = next((name for name in _LIKELY if name in counts), None)
    return named or max(sorted(counts), key=lambda name: counts[name], default=".")


def _folders(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            found = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError as error:
        raise MistakesError([Mistake(str(folder), None, f"cannot be opened: {error.strerror}")]) from None
    return (name for name in found if not name.startswith(".") and name.lower() not in _NOT_POSTS)


def _drafts(folder: Path) -> int:
    """How many drafts a folder holds, counted up to a bound."""
    total = 0
    for _, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        total += sum(Path(name).suffix.lower() in DRAFTS for name in files)
        if total > _MOST_LOOKED_AT:
            break
    return total


def write_config(folder: Path) -> tuple[Path, str]:
    """Write a commented configuration; gives its path and the folder of posts it names.

    Raises MistakesError where there is one already, or where it cannot be written.
    """
    path, posts = folder / NAME, guess_posts(folder)
    shown = posts if _PLAIN.issuperset(posts) else "'{}'".format(posts.replace("'", "''"))
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_TEMPLATE.format(posts=shown))
    except FileExistsError:
        raise MistakesError([Mistake(str(path), None, "is there already, and was left as it is")]) from None
    except OSError as error:
        raise MistakesError([Mistake(str(path), None, f"cannot be written: {error.strerror}")]) from None
    return path, posts
