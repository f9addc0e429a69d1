"""Reading text in one process: normalising, cutting, technical indicators, whole records."""

from __future__ import annotations

import time
import unicodedata
from typing import TYPE_CHECKING

from benchmarks.frame import Run, Table
from benchmarks.lexical import text_of
from benchmarks.material import NEEDS, needs, offers
from guantong.matching.index import entries_of, text_reader
from guantong.text.indicators import extract_indicators
from guantong.text.normalize import normalize
from guantong.text.segment import default_segmenter, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from guantong.records import Record

_OFFERS = 4_000
_ROUNDS = 3


def measure(run: Run) -> list[Table]:
    """Compare each step with rjieba cutting the same texts, the least that any program does."""
    from rjieba import Jieba

    every, most = offers(run), run.size(_OFFERS, 50)
    some: list[Record] = [*every[:: max(len(every) // most, 1)][:most]]
    texts, asked = list(map(text_of, some)), list(map(text_of, needs(run, NEEDS)))
    reader, cut, segmenter = text_reader(), Jieba().cut, default_segmenter()
    normal = list(map(normalize, texts))
    steps: dict[str, tuple[Callable[[], object], Sequence[str]]] = {
        "rjieba alone": (lambda: list(map(cut, normal)), texts),
        "words (rjieba and the choice of words)": (
            lambda: [words(each, segmenter) for each in normal],
            texts,
        ),
        "NFKC of the standard library": (
            lambda: [unicodedata.normalize("NFKC", each) for each in texts],
            texts,
        ),
        "normalize": (lambda: list(map(normalize, texts)), texts),
        "indicators of abstracts": (lambda: list(map(extract_indicators, texts)), texts),
        "indicators of needs": (lambda: list(map(extract_indicators, asked)), asked),
        "whole index entries": (lambda: entries_of(some, reader), texts),
    }
    speeds = {name: _speed(step, on) for name, (step, on) in steps.items()}
    base = speeds["rjieba alone"]
    rows = [
        (
            name,
            f"{len(steps[name][1]) / _total(steps[name][1]) * speed:,.0f}",
            f"{speed / 1e6:.2f}",
            f"{speed / base:.2f}",
        )
        for name, speed in speeds.items()
    ]
    headers = ("what", "texts/s", "million characters/s", "speed to rjieba alone")
    notes = (
        f"{len(texts):,} results of {_total(texts) / len(texts):.0f} characters, "
        f"{len(asked)} needs of {_total(asked) / len(asked):.0f}; best of {_ROUNDS} rounds",
    )
    return [Table("Text", headers, rows, notes)]


def _total(texts: Sequence[str]) -> int:
    return sum(map(len, texts))


def _speed(step: Callable[[], object], texts: Sequence[str]) -> float:
    """Return characters per second of processor time."""
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.process_time()
        step()
        best = min(best, time.process_time() - start)
    return _total(texts) / best
