"""XLSX in (calamine) and out (openpyxl): every visible sheet, merged cells, literal text."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from guantong.errors import InputError
from guantong.records.tables.csv_file import FORMULA_STARTS, unguarded
from guantong.records.tables.grid import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from openpyxl import Workbook

    from guantong.records.tables.grid import Limits

NOTES_SHEETS = {"zh": "填写说明", "en": "Notes"}
LONGEST_TEXT = 32_767

_FORMULA = re.compile(FORMULA_STARTS)
_NEEDS_GUARD = re.compile("'+" + FORMULA_STARTS)
# XML has no way to write these: one of them makes the whole workbook unreadable.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_EXCEL_CALENDAR_STARTS = 1901


def open_workbook(path: Path, limits: Limits) -> Iterator[Sheet]:
    """Yield the visible sheets that hold anything, without the notes of a template."""
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        for about in workbook.sheets_metadata:
            visible = about.visible == SheetVisibleEnum.Visible
            if not visible or about.typ != SheetTypeEnum.WorkSheet:
                continue
            if about.name in NOTES_SHEETS.values():
                continue
            sheet = workbook.get_sheet_by_name(about.name)
            if sheet.start is not None:
                yield Sheet(about.name, _rows(sheet, path, limits))
    except PasswordError as error:
        raise InputError("tables.password", file=path.name) from error
    except CalamineError as error:
        raise InputError("tables.broken_workbook", file=path.name) from error


def _rows(sheet: Any, path: Path, limits: Limits) -> Iterator[tuple[int, Sequence[object]]]:
    if sheet.total_height > limits.rows or sheet.width > limits.columns:
        raise InputError("tables.too_large", file=path.name)
    merged = _merged_down(sheet)
    filled: dict[int, tuple[int, object]] = {}
    for place, cells in enumerate(sheet.iter_rows()):
        row = [unguarded(cell) if isinstance(cell, str) else cell for cell in cells]
        for column, last in merged.get(place, ()):
            filled[column] = (last, row[column])
        for column, (last, value) in filled.items():
            if place <= last:
                row[column] = value
        yield place + 1, row


def _merged_down(sheet: Any) -> dict[int, list[tuple[int, int]]]:
    """Return, by first row, the column and the last row of cells merged over several rows."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if bottom > top and left == right:
            found.setdefault(top, []).append((left - sheet.start[1], bottom))
    return found


def new_workbook() -> Workbook:
    """Return a workbook that is written row by row."""
    from openpyxl import Workbook

    return Workbook(write_only=True)


def add_sheet(
    workbook: Workbook,
    name: str,
    headers: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[object]],
) -> None:
    """Add a sheet with a frozen, filtered header row."""
    from openpyxl.utils import get_column_letter

    sheet = workbook.create_sheet(sheet_name(name))
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([header_cell(sheet, header) for header in headers])
    count = 1
    for row in rows:
        sheet.append([literal_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(headers), 1))}{count}"


def sheet_name(name: str) -> str:
    """Return a name that Excel accepts: 31 characters, none of them reserved."""
    return _FORBIDDEN_IN_NAMES.sub(" ", name)[:31] or "Sheet"


def header_cell(sheet: Any, text: str) -> Any:
    """Return a header: bold on a pale ground, wrapped."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = literal_cell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="DCE6F1")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def literal_cell(sheet: Any, value: Any) -> Any:
    """Return a cell that shows ``value`` and is never run as a formula."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, date) and not isinstance(value, datetime):
        if value.year < _EXCEL_CALENDAR_STARTS:
            return WriteOnlyCell(sheet, value=value.isoformat())
        cell: Any = WriteOnlyCell(sheet)
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
        return cell
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    value = _NO_XML.sub("", value)
    guarded = "'" + value if _NEEDS_GUARD.match(value) else value
    cell = WriteOnlyCell(sheet)
    # Set past the check that turns "=…" into a formula; Excel shows such text with its own mark.
    cell._value = _ESCAPE.sub("_x005F_", guarded) or None
    cell.data_type = "s"
    cell.quotePrefix = bool(_FORMULA.match(value))
    return cell
