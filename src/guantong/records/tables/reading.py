"""Records out of a file, one after another, with a problem for every row that is wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guantong.errors import InputError
from guantong.records import kinds
from guantong.records.codecs import text_of
from guantong.records.kind import Kind, Side
from guantong.records.problems import CellError, Problem, Severity, shorten
from guantong.records.tables.csv_file import open_csv
from guantong.records.tables.formats import Format, checked_format
from guantong.records.tables.grid import DEFAULT_LIMITS, Limits, Sheet
from guantong.records.tables.headers import (
    KIND_HEADERS,
    best_kinds,
    layout,
    plain_header,
    score,
)
from guantong.records.tables.jsonl_file import read_jsonl
from guantong.records.tables.rows import RowReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from guantong.records.model import Record
    from guantong.records.tables.grid import Row

_TITLE_ROWS = 30
_FEW_HEADERS = 3
_DEFAULT_KINDS = {Side.OFFER: "achievement", Side.NEED: "technology"}


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a file holds: its records in order, and what was wrong."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]

    @property
    def rejected(self) -> int:
        """Return how many rows were not taken."""
        errors = (each for each in self.problems if each.severity is Severity.ERROR)
        return len({(each.file, each.sheet, each.row) for each in errors})

    def counts(self) -> dict[str, int]:
        """Return the number of records of each kind."""
        return dict(Counter(record.kind for record in self.records))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the caller said about the file."""

    file: str
    kind: Kind | None
    side: Side | None
    today: date | None


def read_records(
    path: Path | str,
    *,
    kind: str | None = None,
    side: Side | None = None,
    strict: bool = False,
    today: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> ReadResult:
    """Read a whole table.

    ``kind`` names what the rows are; without it (or with ``"auto"``) it is found from the headers,
    among the kinds of ``side`` where that is given, and rows that only have a title are research
    results or technology needs. ``today`` is what 今年 in a date refers to. Raises
    :class:`InputError` for a file that cannot be read and, if ``strict``, at the first wrong row.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    for item in stream_records(
        path, kind=kind, side=side, strict=strict, today=today, limits=limits
    ):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            records.append(item)
    return ReadResult(tuple(records), tuple(problems))


def stream_records(
    path: Path | str,
    *,
    kind: str | None = None,
    side: Side | None = None,
    strict: bool = False,
    today: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Record | Problem]:
    """Yield records and problems as :func:`read_records` does, without holding the file."""
    source = Path(path)
    known = None if kind in (None, "auto") else kinds.get(str(kind))
    asked = _Asked(source.name, known, side, today)
    found = checked_format(source, limits)
    if found is Format.JSONL:
        items = _objects(read_jsonl(source, limits), asked)
    elif found is Format.CSV:
        items = _sheets(open_csv(source, limits), asked)
    else:
        from guantong.records.tables.xlsx_file import open_workbook

        items = _sheets(open_workbook(source, limits), asked)
    for item in items:
        if strict and isinstance(item, Problem) and item.severity is Severity.ERROR:
            raise item.as_error()
        yield item


def _objects(
    lines: Iterator[tuple[int, dict[str, Any] | CellError]], asked: _Asked
) -> Iterator[Record | Problem]:
    readers: dict[tuple[str, ...], RowReader] = {}
    ids: dict[str, str] = {}
    for number, value in lines:
        if isinstance(value, CellError):
            yield _wrong_line(asked, number, value)
            continue
        named = value.get("kind")
        keys = (str(named or ""), *value)
        reader = readers.get(keys)
        if reader is None:
            try:
                reader, problems = _reader_for(keys[1:], str(named or ""), asked, "", ids)
            except InputError as error:
                if error.code == "tables.kind_unclear" and not readers:
                    raise
                yield _wrong_line(asked, number, error)
                continue
            readers[keys] = reader
            yield from problems
        record, found = reader.read(tuple(value.values()), number)
        if found:
            yield from found
        if record is not None:
            yield record


def _wrong_line(asked: _Asked, number: int, error: InputError) -> Problem:
    return Problem(
        code=error.code,
        severity=Severity.ERROR,
        file=asked.file,
        row=number,
        value=shorten(error.params.get("value", "")),
        params={name: value for name, value in error.params.items() if name != "value"},
    )


def _reader_for(
    headers: Sequence[str], named: str, asked: _Asked, sheet: str, ids: dict[str, str]
) -> tuple[RowReader, list[Problem]]:
    """Return the reader of rows under ``headers`` and the remarks on the headers."""
    kind = _kind_named(named, asked) if named else asked.kind or _kind_of(headers, asked, sheet)
    found = layout(kind, headers)
    placed = [replace(problem, file=asked.file, sheet=sheet) for problem in found.problems]
    return RowReader(found, asked.file, sheet, asked.today, ids), placed


def _kind_named(name: str, asked: _Asked) -> Kind:
    """Return the kind that a row states, if the caller can use it."""
    kind = kinds.find(name) or asked.kind
    if kind is None:
        known = ", ".join(known.name for known in kinds.all_kinds())
        raise InputError("row.unknown_kind", value=name, known=known)
    if asked.side is not None and kind.side != asked.side:
        raise InputError(f"row.not_{asked.side}", value=name)
    return kind


def _kind_of(headers: Sequence[str], asked: _Asked, sheet: str) -> Kind:
    best = best_kinds(headers, asked.side, f"{sheet} {Path(asked.file).stem}")
    if len(best) == 1:
        return best[0]
    default = _DEFAULT_KINDS.get(asked.side) if asked.side else None
    if default and (not best or default in {kind.name for kind in best}):
        return kinds.get(default)
    if not best:
        raise InputError("tables.no_title_column", file=asked.file, sheet=sheet)
    names = ", ".join(kind.name for kind in best)
    raise InputError("tables.kind_unclear", file=asked.file, sheet=sheet, kinds=names)


def _sheets(sheets: Iterator[Sheet], asked: _Asked) -> Iterator[Record | Problem]:
    """Read every sheet that has a header row; one at least must."""
    ids: dict[str, str] = {}
    failures: list[InputError] = []
    read = 0
    for sheet in sheets:
        try:
            header, rest = _header_of(sheet, asked)
            reader = _SheetReader(header, sheet.name, asked, ids)
        except InputError as error:
            failures.append(error)
            continue
        read += 1
        yield from reader.problems
        for number, cells in rest:
            yield from reader.read(number, cells)
    if not read:
        raise failures[0] if failures else InputError("tables.empty_file", file=asked.file)
    for failure in failures:
        yield _skipped_sheet(asked, failure)


def _skipped_sheet(asked: _Asked, error: InputError) -> Problem:
    sheet = str(error.params.get("sheet", ""))
    return Problem(
        code="tables.sheet_skipped", severity=Severity.WARNING, file=asked.file, sheet=sheet
    )


def _header_of(sheet: Sheet, asked: _Asked) -> tuple[list[str], Iterator[tuple[int, Row]]]:
    """Return the header row, which may stand under title rows, and the rows that follow it."""
    first = list(islice(sheet.rows, _TITLE_ROWS))
    headers = [
        [] if isinstance(cells, CellError) else [_header_text(cell) for cell in cells]
        for _, cells in first
    ]
    points = [_header_points(row, asked) for row in headers]
    best = max(range(len(points)), key=lambda place: (points[place], -place), default=0)
    if not points or points[best] == 0:
        _check_side(headers, sheet.name, asked)
        seen = "、".join(shorten(cell) for cell in _fullest(headers) if cell)
        raise InputError("tables.no_header", file=asked.file, sheet=sheet.name, seen=shorten(seen))
    return headers[best], chain(first[best + 1 :], sheet.rows)


def _check_side(rows: list[list[str]], sheet: str, asked: _Asked) -> None:
    """Raise a clearer error where the headers are those of the other side of a match."""
    if asked.side is None:
        return
    for row in rows:
        for kind in best_kinds(row, None):
            if kind.side != asked.side and score(kind, row) > _FEW_HEADERS:
                code = f"tables.not_{asked.side}"
                raise InputError(code, file=asked.file, sheet=sheet, kind=kind.zh, kind_en=kind.en)


def _header_text(cell: object) -> str:
    try:
        return " ".join(text_of(cell).split())
    except CellError:
        return ""


def _fullest(rows: list[list[str]]) -> list[str]:
    return max(rows, key=lambda row: sum(bool(cell) for cell in row), default=[])


def _header_points(row: list[str], asked: _Asked) -> float:
    """Return how much a row looks like headers: a title column must be among them."""
    candidates = [asked.kind] if asked.kind is not None else best_kinds(row, asked.side)
    return max((score(kind, row) for kind in candidates if _titled(kind, row)), default=0.0)


def _titled(kind: Kind, row: list[str]) -> bool:
    return layout(kind, row).has("title")


class _SheetReader:
    """Reads the rows under one header row; a column of kinds may tell the rows apart."""

    def __init__(self, headers: list[str], sheet: str, asked: _Asked, ids: dict[str, str]) -> None:
        self._headers = headers
        self._sheet = sheet
        self._asked = asked
        self._ids = ids
        self._kind_at = next(
            (place for place, name in enumerate(headers) if plain_header(name) in KIND_HEADERS),
            None,
        )
        self._readers: dict[str, RowReader] = {}
        self.problems: list[Problem] = []
        if self._kind_at is None or asked.kind is not None:
            self._kind_at = None
            self._readers[""], self.problems = _reader_for(headers, "", asked, sheet, ids)

    def read(self, number: int, cells: Row) -> Iterator[Record | Problem]:
        """Yield the record of one row and its problems; nothing for an empty row."""
        if isinstance(cells, CellError):
            yield replace(_wrong_line(self._asked, number, cells), sheet=self._sheet)
            return
        if self._is_empty(cells):
            return
        beyond = [text_of(cell) for cell in cells[len(self._headers) :] if text_of(cell)]
        if beyond:
            yield self._problem("row.too_many_cells", Severity.WARNING, number, beyond[0])
        try:
            reader, problems = self._reader(cells)
        except InputError as error:
            yield replace(_wrong_line(self._asked, number, error), sheet=self._sheet)
            return
        yield from problems
        record, found = reader.read(cells, number)
        yield from found
        if record is not None:
            if record == kinds.get(record.kind).example:
                yield self._problem("row.example", Severity.WARNING, number, record.title)
            yield record

    def _is_empty(self, cells: Sequence[object]) -> bool:
        """Say whether a row holds nothing, or the headers once more as printed tables do."""
        return all(
            cell is None or cell == "" or text_of(cell) in ("", header)
            for cell, header in zip_longest(cells, self._headers[: len(cells)], fillvalue="")
        )

    def _reader(self, cells: Sequence[object]) -> tuple[RowReader, list[Problem]]:
        at = self._kind_at
        named = text_of(cells[at]) if at is not None and at < len(cells) else ""
        if named in self._readers:
            return self._readers[named], []
        reader, problems = _reader_for(self._headers, named, self._asked, self._sheet, self._ids)
        self._readers[named] = reader
        # Where several kinds share the headers, most of them do not concern a given row.
        return reader, [each for each in problems if each.code == "privacy.column_dropped"]

    def _problem(self, code: str, severity: Severity, row: int, value: str) -> Problem:
        return Problem(
            code=code,
            severity=severity,
            file=self._asked.file,
            sheet=self._sheet,
            row=row,
            value=value,
        )
