"""The line above a post: how it scores."""

from __future__ import annotations

from lsprotocol import types

from linter.formats.format import first_line
from linter.lsp.checking import Checked
from linter.lsp.scoring import in_short, scores_of


def lenses(checked: Checked) -> list[types.CodeLens]:
    """The scores, over the first line that says anything; none for what is not English enough, or no post."""
    post = checked.post
    found = scores_of(post) if post else None
    if post is None or found is None:
        return []
    line = checked.document.table.position(checked.start(post) + first_line(post).start).line
    start = types.Position(line, 0)
    return [types.CodeLens(types.Range(start, start), types.Command(in_short(found), ""))]
