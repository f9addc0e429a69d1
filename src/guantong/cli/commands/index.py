"""``guantong index``: index directories, made once and used again and again."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING

import click

from guantong.cli.console import progress, say, show, table
from guantong.cli.inputs import Inputs
from guantong.cli.localised import Command, Group, OneOf, argument, option
from guantong.cli.options import FILE, reading_options, text_or_json, workers_option
from guantong.cli.service import endpoint
from guantong.errors import InputError, StateError
from guantong.records import Need, Offer, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path
    from typing import Any

    from guantong.cli.session import Session
    from guantong.matching.store import IndexInfo
    from guantong.records import Record

_NOT_THERE = "store.not_an_index"


@click.group(cls=Group, name="index", prefix="index_")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show the help where no command is named."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), nl=False)


def _filling(function: Any) -> Any:
    """Add what concerns the tables that fill an index."""
    decorators: tuple[Callable[[Any], Any], ...] = (
        click.pass_obj,
        reading_options,
        workers_option(),
        option("--encoder", metavar="SPEC"),
        option("--kind", metavar="KIND"),
        option("--side", type=OneOf("offer", "need"), about="side_read"),
        argument("tables", nargs=-1, required=True, type=FILE),
        argument("folder", type=FILE, metavar="DIR"),
    )
    for decorate in decorators:
        function = decorate(function)
    return function


@command.command(cls=Command, name="build", about="index_build")
@_filling
def build(session: Session, folder: Path, encoder: str | None, **asked: Any) -> int:
    """Make a new index."""
    from guantong.matching.index import Index

    try:
        Index.open(folder, encoder=encoder, endpoint=endpoint()).close()
    except StateError as error:
        if error.code != _NOT_THERE:
            raise
    else:
        raise InputError("cli.index_there", path=str(folder))
    return _fill(session, folder, encoder, create=True, **asked)


@command.command(cls=Command, name="add", about="index_add")
@_filling
def add(session: Session, folder: Path, encoder: str | None, **asked: Any) -> int:
    """Add to an index, or update what it has."""
    return _fill(session, folder, encoder, create=False, **asked)


def _fill(
    session: Session,
    folder: Path,
    encoder: str | None,
    *,
    create: bool,
    tables: tuple[Path, ...],
    side: str | None,
    kind: str | None,
    workers: int,
    strict: bool,
    today: date | None,
    problems: Path | None,
) -> int:
    from guantong.matching.index import Index, IndexBuilder
    from guantong.matching.store import Side as Stored

    inputs = Inputs(session, strict=strict, today=today, problems=problems)
    chosen = Side(side) if side else None
    counted = _Counted(
        chain.from_iterable(inputs.stream(each, side=chosen, kind=kind) for each in tables)
    )
    with (
        progress(session, "cli.indexing") as advance,
        IndexBuilder(
            folder, encoder=encoder, endpoint=endpoint(), workers=workers, create=create
        ) as builder,
    ):
        changed = builder.add(counted, progress=advance)
    if counted.passed_over:
        say(session, "cli.not_matchable")
    with Index.open(folder, encoder=encoder, endpoint=endpoint()) as opened:
        offers, needs = opened.count(Stored.OFFER), opened.count(Stored.NEED)
    say(session, "cli.indexed", read=counted.read, changed=changed, offers=offers, needs=needs)
    return inputs.finish()


class _Counted:
    """Hands on the offers and needs among some records, and counts them."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = records
        self.read = 0
        self.passed_over = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            if isinstance(record, Offer | Need):
                self.read += 1
                yield record
            else:
                self.passed_over += 1


@command.command(cls=Command, name="remove", about="index_remove")
@argument("folder", type=FILE, metavar="DIR")
@argument("ids", nargs=-1, required=True)
@option("--side", type=OneOf("offer", "need"), default="offer")
@click.pass_obj
def remove(session: Session, folder: Path, ids: tuple[str, ...], side: str) -> int:
    """Remove records by id; ids that are not there are told, and cost the exit code 1."""
    from guantong.matching.store import IndexReader, IndexWriter
    from guantong.matching.store import Side as Stored

    stored = Stored(side)
    with IndexReader.open(folder) as reader:
        known = reader.records(stored, ids)
    with IndexWriter.open(folder) as writer:
        removed = writer.remove(stored, list(dict.fromkeys(ids)))
    say(session, "cli.removed", count=removed)
    missing = [id for id in dict.fromkeys(ids) if id not in known]
    for id in missing:
        say(session, "cli.not_removed", id=id)
    return 1 if missing else 0


@command.command(cls=Command, name="info", about="index_info")
@argument("folder", type=FILE, metavar="DIR")
@text_or_json()
@click.pass_obj
def info(session: Session, folder: Path, format_: str) -> int:
    """Show what an index holds."""
    from guantong.matching.store import IndexReader

    with IndexReader.open(folder) as reader:
        found = reader.info()
    if format_ == "json":
        click.echo(json.dumps(_object(found), ensure_ascii=False, indent=1))
    else:
        show([_table(session, found)])
    return 0


def _object(found: IndexInfo) -> dict[str, object]:
    return {
        "format": found.format,
        "version": found.version,
        "settings": dict(found.settings),
        "dimensions": found.dimensions,
        "size": found.size,
        "kinds": {side.value: dict(counts) for side, counts in found.kinds.items()},
    }


def _table(session: Session, found: IndexInfo) -> object:
    from guantong.matching.reports.wording import kind_name

    shown = table(session, "name", "value")
    shown.add_row(session.render("table.version"), str(found.version))
    shown.add_row(session.render("table.encoder"), found.settings.get("encoder", ""))
    shown.add_row(session.render("table.size"), f"{found.size / 1e6:.1f} MB")
    for side, counts in found.kinds.items():
        code = "table.offers" if side.value == "offer" else "table.needs_side"
        shown.add_row(session.render(code), str(sum(counts.values())))
        for kind, count in sorted(counts.items()):
            shown.add_row(f"  {kind_name(kind, session.lang)}", str(count))
    return shown
