"""The main job from the shell: all needs against all results, workbook written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.clock import whole_process
from benchmarks.frame import MissingDataError, Run, Table
from benchmarks.material import NEEDS, RESULTS, load_sample
from guantong.records.tables import write_records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ROUNDS = 3


def measure(run: Run) -> list[Table]:
    """Time the command as a whole process, start of Python included, each time from nothing."""
    needs, offers = _tables(run)
    target = run.work / "main-job.xlsx"
    command = [*_guantong(), "match", str(needs), str(offers), "-o", str(target)]
    rows = []
    for number in range(1, run.size(_ROUNDS, 1) + 1):
        target.unlink(missing_ok=True)
        done = whole_process(command, run.work / "main-job.log")
        if not target.is_file():
            raise FileNotFoundError(target)
        rows.append(
            (
                str(number),
                f"{done.seconds:.1f}",
                f"{done.processor:.1f}",
                f"{done.peak_mb:,.0f}",
                f"{target.stat().st_size / 1e6:.1f}",
            )
        )
    headers = ("run", "s", "processor s", "largest process MB", "workbook MB")
    notes = (f"guantong match {needs.name} {offers.name} -o {target.name}",)
    return [Table("The main job", headers, rows, notes)]


def _tables(run: Run) -> tuple[Path, Path]:
    try:
        return run.file(NEEDS), run.file(RESULTS)
    except MissingDataError:
        if not run.quick:
            raise
    sample, folder = load_sample(), run.work / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    needs, offers = folder / "sample-needs.jsonl", folder / "sample-offers.jsonl"
    write_records(needs, sample.needs)
    write_records(offers, sample.offers)
    return needs, offers


def _guantong() -> Sequence[str]:
    """Return the command as the installed script runs it."""
    return [sys.executable, "-c", "from guantong.cli import main; main()"]
