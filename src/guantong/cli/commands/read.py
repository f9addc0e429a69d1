"""``guantong read``: documents into records with their source."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from guantong.cli.console import say
from guantong.cli.localised import Command, Day, OneOf, argument, option
from guantong.cli.options import FILE, output_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from guantong.cli.session import Session
    from guantong.reading.folder import Item
    from guantong.reading.sources import Reading


@click.command(cls=Command, name="read")
@argument("documents", nargs=-1, required=True, type=FILE)
@output_option("output_read")
@option("--kinds", metavar="KINDS", about="kinds_read")
@option("--reference-date", type=Day(), metavar="DATE")
@option("--explain", "explained", is_flag=True, about="explain_read")
@option("--proposals", type=FILE, metavar="FILE")
@option("--format", "format_", type=OneOf("text", "jsonl"), about="format_read")
@option("--model-url", metavar="URL")
@option("--model-name", metavar="NAME")
@click.pass_obj
def command(
    session: Session,
    documents: tuple[Path, ...],
    output: Path | None,
    kinds: str | None,
    reference_date: date | None,
    explained: bool,
    proposals: Path | None,
    format_: str | None,
    model_url: str | None,
    model_name: str | None,
) -> int:
    """Read documents."""
    from guantong.cli.reading import ReadingRun, chosen_kinds, second_opinion
    from guantong.records.output import check_target

    run = ReadingRun(session, documents)
    sources = [item.path for item in run.items]
    folder = _folder(output, sources)
    if proposals is not None:
        check_target(proposals, (".jsonl",), sources)
    found = run.readings(
        kinds=chosen_kinds(session, kinds),
        reference_date=reference_date,
        opinion=second_opinion(model_url, model_name),
    )
    if folder is not None:
        kept = list(_into_folder(session, found, folder, explained, keep=proposals is not None))
    else:
        kept = [reading for _, reading in found]
        _show(session, kept, output, explained, format_)
    if proposals is not None and kept:
        _propose(session, kept, proposals)
    return run.code


def _folder(output: Path | None, sources: Sequence[Path]) -> Path | None:
    """Return the folder to write to, if the output is one; a file is checked before the work."""
    from guantong.reading.exports import READING_ENDINGS
    from guantong.records.output import check_target, make_folder

    if output is None:
        return None
    if output.is_dir() or not output.suffix:
        make_folder(output)
        return output
    check_target(output, READING_ENDINGS, sources)
    return None


def _into_folder(
    session: Session,
    found: Iterator[tuple[Item, Reading]],
    folder: Path,
    explained: bool,
    *,
    keep: bool,
) -> Iterator[Reading]:
    """Write each document as it is read; what stands in the folder is always complete."""
    from guantong.reading.exports import write_readings
    from guantong.records.output import make_folder

    documents = records = 0
    for item, reading in found:
        target = folder / item.output.with_name(f"{item.output.name}.jsonl")
        make_folder(target.parent)
        write_readings(target, [reading], lang=session.lang, explained=explained)
        documents += 1
        records += len(reading.statements)
        if keep:
            yield reading
    say(session, "reading.command.done", path=folder, documents=documents, records=records)


def _show(
    session: Session,
    readings: list[Reading],
    output: Path | None,
    explained: bool,
    format_: str | None,
) -> None:
    from guantong.reading.exports import record_lines, write_readings

    records = sum(len(reading.statements) for reading in readings)
    if output is not None and readings:
        write_readings(output, readings, lang=session.lang, explained=explained)
        counts = {"documents": len(readings), "records": records}
        say(session, "reading.command.done", path=output, **counts)
    elif output is None and (format_ or ("text" if sys.stdout.isatty() else "jsonl")) == "jsonl":
        for line in record_lines(readings, lang=session.lang, explained=explained):
            click.echo(line)
    elif output is None:
        from guantong.reading.exports.listing import listing

        for line in listing(readings, session.lang, explained=explained):
            click.echo(line)


def _propose(session: Session, readings: list[Reading], target: Path) -> None:
    from guantong.reading.proposals import proposal_lines, propose
    from guantong.records.output import write_text

    found = [proposal for reading in readings for proposal in propose(reading)]
    write_text(target, "".join(f"{line}\n" for line in proposal_lines(found)))
    say(session, "reading.command.proposals", path=target, count=len(found))
