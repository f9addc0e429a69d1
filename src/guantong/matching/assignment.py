"""The assignment of a whole board: an offer for each need, within what each offer can serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guantong.matching.pairs import Match

_STAY_ALONE = 1e-9


def assign(matches: Iterable[Match], *, capacity: int = 1, least_level: int = 2) -> list[Match]:
    """Choose at most one offer for each need so that the sum of scores is the greatest possible.

    An offer serves at most ``capacity`` needs; matches below ``least_level`` are not chosen. The
    result is in the order of the needs' ids. Solved exactly (Jonker-Volgenant on the sparse board,
    Crouse 2016): leaving a need alone is a choice of its own, worth next to nothing.
    """
    # Here and not above: importing scipy takes longer than most assignments.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    chosen = [match for match in matches if match.level >= least_level]
    if not chosen:
        return []
    needs = {id: row for row, id in enumerate(sorted({match.need_id for match in chosen}))}
    capacity = min(capacity, len(needs))
    offers = {id: at for at, id in enumerate(sorted({match.offer_id for match in chosen}))}
    by_place: dict[tuple[int, int], Match] = {}
    for match in chosen:
        for place in range(capacity):
            by_place[needs[match.need_id], offers[match.offer_id] * capacity + place] = match
    places = len(offers) * capacity
    rows = [row for row, _ in by_place] + list(range(len(needs)))
    columns = [column for _, column in by_place] + list(range(places, places + len(needs)))
    scores = [max(match.score, 2 * _STAY_ALONE) for match in by_place.values()]
    board = coo_array(
        (np.array(scores + [_STAY_ALONE] * len(needs)), (rows, columns)),
        shape=(len(needs), places + len(needs)),
    ).tocsr()
    row_of, column_of = min_weight_full_bipartite_matching(board, maximize=True)
    pairs = zip(row_of.tolist(), column_of.tolist(), strict=True)
    return [by_place[pair] for pair in pairs if pair in by_place]
