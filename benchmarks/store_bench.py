"""Speed, memory and opening time of the index alone, on synthetic tokens and vectors.

    python benchmarks/store_bench.py [--rows 100000] [--dimensions 256] [--directory DIR] [--keep]

Tokens follow a Zipf law; vectors are int8 and lie in clusters, as meanings do. Everything is
drawn from one seed. Memory is that of a fresh process that only reads.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from guantong.matching.store import Entry, IndexReader, IndexWriter, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED = 20260101
WORDS = 60_000
LENGTHS = {"title": 10, "keywords": 5, "body": 90}
KINDS = ("achievement", "expert_team", "instrument", "pilot_platform")
QUERIES = 300
QUERY_TOKENS = 24
BLOCK = 10_000


class Synthetic:
    """A source of entries and queries that is the same for the same seed."""

    def __init__(self, dimensions: int) -> None:
        random = np.random.default_rng(SEED)
        chances = 1 / np.arange(1, WORDS + 1)
        self._edges = np.cumsum(chances / chances.sum())
        self._words = [f"词{number}" for number in range(WORDS)]
        self._centres = random.normal(size=(2_000, 48))
        self._spread = random.normal(size=(48, dimensions))
        self.dimensions = dimensions

    def tokens(self, random: np.random.Generator, texts: int, length: int) -> list[list[str]]:
        drawn = np.minimum(np.searchsorted(self._edges, random.random((texts, length))), WORDS - 1)
        words = self._words
        return [[words[number] for number in row] for row in drawn.tolist()]

    def vectors(self, random: np.random.Generator, count: int) -> np.ndarray:
        centre = self._centres[random.integers(0, len(self._centres), count)]
        inner = centre + 0.7 * random.normal(size=centre.shape)
        outer = inner @ self._spread + 0.5 * random.normal(size=(count, self.dimensions))
        outer /= np.linalg.norm(outer, axis=1, keepdims=True)
        return np.clip(np.round(outer * 400), -127, 127).astype(np.int8)

    def block(self, start: int, rows: int) -> list[Entry]:
        random = np.random.default_rng([SEED, start])
        fields = {name: self.tokens(random, rows, length) for name, length in LENGTHS.items()}
        vectors = self.vectors(random, rows)
        kinds = random.choice(len(KINDS), size=rows, p=(0.7, 0.15, 0.1, 0.05)).tolist()
        return [
            Entry(
                id=f"offer-{start + at:08d}",
                side=Side.OFFER,
                kind=KINDS[kinds[at]],
                record=json.dumps({"id": start + at, "body": fields["body"][at]}).encode(),
                text_hash=f"{start + at:032x}",
                terms=" ".join(fields["body"][at][:30]).encode(),
                vector=vectors[at],
                organisation=f"organisation-{at % 500}",
                **{name: texts[at] for name, texts in fields.items()},
            )
            for at in range(rows)
        ]


class Stopwatch:
    """Counts only the time inside its block, on the clock and on the processors."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.processor = 0.0

    def __enter__(self) -> None:
        self._start = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._start[0]
        self.processor += time.process_time() - self._start[1]


def build(path: Path, rows: int, source: Synthetic) -> None:
    """Build the index; making the entries is not counted."""
    watch = Stopwatch()
    with watch:
        writer = IndexWriter.open(path, dimensions=source.dimensions, settings={"encoder": "none"})
    for start in range(0, rows, BLOCK):
        block = source.block(start, min(BLOCK, rows - start))
        with watch:
            writer.add(block)
    adding, processor = watch.seconds, watch.processor
    with watch:
        writer.commit()
        writer.close()
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    print(f"build      {rows:,} rows: {watch.seconds:.1f} s = {rows / watch.seconds:,.0f} rows/s")
    print(f"           adding {adding:.1f} s ({processor:.1f} s of processor time)")
    print(
        f"           last commit with the graph {watch.seconds - adding:.1f} s"
        f" ({watch.processor - processor:.1f} s of processor time)"
    )
    print(f"           on disk {size / 1e6:,.0f} MB")


def percentiles(action: Callable[[], Iterator[object]]) -> str:
    """Return p50 and p99 of the steps of a generator, and the mean processor time."""
    times, processor = [], []
    steps = action()
    while True:
        start, busy = time.perf_counter(), time.thread_time()
        if next(steps, steps) is steps:
            break
        times.append(1e3 * (time.perf_counter() - start))
        processor.append(1e3 * (time.thread_time() - busy))
    p50, p99 = np.percentile(times, (50, 99))
    return f"p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   processor {np.mean(processor):6.2f} ms"


def read(path: Path, source: Synthetic) -> None:
    """Open the index and measure each kind of question."""
    start = time.perf_counter()
    reader = IndexReader.open(path)
    print(f"open       {(time.perf_counter() - start) * 1e3:.0f} ms")
    random = np.random.default_rng(SEED + 1)
    texts = source.tokens(random, QUERIES, QUERY_TOKENS)
    queries = [[(token, 1.0) for token in dict.fromkeys(text)] for text in texts]
    vectors = source.vectors(random, QUERIES)
    found: list[np.ndarray] = []
    side = Side.OFFER

    def lexical(**how: object) -> Iterator[object]:
        for tokens in queries:
            yield reader.lexical(tokens, side=side, limit=100, **how)  # type: ignore[arg-type]

    def nearest(**how: object) -> Iterator[object]:
        for vector in vectors:
            hits = reader.nearest(vector, side=side, limit=100, **how)  # type: ignore[arg-type]
            found.append(hits.rows)
            yield hits

    def fetch() -> Iterator[object]:
        for first, second in itertools.pairwise(found):
            yield reader.fetch(np.union1d(first, second))

    start = time.perf_counter()
    reader.nearest(vectors[0], side=side, limit=100)
    print(f"first      {(time.perf_counter() - start) * 1e3:.0f} ms for the first vector query")
    for text in queries:
        reader.lexical(text, side=side, limit=100)
    print("lexical    3 fields        ", percentiles(lexical))
    print("           1 field         ", percentiles(lambda: lexical(fields={"body": 1.0})))
    print("           rare kind       ", percentiles(lambda: lexical(kinds=[KINDS[-1]])))
    print("nearest    all kinds       ", percentiles(nearest))
    print("fetch      about 200 rows  ", percentiles(fetch))
    print("nearest    frequent kinds  ", percentiles(lambda: nearest(kinds=KINDS[:2])))
    print("           rare kind       ", percentiles(lambda: nearest(kinds=[KINDS[-1]])))
    print("frequency  24 tokens       ", percentiles(lambda: frequencies(reader, texts)))
    reader.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory     peak {peak:,.0f} MB, mapped files included")


def frequencies(reader: IndexReader, texts: list[list[str]]) -> Iterator[object]:
    for text in texts:
        yield reader.document_frequency(text, Side.OFFER)


def recall(path: Path, source: Synthetic, queries: int = 50) -> None:
    """Compare the graph with a comparison of all vectors."""
    from usearch.index import search

    with IndexReader.open(path) as reader:
        rows = np.arange(1, reader.count(Side.OFFER) + 1)
        matrix = np.concatenate([reader.fetch(part).vectors for part in np.array_split(rows, 50)])
        shared = 0
        for vector in source.vectors(np.random.default_rng(SEED + 2), queries):
            exact = search(matrix, vector, 100, "cos", exact=True, threads=1).keys + 1
            found = reader.nearest(vector, side=Side.OFFER, limit=100).rows
            shared += len(np.intersect1d(found, exact))
    print(f"recall@100 {shared / queries / 100:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--directory", type=Path, help="where to build (default: a temporary one)")
    parser.add_argument("--keep", action="store_true", help="keep the index, use it if it is there")
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    source = Synthetic(options.dimensions)
    if options.read:
        read(options.directory, source)
        return
    path = options.directory or Path(tempfile.mkdtemp(prefix="guantong-store-"))
    try:
        if not (path / "index.sqlite").exists():
            build(path, options.rows, source)
        again = [sys.executable, __file__, "--read", "--directory", str(path)]
        subprocess.run([*again, "--dimensions", str(options.dimensions)], check=True)
        if options.rows <= 100_000:
            recall(path, source)
    finally:
        if not options.keep:
            shutil.rmtree(path)


if __name__ == "__main__":
    main()
