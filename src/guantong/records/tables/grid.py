"""What every table format hands over: sheets of numbered rows, and the limits of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from guantong.records.problems import CellError

    Row: TypeAlias = Sequence[object] | CellError


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold before it is refused: bytes once unpacked, rows and columns."""

    unpacked_bytes: int = 4 * 1024**3
    workbook_bytes: int = 1024**3
    rows: int = 5_000_000
    columns: int = 1_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name (empty in a CSV) and its rows with their numbers, counted from 1.

    A row that cannot even be cut into cells comes as the error that says why.
    """

    name: str
    rows: Iterator[tuple[int, Row]]
