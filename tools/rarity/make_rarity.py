"""Count how rare words and character pairs are in ChinaXiv abstracts (CC BY 4.0).

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

from guantong.matching.forms import TextReader
from guantong.matching.packing import PAIRS
from guantong.matching.rarity import SHIPPED, STEPS
from guantong.records.kind import SearchParts


def main(source: str) -> None:
    """Count and write."""
    reader = TextReader()
    words = np.zeros(reader.table.size)
    pairs = np.zeros(PAIRS)
    texts = 0
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if not record["id"].startswith("cx-"):
                continue
            form = reader.read(SearchParts(record["title"], (), record["abstract"]))
            words[form.words] += 1
            pairs[form.pairs] += 1
            texts += 1
    SHIPPED.parent.mkdir(exist_ok=True)
    np.savez_compressed(SHIPPED, words=_rarity(words, texts), pairs=_rarity(pairs, texts))
    print(f"{texts} texts, {SHIPPED.stat().st_size} bytes in {Path(SHIPPED).name}")


def _rarity(counts: np.ndarray, texts: int) -> np.ndarray:
    return np.rint(np.log((texts + 1) / (counts + 0.5)) * STEPS).astype(np.uint8)


if __name__ == "__main__":
    main(*sys.argv[1:])
