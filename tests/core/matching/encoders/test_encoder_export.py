"""What the training tools write is what the encoder reads."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from guantong.matching.encoders.static import StaticEncoder, cut_into_pieces

if TYPE_CHECKING:
    import pytest

EXPORT = Path(__file__).parents[4] / "tools" / "train_encoder" / "export.py"
TOOL = runpy.run_path(str(EXPORT))
ROWS = arrays(
    np.float32,
    (5, 8),
    elements=st.floats(-4, 4, width=32).filter(lambda x: x == 0 or abs(x) > 1e-3),
)


@given(rows=ROWS)
def test_four_bits_stay_within_a_seventh_of_the_largest_number(rows: np.ndarray) -> None:
    whole, scales = TOOL["in_four_bits"](rows)
    assert np.abs(whole).max(initial=0) <= 7
    plain = np.maximum(np.abs(rows).max(axis=1), 1e-6) / 7
    worst = ((rows - np.rint(rows / plain[:, None]) * plain[:, None]) ** 2).sum(axis=1)
    error = ((rows - whole * scales[:, None]) ** 2).sum(axis=1)
    assert (error <= worst + 1e-6).all()


def test_an_exported_folder_encodes_as_the_trained_rows_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["材料", "电池", "研究", "battery"]
    trained = np.random.default_rng(3).normal(size=(4, 64)).astype(np.float16)
    (tmp_path / "vocabulary.json").write_text(json.dumps([[word, 0.1] for word in words]))
    np.save(tmp_path / "vectors.npy", trained)
    folder = tmp_path / "model"
    monkeypatch.setattr(sys, "argv", ["export.py", str(tmp_path), "-o", str(folder)])
    TOOL["main"]()
    assert "4 words, 64 dimensions" in capsys.readouterr().out
    encoder = StaticEncoder(folder)
    assert encoder.name == "static-zh-en-1"
    expected = trained.astype(np.float32)
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    near = (encoder.encode_words([[word] for word in words]) * expected).sum(axis=1)
    assert (near > 0.98).all()


@given(
    word=st.text("锂离子电池abc", min_size=1, max_size=12),
    pieces=st.lists(st.text("锂离子电池abc", min_size=1, max_size=4), unique=True, max_size=12),
)
def test_pieces_stand_in_the_word_in_their_order(word: str, pieces: list[str]) -> None:
    index = {piece: row for row, piece in enumerate(pieces)}
    at = 0
    for row in cut_into_pieces(word, index):
        at = word.index(pieces[row], at) + len(pieces[row])
    assert at <= len(word)


def test_frequent_pieces_are_preferred_and_short_latin_ones_are_none() -> None:
    index = {"电池": 0, "锂": 1, "锂电": 2, "池": 3, "ab": 4, "bat": 5, "tery": 6}
    assert cut_into_pieces("锂电池", index) == (1, 0)
    assert cut_into_pieces("battery", index) == (5, 6)
    assert cut_into_pieces("abxab", index) == ()
