"""Drafts judged for the page, as `check` judges the file that each would be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from linter.config import Config
from linter.errors import MistakesError
from linter.lsp.remembered import Remembered
from linter.page.answer import Answer, answer, unread
from linter.page.choices import choices
from linter.page.draft import NAME, Draft
from linter.post import Unreadable
from linter.rule import Rule
from linter.run import Judged, run
from linter.workspace import Workspace, as_given

_PASSED_OVER = f"the team's .postlint.yaml passes over a file of the name {NAME} here"


@dataclass(slots=True)
class Desk:
    """Configurations, rules and what other drafts say, kept from one draft to the next. For one thread at a time.

    `fresh` makes the workspace: when the page is opened anew, configuration and rules are read anew.
    """

    fresh: Callable[[], Workspace]
    _past: Remembered = field(init=False)

    def __post_init__(self) -> None:
        self._past = Remembered(self.fresh())

    @property
    def config(self) -> Config:
        """The configuration that holds in this folder. Raises MistakesError where it cannot be read."""
        return self._past.workspace.config_for(Path())

    def ready(self) -> Config:
        """Read configuration and rules anew, and all else that the first draft would wait for. Raises MistakesError."""
        self._past = Remembered(self.fresh())
        self._answer(Draft("Hello"))
        return self.config

    def choices(self) -> dict[str, object]:
        """What may be chosen, once configuration and rules are read anew; no rooms where they cannot be."""
        try:
            return choices(self.ready().rooms.values())
        except MistakesError:  # the answer to the first draft says which
            return choices([])

    def answer(self, draft: Draft) -> Answer:
        """What there is to say of a draft, mistakes in the configuration among it."""
        if draft.fault:
            return unread([draft.fault])
        try:
            return self._answer(draft)
        except MistakesError as error:
            return unread([str(mistake) for mistake in error.mistakes])

    def _answer(self, draft: Draft) -> Answer:
        """The draft is taken to stand among the team's posts, where there is a configuration."""
        workspace, config = self._past.workspace, self.config
        path = str(as_given(config.folder / config.posts / NAME)) if config.path else NAME
        faults = []
        for outcome in run(workspace, workspace.read_stdin(draft.file.encode(), path), self._past):
            if isinstance(outcome, Judged):
                found = [finding for finding in outcome.findings if finding.allowed is None]
                return answer(outcome.post, found, self._rules(config))
            if isinstance(outcome, Unreadable):
                faults.append(outcome.reason)
        return unread(faults or [_PASSED_OVER])

    def _rules(self, config: Config) -> dict[str, Rule]:
        return {rule.id: rule for rule in self._past.workspace.linter_for(config).rules}
