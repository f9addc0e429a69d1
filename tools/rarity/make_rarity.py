"""Count how rare words and character grams are in ChinaXiv abstracts (CC BY 4.0).

    python tools/rarity/make_rarity.py RESULTS.jsonl.gz

Writes ``src/guantong/matching/data/rarity.npz``. Only records whose id starts with ``cx-`` are
counted: the licence of the others says nothing about derived data. Run it again whenever the
vocabulary of the shipped encoder changes, since rarities go by word number.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np

from guantong.matching.packing import GRAMS, character_grams
from guantong.matching.rarity import SHIPPED, STEPS
from guantong.matching.word_table import WordTable
from guantong.text.normalize import normalize


def main(source: str) -> None:
    """Count and write."""
    table = WordTable()
    words = np.zeros(table.size)
    grams = np.zeros(GRAMS)
    texts = 0
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if not record["id"].startswith("cx-"):
                continue
            text = normalize(f"{record['title']}\n{record['abstract']}")
            words[list(set(table.codes(table.words_of(text))))] += 1
            grams[np.unique(character_grams(text))] += 1
            texts += 1
    SHIPPED.parent.mkdir(exist_ok=True)
    np.savez_compressed(SHIPPED, words=_rarity(words, texts), grams=_rarity(grams, texts))
    print(f"{texts} texts, {SHIPPED.stat().st_size} bytes in {Path(SHIPPED).name}")


def _rarity(counts: np.ndarray, texts: int) -> np.ndarray:
    return np.rint(np.log((texts + 1) / (counts + 0.5)) * STEPS).astype(np.uint8)


if __name__ == "__main__":
    main(*sys.argv[1:])
