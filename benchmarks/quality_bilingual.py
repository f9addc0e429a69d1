"""Finding a paper's English abstract by its Chinese title among all English abstracts."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, cast

import numpy as np

from benchmarks.encoders_bench import bm25, read
from benchmarks.frame import Run, Table
from benchmarks.indexes import index_of
from benchmarks.quality_plain import found_ranks
from benchmarks.ranks import ranks_of, recall, reciprocal
from guantong.matching.encoders import get_encoder
from guantong.matching.index import Index, text_reader
from guantong.matching.matcher import Matcher
from guantong.records import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guantong.records import Need, Offer

_PAIRS = "data/chinaxiv_zh_en.jsonl.gz"
# As tools/train_encoder/train.py --hold-out 1500 draws them.
_HELD_OUT, _HELD_OUT_SEED = 1_500, 7


def measure(run: Run) -> list[Table]:
    """Compare vectors, the whole search, and the words that both languages share."""
    pairs = read(run.file(_PAIRS))
    titles, abstracts = [each["title"] for each in pairs], [each["en_abstract"] for each in pairs]
    every = np.arange(len(pairs))
    held_out = np.random.default_rng(_HELD_OUT_SEED).permutation(every)[:_HELD_OUT]
    rows = []
    for name, scores in _scores(titles, abstracts, run):
        found = ranks_of(scores, every)
        rows.append((name, *_cells(found), *_cells(found[held_out])))
    searched = _searched(run, titles, abstracts, held_out[: run.size(_HELD_OUT, 50)])
    rows.append(("Guantong, whole search", "", "", *_cells(searched)))
    notes = (
        f"{len(pairs):,} pairs; the part: {_HELD_OUT:,} papers whose link training with --hold-out"
        f" {_HELD_OUT} does not see",
        "the shipped vectors have seen all links: what they reach on pairs that they have not seen"
        " is measured with --encoder static:FOLDER on vectors trained with --hold-out",
    )
    headers = ("who", "MRR@10, all", "Recall@10, all", "MRR@10, part", "Recall@10, part")
    return [Table("Chinese title to English abstract", headers, rows, notes)]


def _cells(ranks: np.ndarray) -> tuple[str, str]:
    return f"{reciprocal(ranks):.3f}", f"{recall(ranks):.3f}"


def _scores(titles: list[str], abstracts: list[str], run: Run) -> Iterator[tuple[str, np.ndarray]]:
    draw = np.random.default_rng(20260101)
    yield "random", draw.random((len(titles), len(titles)), np.float32)
    cut = text_reader().table.words
    yield "BM25 on words", bm25(list(map(cut, abstracts)), list(map(cut, titles)))
    for spec in ("default", *run.encoders):
        encoder = get_encoder(spec)
        yield f"vectors alone ({spec})", encoder.encode(titles) @ encoder.encode(abstracts).T


def _searched(
    run: Run, titles: Sequence[str], abstracts: Sequence[str], asked: np.ndarray
) -> np.ndarray:
    """Return the ranks that a search through an index of English records gives."""
    built = index_of(run, f"abstracts-{len(abstracts)}", lambda: map(_offer, count(), abstracts))
    make = kinds.get("technology").record
    needs = [cast("Need", make(id=str(row), title=titles[row])) for row in asked]
    with Index.open(built.path) as index:
        return found_ranks(Matcher(index), needs, {need.id: need.id for need in needs})


def _offer(row: int, abstract: str) -> Offer:
    """Return an abstract as a record that has its first sentence as title."""
    first, _, rest = abstract.partition(". ")
    make = kinds.get("achievement").record
    return cast("Offer", make(id=str(row), title=first, description=rest))
