"""Scoring offers for a need: text first, then facts and precedents, all of it additive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guantong.matching.facts import FACT_FEATURES, Facts, asks_nothing, compare_facts
from guantong.matching.features import QUICK, TEXT_FEATURES, TextComparison
from guantong.matching.model import FEATURES, RUNGS, RankingModel, Scores, bounded, shipped_model
from guantong.matching.precedents import Precedents
from guantong.matching.rarity import shipped_rarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from guantong.matching.features import ComparedTexts
    from guantong.matching.forms import TextForm
    from guantong.matching.packing import OfferTexts
    from guantong.matching.word_table import WordTable
    from guantong.records import Need, Offer

_TEXT = len(TEXT_FEATURES)


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Offers scored for one need.

    ``features`` and ``contributions`` have the shape ``(offers, len(FEATURES))``, ``precedents``
    ``(offers,)``; ``rungs`` has a column for each of levels 2 to 4.
    """

    features: npt.NDArray[np.float32]
    contributions: Scores
    precedents: Scores
    rungs: Scores
    facts: tuple[Facts | None, ...]

    def take(self, chosen: npt.NDArray[np.intp]) -> Scored:
        """Return the scores of the offers at the places ``chosen``, in that order."""
        return Scored(
            self.features[chosen],
            self.contributions[chosen],
            self.precedents[chosen],
            self.rungs[chosen],
            tuple(self.facts[at] for at in chosen),
        )

    @property
    def raw(self) -> Scores:
        """Return the scores before their ends are bent into 0 to 1."""
        raw: Scores = self.rungs.mean(axis=1)
        return raw

    @property
    def scores(self) -> Scores:
        """Return the scores, from 0 to 1."""
        return bounded(self.raw)


class Ranker:
    """Applies one ranking model; pure: a pair's score depends on nothing but the pair."""

    def __init__(self, table: WordTable, model: RankingModel | None = None) -> None:
        self.model = model or shipped_model()
        self.table = table
        self.comparison = TextComparison(table, shipped_rarity())
        remembered = self.model.precedents
        self.precedents = Precedents(remembered, table) if remembered else None

    def quick_scores(self, quick: npt.NDArray[np.float32]) -> Scores:
        """Return the score as far as the two quick features go (:meth:`TextComparison.quick`)."""
        scores = self.model.contributions(self._features(quick), only=QUICK)
        return _score(scores.sum(axis=1))

    def text_scores(self, texts: ComparedTexts) -> Scores:
        """Return the score as far as text alone goes, for choosing what to look at closely."""
        contributions = self.model.contributions(self._features(texts.features), only=TEXT_FEATURES)
        return _score(np.array(self.model.base) + contributions.sum(axis=1))

    @staticmethod
    def _features(columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return a feature matrix with its first columns filled and the others 0: unknown."""
        features = np.zeros((len(columns), len(FEATURES)), np.float32)
        features[:, : columns.shape[1]] = columns
        return features

    def score(
        self,
        need: Need,
        form: TextForm,
        compared: ComparedTexts,
        texts: OfferTexts,
        offers: Sequence[Offer] | None,
    ) -> Scored:
        """Return the full score of each offer; without ``offers`` no fact counts."""
        facts: tuple[Facts | None, ...] = (None,) * len(texts)
        features = self._features(compared.features)
        if offers is not None and not asks_nothing(need):
            facts = tuple(compare_facts(need, offer) for offer in offers)
            for row, found in enumerate(facts):
                if found is not None:
                    features[row, _TEXT:] = [found.values[name] for name in FACT_FEATURES]
        contributions = self.model.contributions(features)
        precedents = self.precedent_worth(need, form, texts)
        rungs = np.array(self.model.base) + contributions.sum(axis=1) + precedents
        return Scored(features, contributions.mean(axis=2), precedents.mean(axis=1), rungs, facts)

    def precedent_worth(self, need: Need, form: TextForm, texts: OfferTexts) -> Scores:
        """Return what judged pairs add to each rung, all 0 where the model has none."""
        if self.precedents is None:
            return np.zeros((len(texts), len(RUNGS)))
        titles = self.table.sums(texts.title_words(), texts.title_counts.tolist())
        return self.precedents.worth(need.id, form.title_vector, titles).astype(np.float64)


def _score(rungs: Scores) -> Scores:
    scores: Scores = rungs.mean(axis=1)
    return scores
