"""Scoring given pairs of records, with or without an index: the same numbers as a search gives."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from guantong.matching.encoders import quantize
from guantong.matching.evidence import Prose, shared_terms
from guantong.matching.explain import (
    Explanation,
    JudgedBefore,
    contributions_of,
    explanation,
)
from guantong.matching.packing import OfferTexts
from guantong.matching.ranking import Ranker
from guantong.records.kinds import search_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guantong.matching.encoders.protocol import Vectors
    from guantong.matching.features import ComparedTexts
    from guantong.matching.forms import TextForm, TextReader
    from guantong.matching.model import RankingModel
    from guantong.matching.ranking import Scored
    from guantong.matching.store.protocol import Vector
    from guantong.records import Need, Offer, Record

_PRECEDENTS_SHOWN = 3
_BATCH = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An offer for a need: how strongly, and why.

    ``rank`` counts from 1 among the offers for the need, 0 where pairs were given.
    ``probabilities`` are those of the levels 1 to 4.
    """

    need_id: str
    offer_id: str
    rank: int
    score: float
    level: int
    probabilities: tuple[float, float, float, float]
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class PairScore:
    """The score and level of one pair, without the reasons."""

    need_id: str
    offer_id: str
    score: float
    level: int


class PairScorer:
    """Scores and explains pairs by one ranking model."""

    def __init__(self, reader: TextReader, model: RankingModel | None = None) -> None:
        self.reader = reader
        self.ranker = Ranker(reader.table, model)

    def form(self, record: Record) -> TextForm:
        """Return the text form of a record on the asking side."""
        return self.reader.read(search_parts(record))

    def texts(self, offers: Sequence[Record]) -> OfferTexts:
        """Return the texts of records on the answering side, as an index would keep them."""
        packed: list[bytes] = []
        vectors: list[Vectors] = []
        rest = iter(offers)
        while batch := list(islice(rest, _BATCH)):
            stored, rows = self.reader.stored(
                [self.reader.cut(search_parts(each)) for each in batch]
            )
            packed += stored
            vectors.append(unquantized(quantize(rows)))
        nothing = np.empty((0, self.reader.encoder.dimensions), np.float32)
        return OfferTexts.unpacked(packed, np.vstack([nothing, *vectors]))

    def scores(self, need: Need, offers: Sequence[Offer], texts: OfferTexts) -> Scored:
        """Return the full scores of some offers for one need."""
        form = self.form(need)
        compared = self.ranker.comparison.compared(form, texts)
        return self.ranker.score(need, form, compared, texts, offers)

    def score_pairs(
        self, pairs: Iterable[tuple[Need, Sequence[Offer]]]
    ) -> Iterator[list[PairScore]]:
        """Yield for each need the scores of its offers, in the order given."""
        for need, offers in pairs:
            scored = self.scores(need, offers, self.texts(offers))
            levels = self.ranker.model.calibration.levels(scored.rungs)
            yield [
                PairScore(need.id, offer.id, float(score), int(level))
                for offer, score, level in zip(offers, scored.scores, levels, strict=True)
            ]

    def explain(self, need: Need, offer: Offer) -> Match:
        """Return the whole reasoning of one pair."""
        return self.matches(need, self.form(need), [offer], self.texts([offer]))[0]

    def matches(
        self, need: Need, form: TextForm, offers: Sequence[Offer], texts: OfferTexts
    ) -> list[Match]:
        """Return the matches of some offers in the order given, with the rank still 0."""
        compared = self.ranker.comparison.compared(form, texts)
        scored = self.ranker.score(need, form, compared, texts, offers)
        return self.explained(need, form, offers, texts, compared, scored)

    def explained(
        self,
        need: Need,
        form: TextForm,
        offers: Sequence[Offer],
        texts: OfferTexts,
        compared: ComparedTexts,
        scored: Scored,
    ) -> list[Match]:
        """Return what was scored as matches with their reasons, with the rank still 0."""
        model = self.ranker.model
        levels = model.calibration.levels(scored.rungs).tolist()
        shares = model.calibration.probabilities(scored.rungs).tolist()
        scores = scored.scores.tolist()
        base = sum(model.base) / len(model.base)
        wanted = Prose.of(need)
        matches: list[Match] = []
        for at, offer in enumerate(offers):
            none, weak, fair, strong = shares[at]
            offered = Prose.of(offer)
            reasons = explanation(
                contributions=contributions_of(
                    base,
                    scored.features[at],
                    scored.contributions[at],
                    float(scored.precedents[at]),
                    scores[at],
                ),
                terms=shared_terms(compared, at, self.reader.table, wanted, offered),
                need=wanted,
                offer=offered,
                facts=scored.facts[at],
                precedents=self._judged_before(need, form, texts, at),
            )
            matches.append(
                Match(
                    need_id=need.id,
                    offer_id=offer.id,
                    rank=0,
                    score=scores[at],
                    level=levels[at],
                    probabilities=(none, weak, fair, strong),
                    explanation=reasons,
                )
            )
        return matches

    def _judged_before(
        self, need: Need, form: TextForm, texts: OfferTexts, at: int
    ) -> list[JudgedBefore]:
        precedents = self.ranker.precedents
        if precedents is None:
            return []
        title = texts.words_of(at)[: int(texts.title_counts[at])]
        vector = self.reader.table.sums(title, [len(title)])[0]
        found = precedents.strongest(need.id, form.title_vector, vector, _PRECEDENTS_SHOWN)
        return [JudgedBefore(precedent, amount) for precedent, amount in found]


def unquantized(vectors: Vector) -> Vectors:
    """Return stored vectors as they are compared, so that an index and a file agree."""
    return vectors.astype(np.float32) / np.float32(127)
