"""Writes trained vectors as the folder the encoder reads: four bits a number, one scale a word."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

# Four bits hold whole numbers from -7 to 7; shares of a row's largest number that may become 7.
LARGEST = 7
CLIPS = (1.0, 0.9, 0.8, 0.7, 0.6)


def main() -> None:
    """Write ``config.json``, ``words.txt``, ``vectors.npy`` and ``scales.npy``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--name", default="static-zh-en-1")
    parser.add_argument("--vectors", default="vectors")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    known = json.loads((options.work / "vocabulary.json").read_text("utf-8"))
    rows = np.load(options.work / f"{options.vectors}.npy").astype(np.float32)
    whole, scales = in_four_bits(rows)
    lost = np.linalg.norm(rows - whole * scales[:, None], axis=1) / np.linalg.norm(rows, axis=1)
    config = {"name": options.name, "dimensions": rows.shape[1], "bits": 4}
    (options.output / "config.json").write_text(json.dumps(config) + "\n", encoding="utf-8")
    (options.output / "words.txt").write_text(
        "".join(f"{word}\n" for word, _ in known), encoding="utf-8"
    )
    np.save(options.output / "vectors.npy", packed(whole))
    np.save(options.output / "scales.npy", scales.astype(np.float16))
    print(f"{len(known)} words, {rows.shape[1]} dimensions, mean error {lost.mean():.3f}")


def in_four_bits(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return whole numbers and a scale for each row, clipped where the squared error is least."""
    best = np.full(len(rows), np.inf, np.float32)
    whole = np.zeros(rows.shape, np.int8)
    scales = np.zeros(len(rows), np.float32)
    largest = np.abs(rows).max(axis=1)
    for clip in CLIPS:
        scale = np.maximum(largest * clip / LARGEST, 1e-6)
        tried = np.clip(np.rint(rows / scale[:, None]), -LARGEST, LARGEST).astype(np.int8)
        error = ((rows - tried * scale[:, None]) ** 2).sum(axis=1)
        better = error < best
        best[better], whole[better], scales[better] = error[better], tried[better], scale[better]
    return whole, scales


def packed(whole: np.ndarray) -> np.ndarray:
    """Put the first half of a row into the lower halves of its bytes, the second into the upper."""
    shifted = (whole + 8).astype(np.uint8)
    half = whole.shape[1] // 2
    return shifted[:, :half] | shifted[:, half:] << 4


if __name__ == "__main__":
    main()
