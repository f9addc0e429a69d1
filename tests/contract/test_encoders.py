"""What every encoder must do, whatever stands behind it."""

from __future__ import annotations

import json
import runpy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guantong.matching.encoders import Encoder, EndpointSettings, get_encoder, quantize

if TYPE_CHECKING:
    from collections.abc import Iterator

TINY = Path(__file__).parents[1] / "core" / "matching" / "encoders" / "tiny_onnx.py"
TEXTS = ["高强度铝合金材料", "锂电池", "纳米材料研究 abc", "abcdefgh", "电池材料" * 400]
BLANK = ["", " ", "\n\u3000"]
ANY_TEXT = st.lists(
    st.text(
        alphabet=st.one_of(
            st.characters(exclude_categories=("Cs",)), st.sampled_from("锂电池纳米 abc5%。")
        ),
        max_size=40,
    ),
    max_size=5,
)


class LetterCounts(BaseHTTPRequestHandler):
    """An OpenAI-compatible service whose vectors count letters by their code."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        entries = [
            {
                "index": at,
                "embedding": np.bincount([ord(c) % 8 for c in text], minlength=8).tolist(),
            }
            for at, text in enumerate(asked["input"])
        ]
        body = json.dumps({"data": entries[::-1], "model": asked["model"]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[EndpointSettings]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), LetterCounts)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield EndpointSettings(f"http://127.0.0.1:{server.server_address[1]}/v1")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module", params=["default", "onnx", "openai"])
def spec(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "onnx":
        folder = tmp_path_factory.mktemp("model")
        runpy.run_path(str(TINY))["write_folder"](folder)
        return f"onnx:{folder}"
    return "openai:letters" if request.param == "openai" else "default"


@pytest.fixture(scope="module")
def encoder(spec: str, endpoint: EndpointSettings) -> Encoder:
    return get_encoder(spec, endpoint=endpoint)


def test_it_is_an_encoder(encoder: Encoder) -> None:
    assert isinstance(encoder, Encoder)
    assert encoder.name
    assert encoder.dimensions > 0


def test_rows_are_float32_of_the_promised_width_and_of_length_one(encoder: Encoder) -> None:
    rows = encoder.encode(TEXTS)
    assert rows.dtype == np.float32
    assert rows.shape == (len(TEXTS), encoder.dimensions)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)


def test_no_text_makes_no_row(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_a_blank_text_has_a_row_of_zeros_and_disturbs_no_other(encoder: Encoder) -> None:
    rows = encoder.encode([BLANK[0], TEXTS[0], *BLANK[1:]])
    assert not rows[[0, 2, 3]].any()
    assert rows[1] == pytest.approx(encoder.encode([TEXTS[0]])[0], abs=1e-5)


def test_a_text_has_the_same_row_alone_and_in_any_company(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)
    backwards = encoder.encode(TEXTS[::-1])[::-1]
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-5)
    assert np.allclose(together, backwards, atol=1e-5)


def test_more_texts_than_any_batch_come_back_in_order(encoder: Encoder) -> None:
    many = [TEXTS[at % 3] for at in range(200)]
    assert np.allclose(
        encoder.encode(many), encoder.encode(TEXTS[:3])[np.arange(200) % 3], atol=1e-5
    )


def test_two_encoders_of_one_spec_agree(
    spec: str, endpoint: EndpointSettings, encoder: Encoder
) -> None:
    other = get_encoder(spec, endpoint=endpoint)
    assert other.name == encoder.name
    assert np.array_equal(other.encode(TEXTS), encoder.encode(TEXTS))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=ANY_TEXT)
def test_any_text_has_a_finite_row_of_length_one_or_nought(
    encoder: Encoder, texts: list[str]
) -> None:
    rows = encoder.encode(texts)
    lengths = np.linalg.norm(rows, axis=1)
    assert np.isfinite(rows).all()
    assert all(length == 0 or abs(length - 1) < 1e-4 for length in lengths)


def test_quantized_rows_keep_nearness(encoder: Encoder) -> None:
    rows = encoder.encode(TEXTS)
    small = quantize(rows)
    assert small.dtype == np.int8
    near = (small.astype(np.float32) @ small.T.astype(np.float32)) / 127**2
    assert np.allclose(near, rows @ rows.T, atol=0.05)
