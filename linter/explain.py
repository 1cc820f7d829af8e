"""A rule as a page: the command line, the documentation and the editor all show this one."""

from __future__ import annotations

from linter.allowing import AMISS
from linter.fix import Fixer
from linter.post import Context, Post
from linter.rule import Example, Rule
from linter.timeline import day_of


def page(rule: Rule) -> str:
    """The rule in Markdown: what it asks, why, what it knows that it gets wrong, and its examples."""
    trial = " This rule is on trial: it never fails a run." if rule.status == "trial" else ""
    parts = [
        f"# {rule.title}",
        f"`{rule.id}` · {_clause(rule)} · {rule.level}{_where(rule)}",
        " ".join(rule.why.split()) + trial,
        f"It says: *{rule.message}*",
        f"Instead: {rule.suggestion}",
        *([f"It can {rule.fix.does}: {_how(rule.fix)}"] if rule.fix else []),
        f"It may be wrong about: {' '.join(rule.false_alarms.split())}",
        "It remarks on:\n\n" + _examples(rule.examples.bad, "in short", rule.examples.also),
        "It leaves alone:\n\n"
        + _examples(rule.examples.good, "in short, whatever another rule says", rule.examples.but_not),
        f"Switch it off with `rules: {{{rule.id}: off}}` in `.postlint.yaml`.",
    ]
    return "\n\n".join(parts) + "\n"


def amiss_page(rule_id: str) -> str:
    """The same for what may be amiss with an `allow`, which no rule file says."""
    amiss = AMISS[rule_id]
    return (
        f"# {amiss.title}\n\n`{rule_id}` · {amiss.level}\n\nA post may say `allow: {{rule-id: reason}}` in its front matter, and "
        f"`.postlint.yaml` may say it of many posts. This one looks after such entries.\n\n"
        f"It says: *{amiss.message.format(rule='a-rule', until='its last day', hint='')}*\n\nInstead: {amiss.suggestion}\n"
    )


def _how(fix: Fixer) -> str:
    return (
        "`postlint check --fix` does it, and an editor offers it."
        if fix.safe
        else "an editor offers it, and so does `postlint check --fix --unsafe-fixes`."
    )


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
        words = ", ".join(_quoted(example.text) for example in short[:_SHORT_SHOWN])
        more = len(short) - _SHORT_SHOWN
        lines.append(f"- {label}: {words}{f', and {more} more' if more > 0 else ''}")
    return "\n".join(lines)


def _example(example: Example) -> str:
    known = ", ".join(part for part in (_context(example.context), _answering(example.context)) if part)
    before = "; ".join(map(_earlier, example.history))
    return (
        f"- {_quoted(example.text)}"
        + (f" ({known})" if known else "")
        + (f". Before it: {before}" if before else "")
    )


def _quoted(text: str) -> str:
    return f"“{' '.join(text.split())}”"


def _answering(context: Context) -> str:
    message = context.reply_to
    if message is None or not message.text:
        return ""
    return f"in answer to {message.author + ': ' if message.author else ''}{_quoted(message.text)}"


def _earlier(post: Post) -> str:
    """What was said before an example: by whom, where it was not the author, on which day, in which room if another."""
    context = post.context
    told = [
        context.author,
        str(day_of(context.time) or ""),
        context.room.name,
        "a reply" if context.reply_to else "",
    ]
    known = ", ".join(part for part in told if part)
    return _quoted(post.text) + (f" ({known})" if known else "")


def _context(context: Context) -> str:
    known = [
        context.platform,
        context.room.kind,
        context.stage,
        f"visit {context.visit}" if context.visit else "",
        f"joined {context.room.joined}" if context.room.joined else "",
        str(day_of(context.time) or ""),
    ]
    return ", ".join(word for word in known if word)
