"""The kinds of record: every module here and every ``guantong.kinds`` entry point."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from guantong.errors import ConfigurationError, NotFoundError
from guantong.records.kind import Kind, SearchParts, Side, plain_search_parts

if TYPE_CHECKING:
    from guantong.records.model import Record

__all__ = ["Kind", "SearchParts", "Side", "all_kinds", "find", "get", "offers_for", "search_parts"]

ENTRY_POINTS = "guantong.kinds"


@cache
def all_kinds() -> tuple[Kind, ...]:
    """Return every kind, ours first, each group by name."""
    ours = [
        import_module(f"{__name__}.{module.name}").KIND
        for module in sorted(iter_modules(__path__), key=lambda module: module.name)
    ]
    return tuple(ours + _installed({kind.name for kind in ours}))


def _installed(taken: set[str]) -> list[Kind]:
    from importlib.metadata import entry_points

    added: list[Kind] = []
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        kind = entry.load()
        if not isinstance(kind, Kind) or kind.name in taken:
            raise ConfigurationError("kinds.unusable_plugin", name=entry.name, value=entry.value)
        taken.add(kind.name)
        added.append(kind)
    return added


@cache
def _by_name() -> dict[str, Kind]:
    return {name.casefold(): kind for kind in all_kinds() for name in kind.names()}


def find(name: str) -> Kind | None:
    """Return the kind that ``name`` (its name or a label in either language) stands for."""
    return _by_name().get(name.strip().casefold())


def get(name: str) -> Kind:
    """Return the kind called ``name``; raises :class:`NotFoundError`."""
    kind = find(name)
    if kind is None:
        known = ", ".join(known.name for known in all_kinds())
        raise NotFoundError("kinds.unknown", kind=name, known=known)
    return kind


def offers_for(need_kind: str) -> tuple[Kind, ...]:
    """Return the kinds of offer that may answer a need of ``need_kind``."""
    return tuple(kind for kind in all_kinds() if need_kind in kind.matched_with)


def search_parts(record: Record) -> SearchParts:
    """Return the searched text of any record, also of one that belongs to no kind."""
    return get(record.kind).search_parts(record) if record.kind else plain_search_parts(record)
