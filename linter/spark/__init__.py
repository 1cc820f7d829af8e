"""Reviews beyond one machine: the same records by PySpark, for a frame of a job of one's own or for whole sources."""

from linter.spark.frame import lint_frame, unreadable_rows

__all__ = ["lint_frame", "unreadable_rows"]
