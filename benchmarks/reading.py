"""A process that only reads an index: opening, questions and memory, as one JSON object.

    python -m benchmarks.reading INDEX NEEDS

NEEDS is a table of needs. Its own process, so that memory is that of reading alone.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import cast

from benchmarks.clock import Times
from guantong.matching.index import Index
from guantong.matching.matcher import Matcher
from guantong.records import Need, Side
from guantong.records.tables import read_records


def main(path: Path, table: Path) -> None:
    """Print the figures of one process."""
    needs = [cast("Need", each) for each in read_records(table, side=Side.NEED).records]
    start = time.perf_counter()
    index = Index.open(path)
    opened = time.perf_counter() - start
    matcher = Matcher(index)
    start = time.perf_counter()
    matcher.offers_for(needs[0])
    first = time.perf_counter() - start
    for need in needs[:20]:
        matcher.offers_for(need)
    times = Times()
    for need in needs:
        times.take(lambda need=need: matcher.offers_for(need))  # type: ignore[misc]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {"open": opened, "first": first, "p50": times.p50, "p99": times.p99}
    print(json.dumps({**figures, "busy": times.busy, "peak_mb": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
