"""An encoder that runs a local ONNX model, such as an exported sentence-transformers folder."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from guantong.errors import ConfigurationError
from guantong.matching.encoders.protocol import Vectors, unit_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Encoding, Tokenizer

_LONGEST_TEXT = 512
_BATCH_TOKENS = 4096
_FINGERPRINTED_BYTES = 1 << 20
_KNOWN_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_POOLINGS = {"mean_tokens": "mean", "cls_token": "cls", "max_tokens": "max"}


@dataclass(frozen=True, slots=True)
class _Settings:
    pooling: str
    longest: int
    lower_case: bool
    prompt: str


class OnnxEncoder:
    """A folder with ``model.onnx`` and ``tokenizer.json`` or ``vocab.txt`` (extra ``onnx``).

    How the vectors of tokens become one is read from ``1_Pooling/config.json`` (mean without it);
    a model whose first output already has one row for each text is taken at its word.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        model = _first_file(folder, "model.onnx", "onnx/model.onnx")
        self._settings = _settings(folder)
        self._tokenizer = _tokenizer(folder, self._settings)
        self._session = _session(model, threads)
        self._inputs = [entry.name for entry in self._session.get_inputs()]
        for name in self._inputs:
            if name not in _KNOWN_INPUTS:
                raise ConfigurationError("encoders.onnx_inputs", folder=str(folder), input=name)
        self.name = f"onnx:{folder.resolve().name}:{_fingerprint(model)}"
        self.dimensions = int(self._run(self._tokenizer.encode_batch(["a"])).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row for each text; blank texts have rows of zeros."""
        out = np.zeros((len(texts), self.dimensions), np.float32)
        told = [at for at, text in enumerate(texts) if text.strip()]
        cut = self._tokenizer.encode_batch([self._settings.prompt + texts[at] for at in told])
        for batch in _batches(cut):
            out[[told[at] for at in batch]] = self._run([cut[at] for at in batch])
        return unit_rows(out)

    def _run(self, cut: Sequence[Encoding]) -> Vectors:
        length = max(len(entry.ids) for entry in cut)
        feeds = {name: np.zeros((len(cut), length), np.int64) for name in _KNOWN_INPUTS}
        for row, entry in enumerate(cut):
            feeds["input_ids"][row, : len(entry.ids)] = entry.ids
            feeds["attention_mask"][row, : len(entry.ids)] = 1
            feeds["token_type_ids"][row, : len(entry.ids)] = entry.type_ids
        outputs = self._session.run(None, {name: feeds[name] for name in self._inputs})
        states = np.asarray(outputs[0], np.float32)
        return states if states.ndim == 2 else self._pool(states, feeds["attention_mask"])

    def _pool(self, states: Vectors, mask: NDArray[np.int64]) -> Vectors:
        if self._settings.pooling == "cls":
            return states[:, 0]
        shown = mask[:, :, None].astype(np.float32)
        if self._settings.pooling == "max":
            return cast("Vectors", np.where(shown > 0, states, -np.inf).max(axis=1))
        return cast("Vectors", (states * shown).sum(axis=1) / shown.sum(axis=1))


def _batches(cut: Sequence[Encoding]) -> Iterator[list[int]]:
    """Yield batches of texts of like length, so that little is padded."""
    batch: list[int] = []
    for at in sorted(range(len(cut)), key=lambda at: len(cut[at].ids)):
        if batch and (len(batch) + 1) * len(cut[at].ids) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _settings(folder: Path) -> _Settings:
    """Read what sentence-transformers writes beside a model; every file is optional."""
    pooling = _json(folder / "1_Pooling" / "config.json")
    chosen = [
        key.removeprefix("pooling_mode_")
        for key, value in pooling.items()
        if key.startswith("pooling_mode_") and value is True
    ] or ["mean_tokens"]
    if len(chosen) > 1 or chosen[0] not in _POOLINGS:
        raise ConfigurationError(
            "encoders.onnx_pooling", folder=str(folder), pooling="+".join(chosen)
        )
    for module in cast("list[dict[str, str]]", _json(folder / "modules.json") or []):
        if module.get("type", "").endswith((".Dense", ".WordEmbeddings")):
            raise ConfigurationError(
                "encoders.onnx_module", folder=str(folder), module=module["type"]
            )
    tokenizer = _json(folder / "tokenizer_config.json")
    limits = (
        _json(folder / "sentence_bert_config.json").get("max_seq_length"),
        tokenizer.get("model_max_length"),
        _LONGEST_TEXT,
    )
    prompts = _json(folder / "config_sentence_transformers.json")
    return _Settings(
        pooling=_POOLINGS[chosen[0]],
        longest=int(min(limit for limit in limits if limit)),
        lower_case=bool(tokenizer.get("do_lower_case", True)),
        prompt=str(prompts.get("prompts", {}).get(prompts.get("default_prompt_name"), "")),
    )


def _json(file: Path) -> Any:
    """Return what a JSON file holds; an absent file counts as an empty table."""
    if not file.is_file():
        return {}
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _unreadable(file, error) from error


def _tokenizer(folder: Path, settings: _Settings) -> Tokenizer:
    file = _first_file(folder, "tokenizer.json", "vocab.txt")
    try:
        from tokenizers import BertWordPieceTokenizer, Tokenizer
    except ImportError as error:
        raise ConfigurationError("encoders.onnx_missing") from error
    try:
        if file.name == "vocab.txt":
            whole = BertWordPieceTokenizer(str(file), lowercase=settings.lower_case)
            tokenizer = cast("Tokenizer", whole._tokenizer)
        else:
            tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # tokenizers raises bare Exception
        raise _unreadable(file, error) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(settings.longest)
    return tokenizer


def _session(model: Path, threads: int) -> InferenceSession:
    try:
        import onnxruntime
    except ImportError as error:
        raise ConfigurationError("encoders.onnx_missing") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own classes share no other base
        raise _unreadable(model, error) from error


def _first_file(folder: Path, *names: str) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise ConfigurationError(
        "encoders.folder_incomplete", folder=str(folder), missing=" / ".join(names)
    )


def _fingerprint(model: Path) -> str:
    """Tell two models of the same name apart by size and beginning."""
    with model.open("rb") as source:
        begin = source.read(_FINGERPRINTED_BYTES)
    return hashlib.sha256(begin + str(model.stat().st_size).encode()).hexdigest()[:12]


def _unreadable(file: Path, error: Exception) -> ConfigurationError:
    problem = " ".join(str(error).split())[:200]
    return ConfigurationError("encoders.folder_unreadable", file=str(file), problem=problem)
