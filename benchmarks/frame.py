"""What a benchmark is given and what it gives back."""

from __future__ import annotations

import importlib
import sys
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RECORDS = 100_000
"""How many records the speed of building and asking is measured on."""

PEERS = "peers"
"""The folder below the working folder that optional packages of others are looked for in."""


class MissingDataError(Exception):
    """The data that a benchmark measures on is not there."""


@dataclass(frozen=True, slots=True)
class Run:
    """Where the data lie, where indexes are kept, and how much to measure.

    ``records`` is the size of the large indexes; ``encoders`` are further encoders to compare
    with, as ``guantong.matching.encoders`` names them.
    """

    work: Path
    data: Path | None = None
    quick: bool = False
    records: int = RECORDS
    encoders: tuple[str, ...] = ()

    def file(self, name: str) -> Path:
        """Return a file of the data; raises :class:`MissingDataError` where it is missing."""
        if self.data is None or not (self.data / name).exists():
            raise MissingDataError(name)
        return self.data / name

    def size(self, full: int, quick: int) -> int:
        """Return how many of something to measure on."""
        return quick if self.quick else full

    def peer(self, package: str) -> Any | None:
        """Return an optional package, ``None`` where it is not installed."""
        folder = str((self.work / PEERS).resolve())
        if folder not in sys.path:
            sys.path.append(folder)
        try:
            return importlib.import_module(package)
        except ModuleNotFoundError as error:
            if error.name is None or package.split(".")[0] != error.name.split(".")[0]:
                raise
            return None


@dataclass(frozen=True, slots=True)
class Table:
    """Figures side by side, with what must be known to read them."""

    title: str
    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    notes: tuple[str, ...] = ()

    def markdown(self) -> str:
        """Return the table as Markdown with columns that line up."""
        lines = [self.headers, *self.rows]
        widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
        rule = "|".join("-" * (width + 2) for width in widths)
        head, *body = ("| " + " | ".join(map(_padded, line, widths)) + " |" for line in lines)
        shown = [f"### {self.title}", "", head, f"|{rule}|", *body]
        if self.notes:
            shown += ["", *(f"- {note}" for note in self.notes)]
        return "\n".join(shown) + "\n"


def not_installed(package: str) -> str:
    """Return the note on a peer that could not be measured."""
    return f"{package} is not installed (benchmarks/requirements.txt): left out"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
