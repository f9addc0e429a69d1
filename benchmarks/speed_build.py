"""Building an index from text to searchable, beside lexical-only and hybrid libraries."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from benchmarks.frame import Run, Table, not_installed
from benchmarks.indexes import index_of
from benchmarks.material import Recombined
from benchmarks.peers import LanceHybrid, Material, TantivyAlone, bm25s_index, material
from guantong.records import Offer, Side
from guantong.records.tables import stream_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def measure(run: Run) -> list[Table]:
    """Build everything anew and compare records per second."""
    source, count = Recombined(run), run.records
    name, file = f"{source.name}-{count}", source.table(run, count)
    records = list(source.records(count))
    ours = index_of(run, name, lambda: records, fresh=True)
    from_file = index_of(run, f"{name}-file", lambda: _rows(file), fresh=True)
    texts, cutting = material(run, name, records, fresh=True)
    lexical = TantivyAlone(run, name, texts, fresh=True).built
    notes = [
        "two processes read text in ours, the peers' words are cut and encoded in one",
        f"cutting and encoding for the peers: {cutting.seconds:.1f} s; index on disk: ours "
        f"{ours.megabytes:.0f} MB, tantivy {lexical.megabytes:.0f} MB",
    ]
    cut = (cutting.seconds, cutting.processor)
    figures = {
        "Guantong, records to searchable": (ours.seconds, ours.processor),
        "Guantong, JSONL file to searchable": (from_file.seconds, from_file.processor),
        "tantivy alone, words ready cut": (lexical.seconds, lexical.processor),
        "tantivy alone, cutting included": (lexical.seconds + cut[0], lexical.processor + cut[1]),
    }
    figures |= _bm25s(run, texts, cut, notes) | _lance(run, name, texts, notes)
    rows = [
        (
            who,
            f"{seconds:.1f}",
            f"{count / seconds:,.0f}",
            f"{processor:.1f}",
            f"{count / processor:,.0f}",
            f"{seconds / ours.seconds:.2f}",
        )
        for who, (seconds, processor) in figures.items()
    ]
    headers = ("who", "s", "records/s", "processor s", "records/processor s", "time to ours")
    return [Table(f"Building, {count:,} records", headers, rows, tuple(notes))]


def _rows(file: Path) -> Iterator[Offer]:
    for record in stream_records(file, side=Side.OFFER):
        if isinstance(record, Offer):
            yield record


def _bm25s(
    run: Run, texts: Material, cut: tuple[float, float], notes: list[str]
) -> dict[str, tuple[float, float]]:
    package = run.peer("bm25s")
    if package is None:
        notes.append(not_installed("bm25s"))
        return {}
    start, busy = time.perf_counter(), time.process_time()
    bm25s_index(package, texts.words)
    seconds, processor = time.perf_counter() - start, time.process_time() - busy
    return {
        "bm25s in memory, words ready cut": (seconds, processor),
        "bm25s in memory, cutting included": (seconds + cut[0], processor + cut[1]),
    }


def _lance(
    run: Run, name: str, texts: Material, notes: list[str]
) -> dict[str, tuple[float, float]]:
    package = run.peer("lancedb")
    if package is None:
        notes.append(not_installed("lancedb"))
        return {}
    built = LanceHybrid(run, name, texts, package, fresh=True).built
    notes.append(f"LanceDB on disk: {built.megabytes:.0f} MB")
    return {"LanceDB hybrid, words and vectors ready": (built.seconds, built.processor)}
