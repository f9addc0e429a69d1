"""Records and comparisons as workbooks: a sheet for each kind, every row with its source."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from guantong.messages import render
from guantong.reading.exports.figures import told
from guantong.reading.statements import (
    AchievementFacts,
    EventFacts,
    IndicatorFacts,
    MentionFacts,
    ReleaseFacts,
    StatementKind,
    SupportFacts,
    TaskFacts,
    explain,
)
from guantong.reading.wording import figure, kind_name, promise
from guantong.records.tables.xlsx_file import LONGEST_TEXT, add_sheet, new_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from openpyxl import Workbook

    from guantong.messages import Language
    from guantong.reading.comparison import Comparison, Figure, Row
    from guantong.reading.sources import Reading, Source
    from guantong.reading.statements import Statement

_FACTS = {
    StatementKind.INDICATOR: IndicatorFacts,
    StatementKind.SUPPORT: SupportFacts,
    StatementKind.ACHIEVEMENT: AchievementFacts,
    StatementKind.RELEASE: ReleaseFacts,
    StatementKind.EVENT: EventFacts,
    StatementKind.TASK: TaskFacts,
    StatementKind.MENTION: MentionFacts,
}
_SOURCE = ("document", "page", "block", "start", "end", "quote")
_WIDTHS = {"quote": 60, "name": 36, "text": 60, "indicator": 26, "document": 24, "rule": 40}
_NARROW = {"page": 6, "block": 6, "start": 9, "end": 9, "confidence": 9, "unit": 9, "comparator": 7}
_WORDED = {"change", "modality", "object", "action", "category", "instrument"}
_ENGLISH_WIDTH = 1.3


def write_readings(
    path: Path, readings: Sequence[Reading], lang: Language = "zh", *, explained: bool = False
) -> None:
    """Write a sheet for each kind of record that was read, and one of the documents."""
    workbook = new_workbook()
    _documents(workbook, readings, lang)
    for kind, facts in _FACTS.items():
        names = [field.name for field in fields(facts)]
        rows = [
            [*_cells(statement, names, lang), *_told(reading, statement, lang, explained)]
            for reading in readings
            for statement in reading.of_kind(kind)
        ]
        if rows:
            columns = [*names, "confidence", "rule", *_SOURCE]
            _add(workbook, kind_name(kind, lang), columns, rows, lang)
    workbook.save(path)


def _told(reading: Reading, statement: Statement, lang: Language, explained: bool) -> list[object]:
    rule = " ".join(explain(statement, lang)) if explained else statement.rule
    return [statement.confidence, rule, *_place(reading.source(statement))]


def _place(source: Source) -> list[object]:
    span = source.span
    return [source.document, source.page, source.block, span.start, span.end, source.quote]


def _cells(statement: Statement, names: Iterable[str], lang: Language) -> Iterator[object]:
    for name in names:
        yield _cell(name, getattr(statement.facts, name), lang)


def _cell(name: str, value: object, lang: Language) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return "；".join(map(str, value))
    if name in _WORDED and isinstance(value, str):
        if name == "change" and value != "level":
            return render(f"reading.change.{value}", lang, of="").strip()
        return render(f"reading.{name}.{value}", lang)
    return value.value if isinstance(value, StrEnum) else value


def _documents(workbook: Workbook, readings: Sequence[Reading], lang: Language) -> None:
    columns = ["document", "name", "organisation", "date", "place"]
    rows = [
        [
            each.document.name,
            each.title,
            each.document.head.issuer,
            each.document.head.date or each.document.head.published,
            each.document.head.region,
        ]
        for each in readings
    ]
    _add(workbook, render("reading.sheet.documents", lang), columns, rows, lang)


def _add(
    workbook: Workbook,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    lang: Language,
    headers: Sequence[str] = (),
) -> None:
    shown = [*(render(f"reading.field.{column}", lang) for column in columns), *headers]
    widths = [_WIDTHS.get(column, _NARROW.get(column, 16)) for column in columns]
    widths += [24] * len(headers)
    if lang == "en":
        widths = [int(width * _ENGLISH_WIDTH) for width in widths]
    cut = ([_fitting(value) for value in row] for row in rows)
    add_sheet(workbook, name, shown, widths, cut)


def _fitting(value: object) -> object:
    return value[:LONGEST_TEXT] if isinstance(value, str) else value


def write_comparison(path: Path, found: Comparison, lang: Language = "zh") -> None:
    """Write the shared indicators, every figure with its source, and what stands alone."""
    workbook = new_workbook()
    _documents(workbook, found.readings, lang)
    shared = ([*_named(row, lang), *_side(row, lang)] for row in found.shared)
    first = ("indicator", "unit", "change")
    _add(workbook, render("reading.sheet.shared", lang), first, shared, lang, found.labels)
    columns = ["indicator", "document", "figure", "value", "value_max", "unit", "comparator"]
    columns += ["change", "modality", "time", "place", "confidence", *_SOURCE]
    rows = (
        [row.name, found.labels[place], figure(each.facts, lang), *_figure(each, lang)]
        for row in (*found.shared, *found.alone)
        for place, cell in enumerate(row.figures)
        for each in cell
    )
    _add(workbook, render("reading.sheet.details", lang), columns, rows, lang)
    alone = (
        [found.labels[place], row.name, figure(facts, lang), facts.time, *_place(each.source)]
        for place in range(len(found.labels))
        for row in found.alone_in(place)
        for each in row.figures[place]
        for facts in (each.facts,)
    )
    columns = ["document", "indicator", "figure", "time", *_SOURCE]
    _add(workbook, render("reading.sheet.alone", lang), columns, alone, lang)
    if found.benefits:
        benefits = (
            [found.labels[place], row.beneficiary, promise(each.facts, lang), *_place(each.source)]
            for row in found.benefits
            for place, cell in enumerate(row.benefits)
            for each in cell
        )
        columns = ["document", "beneficiary", "instrument", *_SOURCE]
        _add(workbook, render("reading.sheet.supports", lang), columns, benefits, lang)
    workbook.save(path)


def _named(row: Row, lang: Language) -> list[object]:
    return [row.name, row.unit, _cell("change", row.change.value, lang)]


def _side(row: Row, lang: Language) -> Iterator[str]:
    for cell in row.figures:
        yield "\n".join(told(each, lang) for each in cell)


def _figure(each: Figure, lang: Language) -> list[object]:
    facts = each.facts
    cells = [facts.value, facts.value_max, facts.unit, facts.comparator, facts.change]
    shown = [_cell("", value, lang) for value in cells[:4]]
    shown.append(_cell("change", facts.change.value, lang))
    shown.append(_cell("modality", facts.modality.value, lang))
    return [*shown, facts.time, facts.place, each.confidence, *_place(each.source)]
