"""A second opinion by a model behind an OpenAI-compatible service: it may only propose."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from guantong.errors import ConfigurationError
from guantong.reading.answers import statement_from
from guantong.reading.documents import BlockKind
from guantong.reading.statements import IndicatorFacts, StatementKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from guantong.reading.documents import Block, Document
    from guantong.reading.sources import Reading
    from guantong.reading.statements import Statement

RULE = "model.second_opinion"
"""The rule of every record that a model proposed; no rule of ours is called so."""
KINDS = (
    StatementKind.INDICATOR,
    StatementKind.SUPPORT,
    StatementKind.ACHIEVEMENT,
    StatementKind.RELEASE,
    StatementKind.EVENT,
)
_WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_LONGEST_PAUSE = 30.0
_LARGEST_ANSWER = 4 * 1024 * 1024
_CHUNK = 64 * 1024
_SHOWN = 200
_FENCE = re.compile(r"^```\w*\s*|\s*```$")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model added, in the order of the text, and how much of its answer was left out."""

    statements: tuple[Statement, ...]
    dropped: int


class SecondOpinion:
    """Asks a model for records that the rules did not read, and checks every one.

    A record is kept only if its quote stands in the text, if its figures stand in its quote, if
    its fields are of the right sort, and if the rules did not read it already. The service gets
    the text of the document, piece by piece, and nothing else.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: str | None = None,
        timeout: float = 60.0,
        attempts: int = 3,
        piece: int = 3000,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not base_url.startswith(("http://", "https://")):
            raise ConfigurationError("reading.error.model_address", base_url=base_url)
        self._base_url = base_url.rstrip("/")
        self._model = model
        self._headers = {"Content-Type": "application/json"}
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key}"
        self._timeout = timeout
        self._attempts = attempts
        self._piece = piece
        self._pause = pause
        self._clock = clock

    def on(self, reading: Reading, kinds: Collection[StatementKind] = KINDS) -> Opinion:
        """Return what the model adds to a reading; it is marked by the rule :data:`RULE`.

        Raises ``ConfigurationError`` where the service refuses, keeps failing or answers
        something that is no chat completion. Records that make no sense are counted only.
        """
        kept: list[Statement] = []
        dropped = 0
        for blocks in _pieces(reading.document, self._piece):
            records, unreadable = self._records([block for _, block in blocks])
            dropped += unreadable
            for record in records:
                found = statement_from(record, reading.document, blocks, RULE)
                if found is None or found.kind not in kinds or _known(found, reading, kept):
                    dropped += 1
                else:
                    kept.append(found)
        kept.sort(key=lambda each: (each.span.start, each.span.end))
        return Opinion(tuple(kept), dropped)

    def _records(self, blocks: list[Block]) -> tuple[list[Any], int]:
        text = "\n".join(block.clean for block in blocks)
        messages = [{"role": "system", "content": _task()}, {"role": "user", "content": text}]
        body = {"model": self._model, "messages": messages, "temperature": 0}
        answer = self._post(json.dumps(body, ensure_ascii=False).encode("utf-8"))
        try:
            content = json.loads(answer)["choices"][0]["message"]["content"]
        except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
            raise ConfigurationError(
                "reading.error.model_answer", base_url=self._base_url, problem=_shown(answer)
            ) from error
        return _listed(content)

    def _post(self, body: bytes) -> bytes:
        """Send one request; wait longer each time before trying again."""
        problem = ""
        for attempt in range(self._attempts):
            if attempt:
                self._pause(min(2.0 ** (attempt - 1), _LONGEST_PAUSE))
            # The constructor let only http and https through.
            request = Request(  # noqa: S310
                self._base_url + "/chat/completions", data=body, headers=self._headers
            )
            try:
                return self._answer(request)
            except HTTPError as error:
                with error:
                    problem = f"HTTP {error.code}: {_shown(error.read(_CHUNK))}"
                if error.code not in _WORTH_ANOTHER_TRY:
                    raise ConfigurationError(
                        "reading.error.model_refused",
                        base_url=self._base_url,
                        problem=problem,
                        model=self._model,
                    ) from error
            except (URLError, TimeoutError, ConnectionError, HTTPException) as error:
                problem = str(getattr(error, "reason", None) or error) or type(error).__name__
        raise ConfigurationError(
            "reading.error.model_failed",
            base_url=self._base_url,
            attempts=self._attempts,
            problem=problem,
        )

    def _answer(self, request: Request) -> bytes:
        """Read an answer within the time allowed; one that drips in byte by byte is cut off."""
        until = self._clock() + self._timeout
        parts: list[bytes] = []
        with urlopen(request, timeout=self._timeout) as response:  # noqa: S310
            while part := response.read1(_CHUNK):
                parts.append(part)
                if self._clock() > until:
                    raise TimeoutError(f"{self._timeout:g} s")
                if sum(map(len, parts)) > _LARGEST_ANSWER:
                    raise HTTPException(f"> {_LARGEST_ANSWER} bytes")
        return b"".join(parts)


@cache
def _task() -> str:
    source = files("guantong.reading").joinpath("data/second_opinion.txt")
    return source.read_text(encoding="utf-8")


def _pieces(document: Document, longest: int) -> Iterator[list[tuple[int, Block]]]:
    """Yield blocks in groups of at most ``longest`` characters, a longer block by itself."""
    group: list[tuple[int, Block]] = []
    size = 0
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.NOISE:
            continue
        if group and size + len(block.clean) > longest:
            yield group
            group, size = [], 0
        group.append((number, block))
        size += len(block.clean)
    if group:
        yield group


def _listed(content: object) -> tuple[list[Any], int]:
    """Return the records of a message, and 1 where it is not the JSON that was asked for."""
    if not isinstance(content, str):
        return [], 1
    try:
        value = json.loads(_FENCE.sub("", content.strip()))
    except (ValueError, RecursionError):
        return [], 1
    records = value.get("records") if isinstance(value, dict) else value
    return (records, 0) if isinstance(records, list) else ([], 1)


def _known(found: Statement, reading: Reading, kept: list[Statement]) -> bool:
    return any(_same(found, other) for other in (*reading.statements, *kept))


def _same(one: Statement, other: Statement) -> bool:
    if one.kind is not other.kind:
        return False
    if one.span.end <= other.span.start or other.span.end <= one.span.start:
        return False
    if isinstance(one.facts, IndicatorFacts) and isinstance(other.facts, IndicatorFacts):
        return one.facts.value == other.facts.value
    return True


def _shown(answer: bytes) -> str:
    return " ".join(answer.decode("utf-8", "replace").split())[:_SHOWN]
