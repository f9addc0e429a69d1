"""Whose figure it is: regions named in the sentence, before it, or by the document."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.lexicon import alternation
from guantong.text.regions import Level, find_regions, gazetteer

if TYPE_CHECKING:
    from guantong.reading.statements.draft import Setting


@cache
def region_names() -> re.Pattern[str]:
    """Return a pattern for the daily names of provinces and cities."""
    regions = gazetteer().by_code.values()
    return re.compile(
        alternation(
            region.short
            for region in regions
            if region.level <= Level.CITY and len(region.short) > 1
        )
    )


class Places:
    """The regions that a passage names, looked up by position; ``earlier`` is the one before."""

    def __init__(self, text: str, setting: Setting, earlier: str | None) -> None:
        self._own = setting.place if setting.kind != "news" else None
        named = [] if self._own else find_regions(text)
        shown = [
            (found.span.start, found.region.short) for found in named if found.region is not None
        ]
        self._starts = [start for start, _ in shown]
        self._names = [name for _, name in shown]
        self._earlier = earlier

    def at(self, position: int) -> str | None:
        """Return the region that holds for a figure at ``position``."""
        if self._own is not None:
            return self._own
        index = bisect_left(self._starts, position)
        return self._names[index - 1] if index else self._earlier

    @property
    def last(self) -> str | None:
        """The region that a following passage may go on with."""
        return self._names[-1] if self._names else self._earlier
