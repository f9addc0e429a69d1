"""The rules of local ONNX folders: pooling, prompts, limits and what is missing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tiny_onnx import WORDS, model_bytes, token_table, write_folder

from guantong.errors import ConfigurationError
from guantong.matching.encoders.onnx import OnnxEncoder

if TYPE_CHECKING:
    from pathlib import Path

TABLE = token_table()


def states(text: str) -> np.ndarray:
    """Return the token vectors the tiny model has for ``text``, special tokens included."""
    return TABLE[[WORDS.index(token) for token in ("[CLS]", *text, "[SEP]")]]


def unit(row: np.ndarray) -> np.ndarray:
    return row / np.linalg.norm(row)


def code_of(folder: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        OnnxEncoder(folder)
    return caught.value.code


@pytest.mark.parametrize(
    ("pooling", "expected"),
    [
        (None, states("锂电池").mean(axis=0)),
        ("mean_tokens", states("锂电池").mean(axis=0)),
        ("cls_token", states("锂电池")[0]),
        ("max_tokens", states("锂电池").max(axis=0)),
    ],
)
def test_pooling_is_read_from_the_folder(
    tmp_path: Path, pooling: str | None, expected: np.ndarray
) -> None:
    encoder = OnnxEncoder(write_folder(tmp_path, pooling))
    padded, _ = encoder.encode(["锂电池", "高强度铝合金材料研究"])
    assert padded == pytest.approx(unit(expected), abs=1e-5)


def test_a_text_longer_than_the_model_takes_is_cut_off(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "sentence_bert_config.json").write_text('{"max_seq_length": 5}')
    long, short = OnnxEncoder(folder).encode(["锂电池材料研究", "锂电池"])
    assert long == pytest.approx(short, abs=1e-6)


def test_the_default_prompt_stands_before_every_text(tmp_path: Path) -> None:
    plain = OnnxEncoder(write_folder(tmp_path))
    expected = plain.encode(["abc锂"])[0]
    (tmp_path / "config_sentence_transformers.json").write_text(
        json.dumps({"prompts": {"query": "abc"}, "default_prompt_name": "query"})
    )
    assert OnnxEncoder(tmp_path).encode(["锂"])[0] == pytest.approx(expected, abs=1e-6)


def test_a_model_under_onnx_and_a_tokenizer_json_are_found(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    expected = OnnxEncoder(folder).encode(["锂电池"])
    from tokenizers import BertWordPieceTokenizer

    BertWordPieceTokenizer(str(folder / "vocab.txt")).save(str(folder / "tokenizer.json"))
    (folder / "vocab.txt").unlink()
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    assert np.allclose(OnnxEncoder(folder).encode(["锂电池"]), expected)


def test_other_weights_have_another_name(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    name = OnnxEncoder(folder).name
    (folder / "model.onnx").write_bytes(model_bytes(-TABLE))
    assert OnnxEncoder(folder).name != name


@pytest.mark.parametrize("name", ["model.onnx", "vocab.txt"])
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    (write_folder(tmp_path) / name).unlink()
    assert code_of(tmp_path) == "encoders.folder_incomplete"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "1_Pooling/config.json"])
def test_a_damaged_file_is_told(tmp_path: Path, name: str) -> None:
    (write_folder(tmp_path) / name).write_text("{no")
    assert code_of(tmp_path) == "encoders.folder_unreadable"


def test_unsupported_pooling_is_told(tmp_path: Path) -> None:
    assert code_of(write_folder(tmp_path, "lasttoken")) == "encoders.onnx_pooling"


def test_a_module_outside_the_model_is_told(tmp_path: Path) -> None:
    modules = [{"type": "sentence_transformers.models.Dense"}]
    (write_folder(tmp_path) / "modules.json").write_text(json.dumps(modules))
    assert code_of(tmp_path) == "encoders.onnx_module"


def test_an_unknown_input_is_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, inputs=("input_ids", "pixel_values"))
    assert code_of(folder) == "encoders.onnx_inputs"


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_without_the_extra_the_way_to_install_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert code_of(write_folder(tmp_path)) == "encoders.onnx_missing"
