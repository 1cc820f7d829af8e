"""postlint: a kind, rule-based linter for campaign posts."""

from linter.version import __version__

__all__ = ["__version__"]
