"""Word lists of the statement rules, read once from the package's data files."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


@cache
def table(name: str) -> dict[str, Any]:
    """Return the data file ``name`` (without ``.toml``)."""
    source = files(__package__).joinpath("data").joinpath(f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def words(name: str, *keys: str) -> tuple[str, ...]:
    """Return one word list of a data file, the longest words first."""
    found: Any = table(name)
    for key in keys:
        found = found[key]
    return tuple(sorted(dict.fromkeys(found), key=lambda word: (-len(word), word)))


def alternation(entries: Iterable[str]) -> str:
    """Return a pattern for any of the words that prefers the longest."""
    ordered = sorted(dict.fromkeys(entries), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered)


@cache
def pattern(name: str, *keys: str) -> str:
    """Return the alternation of one word list."""
    return alternation(words(name, *keys))
