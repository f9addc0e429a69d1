"""The rules of the embedding service: batches, retries, refusals and broken answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from guantong.errors import ConfigurationError
from guantong.matching.encoders.http import HttpEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Service:
    """A service that plays back prepared answers and keeps what it was asked."""

    url: str = ""
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def reply(self, body: dict[str, Any], key: str | None) -> tuple[int, bytes]:
        self.asked.append(body)
        self.keys.append(key)
        if self.answers:
            return self.answers.pop(0)
        rows = [{"index": at, "embedding": [len(t), 1, 0]} for at, t in enumerate(body["input"])]
        return 200, json.dumps({"data": rows[::-1]}).encode()


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = service.reply(body, self.headers["Authorization"])
            self.send_response(status if self.path == "/v1/embeddings" else 404)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    yield service
    server.shutdown()
    thread.join()
    server.server_close()


def encoder_of(service: Service, pauses: list[float] | None = None, **more: Any) -> HttpEncoder:
    waited = pauses if pauses is not None else []
    return HttpEncoder(service.url, "small", pause=waited.append, **more)


def test_rows_come_back_in_order_and_of_length_one(service: Service) -> None:
    rows = encoder_of(service).encode(["a", "bbb"])
    assert rows[0] == pytest.approx(np.array([1, 1, 0]) / np.sqrt(2))
    assert rows[1] == pytest.approx(np.array([3, 1, 0]) / np.sqrt(10))


def test_texts_travel_in_batches_and_blank_ones_stay_at_home(service: Service) -> None:
    encoder = encoder_of(service, batch_size=2)
    encoder.encode(["a", "", "b", " ", "c"])
    sent = [request["input"] for request in service.asked[1:]]
    assert sent == [["a", "b"], ["c"]]
    assert all(request["model"] == "small" for request in service.asked)


def test_the_width_is_asked_once(service: Service) -> None:
    encoder = encoder_of(service)
    assert (encoder.dimensions, encoder.dimensions) == (3, 3)
    assert len(service.asked) == 1


def test_the_key_is_sent_only_if_there_is_one(service: Service) -> None:
    encoder_of(service, api_key="k1").encode(["a"])
    encoder_of(service).encode(["a"])
    assert service.keys == ["Bearer k1", "Bearer k1", None, None]


def test_a_busy_service_is_asked_again_after_longer_and_longer_pauses(service: Service) -> None:
    service.answers = [(429, b"slow down"), (503, b""), (500, b"")]
    pauses: list[float] = []
    assert encoder_of(service, pauses).dimensions == 3
    assert pauses == [1, 2, 4]


def test_a_service_that_stays_busy_is_given_up_with_its_last_word(service: Service) -> None:
    service.answers = [(503, b"down for repair")] * 3
    with pytest.raises(ConfigurationError) as caught:
        encoder_of(service, attempts=3).encode(["a"])
    assert caught.value.code == "encoders.endpoint_failed"
    assert caught.value.params["problem"] == "HTTP 503: down for repair"
    assert len(service.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_refusal_is_not_repeated(service: Service, status: int) -> None:
    service.answers = [(status, b'{"error": "bad key"}')]
    with pytest.raises(ConfigurationError) as caught:
        encoder_of(service).encode(["a"])
    assert caught.value.code == "encoders.endpoint_refused"
    assert caught.value.params["status"] == status
    assert "bad key" in str(caught.value.params["problem"])
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>",
        b"[]",
        b"{}",
        b'{"data": []}',
        b'{"data": [{"index": 0}]}',
        b'{"data": [{"index": 0, "embedding": "AAAA"}]}',
        b'{"data": [{"index": 0, "embedding": [1, null]}]}',
        b'{"data": [{"index": 0, "embedding": [1, NaN]}]}',
        b'{"data": [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": [1]}]}',
    ],
)
def test_an_answer_without_the_vectors_is_told(service: Service, answer: bytes) -> None:
    service.answers = [(200, answer)]
    with pytest.raises(ConfigurationError) as caught:
        encoder_of(service).encode(["a"])
    assert caught.value.code == "encoders.endpoint_answer"


def test_a_width_that_changes_is_told(service: Service) -> None:
    encoder = encoder_of(service)
    assert encoder.dimensions == 3
    service.answers = [(200, b'{"data": [{"index": 0, "embedding": [1, 2]}]}')]
    with pytest.raises(ConfigurationError) as caught:
        encoder.encode(["a"])
    assert caught.value.params["problem"] == "2 ≠ 3"


def test_nobody_at_the_address_is_told() -> None:
    pauses: list[float] = []
    encoder = HttpEncoder("http://127.0.0.1:9/v1", "small", attempts=2, pause=pauses.append)
    with pytest.raises(ConfigurationError) as caught:
        encoder.encode(["a"])
    assert caught.value.code == "encoders.endpoint_failed"
    assert pauses == [1]


@pytest.mark.parametrize("address", ["", "localhost:8000", "file:///etc/passwd", "ftp://a/b"])
def test_only_web_addresses_are_taken(address: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        HttpEncoder(address, "small")
    assert caught.value.code == "encoders.endpoint_address"
