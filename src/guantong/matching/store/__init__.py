"""The persistent index: stores entries and finds them again by id, by words and by meaning."""

from guantong.matching.store.memory import MemoryStore
from guantong.matching.store.protocol import (
    FIELD_WEIGHTS,
    FIELDS,
    Candidates,
    Entry,
    Hits,
    IndexInfo,
    Side,
    StoreReader,
    StoreWriter,
)
from guantong.matching.store.reader import IndexReader
from guantong.matching.store.writer import IndexWriter

__all__ = [
    "FIELDS",
    "FIELD_WEIGHTS",
    "Candidates",
    "Entry",
    "Hits",
    "IndexInfo",
    "IndexReader",
    "IndexWriter",
    "MemoryStore",
    "Side",
    "StoreReader",
    "StoreWriter",
]
