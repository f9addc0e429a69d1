"""An index survives the death of its writer at any moment."""

from __future__ import annotations

import json
import os
import random
import runpy
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import guantong
from guantong.matching.store import IndexReader, IndexWriter, Side, vectors
from guantong.matching.store.lexical import LexicalReader

SCRIPT = Path(__file__).with_name("writing_process.py")
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(guantong.__file__).parents[1])}
STEPS = ("_commit_lexical", "_commit_lexical!", "_fold!", "_commit_state", "_commit_state!")

FIRST_FOLD, LATER_FOLD = vectors.FIRST_FOLD, vectors.LATER_FOLD
WRITING = runpy.run_path(str(SCRIPT))
vectors.FIRST_FOLD, vectors.LATER_FOLD = FIRST_FOLD, LATER_FOLD
entry_of, vector_of = WRITING["entry_of"], WRITING["vector_of"]


def start(index: Path, journal: Path, seed: int, *point: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(index), str(journal), str(seed), *point],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process.stdout as output:
        assert output.readline() == "ready\n"
    return process


def possible_states(journal: Path) -> list[dict[str, int]]:
    """The last state whose commit returned, and the one whose commit may have been under way."""
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    if not lines:
        return [{}]
    if lines[-1]["done"]:
        return [lines[-1]["state"]]
    return [lines[-2]["state"] if len(lines) > 1 else {}, lines[-1]["state"]]


def settle(index: Path, journal: Path) -> dict[str, int]:
    """Check the index against the journal and close the journal with what was found."""
    with IndexReader.open(index) as reader:
        found = {
            f"{side}/{id}": json.loads(record)["version"]
            for side in Side
            for id, record in reader.each(side)
        }
        assert found in possible_states(journal)
        assert_parts_agree(reader, found)
    with journal.open("a") as log:
        log.write(json.dumps({"state": found, "done": True}) + "\n")
    return found


def assert_parts_agree(reader: IndexReader, state: dict[str, int]) -> None:
    for side in Side:
        keys = [key for key in state if key.startswith(side)]
        assert reader.count(side) == len(keys)
        hits = reader.lexical([("common", 1.0)], side=side, limit=1000)
        assert sorted(reader.fetch(hits.rows).ids) == sorted(key.split("/")[1] for key in keys)
        near = reader.nearest(vector_of("x", 0), side=side, limit=1000)
        assert sorted(near.rows.tolist()) == sorted(hits.rows.tolist())
    for key, version in state.items():
        side, id = Side(key.split("/")[0]), key.split("/")[1]
        row = reader.row(side, id)
        by_words = reader.lexical([(f"{key}-{version}", 1.0)], side=side, limit=5)
        assert by_words.rows.tolist() == [row]
        by_meaning = reader.nearest(vector_of(key, version), side=side, limit=1)
        assert by_meaning.rows.tolist() == [row]
        assert by_meaning.scores[0] == pytest.approx(1.0, abs=1e-5)


def assert_nothing_is_left_over(index: Path) -> None:
    """After a commit of the next writer no part knows more than SQLite does."""
    connection = sqlite3.connect(index / "index.sqlite")
    files = {file for (file,) in connection.execute("SELECT file FROM generation")}
    assert {file.name for file in index.glob("vectors-*")} == files
    for side in Side:
        (live,) = connection.execute(
            "SELECT count(*) FROM entry WHERE side = ?", (side,)
        ).fetchone()
        (dying,) = connection.execute(
            "SELECT count(*) FROM tombstone WHERE in_lexical AND side = ?", (side,)
        ).fetchone()
        lexical = LexicalReader.open(index / f"lexical-{side}")
        assert (lexical.documents if lexical else 0) == live + dying
    connection.close()


def go_on(index: Path, journal: Path, state: dict[str, int]) -> None:
    """The next writer finds its way and clears up."""
    version = len(journal.read_text().splitlines()) + 1000
    with IndexWriter.open(index) as writer:
        writer.add([entry_of("offer/0", version)])
        writer.commit()
        assert_nothing_is_left_over(index)
    with journal.open("a") as log:
        log.write(json.dumps({"state": state | {"offer/0": version}, "done": True}) + "\n")
    settle(index, journal)


def test_the_last_commit_is_there_whenever_the_writer_is_killed(tmp_path):
    dice = random.Random(20260101)
    index, journal = tmp_path / "index", tmp_path / "journal"
    for seed in range(8):
        process = start(index, journal, seed)
        time.sleep(dice.uniform(0.02, 0.6))
        process.kill()
        assert process.wait() == -signal.SIGKILL
        state = settle(index, journal)
        if seed % 2:
            go_on(index, journal, state)


@pytest.mark.parametrize("point", STEPS)
def test_no_step_of_a_commit_is_a_wrong_moment_to_die(tmp_path, point):
    index, journal = tmp_path / "index", tmp_path / "journal"
    for seed in range(2):
        process = start(index, journal, seed, point)
        assert process.wait(timeout=60) == -signal.SIGKILL
        state = settle(index, journal)
        committed = json.loads(journal.read_text().splitlines()[-2])["state"] == state
        assert committed == (point == "_commit_state!")
    go_on(index, journal, state)


def test_rows_left_by_a_dead_writer_are_not_mistaken_for_later_ones_of_the_other_side(tmp_path):
    index, journal = tmp_path / "index", tmp_path / "journal"
    process = start(index, journal, 1, "_commit_state")
    process.wait(timeout=60)
    state = settle(index, journal)
    with IndexWriter.open(index) as writer:
        writer.add(entry_of(f"need/new{number}", 1) for number in range(30))
    with IndexReader.open(index) as reader:
        hits = reader.lexical([("common", 1.0)], side=Side.OFFER, limit=1000)
        expected = sorted(key.split("/")[1] for key in state if key.startswith("offer"))
        assert sorted(reader.fetch(hits.rows).ids) == expected


def test_a_killed_building_goes_on_where_it_was(tmp_path):
    keys = [f"offer/{number}" for number in range(3500)]
    writer = IndexWriter.open(tmp_path, dimensions=16, autocommit=1000)
    writer.add(entry_of(key, 1) for key in keys)
    writer.close()
    ids = [key.split("/")[1] for key in keys]
    with IndexWriter.open(tmp_path, autocommit=1000) as writer:
        there = writer.text_hashes(Side.OFFER, ids)
        assert list(there) and set(there) == set(ids[:3000])
        assert writer.add(entry_of(key, 1) for key in keys) == 500
    with IndexReader.open(tmp_path) as reader:
        assert reader.ids(Side.OFFER) == ids
