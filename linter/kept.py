"""What one look at each text gave, kept on disk: one changed draft costs one look.

An entry is found by a hash of everything that it depends on: text, context, rules, configuration, versions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from linter.checks import Found
from linter.config import Config
from linter.engine import Linter, finding_of
from linter.lexicon import rules_root
from linter.post import Post
from linter.rule import Rule
from linter.store import Store
from linter.text import Span
from linter.timeline import Seen, Traits
from linter.workspace import Workspace

_SUFFIXES = (".py", ".yaml", ".yml", ".txt")
"""Of the program and of rules: an entry of another shape, or by another rule, is never believed."""


@dataclass(slots=True)
class Kept:
    """Looks by a linter, those known from earlier runs not taken again. `stamp` stands for its rules and configuration."""

    linter: Linter
    stamp: bytes
    store: Store = field(default_factory=Store)
    looks: int = 0
    """How many texts were looked at afresh."""
    _rules: Mapping[str, Rule] = field(init=False)

    def __post_init__(self) -> None:
        self._rules = {rule.id: rule for rule in self.linter.rules}

    def seen(self, post: Post) -> Seen:
        """What there is to say about a post by itself, and its traits."""
        key = self._key("seen", post, repr(self.linter.relevant(post.context)))
        entry = self.store.get(key)
        if entry is not None:
            return self._seen_of(json.loads(entry), post)
        self.looks += 1
        found = self.linter.seen(post)
        self.store.put(key, json.dumps(_seen_entry(found)))
        return found

    def traits(self, post: Post) -> Traits:
        """The traits of a post that is not itself judged: they come from its text alone."""
        key = self._key("traits", post, "")
        entry = self.store.get(key)
        if entry is not None:
            return _traits_of(json.loads(entry))
        self.looks += 1
        found = self.linter.traits(post)
        self.store.put(key, json.dumps(_traits_entry(found)))
        return found

    def close(self) -> None:
        """Write what is new."""
        self.store.close()

    def _key(self, kind: str, post: Post, context: str) -> bytes:
        what = f"{kind}\0{post.source.markdown}\0{context}\0{post.text}"
        return blake2b(self.stamp + what.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def _seen_of(self, entry: Any, post: Post) -> Seen:
        findings = [
            finding_of(
                self._rules[rule].suited(post.context) or self._rules[rule], post, Found(Span(*span)), fixed
            )
            for rule, span, fixed in entry["findings"]
        ]
        return Seen(tuple(findings), _traits_of(entry["traits"]), entry["welcoming"])


def _seen_entry(seen: Seen) -> dict[str, Any]:
    return {
        "findings": [(finding.rule, finding.span, bool(finding.fixes)) for finding in seen.findings],
        "traits": _traits_entry(seen.traits),
        "welcoming": seen.welcoming,
    }


def _traits_entry(traits: Traits) -> dict[str, Any]:
    return {
        "words": traits.words,
        "english": traits.english,
        "moves": dict(traits.moves),
        "gist": sorted(traits.gist),
        "heat": traits.heat,
    }


def _traits_of(entry: Any) -> Traits:
    moves = {name: Span(*span) for name, span in entry["moves"].items()}
    return Traits(entry["words"], entry["english"], moves, frozenset(entry["gist"]), entry["heat"])


def stamp(workspace: Workspace, config: Config, linter: Linter) -> bytes:
    """What the looks of a linter depend on beside the post: the program, rules and word lists, configuration, choice of rules."""
    digest = blake2b(f"{workspace.choice}|{config.rules}|{[rule.id for rule in linter.rules]}".encode())
    team = [*(config.folder / path for path in config.rule_paths), *workspace.rule_paths]
    for folder in (Path(__file__).parent, Path(str(rules_root())), *team):
        files = folder.rglob("*") if folder.is_dir() else [folder]
        for file in sorted(file for file in files if file.suffix in _SUFFIXES):
            digest.update(file.read_bytes())
    return digest.digest()
