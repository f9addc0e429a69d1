"""``guantong kinds``: the kinds of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guantong.cli.console import show, table
from guantong.cli.localised import Command

if TYPE_CHECKING:
    from guantong.cli.session import Session


@click.command(cls=Command, name="kinds")
@click.pass_obj
def command(session: Session) -> int:
    """List the kinds of record."""
    from guantong.records import kinds

    shown = table(session, "key", "name", "side")
    for kind in kinds.all_kinds():
        side = session.render(f"side.{kind.side.value}")
        shown.add_row(kind.name, kind.label(session.lang), side)
    show([shown])
    return 0
