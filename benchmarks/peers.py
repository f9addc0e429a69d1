"""Search libraries on their own, over the same words and the same vectors as ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.indexes import Built, kept
from guantong.matching.encoders import quantize
from guantong.matching.index import text_reader
from guantong.records.kinds import search_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from benchmarks.frame import Run
    from guantong.records import Need, Offer

_BATCH = 500
_TOKENIZER = "spaced"


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What peers index: ids, titles, the words of each record with spaces, and unit vectors."""

    ids: list[str]
    titles: list[str]
    words: list[str]
    vectors: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A need, and what a peer is asked: the same words and vector that our search looks up."""

    need: Need
    words: tuple[str, ...]
    vector: np.ndarray

    @classmethod
    def of(cls, need: Need) -> Query:
        """Read a need as a search does."""
        form = text_reader().read(search_parts(need))
        return cls(need, tuple(word for word, _ in form.search_words), form.vector)


def material(
    run: Run, name: str, records: Iterable[Offer], *, fresh: bool = False
) -> tuple[Material, Built]:
    """Return what peers index, and how long cutting and encoding took."""

    def build(path: Path) -> int:
        path.mkdir()
        reader, vectors, count = text_reader(), [], 0
        with (path / "words.jsonl").open("w", encoding="utf-8") as lines:
            for batch in _batches(records):
                cuts = [reader.cut(search_parts(each)) for each in batch]
                vectors.append(reader.stored(cuts)[1])
                count += len(batch)
                for record, cut in zip(batch, cuts, strict=True):
                    words = " ".join((*cut.title, *cut.keywords, *cut.body))
                    row = [record.id, record.title, words]
                    lines.write(json.dumps(row, ensure_ascii=False) + "\n")
        np.save(path / "vectors.npy", np.vstack(vectors))
        return count

    built = kept(run, f"material-{name}", build, fresh=fresh)
    with (built.path / "words.jsonl").open(encoding="utf-8") as lines:
        ids, titles, words = zip(*map(json.loads, lines), strict=True)
    vectors = np.load(built.path / "vectors.npy")
    return Material(list(ids), list(titles), list(words), vectors), built


def _batches(records: Iterable[Offer]) -> Iterable[list[Offer]]:
    batch: list[Offer] = []
    for record in records:
        batch.append(record)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class TantivyAlone:
    """tantivy with one field of words, the ten best ids."""

    def __init__(self, run: Run, name: str, source: Material, *, fresh: bool = False) -> None:
        import tantivy

        def build(path: Path) -> int:
            path.mkdir()
            index = self._opened(path)
            writer = index.writer(heap_size=128_000_000, num_threads=1)
            for number, words in enumerate(source.words):
                document = tantivy.Document()
                document.add_unsigned("row", number)
                document.add_text("words", words)
                writer.add_document(document)
            writer.commit()
            writer.wait_merging_threads()
            return len(source.words)

        self.built = kept(run, f"tantivy-{name}", build, fresh=fresh)
        self._index = self._opened(self.built.path)
        self._index.reload()
        self._searcher = self._index.searcher()

    @staticmethod
    def _opened(path: Path) -> Any:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("row", fast=True)
        schema.add_text_field("words", tokenizer_name=_TOKENIZER, index_option="freq")
        index = tantivy.Index(schema.build(), path=str(path))
        plain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(_TOKENIZER, plain)
        return index

    def search(self, query: Query) -> list[int]:
        """Return the rows of the ten best."""
        import tantivy

        schema, should = self._index.schema, tantivy.Occur.Should
        terms = [
            (should, tantivy.Query.term_query(schema, "words", word, "freq"))
            for word in query.words
        ]
        hits = self._searcher.search(tantivy.Query.boolean_query(terms), 10, count=False).hits
        return list(self._searcher.fast_field_values("row", [address for _, address in hits]))


class UsearchAlone:
    """usearch with its own settings over whole-number vectors, the ten nearest."""

    def __init__(self, run: Run, name: str, source: Material, *, fresh: bool = False) -> None:
        from usearch.index import Index

        whole = quantize(source.vectors)

        def build(path: Path) -> int:
            path.mkdir()
            index = Index(ndim=whole.shape[1], metric="cos", dtype="i8")
            index.add(np.arange(len(whole)), whole)
            index.save(str(path / "graph.usearch"))
            return len(whole)

        self.built = kept(run, f"usearch-{name}", build, fresh=fresh)
        self._index = Index(ndim=whole.shape[1], metric="cos", dtype="i8")
        self._index.view(str(self.built.path / "graph.usearch"))

    def search(self, query: Query) -> np.ndarray:
        """Return the rows of the ten nearest."""
        found = self._index.search(quantize(query.vector), 10, threads=1)
        keys: np.ndarray = found.keys
        return keys


class LanceHybrid:
    """LanceDB: full-text index and IVF_HNSW_SQ over one table, results joined by rank (RRF)."""

    def __init__(
        self, run: Run, name: str, source: Material, package: Any, *, fresh: bool = False
    ) -> None:
        def build(path: Path) -> int:
            table = package.connect(str(path)).create_table("offers", _arrow(run, source))
            table.create_fts_index(
                "words",
                base_tokenizer="whitespace",
                stem=False,
                remove_stop_words=False,
                ascii_folding=False,
                lower_case=False,
                max_token_length=None,
                with_position=False,
            )
            _create_graph(table)
            table.optimize()
            return len(source.ids)

        self.built = kept(run, f"lancedb-{name}", build, fresh=fresh)
        self._table = package.connect(str(self.built.path)).open_table("offers")
        rerankers = run.peer("lancedb.rerankers")
        if rerankers is None:
            raise ModuleNotFoundError("lancedb.rerankers")
        self._reranker = rerankers.RRFReranker()

    def search(self, query: Query) -> list[str]:
        """Return the ids of the ten best."""
        asked = (
            self._table.search(query_type="hybrid")
            .vector(query.vector)
            .distance_type("cosine")
            .text(" ".join(query.words))
            .rerank(self._reranker)
            .select(["id", "title"])
            .limit(10)
        )
        return [row["id"] for row in asked.to_list()]


def _create_graph(table: Any) -> None:
    rows = table.count_rows()
    table.create_index(
        metric="cosine",
        vector_column_name="vector",
        index_type="IVF_HNSW_SQ",
        num_partitions=max(1, rows // 1_000_000),
    )


def _arrow(run: Run, source: Material) -> Any:
    arrow = run.peer("pyarrow")
    if arrow is None:
        raise ModuleNotFoundError("pyarrow")
    flat = arrow.array(source.vectors.astype(np.float32).ravel())
    return arrow.table(
        {
            "id": source.ids,
            "title": source.titles,
            "words": source.words,
            "vector": arrow.FixedSizeListArray.from_arrays(flat, source.vectors.shape[1]),
        }
    )


def bm25s_index(package: Any, words: Sequence[str]) -> Any:
    """Index words that are cut already with bm25s and return the index."""
    index = package.BM25()
    index.index([each.split(" ") for each in words], show_progress=False)
    return index
