"""``guantong match``: the best offers for every need."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from guantong.cli.console import progress, say, show
from guantong.cli.inputs import Inputs, offer_kinds
from guantong.cli.localised import Command, Count, OneOf, argument, option
from guantong.cli.options import (
    FILE,
    output_option,
    ranking_options,
    reading_options,
    top_option,
    workers_option,
)
from guantong.errors import InputError
from guantong.records import Disclosure, Side

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from guantong.cli.session import Session
    from guantong.matching.reports import MatchReport
    from guantong.messages import Language


@click.command(cls=Command, name="match")
@argument("needs", type=FILE)
@argument("offers", type=FILE)
@top_option()
@output_option("output")
@option("--format", "format_", type=OneOf("table", "jsonl", "csv"), about="format")
@option("--kinds", metavar="KINDS")
@option("--assign", type=Count(), metavar="N")
@option("--disclosure", type=OneOf(*Disclosure), default=Disclosure.NAMED.value)
@option("--index", type=FILE, metavar="DIR")
@ranking_options
@workers_option()
@reading_options
@click.pass_obj
def command(
    session: Session,
    needs: Path,
    offers: Path,
    top: int,
    output: Path | None,
    format_: str | None,
    kinds: str | None,
    assign: int | None,
    disclosure: str,
    index: Path | None,
    model: Path | None,
    encoder: str | None,
    workers: int,
    strict: bool,
    today: date | None,
    problems: Path | None,
) -> int:
    """Find the best offers for every need."""
    from guantong.cli.ranking import indexed, summarise
    from guantong.matching.conditions import Conditions, readable_by
    from guantong.matching.matcher import Matcher
    from guantong.matching.model import load_model
    from guantong.matching.reports import ENDINGS, write_report
    from guantong.matching.reports.building import assigned, match_all
    from guantong.matching.store import Side as Stored
    from guantong.records.output import check_target

    if output is not None:
        if format_ is not None:
            raise InputError("cli.conflict", first="--output", second="--format")
        check_target(output, ENDINGS)
    inputs = Inputs(session, strict=strict, today=today, problems=problems)
    conditions = Conditions(
        today=inputs.today,
        kinds=offer_kinds(session, kinds),
        disclosures=readable_by(Disclosure(disclosure)),
    )
    ranking = load_model(model)
    wanted = inputs.needs(needs)
    stream = inputs.stream(offers, side=Side.OFFER)
    with indexed(session, stream, folder=index, encoder=encoder, workers=workers) as opened:
        if not opened.count(Stored.OFFER):
            inputs.log.tell(problems)
            raise InputError("matching.no_offers", file=str(offers))
        with progress(session, "cli.matching", len(wanted)) as advance:
            matcher = Matcher(opened, ranking)
            report = match_all(matcher, wanted, limit=top, conditions=conditions, progress=advance)
    if assign is not None:
        report = assigned(report, capacity=assign)
    if output is None:
        print_report(report, format_ or "table", session.lang)
    else:
        write_report(output, report, lang=session.lang)
    summarise(session, report)
    if output is not None:
        say(session, "cli.written", file=output)
    return inputs.finish()


def print_report(report: MatchReport, format_: str, lang: Language) -> None:
    """Print a report on stdout."""
    from guantong.matching.reports.objects import write_objects
    from guantong.matching.reports.rows import write_csv_rows
    from guantong.matching.reports.terminal import match_tables

    if format_ == "table":
        show(_parted(match_tables(report, lang)))
    else:
        {"jsonl": write_objects, "csv": write_csv_rows}[format_](sys.stdout, report, lang)


def _parted(items: Iterator[object]) -> Iterator[object]:
    """Put an empty line after each table."""
    from rich.table import Table

    for item in items:
        yield item
        if isinstance(item, Table):
            yield ""
