"""The one place the version is written."""

__version__ = "0.1.0"

SCORES_VERSION = 3
"""Changes whenever the same post would score differently, or a score's meaning changes."""

SCHEMA_VERSION = 1
"""Changes whenever a key of the JSON that we write goes or changes its meaning; a further key alone changes nothing."""
