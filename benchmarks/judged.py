"""Pairs that staff of technology transfer judged, with their records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from benchmarks.encoders_bench import table
from benchmarks.frame import MissingDataError
from benchmarks.material import NEEDS, load_sample
from guantong.matching.evaluation import Judgement
from guantong.records import Side
from guantong.records.sample import judged_pairs_file
from guantong.records.tables import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from benchmarks.frame import Run
    from guantong.records import Need, Offer


@dataclass(frozen=True, slots=True)
class Judged:
    """Judged pairs in the order of needs and offers, and the records they name."""

    name: str
    needs: Mapping[str, Need]
    offers: Mapping[str, Offer]
    pairs: tuple[Judgement, ...]

    def by_need(self) -> Iterator[tuple[Need, list[Offer]]]:
        """Yield each need with its judged offers."""
        ids: dict[str, list[str]] = {}
        for pair in self.pairs:
            ids.setdefault(pair.need_id, []).append(pair.offer_id)
        for need_id, offer_ids in ids.items():
            yield self.needs[need_id], [self.offers[each] for each in offer_ids]


def judged(run: Run) -> Judged:
    """Return the real judged pairs, or in a quick run without data those of the sample city."""
    try:
        return _real(run)
    except MissingDataError:
        if not run.quick:
            raise
    sample = load_sample()
    return Judged(
        name="sample city",
        needs={each.id: each for each in sample.needs},
        offers={each.id: each for each in sample.offers},
        pairs=_pairs(judged_pairs_file(), "offer_id"),
    )


def _real(run: Run) -> Judged:
    results = run.file("eval/matching/achievements.jsonl")
    needs = read_records(run.file(NEEDS), side=Side.NEED).records
    offers = read_records(results, side=Side.OFFER).records
    return Judged(
        name="judged pairs",
        needs={each.id: cast("Need", each) for each in needs},
        offers={each.id: cast("Offer", each) for each in offers},
        pairs=_pairs(run.file("eval/matching/judged_pairs.csv"), "achievement_id"),
    )


def _pairs(file: Path, offer_column: str) -> tuple[Judgement, ...]:
    rows = table(file)
    found = {(row["need_id"], row[offer_column]): int(row["level"]) for row in rows}
    return tuple(sorted(Judgement(*pair, level) for pair, level in found.items()))
