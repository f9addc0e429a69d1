"""``guantong compare``: the same indicator in several documents side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guantong.cli.console import say
from guantong.cli.localised import Command, Day, OneOf, argument, option
from guantong.cli.options import FILE, output_option
from guantong.errors import InputError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from guantong.cli.session import Session


@click.command(cls=Command, name="compare")
@argument("documents", nargs=-1, required=True, type=FILE)
@output_option("output_compare")
@option(
    "--format",
    "format_",
    type=OneOf("text", "xlsx", "html", "json"),
    default="text",
    about="format_compare",
)
@option("--reference-date", type=Day(), metavar="DATE")
@click.pass_obj
def command(
    session: Session,
    documents: tuple[Path, ...],
    output: Path | None,
    format_: str,
    reference_date: date | None,
) -> int:
    """Compare documents."""
    from guantong.cli.reading import ReadingRun, put
    from guantong.reading.comparison import compare
    from guantong.reading.exports import COMPARISON_ENDINGS, comparison_as, write_comparison
    from guantong.records.output import check_target

    if output is None and format_ == "xlsx":
        raise InputError("reading.error.needs_output")
    run = ReadingRun(session, documents)
    if output is not None:
        check_target(output, COMPARISON_ENDINGS, [item.path for item in run.items])
    found = compare([reading for _, reading in run.readings(reference_date=reference_date)])
    if output is not None:
        write_comparison(output, found, lang=session.lang)
        say(session, "reading.command.wrote", path=output)
    else:
        put(comparison_as(format_, found, lang=session.lang))
    return run.code
