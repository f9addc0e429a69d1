"""One writer, many readers, in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

import guantong
from guantong.errors import LockedError
from guantong.matching.store import Entry, IndexReader, IndexWriter, Side, vectors
from guantong.matching.store.lock import LOCK, WriterLock

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(guantong.__file__).parents[1])}
HOLDER = """
import sys
from guantong.matching.store import IndexWriter
writer = IndexWriter.open(sys.argv[1], dimensions=4)
print("open", flush=True)
sys.stdin.read()
"""
READER = """
import json, sys
from guantong.matching.store import IndexReader, Side
reader = IndexReader.open(sys.argv[1])
print("open", flush=True)
for line in sys.stdin:
    if line.strip() == "refresh":
        reader.refresh()
    hits = reader.lexical([("common", 1.0)], side=Side.OFFER, limit=1000)
    print(json.dumps([reader.version, sorted(reader.fetch(hits.rows).ids)]), flush=True)
"""


@pytest.fixture
def running():
    """Start a script that says when it is ready; it is killed in the end."""
    processes = []

    def run(script: str, index: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(index)],
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        assert process.stdout.readline() == "open\n"
        return process

    yield run
    for process in processes:
        process.kill()
        process.communicate()


def entry(id: str, text: str = "1") -> Entry:
    source = np.random.default_rng([*id.encode(), *text.encode()])
    vector = source.integers(-100, 101, 4).astype(np.int8)
    return Entry(
        id=id,
        side=Side.OFFER,
        kind="achievement",
        record=b"{}",
        text_hash=text,
        body=["common", text],
        vector=vector,
    )


def ask(process: subprocess.Popen[str], question: str) -> list:
    process.stdin.write(question + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def test_a_second_writer_is_told_who_writes(tmp_path, running):
    process = running(HOLDER, tmp_path)
    with pytest.raises(LockedError) as refused:
        IndexWriter.open(tmp_path)
    assert refused.value.code == "store.locked"
    assert refused.value.params == {"path": str(tmp_path), "pid": str(process.pid)}


def test_the_lock_of_a_dead_writer_is_free(tmp_path, running):
    process = running(HOLDER, tmp_path)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (tmp_path / LOCK).read_text() == f"{process.pid}\n"
    with IndexWriter.open(tmp_path) as writer:
        assert (tmp_path / LOCK).read_text() == f"{os.getpid()}\n"
        assert writer.add([entry("a")]) == 1


def test_a_lock_file_without_an_owner_does_not_lock(tmp_path):
    (tmp_path / LOCK).write_text("1\n")
    with IndexWriter.open(tmp_path, dimensions=4) as writer:
        assert writer.add([entry("a")]) == 1


def test_a_released_lock_may_be_released_again(tmp_path):
    lock = WriterLock(tmp_path)
    assert lock.held
    lock.release()
    lock.release()
    assert not lock.held


def test_a_refused_writer_leaves_the_lock_free(tmp_path):
    with IndexWriter.open(tmp_path, dimensions=4, settings={"encoder": "one"}):
        pass
    with pytest.raises(Exception, match=r"store\.settings"):
        IndexWriter.open(tmp_path, settings={"encoder": "two"})
    with IndexWriter.open(tmp_path) as writer:
        assert writer.settings == {"encoder": "one"}


def test_a_reader_in_another_process_moves_when_it_refreshes(tmp_path, running):
    with IndexWriter.open(tmp_path, dimensions=4) as writer:
        writer.add([entry("a"), entry("b")])
        writer.commit()
        reader = running(READER, tmp_path)
        assert ask(reader, "look") == [1, ["a", "b"]]
        writer.add([entry("c"), entry("a", "2")])
        writer.remove(Side.OFFER, ["b"])
        assert ask(reader, "refresh") == [1, ["a", "b"]]
        writer.commit()
        assert ask(reader, "look") == [1, ["a", "b"]]
        assert ask(reader, "refresh") == [2, ["a", "c"]]


def test_readers_meet_only_whole_commits_while_a_writer_is_busy(tmp_path, running, monkeypatch):
    """Each commit replaces all entries by as many of the next version."""
    monkeypatch.setattr(vectors, "FIRST_FOLD", 20)
    monkeypatch.setattr(vectors, "LATER_FOLD", 10)
    with IndexWriter.open(tmp_path, dimensions=4, autocommit=0) as writer:
        writer.add(entry(f"0-{number}") for number in range(30))
        writer.commit()
        reader = running(READER, tmp_path)
        failures: list[object] = []
        stop = threading.Event()

        def read() -> None:
            while not stop.is_set():
                version, ids = ask(reader, "refresh")
                if ids != sorted(f"{version - 1}-{number}" for number in range(30)):
                    failures.append((version, ids))

        thread = threading.Thread(target=read)
        thread.start()
        for version in range(1, 15):
            writer.remove(Side.OFFER, [f"{version - 1}-{number}" for number in range(30)])
            writer.add(entry(f"{version}-{number}") for number in range(30))
            writer.commit()
        stop.set()
        thread.join()
    assert failures == []


def test_a_snapshot_outlives_the_graph_file_it_was_taken_from(tmp_path, monkeypatch):
    monkeypatch.setattr(vectors, "FIRST_FOLD", 5)
    monkeypatch.setattr(vectors, "LATER_FOLD", 5)
    with IndexWriter.open(tmp_path, dimensions=4) as writer:
        writer.add(entry(f"{number:02d}") for number in range(20))
    (old,) = tmp_path.glob("vectors-*")
    wanted = entry("07").vector
    with IndexReader.open(tmp_path) as reader:
        before = reader.nearest(wanted, side=Side.OFFER, limit=20)
        with IndexWriter.open(tmp_path) as writer:
            writer.add(entry(f"{number:02d}", "2") for number in range(20))
        assert not old.exists()
        after = reader.nearest(wanted, side=Side.OFFER, limit=20)
        assert after.rows.tolist() == before.rows.tolist()
        assert reader.refresh()
        assert set(reader.nearest(wanted, side=Side.OFFER, limit=20).rows) == set(range(21, 41))


def test_several_threads_may_ask_one_reader(tmp_path):
    with IndexWriter.open(tmp_path, dimensions=4) as writer:
        writer.add(entry(f"{number:02d}") for number in range(50))
    answers: list[list[int]] = []
    with IndexReader.open(tmp_path) as reader:

        def ask_often() -> None:
            for _ in range(20):
                hits = reader.nearest(entry("07").vector, side=Side.OFFER, limit=5)
                reader.lexical([("common", 1.0)], side=Side.OFFER, limit=5)
                answers.append(reader.fetch(hits.rows).rows.tolist())

        threads = [threading.Thread(target=ask_often) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(answers) == 80
    assert len(set(map(tuple, answers))) == 1
