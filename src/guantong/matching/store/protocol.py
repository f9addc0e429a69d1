"""What an index stores and answers, whichever back-end keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

import numpy as np
import numpy.typing as npt

from guantong.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from types import TracebackType

Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Vector = npt.NDArray[np.int8]

FIELDS = ("title", "keywords", "body")
"""The searched fields of an entry."""

FIELD_WEIGHTS: Mapping[str, float] = MappingProxyType(dict.fromkeys(FIELDS, 1.0))
"""Every field counts alike."""

TIE_MARGIN = 16
"""How many hits beyond the limit are looked at, so that a tie at the end is broken by row."""


class Side(StrEnum):
    """Which of the two sides of a match an entry stands on."""

    OFFER = "offer"
    NEED = "need"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """One record, ready to be searched.

    ``record`` is the record itself (JSON in UTF-8); ``text_hash`` stands for the text that
    ``title``, ``keywords``, ``body`` (tokens without white space, or one text of them with a space
    between, which costs less to hand on), ``terms`` (whatever ranking
    wants to read back) and ``vector`` (int8, ``None`` or all zero where there is no meaning) were
    made from. Where the stored entry has the same ``text_hash`` they are not looked at, so that a
    caller who asked :meth:`StoreWriter.text_hashes` first may leave them empty.
    """

    id: str
    side: Side
    kind: str
    record: bytes
    text_hash: str
    title: Sequence[str] | str = ()
    keywords: Sequence[str] | str = ()
    body: Sequence[str] | str = ()
    vector: Vector | None = None
    terms: bytes = b""
    valid_until: date | None = None
    disclosure: str = "public"
    organisation: str = ""


class Hits(NamedTuple):
    """Rows with their scores, best first; equal scores by row."""

    rows: Rows
    scores: Scores


NO_HITS = Hits(np.empty(0, np.int64), np.empty(0, np.float32))


def best(rows: Rows, scores: Scores, limit: int) -> Hits:
    """Return the ``limit`` highest scores with their rows."""
    order = np.lexsort((rows, -scores))[:limit]
    return Hits(rows[order], scores[order])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidates:
    """What ranking needs of some rows, column by column, ascending by row.

    ``vectors`` has the shape (rows, dimensions); a row without a vector is all zero.
    """

    rows: Rows
    ids: Sequence[str]
    kinds: Sequence[str]
    vectors: npt.NDArray[np.int8]
    terms: Sequence[bytes]
    valid_until: Sequence[date | None]
    disclosures: Sequence[str]
    organisations: Sequence[str]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexInfo:
    """What an index is and holds; ``kinds`` counts the entries of each side by kind."""

    format: int
    version: int
    dimensions: int
    settings: Mapping[str, str]
    kinds: Mapping[Side, Mapping[str, int]]
    size: int = 0
    unfolded: Mapping[Side, int] = field(default_factory=dict)


class StoreReader(Protocol):
    """A snapshot of an index: what was last committed when it was opened or refreshed."""

    @property
    def version(self) -> int:
        """The number of commits up to the snapshot."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    @property
    def settings(self) -> Mapping[str, str]:
        """What the index was made with."""

    def count(self, side: Side) -> int:
        """Return how many entries one side has."""

    def info(self) -> IndexInfo:
        """Return what the index is and holds."""

    def lexical(
        self,
        tokens: Iterable[tuple[str, float]],
        *,
        side: Side,
        limit: int,
        fields: Mapping[str, float] = FIELD_WEIGHTS,
        kinds: Collection[str] | None = None,
    ) -> Hits:
        """Return the rows with the highest sum of weight x BM25 over tokens and fields."""

    def nearest(
        self, vector: Vector, *, side: Side, limit: int, kinds: Collection[str] | None = None
    ) -> Hits:
        """Return the rows with the highest cosine similarity."""

    def fetch(self, rows: Iterable[int]) -> Candidates:
        """Return what ranking needs of those rows that are there."""

    def document_frequency(self, tokens: Collection[str], side: Side) -> dict[str, int]:
        """Return for each token in how many entries the field that has it most often has it."""

    def row(self, side: Side, id: str) -> int:
        """Return the row of an entry; raise :class:`NotFoundError` where there is none."""

    def record(self, side: Side, id: str) -> bytes:
        """Return a stored record; raise :class:`NotFoundError` where there is none."""

    def records(self, side: Side, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the stored records of those ids that are there."""

    def ids(self, side: Side) -> list[str]:
        """Return all ids of one side in the order they were added."""

    def each(self, side: Side) -> Iterator[tuple[str, bytes]]:
        """Yield every id with its record in the order they were added."""

    def refresh(self) -> bool:
        """Move to the last commit; return whether there was a newer one."""

    def close(self) -> None:
        """Let go of the snapshot."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class StoreWriter(Protocol):
    """The one who changes an index; leaving its block commits, an exception rolls back."""

    def text_hashes(self, side: Side, ids: Iterable[str]) -> dict[str, str]:
        """Return the text hash of those ids that are there, uncommitted changes included."""

    def add(self, entries: Iterable[Entry]) -> int:
        """Insert or replace entries by side and id; return how many were new or different."""

    def remove(self, side: Side, ids: Iterable[str]) -> int:
        """Remove entries; return how many were there."""

    def commit(self) -> None:
        """Make every change so far last."""

    def rollback(self) -> None:
        """Forget every change since the last commit."""

    def close(self) -> None:
        """Forget what is not committed and let others write."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def checked_vector(vector: Vector | None, dimensions: int, id: str = "") -> Vector | None:
    """Return the vector, ``None`` for an empty meaning; refuse another type or length."""
    if vector is None:
        return None
    if vector.dtype != np.int8 or vector.shape != (dimensions,):
        found = f"{vector.dtype}{list(vector.shape)}"
        raise InputError("store.bad_vector", id=id, expected=f"int8[{dimensions}]", found=found)
    return vector if vector.any() else None


def checked(entry: Entry, dimensions: int) -> Entry:
    """Return the entry, an all zero vector taken out; refuse one that cannot be stored."""
    if not entry.id:
        raise InputError("store.no_id", side=entry.side.value)
    names = (entry.id, entry.kind, entry.text_hash, entry.disclosure, entry.organisation)
    if "\0" in encodable("".join(names), entry.id):
        raise InputError("store.bad_text", id=entry.id.replace("\0", "?"), reason="NUL")
    vector = checked_vector(entry.vector, dimensions, entry.id)
    return replace(entry, vector=vector) if vector is not entry.vector else entry


def encodable(text: str, id: str) -> str:
    """Return the text; refuse half characters (lone surrogates), which no back-end can store."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        shown = id.encode(errors="replace").decode()
        raise InputError("store.bad_text", id=shown, reason=error.reason) from error
    return text
