"""`postlint rules`: which there are, which clauses they cover, what their examples prove, how much they say."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.commands.shared import (
    USED_WRONG,
    Reading,
    counted,
    format_option,
    mistakes_shown,
    rule_options,
    workspace_of,
)
from linter.errors import Mistake, MistakesError, shown
from linter.formats.format import safe
from linter.post import Unreadable

if TYPE_CHECKING:
    from linter.mutation import Mutation
    from linter.rule import Rule

_KEYS = ("id", "title", "clause", "chapter", "status", "message", "suggestion", "why", "kind")
_NOTHING_ALLOWED = "# Nothing is allowed in these posts."
_PACKAGED = "-"
"""What `--mutate` stands for without a path."""


@click.command()
@click.option(
    "--coverage",
    is_flag=True,
    help="The clauses of the guidance with their rules; exit 1 where one has no stable rule.",
)
@click.option(
    "--mutate",
    metavar="[PATH]",
    is_flag=False,
    flag_value=_PACKAGED,
    help="Drop or nudge each entry and condition of each rule, and list what no example notices.",
)
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="With --mutate: exit 1 where less is noticed.",
)
@click.option(
    "--noise",
    metavar="POSTS",
    multiple=True,
    help="How many findings each rule has per 1,000 of these posts.",
)
@click.option(
    "--from-allows",
    is_flag=True,
    help="What posts `allow`, with its reasons, as YAML to paste under `good:` in a rule. PATHS are posts.",
)
@format_option
@rule_options
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
def rules(**options: Any) -> None:
    """List the rules in force here, or say something of them all: one of --coverage, --mutate, --noise, --from-allows."""  # fmt: skip
    asked = [name for name in ("coverage", "mutate", "noise", "from_allows") if options[name]]
    with mistakes_shown():
        if len(asked) > 1:
            names = " and --".join(asked).replace("_", "-")
            raise MistakesError([Mistake("rules", None, f"one of --{names} at a time")])
        if options["paths"] and asked != ["from_allows"]:
            reason = f"`{shown(options['paths'][0])}`: PATHS go with --from-allows"
            raise MistakesError([Mistake("rules", None, reason)])
        if options["fail_under"] is not None and asked != ["mutate"]:
            raise MistakesError([Mistake("rules", None, "--fail-under goes with --mutate")])
        if options["rule_paths"] and asked == ["mutate"]:
            raise MistakesError([Mistake("rules", None, "name your rules after --mutate, without --rules")])
        views = {"coverage": _coverage, "mutate": _mutate, "noise": _noise, "from_allows": _from_allows}
        view = views[asked[0]] if asked else _list
        sys.exit(view(options))


def _shown(options: dict[str, Any], records: Any, lines: list[str]) -> None:
    click.echo(json.dumps(records, indent=1) if options["format_name"] == "json" else "\n".join(lines))


def _in_force(options: dict[str, Any]) -> list[Rule]:
    workspace = workspace_of(options)
    return workspace.rules_for(workspace.config_for(Path()))


def _list(options: dict[str, Any]) -> int:
    found = _in_force(options)
    records = [{key: getattr(rule, key) for key in _KEYS} | {"level": str(rule.level)} for rule in found]
    lines = [f"{rule.id:28} {rule.clause:6} {rule.level!s:11} {rule.title}{_trial(rule)}" for rule in found]
    _shown(options, records, lines)
    return 0


def _trial(rule: Rule) -> str:
    return " (trial)" if rule.status == "trial" else ""


def _coverage(options: dict[str, Any]) -> int:
    from linter.rule import CLAUSES

    found = _in_force(options)
    by_clause = {clause: [rule for rule in found if rule.clause == clause] for clause in CLAUSES}
    bare = [clause for clause, own in by_clause.items() if not any(rule.status == "stable" for rule in own)]
    records = [
        {
            "clause": clause, "covered": clause not in bare,
            "rules": [{"id": rule.id, "level": str(rule.level), "status": rule.status} for rule in own],
        }
        for clause, own in by_clause.items()
    ]  # fmt: skip
    lines = [
        f"{clause:6} {', '.join(f'{rule.id} ({rule.level}){_trial(rule)}' for rule in own) or 'no rule'}"
        for clause, own in by_clause.items()
    ]
    end = f"{len(CLAUSES) - len(bare)} of {len(CLAUSES)} clauses have a stable rule"
    _shown(options, records, [*lines, f"{end}{f'; none has {_listed(bare)}' if bare else ''}."])
    return int(bool(bare))


def _listed(names: list[str]) -> str:
    return ", ".join(names)


def _mutate(options: dict[str, Any]) -> int:
    found = _mutations(options)
    noticed = sum(mutation.noticed for mutation in found)
    share = 100 * noticed / len(found) if found else 100.0
    records = [
        {
            "rule": mutation.rule.id, "path": mutation.rule.path, "line": mutation.line,
            "what": mutation.what, "noticed": mutation.noticed,
        }
        for mutation in found
    ]  # fmt: skip
    lines = [
        f"{safe(mutation.rule.path)}:{mutation.line}: {mutation.what}: no example notices"
        for mutation in found
        if not mutation.noticed
    ]
    rules = counted(len({mutation.rule.id for mutation in found}), "rule")
    end = f"{rules}, {counted(len(found), 'mutation')}: {noticed:,} noticed ({share:.1f} %), {len(found) - noticed:,} not."
    _shown(options, records, [*lines, end])
    return int(options["fail_under"] is not None and share < options["fail_under"])


def _mutations(options: dict[str, Any]) -> list[Mutation]:
    from linter.engine import Linter
    from linter.in_force import Choice
    from linter.mutation import mutate
    from linter.profile import in_packaged_profiles
    from linter.proving import files_to_prove
    from linter.rulefile import load_rules

    files, every = files_to_prove(() if options["mutate"] == _PACKAGED else (options["mutate"],))
    own = {file.path for file in files}
    everything = in_packaged_profiles(load_rules(every, with_examples=own))
    choice = Choice(options["select"], options["ignore"])
    if mistakes := choice.mistakes(everything):
        raise MistakesError(mistakes)
    chosen = [rule for rule in everything if rule.path in own and choice.takes(rule)]
    return list(mutate(chosen, files, Linter(everything)))


def _noise(options: dict[str, Any]) -> int:
    from linter.comparing import noise
    from linter.engine import Linter

    found = _in_force(options)
    reading = Reading(workspace_of(options), options["noise"])
    heard = noise(Linter(found), reading)
    per = 1_000 / heard.posts if heard.posts else 0.0
    loudest = sorted(found, key=lambda rule: (-heard.by_rule[rule.id], rule.id))
    records = {
        "posts": heard.posts, "warned": heard.warned,
        "rules": [
            {"rule": rule.id, "level": str(rule.level), "status": rule.status, "findings": heard.by_rule[rule.id]}
            for rule in loudest
        ],
    }  # fmt: skip
    lines = [
        f"{heard.by_rule[rule.id] * per:8.1f}  {rule.id:28} {rule.level}{_trial(rule)}"
        for rule in loudest
        if heard.by_rule[rule.id]
    ]
    silent = len(found) - len(lines)
    head = f"findings per 1,000 posts, of {counted(heard.posts, 'post')}"
    end = f"{100 * heard.warned / max(heard.posts, 1):.1f} % of posts have a finding at warning or above; {counted(silent, 'rule')} had nothing to say."
    _shown(options, records, [head, *lines, end])
    return reading.status


def _from_allows(options: dict[str, Any]) -> int:
    from linter.dismissals import Dismissal, as_record, as_yaml, dismissed
    from linter.run import Judged, run

    workspace = workspace_of(options)
    status = 0
    found: list[Dismissal] = []
    for outcome in run(workspace, workspace.read(options["paths"])):
        if isinstance(outcome, Judged):
            found += dismissed(outcome.findings, workspace.linter_for(outcome.config))
        elif isinstance(outcome, Unreadable):
            status = USED_WRONG
            click.echo(safe(str(Mistake(outcome.path, outcome.line, outcome.reason))), err=True)
    _shown(options, [as_record(one) for one in found], list(as_yaml(found)) or [_NOTHING_ALLOWED])
    return status
