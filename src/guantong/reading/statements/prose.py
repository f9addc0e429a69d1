"""A passage's text with the places where its words begin, found when first asked for."""

from __future__ import annotations

from functools import cache, cached_property
from itertools import accumulate

from guantong.text.segment import RjiebaSegmenter


@cache
def _segmenter() -> RjiebaSegmenter:
    return RjiebaSegmenter()


class Prose:
    """Width-normalised text; ``breaks`` are the offsets at which a word begins or ends."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def breaks(self) -> frozenset[int]:
        """Offsets between words, 0 and the length included."""
        return frozenset(accumulate(map(len, _segmenter().cut(self.text)), initial=0))

    def whole(self, start: int, end: int) -> bool:
        """Tell whether ``[start, end)`` begins and ends between words."""
        return start in self.breaks and end in self.breaks
