"""CSV in and out: encodings, delimiters, and cells that a spreadsheet would take for formulas."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, TextIO

from guantong.errors import InputError
from guantong.records.problems import CellError
from guantong.records.tables.grid import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from guantong.records.tables.grid import Limits, Row

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",\t;|"
_CHUNK = 1 << 20
_SAMPLE_LINES = 40
_MOST_BROKEN_ROWS = 100
# What Python's csv module reads back without changing a limit of the whole process.
LONGEST_TEXT = 131_072
# Excel in Chinese and Japanese takes the full-width signs for formulas too (OWASP).
FORMULA_STARTS = r"[=+\-@\t\r\n＝＋－＠]"
_FORMULA = re.compile("'*" + FORMULA_STARTS)
_GUARDED = re.compile("'+" + FORMULA_STARTS)


def open_csv(path: Path, limits: Limits) -> Iterator[Sheet]:
    """Yield the one sheet of a CSV file."""
    encoding = encoding_of(path)
    yield Sheet("", _rows(path, encoding, limits))


def encoding_of(path: Path) -> str:
    """Return ``utf-8-sig``, ``utf-16`` or ``gb18030``, whichever the whole file is written in."""
    with path.open("rb") as source:
        start = source.read(4)
    marked = [encoding for mark, encoding in _BOMS if start.startswith(mark)]
    for encoding in marked or ("utf-8", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise InputError("tables.unknown_encoding", file=path.name)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as source:
            while chunk := source.read(_CHUNK):
                if b"\0" in chunk and encoding != "utf-16":
                    return False
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _rows(path: Path, encoding: str, limits: Limits) -> Iterator[tuple[int, Row]]:
    """Yield the rows; after one whose quotes do not close, go on with the very next line."""
    delimiter = _delimiter_of(path, encoding)
    number = skipped = 0
    for _ in range(_MOST_BROKEN_ROWS):
        with path.open(encoding=encoding, newline="") as source:
            reader = csv.reader(islice(source, skipped, None), delimiter=delimiter, strict=True)
            good_lines = 0
            try:
                for cells in reader:
                    number += 1
                    good_lines = reader.line_num
                    if number > limits.rows or len(cells) > limits.columns:
                        raise InputError("tables.too_large", file=path.name)
                    yield number, [unguarded(cell) for cell in cells]
            except csv.Error:
                number += 1
                skipped += good_lines + 1
                yield number, CellError("row.broken_quotes")
            else:
                return
    raise InputError("tables.broken_csv", file=path.name, row=number)


def _delimiter_of(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as source:
        lines = [line for line, _ in zip(source, range(_SAMPLE_LINES), strict=False)]
    best = max(_DELIMITERS, key=lambda mark: _agreement(mark, lines))
    return best if _agreement(best, lines) > (0, 0) else ","


def _agreement(mark: str, lines: list[str]) -> tuple[float, int]:
    """Return which share of the rows has the same number of cells, more than one, and which."""
    rows = [row for row in csv.reader(lines, delimiter=mark) if any(row)]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, count = max(widths.items(), key=lambda item: item[1], default=(0, 0))
    return (count / len(rows) if rows else 0.0, width)


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: ``=`` gets an apostrophe before it."""
    return "'" + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return what :func:`guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV in UTF-8 with a byte order mark, as Excel wants it."""
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        write_guarded_rows(target, headers, rows)


def write_guarded_rows(
    target: TextIO, headers: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write headers and rows, no cell of which is run as a formula by a spreadsheet."""
    writer = csv.writer(target)
    for row in chain((headers,), rows):
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
