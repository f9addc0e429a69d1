"""``guantong validate``: what is wrong with some tables, and what is there twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from guantong.cli.console import ProblemLog, show, table
from guantong.cli.localised import Command, OneOf, argument, option
from guantong.cli.options import FILE, reading_options, text_or_json
from guantong.records import Side

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from guantong.cli.session import Session
    from guantong.records import Problem
    from guantong.records.duplicates import DuplicateGroup
    from guantong.records.validation import FileReport, Validation


@click.command(cls=Command, name="validate")
@argument("tables", nargs=-1, required=True, type=FILE)
@option("--kind", metavar="KIND")
@option("--side", type=OneOf("offer", "need", "organisation"), about="side_read")
@text_or_json()
@reading_options
@click.pass_obj
def command(
    session: Session,
    tables: tuple[Path, ...],
    kind: str | None,
    side: str | None,
    format_: str,
    strict: bool,
    today: date | None,
    problems: Path | None,
) -> int:
    """Check tables."""
    from guantong.records.validation import validate

    chosen = Side(side) if side else None
    found = validate(tables, kind=kind, side=chosen, strict=strict, today=today)
    log = ProblemLog(session)
    log.add(found.problems)
    if format_ == "json":
        click.echo(json.dumps(_object(session, found), ensure_ascii=False, indent=1))
    else:
        shown = [_files(session, found)]
        if found.duplicates:
            shown += ["", _duplicates(session, found.duplicates)]
        show(shown)
        log.tell(problems)
    return 1 if found.rejected else 0


def _files(session: Session, found: Validation) -> Any:
    shown = table(session, "file", "counts", "rejected", "warnings")
    for each in found.files:
        warnings = sum(problem.severity == "warning" for problem in each.result.problems)
        cells = (each.file, _counts(session, each), str(each.result.rejected), str(warnings))
        shown.add_row(*cells)
    return shown


def _counts(session: Session, report: FileReport) -> str:
    from guantong.matching.reports.wording import kind_name

    counts = report.result.counts()
    named = (f"{kind_name(kind, session.lang)} {count}" for kind, count in sorted(counts.items()))
    return session.render("reason.comma").join(named) or "0"


def _duplicates(session: Session, groups: tuple[DuplicateGroup, ...]) -> Any:
    from guantong.matching.reports.wrapping import Wrapped

    title = session.render("table.duplicates")
    shown = table(session, "group", "likeness", "id", "title", "place", title=title)
    for number, group in enumerate(groups, 1):
        for at, record in enumerate(group.records):
            head = ("", "") if at else (str(number), _likeness(session, group))
            source = record.provenance
            place = f"{source.file}:{source.row}" if source else ""
            shown.add_row(*head, record.id, Wrapped(record.title), place)
    return shown


def _likeness(session: Session, group: DuplicateGroup) -> str:
    similarity = f"{group.similarity:.0%}".rstrip("%")
    named = (
        session.render(f"duplicates.{each.value}", similarity=similarity)
        for each in group.likenesses
    )
    return session.render("reason.comma").join(named)


def _object(session: Session, found: Validation) -> dict[str, object]:
    return {
        "files": [
            {
                "file": each.file,
                "counts": each.result.counts(),
                "rejected": each.result.rejected,
                "problems": [_problem(session, problem) for problem in each.result.problems],
            }
            for each in found.files
        ],
        "duplicates": [
            {
                "kind": group.kind,
                "likenesses": [each.value for each in group.likenesses],
                "similarity": round(group.similarity, 4),
                "records": [
                    {
                        "id": record.id,
                        "title": record.title,
                        "file": record.provenance.file if record.provenance else "",
                        "row": record.provenance.row if record.provenance else 0,
                    }
                    for record in group.records
                ],
            }
            for group in found.duplicates
        ],
        "rejected": found.rejected,
        "warnings": found.warnings,
    }


def _problem(session: Session, problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "sentence": problem.sentence(session.lang),
    }
