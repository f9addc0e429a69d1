"""``guantong learn``: a ranking model out of judged pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from guantong.cli.commands.evaluate import figure, interval
from guantong.cli.console import progress, say, show, table
from guantong.cli.inputs import Inputs
from guantong.cli.localised import Command, argument, option
from guantong.cli.options import FILE, output_option, reading_options
from guantong.cli.service import endpoint

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from guantong.cli.session import Session
    from guantong.matching.learning import Learned


@click.command(cls=Command, name="learn")
@argument("needs", type=FILE)
@argument("offers", type=FILE)
@argument("judged", type=FILE)
@output_option("output_learn", required=True)
@option("--encoder", metavar="SPEC")
@reading_options
@click.pass_obj
def command(
    session: Session,
    needs: Path,
    offers: Path,
    judged: Path,
    output: Path,
    encoder: str | None,
    strict: bool,
    today: date | None,
    problems: Path | None,
) -> int:
    """Learn a ranking model."""
    from guantong.matching.index import text_reader
    from guantong.matching.learning import learn
    from guantong.matching.model import save_model
    from guantong.records.output import check_target, replacing

    check_target(output, (".json",))
    inputs = Inputs(session, strict=strict, today=today, problems=problems)
    known_needs = {need.id: need for need in inputs.needs(needs)}
    known_offers = {offer.id: offer for offer in inputs.offers(offers)}
    pairs = inputs.pairs(judged, known_needs, known_offers, "level")
    with progress(session, "cli.learning") as advance:
        learned = learn(
            known_needs,
            known_offers,
            pairs.judgements(),
            reader=text_reader(encoder, endpoint()),
            name=output.stem,
            today=inputs.today,
            progress=lambda stage, done, total: advance(done),
        )
    with replacing(output) as temporary:
        save_model(learned.model, temporary)
    show([_table(session, learned)])
    say(session, "cli.learnt", needs=learned.needs, pairs=learned.pairs)
    if learned.left_out:
        say(session, "cli.left_out", count=learned.left_out)
    say(session, "cli.written", file=output)
    return inputs.finish()


def _table(session: Session, learned: Learned) -> Any:
    shown = table(session, "measure", "by_pairs", "interval", "by_need", "interval")
    for name, seen in learned.by_pairs.measures.items():
        unseen = learned.by_need.measures[name]
        cells = (figure(seen), interval(seen), figure(unseen), interval(unseen))
        shown.add_row(session.render(f"measure.{name}"), *cells)
    return shown
