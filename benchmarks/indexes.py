"""Indexes in the working folder, built once for the code, the encoder and the records they hold."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import guantong
from benchmarks.clock import megabytes, processor_time
from guantong.matching.index import IndexBuilder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from benchmarks.frame import Run
    from guantong.records import Record

_DECIDING = ("text", "records", "matching/store", "matching/encoders")
_DECIDING_FILES = ("index", "forms", "packing", "rarity", "word_table")


@dataclass(frozen=True, slots=True)
class Built:
    """An index (of ours or of a peer) and what building it took, its workers included."""

    path: Path
    records: int
    seconds: float
    processor: float
    megabytes: float

    @property
    def rate(self) -> float:
        """Return records per second."""
        return self.records / self.seconds


def index_of(
    run: Run, name: str, records: Callable[[], Iterable[Record]], *, fresh: bool = False
) -> Built:
    """Return the index of some records; ``name`` says which, ``fresh`` builds it anew."""

    def build(path: Path) -> int:
        with IndexBuilder(path, workers=0 if run.quick else 2) as builder:
            return builder.add(records())

    return kept(run, f"guantong-{name}", build, fresh=fresh)


def kept(run: Run, name: str, build: Callable[[Path], int], *, fresh: bool = False) -> Built:
    """Return what ``build`` made, and do it again only where code or name have changed.

    ``build`` gets the path to fill and returns the number of records.
    """
    path = run.work / "indexes" / f"{name}-{code_version()}"
    about = path.with_name(f"{path.name}.json")
    if about.exists() and not fresh:
        return Built(**{**json.loads(about.read_text(encoding="utf-8")), "path": path})
    about.unlink(missing_ok=True)
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    start, busy = time.perf_counter(), processor_time()
    count = build(path)
    seconds, processor = time.perf_counter() - start, processor_time() - busy
    built = Built(path, count, seconds, processor, megabytes(path))
    about.write_text(json.dumps({**asdict(built), "path": path.name}), encoding="utf-8")
    return built


@cache
def code_version() -> str:
    """Return a digest of everything that decides what an index holds."""
    root = Path(guantong.__file__).parent
    files = [root / "matching" / f"{name}.py" for name in _DECIDING_FILES]
    files += [root / "matching" / "data" / "rarity.npz"]
    for folder in _DECIDING:
        files += [file for file in sorted((root / folder).rglob("*")) if file.suffix != ".pyc"]
    digest = hashlib.blake2b(digest_size=6)
    for file in files:
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()
