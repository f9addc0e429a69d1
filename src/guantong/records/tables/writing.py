"""Records into a file that reads back equal: CSV, XLSX or JSONL by the file's name."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guantong.errors import InputError
from guantong.records import kinds
from guantong.records.tables.csv_file import LONGEST_TEXT, write_csv
from guantong.records.tables.formats import Format, format_of_name
from guantong.records.tables.headers import EXTRA_PREFIX, KIND_HEADERS, column_for, plain_header
from guantong.records.tables.jsonl_file import write_jsonl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guantong.messages import Language
    from guantong.records.columns import Column
    from guantong.records.kind import Kind
    from guantong.records.model import Record

_ALWAYS = frozenset({"id", "title", "organisation"})


def write_records(path: Path | str, records: Iterable[Record], *, lang: Language = "zh") -> None:
    """Write records under headers in ``lang``; columns that nobody fills are left out.

    An XLSX has one sheet for each kind. A CSV of several kinds has keys for headers and a column
    ``kind``. JSONL has keys always, amounts in 元. Raises :class:`InputError` for an unknown
    ending, for a place that cannot be written to and for a text that no cell can hold.
    """
    target = Path(path)
    found = format_of_name(target)
    try:
        _write(target, found, records, lang)
    except OSError as error:
        raise InputError("tables.unwritable", file=str(path), reason=error.strerror) from error


def _write(target: Path, found: Format, records: Iterable[Record], lang: Language) -> None:
    if found is Format.JSONL:
        write_jsonl(target, (record_object(record) for record in records))
        return
    by_kind = _by_kind(records)
    if found is Format.XLSX:
        _write_workbook(target, by_kind, lang)
    elif len(by_kind) == 1:
        [(kind, members)] = by_kind.items()
        grid = _Grid(kinds.get(kind), members, lang)
        headers = grid.headers()
        write_csv(target, headers, _checked(grid.rows(), headers, LONGEST_TEXT))
    else:
        _write_mixed(target, by_kind, lang)


def record_object(record: Record) -> dict[str, Any]:
    """Return a record as one JSON object: its kind, the filled columns by key, and ``extra``."""
    kind = kinds.find(record.kind)
    if kind is None:
        raise InputError("tables.record_without_kind", id=record.id)
    value: dict[str, Any] = {"kind": kind.name}
    for column in kind.columns:
        # Most columns of most records are empty: a look at the field is cheaper than its codec.
        if column.dropped or (held := getattr(record, column.target)) is None or held in ("", ()):
            continue
        if (shown := column.json_of(record)) not in (None, "", []):
            value[column.key] = shown
    if record.extra:
        value["extra"] = dict(record.extra)
    return value


def _by_kind(records: Iterable[Record]) -> dict[str, list[Record]]:
    order = {kind.name: place for place, kind in enumerate(kinds.all_kinds())}
    known = list(records)
    for record in known:
        if record.kind not in order:
            raise InputError("tables.record_without_kind", id=record.id)
    ordered = sorted(known, key=lambda record: order[record.kind])
    grouped = groupby(ordered, key=lambda record: record.kind)
    return {kind: list(members) for kind, members in grouped}


class _Grid:
    """The records of one kind as headers and rows."""

    def __init__(self, kind: Kind, records: Sequence[Record], lang: Language) -> None:
        self.kind = kind
        self.records = records
        self.lang = lang
        self.columns = [
            column
            for column in kind.columns
            if not column.dropped
            and (column.key in _ALWAYS or any(_filled(column, each) for each in records))
        ]
        self.extra = list(dict.fromkeys(name for record in records for name in record.extra))

    def headers(self) -> list[str]:
        return [column.label(self.lang) for column in self.columns] + self.extra_headers()

    def extra_headers(self) -> list[str]:
        return [_extra_header(self.kind, name) for name in self.extra]

    def rows(self) -> Iterator[list[object]]:
        for record in self.records:
            cells = [column.cell_of(record, self.lang) for column in self.columns]
            yield [*cells, *(record.extra.get(name, "") for name in self.extra)]


def _filled(column: Column, record: Record) -> bool:
    return column.cell_of(record, "zh") not in (None, "")


def _extra_header(kind: Kind, name: str) -> str:
    """Return the header of an extra column, marked where it would be read as another one."""
    taken = column_for(kind, name) is not None or plain_header(name) in KIND_HEADERS
    plain = name and name == " ".join(name.split()) and not name.startswith(EXTRA_PREFIX)
    return name if plain and not taken and name != "extra" else EXTRA_PREFIX + name


def _write_workbook(path: Path, by_kind: dict[str, list[Record]], lang: Language) -> None:
    from guantong.records.tables import xlsx_file

    grids = [_Grid(kinds.get(name), members, lang) for name, members in by_kind.items()]
    # All rows are checked before the first is written: a half-written workbook is of no use.
    rows = [_checked(grid.rows(), grid.headers(), xlsx_file.LONGEST_TEXT) for grid in grids]
    with path.open("wb") as target:
        workbook = xlsx_file.new_workbook()
        for grid, checked in zip(grids, rows, strict=True):
            widths = [column.width for column in grid.columns] + [20] * len(grid.extra)
            label = grid.kind.label(lang)
            xlsx_file.add_sheet(workbook, label, grid.headers(), widths, checked)
        if not grids:
            workbook.create_sheet()
        workbook.save(target)


def _checked(rows: Iterator[list[object]], headers: list[str], longest: int) -> list[list[object]]:
    """Return the rows if each text fits a cell."""
    checked = list(rows)
    for number, row in enumerate(checked, 2):
        for header, cell in zip(headers, row, strict=True):
            if isinstance(cell, str) and len(cell) > longest:
                raise InputError(
                    "tables.cell_too_long",
                    row=number,
                    column=header,
                    length=len(cell),
                    longest=longest,
                )
    return checked


def _write_mixed(path: Path, by_kind: dict[str, list[Record]], lang: Language) -> None:
    """Write several kinds into one CSV, under the keys that they share."""
    grids = [_Grid(kinds.get(name), members, lang) for name, members in by_kind.items()]
    keys = list(dict.fromkeys(column.key for grid in grids for column in grid.columns))
    extra = list(dict.fromkeys(name for grid in grids for name in grid.extra))

    def rows() -> Iterator[list[object]]:
        for grid in grids:
            columns = grid.kind.by_key
            for record in grid.records:
                cells = [
                    columns[key].cell_of(record, lang) if key in columns else "" for key in keys
                ]
                yield [grid.kind.name, *cells, *(record.extra.get(name, "") for name in extra)]

    headers = ["kind", *keys, *(EXTRA_PREFIX + name for name in extra)]
    write_csv(path, headers, _checked(rows(), headers, LONGEST_TEXT))
