"""How often Python looks for garbage: seldom, in every process of ours."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 200_000


def looked_for_seldom() -> None:
    """Look once in so many new objects.

    Word lists are many small objects that stay: looking through them again and again costs a fifth of a run's start, and as
    much of a long review.
    """
    gc.set_threshold(_NEW_OBJECTS)
