"""What every store promises, whichever back-end keeps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guantong.errors import InputError, LockedError, NotFoundError, StateError
from guantong.matching.store import (
    Entry,
    IndexReader,
    IndexWriter,
    MemoryStore,
    Side,
    StoreReader,
    StoreWriter,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DIMENSIONS = 8
SETTINGS = {"encoder": "test", "tokens": "words"}


class Store(Protocol):
    def writer(self) -> StoreWriter: ...

    def reader(self) -> StoreReader: ...


class Directory:
    def __init__(self, path: Path) -> None:
        self.path = path

    def writer(self) -> IndexWriter:
        return IndexWriter.open(self.path, dimensions=DIMENSIONS, settings=SETTINGS)

    def reader(self) -> IndexReader:
        return IndexReader.open(self.path)


@pytest.fixture(params=["directory", "memory"])
def store(request, tmp_path) -> Store:
    if request.param == "memory":
        return MemoryStore(DIMENSIONS, SETTINGS)
    return Directory(tmp_path / "index")


def entry(id: str, text: str = "", **overrides) -> Entry:
    values = {
        "side": Side.OFFER,
        "kind": "achievement",
        "record": f'{{"id": "{id}"}}'.encode(errors="replace"),
        "text_hash": f"hash of {text}",
        "body": text.split(),
        "vector": vector_of(text),
    }
    return Entry(id=id, **(values | overrides))


def vector_of(text: str) -> np.ndarray | None:
    random = np.random.default_rng(list(text.encode()))
    return random.integers(-100, 101, DIMENSIONS).astype(np.int8) if text else None


def filled(store: Store, entries: Iterable[Entry]) -> StoreReader:
    with store.writer() as writer:
        writer.add(entries)
    return store.reader()


def ids_of(reader: StoreReader, rows: np.ndarray) -> list[str]:
    found = reader.fetch(rows)
    by_row = dict(zip(found.rows.tolist(), found.ids, strict=True))
    return [by_row[row] for row in rows.tolist()]


def words(text: str) -> list[tuple[str, float]]:
    return [(word, 1.0) for word in text.split()]


def test_what_was_added_is_read_back(store):
    whole = entry(
        "成果-1",
        "碳 纤维",
        terms=b"terms",
        valid_until=date(2026, 12, 31),
        disclosure="named",
        organisation="南京理工大学",
    )
    bare = entry("成果-2")
    with filled(store, [whole, bare]) as reader:
        found = reader.fetch([reader.row(Side.OFFER, "成果-2"), reader.row(Side.OFFER, "成果-1")])
        assert list(found.ids) == ["成果-1", "成果-2"]
        assert list(found.kinds) == ["achievement", "achievement"]
        assert found.vectors.tolist() == [whole.vector.tolist(), [0] * DIMENSIONS]
        assert list(found.terms) == [b"terms", b""]
        assert list(found.valid_until) == [date(2026, 12, 31), None]
        assert list(found.disclosures) == ["named", "public"]
        assert list(found.organisations) == ["南京理工大学", ""]
        assert len(found) == 2
        assert reader.record(Side.OFFER, "成果-1") == whole.record
        assert reader.records(Side.OFFER, ["成果-2", "没有"]) == {"成果-2": bare.record}
        assert reader.ids(Side.OFFER) == ["成果-1", "成果-2"]
        assert dict(reader.each(Side.OFFER)) == {
            "成果-1": whole.record,
            "成果-2": bare.record,
        }


def test_an_empty_store_answers_with_nothing(store):
    with store.writer():
        pass
    with store.reader() as reader:
        assert reader.version == 0
        assert [reader.count(side) for side in Side] == [0, 0]
        assert len(reader.lexical(words("碳"), side=Side.NEED, limit=5).rows) == 0
        assert len(reader.nearest(vector_of("碳"), side=Side.NEED, limit=5).rows) == 0
        assert len(reader.fetch([])) == 0
        assert reader.fetch([]).vectors.shape == (0, DIMENSIONS)
        assert reader.document_frequency(["碳"], Side.NEED) == {"碳": 0}


def test_info_says_what_the_store_holds(store):
    entries = [entry("a"), entry("b", kind="instrument"), entry("c", side=Side.NEED, kind="pilot")]
    with filled(store, entries) as reader:
        info = reader.info()
    assert info.kinds == {
        Side.OFFER: {"achievement": 1, "instrument": 1},
        Side.NEED: {"pilot": 1},
    }
    assert (info.version, info.dimensions) == (1, DIMENSIONS)
    assert dict(info.settings) == SETTINGS


def test_the_same_id_may_stand_on_both_sides(store):
    with filled(store, [entry("1", "碳"), entry("1", "硅", side=Side.NEED)]) as reader:
        assert [reader.count(side) for side in Side] == [1, 1]
        assert ids_of(reader, reader.lexical(words("碳"), side=Side.OFFER, limit=5).rows) == ["1"]
        assert len(reader.lexical(words("碳"), side=Side.NEED, limit=5).rows) == 0
        own = reader.nearest(vector_of("碳"), side=Side.NEED, limit=5)
        assert own.rows.tolist() == [reader.row(Side.NEED, "1")]


def test_rarer_words_and_heavier_tokens_count_more(store):
    texts = {"a": "碳 材料", "b": "硅 材料", "c": "材料 工艺", "d": "材料 设备"}
    with filled(store, [entry(id, text) for id, text in texts.items()]) as reader:
        assert reader.document_frequency(["材料", "碳", "铁"], Side.OFFER) == {
            "材料": 4,
            "碳": 1,
            "铁": 0,
        }
        plain = reader.lexical(words("碳 材料"), side=Side.OFFER, limit=4)
        assert ids_of(reader, plain.rows)[0] == "a"
        weighted = [("碳", 1.0), ("硅", 3.0)]
        assert ids_of(reader, reader.lexical(weighted, side=Side.OFFER, limit=1).rows) == ["b"]
        assert len(reader.lexical([("碳", 0.0)], side=Side.OFFER, limit=1).rows) == 0


def test_fields_count_by_their_weight(store):
    title = entry("title", title=["碳"], body=["其他"])
    body = entry("body", title=["其他"], body=["碳"])
    with filled(store, [title, body]) as reader:

        def first(**fields: float) -> list[str]:
            hits = reader.lexical(words("碳"), side=Side.OFFER, limit=2, fields=fields)
            return ids_of(reader, hits.rows)

        assert first(title=2.0, body=1.0) == ["title", "body"]
        assert first(title=1.0, body=2.0) == ["body", "title"]
        assert first(keywords=1.0) == []
        assert first(title=0.0, body=1.0) == ["body"]


def test_scores_are_those_of_bm25(store):
    texts = ["碳 碳 纤维", "碳 材料 工艺 设备", "硅 片"]
    with filled(store, [entry(str(at), text) for at, text in enumerate(texts)]) as reader:
        hits = reader.lexical([("碳", 2.0)], side=Side.OFFER, limit=5)
    inverse = np.log(1 + (3 - 2 + 0.5) / (2 + 0.5))

    def score(count: int, length: int) -> float:
        return 2.0 * inverse * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / 3.0))

    assert hits.scores.tolist() == pytest.approx([score(2, 3), score(1, 4)], rel=1e-5)


def test_equal_scores_come_by_row_even_at_the_limit(store):
    with filled(store, [entry(f"{at:03d}", "碳") for at in range(100)]) as reader:
        rows = [reader.row(Side.OFFER, f"{at:03d}") for at in range(100)]
        assert reader.lexical(words("碳"), side=Side.OFFER, limit=7).rows.tolist() == rows[:7]


def test_nearest_orders_by_cosine(store):
    entries = [entry(text, text) for text in ("碳", "硅", "铁", "铜", "铝")]
    with filled(store, entries) as reader:
        wanted = vector_of("铁")
        hits = reader.nearest(wanted, side=Side.OFFER, limit=5)
        found = reader.fetch(hits.rows)
        lengths = np.linalg.norm(found.vectors.astype(float), axis=1)
        cosines = found.vectors.astype(float) @ wanted / lengths / np.linalg.norm(wanted)
        assert hits.scores.tolist() == pytest.approx(sorted(cosines, reverse=True), abs=1e-5)
        assert ids_of(reader, hits.rows)[0] == "铁"
        two = reader.nearest(wanted, side=Side.OFFER, limit=2)
        assert two.rows.tolist() == hits.rows[:2].tolist()


def test_an_entry_without_meaning_is_never_near(store):
    zero = np.zeros(DIMENSIONS, np.int8)
    with filled(store, [entry("none"), entry("zero", vector=zero), entry("a", "碳")]) as reader:
        hits = reader.nearest(vector_of("碳"), side=Side.OFFER, limit=9)
        assert ids_of(reader, hits.rows) == ["a"]
        assert len(reader.nearest(zero, side=Side.OFFER, limit=9).rows) == 0


def test_kinds_filter_both_searches(store):
    entries = [entry(f"{kind}{at}", f"碳 {at}", kind=kind) for at in range(30) for kind in "ab"]
    with filled(store, entries) as reader:
        for kinds, expected in ((["b"], 30), (["a", "b"], 60), (["c"], 0), ([], 0), (None, 60)):
            by_words = reader.lexical(words("碳"), side=Side.OFFER, limit=99, kinds=kinds)
            by_meaning = reader.nearest(vector_of("碳"), side=Side.OFFER, limit=99, kinds=kinds)
            for hits in (by_words, by_meaning):
                assert len(hits.rows) == expected
                assert set(reader.fetch(hits.rows).kinds) <= set(kinds or "ab")


def test_adding_again_changes_nothing(store):
    same = entry("a", "碳")
    with filled(store, [same]) as reader, store.writer() as writer:
        row = reader.row(Side.OFFER, "a")
        assert writer.add([same]) == 0
        writer.commit()
        assert not reader.refresh()
        assert (reader.version, reader.row(Side.OFFER, "a")) == (1, row)


def test_a_changed_record_with_the_same_text_keeps_its_row_words_and_meaning(store):
    with filled(store, [entry("a", "碳", terms=b"t")]) as reader, store.writer() as writer:
        row = reader.row(Side.OFFER, "a")
        later = date(2027, 1, 1)
        change = entry("a", record=b"new", text_hash="hash of 碳", valid_until=later)
        assert writer.add([change]) == 1
        writer.commit()
        assert reader.refresh()
        assert reader.row(Side.OFFER, "a") == row
        assert reader.record(Side.OFFER, "a") == b"new"
        found = reader.fetch([row])
        assert list(found.valid_until) == [later]
        assert list(found.terms) == [b"t"]
        assert reader.lexical(words("碳"), side=Side.OFFER, limit=1).rows.tolist() == [row]
        assert reader.nearest(vector_of("碳"), side=Side.OFFER, limit=1).rows.tolist() == [row]


@pytest.mark.parametrize("change", [{"text": "硅"}, {"text": "碳", "kind": "instrument"}])
def test_a_changed_text_or_kind_takes_the_old_one_out_of_both_searches(store, change):
    with filled(store, [entry("a", "碳"), entry("b", "铁")]) as reader, store.writer() as writer:
        old = reader.row(Side.OFFER, "a")
        assert writer.add([entry("a", **change)]) == 1
        writer.commit()
        reader.refresh()
        new = reader.row(Side.OFFER, "a")
        assert new > reader.row(Side.OFFER, "b") > old
        assert old not in reader.lexical(words("碳 硅"), side=Side.OFFER, limit=9).rows
        assert new in reader.lexical(words(change["text"]), side=Side.OFFER, limit=9).rows
        near = reader.nearest(vector_of("碳"), side=Side.OFFER, limit=9).rows.tolist()
        assert sorted(near) == [reader.row(Side.OFFER, "b"), new]
        assert reader.count(Side.OFFER) == 2


def test_the_last_of_several_entries_with_one_id_counts(store):
    with filled(store, [entry("a", "碳"), entry("a", "硅")]) as reader:
        assert reader.count(Side.OFFER) == 1
        assert len(reader.lexical(words("硅"), side=Side.OFFER, limit=9).rows) == 1
        assert len(reader.lexical(words("碳"), side=Side.OFFER, limit=9).rows) == 0


def test_removed_entries_are_gone_and_their_rows_are_not_used_again(store):
    with filled(store, [entry("a", "碳"), entry("b", "碳")]) as reader, store.writer() as writer:
        gone = reader.row(Side.OFFER, "b")
        assert writer.remove(Side.OFFER, ["b", "b", "nobody"]) == 1
        writer.add([entry("c", "碳")])
        writer.commit()
        reader.refresh()
        assert reader.ids(Side.OFFER) == ["a", "c"]
        assert reader.row(Side.OFFER, "c") > gone
        hits = reader.lexical(words("碳"), side=Side.OFFER, limit=9)
        assert ids_of(reader, hits.rows) == ["a", "c"]
        assert len(reader.fetch([gone])) == 0
        with pytest.raises(NotFoundError) as missing:
            reader.record(Side.OFFER, "b")
        assert missing.value.code == "store.no_such_id"


def test_text_hashes_show_what_need_not_be_encoded_again(store):
    with store.writer() as writer:
        writer.add([entry("a", "碳")])
        assert writer.text_hashes(Side.OFFER, ["a", "b"]) == {"a": "hash of 碳"}
        assert writer.text_hashes(Side.NEED, ["a"]) == {}


def test_a_reader_keeps_its_snapshot_until_it_refreshes(store):
    with filled(store, [entry("a", "碳")]) as reader, store.writer() as writer:
        writer.add([entry("a", "硅"), entry("b", "碳")])
        writer.commit()
        writer.remove(Side.OFFER, ["b"])
        writer.commit()
        hits = reader.lexical(words("碳"), side=Side.OFFER, limit=9)
        assert ids_of(reader, hits.rows) == ["a"]
        assert reader.ids(Side.OFFER) == ["a"]
        assert reader.refresh()
        assert not reader.refresh()
        assert len(reader.lexical(words("碳"), side=Side.OFFER, limit=9).rows) == 0


def test_nothing_uncommitted_is_seen(store):
    with filled(store, [entry("a", "碳")]) as reader, store.writer() as writer:
        writer.add([entry("b", "碳")])
        writer.remove(Side.OFFER, ["a"])
        with store.reader() as other:
            assert other.ids(Side.OFFER) == ["a"]
        writer.rollback()
        writer.add([entry("c", "碳")])
        writer.commit()
        reader.refresh()
        assert reader.ids(Side.OFFER) == ["a", "c"]
        hits = reader.lexical(words("碳"), side=Side.OFFER, limit=9)
        assert ids_of(reader, hits.rows) == ["a", "c"]


def test_an_exception_in_the_block_rolls_back(store):
    with pytest.raises(RuntimeError, match="stop"), store.writer() as writer:
        writer.add([entry("a")])
        raise RuntimeError("stop")
    with store.reader() as reader:
        assert reader.count(Side.OFFER) == 0


def test_there_is_one_writer_at_a_time(store):
    with store.writer():
        with pytest.raises(LockedError) as second:
            store.writer()
        assert second.value.code == "store.locked"
    with store.writer() as writer:
        assert writer.add([entry("a")]) == 1


def test_a_closed_writer_refuses_to_write(store):
    writer = store.writer()
    writer.close()
    writer.close()
    for action in (
        lambda: writer.add([entry("a")]),
        lambda: writer.remove(Side.OFFER, ["a"]),
        writer.commit,
        writer.rollback,
    ):
        with pytest.raises(StateError) as closed:
            action()
        assert closed.value.code == "store.closed"


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (entry(""), "store.no_id"),
        (entry("a", vector=np.zeros(DIMENSIONS + 1, np.int8)), "store.bad_vector"),
        (entry("a", vector=np.ones(DIMENSIONS, np.float32)), "store.bad_vector"),
        (entry("a\ud800"), "store.bad_text"),
        (entry("a\0b"), "store.bad_text"),
        (entry("a", body=["半\udc00"]), "store.bad_text"),
    ],
)
def test_an_entry_that_cannot_be_kept_is_refused_and_nothing_changes(store, bad, code):
    with store.writer() as writer:
        writer.add([entry("good")])
        with pytest.raises(InputError) as refused:
            writer.add([bad])
        assert refused.value.code == code
    with store.reader() as reader:
        assert reader.ids(Side.OFFER) == ["good"]


def test_a_query_of_another_length_is_refused(store):
    with filled(store, [entry("a", "碳")]) as reader, pytest.raises(InputError) as refused:
        reader.nearest(np.ones(3, np.int8), side=Side.OFFER, limit=1)
    assert refused.value.code == "store.bad_vector"


TEXTS = st.lists(st.sampled_from("碳硅铁铜铝钛"), max_size=4).map(" ".join)
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from("abcde"), TEXTS, st.sampled_from(Side)),
        st.tuples(st.just("remove"), st.sampled_from("abcde"), st.sampled_from(Side)),
        st.sampled_from([("commit",), ("rollback",)]),
    ),
    max_size=25,
)


def apply(writer: StoreWriter, change: tuple, state: dict, committed: dict) -> tuple[dict, dict]:
    match change:
        case ("add", id, text, side):
            wanted = entry(id, text, side=side)
            before = state.get((side, id))
            assert writer.add([wanted]) == (before is None or before.text_hash != wanted.text_hash)
            state = state | {(side, id): wanted}
        case ("remove", id, side):
            assert writer.remove(side, [id]) == ((side, id) in state)
            state = {key: kept for key, kept in state.items() if key != (side, id)}
        case ("commit",):
            writer.commit()
            committed = state
        case ("rollback",):
            writer.rollback()
            state = committed
    return state, committed


@pytest.mark.parametrize("kind", ["directory", "memory"])
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=CHANGES)
def test_any_sequence_of_changes_leaves_what_a_dictionary_would_hold(
    kind, changes, tmp_path_factory
):
    path = tmp_path_factory.mktemp("store") / "index"
    store = Directory(path) if kind == "directory" else MemoryStore(DIMENSIONS, SETTINGS)
    state: dict[tuple[Side, str], Entry] = {}
    committed = state
    with store.writer() as writer, store.reader() as reader:
        for change in changes:
            state, committed = apply(writer, change, state, committed)
        reader.refresh()
        assert_holds(reader, committed)


def assert_holds(reader: StoreReader, expected: dict[tuple[Side, str], Entry]) -> None:
    for side in Side:
        texts = {id: kept for (where, id), kept in expected.items() if where is side}
        assert set(reader.ids(side)) == set(texts)
        assert reader.count(side) == len(texts)
        for word in "碳硅铁铜铝钛":
            hits = reader.lexical([(word, 1.0)], side=side, limit=9)
            having = {id for id, kept in texts.items() if word in kept.body}
            assert set(ids_of(reader, hits.rows)) == having
        meaning = {id for id, kept in texts.items() if kept.vector is not None}
        near = reader.nearest(vector_of("碳"), side=side, limit=9)
        assert set(ids_of(reader, near.rows)) == meaning


def test_both_stores_rank_alike(tmp_path):
    random = np.random.default_rng(7)
    alphabet = [f"w{number}" for number in range(40)]
    texts = [" ".join(random.choice(alphabet, random.integers(1, 30))) for _ in range(200)]
    entries = [entry(str(at), text, kind="ab"[at % 2]) for at, text in enumerate(texts)]
    memory = filled(MemoryStore(DIMENSIONS, SETTINGS), entries)
    with filled(Directory(tmp_path), entries) as directory:
        for text in texts[:20]:
            for kinds in (None, ["a"]):
                how = {"side": Side.OFFER, "limit": 10, "kinds": kinds}
                for one, other in (
                    (memory.lexical(words(text), **how), directory.lexical(words(text), **how)),
                    (
                        memory.nearest(vector_of(text), **how),
                        directory.nearest(vector_of(text), **how),
                    ),
                ):
                    assert one.scores.tolist() == pytest.approx(other.scores.tolist(), rel=1e-4)
        assert memory.record(Side.OFFER, "5") == directory.record(Side.OFFER, "5")


def test_an_entry_is_not_changed_by_adding_it(store):
    given_entry = entry("a", "碳")
    copy = replace(given_entry)
    with store.writer() as writer:
        writer.add([given_entry])
    assert given_entry.vector.tolist() == copy.vector.tolist()
    assert given_entry.body == copy.body


def test_a_store_without_meanings_has_no_dimensions(tmp_path):
    with IndexWriter.open(tmp_path, dimensions=0) as writer:
        writer.add([entry("a", "碳", vector=None)])
    memory = filled(MemoryStore(0), [entry("a", "碳", vector=None)])
    with IndexReader.open(tmp_path) as directory:
        for reader in (memory, directory):
            found = reader.fetch(reader.lexical(words("碳"), side=Side.OFFER, limit=1).rows)
            assert found.vectors.shape == (1, 0)
            nothing = reader.nearest(np.empty(0, np.int8), side=Side.OFFER, limit=1)
            assert len(nothing.rows) == 0


def test_equal_input_gives_equal_answers(tmp_path):
    random = np.random.default_rng(11)
    texts = [" ".join(random.choice(list("碳硅铁铜铝钛"), 6)) for _ in range(300)]
    entries = [entry(str(at), text) for at, text in enumerate(texts)]
    answers = []
    for name in ("one", "two"):
        with filled(Directory(tmp_path / name), entries) as reader:
            by_words = reader.lexical(words("碳 铜"), side=Side.OFFER, limit=50)
            by_meaning = reader.nearest(vector_of("碳 铜"), side=Side.OFFER, limit=50)
            answers.append([part.tolist() for part in (*by_words, *by_meaning)])
    assert answers[0] == answers[1]
