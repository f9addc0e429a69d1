"""The words of one side: a tantivy index that knows rows and tokens, and nothing else."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from guantong.matching.store.protocol import FIELDS, NO_HITS, TIE_MARGIN, Hits, encodable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    import tantivy

    from guantong.matching.store.protocol import Entry

HEAP = 128_000_000
TOKENIZER = "spaced"
DELETED_AT_ONCE = 10_000


@cache
def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name=TOKENIZER, index_option="freq")
    return builder.build()


def _open(path: Path) -> tantivy.Index:
    import tantivy

    path.mkdir(exist_ok=True)
    index = tantivy.Index(_schema(), path=str(path))
    spaced = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(TOKENIZER, spaced)
    index.config_reader(reload_policy="manual")
    return index


def spaced(entry: Entry) -> tuple[str, ...]:
    """Return the text of each field: its tokens with a space between them."""
    fields = (entry.title, entry.keywords, entry.body)
    texts = tuple(each if isinstance(each, str) else " ".join(each) for each in fields)
    for text in texts:
        encodable(text, entry.id)
    return texts


class LexicalWriter:
    """Adds and deletes rows; nothing is seen before :meth:`commit`."""

    def __init__(self, path: Path) -> None:
        import tantivy

        self._document = tantivy.Document
        self._index = _open(path)
        # One indexing thread: with several, equal input would give unequal segments.
        self._writer = self._index.writer(heap_size=HEAP, num_threads=1)

    def add(self, row: int, kind: str, texts: tuple[str, ...]) -> None:
        """Add the texts of an entry, one for each field."""
        document = self._document()
        document.add_unsigned("row", row)
        document.add_text("kind", kind)
        for name, text in zip(FIELDS, texts, strict=True):
            document.add_text(name, text)
        self._writer.add_document(document)

    def delete(self, rows: Sequence[int]) -> None:
        """Delete rows."""
        import tantivy

        # By query: tantivy-py 0.27 makes a signed term of the number, which deletes nothing.
        for start in range(0, len(rows), DELETED_AT_ONCE):
            some = rows[start : start + DELETED_AT_ONCE]
            self._writer.delete_documents_by_query(
                tantivy.Query.term_set_query(_schema(), "row", some)
            )

    def delete_from(self, row: int) -> None:
        """Delete ``row`` and all above it."""
        self._writer.delete_documents_by_query(_rows_from(row))

    def commit(self) -> None:
        """Make the changes last and seen."""
        self._writer.commit()

    def close(self) -> None:
        """Wait for merges that are under way."""
        self._writer.wait_merging_threads()


def _rows_from(row: int) -> tantivy.Query:
    import tantivy

    kind = tantivy.FieldType.Unsigned
    return tantivy.Query.range_query(_schema(), "row", kind, lower_bound=row)


class LexicalReader:
    """Searches one committed state."""

    def __init__(self, index: tantivy.Index) -> None:
        import tantivy

        self._index = index
        self._searcher = index.searcher()
        self._term = tantivy.Query.term_query
        self._boost = tantivy.Query.boost_query
        self._all_of = tantivy.Query.boolean_query
        self._should = tantivy.Occur.Should
        self._must = tantivy.Occur.Must

    @classmethod
    def open(cls, path: Path) -> LexicalReader | None:
        """Return a reader of the last commit, ``None`` where nothing was ever committed."""
        import tantivy

        if not path.is_dir() or not tantivy.Index.exists(str(path)):
            return None
        return cls(_open(path))

    def refreshed(self) -> LexicalReader:
        """Return a reader of what is now the last commit."""
        self._index.reload()
        return LexicalReader(self._index)

    def has_rows_from(self, row: int) -> bool:
        """Return whether there is ``row`` or one above it."""
        return bool(self._searcher.search(_rows_from(row), 1, count=False).hits)

    @property
    def documents(self) -> int:
        """The number of documents that are not deleted."""
        return self._searcher.num_docs

    def search(
        self,
        tokens: Iterable[tuple[str, float]],
        *,
        limit: int,
        fields: Mapping[str, float],
        kinds: Collection[str] | None,
        dead: frozenset[int],
        below: int,
    ) -> Hits:
        """Return the best rows that are below ``below`` and not ``dead``."""
        query = self._query(tokens, fields, kinds)
        if query is None or limit < 1:
            return NO_HITS
        wanted = limit + TIE_MARGIN + min(len(dead), limit)
        while True:
            hits = self._searcher.search(query, wanted, count=False).hits
            rows = self._searcher.fast_field_values("row", [address for _, address in hits])
            found = [
                (-score, int(row))
                for (score, _), row in zip(hits, rows, strict=True)
                if row is not None and row < below and row not in dead
            ]
            complete = len(hits) < wanted
            if complete or (len(found) > limit and found[limit - 1][0] < found[-1][0]):
                return _best(found, limit)
            wanted *= 4

    def _query(
        self,
        tokens: Iterable[tuple[str, float]],
        fields: Mapping[str, float],
        kinds: Collection[str] | None,
    ) -> tantivy.Query | None:
        schema, term, boost, should = _schema(), self._term, self._boost, self._should
        pairs = [(token, weight) for token, weight in tokens if weight > 0]
        clauses = [
            (should, boost(term(schema, name, token, "freq"), weight * field_weight))
            for name, field_weight in fields.items()
            if field_weight > 0
            for token, weight in pairs
        ]
        if not clauses:
            return None
        query = self._all_of(clauses)
        if kinds is None:
            return query
        import tantivy

        allowed = tantivy.Query.term_set_query(schema, "kind", sorted(kinds))
        unscored = tantivy.Query.const_score_query(allowed, 0.0)
        return self._all_of([(self._must, query), (self._must, unscored)])

    def document_frequency(self, token: str) -> int:
        """Return in how many documents the field that has the token most often has it."""
        return max(self._searcher.doc_freq(name, token) for name in FIELDS)


def _best(found: list[tuple[float, int]], limit: int) -> Hits:
    found.sort()
    del found[limit:]
    rows = np.fromiter((row for _, row in found), np.int64, len(found))
    scores = np.fromiter((-score for score, _ in found), np.float32, len(found))
    return Hits(rows, scores)
