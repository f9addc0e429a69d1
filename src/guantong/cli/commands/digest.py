"""``guantong digest``: what matters in a document on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guantong.cli.console import say
from guantong.cli.localised import Command, Day, OneOf, argument, option
from guantong.cli.options import FILE, output_option

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from guantong.cli.session import Session


@click.command(cls=Command, name="digest")
@argument("documents", nargs=-1, required=True, type=FILE)
@output_option("output_digest")
@option(
    "--format",
    "format_",
    type=OneOf("text", "html", "json"),
    default="text",
    about="format_digest",
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
    """Digest documents."""
    from guantong.cli.reading import ReadingRun, put
    from guantong.reading.digest import digest
    from guantong.reading.exports import DIGEST_ENDINGS, digests_as, write_digests
    from guantong.records.output import check_target

    run = ReadingRun(session, documents)
    if output is not None:
        check_target(output, DIGEST_ENDINGS, [item.path for item in run.items])
    found = [digest(reading) for _, reading in run.readings(reference_date=reference_date)]
    if found and output is not None:
        write_digests(output, found, lang=session.lang)
        say(session, "reading.command.wrote", path=output)
    elif found:
        put(digests_as(format_, found, lang=session.lang))
    return run.code
