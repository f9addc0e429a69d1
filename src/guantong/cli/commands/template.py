"""``guantong template``: an empty workbook for one kind of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guantong.cli.console import say
from guantong.cli.localised import Command, argument
from guantong.cli.options import output_option

if TYPE_CHECKING:
    from pathlib import Path

    from guantong.cli.session import Session


@click.command(cls=Command, name="template")
@argument("kind")
@output_option("output_template", required=True)
@click.pass_obj
def command(session: Session, kind: str, output: Path) -> int:
    """Write an empty workbook."""
    from guantong.records import kinds
    from guantong.records.output import check_target, replacing
    from guantong.records.tables import write_template

    name = kinds.get(kind).name
    check_target(output, (".xlsx",))
    with replacing(output) as temporary:
        write_template(name, temporary, lang=session.lang)
    say(session, "cli.written", file=output)
    return 0
