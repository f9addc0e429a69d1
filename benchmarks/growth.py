"""Ten times the records: query time, opening, memory of a reading process, disk."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.clock import ONE_THREAD, whole_process
from benchmarks.frame import Run, Table
from benchmarks.indexes import Built, index_of
from benchmarks.material import Recombined, offers, titles_as_needs
from benchmarks.speed_query import QUERIES
from guantong.records.tables import write_records

if TYPE_CHECKING:
    from pathlib import Path

TIMES = 10
_ROUNDS = 3


def measure(run: Run) -> list[Table]:
    """Build both sizes where they are not there yet and read them in turn."""
    source, count = Recombined(run), run.records
    sizes = (count, TIMES * count)
    built = [
        index_of(run, f"{source.name}-{size}", lambda size=size: source.records(size))  # type: ignore[misc]
        for size in sizes
    ]
    needs = run.work / "tables" / f"titles-{source.name}.jsonl"
    needs.parent.mkdir(parents=True, exist_ok=True)
    write_records(needs, titles_as_needs(offers(run), run.size(QUERIES, 30)))
    rounds = [[_read(run, each, needs) for each in built] for _ in range(run.size(_ROUNDS, 1))]
    few, many = ([pair[at] for pair in rounds] for at in range(2))
    lines = {
        "query p50, ms": "p50",
        "query p99, ms": "p99",
        "query, processor ms": "busy",
        "opening, s": "open",
        "first query, s": "first",
        "memory of the reading process, MB": "peak_mb",
    }
    rows = [
        _row(name, *(_middle(each, key) for each in (few, many))) for name, key in lines.items()
    ]
    rows.append(_row("on disk, MB", *(each.megabytes for each in built)))
    rows.append(_row("building, records/s", *(each.rate for each in built)))
    headers = ("what", *(f"{size:,}" for size in sizes), "ratio")
    notes = (
        f"titles as needs, ten offers with reasons; median of {len(rounds)} processes in turn",
        "mapped files count as memory",
    )
    return [Table("Growth", headers, rows, notes)]


def _read(run: Run, built: Built, needs: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.reading", str(built.path), str(needs)]
    done = whole_process(command, run.work / "reading.log", ONE_THREAD)
    figures: dict[str, Any] = json.loads(done.output.splitlines()[-1])
    return figures


def _middle(found: list[dict[str, Any]], key: str) -> float:
    return float(np.median([each[key] for each in found]))


def _row(name: str, few: float, many: float) -> tuple[str, ...]:
    digits = 0 if few >= 100 else 2
    return name, f"{few:,.{digits}f}", f"{many:,.{digits}f}", f"{many / few:.2f}"
