"""Posts of 100,000 characters made to be slow: CPU seconds of one check of each, the slowest first.

python -m benchmarks.slow_posts
"""

from __future__ import annotations

import time

from linter.engine import Linter
from linter.post import MAX_CHARACTERS, Context, Post, Room, Source
from linter.rulefile import load_rules, packaged_files

UNITS = [
    " ", "a.", "a@", "a ", "you scum. ", "not scum ", "you are not scum and ", "“a” scum ", '"a ', "‘a ", "'a", "<a ",
    "<!--", "`a", "[](", "> a\n", "why not? ", "scum! ", "SCUM ", "he said that scum ", "a… ", "#a", "1.", "1,,", "👍", "\n",
    " \n", "- ", "a\u0301", "(", "f**", "http://", "and what about you people and ", "vote labour ", "vote for the tories ",
]  # fmt: skip
CONTEXT = Context(stage="reply", platform="linkedin", room=Room("r", kind="community"))


def main() -> None:
    """Check each and print a table."""
    linter = Linter(load_rules(packaged_files(), with_examples=False))
    rows = []
    for unit in UNITS:
        text = (unit * MAX_CHARACTERS)[:MAX_CHARACTERS]
        start = time.process_time()
        found = len(linter.check(Post("p", text, Source("p.md", markdown=True), CONTEXT)))
        rows.append((time.process_time() - start, found, unit))
    for seconds, found, unit in sorted(rows, reverse=True):
        print(f"{seconds:6.2f} s  {found:6} findings  {unit!r} repeated")


if __name__ == "__main__":
    main()
