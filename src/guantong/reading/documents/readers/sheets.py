"""Spreadsheets: every sheet is a page, every block of cells a table."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING

from guantong.errors import InputError
from guantong.reading.documents.containers import Archive
from guantong.reading.documents.drafts import Draft, DraftWriter, Source
from guantong.reading.documents.model import BlockKind, Remark

if TYPE_CHECKING:
    from collections.abc import Sequence


class SheetReader:
    """Reads XLSX workbooks."""

    def read(self, source: Source) -> Draft:
        """Return the visible sheets; a row with a single cell is text beside the table."""
        import python_calamine as calamine

        Archive(source.data, source.name, source.limits).check()
        try:
            with calamine.load_workbook(io.BytesIO(source.data)) as workbook:
                return _read(source, workbook)
        except calamine.PasswordError as error:
            raise InputError("documents.password", file=source.name) from error
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise InputError("documents.damaged", file=source.name) from error


def _read(source: Source, workbook: object) -> Draft:
    import python_calamine as calamine

    assert isinstance(workbook, calamine.CalamineWorkbook)  # noqa: S101 - narrows the type
    writer, unread = DraftWriter(source), 0
    shown = [
        sheet
        for sheet in workbook.sheets_metadata
        if sheet.visible == calamine.SheetVisibleEnum.Visible
    ]
    for number, sheet in enumerate(shown):
        if number:
            writer.turn_page()
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            unread += 1
            continue
        if len(shown) > 1:
            writer.add(sheet.name, kind=BlockKind.HEADING, level=1, gap=1)
        _write_sheet(writer, workbook.get_sheet_by_name(sheet.name).to_python())
        source.report(number + 1, len(shown))
    if unread:
        params = {"file": source.name, "count": unread}
        writer.remarks.append(Remark("documents.unread_sheets", params))
    return writer.draft()


def _write_sheet(writer: DraftWriter, rows: Sequence[Sequence[object]]) -> None:
    table: list[list[str]] = []
    for row in rows:
        cells = [cell_text(value) for value in row]
        filled = [cell for cell in cells if cell]
        if len(filled) > 1:
            table.append(cells)
            continue
        writer.add_table(table)
        table = []
        if filled:
            writer.add(filled[0], gap=1)
    writer.add_table(table)


def cell_text(value: object) -> str:
    """Return a cell as it is read aloud: whole numbers without a point, days without a time."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()
