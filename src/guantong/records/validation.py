"""Everything there is to say about some tables before they are used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guantong.records.duplicates import DuplicateGroup, find_duplicates
from guantong.records.problems import Severity
from guantong.records.tables import DEFAULT_LIMITS, read_records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from guantong.records.kind import Side
    from guantong.records.problems import Problem
    from guantong.records.tables import Limits, ReadResult


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one file holds."""

    file: str
    result: ReadResult


@dataclass(frozen=True, slots=True)
class Validation:
    """What the files hold together, and what should be looked at."""

    files: tuple[FileReport, ...]
    duplicates: tuple[DuplicateGroup, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the problems of all files in order."""
        return tuple(problem for each in self.files for problem in each.result.problems)

    @property
    def rejected(self) -> int:
        """Return how many rows were not taken."""
        return sum(each.result.rejected for each in self.files)

    @property
    def warnings(self) -> int:
        """Return how many remarks there are on rows that were taken."""
        return sum(problem.severity is Severity.WARNING for problem in self.problems)

    def counts(self) -> dict[str, int]:
        """Return the number of records of each kind in all files."""
        total: Counter[str] = Counter()
        for each in self.files:
            total.update(each.result.counts())
        return dict(total)


def validate(
    paths: Sequence[Path | str],
    *,
    kind: str | None = None,
    side: Side | None = None,
    strict: bool = False,
    today: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Validation:
    """Read the files and look for duplicates within and across them.

    The arguments are those of :func:`~guantong.records.tables.read_records`.
    """
    files = tuple(
        FileReport(
            str(path),
            read_records(path, kind=kind, side=side, strict=strict, today=today, limits=limits),
        )
        for path in paths
    )
    records = [record for each in files for record in each.result.records]
    return Validation(files, find_duplicates(records))
