"""Text as the XML formats hold it: ASCII, so that it is what its head says wherever it is written."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Text with U+FFFD for what neither XML 1.0 nor YAML may hold: controls, half surrogate pairs, U+FFFE, U+FFFF."""
    return _ILLEGAL.sub("\ufffd", text)


def words(text: str) -> str:
    """Text between tags."""
    return _ascii(escape(legal(text), {"\r": "&#13;"}))


def attributes(values: dict[str, object]) -> str:
    """Attributes, each with a space before it; those that are None are left out."""
    given = ((key, str(value)) for key, value in values.items() if value is not None)
    return "".join(f" {key}={_ascii(quoteattr(legal(value)))}" for key, value in given)


def _ascii(text: str) -> str:
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")
