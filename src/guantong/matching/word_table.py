"""The shipped word vectors read word by word, so that two texts can be compared term by term."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from guantong.matching.encoders.protocol import Vectors, unit_rows
from guantong.matching.encoders.static import StaticEncoder
from guantong.text.segment import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Codes = npt.NDArray[np.uint32]
Weights = npt.NDArray[np.float32]


class WordTable(StaticEncoder):
    """A static encoder whose words have numbers (codes), vectors and weights of their own."""

    @property
    def size(self) -> int:
        """Return how many words are known."""
        return len(self._rows)

    def words_of(self, normalised: str) -> list[str]:
        """Return the words of a text that is normalised already."""
        return words(normalised, self._segmenter or self._default_segmenter)

    def codes(self, words: Iterable[str]) -> list[int]:
        """Return the code of each word; an unknown word gives the codes of its known pieces."""
        given = list(words)
        rows = list(map(self._index.get, given))
        if None not in rows:
            return cast("list[int]", rows)
        codes: list[int] = []
        for word, row in zip(given, rows, strict=True):
            if row is None:
                codes.extend(self._pieces(word))
            else:
                codes.append(row)
        return codes

    def known(self, word: str) -> tuple[int, ...]:
        """Return the code of a word that is in the table, nothing for any other."""
        row = self._index.get(word)
        return () if row is None else (row,)

    def word(self, code: int) -> str:
        """Return the word behind a code."""
        return self._words[code]

    def unit_vectors(self, codes: Codes) -> Vectors:
        """Return one row of length 1 for each code."""
        rows = self._rows[codes].astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        rows /= np.maximum(lengths, 1e-9)[:, None]
        return rows

    def sums(self, codes: Codes, counts: Sequence[int], repeats: Weights | None = None) -> Vectors:
        """Return the unit sum of the first ``counts[0]`` words, of the next ``counts[1]``, …

        ``repeats`` says how often each word counts.
        """
        factors: Weights = self._scales[codes]
        if repeats is not None:
            factors = factors * repeats
        return unit_rows(self._sums(codes.astype(np.intp), factors, np.cumsum(counts).tolist()))

    @cached_property
    def _words(self) -> list[str]:
        return list(self._index)
