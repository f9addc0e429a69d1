"""Tables of facts that ship with the package: CSV files with their source in a comment on top."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``data/NAME`` by column; lines that begin with ``#`` are comments."""
    source = files("guantong.text").joinpath("data", name).read_text(encoding="utf-8")
    lines = (line for line in source.splitlines() if not line.startswith("#"))
    return tuple(csv.DictReader(lines))
