"""Finding the known result for a need in a factory's own words among all results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.encoders_bench import table
from benchmarks.frame import Run, Table
from benchmarks.indexes import index_of
from benchmarks.lexical import lexical_scores, text_of
from benchmarks.material import PLAIN_NEEDS, needs, offers
from benchmarks.ranks import DEPTH, interval, ranks_of, recall, reciprocal
from guantong.matching.encoders import get_encoder
from guantong.matching.index import Index
from guantong.matching.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guantong.records import Need

_TARGETS = "eval/matching/plain_needs_targets.csv"


def measure(run: Run) -> list[Table]:
    """Compare a search through the index with BM25 and vectors alone over all results."""
    wanted = {row["need_id"]: row["offer_id"] for row in table(run.file(_TARGETS))}
    asked, every = needs(run, PLAIN_NEEDS), offers(run)
    at = {offer.id: place for place, offer in enumerate(every)}
    targets = np.array([at[wanted[need.id]] for need in asked])
    need_texts, texts = list(map(text_of, asked)), list(map(text_of, every))
    lexical = lexical_scores(need_texts, texts)
    ranks = {name: ranks_of(scores, targets) for name, scores in lexical.items()}
    for spec in ("default", *run.encoders):
        encoder = get_encoder(spec)
        near = encoder.encode(need_texts) @ encoder.encode(texts).T
        ranks[f"vectors alone ({spec})"] = ranks_of(near, targets)
    built = index_of(run, f"results-{len(every)}", lambda: every)
    with Index.open(built.path) as index:
        ranks["Guantong"] = found_ranks(Matcher(index), asked, wanted)
    base = reciprocal(next(iter(ranks.values())))
    rows = [
        (
            name,
            f"{reciprocal(found):.3f}",
            interval(found),
            f"{reciprocal(found) / base:.2f}",
            f"{recall(found):.3f}",
        )
        for name, found in ranks.items()
    ]
    headers = ("who", "MRR@10", "95 %", "to BM25 on words", "Recall@10")
    notes = (f"{len(asked)} needs, one right result each among {len(every):,}",)
    return [Table("Needs in plain words", headers, rows, notes)]


def found_ranks(matcher: Matcher, asked: Sequence[Need], wanted: Mapping[str, str]) -> np.ndarray:
    """Return the rank of the right offer for each need; what is not in the list is below it."""
    ranks = []
    for need in asked:
        ids = [match.offer_id for match in matcher.offers_for(need, limit=DEPTH)]
        target = wanted[need.id]
        ranks.append(ids.index(target) + 1 if target in ids else DEPTH + 1)
    return np.array(ranks)
