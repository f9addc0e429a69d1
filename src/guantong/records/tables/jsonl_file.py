"""JSONL in and out, plain or gzipped: one object on each line; a JSON array is read as well."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

from guantong.errors import InputError
from guantong.records.problems import CellError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from guantong.records.tables.grid import Limits

_LONGEST_LINE = 1 << 26


def read_jsonl(path: Path, limits: Limits) -> Iterator[tuple[int, dict[str, Any] | CellError]]:
    """Yield each line's number with its object, or with what is wrong with it."""
    try:
        with _opened(path) as source:
            lines = enumerate(_bounded(source, limits, path.name), 1)
            for number, line in lines:
                if number == 1 and line.lstrip().startswith("["):
                    yield from _array(line + "".join(rest for _, rest in lines))
                elif line and not line.isspace():
                    yield number, _object(line)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError("tables.broken_gzip", file=path.name) from error
    except UnicodeDecodeError as error:
        raise InputError("tables.not_utf8", file=path.name) from error


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    with path.open("rb") as packed:
        zipped = packed.peek(2)[:2] == b"\x1f\x8b"
        raw = gzip.GzipFile(fileobj=packed) if zipped else packed
        yield io.TextIOWrapper(cast("IO[bytes]", raw), encoding="utf-8-sig")


def _bounded(source: TextIO, limits: Limits, name: str) -> Iterator[str]:
    """Yield the lines up to the limits: a small archive may unpack to any size."""
    left = limits.unpacked_bytes
    while line := source.readline(_LONGEST_LINE):
        left -= len(line)
        if left < 0 or len(line) == _LONGEST_LINE:
            raise InputError("tables.too_large", file=name)
        yield line


def _object(line: str) -> dict[str, Any] | CellError:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return CellError("row.not_json", value=line)
    return value if isinstance(value, dict) else CellError("row.not_an_object", value=line)


def _array(text: str) -> Iterator[tuple[int, dict[str, Any] | CellError]]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        yield 1, CellError("row.not_json", value=text[:200])
        return
    for number, value in enumerate(values, 1):
        wrong = CellError("row.not_an_object", value=str(value)[:200])
        yield number, value if isinstance(value, dict) else wrong


def write_jsonl(path: Path, objects: Iterable[dict[str, Any]]) -> None:
    """Write one object on each line; gzipped, without a time stamp, where the name ends in .gz."""
    with path.open("wb") as raw:
        packed = path.name.endswith(".gz")
        target: Any = gzip.GzipFile("", "wb", 6, raw, mtime=0) if packed else raw
        for value in objects:
            target.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
        if packed:
            target.close()
