"""How other people's posts are spread over the steps of each score: a yardstick."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from linter.version import SCORES_VERSION


@cache
def reference() -> Any:
    """How other people's posts are spread; made by benchmarks/reference.py, for one version of the scores."""
    told = json.loads(files("linter.report").joinpath("reference.json").read_text("utf-8"))
    if told["scores_version"] != SCORES_VERSION:
        raise RuntimeError("reference.json is of other scores: make it anew by benchmarks/reference.py")
    return told
