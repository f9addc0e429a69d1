"""What ranking reads of a record's text: its words, its character grams and its vectors."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guantong.errors import ConfigurationError
from guantong.matching.packing import Grams, character_grams, packed
from guantong.matching.rarity import shipped_rarity
from guantong.matching.word_table import Codes, Weights, WordTable
from guantong.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guantong.matching.encoders.protocol import Encoder, Vectors
    from guantong.records import SearchParts

_TITLE_COUNTS = 3
_SEARCH_WORDS = 64


@dataclass(frozen=True, slots=True)
class Cut:
    """A record's text cut into words, part by part, and its normalised text in one piece."""

    title: list[str]
    keywords: list[str]
    body: list[str]
    plain_title: str
    plain: str


@dataclass(frozen=True, slots=True, eq=False)
class TextForm:
    """The distinct words and character grams of a text, with their weights, and its vectors.

    The first ``title_words`` of ``words`` stand in the title; ``search_words`` are the words as
    written, unknown ones too, for looking them up in an index. ``vector`` is that of the whole text
    by the chosen encoder, ``title_vector`` that of the title by the shipped words; both have
    length 1, or are zero where nothing is known.
    """

    words: Codes
    word_counts: Weights
    title_words: int
    search_words: tuple[tuple[str, float], ...]
    grams: Grams
    gram_counts: Weights
    vector: Vectors
    title_vector: Vectors


class TextReader:
    """Turns the searched text of records into forms.

    ``encoder`` gives the vectors of whole texts. Single words are compared by the shipped table
    whatever the encoder is, since a transformer has no vectors for them.
    """

    def __init__(self, encoder: Encoder | None = None, table: WordTable | None = None) -> None:
        self.table = table or WordTable()
        if len(shipped_rarity().words) != self.table.size:
            raise ConfigurationError("matching.rarity_mismatch", words=self.table.name)
        same = encoder is None or encoder.name == self.table.name
        self.encoder: Encoder = self.table if encoder is None or same else encoder

    def cut(self, parts: SearchParts) -> Cut:
        """Cut a record's search parts into words."""
        title, body = normalize(parts.title), normalize(parts.body)
        # One by one: white space beside Chinese goes, which would glue two of them together.
        keywords = "\n".join(map(normalize, parts.keywords))
        return Cut(
            title=self.table.words_of(title),
            keywords=self.table.words_of(keywords),
            body=self.table.words_of(body),
            plain_title=title,
            plain="\n".join((title, keywords, body)),
        )

    def read(self, parts: SearchParts) -> TextForm:
        """Return the form of one record's searched text."""
        return self.form(self.cut(parts))

    def stored(self, cuts: Sequence[Cut]) -> tuple[list[bytes], Vectors]:
        """Return what the index keeps of each cut text: packed words and grams, and the vector."""
        coded = [self._coded(cut) for cut in cuts]
        stored = [
            packed(list(dict.fromkeys(rows)), len(set(rows[:title])), self._grams(cut))
            for cut, (rows, title) in zip(cuts, coded, strict=True)
        ]
        return stored, self._vectors(cuts, coded)

    def _grams(self, cut: Cut) -> Grams:
        return np.unique(character_grams(cut.plain))

    def _coded(self, cut: Cut) -> tuple[list[int], int]:
        """Return the codes of all words of a text in order, and how many are the title's."""
        title = self.table.codes(cut.title)
        return title + self.table.codes(cut.keywords + cut.body), len(title)

    def _vectors(self, cuts: Sequence[Cut], coded: Sequence[tuple[list[int], int]]) -> Vectors:
        """Return the vectors of whole texts, shape ``(texts, dimensions)``."""
        if self.encoder is not self.table:
            return self.encoder.encode([cut.plain for cut in cuts])
        counts = [len(rows) for rows, _ in coded]
        repeats = np.ones(sum(counts), np.float32)
        for start, (_, title) in zip(np.cumsum([0, *counts]).tolist(), coded, strict=False):
            repeats[start : start + title] = _TITLE_COUNTS
        flat = np.array([code for rows, _ in coded for code in rows], np.uint32)
        return self.table.sums(flat, counts, repeats)

    def form(self, cut: Cut) -> TextForm:
        """Return the form of one cut text."""
        coded = self._coded(cut)
        counts = Counter(coded[0])
        title = len(set(coded[0][: coded[1]]))
        words = np.fromiter(counts, np.uint32, len(counts))
        word_counts = np.fromiter(counts.values(), np.float32, len(counts))
        grams, gram_counts = np.unique(character_grams(cut.plain), return_counts=True)
        in_title = np.isin(grams, character_grams(cut.plain_title))
        return TextForm(
            words=words,
            word_counts=_damped(word_counts, np.arange(len(words)) < title),
            title_words=title,
            search_words=self._search_words(cut),
            grams=grams,
            gram_counts=_damped(gram_counts, in_title),
            vector=self._vectors([cut], [coded])[0],
            title_vector=self.table.sums(words[:title], [title])[0],
        )

    def _search_words(self, cut: Cut) -> tuple[tuple[str, float], ...]:
        """Return the rarest and most repeated words, each with how much it counts."""
        counts = Counter(cut.title * _TITLE_COUNTS + cut.keywords + cut.body)
        damped = {word: 1 + math.log(count) for word, count in counts.items()}
        rarity = shipped_rarity().words
        unknown = float(rarity.max())

        def support(word: str) -> float:
            code = self.table.known(word)
            return damped[word] * (float(rarity[code[0]]) if code else unknown)

        chosen = sorted(damped, key=lambda word: (-support(word), word))[:_SEARCH_WORDS]
        return tuple((word, damped[word]) for word in chosen)


def _damped(counts: npt.NDArray[np.generic], in_title: npt.NDArray[np.bool_]) -> Weights:
    """Return 1 + ln(count), a word of the title counting three times."""
    raised = counts.astype(np.float32) + np.float32(_TITLE_COUNTS - 1) * in_title
    return (1 + np.log(raised)).astype(np.float32)
