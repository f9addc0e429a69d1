"""An encoder behind an OpenAI-compatible ``/embeddings`` service."""

from __future__ import annotations

import json
import time
from functools import cached_property
from typing import TYPE_CHECKING, cast
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import numpy as np

from guantong.errors import ConfigurationError
from guantong.matching.encoders.protocol import Vectors, unit_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_LONGEST_PAUSE = 30.0
_SHOWN_OF_AN_ANSWER = 200


class HttpEncoder:
    """Sends texts in batches, tries again while the service is busy, scales rows to length 1."""

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: str | None = None,
        batch_size: int = 64,
        timeout: float = 60.0,
        attempts: int = 4,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        if not base_url.startswith(("http://", "https://")):
            raise ConfigurationError("encoders.endpoint_address", base_url=base_url)
        self.name = f"openai:{model}"
        self._base_url = base_url.rstrip("/")
        self._model = model
        self._headers = {"Content-Type": "application/json"}
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key}"
        self._batch_size = batch_size
        self._timeout = timeout
        self._attempts = attempts
        self._pause = pause

    @cached_property
    def dimensions(self) -> int:
        """Return the length of a vector; the first call asks the service."""
        return int(self._ask(["技术"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row for each text; blank texts are not sent and have rows of zeros.

        Raises ConfigurationError when the service refuses or keeps failing.
        """
        told = [at for at, text in enumerate(texts) if text.strip()]
        out = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(told), self._batch_size):
            batch = told[start : start + self._batch_size]
            rows = self._ask([texts[at] for at in batch])
            if rows.shape[1] != self.dimensions:
                raise self._bad_answer(f"{rows.shape[1]} ≠ {self.dimensions}")
            out[batch] = rows
        return unit_rows(out)

    def _ask(self, texts: list[str]) -> Vectors:
        body = {"model": self._model, "input": texts, "encoding_format": "float"}
        answer = self._post(json.dumps(body).encode("utf-8"))
        try:
            entries = json.loads(answer)["data"]
            ordered = sorted(entries, key=lambda entry: entry["index"])
            rows = np.array([entry["embedding"] for entry in ordered], np.float32)
        except (ValueError, KeyError, TypeError) as error:
            raise self._bad_answer(_shown(answer)) from error
        if rows.ndim != 2 or len(rows) != len(texts) or not np.isfinite(rows).all():
            raise self._bad_answer(_shown(answer))
        return rows

    def _post(self, body: bytes) -> bytes:
        """Send one request; wait longer each time before trying again."""
        problem = ""
        for attempt in range(self._attempts):
            if attempt:
                self._pause(min(2.0 ** (attempt - 1), _LONGEST_PAUSE))
            # The constructor let only http and https through.
            request = Request(self._base_url + "/embeddings", data=body, headers=self._headers)  # noqa: S310
            try:
                with urlopen(request, timeout=self._timeout) as response:  # noqa: S310
                    return cast("bytes", response.read())
            except HTTPError as error:
                with error:
                    problem = f"HTTP {error.code}: {_shown(error.read())}"
                if error.code not in _WORTH_ANOTHER_TRY:
                    raise self._refused(error.code, problem) from error
            except (URLError, TimeoutError, ConnectionError) as error:
                problem = str(getattr(error, "reason", None) or error)
        raise ConfigurationError(
            "encoders.endpoint_failed",
            base_url=self._base_url,
            attempts=self._attempts,
            problem=problem,
        )

    def _refused(self, status: int, problem: str) -> ConfigurationError:
        return ConfigurationError(
            "encoders.endpoint_refused",
            base_url=self._base_url,
            status=status,
            problem=problem,
            model=self._model,
        )

    def _bad_answer(self, problem: str) -> ConfigurationError:
        return ConfigurationError(
            "encoders.endpoint_answer", base_url=self._base_url, problem=problem
        )


def _shown(answer: bytes) -> str:
    """Return the beginning of an answer, short enough for one line."""
    return " ".join(answer.decode("utf-8", "replace").split())[:_SHOWN_OF_AN_ANSWER]
