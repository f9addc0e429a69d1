"""What cannot be used is refused with a sentence that says what to do."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import guantong
from guantong.errors import ConfigurationError, GuantongError, StateError
from guantong.matching.store import Entry, IndexReader, IndexWriter, Side
from guantong.matching.store.tables import storage_errors
from guantong.messages import LANGUAGES, catalogue, render

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(guantong.__file__).parents[1])}


def entry(id: str, size: int = 10) -> Entry:
    return Entry(
        id=id,
        side=Side.OFFER,
        kind="achievement",
        record=b"x" * size,
        text_hash="1",
        body=["common"],
    )


@pytest.fixture
def index(tmp_path) -> Path:
    with IndexWriter.open(tmp_path / "index", dimensions=4, settings={"encoder": "one"}) as writer:
        writer.add([entry("a"), entry("b")])
    return tmp_path / "index"


def refused(action) -> GuantongError:
    with pytest.raises(GuantongError) as caught:
        action()
    for language in LANGUAGES:
        sentence = render(caught.value.code, language, **caught.value.params)
        assert not sentence.startswith(caught.value.code)
    return caught.value


def test_a_path_without_an_index_cannot_be_read_or_continued(tmp_path):
    for path in (tmp_path, tmp_path / "nothing"):
        assert refused(lambda path=path: IndexReader.open(path)).code == "store.not_an_index"
        assert refused(lambda path=path: IndexWriter.open(path)).code == "store.not_an_index"
    assert list(tmp_path.iterdir()) == []


def test_a_directory_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "report.docx").write_text("mine")
    error = refused(lambda: IndexWriter.open(tmp_path, dimensions=4))
    assert (error.code, error.params["found"]) == ("store.foreign_directory", "report.docx")
    assert [file.name for file in tmp_path.iterdir()] == ["report.docx"]


def test_a_file_is_no_index(tmp_path):
    path = tmp_path / "index"
    path.write_text("")
    assert refused(lambda: IndexWriter.open(path, dimensions=4)).code == "store.not_a_directory"
    assert refused(lambda: IndexReader.open(path)).code == "store.not_an_index"


def test_another_database_is_no_index(tmp_path):
    connection = sqlite3.connect(tmp_path / "index.sqlite")
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    assert refused(lambda: IndexReader.open(tmp_path)).code == "store.not_an_index"
    error = refused(lambda: IndexWriter.open(tmp_path, dimensions=4))
    assert error.code == "store.not_an_index"


def test_an_interrupted_creation_can_be_repeated(tmp_path):
    connection = sqlite3.connect(tmp_path / "index.sqlite")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    assert refused(lambda: IndexReader.open(tmp_path)).code == "store.not_an_index"
    with IndexWriter.open(tmp_path, dimensions=4) as writer:
        assert writer.add([entry("a")]) == 1


def test_an_index_of_another_format_is_refused(index):
    connection = sqlite3.connect(index / "index.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for action in (lambda: IndexReader.open(index), lambda: IndexWriter.open(index)):
        error = refused(action)
        assert (error.code, error.params["found"]) == ("store.format", 99)


def test_other_settings_than_those_of_the_index_are_refused(index):
    other = {"encoder": "two"}
    for action in (
        lambda: IndexReader.open(index, settings=other),
        lambda: IndexWriter.open(index, settings=other),
    ):
        error = refused(action)
        assert isinstance(error, ConfigurationError)
        assert error.params["stored"] == "one"
        assert error.params["given"] == "two"
    assert refused(lambda: IndexWriter.open(index, dimensions=8)).params["name"] == "dimensions"
    with IndexReader.open(index, settings={"encoder": "one"}) as reader:
        assert reader.settings == {"encoder": "one"}


def test_a_broken_database_is_reported_as_damage(index):
    (index / "index.sqlite").write_bytes(b"no database at all " * 1000)
    for action in (lambda: IndexReader.open(index), lambda: IndexWriter.open(index)):
        assert refused(action).code == "store.damaged"


def test_a_missing_lexical_part_is_reported_as_damage(index):
    for file in (index / "lexical-offer").iterdir():
        file.unlink()
    error = refused(lambda: IndexReader.open(index))
    assert error.code == "store.damaged"
    assert "lexical-offer" in str(error.params["reason"])


def test_a_broken_lexical_part_is_reported_as_damage(index):
    (index / "lexical-offer" / "meta.json").write_text("{")
    assert refused(lambda: IndexReader.open(index)).code == "store.damaged"


@pytest.fixture
def with_graph(tmp_path, monkeypatch) -> Path:
    import numpy as np

    from guantong.matching.store import vectors

    monkeypatch.setattr(vectors, "FIRST_FOLD", 5)
    random = np.random.default_rng(1)
    with IndexWriter.open(tmp_path, dimensions=8) as writer:
        for number in range(20):
            vector = random.integers(-9, 10, 8).astype(np.int8)
            one = entry(str(number))
            writer.add(
                [
                    Entry(
                        id=one.id,
                        side=one.side,
                        kind=one.kind,
                        record=b"",
                        text_hash="",
                        vector=vector,
                    )
                ]
            )
    return tmp_path


@pytest.mark.parametrize("harm", ["missing", "empty", "cut", "other"])
def test_a_broken_graph_file_is_reported_as_damage(with_graph, harm):
    (graph,) = with_graph.glob("vectors-*")
    match harm:
        case "missing":
            graph.unlink()
        case "empty":
            graph.write_bytes(b"")
        case "cut":
            graph.write_bytes(graph.read_bytes()[:300])
        case "other":
            graph.write_bytes(b"something else " * 100)
    assert refused(lambda: IndexReader.open(with_graph)).code == "store.damaged"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_directory_is_said_to_be_one(index):
    index.chmod(0o500)
    try:
        assert refused(lambda: IndexWriter.open(index)).code == "store.not_writable"
    finally:
        index.chmod(0o700)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (sqlite3.OperationalError("attempt to write a readonly database"), "store.not_writable"),
        (sqlite3.OperationalError("unable to open database file"), "store.not_writable"),
        (PermissionError(13, "Permission denied"), "store.not_writable"),
        (OSError(30, "Read-only file system"), "store.not_writable"),
        (sqlite3.OperationalError("database or disk is full"), "store.write_failed"),
        (sqlite3.OperationalError("disk I/O error"), "store.write_failed"),
        (OSError(28, "No space left on device"), "store.write_failed"),
        (OSError(27, "File too large"), "store.write_failed"),
        (ValueError("An IO error occurred: 'No space left'"), "store.write_failed"),
        (sqlite3.DatabaseError("database disk image is malformed"), "store.damaged"),
    ],
)
def test_what_the_back_ends_raise_becomes_one_of_our_errors(error, code):
    def fail() -> None:
        with storage_errors(Path("index")):
            raise error

    assert refused(fail).code == code


FULL = """
import resource, sys
from guantong.errors import StateError
from guantong.matching.store import Entry, IndexWriter, Side
def entry(id, size):
    return Entry(id=id, side=Side.OFFER, kind="k", record=b"x" * size, text_hash="1", body=[id])
writer = IndexWriter.open(sys.argv[1], autocommit=0)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
try:
    writer.add(entry(f"big{n}", 5_000) for n in range(1_000))
    writer.commit()
except StateError as error:
    print(error.code)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
writer.add([entry("small", 10)])
writer.commit()
writer.close()
"""


def test_a_full_disk_costs_only_what_was_not_committed(index):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(index)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("store.write_failed\n", "")
    with IndexReader.open(index) as reader:
        assert reader.ids(Side.OFFER) == ["a", "b", "small"]
        hits = reader.lexical([("small", 1.0), ("big1", 1.0)], side=Side.OFFER, limit=9)
        assert reader.fetch(hits.rows).ids == ("small",)


def test_an_error_of_the_caller_is_passed_on_as_it_is(index):
    def broken():
        yield entry("c")
        raise OSError("the caller's own")

    with (
        pytest.raises(OSError, match="the caller's own"),
        IndexWriter.open(index) as writer,
    ):
        writer.add(broken())
    with IndexReader.open(index) as reader:
        assert reader.ids(Side.OFFER) == ["a", "b"]


def test_a_reader_that_met_a_busy_writer_refreshes_the_next_time(index):
    with IndexReader.open(index) as reader:
        with IndexWriter.open(index) as writer:
            writer.add([entry("c")])
        with pytest.MonkeyPatch.context() as patch:
            versions = iter(range(1000, 2000))
            patch.setattr(IndexReader, "_last_version", lambda _: next(versions))
            assert refused(reader.refresh).code == "store.busy"
        assert reader.refresh()
        assert reader.ids(Side.OFFER) == ["a", "b", "c"]


def test_a_state_error_is_not_wrapped_again():
    inner = StateError("store.closed", path="x")
    with pytest.raises(StateError) as caught, storage_errors(Path("y")):
        raise inner
    assert caught.value is inner


def test_every_sentence_stands_in_both_languages():
    codes = [{code for code in catalogue(lang) if code.startswith("store.")} for lang in LANGUAGES]
    assert codes[0] == codes[1]
    assert len(codes[0]) >= 15
