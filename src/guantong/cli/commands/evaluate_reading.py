"""``guantong evaluate-reading``: how well documents were read, against gold records."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from guantong.cli.console import say, show
from guantong.cli.localised import Command, argument
from guantong.cli.options import FILE, text_or_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from guantong.cli.session import Session
    from guantong.reading.statements import Score


@click.command(cls=Command, name="evaluate-reading")
@argument("gold_dir", type=FILE)
@argument("out_dir", type=FILE)
@text_or_json()
@click.pass_obj
def command(session: Session, gold_dir: Path, out_dir: Path, format_: str) -> int:
    """Score what was read."""
    from guantong.errors import NotFoundError
    from guantong.reading.statements import score_folders

    if not out_dir.is_dir():
        raise NotFoundError("documents.not_found", file=str(out_dir))
    scores = score_folders(gold_dir, out_dir)
    missing = [
        name
        for gold in sorted(gold_dir.glob("*.gold.jsonl"))
        if not (out_dir / (name := gold.name.replace(".gold.jsonl", ".jsonl"))).exists()
    ]
    if format_ == "json":
        click.echo(json.dumps({kind: _object(each) for kind, each in scores.items()}, indent=1))
    else:
        show([_table(session, scores)])
    if missing:
        names = " ".join(missing)
        counts = {"folder": out_dir, "count": len(missing), "names": names}
        say(session, "reading.command.missing_outputs", **counts)
    return 1 if missing else 0


def _object(score: Score) -> dict[str, object]:
    figures = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return asdict(score) | {name: round(value, 4) for name, value in figures.items()}


def _table(session: Session, scores: Mapping[str, Score]) -> Any:
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    made.add_column(session.render("reading.command.score_head"))
    for key in ("precision", "recall"):
        made.add_column(session.render(f"reading.command.{key}"), justify="right")
    made.add_column("F1", justify="right")
    for key in ("right", "predicted", "gold"):
        made.add_column(session.render(f"reading.command.{key}"), justify="right")
    for kind, score in scores.items():
        figures = (f"{value:.3f}" for value in (score.precision, score.recall, score.f1))
        counts = map(str, (score.right, score.predicted, score.gold))
        made.add_row(_name(session, kind), *figures, *counts)
    return made


def _name(session: Session, kind: str) -> str:
    code = "reading.command.strict" if " " in kind else f"reading.kind.{kind}"
    return session.render(code)
