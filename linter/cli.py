"""The command `postlint`."""

from __future__ import annotations

from typing import Any

import click

from linter import garbage
from linter.commands import COMMANDS
from linter.errors import nearest
from linter.version import __version__


class _Commands(click.Group):
    """Names the nearest command for one that is none."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            ctx.fail(f"there is no command `{args[0]}`{nearest(args[0], self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="postlint")
def main() -> None:
    """Reads posts before they go out: where one reads as an attack, where it is slogans, where it never asks."""
    garbage.looked_for_seldom()


for _command in COMMANDS:
    main.add_command(_command)
