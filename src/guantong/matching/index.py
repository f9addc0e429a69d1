"""The index of offers and needs: records in, candidates and records out."""

from __future__ import annotations

import hashlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Self

from guantong.errors import InputError
from guantong.matching.encoders import get_encoder, quantize
from guantong.matching.forms import TextReader
from guantong.matching.store import Entry, IndexReader, IndexWriter, Side
from guantong.records import Need, Offer, kinds
from guantong.records.stored import dump_record, load_record

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from types import TracebackType

    from guantong.matching.encoders import EndpointSettings
    from guantong.matching.encoders.protocol import Vectors
    from guantong.matching.forms import Cut
    from guantong.matching.store import Hits, IndexInfo
    from guantong.matching.store.protocol import Vector
    from guantong.records import Record

BATCH = 500


def settings_of(reader: TextReader) -> dict[str, str]:
    """Return what an index must have been made with to be used with ``reader``."""
    return {"encoder": reader.encoder.name, "words": reader.table.name}


def side_of(record: Record) -> Side:
    """Return the side of a match that a record stands on."""
    if isinstance(record, Offer):
        return Side.OFFER
    if isinstance(record, Need):
        return Side.NEED
    raise InputError("matching.not_matched", id=record.id, kind=record.kind)


class IndexBuilder:
    """Writes records into an index directory; leaving its block commits, an exception rolls back.

    ``workers`` processes read texts side by side with the writing; with 0 it all happens here.
    A program that asks for workers must guard its main module, as ``multiprocessing`` demands.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        encoder: str | None = None,
        endpoint: EndpointSettings | None = None,
        workers: int = 0,
        create: bool = True,
    ) -> None:
        self._choice = encoder, endpoint
        self._reader = text_reader(encoder, endpoint)
        self._workers = workers
        self._writer = IndexWriter.open(
            path,
            dimensions=self._reader.encoder.dimensions if create else None,
            settings=settings_of(self._reader),
        )

    def add(
        self, records: Iterable[Record], *, progress: Callable[[int], None] | None = None
    ) -> int:
        """Insert or replace records by side and id; return how many were new or different.

        ``progress`` is called with the number of records read so far.
        """
        changed = read = 0
        for entries in self._entries(records):
            changed += self._writer.add(entries)
            read += len(entries)
            if progress is not None:
                progress(read)
        return changed

    def remove(self, side: Side, ids: Iterable[str]) -> int:
        """Remove records; return how many were there."""
        return self._writer.remove(side, ids)

    def _entries(self, records: Iterable[Record]) -> Iterator[list[Entry]]:
        # Here and not where they are read: an error is clearer in the process that asked.
        batches = _batches(filter(side_of, records), BATCH)
        if not self._workers:
            for batch in batches:
                yield entries_of(batch, self._reader)
            return
        # Spawned, not forked: the index writer has threads of its own, which a fork would lose.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self._workers, mp_context=context) as pool:
            waiting = [
                pool.submit(_entries_elsewhere, batch, *self._choice)
                for batch in islice(batches, 2 * self._workers)
            ]
            while waiting:
                yield waiting.pop(0).result()
                waiting.extend(
                    pool.submit(_entries_elsewhere, batch, *self._choice)
                    for batch in islice(batches, 1)
                )

    def __enter__(self) -> Self:
        self._writer.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.__exit__(kind, error, trace)


def entries_of(records: list[Record], reader: TextReader) -> list[Entry]:
    """Return the index entries of some records."""
    cuts = [reader.cut(kinds.search_parts(record)) for record in records]
    packed, vectors = reader.stored(cuts)
    return [
        _entry(record, cut, terms, vector)
        for record, cut, terms, vector in zip(records, cuts, packed, quantize(vectors), strict=True)
    ]


def _entry(record: Record, cut: Cut, terms: bytes, vector: Vector) -> Entry:
    stored = dump_record(record)
    return Entry(
        id=record.id,
        side=side_of(record),
        kind=record.kind,
        record=stored,
        text_hash=hashlib.blake2b(
            # Where the key words end decides how much a word weighs.
            "\0".join((cut.plain_title, str(len(cut.keywords)), cut.plain)).encode(),
            digest_size=16,
        ).hexdigest(),
        title=" ".join(cut.title),
        keywords=" ".join(cut.keywords),
        body=" ".join(cut.body),
        vector=vector,
        terms=terms,
        valid_until=record.valid_until,
        disclosure=record.disclosure.value,
        organisation=record.organisation,
    )


def _entries_elsewhere(
    records: list[Record], encoder: str | None, endpoint: EndpointSettings | None
) -> list[Entry]:
    return entries_of(records, text_reader(encoder, endpoint))


@lru_cache(maxsize=4)
def text_reader(encoder: str | None = None, endpoint: EndpointSettings | None = None) -> TextReader:
    """Return the shared reader of texts with an encoder, named as in :func:`get_encoder`."""
    return TextReader(get_encoder(encoder, endpoint=endpoint) if encoder else None)


def _batches(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    rest = iter(records)
    while batch := list(islice(rest, size)):
        yield batch


class Index:
    """An index directory open for reading: one snapshot, moved on by :meth:`refresh`."""

    def __init__(self, store: IndexReader, reader: TextReader) -> None:
        self.store = store
        self.reader = reader

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        encoder: str | None = None,
        endpoint: EndpointSettings | None = None,
    ) -> Self:
        """Open the last committed state; refuses an index made with another encoder."""
        reader = text_reader(encoder, endpoint)
        return cls(IndexReader.open(path, settings=settings_of(reader)), reader)

    def count(self, side: Side) -> int:
        """Return how many records one side has."""
        return self.store.count(side)

    def info(self) -> IndexInfo:
        """Return what the index is and holds."""
        return self.store.info()

    def record(self, side: Side, id: str) -> Record:
        """Return a record; raises :class:`NotFoundError`."""
        return load_record(self.store.record(side, id))

    def chosen(self, side: Side, ids: Sequence[str]) -> list[Record]:
        """Return some records in the order of ``ids``, all of which must be there."""
        stored = self.store.records(side, ids)
        return [load_record(stored[id]) for id in ids]

    def records(self, side: Side) -> Iterator[Record]:
        """Yield all records of one side in the order they were added."""
        for _, stored in self.store.each(side):
            yield load_record(stored)

    def nearest(
        self, vector: Vectors, side: Side, limit: int, kinds_: Collection[str] | None
    ) -> Hits:
        """Return the best rows by meaning; ``vector`` has length 1 or is zero."""
        return self.store.nearest(quantize(vector), side=side, limit=limit, kinds=kinds_)

    def refresh(self) -> bool:
        """Move to the last commit; return whether there was a newer one."""
        return self.store.refresh()

    def close(self) -> None:
        """Let go of the snapshot."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
