"""What a finding is known by when the text around it has moved."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b

from linter.finding import Finding
from linter.post import Post
from linter.text import Span

_BESIDE = 3
"""How many words on either side count: enough to tell two places apart, few enough that edits near by change nothing."""


def fingerprint(finding: Finding) -> str:
    """Sixteen hex digits of rule, words and the few words beside them on their line; of rule and post where there are no words
    (of its text, where it has no id).

    Lines added above or below, and white space, change nothing.
    """
    post, (start, end) = finding.post, finding.span
    if start == end:
        parts = [finding.rule, post.id if has_own_id(post) else post.words(Span(0, len(post.text)))]
    else:
        first, last = (post.lines.span(post.lines.place(at)[0]) for at in (start, end))
        before = post.text[first.start : start].split()[-_BESIDE:]
        after = post.text[end : last.end].split()[:_BESIDE]
        parts = [finding.rule, post.words(finding.span), " ".join(before), " ".join(after)]
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def has_own_id(post: Post) -> bool:
    """Whether a post's id stays when lines are put in above it: a record without an id is named by its line."""
    return not (post.source.record and post.id == f"{post.source.path}:{post.source.line}")


def told_apart(mark: str, seen: Counter[str]) -> str:
    """The mark itself the first time, with a number from the second on: for tools that take equal marks for one finding."""
    seen[mark] += 1
    return mark if seen[mark] == 1 else f"{mark}-{seen[mark]}"
