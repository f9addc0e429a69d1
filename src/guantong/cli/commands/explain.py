"""``guantong explain``: the whole reasoning of one pair."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import click

from guantong.cli.console import say, show
from guantong.cli.inputs import Inputs, by_id
from guantong.cli.localised import Command, argument
from guantong.cli.options import FILE, ranking_options, reading_options, text_or_json
from guantong.cli.service import endpoint

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from guantong.cli.session import Session
    from guantong.records import Need, Offer


@click.command(cls=Command, name="explain")
@argument("needs", type=FILE)
@argument("offers", type=FILE)
@argument("need_id")
@argument("offer_id")
@text_or_json()
@ranking_options
@reading_options
@click.pass_obj
def command(
    session: Session,
    needs: Path,
    offers: Path,
    need_id: str,
    offer_id: str,
    format_: str,
    model: Path | None,
    encoder: str | None,
    strict: bool,
    today: date | None,
    problems: Path | None,
) -> int:
    """Tell the whole reasoning of one pair."""
    from guantong.matching.conditions import Conditions
    from guantong.matching.index import text_reader
    from guantong.matching.model import load_model
    from guantong.matching.pairs import PairScorer
    from guantong.matching.reports.objects import pair_object
    from guantong.matching.reports.terminal import pair_tables

    inputs = Inputs(session, strict=strict, today=today, problems=problems)
    wanted, offered = inputs.needs(needs), inputs.offers(offers)
    found = by_id(wanted, need_id, "matching.no_such_need", needs, session)
    answer = by_id(offered, offer_id, "matching.no_such_offer", offers, session)
    need, offer = cast("Need", found), cast("Offer", answer)
    match = PairScorer(text_reader(encoder, endpoint()), load_model(model)).explain(need, offer)
    conditions = Conditions(today=inputs.today)
    barred = conditions.against_need(need) or conditions.against_offer(need, offer)
    if format_ == "json":
        told = pair_object(need, offer, match, session.lang)
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        show(pair_tables(need, offer, match, session.lang))
    if barred:
        say(session, "cli.excluded", reason=session.render(barred))
    return inputs.finish()
