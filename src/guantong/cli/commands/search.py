"""``guantong search``: records in an index by some words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from guantong.cli.console import say, show, table
from guantong.cli.inputs import chosen_kinds
from guantong.cli.localised import Command, OneOf, argument, option
from guantong.cli.options import FILE, text_or_json, top_option
from guantong.cli.service import endpoint
from guantong.records import Side

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from guantong.cli.session import Session
    from guantong.matching.matcher import Found
    from guantong.records import Record


@click.command(cls=Command, name="search")
@argument("folder", type=FILE, metavar="DIR")
@argument("words")
@option("--side", type=OneOf("offer", "need"), default="offer")
@option("--kind", "kinds", metavar="KINDS", about="kinds_search")
@top_option("top_search")
@option("--encoder", metavar="SPEC")
@text_or_json()
@click.pass_obj
def command(
    session: Session,
    folder: Path,
    words: str,
    side: str,
    kinds: str | None,
    top: int,
    encoder: str | None,
    format_: str,
) -> int:
    """Look for records by words."""
    from guantong.matching.index import Index
    from guantong.matching.matcher import Matcher
    from guantong.matching.store import Side as Stored

    wanted = chosen_kinds(session, kinds, Side(side)) or frozenset()
    stored = Stored(side)
    with Index.open(folder, encoder=encoder, endpoint=endpoint()) as opened:
        hits = Matcher(opened).search(words, side=stored, limit=top, kinds_=wanted)
        found = [(hit, opened.record(stored, hit.id)) for hit in hits]
    if format_ == "json":
        for hit, record in found:
            click.echo(json.dumps(_object(hit, record), ensure_ascii=False))
    elif found:
        show([_table(session, found)])
    else:
        say(session, "cli.nothing_found")
    return 0


def _object(hit: Found, record: Record) -> dict[str, object]:
    return {
        "id": hit.id,
        "kind": hit.kind,
        "score": round(hit.score, 6),
        "title": record.title,
        "organisation": record.organisation,
    }


def _table(session: Session, found: Sequence[tuple[Found, Record]]) -> object:
    from guantong.matching.reports.wording import kind_name
    from guantong.matching.reports.wrapping import Wrapped

    shown = table(session, "rank", "score", "kind", "id", "title", "organisation")
    for rank, (hit, record) in enumerate(found, 1):
        cells = (kind_name(hit.kind, session.lang), hit.id)
        texts = (Wrapped(record.title), Wrapped(record.organisation))
        shown.add_row(str(rank), f"{hit.score:.2f}", *cells, *texts)
    return shown
