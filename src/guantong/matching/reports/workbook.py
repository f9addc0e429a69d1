"""The workbook of a report: 匹配, 差距, 理由, 未匹配, with fixed headers, filters and colours."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from guantong.matching.reports.rows import headers, sheets
from guantong.matching.reports.wording import cut
from guantong.messages import render
from guantong.records.tables.xlsx_file import (
    LONGEST_TEXT,
    header_cell,
    literal_cell,
    new_workbook,
    sheet_name,
)

if TYPE_CHECKING:
    from pathlib import Path

    from guantong.matching.reports.model import MatchReport
    from guantong.matching.reports.rows import Row, Sheet
    from guantong.messages import Language

_WIDTHS = {
    "need_id": 13,
    "need_title": 34,
    "need_organisation": 24,
    "rank": 6,
    "level": 6,
    "level_name": 12,
    "score": 8,
    "offer_id": 13,
    "offer_title": 34,
    "offer_kind": 16,
    "offer_organisation": 24,
    "offer_region": 18,
    "shared": 34,
    "wishes": 24,
    "reason": 76,
    "gap_row": 12,
    "gap_name": 22,
    "wanted": 26,
    "offered": 26,
    "verdict": 12,
    "missing": 14,
    "note": 24,
    "part": 14,
    "amount": 8,
    "lack": 56,
    "nearest_id": 14,
    "nearest_title": 34,
}
_NUMBERS = {"score": "0.000", "amount": "+0.000;-0.000;0.000", "rank": "0", "level": "0"}
_CENTRED = frozenset({"rank", "level", "level_name", "verdict"})
# Pale enough to print, with the darkness growing with the level; the word stands beside it.
_LEVEL_COLOURS = {4: "A9D8B8", 3: "D6EEDC", 2: "FFF1CC", 1: "EDEDED"}
_VERDICT_COLOURS = {"met": "D6EEDC", "short": "F8D7D3", "partly": "FFF1CC", "differs": "F8D7D3"}
_FROZEN = {"need_id": "C2"}


def write_workbook(path: Path, report: MatchReport, lang: Language = "zh") -> None:
    """Write the four sheets of a report."""
    workbook = new_workbook()
    for table in sheets(report, lang):
        _add(workbook.create_sheet(sheet_name(table.name)), table, lang)
    workbook.save(path)


def _add(sheet: Any, table: Sheet, lang: Language) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = _FROZEN.get(table.columns[0], "A2")
    for place, key in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[key]
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.append([header_cell(sheet, text) for text in headers(table.columns, lang)])
    styles = _Styles(sheet, lang)
    for row in table.rows:
        sheet.append(_cells(sheet, table, row, styles))


def _cells(sheet: Any, table: Sheet, row: Row, styles: _Styles) -> list[Any]:
    cells = []
    for key, value in zip(table.columns, row, strict=True):
        too_long = isinstance(value, str) and len(value) > LONGEST_TEXT
        shown = cut(str(value), LONGEST_TEXT) if too_long else value
        cell = literal_cell(sheet, shown)
        quoted = cell.data_type == "s" and cell.quotePrefix
        cell._style = styles.of(key, value)
        if quoted:
            cell.quotePrefix = True
        cells.append(cell)
    return cells


class _Styles:
    """The looks of the cells, each made once: styling cell by cell takes most of the time."""

    def __init__(self, sheet: Any, lang: Language) -> None:
        self._sheet = sheet
        self._known: dict[tuple[str, str], Any] = {}
        self._verdicts = {
            render(f"verdict.{code}", lang): colour for code, colour in _VERDICT_COLOURS.items()
        }
        self._last_level = 0

    def of(self, key: str, value: object) -> Any:
        """Return the style of a cell; the level's name has the colour of the level before it."""
        if key == "level":
            self._last_level = int(str(value))
        colour = ""
        if key in ("level", "level_name"):
            colour = _LEVEL_COLOURS[self._last_level]
        elif key == "verdict":
            colour = self._verdicts.get(str(value), "")
        known = self._known.get((key, colour))
        if known is None:
            known = self._known[key, colour] = self._made(key, colour)
        return copy(known)

    def _made(self, key: str, colour: str) -> Any:
        from openpyxl.styles import Alignment, PatternFill

        cell = literal_cell(self._sheet, "x")
        centred = "center" if key in _CENTRED else None
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=centred)
        if key in _NUMBERS:
            cell.number_format = _NUMBERS[key]
        if colour:
            cell.fill = PatternFill("solid", fgColor=colour)
        return cell._style
