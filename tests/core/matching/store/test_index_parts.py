"""The graph, the tail that is scanned, and the tombstones, seen through the index directory."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from guantong.matching.store import Entry, IndexReader, IndexWriter, Side, side, vectors
from guantong.matching.store.lexical import LexicalReader

if TYPE_CHECKING:
    from pathlib import Path

DIMENSIONS = 16


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(vectors, "FIRST_FOLD", 50)
    monkeypatch.setattr(vectors, "LATER_FOLD", 10)


def entry(number: int, text: str = "1", **overrides) -> Entry:
    values = {
        "side": Side.OFFER,
        "kind": "achievement",
        "record": f"{number}".encode(),
        "text_hash": text,
        "body": ["common", f"n{number}"],
        "vector": vector_of(number, text),
    }
    return Entry(id=f"{number}", **(values | overrides))


def vector_of(number: int, text: str = "1") -> np.ndarray:
    source = np.random.default_rng([number, *text.encode()])
    return source.integers(-100, 101, DIMENSIONS).astype(np.int8)


def write(index: Path, *added: Entry, removed: list[int] = ()) -> None:  # type: ignore[assignment]
    with IndexWriter.open(index, dimensions=DIMENSIONS, threads=1) as writer:
        writer.remove(Side.OFFER, map(str, removed))
        writer.add(added)


def graph_of(index: Path) -> tuple[str, int, int] | None:
    connection = sqlite3.connect(index / "index.sqlite")
    found = connection.execute("SELECT file, covered, vectors FROM generation").fetchone()
    connection.close()
    return found


def tombstones(index: Path) -> list[tuple[int, int, int]]:
    connection = sqlite3.connect(index / "index.sqlite")
    found = connection.execute("SELECT row, in_lexical, in_graph FROM tombstone").fetchall()
    connection.close()
    return found


def nearest(index: Path, number: int, limit: int = 5, **how) -> list[str]:
    with IndexReader.open(index) as reader:
        hits = reader.nearest(vector_of(number), side=Side.OFFER, limit=limit, **how)
        found = reader.fetch(hits.rows)
        ids = dict(zip(found.rows.tolist(), found.ids, strict=True))
        return [ids[row] for row in hits.rows.tolist()]


def exact(numbers: list[int], wanted: int, limit: int = 5) -> list[str]:
    matrix = np.array([vector_of(number) for number in numbers], float)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    order = np.argsort(-(matrix @ vector_of(wanted).astype(float)), kind="stable")[:limit]
    return [str(numbers[at]) for at in order]


def test_few_vectors_have_no_graph(tmp_path):
    write(tmp_path, *map(entry, range(50)))
    assert graph_of(tmp_path) is None
    assert nearest(tmp_path, 7) == exact(list(range(50)), 7)


def test_many_vectors_get_a_graph_and_the_newest_are_scanned(tmp_path):
    write(tmp_path, *map(entry, range(60)))
    assert graph_of(tmp_path) == ("vectors-offer-00000001.usearch", 60, 60)
    write(tmp_path, *map(entry, range(60, 70)))
    assert graph_of(tmp_path)[1:] == (60, 60)
    for wanted in (3, 65):
        assert nearest(tmp_path, wanted) == exact(list(range(70)), wanted)


def test_a_grown_tail_is_folded_into_the_next_graph(tmp_path):
    write(tmp_path, *map(entry, range(60)))
    write(tmp_path, *map(entry, range(60, 71)))
    assert graph_of(tmp_path) == ("vectors-offer-00000002.usearch", 71, 71)
    assert [file.name for file in tmp_path.glob("vectors-*")] == ["vectors-offer-00000002.usearch"]
    assert nearest(tmp_path, 65) == exact(list(range(71)), 65)
    with IndexReader.open(tmp_path) as reader:
        assert reader.info().unfolded == {Side.OFFER: 0, Side.NEED: 0}


def test_while_building_the_graph_waits_until_it_would_double(tmp_path):
    assert not vectors.wants_folding(0, 500, building=True)
    assert vectors.wants_folding(0, 501, building=True)
    assert not vectors.wants_folding(4000, 4000, building=True)
    with IndexWriter.open(tmp_path, dimensions=DIMENSIONS, autocommit=1000, threads=1) as writer:
        writer.add(map(entry, range(1000)))
        assert graph_of(tmp_path)[1:] == (1000, 1000)
        writer.add(map(entry, range(1000, 2000)))
        assert graph_of(tmp_path)[1:] == (1000, 1000)
    assert graph_of(tmp_path)[1:] == (2000, 2000)


def test_entries_without_vectors_stay_out_of_the_graph(tmp_path):
    bare = [entry(number, vector=None) for number in range(100, 200)]
    write(tmp_path, *bare, *map(entry, range(60)))
    assert graph_of(tmp_path)[1:] == (160, 60)
    assert nearest(tmp_path, 7) == exact(list(range(60)), 7)


def test_dead_rows_of_the_graph_are_passed_over(tmp_path):
    write(tmp_path, *map(entry, range(100)))
    gone = [int(id) for id in exact(list(range(100)), 7, 10)]
    write(tmp_path, removed=gone)
    assert graph_of(tmp_path)[2] == 100
    left = [number for number in range(100) if number not in gone]
    assert nearest(tmp_path, 7, limit=90) == exact(left, 7, 90)


def test_too_many_dead_rows_bring_a_new_graph_without_them(tmp_path):
    write(tmp_path, *map(entry, range(100)))
    write(tmp_path, removed=list(range(30)))
    assert graph_of(tmp_path)[2] == 70
    assert all(not in_graph for _, _, in_graph in tombstones(tmp_path))
    assert nearest(tmp_path, 50) == exact(list(range(30, 100)), 50)


def test_removing_everything_removes_the_graph(tmp_path):
    write(tmp_path, *map(entry, range(100)))
    write(tmp_path, removed=list(range(100)))
    assert graph_of(tmp_path) is None
    assert list(tmp_path.glob("vectors-*")) == []
    assert nearest(tmp_path, 7) == []


def test_the_lexical_part_forgets_dead_rows_one_commit_later(tmp_path):
    write(tmp_path, *map(entry, range(5)))
    write(tmp_path, removed=[0])
    assert LexicalReader.open(tmp_path / "lexical-offer").documents == 5
    assert tombstones(tmp_path) == [(1, 1, 0)]
    write(tmp_path, entry(9))
    assert LexicalReader.open(tmp_path / "lexical-offer").documents == 5
    assert tombstones(tmp_path) == []


def test_a_commit_without_changes_is_none(tmp_path):
    write(tmp_path, entry(1))
    write(tmp_path)
    write(tmp_path, entry(1), removed=[9])
    with IndexReader.open(tmp_path) as reader:
        assert reader.version == 1


def test_the_tally_counts_what_is_there(tmp_path):
    write(tmp_path, *(entry(number, kind="ab"[number % 2]) for number in range(10)))
    write(tmp_path, entry(0, kind="b"), entry(1, "2", kind="b"), removed=[2, 4, 6, 8])
    with IndexReader.open(tmp_path) as reader:
        assert reader.info().kinds[Side.OFFER] == {"b": 6}
        assert reader.count(Side.OFFER) == len(reader.ids(Side.OFFER)) == 6


@pytest.mark.parametrize("scanned", [10, 1000])
def test_a_kind_is_found_by_meaning_whether_it_is_scanned_or_filtered(
    tmp_path, monkeypatch, scanned
):
    monkeypatch.setattr(side, "SCANNED_KINDS", scanned)
    monkeypatch.setattr(side, "SCANNED_SHARE", 0.01)
    write(tmp_path, *(entry(number, kind="ab"[number % 10 == 0]) for number in range(300)))
    rare = [number for number in range(300) if number % 10 == 0]
    assert nearest(tmp_path, 5, limit=12, kinds=["b"]) == exact(rare, 5, 12)
    assert nearest(tmp_path, 5, limit=50, kinds=["b", "c"]) == exact(rare, 5, 50)


def test_only_so_many_scanned_kinds_are_kept_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(side, "CACHED_KINDS", 2)
    write(tmp_path, *(entry(number, kind="abcd"[number % 4]) for number in range(40)))
    with IndexReader.open(tmp_path) as reader:
        for kind in "abcda":
            hits = reader.nearest(vector_of(1), side=Side.OFFER, limit=40, kinds=[kind])
            assert set(reader.fetch(hits.rows).kinds) == {kind}
        assert len(reader._sides[Side.OFFER]._of_kinds) == 2


def test_threads_that_ask_for_many_kinds_do_not_stumble_over_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr(side, "CACHED_KINDS", 1)
    write(tmp_path, *(entry(number, kind="abcd"[number % 4]) for number in range(40)))
    with IndexReader.open(tmp_path) as reader, ThreadPoolExecutor(4) as pool:

        def kinds_found(kind):
            hits = reader.nearest(vector_of(1), side=Side.OFFER, limit=40, kinds=[kind])
            return set(reader.fetch(hits.rows).kinds)

        assert list(pool.map(kinds_found, "abcd" * 50)) == [{"a"}, {"b"}, {"c"}, {"d"}] * 50


def test_equal_meanings_come_by_row_even_at_the_limit(tmp_path):
    same = vector_of(1)
    write(tmp_path, *(entry(number, vector=same) for number in range(12)))
    assert nearest(tmp_path, 1, limit=4) == ["0", "1", "2", "3"]


def test_many_rows_are_fetched_at_once(tmp_path):
    write(tmp_path, *map(entry, range(3000)))
    with IndexReader.open(tmp_path) as reader:
        found = reader.fetch(range(1, 5000))
        assert len(found) == 3000
        assert found.vectors[41].tolist() == vector_of(41).tolist()
        assert len(reader.records(Side.OFFER, map(str, range(3000)))) == 3000
