"""Tables of pairs: read with their scores or levels, and written with scores added."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guantong.errors import InputError
from guantong.matching.evaluation import Judgement
from guantong.matching.pairs import PairScore
from guantong.records.codecs import text_of
from guantong.records.output import check_target, replacing
from guantong.records.problems import CellError, Problem, Severity, shorten
from guantong.records.tables.csv_file import open_csv, write_csv
from guantong.records.tables.formats import Format, checked_format
from guantong.records.tables.grid import DEFAULT_LIMITS
from guantong.records.tables.jsonl_file import read_jsonl

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from guantong.records.tables.grid import Row, Sheet

ENDINGS = (".csv", ".xlsx", ".jsonl")
"""The endings of the files that scored pairs can be written to."""

_NAMES = {
    "need_id": ("need_id", "needid", "需求编号", "需求id"),
    "offer_id": ("offer_id", "offerid", "achievement_id", "achievementid", "供给编号", "成果编号"),
    "level": ("level", "等级"),
    "score": ("score", "得分"),
}
_ADDED = ("score", "level")
_PLACES = 6
_TITLE_ROWS = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair as it stands in a table; ``cells`` are those of the whole row by header."""

    need_id: str
    offer_id: str
    row: int
    cells: Mapping[str, object]
    level: int = 0
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class PairTable:
    """The usable rows of a table of pairs in order, and what was wrong with the others."""

    file: str
    headers: tuple[str, ...]
    pairs: tuple[Pair, ...]
    problems: tuple[Problem, ...]

    def known(self, needs: Container[str], offers: Container[str]) -> PairTable:
        """Return the table without the pairs whose ids nobody has; each becomes a problem."""
        kept: list[Pair] = []
        problems = list(self.problems)
        for pair in self.pairs:
            if pair.need_id not in needs:
                problems.append(self._unknown(pair, "need"))
            elif pair.offer_id not in offers:
                problems.append(self._unknown(pair, "offer"))
            else:
                kept.append(pair)
        if not kept:
            raise InputError("pairs.nothing_left", file=self.file)
        return PairTable(self.file, self.headers, tuple(kept), tuple(problems))

    def judgements(self) -> list[Judgement]:
        """Return the pairs as judgements."""
        return [Judgement(pair.need_id, pair.offer_id, pair.level) for pair in self.pairs]

    def scores(self) -> list[PairScore]:
        """Return the pairs as scored; level 0 where the table has none."""
        return [
            PairScore(each.need_id, each.offer_id, each.score, each.level) for each in self.pairs
        ]

    def _unknown(self, pair: Pair, side: str) -> Problem:
        return Problem(
            code=f"pairs.unknown_{side}",
            severity=Severity.ERROR,
            file=self.file,
            row=pair.row,
            column=f"{side}_id",
            value=pair.need_id if side == "need" else pair.offer_id,
        )


def read_pairs(path: Path | str, *, wanted: Sequence[str] = ()) -> PairTable:
    """Read a table of pairs: CSV, XLSX or JSONL with ``need_id`` and ``offer_id``.

    ``wanted`` names the columns that must be there too (``level``, ``score``). Of rows with the
    same pair the first counts. Raises :class:`InputError` for a file without these columns.
    """
    source = Path(path)
    found = checked_format(source, DEFAULT_LIMITS)
    if found is Format.JSONL:
        reader = _Reader(source.name, wanted)
        reader.take_objects(read_jsonl(source, DEFAULT_LIMITS))
        return reader.table()
    if found is Format.CSV:
        sheets = open_csv(source, DEFAULT_LIMITS)
    else:
        from guantong.records.tables.xlsx_file import open_workbook

        sheets = open_workbook(source, DEFAULT_LIMITS)
    return _from_sheets(sheets, source.name, wanted)


def _from_sheets(sheets: Iterator[Sheet], file: str, wanted: Sequence[str]) -> PairTable:
    """Read the first sheet whose headers, which may stand under titles, name a pair."""
    reader = _Reader(file, wanted)
    for sheet in sheets:
        rows = sheet.rows
        for _, (_, cells) in zip(range(_TITLE_ROWS), rows, strict=False):
            names = (
                [] if isinstance(cells, CellError) else [text_of(cell).strip() for cell in cells]
            )
            if reader.use_headers(names):
                reader.take_rows(rows)
                return reader.table()
    raise reader.missing()


class _Reader:
    """Takes rows under one set of headers."""

    def __init__(self, file: str, wanted: Sequence[str]) -> None:
        self._file = file
        self._wanted = ("need_id", "offer_id", *wanted)
        self._columns: dict[str, str] = {}
        self._headers: dict[str, None] = {}
        self._seen: tuple[str, ...] = ()
        self._rows: dict[tuple[str, str], int] = {}
        self._pairs: list[Pair] = []
        self._problems: list[Problem] = []

    def table(self) -> PairTable:
        """Return what was taken."""
        return PairTable(
            self._file, tuple(self._headers), tuple(self._pairs), tuple(self._problems)
        )

    def missing(self) -> InputError:
        """Return the error that says which column is not there."""
        lacking = next(name for name in self._wanted if name not in _columns_of(self._seen))
        code = {"level": "pairs.no_level", "score": "pairs.no_score"}.get(
            lacking, "pairs.no_column"
        )
        seen = shorten("、".join(name for name in self._seen if name))
        return InputError(code, file=self._file, column=lacking, seen=seen)

    def use_headers(self, names: Sequence[str]) -> bool:
        """Say whether the headers name all that is wanted, and use them if so."""
        columns = _columns_of(names)
        if not self._seen or (columns and len(columns) >= len(_columns_of(self._seen))):
            self._seen = tuple(names)
        if not all(name in columns for name in self._wanted):
            return False
        self._columns = columns
        self._headers.update(dict.fromkeys(name for name in names if name))
        return True

    def take_objects(self, lines: Iterator[tuple[int, dict[str, Any] | CellError]]) -> None:
        """Take every line of a JSONL file; the first must have the wanted keys."""
        for number, value in lines:
            if isinstance(value, CellError):
                self._wrong(number, value.code, "", str(value.params.get("value", "")))
            elif self.use_headers(list(value)):
                self._take(number, value)
            elif not self._pairs:
                raise self.missing()
            else:
                self._wrong(number, "pairs.no_id", "need_id", "")

    def take_rows(self, rows: Iterator[tuple[int, Row]]) -> None:
        """Take every row under the headers in use."""
        headers = self._seen
        for number, cells in rows:
            if isinstance(cells, CellError):
                self._wrong(number, cells.code, "", "")
            elif any(cell not in (None, "") for cell in cells):
                self._take(number, dict(zip(headers, cells, strict=False)))

    def _take(self, number: int, cells: Mapping[str, object]) -> None:
        try:
            key = (self._id(cells, "need_id"), self._id(cells, "offer_id"))
            level = self._figure(cells, "level", _level)
            score = self._figure(cells, "score", _score)
        except CellError as error:
            column, value = error.params.get("column", ""), error.params.get("value", "")
            self._wrong(number, error.code, str(column), str(value))
            return
        if key in self._rows:
            self._remark(number, "pairs.twice", key[1], first=self._rows[key])
            return
        self._rows[key] = number
        self._pairs.append(Pair(*key, number, dict(cells), int(level), score))

    def _id(self, cells: Mapping[str, object], name: str) -> str:
        text = text_of(cells.get(self._columns[name])).strip()
        if not text:
            raise CellError("pairs.no_id", column=name)
        return text

    def _figure(
        self, cells: Mapping[str, object], name: str, read: Callable[[str], float]
    ) -> float:
        """Return the figure of a column, 0 where it is empty and nobody wants it."""
        text = text_of(cells.get(self._columns.get(name, ""))).strip()
        wanted = name in self._wanted
        if not wanted and not text:
            return 0
        try:
            return read(text)
        except ValueError as error:
            if not wanted:
                return 0
            raise CellError(f"pairs.not_a_{name}", column=name, value=text) from error

    def _wrong(self, row: int, code: str, column: str, value: str) -> None:
        self._problems.append(
            Problem(
                code=code,
                severity=Severity.ERROR,
                file=self._file,
                row=row,
                column=column,
                value=shorten(value),
            )
        )

    def _remark(self, row: int, code: str, value: str, **params: object) -> None:
        self._problems.append(
            Problem(
                code=code,
                severity=Severity.WARNING,
                file=self._file,
                row=row,
                value=value,
                params=params,
            )
        )


def _columns_of(names: Iterable[str]) -> dict[str, str]:
    """Return which of the names stands for which column of a pair."""
    plain = {name.strip().casefold().replace(" ", "_"): name for name in names}
    found: dict[str, str] = {}
    for column, known in _NAMES.items():
        match = next((plain[name] for name in known if name in plain), None)
        if match is not None:
            found[column] = match
    return found


def _level(text: str) -> float:
    value = float(text)
    if value not in (1, 2, 3, 4):
        raise ValueError(text)
    return value


def _score(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def write_scored(path: Path | str, table: PairTable, scores: Sequence[PairScore]) -> None:
    """Write the pairs with all their columns, and score (0 to 1) and level (1 to 4) last."""
    target = Path(path)
    ending = check_target(target, ENDINGS)
    headers = [name for name in table.headers if name not in _ADDED]
    rows = (
        [*_cells(pair, headers, ending), round(each.score, _PLACES), each.level]
        for pair, each in zip(table.pairs, scores, strict=True)
    )
    with replacing(target) as temporary:
        _WRITERS[ending](temporary, [*headers, *_ADDED], rows)


def _cells(pair: Pair, headers: Sequence[str], ending: str) -> list[object]:
    """Return the cells of a row; lists and objects out of JSON become text where cells are flat."""
    cells = [pair.cells.get(name) for name in headers]
    if ending == ".jsonl":
        return cells
    nested = (list, dict)
    return [json.dumps(c, ensure_ascii=False) if isinstance(c, nested) else c for c in cells]


def _write_jsonl(path: Path, headers: list[str], rows: Iterable[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as target:
        for row in rows:
            value = dict(zip(headers, row, strict=True))
            target.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def _write_xlsx(path: Path, headers: list[str], rows: Iterable[list[object]]) -> None:
    from guantong.records.tables.xlsx_file import add_sheet, new_workbook

    workbook = new_workbook()
    add_sheet(workbook, "scores", headers, [18] * len(headers), rows)
    workbook.save(path)


_WRITERS: Mapping[str, Callable[[Path, list[str], Iterable[list[object]]], None]] = {
    ".csv": write_csv,
    ".jsonl": _write_jsonl,
    ".xlsx": _write_xlsx,
}
