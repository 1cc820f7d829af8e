"""What an editor has open: its text is what counts, whatever the disk holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from lsprotocol import types
from pygls.uris import to_fs_path

from linter.config import NAME
from linter.lsp.positions import LineTable, edited, whole
from linter.readers import DRAFTS

MARK = "\ufeff"
"""A byte order mark, which an editor may leave at the start of a text."""
RULE_SUFFIXES = (".yaml", ".yml")
_UNTITLED = {"markdown": "untitled.md", "plaintext": "untitled.txt"}


@dataclass(frozen=True)
class Document:
    """One version of an open document; an edit makes another. `encoding` is the one that the editor counts in."""

    uri: str
    version: int | None
    text: str
    language: str
    encoding: str

    @classmethod
    def opened(cls, item: types.TextDocumentItem, encoding: str) -> Document:
        """A document as the editor sends it first."""
        return cls(item.uri, item.version, whole(item.text), item.language_id, encoding)

    def edited(
        self, version: int | None, changes: Iterable[types.TextDocumentContentChangeEvent]
    ) -> Document:
        """The next version."""
        return replace(self, version=version, text=edited(self.text, changes, self.encoding))

    @cached_property
    def table(self) -> LineTable:
        """The places of the text."""
        return LineTable(self.text, self.encoding)

    @cached_property
    def path(self) -> Path | None:
        """Where it is saved; None for one that is not, nor for what an editor shows that is no file."""
        path = to_fs_path(self.uri)
        return Path(path) if path and path.strip("/\\") else None

    @property
    def is_draft(self) -> bool:
        """Whether it is read as a post: by its suffix, or by its language where it is not saved yet."""
        if self.path is None:
            return self.is_untitled
        return self.path.suffix.lower() in DRAFTS

    @property
    def is_untitled(self) -> bool:
        """Whether it is a text that is not saved yet."""
        unsaved = urlsplit(self.uri).scheme in ("untitled", "file") and self.path is None
        return unsaved and self.language in _UNTITLED

    @property
    def is_configuration(self) -> bool:
        """Whether it is a `.postlint.yaml`."""
        return self.path is not None and self.path.name == NAME

    @property
    def may_hold_a_rule(self) -> bool:
        """Whether it is YAML that rules may be read from."""
        return self.path is not None and not self.is_configuration and self.path.suffix in RULE_SUFFIXES

    @property
    def is_ours(self) -> bool:
        """Whether there may be something to say of it."""
        return self.is_draft or self.is_configuration or self.may_hold_a_rule

    @property
    def untitled_name(self) -> str:
        """The file name that stands for a text that is not saved yet."""
        return _UNTITLED[self.language]
