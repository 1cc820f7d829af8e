"""A rule as a page: the command line, the documentation and the editor all show this one."""

from __future__ import annotations

from linter.post import Context
from linter.rule import Example, Rule


def page(rule: Rule) -> str:
    """The rule in Markdown: what it asks, why, what it knows that it gets wrong, and its examples."""
    trial = " This rule is on trial: it never fails a run." if rule.status == "trial" else ""
    parts = [
        f"# {rule.title}",
        f"`{rule.id}` · {_clause(rule)} · {rule.level}{_where(rule)}",
        " ".join(rule.why.split()) + trial,
        f"It says: *{rule.message}*",
        f"Instead: {rule.suggestion}",
        f"It may be wrong about: {' '.join(rule.false_alarms.split())}",
        "It remarks on:\n\n" + _examples(rule.examples.bad, "in short", rule.examples.also),
        "It leaves alone:\n\n"
        + _examples(rule.examples.good, "in short, whatever another rule says", rule.examples.but_not),
        f"Switch it off with `rules: {{{rule.id}: off}}` in `.postlint.yaml`.",
    ]
    return "\n\n".join(parts) + "\n"


def _clause(rule: Rule) -> str:
    return "a house rule" if rule.clause == "house" else f"clause {rule.clause} of the guidance"


def _where(rule: Rule) -> str:
    where = [f"{key.replace('_', ' ')} {' or '.join(values)}" for key, values in rule.where.values.items()]
    if rule.where.words_at_least:
        where.append(f"{rule.where.words_at_least} words or more")
    return f" · only where: {', '.join(where)}" if where else ""


_SHORT_SHOWN = 3


def _examples(posts: tuple[Example, ...], label: str, short: tuple[Example, ...]) -> str:
    """A line for each post, and one for the first few short texts."""
    lines = [_example(example) for example in posts]
    if short:
        words = ", ".join(f"“{' '.join(example.text.split())}”" for example in short[:_SHORT_SHOWN])
        more = len(short) - _SHORT_SHOWN
        lines.append(f"- {label}: {words}{f', and {more} more' if more > 0 else ''}")
    return "\n".join(lines)


def _example(example: Example) -> str:
    context = _context(example.context)
    words = " ".join(example.text.split())
    return f"- “{words}”" + (f" ({context})" if context else "")


def _context(context: Context) -> str:
    known = [
        context.platform,
        context.room.kind,
        context.stage,
        f"visit {context.visit}" if context.visit else "",
    ]
    return ", ".join(word for word in known if word)
