"""Other people's posts that a report is held against: how their scores are spread.

    postlint review DIR/unlabelled.jsonl --output jsonl:reference.jsonl
    python -m benchmarks.reference reference.jsonl

writes linter/report/reference.json anew, which holds shares and no words. The posts are the 122,431 tweets and comments
of the data that scores are measured on (docs/validity.md says where they can be had).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import linter.report
from linter.report.gathered import LAST_BIN, step_of
from linter.version import SCORES_VERSION


def main(source: Path) -> None:
    """Count the scores of a review's records."""
    counts = {name: [0] * (last + 1) for name, last in LAST_BIN.items()}
    posts = 0
    with source.open("rb") as stream:
        for line in stream:
            posts += 1
            for name, value in json.loads(line)["scores"].items():
                if name in counts and value is not None:
                    counts[name][step_of(name, value)] += 1
    shares = {name: [round(n / sum(bins), 5) for n in bins] for name, bins in counts.items()}
    told = {"posts": posts, "scores_version": SCORES_VERSION, "shares": shares}
    Path(str(linter.report.__path__[0]), "reference.json").write_text(
        f"{json.dumps(told, indent=1)}\n", "utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
