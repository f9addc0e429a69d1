"""``guantong demo``: the matches of the built-in sample city."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from guantong.cli.commands.match import print_report
from guantong.cli.console import progress, say
from guantong.cli.localised import Command, Count, option
from guantong.cli.options import output_option, ranking_options, top_option

if TYPE_CHECKING:
    from pathlib import Path

    from guantong.cli.session import Session
    from guantong.matching.reports import MatchReport, NeedMatches

SAMPLE_DAY = date(2026, 11, 22)
"""The day on which the sample city is what its tables say; later its offers begin to expire."""


@click.command(cls=Command, name="demo")
@output_option("output_demo")
@top_option("top_demo", 3)
@option("--needs", "shown", type=Count(0), default=10, metavar="N", about="needs_shown")
@ranking_options
@click.pass_obj
def command(
    session: Session,
    output: Path | None,
    top: int,
    shown: int,
    model: Path | None,
    encoder: str | None,
) -> int:
    """Match the sample city."""
    from guantong.cli.ranking import indexed, summarise
    from guantong.matching.conditions import Conditions
    from guantong.matching.matcher import Matcher
    from guantong.matching.model import load_model
    from guantong.matching.reports import ENDINGS, write_report
    from guantong.matching.reports.building import match_all
    from guantong.records.output import check_target
    from guantong.records.sample import load_sample

    if output is not None:
        check_target(output, ENDINGS)
    city, ranking = load_sample(), load_model(model)
    with (
        indexed(session, city.offers, encoder=encoder) as opened,
        progress(session, "cli.matching", len(city.needs)) as advance,
    ):
        report = match_all(
            Matcher(opened, ranking),
            city.needs,
            limit=top,
            conditions=Conditions(today=SAMPLE_DAY),
            progress=advance,
        )
    best = _best(report, shown)
    counts = {name: len(members) for name, members in city._asdict().items()}
    say(session, "cli.demo", shown=len(best.needs), **counts)
    print_report(best, "table", session.lang)
    if len(best.needs) < len(report.needs):
        say(session, "cli.more_needs", count=len(report.needs) - len(best.needs))
    summarise(session, report)
    if output is not None:
        write_report(output, report, lang=session.lang)
        say(session, "cli.written", file=output)
    return 0


def _best(report: MatchReport, count: int) -> MatchReport:
    """Return the needs with the best matches, all of them for 0."""
    if not count:
        return report
    ranked = sorted(report.needs, key=_strength, reverse=True)
    return replace(report, needs=tuple(ranked[:count]), expired=())


def _strength(found: NeedMatches) -> tuple[int, float]:
    raw = found.answers[0].match.explanation.raw if found.answers else 0.0
    return found.best_level, raw
