"""One row of cells becomes one record, or the reasons why not."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from guantong.records.codecs import text_of
from guantong.records.columns import CellContext
from guantong.records.ids import derived_id, distinct_id
from guantong.records.model import Provenance
from guantong.records.privacy import remove_personal_numbers
from guantong.records.problems import CellError, Problem, Severity, shorten
from guantong.records.tables.headers import EXTRA_PREFIX, KIND_HEADERS, plain_header

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from guantong.records.columns import Column
    from guantong.records.model import Record
    from guantong.records.tables.headers import Layout

UNREAD_PREFIX = "原"


@dataclass(slots=True)
class _Draft:
    """What has been read of one row so far."""

    file: str
    sheet: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def report(
        self, code: str, severity: Severity, column: str, value: object = "", **params: object
    ) -> None:
        problem = Problem(
            code=code,
            severity=severity,
            file=self.file,
            sheet=self.sheet,
            row=self.row,
            column=column,
            value=shorten(value),
            params=params,
        )
        self.problems.append(problem)

    def report_unread(self, error: CellError, column: Column, header: str, cell: object) -> None:
        """Report an unreadable cell; a lenient column keeps its text in ``extra``."""
        severity = Severity.WARNING if column.lenient else Severity.ERROR
        params = {name: value for name, value in error.params.items() if name != "value"}
        self.report(error.code, severity, header, as_text(cell), **params)
        if column.lenient:
            self.extra[UNREAD_PREFIX + column.zh] = as_text(cell)

    @property
    def rejected(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def without_numbers(self, cell: object, header: str) -> object:
        """Return a cell whose text holds no citizen ID and no mobile number, and report them."""
        if isinstance(cell, list):
            return [self.without_numbers(item, header) for item in cell]
        if not isinstance(cell, str):
            return cell
        text, findings = remove_personal_numbers(cell)
        for found in findings:
            self.report(f"privacy.{found.number}", Severity.WARNING, header, found.masked)
        return text


class RowReader:
    """Reads the rows of one layout.

    ``ids`` is shared by the readers of one file, derived id → the text it was given for, so that
    two different rows of one title and organisation do not fall together.
    """

    def __init__(
        self, layout: Layout, file: str, sheet: str, today: date | None, ids: dict[str, str]
    ) -> None:
        self._kind = layout.kind
        self._file = file
        self._sheet = sheet
        self._ids = ids
        self._slots = [
            (slot.header, slot.column, CellContext(slot.unit, today)) for slot in layout.slots
        ]
        self._composites = {
            column.target: column.composite
            for column in layout.kind.columns
            if column.composite is not None
        }

    def read(self, cells: Sequence[object], row: int) -> tuple[Record | None, list[Problem]]:
        """Return the record in ``cells``, ``None`` where the row cannot be taken."""
        draft = _Draft(self._file, self._sheet, row)
        for (header, column, context), cell in zip(self._slots, cells, strict=False):
            if cell is None or cell == "":
                continue
            if column is None:
                _keep(draft, header, cell)
            elif not column.dropped:
                _read_cell(draft, header, column, context, cell)
        self._join_pieces(draft)
        if not draft.values.get("title"):
            draft.report("row.no_title", Severity.ERROR, self._kind.by_key["title"].zh)
        if draft.problems and draft.rejected:
            return None, draft.problems
        self._identify(draft.values)
        if draft.extra:
            draft.values["extra"] = draft.extra
        provenance = Provenance(file=self._file, sheet=self._sheet, row=row)
        return self._kind.record(**draft.values, provenance=provenance), draft.problems

    def _join_pieces(self, draft: _Draft) -> None:
        for target in [name for name in draft.values if name in self._composites]:
            pieces = draft.values.pop(target)
            try:
                value = self._composites[target].build(pieces)
            except CellError as error:
                self._report_pieces(draft, error, target, pieces)
            else:
                if value:
                    draft.values[target] = value

    def _report_pieces(
        self, draft: _Draft, error: CellError, target: str, pieces: dict[str, Any]
    ) -> None:
        for column in self._kind.columns:
            if column.target == target and pieces.get(column.piece):
                draft.report_unread(error, column, column.zh, pieces[column.piece])

    def _identify(self, values: dict[str, Any]) -> None:
        if values.get("id"):
            return
        identity = derived_id(self._kind.name, values["title"], values.get("organisation", ""))
        content = str(values.get("description", "")) + str(values.get("summary", ""))
        if self._ids.setdefault(identity, content) != content:
            identity = distinct_id(identity, content)
        values["id"] = identity


def _read_cell(
    draft: _Draft, header: str, column: Column, context: CellContext, cell: object
) -> None:
    if not column.personal and not column.identifier:
        cell = draft.without_numbers(cell, header)
    try:
        value = column.codec.parse(cell, context)
    except CellError as error:
        value = error.partial
        draft.report_unread(error, column, header, cell)
    if value is None or value == "" or value == ():
        return
    if column.composite is None:
        draft.values[column.target] = value
    else:
        draft.values.setdefault(column.target, {})[column.piece] = value


def _keep(draft: _Draft, header: str, cell: object) -> None:
    if not header or plain_header(header) in KIND_HEADERS:
        return
    cell = draft.without_numbers(cell, header)
    if header == "extra" and isinstance(cell, dict):
        for name, value in cell.items():
            draft.extra[str(name)] = as_text(draft.without_numbers(value, str(name)))
    elif text := as_text(cell):
        draft.extra[header.removeprefix(EXTRA_PREFIX)] = text


def as_text(cell: object) -> str:
    """Return any cell as text, a list or an object as JSON."""
    if isinstance(cell, (list, dict)):
        return json.dumps(cell, ensure_ascii=False)
    return text_of(cell)
