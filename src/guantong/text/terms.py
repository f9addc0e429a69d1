"""Key terms and sentences: what a text is about, and the stretches that say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from guantong.text.normalize import normalize
from guantong.text.segment import Segmenter, default_segmenter, read_words, stop_words
from guantong.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LONGEST_COMPOUND = 4
_TITLE_COUNTS = 3
_Counts = dict[tuple[str, ...], int]
# Words as common as 电池 in the general dictionary (693 of 60 million) come out near the middle.
_COMMON = 500_000
_RARE = 20
_SENTENCE_END = re.compile(
    r"[。！？!?；;]+[”’」』）)]*|\n\s*"
    r"|(?<=[^\d\s])\.(?=\s+[A-Z\u4e00-\u9fff])"
    # A numbered item opens a sentence even where the one before it has no full stop.
    r"|(?=[（(]\d{1,2}[）)](?!\d))|(?=[①-⑳])|(?<=[\u4e00-\u9fff，,：:）)])(?=\d{1,2}[、．](?!\d))"
)
_CONTENT = re.compile(r"[\w\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or compound that tells what a text is about; the weightiest of a text has 1.0."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class DocumentFrequencies:
    """In how many of ``documents`` texts each normalised word stands."""

    documents: int
    counts: Mapping[str, int]


@runtime_checkable
class _KnowsCommonness(Protocol):
    def commonness(self, word: str) -> int: ...


def key_terms(
    text: str,
    *,
    title: str = "",
    limit: int = 10,
    frequencies: DocumentFrequencies | None = None,
    segmenter: Segmenter | None = None,
) -> list[Term]:
    """Return at most ``limit`` words and compounds that say what the text is about, best first.

    A word weighs more the rarer it is in ``frequencies``, or else in general Chinese; one in the
    title counts three times; words of the officialese list never count. Case is kept.
    """
    chosen = segmenter or default_segmenter()
    counts = _counted(chosen.cut(normalize(text, keep_case=True)), 1, {})
    if title:
        _counted(chosen.cut(normalize(title, keep_case=True)), _TITLE_COUNTS, counts)
    rarity = _Rarity(chosen, frequencies)
    scored = [
        (_score(parts, count, rarity), parts)
        for parts, count in counts.items()
        if count > 1 or len(parts) < 3
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    kept = _without_overlaps(scored, limit)
    best = kept[0][0] if kept else 1.0
    return [Term(_joined(parts), round(score / best, 4)) for score, parts in kept]


def sentences(text: str) -> list[Span]:
    """Return the sentences of ``text`` in order, without the white space around them.

    They end at 。！？； and line breaks; numbered items such as ``（2）`` and ``3、`` open one.
    """
    spans: list[Span] = []
    start = 0
    for end in [*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]:
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if _CONTENT.search(piece):
            spans.append(Span(left, right))
        start = end
    return spans


@cache
def officialese() -> frozenset[str]:
    """Return the words of projects, praise and procedure that do not tell what a thing is about."""
    source = files("guantong.text").joinpath("data/officialese.txt")
    return frozenset(read_words(source.read_text(encoding="utf-8")))


class _Rarity:
    """How telling a single word is, from 0 to about 1."""

    def __init__(self, segmenter: Segmenter, frequencies: DocumentFrequencies | None) -> None:
        self._known = segmenter if isinstance(segmenter, _KnowsCommonness) else None
        self._frequencies = frequencies
        self._seen: dict[str, float] = {}

    def __call__(self, word: str) -> float:
        if word not in self._seen:
            self._seen[word] = self._of(word.lower())
        return self._seen[word]

    def _of(self, word: str) -> float:
        if self._frequencies is not None:
            documents = self._frequencies.documents
            return log((documents + 1) / (self._frequencies.counts.get(word, 0) + 1)) / log(
                documents + 2
            )
        if word.isascii() or self._known is None:
            return min(1.0, 0.4 + 0.06 * len(word))
        common = self._known.commonness(word)
        rarity = log(1 + _COMMON / (common + _RARE)) / log(1 + _COMMON / _RARE)
        # A short word that the dictionary lacks is often a wrong guess of the segmenter.
        return rarity * 0.6 if common < 3 and len(word) <= 2 else rarity


def _counted(pieces: Sequence[str], times: int, counts: _Counts) -> _Counts:
    """Count every word and every compound of up to four adjacent words, ``times`` for each."""
    for run in _runs(pieces):
        length = len(run)
        for start in range(length):
            for end in range(start + 1, min(start + LONGEST_COMPOUND, length) + 1):
                parts = tuple(run[start:end])
                if end - start > 1 or len(parts[0]) > 1:
                    counts[parts] = counts.get(parts, 0) + times
    return counts


def _runs(pieces: Sequence[str]) -> Iterator[list[str]]:
    """Yield the stretches of content words that nothing interrupts."""
    empty = _empty_words()
    run: list[str] = []
    for piece in pieces:
        if _telling(piece.lower() if piece.isascii() else piece, empty):
            run.append(piece)
        elif run and not (piece == " " and run[-1].isascii()):
            yield run
            run = []
    if run:
        yield run


def _telling(word: str, empty: frozenset[str]) -> bool:
    return word not in empty and any(map(str.isalpha, word))


@cache
def _empty_words() -> frozenset[str]:
    """Return all words that cannot be part of a key term, in lower case."""
    return stop_words() | officialese()


def _joined(parts: Sequence[str]) -> str:
    text = parts[0]
    for before, part in pairwise(parts):
        text += f" {part}" if before[-1].isascii() and part[0].isascii() else part
    return text


def _score(parts: tuple[str, ...], count: int, rarity: _Rarity) -> float:
    """Weigh a compound: its words' mean rarity, more for length and for being said again."""
    if len(parts) == 1:
        return rarity(parts[0]) * float(count**0.6)
    mean = sum(map(rarity, parts)) / len(parts)
    return mean * (1 + 0.3 * (len(parts) - 1)) * float(count**0.6)


def _without_overlaps(
    scored: Sequence[tuple[float, tuple[str, ...]]], limit: int
) -> list[tuple[float, tuple[str, ...]]]:
    """Keep the best; leave out what lies inside a kept one or has a kept one inside it."""
    kept: list[tuple[float, tuple[str, ...]]] = []
    shown: list[str] = []
    for score, parts in scored:
        if len(kept) == limit:
            break
        text = _joined(parts).lower()
        if all(text not in other and other not in text for other in shown):
            kept.append((score, parts))
            shown.append(text)
    return kept
