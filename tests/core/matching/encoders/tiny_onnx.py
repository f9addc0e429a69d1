"""Writes a working ONNX encoder of a few hundred bytes: one table of token vectors.

The bytes follow onnx.proto (protocol buffers, wire format), so that no package is needed for it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = [*SPECIAL, *"高强度铝合金锂电池纳米材料研究abcdefgh", *(f"##{c}" for c in "abcdefgh")]
FLOAT, INT64 = 1, 7


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def whole(field: int, number: int) -> bytes:
    return varint(field << 3) + varint(number)


def part(field: int, content: bytes | str) -> bytes:
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def value_info(name: str, kind: int, axes: list[str | int]) -> bytes:
    shape = b"".join(
        part(1, part(2, axis) if isinstance(axis, str) else whole(1, axis)) for axis in axes
    )
    return part(1, name) + part(2, part(1, whole(1, kind) + part(2, shape)))


def model_bytes(
    table: np.ndarray, inputs: tuple[str, ...] = ("input_ids", "attention_mask")
) -> bytes:
    rows, width = table.shape
    tensor = whole(1, rows) + whole(1, width) + whole(2, FLOAT) + part(8, "table")
    tensor += part(9, table.astype("<f4").tobytes())
    node = part(1, "table") + part(1, inputs[0]) + part(2, "token_vectors") + part(4, "Gather")
    graph = part(1, node) + part(2, "tiny") + part(5, tensor)
    for name in inputs:
        graph += part(11, value_info(name, INT64, ["batch", "length"]))
    graph += part(12, value_info("token_vectors", FLOAT, ["batch", "length", width]))
    return whole(1, 8) + part(7, graph) + part(8, whole(2, 13))


def token_table(width: int = 6) -> np.ndarray:
    return np.random.default_rng(5).normal(size=(len(WORDS), width)).astype(np.float32)


def write_folder(folder: Path, pooling: str | None = "mean_tokens", **inputs: object) -> Path:
    """Write ``model.onnx``, ``vocab.txt`` and the settings sentence-transformers would write."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model_bytes(token_table(), **inputs))
    (folder / "vocab.txt").write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    if pooling:
        settings = {"word_embedding_dimension": 6, f"pooling_mode_{pooling}": True}
        (folder / "1_Pooling").mkdir(exist_ok=True)
        (folder / "1_Pooling" / "config.json").write_text(json.dumps(settings))
    return folder
