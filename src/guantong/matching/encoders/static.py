"""The shipped encoder: a table of word vectors and their weighted sum, without any model run."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from guantong.errors import ConfigurationError
from guantong.matching.encoders.protocol import Vectors, unit_rows
from guantong.text.normalize import normalize
from guantong.text.segment import RjiebaSegmenter, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from guantong.text.segment import Segmenter

SHIPPED = Path(__file__).parent / "data" / "static-zh-en"
_FILES = ("config.json", "words.txt", "vectors.npy", "scales.npy")
# Rows in one block of arithmetic, which then stays within the processor's cache.
_BLOCK = 1024
_LONGEST_PIECE = 24
_UNKNOWN_LETTER = -30.0


@dataclass(frozen=True, slots=True)
class _Table:
    """What a folder holds: row ``i`` times scale ``i`` is the weighted vector of word ``i``."""

    name: str
    words: list[str]
    rows: NDArray[np.int8]
    scales: NDArray[np.float32]


class StaticEncoder:
    """Word vectors from a folder, added up by learned weights; Chinese and English share one space.

    A word outside the vocabulary is cut into its likeliest known pieces, down to characters.
    """

    def __init__(self, folder: Path = SHIPPED, segmenter: Segmenter | None = None) -> None:
        table = _read(folder)
        self.name = table.name
        self.dimensions = int(table.rows.shape[1])
        self._rows = table.rows
        self._scales = table.scales
        self._index = {word: row for row, word in enumerate(table.words)}
        self._segmenter = segmenter
        self._pieces = lru_cache(maxsize=100_000)(partial(cut_into_pieces, index=self._index))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row for each text; see :class:`Encoder`."""
        return self.encode_words(self.words(text) for text in texts)

    def encode_words(self, texts: Iterable[Iterable[str]]) -> Vectors:
        """Return one unit row for each text that is already cut into normalised words."""
        rows: list[int] = []
        shares: dict[int, float] = {}
        ends: list[int] = []
        known = self._index.get
        for text in texts:
            for word in text:
                row = known(word)
                if row is not None:
                    rows.append(row)
                    continue
                pieces = self._pieces(word)
                for piece in pieces:
                    shares[len(rows)] = _share(len(pieces))
                    rows.append(piece)
            ends.append(len(rows))
        factors = self._scales[rows]
        if shares:
            factors[list(shares)] *= np.fromiter(shares.values(), np.float32, len(shares))
        return unit_rows(self._sums(np.array(rows, np.intp), factors, ends))

    def words(self, text: str) -> list[str]:
        """Return the words of a text, cut as they were when the vocabulary was made."""
        return words(normalize(text), self._segmenter or self._default_segmenter)

    def _sums(self, rows: NDArray[np.intp], factors: Vectors, ends: list[int]) -> Vectors:
        """Add up the weighted rows of each text, a block of texts at a time."""
        out = np.zeros((len(ends), self.dimensions), np.float32)
        bounds = np.array([0, *ends])
        for first, last in _blocks(bounds):
            start, stop = bounds[first], bounds[last]
            table = self._rows[rows[start:stop]].astype(np.float32)
            table *= factors[start:stop, None]
            filled = first + np.flatnonzero(np.diff(bounds[first : last + 1]))
            if len(filled):
                out[filled] = np.add.reduceat(table, bounds[filled] - start, axis=0)
        return out

    @cached_property
    def _default_segmenter(self) -> Segmenter:
        return RjiebaSegmenter()


def cut_into_pieces(word: str, index: Mapping[str, int]) -> tuple[int, ...]:
    """Return the rows of the known pieces that are likeliest together (Viterbi).

    ``index`` counts words from the most frequent on, so a row stands for a probability.
    """
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for end in range(1, len(word) + 1):
        found = (best[end - 1][0] + _UNKNOWN_LETTER, best[end - 1][1])
        for start in range(max(0, end - _LONGEST_PIECE), end):
            piece = word[start:end]
            row = index.get(piece)
            if row is not None and _may_be_piece(piece):
                score = best[start][0] - math.log(row + 10)
                if score > found[0]:
                    found = (score, (*best[start][1], row))
        best.append(found)
    return best[-1][1]


def _read(folder: Path) -> _Table:
    """Open the files of a model; the rows stay on disk until they are used."""
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise ConfigurationError(
            "encoders.folder_incomplete", folder=str(folder), missing=", ".join(missing)
        )
    file = folder / _FILES[0]
    try:
        name = str(json.loads(file.read_text(encoding="utf-8"))["name"])
        file = folder / "words.txt"
        known = file.read_text(encoding="utf-8").splitlines()
        file = folder / "vectors.npy"
        stored = np.load(file, mmap_mode="r", allow_pickle=False)
        file = folder / "scales.npy"
        scales = np.load(file, allow_pickle=False).astype(np.float32)
    except (ValueError, KeyError, TypeError, OSError) as error:
        problem = " ".join(f"{type(error).__name__} {error}".split())[:200]
        raise ConfigurationError(
            "encoders.folder_unreadable", file=str(file), problem=problem
        ) from error
    if stored.ndim != 2 or not len(known) == len(stored) == len(scales):
        raise ConfigurationError("encoders.folder_inconsistent", folder=str(folder))
    return _Table(name, known, _unpacked(stored), scales)


def _unpacked(stored: NDArray[np.int8] | NDArray[np.uint8]) -> NDArray[np.int8]:
    """Return stored rows as whole numbers; unsigned bytes hold two four-bit numbers each.

    The lower halves of a row's bytes are its first numbers and the upper halves the rest; eight
    stands for nought. Rows of signed bytes stay on disk until they are used.
    """
    if stored.dtype != np.uint8:
        return np.asarray(stored, np.int8)
    half = stored.shape[1]
    rows = np.empty((len(stored), 2 * half), np.int8)
    for start in range(0, len(stored), _BLOCK):
        packed = stored[start : start + _BLOCK]
        block = rows[start : start + _BLOCK]
        unsigned = block.view(np.uint8)
        np.bitwise_and(packed, 15, out=unsigned[:, :half])
        np.right_shift(packed, 4, out=unsigned[:, half:])
        block -= 8
    return rows


def _may_be_piece(piece: str) -> bool:
    """Keep Latin letters from being read one or two at a time, which would mean nothing."""
    return len(piece) > 2 or piece > "\u3000"


def _share(pieces: int) -> float:
    """Weight of one piece of a word: several pieces together weigh about as much as one word."""
    return 1.0 / math.sqrt(max(pieces, 1))


def _blocks(bounds: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Yield ``(first, last)`` text numbers so that a block holds about ``_BLOCK`` tokens."""
    first, texts = 0, len(bounds) - 1
    while first < texts:
        last = int(np.searchsorted(bounds, bounds[first] + _BLOCK, side="right")) - 1
        last = max(last, first + 1)
        yield first, last
        first = last
