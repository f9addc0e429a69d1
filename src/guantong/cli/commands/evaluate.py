"""``guantong evaluate``: how good scores are, by judgements."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import click

from guantong.cli.console import say, show, table
from guantong.cli.inputs import Inputs
from guantong.cli.localised import Command, argument
from guantong.cli.options import FILE, reading_options, text_or_json

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from guantong.cli.session import Session
    from guantong.matching.evaluation import Evaluation, Measure


@click.command(cls=Command, name="evaluate")
@argument("judged", type=FILE)
@argument("scored", type=FILE)
@text_or_json()
@reading_options
@click.pass_obj
def command(
    session: Session,
    judged: Path,
    scored: Path,
    format_: str,
    strict: bool,
    today: date | None,
    problems: Path | None,
) -> int:
    """Measure scores against judgements."""
    from guantong.matching.evaluation import evaluate

    inputs = Inputs(session, strict=strict, today=today, problems=problems)
    judgements = inputs.bare_pairs(judged, "level").judgements()
    scores = inputs.bare_pairs(scored, "score").scores()
    found = evaluate(judgements, scores)
    if format_ == "json":
        click.echo(json.dumps(evaluation_object(found), ensure_ascii=False, indent=1))
    else:
        show([_table(session, found)])
    say(session, "cli.evaluated", pairs=found.pairs)
    if found.missing:
        say(session, "cli.missing_scores", count=found.missing)
    return inputs.finish()


def _table(session: Session, found: Evaluation) -> Any:
    shown = table(session, "measure", "value", "interval", "needs")
    for name, each in found.measures.items():
        cells = (figure(each), interval(each), str(each.needs))
        shown.add_row(session.render(f"measure.{name}"), *cells)
    return shown


def figure(measure: Measure) -> str:
    """Return the value of a measure, – where it is not defined."""
    return f"{measure.value:.3f}" if math.isfinite(measure.value) else "–"


def interval(measure: Measure) -> str:
    """Return the interval of a measure."""
    if not math.isfinite(measure.low) or not math.isfinite(measure.high):
        return "–"
    return f"{measure.low:.3f} – {measure.high:.3f}"


def evaluation_object(found: Evaluation) -> dict[str, object]:
    """Return an evaluation as one object; a measure that is not defined is null."""
    measures = {
        name: {
            "value": _number(each.value),
            "low": _number(each.low),
            "high": _number(each.high),
            "needs": each.needs,
        }
        for name, each in found.measures.items()
    }
    return {"pairs": found.pairs, "missing": found.missing, "measures": measures}


def _number(value: float) -> float | None:
    return round(value, 6) if math.isfinite(value) else None
