"""A whole board in one call: every need against every offer, with or without an index to keep."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from guantong.matching.index import Index, IndexBuilder
from guantong.matching.matcher import Matcher

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator

    from guantong.matching.conditions import Conditions
    from guantong.matching.encoders import EndpointSettings
    from guantong.matching.model import RankingModel
    from guantong.matching.pairs import Match
    from guantong.records import Need, Offer


def match_board(
    needs: Iterable[Need],
    offers: Iterable[Offer],
    *,
    limit: int = 10,
    index: str | os.PathLike[str] | None = None,
    model: RankingModel | None = None,
    encoder: str | None = None,
    endpoint: EndpointSettings | None = None,
    conditions: Conditions | None = None,
    workers: int = 0,
    indexed: Callable[[int], None] | None = None,
) -> Iterator[tuple[Need, list[Match]]]:
    """Yield every need with its best offers, none for a need that ``conditions`` bar.

    ``offers`` go into the directory ``index``, made where there is none, beside what it holds
    already; without ``index`` into one that is gone afterwards. ``indexed`` is called with the
    number of offers read so far; ``workers`` as in :class:`IndexBuilder`.
    """
    with tempfile.TemporaryDirectory(prefix="guantong-") as scratch:
        directory = scratch if index is None else index
        with IndexBuilder(
            directory, encoder=encoder, endpoint=endpoint, workers=workers
        ) as builder:
            builder.add(offers, progress=indexed)
        with Index.open(directory, encoder=encoder, endpoint=endpoint) as opened:
            matcher = Matcher(opened, model)
            for need in needs:
                barred = conditions is not None and conditions.against_need(need)
                found = (
                    [] if barred else matcher.offers_for(need, limit=limit, conditions=conditions)
                )
                yield need, found
