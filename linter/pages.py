"""Papers that grow from the rules: a page for each chapter, the guidance with the rules for each clause, the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from linter.explain import page
from linter.lexicon import rules_root
from linter.rule import CHAPTERS, CLAUSES, Rule
from linter.yamlfile import Mapping as YamlMapping
from linter.yamlfile import Scalar, read_yaml

MADE = "<!-- Made from the rules by `python -m tests.test_docs`: change those, not this. -->"
RIGHT_ENOUGH = 0.7
"""A rule with which a reader agrees less often than this is on trial."""


@cache
def clauses() -> dict[str, str]:
    """The clauses of the guidance by number, in our words."""
    path = rules_root() / "clauses.yaml"
    node = read_yaml(path.read_text("utf-8"), "rules/clauses.yaml")
    assert isinstance(node, YamlMapping)
    return {number: words.text for number, words in node.items.items() if isinstance(words, Scalar)}


def chapter_page(chapter: str, rules: Iterable[Rule]) -> str:
    """Every rule of a chapter as `postlint explain` shows it."""
    own = [rule for rule in rules if rule.chapter == chapter]
    parts = [
        MADE,
        f"# {chapter.capitalize()}",
        "\n".join(f"- [{rule.title}](#{_anchor(rule)})" for rule in own),
    ]
    return "\n\n".join((*parts, *(page(rule).replace("# ", "## ", 1).rstrip() for rule in own))) + "\n"


def guidance_page(rules: Sequence[Rule]) -> str:
    """The guidance clause by clause, each with the rules that look after it."""
    parts = [
        MADE,
        "# The guidance, and the rules for it",
        "A room is full of people before it is full of voters. What follows is what that asks of somebody who posts, in our words, and the rules that look after each "
        "of it. A rule sees words, the room and what was said before; it does not see people, and it may be wrong.",
    ]
    for clause in CLAUSES:
        own = [rule for rule in rules if rule.clause == clause]
        words = clauses().get(
            clause, "House rules: what platforms, the law and plain readers ask, beside the guidance."
        )
        head = f"## {clause}" if clause in clauses() else "## Beside the guidance"
        parts += [f"{head}\n\n{words}", "\n".join(_line(rule) for rule in own)]
    return "\n\n".join(parts) + "\n"


def _line(rule: Rule) -> str:
    trial = ", on trial" if rule.status == "trial" else ""
    return f"- [{rule.title}](rules/{rule.chapter}.md#{_anchor(rule)}) (`{rule.id}`, {rule.level}{trial})"


def _anchor(rule: Rule) -> str:
    """The anchor that a heading of this title has on the usual hosts."""
    kept = (char for char in rule.title.lower() if char.isalnum() or char in " -_")
    return "".join(kept).replace(" ", "-")


def evidence_page(rules: Sequence[Rule], figures: Mapping[str, Mapping[str, Any]]) -> str:
    """How often each rule speaks and how often a reader agreed, chapter by chapter."""
    parts = [
        MADE.replace("the rules by", "benchmarks/evidence.jsonl by"),
        "# Evidence for the rules",
        _ABOUT,
    ]
    for chapter in CHAPTERS:
        rows = [_row(rule, figures.get(rule.id, {})) for rule in rules if rule.chapter == chapter]
        parts.append(f"## {chapter.capitalize()}\n\n" + "\n".join((_HEAD, *rows)))
    return "\n\n".join(parts) + "\n"


_ABOUT = """For every rule, up to thirty posts of which it speaks were mixed with as many of which it does not, and a reader who did not know which was which said of
each whether a thoughtful friend who knows the advice would put the rule's question to it (`python -m benchmarks.evidence`). "Right" is the share of the rule's remarks that
the reader would have made too; "missed" the share of the others in which they would have made it as well. The reader was a program that reads, not a person.

Rules are measured on public posts where they speak of five there (a post each, by itself: they know no room), else on corpora: the year of two invented campaigns and the
sample drafts. Those were written for this project, and figures from them say that a rule does what it was made for, not how often it is wrong elsewhere. A rule that spoke
nowhere is unmeasured and is no error; one under 70 % is on trial and fails nothing. Few readings make wide intervals: 9 of 10 is anything from 60 to 98 %."""
_HEAD = "| rule | level | measured on | posts | speaks, per 1,000 | right | missed |\n|---|---|---|---|---|---|---|"


def _row(rule: Rule, figures: Mapping[str, Any]) -> str:
    level = f"{rule.level}, on trial" if rule.status == "trial" else str(rule.level)
    if not figures.get("read"):
        return f"| `{rule.id}` | {level} | unmeasured | | | | |"
    rate = 1000 * figures["hits"] / figures["posts"]
    right = f"{figures['right']} of {figures['read']}"
    missed = f"{figures['missed']} of {figures['silent']}"
    return f"| `{rule.id}` | {level} | {figures['source']} | {figures['posts']:,} | {rate:.2f} | {right} | {missed} |"
