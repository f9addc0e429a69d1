"""A process that writes into an index until it is killed; run by the tests.

    python writing_process.py INDEX JOURNAL SEED [POINT]

Before and after each commit the state is appended to the journal. At POINT, the name of a step of
the commit, the process kills itself: right before the step, or after it where POINT ends in "!".
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from pathlib import Path

import numpy as np

from guantong.matching.store import Entry, IndexWriter, Side, vectors

DIMENSIONS = 16
IDS = 40
# Small enough that a graph file is written every few commits.
vectors.FIRST_FOLD = 12
vectors.LATER_FOLD = 6

State = dict[str, int]


def entry_of(key: str, version: int) -> Entry:
    side, id = key.split("/")
    return Entry(
        id=id,
        side=Side(side),
        kind="even" if version % 2 == 0 else "odd",
        record=json.dumps({"version": version}).encode(),
        text_hash=f"{version}",
        title=[f"{key}-{version}"],
        body=["common", key],
        vector=vector_of(key, version),
    )


def vector_of(key: str, version: int) -> np.ndarray:
    source = np.random.default_rng([*key.encode(), version])
    return source.integers(-100, 101, DIMENSIONS).astype(np.int8)


def change(writer: IndexWriter, state: State, dice: random.Random, version: int) -> State:
    state = dict(state)
    keys = [f"{side}/{number}" for side in Side for number in range(IDS // 2)]
    added = dice.sample(keys, dice.randint(1, 8))
    writer.add(entry_of(key, version) for key in added)
    state |= dict.fromkeys(added, version)
    for side in Side:
        removed = dice.sample(range(IDS // 2), dice.randint(0, 3))
        writer.remove(side, [str(number) for number in removed])
        for number in removed:
            state.pop(f"{side}/{number}", None)
    return state


def die(writer: IndexWriter, point: str) -> None:
    """Make the step ``point`` of the next commit deadly."""
    name = point.removesuffix("!")
    step = getattr(writer, name)

    def deadly(*arguments: object) -> None:
        if point.endswith("!"):
            step(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(writer, name, deadly)


def main() -> None:
    index, journal, seed, *point = sys.argv[1:]
    dice = random.Random(seed)
    lines = Path(journal).read_text().splitlines() if Path(journal).exists() else []
    state: State = json.loads(lines[-1])["state"] if lines else {}
    version = len(lines)
    writer = IndexWriter.open(index, dimensions=DIMENSIONS, autocommit=0, threads=1)
    with writer, Path(journal).open("a", buffering=1) as log:
        print("ready", flush=True)
        while True:
            version += 1
            state = change(writer, state, dice, version)
            if point and version - len(lines) == 4:
                die(writer, point[0])
            log.write(json.dumps({"state": state, "done": False}) + "\n")
            writer.commit()
            log.write(json.dumps({"state": state, "done": True}) + "\n")


if __name__ == "__main__":
    main()
