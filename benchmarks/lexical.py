"""BM25 on words, on pairs of characters and on single ones: what a match without meaning is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.encoders_bench import bm25
from guantong.matching.index import text_reader
from guantong.records.kinds import search_parts
from guantong.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from guantong.records import Record

WORDS = "BM25 on words"
PAIRS = "BM25 on pairs of characters"
SUM = "sum of words and pairs"
_NO_LETTER = re.compile(r"\W+")


def text_of(record: Record) -> str:
    """Return the searched text of a record, the title once, the parts on lines of their own."""
    parts = search_parts(record)
    return "\n".join((parts.title, *parts.keywords, parts.body))


def lexical_scores(needs: Sequence[str], offers: Sequence[str]) -> dict[str, np.ndarray]:
    """Return the scores of every text of a need with every offer's by each lexical peer."""
    found = {
        name: bm25(_cut(name, tuple(offers)), list(map(cut, needs))) for name, cut in _CUTS.items()
    }
    words, pairs = (_standardized(found[name]) for name in (WORDS, PAIRS))
    return {**found, SUM: words + pairs}


@lru_cache(maxsize=4)
def _cut(name: str, texts: tuple[str, ...]) -> list[list[str]]:
    return list(map(_CUTS[name], texts))


def _words(text: str) -> list[str]:
    return text_reader().table.words(text)


def _pairs(text: str) -> list[str]:
    return [
        run[at : at + 2]
        for run in _NO_LETTER.split(normalize(text))
        for at in range(max(len(run) - 1, 1))
        if run
    ]


def _characters(text: str) -> list[str]:
    return [letter for letter in normalize(text) if letter.isalnum()]


def _standardized(scores: np.ndarray) -> np.ndarray:
    """Return the scores of each need with mean 0 and deviation 1; equal scores become 0."""
    deviation = scores.std(1, keepdims=True)
    scores = scores - scores.mean(1, keepdims=True)
    scaled: np.ndarray = scores / np.where(deviation > 0, deviation, 1)
    return scaled


_CUTS: Mapping[str, Callable[[str], list[str]]] = {
    WORDS: _words,
    PAIRS: _pairs,
    "BM25 on single characters": _characters,
}
