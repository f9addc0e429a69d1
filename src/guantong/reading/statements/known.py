"""Names met so far, found again where one holds the other: 渔博会 and 第三届渔博会."""

from __future__ import annotations

from itertools import combinations


class KnownNames:
    """Names with their places, looked up without comparing every two of them."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._listed = "\n"

    def add(self, name: str, place: int) -> None:
        """Remember a name that is not empty, holds no line break and is like none before it."""
        self._places[name] = place
        self._listed += name + "\n"

    def like(self, name: str) -> int | None:
        """Return the first place whose name holds ``name`` or is held by it."""
        edges = combinations(range(len(name) + 1), 2)
        found = [
            self._places[name[start:end]] for start, end in edges if name[start:end] in self._places
        ]
        at = self._listed.find(name)
        if at >= 0 and name:
            start = self._listed.rfind("\n", 0, at) + 1
            found.append(self._places[self._listed[start : self._listed.index("\n", at)]])
        return min(found, default=None)
