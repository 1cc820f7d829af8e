"""What there is to say of a text in the editor: the same as `check` says of a file of these words."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from linter.config import DEFAULT, Config
from linter.errors import Mistake, MistakesError
from linter.explain import page
from linter.finding import Finding
from linter.lsp.authoring import (
    configuration_findings,
    configuration_mistakes,
    rule_file,
    rule_mistakes,
)
from linter.lsp.documents import MARK, Document
from linter.lsp.outline import front_matter
from linter.lsp.remembered import Remembered
from linter.post import Post, Unreadable
from linter.post_keys import half_emoji
from linter.rule import Rule
from linter.rulefile import load_rules, packaged_files, team_files
from linter.run import Judged, run
from linter.text import Span
from linter.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Checked:
    """A document with its findings, in order of place, and what could not be read. `post` is None where nothing could."""

    document: Document
    config: Config = DEFAULT
    post: Post | None = None
    findings: tuple[Finding, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    def start(self, post: Post) -> int:
        """Where in the document the text of a post, or of its whole file, begins."""
        return self.document.text.startswith(MARK) + len(post.source.front)


@dataclass(slots=True)
class Checker:
    """Configurations and rules, kept from one check to the next. For one thread at a time.

    `root` is the folder in which a text that is not saved yet is taken to stand.
    """

    root: Path
    past: Remembered = field(default_factory=lambda: Remembered(Workspace()))

    @property
    def workspace(self) -> Workspace:
        """Which configuration and which rules hold where."""
        return self.past.workspace

    def reload(self) -> None:
        """Forget configurations and rules: they are read anew when next asked for."""
        self.past = Remembered(Workspace())

    def path_of(self, document: Document) -> Path:
        """The path of a document; one that is not saved yet stands among the team's posts."""
        if document.path is not None:
            return document.path
        config = self.workspace.config_for(self.root)
        folder = config.folder if config.path else self.root
        return folder / config.posts / document.untitled_name

    def config_of(self, document: Document) -> Config:
        """The configuration that holds for a document; that of no file where it cannot be read."""
        try:
            return self.workspace.config_for(self.path_of(document).parent)
        except MistakesError:
            return DEFAULT

    def rules(self, config: Config) -> list[Rule]:
        """Every rule there is, switched off or not; the packaged ones where the team's cannot be read."""
        try:
            return self.workspace.rules_for(config, all_rules=True)
        except MistakesError:
            return load_rules(packaged_files(), with_examples=False)

    def page(self, rule_id: str, config: Config) -> str:
        """A rule's page; nothing for an id that is no rule's, nor for a rule that cannot be read."""
        path = next((rule.path for rule in self.rules(config) if rule.id == rule_id), None)
        files = team_files(Path(path)) if path and Path(path).is_file() else packaged_files()
        try:
            found = load_rules(file for file in files if file.stem == rule_id)
        except MistakesError:  # in its examples, which are read for the page alone
            return ""
        return page(found[0]) if found else ""

    def yaml_of(self, document: Document) -> tuple[str, Span] | None:
        """Where in a document there is YAML of ours, after the name of its schema; None where there is none."""
        whole = Span(0, len(document.text))
        if document.is_draft:
            front = front_matter(document.text)
            return ("post", front) if front else None
        if document.is_configuration:
            return "config", whole
        return ("rule", whole) if rule_file(document, self.config_of(document)) else None

    def check(self, document: Document) -> Checked:
        """What there is to say of a document; nothing of a draft that its configuration passes over."""
        try:
            if document.is_draft:
                return self._check(document)
            if document.is_configuration:
                mistakes = configuration_mistakes(document, self.workspace)
                found = () if mistakes else configuration_findings(document, self.workspace)
                return Checked(document, findings=found, mistakes=mistakes)
            file = rule_file(document, self.config_of(document))
            return Checked(document, mistakes=rule_mistakes(file) if file else ())
        except MistakesError as error:
            return Checked(document, mistakes=error.mistakes)

    def _check(self, document: Document) -> Checked:
        path = self.path_of(document)
        config = self.workspace.config_for(path.parent)
        if fault := half_emoji(document.text):
            line = document.table.position(_first_half(document.text)).line + 1
            return Checked(document, config, mistakes=(Mistake(str(path), line, fault),))
        data = document.text.encode()
        post, findings, mistakes = None, [], []
        for outcome in run(self.workspace, self.workspace.read_stdin(data, str(path)), self.past):
            if isinstance(outcome, Unreadable):
                mistakes.append(Mistake(outcome.path, outcome.line, outcome.reason))
            elif isinstance(outcome, Judged):
                post = outcome.post
                findings += [finding for finding in outcome.findings if finding.allowed is None]
        return Checked(document, config, post, tuple(findings), tuple(mistakes))


def _first_half(text: str) -> int:
    return next(at for at, char in enumerate(text) if "\ud800" <= char <= "\udfff")
