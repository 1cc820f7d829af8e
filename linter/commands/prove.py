"""`postlint test`: do a rule's examples hold?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from linter.commands.shared import counted, format_option, mistakes_shown
from linter.formats.format import safe

if TYPE_CHECKING:
    from linter.proving import Outcome

_NAMES = {"bad": "bad", "also": "also", "good": "good", "but_not": "but not"}
_DIFFERS = 1


@click.command("test")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@format_option
def test(paths: tuple[str, ...], format_name: str) -> None:
    """Run the examples of rules: does each bad post get its finding, and each good one none?

    PATH is a rule file or a folder of rules, looked at beside the packaged ones; without any, the packaged rules.

    Exit: 0 all as expected, 1 something differs, 2 a rule cannot be read.
    """
    with mistakes_shown():
        outcomes = _outcomes(paths)
    differing = [outcome for outcome in outcomes if not outcome.as_expected]
    if format_name == "json":
        click.echo(json.dumps([_record(outcome) for outcome in outcomes], indent=1))
    else:
        for line in _lines(outcomes):
            click.echo(line)
    sys.exit(_DIFFERS if differing else 0)


def _outcomes(paths: tuple[str, ...]) -> list[Outcome]:
    from linter.engine import Linter
    from linter.proving import prove, rules_to_prove

    rules, everything = rules_to_prove(paths)
    return list(prove(rules, Linter(everything)))


def _lines(outcomes: Iterable[Outcome]) -> Iterator[str]:
    rules = differing = examples = 0
    for rule_id, group in groupby(outcomes, key=lambda outcome: outcome.rule.id):
        found = list(group)
        wrong = [outcome for outcome in found if not outcome.as_expected]
        rules, examples, differing = rules + 1, examples + len(found), differing + len(wrong)
        yield f"{'differs' if wrong else 'ok':8} {rule_id:28} {_counts(found)}"
        for outcome in wrong:
            yield from _details(outcome)
    end = (
        f"{counted(differing, 'example')} {'differ' if differing != 1 else 'differs'}"
        if differing
        else "all as expected"
    )
    yield f"{counted(rules, 'rule')}, {counted(examples, 'example')}: {end}."


def _counts(outcomes: list[Outcome]) -> str:
    sorts = [outcome.sort for outcome in outcomes]
    return ", ".join(f"{sorts.count(sort)} {name}" for sort, name in _NAMES.items() if sort in sorts)


def _details(outcome: Outcome) -> Iterator[str]:
    example = outcome.example
    yield f"    {safe(outcome.rule.path)}:{example.line}: {_NAMES[outcome.sort]}: “{safe(' '.join(example.text.split()))}”"
    yield f"      expected {safe(outcome.expected)}; found {_found(outcome)}"
    for hint in outcome.hints:
        yield f"      hint: {safe(hint)}"
    if outcome.others:
        yield f"      another rule warns of this good post: {safe(', '.join(outcome.others))}"


def _found(outcome: Outcome) -> str:
    return safe(" and ".join(f"“{words}”" for words in outcome.found)) or "nothing"


def _record(outcome: Outcome) -> dict[str, Any]:
    return {
        "rule": outcome.rule.id, "path": outcome.rule.path, "line": outcome.example.line, "sort": outcome.sort,
        "text": outcome.example.text, "expected": list(outcome.example.flag or ()) or None,
        "found": list(outcome.found), "as_expected": outcome.as_expected, "others": list(outcome.others),
        "hints": list(outcome.hints),
    }  # fmt: skip
