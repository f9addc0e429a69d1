"""Records that say the same thing: same id, same title and organisation, or nearly the same text.

Near texts are found by MinHash over character trigrams: 64 hash minima for each text in bands of
four, so that two texts with 80 % of their trigrams in common meet in some band with probability
above 0.9997. What meets is compared exactly. Time and memory grow in step with the records.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from guantong.records.model import Record

_MINIMA = 64
_BAND = 4
_SHINGLE = 3
_LONGEST_TEXT = 2_000
_NEIGHBOURS = 3
_SEED = 20_261_122


class Likeness(StrEnum):
    """Why records count as duplicates, from certain to likely."""

    SAME_ID = "same_id"
    SAME_TITLE = "same_title"
    NEAR_TEXT = "near_text"


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Records of one kind that belong together.

    ``likenesses`` are all the reasons that tie them; ``similarity`` is the least share of common
    trigrams among the near texts (Jaccard), 1 where no near text is involved.
    """

    kind: str
    records: tuple[Record, ...]
    likenesses: tuple[Likeness, ...]
    similarity: float = 1.0


@dataclass(frozen=True, slots=True)
class _Tie:
    first: int
    second: int
    likeness: Likeness
    similarity: float = 1.0


def find_duplicates(
    records: Iterable[Record], *, threshold: float = 0.8
) -> tuple[DuplicateGroup, ...]:
    """Return the groups of duplicates, in the order of their first records.

    Only records of one kind are compared. ``threshold`` is the least share of common trigrams for
    a near text.
    """
    known = list(records)
    ties = [*_same(known), *_near(known, threshold)]
    root = _joined(len(known), ties)
    members: dict[int, list[int]] = defaultdict(list)
    for place in sorted({place for tie in ties for place in (tie.first, tie.second)}):
        members[root[place]].append(place)
    reasons: dict[int, list[_Tie]] = defaultdict(list)
    for tie in ties:
        reasons[root[tie.first]].append(tie)
    return tuple(
        DuplicateGroup(
            kind=known[places[0]].kind,
            records=tuple(known[place] for place in places),
            likenesses=tuple(sorted({tie.likeness for tie in reasons[head]}, key=_certainty)),
            similarity=min(tie.similarity for tie in reasons[head]),
        )
        for head, places in members.items()
    )


def _certainty(likeness: Likeness) -> int:
    return list(Likeness).index(likeness)


def _same(records: Sequence[Record]) -> Iterator[_Tie]:
    """Tie each record to the first of the same id, and of the same title and organisation."""
    seen: dict[tuple[str, ...], int] = {}
    for place, record in enumerate(records):
        named = ("title", record.kind, _plain(record.title), _plain(record.organisation))
        for key, likeness in (
            (("id", record.kind, record.id), Likeness.SAME_ID),
            (named, Likeness.SAME_TITLE),
        ):
            first = seen.setdefault(key, place)
            if first != place:
                yield _Tie(first, place, likeness)


def _near(records: Sequence[Record], threshold: float) -> Iterator[_Tie]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        by_kind[record.kind].append(place)
    for places in by_kind.values():
        shingles = [_shingles(records[place]) for place in places]
        for first, second in _candidates(shingles):
            share = _common_share(shingles[first], shingles[second])
            if share >= threshold:
                yield _Tie(places[first], places[second], Likeness.NEAR_TEXT, share)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _shingles(record: Record) -> NDArray[np.uint64]:
    """Return the distinct hashes of the trigrams of title, summary and description."""
    text = _plain(record.title + record.summary + record.description)[:_LONGEST_TEXT]
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if len(points) < _SHINGLE:
        return np.zeros(0, dtype=np.uint64)
    wide = points.astype(np.uint64)
    # Code points have 21 bits: three of them side by side fill 63.
    packed = wide[:-2] << np.uint64(42) | wide[1:-1] << np.uint64(21) | wide[2:]
    return np.unique(_mixed(packed))


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scatter 64-bit values (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _candidates(shingles: Sequence[NDArray[np.uint64]]) -> set[tuple[int, int]]:
    """Return pairs that agree in a whole band; in a crowded band each meets its neighbours only."""
    places = [place for place, values in enumerate(shingles) if len(values)]
    if len(places) < 2:
        return set()
    minima = np.empty((len(places), _MINIMA), dtype=np.uint32)
    random = np.random.default_rng(_SEED)
    factors = random.integers(0, 2**32, (_MINIMA, 1), dtype=np.uint32) | np.uint32(1)
    for row, place in enumerate(places):
        # 32 bits do for the minima and are four times as fast as 64.
        minima[row] = (factors * shingles[place].astype(np.uint32)).min(axis=1)
    pairs: set[tuple[int, int]] = set()
    for start in range(0, _MINIMA, _BAND):
        band = np.zeros(len(places), dtype=np.uint64)
        for column in range(start, start + _BAND):
            band = _mixed(band ^ minima[:, column])
        order = np.argsort(band, kind="stable")
        sorted_band = band[order]
        for step in range(1, _NEIGHBOURS + 1):
            equal = np.flatnonzero(sorted_band[:-step] == sorted_band[step:])
            pairs.update((places[order[at]], places[order[at + step]]) for at in equal.tolist())
    return pairs


def _common_share(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> float:
    common = len(np.intersect1d(first, second, assume_unique=True))
    return common / (len(first) + len(second) - common)


def _joined(count: int, ties: Iterable[_Tie]) -> list[int]:
    """Return for each place the first place that it hangs together with."""
    root = list(range(count))

    def head(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for tie in ties:
        first, second = sorted((head(tie.first), head(tie.second)))
        root[second] = first
    return [head(place) for place in range(count)]
