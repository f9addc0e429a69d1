"""Ranking judged pairs without having seen any judgement: nDCG@10 with intervals by need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.encoders_bench import ndcg
from benchmarks.frame import Run, Table
from benchmarks.judged import Judged, judged
from benchmarks.lexical import lexical_scores, text_of
from guantong.matching.encoders import get_encoder
from guantong.matching.evaluation import evaluate
from guantong.matching.index import text_reader
from guantong.matching.pairs import PairScore, PairScorer

if TYPE_CHECKING:
    from collections.abc import Iterator

_DRAWS = 50


def measure(run: Run) -> list[Table]:
    """Compare the shipped model with chance, BM25 and vectors alone."""
    data = judged(run)
    chance, rows = _chance(data), []
    for name, scores in _scores(data, run):
        found = evaluate(data.pairs, _as_scores(data, scores)).measures
        _check(data, scores, found["ndcg"].value)
        first, auc = found["ndcg"], found["auc"]
        rows.append(
            (
                name,
                f"{first.value:.3f}",
                f"{first.low:.3f}-{first.high:.3f}",
                f"{first.value / chance:.2f}",
                f"{found['spearman'].value:.3f}",
                f"{auc.value:.3f}",
            )
        )
    headers = ("who", "nDCG@10", "95 %", "to random", "Spearman", "AUC")
    notes = (
        f"{len(data.needs)} needs, {len(data.pairs)} pairs; nothing is trained on them",
        f"random: mean of {_DRAWS} draws",
    )
    drawn = ("random", f"{chance:.3f}", "", "1.00", "", "")
    return [Table(f"Ranking: {data.name}", headers, [drawn, *rows], notes)]


def _scores(data: Judged, run: Run) -> Iterator[tuple[str, np.ndarray]]:
    """Yield who scores and the scores of the pairs in their order."""
    needs, offers = list(data.needs.values()), list(data.offers.values())
    left, right = _places(data)
    need_texts, offer_texts = list(map(text_of, needs)), list(map(text_of, offers))
    # Characters do better with the need's title alone; a peer is shown at its best.
    for of, texts in (("whole need", need_texts), ("its title", [need.title for need in needs])):
        for name, scores in lexical_scores(texts, offer_texts).items():
            yield f"{name}, {of}", scores[left, right]
    for spec in ("default", *run.encoders):
        encoder = get_encoder(spec)
        one, other = encoder.encode(need_texts), encoder.encode(offer_texts)
        yield f"vectors alone ({spec})", np.einsum("ij,ij->i", one[left], other[right])
    ours = PairScorer(text_reader()).score_pairs(data.by_need())
    yield "Guantong", np.array([each.score for found in ours for each in found])


def _places(data: Judged) -> tuple[np.ndarray, np.ndarray]:
    need_at = {id: at for at, id in enumerate(data.needs)}
    offer_at = {id: at for at, id in enumerate(data.offers)}
    left = np.array([need_at[pair.need_id] for pair in data.pairs])
    return left, np.array([offer_at[pair.offer_id] for pair in data.pairs])


def _as_scores(data: Judged, scores: np.ndarray) -> list[PairScore]:
    return [
        PairScore(pair.need_id, pair.offer_id, float(score), 0)
        for pair, score in zip(data.pairs, scores, strict=True)
    ]


def _chance(data: Judged) -> float:
    draw, (groups, _) = np.random.default_rng(20260101), _places(data)
    levels = np.array([pair.level for pair in data.pairs])
    return float(np.mean([ndcg(groups, levels, draw.random(len(levels))) for _ in range(_DRAWS)]))


def _check(data: Judged, scores: np.ndarray, measured: float) -> None:
    """Compare the product's own measure with the definition written out a second time."""
    groups, _ = _places(data)
    levels = np.array([pair.level for pair in data.pairs])
    again = ndcg(groups, levels, scores)
    if abs(again - measured) > 1e-9:
        raise ArithmeticError(f"nDCG@10 {measured} by guantong.matching, {again} by definition")
