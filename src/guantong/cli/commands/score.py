"""``guantong score``: scores and levels for given pairs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import click

from guantong.cli.console import progress, say
from guantong.cli.inputs import Inputs
from guantong.cli.localised import Command, argument
from guantong.cli.options import FILE, output_option, ranking_options, reading_options
from guantong.cli.service import endpoint

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from guantong.cli.session import Session


@click.command(cls=Command, name="score")
@argument("needs", type=FILE)
@argument("offers", type=FILE)
@argument("pairs", type=FILE)
@output_option("output_score", required=True)
@ranking_options
@reading_options
@click.pass_obj
def command(
    session: Session,
    needs: Path,
    offers: Path,
    pairs: Path,
    output: Path,
    model: Path | None,
    encoder: str | None,
    strict: bool,
    today: date | None,
    problems: Path | None,
) -> int:
    """Score given pairs."""
    from guantong.matching.index import text_reader
    from guantong.matching.model import load_model
    from guantong.matching.pairs import PairScorer
    from guantong.matching.reports.pair_table import ENDINGS, write_scored
    from guantong.records.output import check_target

    check_target(output, ENDINGS)
    inputs = Inputs(session, strict=strict, today=today, problems=problems)
    known_needs = {need.id: need for need in inputs.needs(needs)}
    known_offers = {offer.id: offer for offer in inputs.offers(offers)}
    table = inputs.pairs(pairs, known_needs, known_offers)
    scorer = PairScorer(text_reader(encoder, endpoint()), load_model(model))
    asked: dict[str, list[str]] = defaultdict(list)
    for pair in table.pairs:
        asked[pair.need_id].append(pair.offer_id)
    groups = ((known_needs[id], [known_offers[each] for each in ids]) for id, ids in asked.items())
    found = {}
    with progress(session, "cli.scoring", len(table.pairs)) as advance:
        for group in scorer.score_pairs(groups):
            found.update({(each.need_id, each.offer_id): each for each in group})
            advance(len(found))
    write_scored(output, table, [found[pair.need_id, pair.offer_id] for pair in table.pairs])
    say(session, "cli.rows_scored", count=len(table.pairs))
    say(session, "cli.written", file=output)
    return inputs.finish()
