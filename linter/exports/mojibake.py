"""Facebook's exports: UTF-8 written as if it were Latin-1, string by string."""

from __future__ import annotations

from typing import Any


def mended(text: str) -> str:
    """A string as it was meant; as it is, where it was not spoilt."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def all_mended(value: Any) -> Any:
    """The same for every string of a JSON value."""
    if isinstance(value, str):
        return mended(value)
    if isinstance(value, list):
        return [all_mended(item) for item in value]
    if isinstance(value, dict):
        return {mended(key): all_mended(item) for key, item in value.items()}
    return value
