"""An empty workbook for one kind: headers with notes, drop-downs, an example row, a page of notes.

The example row is an ordinary row: it reads back as :attr:`Kind.example`, with a remark that it
should be deleted, so that a forgotten example is seen and nothing is dropped in silence.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from guantong.errors import InputError
from guantong.messages import render
from guantong.records import kinds
from guantong.records.tables.xlsx_file import (
    NOTES_SHEETS,
    header_cell,
    literal_cell,
    new_workbook,
    sheet_name,
)

if TYPE_CHECKING:
    from guantong.messages import Language
    from guantong.records.columns import Column
    from guantong.records.kind import Kind

_ROWS_WITH_CHOICES = 2_000
_LONGEST_LIST = 255  # an inline list of a drop-down, by the file format


def write_template(kind: str, path: Path | str, *, lang: Language = "zh") -> None:
    """Write the empty workbook of ``kind``; raises :class:`NotFoundError` for an unknown kind."""
    chosen = kinds.get(kind)
    columns = [column for column in chosen.columns if not column.dropped and not column.rare]
    try:
        with Path(path).open("wb") as target:
            workbook = new_workbook()
            table = workbook.create_sheet(sheet_name(chosen.label(lang)))
            _add_table(table, chosen, columns, lang)
            _add_notes(workbook.create_sheet(NOTES_SHEETS[lang]), columns, lang)
            workbook.save(target)
    except OSError as error:
        raise InputError("tables.unwritable", file=str(path), reason=error.strerror) from error


def _add_table(sheet: Any, kind: Kind, columns: list[Column], lang: Language) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        _add_choices(sheet, column, letter, lang)
    sheet.append([_noted_header(sheet, column, lang) for column in columns])
    example = [literal_cell(sheet, column.cell_of(kind.example, lang)) for column in columns]
    for cell in example:
        cell.font = Font(italic=True, color="7F7F7F")
    example[0].comment = _comment(render("template.example", lang))
    sheet.append(example)


def _noted_header(sheet: Any, column: Column, lang: Language) -> Any:
    cell = header_cell(sheet, column.label(lang) + ("*" if column.required else ""))
    note = "\n".join(part for part in (column.help(lang), _choice_text(column, lang)) if part)
    if note:
        cell.comment = _comment(note)
    return cell


def _comment(text: str) -> Any:
    from openpyxl.comments import Comment

    return Comment(text, "Guantong", height=120, width=320)


def _choice_text(column: Column, lang: Language) -> str:
    if not column.choices:
        return ""
    labels = [choice.label(lang) for choice in column.choices]
    return render("template.choices", lang, choices=("、" if lang == "zh" else ", ").join(labels))


def _add_choices(sheet: Any, column: Column, letter: str, lang: Language) -> None:
    """Offer the choices in a drop-down; only a closed list refuses other words."""
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(choice.label(lang) for choice in column.choices)
    if not listed or len(listed) > _LONGEST_LIST:
        return
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    rule.showErrorMessage = column.closed
    rule.error = _choice_text(column, lang)
    rule.add(f"{letter}2:{letter}{_ROWS_WITH_CHOICES}")
    sheet.data_validations.append(rule)


def _add_notes(sheet: Any, columns: list[Column], lang: Language) -> None:
    for letter, width in zip("ABCDE", (28, 8, 60, 60, 28), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    names = ("column", "required", "note", "choices_head", "key")
    heads = [render(f"template.{name}", lang) for name in names]
    sheet.append([header_cell(sheet, head) for head in heads])
    for column in columns:
        row = (
            column.label(lang),
            render("template.yes", lang) if column.required else "",
            column.help(lang),
            _choice_text(column, lang),
            column.key,
        )
        sheet.append([literal_cell(sheet, text) for text in row])
    for name in ("example", "dates", "lists", "privacy"):
        sheet.append([literal_cell(sheet, render(f"template.{name}", lang))])
