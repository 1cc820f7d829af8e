"""What there is to say of a configuration or a rule while somebody writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from linter.config import NAME, Config, config_from
from linter.engine import Linter
from linter.errors import Mistake, MistakesError
from linter.finding import Finding
from linter.lsp.documents import MARK, Document
from linter.profile import in_packaged_profiles
from linter.proving import Outcome, prove
from linter.rule import CHAPTERS
from linter.rulefile import PROFILES, RuleFile, load_rules, packaged_files
from linter.workspace import Workspace

_RULES = "rules"
"""The folder of rules in a checkout, each in its chapter's."""


def configuration_mistakes(document: Document, workspace: Workspace) -> tuple[Mistake, ...]:
    """Mistakes in a `.postlint.yaml`, and in what it names: rules that are none, rules of the team's own."""
    try:
        workspace.rules_for(config_from(document.text, document.path or Path(NAME)))
    except MistakesError as error:
        return error.mistakes
    return ()


def configuration_findings(document: Document, workspace: Workspace) -> tuple[Finding, ...]:
    """What is amiss with the leave that a configuration without a mistake gives; not what is unused, which a whole run tells."""
    text = document.text.removeprefix(MARK)
    return tuple(workspace.amiss_in(config_from(text, document.path or Path(NAME)), whole=False))


def rule_file(document: Document, config: Config) -> RuleFile | None:
    """A document as a rule file; None where no rule is looked for in it.

    Rules are looked for under the `rule_paths` of the configuration that holds there, and in a checkout's chapters.
    """
    path = document.path
    if path is None or not document.may_hold_a_rule:
        return None
    chapter = path.parent.name
    if chapter in CHAPTERS and path.parent.parent.name == _RULES:
        return RuleFile(str(path), chapter, document.text)
    places = [(config.folder / given).absolute() for given in config.rule_paths]
    if any(
        path == place or (path.is_relative_to(place) and path.parent != place / PROFILES) for place in places
    ):
        return RuleFile(str(path), chapter if chapter in CHAPTERS else "house", document.text)
    return None


def rule_mistakes(file: RuleFile) -> tuple[Mistake, ...]:
    """Mistakes in a rule; in one that can be read, examples that do not come out as they should."""
    beside = [one for one in packaged_files() if not Path(file.path).as_posix().endswith(f"/{one.path}")]
    try:
        load_rules([file])  # first by itself: a mistake elsewhere is not this file's
        rules = in_packaged_profiles(load_rules([*beside, file], with_examples={file.path}))
    except MistakesError as error:
        return error.mistakes
    return tuple(_differences(prove([rules[-1]], Linter(rules)), file.path))


def _differences(outcomes: Iterator[Outcome], path: str) -> Iterator[Mistake]:
    for one in outcomes:
        if not one.as_expected:
            found = " and ".join(f"“{words}”" for words in one.found) or "nothing"
            said = [f"this example should give {one.expected}; it gives {found}", *one.hints]
            if one.others:
                said.append(f"another rule warns of this good post: {', '.join(one.others)}")
            yield Mistake(path, one.example.line, "\n".join(said))
