"""The words and character grams of texts as the index keeps them: packed, and read back at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guantong.matching.encoders.protocol import Vectors
    from guantong.matching.word_table import Codes

Grams = npt.NDArray[np.uint16]

GRAMS = 1 << 16
"""Hashed characters and pairs of them are numbered below this."""

_HEADER = 3
_MOST = (1 << 16) - 1
_GRAM_MULTIPLIER = np.uint32(40503)
_FIRST_CHINESE = 0x3400
# Latin, Greek and Cyrillic letters, digits, kana, Chinese characters and Hangul make grams;
# punctuation and spaces break them.
_WORDLIKE_RANGES = (
    ("0", "9"),
    ("a", "z"),
    ("à", "ö"),
    ("ø", "ӿ"),
    ("ぁ", "ヿ"),
    ("㐀", "䶿"),
    ("一", "鿿"),
    ("가", "힣"),
)


def character_grams(text: str) -> Grams:
    """Return the hashed characters of a text two by two, and the Chinese ones singly too.

    A single letter or digit would say nothing.
    """
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    table = _wordlike_characters()
    wordlike = table[np.minimum(letters, len(table) - 1)]
    neighbours = wordlike[:-1] & wordlike[1:]
    pairs = letters[:-1][neighbours] * _GRAM_MULTIPLIER + letters[1:][neighbours]
    singles = letters[wordlike & (letters >= _FIRST_CHINESE)] * _GRAM_MULTIPLIER
    hashed = np.concatenate([pairs, singles])
    hashed ^= hashed >> np.uint32(15)
    grams: Grams = (hashed & np.uint32(GRAMS - 1)).astype(np.uint16)
    return grams


@cache
def _wordlike_characters() -> npt.NDArray[np.bool_]:
    table = np.zeros(0x10000, np.bool_)
    for first, last in _WORDLIKE_RANGES:
        table[ord(first) : ord(last) + 1] = True
    return table


def packed(words: Sequence[int], title_words: int, grams: Grams) -> bytes:
    """Return the distinct words and grams of a text as bytes, to be kept in the index.

    Words come first by half, so that everything is read back as one array of 16-bit numbers.
    """
    codes = np.array(words[:_MOST], np.uint32)
    halves = np.empty((2, len(codes)), "<u2")
    halves[0] = codes & 0xFFFF
    halves[1] = codes >> 16
    kept = grams[:_MOST].astype("<u2")
    sizes = np.array((min(title_words, len(codes)), len(codes), len(kept)), "<u2")
    return sizes.tobytes() + halves.tobytes() + kept.tobytes()


@dataclass(frozen=True, slots=True, eq=False)
class OfferTexts:
    """The words and grams of many offers end to end, with how many each offer has."""

    words: Codes
    word_counts: npt.NDArray[np.intp]
    title_counts: npt.NDArray[np.intp]
    grams: Grams
    gram_counts: npt.NDArray[np.intp]
    vectors: Vectors

    @classmethod
    def unpacked(cls, stored: Sequence[bytes], vectors: Vectors) -> OfferTexts:
        """Read packed forms back; ``vectors`` are those of the whole texts, one row for each."""
        flat = np.frombuffer(b"".join(stored), "<u2")
        ends = np.cumsum([len(each) // 2 for each in stored], dtype=np.intp)
        starts = np.concatenate(([0], ends[:-1])) if len(ends) else ends
        titles = flat[starts].astype(np.intp)
        words = flat[starts + 1].astype(np.intp)
        grams = flat[starts + 2].astype(np.intp)
        low = flat[ranges(starts + _HEADER, words)].astype(np.uint32)
        high = flat[ranges(starts + _HEADER + words, words)].astype(np.uint32)
        return cls(
            words=low | (high << np.uint32(16)),
            word_counts=words,
            title_counts=titles,
            grams=flat[ranges(starts + _HEADER + 2 * words, grams)].astype(np.uint16),
            gram_counts=grams,
            vectors=vectors,
        )

    def title_words(self) -> Codes:
        """Return the words of all titles end to end."""
        starts = np.cumsum(self.word_counts) - self.word_counts
        return self.words[ranges(starts, self.title_counts)]

    def take(self, chosen: npt.NDArray[np.intp]) -> OfferTexts:
        """Return the texts at the places ``chosen``, in that order."""
        word_starts = np.cumsum(self.word_counts) - self.word_counts
        gram_starts = np.cumsum(self.gram_counts) - self.gram_counts
        words, grams = self.word_counts[chosen], self.gram_counts[chosen]
        return OfferTexts(
            words=self.words[ranges(word_starts[chosen], words)],
            word_counts=words,
            title_counts=self.title_counts[chosen],
            grams=self.grams[ranges(gram_starts[chosen], grams)],
            gram_counts=grams,
            vectors=self.vectors[chosen],
        )

    def words_of(self, place: int) -> Codes:
        """Return the words of one text."""
        end = int(self.word_counts[: place + 1].sum())
        return self.words[end - int(self.word_counts[place]) : end]

    def __len__(self) -> int:
        return len(self.word_counts)


def ranges(starts: npt.NDArray[np.intp], counts: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return ``starts[0] … +counts[0]-1, starts[1] …`` in one array."""
    shifts = starts - np.concatenate(([0], np.cumsum(counts)[:-1])) if len(starts) else starts
    places: npt.NDArray[np.intp] = np.arange(int(counts.sum())) + np.repeat(shifts, counts)
    return places
