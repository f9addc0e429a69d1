"""Finding what belongs together: offers for a need, needs for an offer, more of the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from guantong.matching.conditions import Conditions
from guantong.matching.facts import asks_nothing
from guantong.matching.index import side_of
from guantong.matching.model import bounded
from guantong.matching.packing import OfferTexts
from guantong.matching.pairs import Match, PairScorer, unquantized
from guantong.matching.store import Side
from guantong.records import SearchParts, kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from guantong.matching.features import ComparedTexts
    from guantong.matching.forms import TextForm
    from guantong.matching.index import Index
    from guantong.matching.model import RankingModel, Scores
    from guantong.matching.ranking import Ranker
    from guantong.matching.store import Candidates
    from guantong.records import Need, Offer, Record

_WIDER = 4
# Where conditions bar nearly everything, some seconds of looking are enough.
_MOST_HITS = 25_600
# About 1 ms of looking up; fewer words than this many would leave short questions empty.
_POSTINGS = 200_000
_LEAST_WORDS = 4
# Equal texts may differ beyond this, by where they stand in a matrix.
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Effort:
    """How far a search looks before it decides: the more, the slower and the surer.

    ``hits`` candidates are taken by words and as many by meaning; the best ``compared`` of them
    are compared word by word, and the best ``weighed`` of those by facts and precedents too.
    """

    hits: int = 100
    compared: int = 80
    weighed: int = 20

    def enough_for(self, limit: int) -> Effort:
        """Return an effort that can fill a list of ``limit``."""
        weighed = max(self.weighed, limit + limit // 2)
        compared = max(self.compared, 2 * weighed)
        return Effort(max(self.hits, compared), compared, weighed)

    def wider(self) -> Effort:
        """Return an effort that looks several times as far."""
        return Effort(_WIDER * self.hits, _WIDER * self.compared, _WIDER * self.weighed)


@dataclass(frozen=True, slots=True)
class Found:
    """A record that answers to some words or is like another; ``score`` is from 0 to 1."""

    id: str
    kind: str
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class _Shortlist:
    """The candidates that are worth a close look, the best first."""

    ids: Sequence[str]
    kinds: Sequence[str]
    texts: OfferTexts
    compared: ComparedTexts


class Matcher:
    """Matches over an open index with one ranking model."""

    def __init__(
        self, index: Index, model: RankingModel | None = None, effort: Effort | None = None
    ) -> None:
        self.index = index
        self.pairs = PairScorer(index.reader, model)
        self.effort = effort or Effort()

    @property
    def ranker(self) -> Ranker:
        """Return what scores the pairs."""
        return self.pairs.ranker

    def offers_for(
        self, need: Need, *, limit: int = 10, conditions: Conditions | None = None
    ) -> list[Match]:
        """Return the best offers for a need with their reasons; equal scores go by id."""
        asked = conditions or Conditions()
        form = self.pairs.form(need)
        effort = self.effort.enough_for(limit)
        found = self._shortlist(
            form, Side.OFFER, _kinds_for(need, asked), effort, limit, _allows(asked, need)
        )
        weighed = None if asks_nothing(need) else self._offers(found.ids)
        scored = self.ranker.score(need, form, found.compared, found.texts, weighed)
        best = _falling(scored.raw, found.ids)[:limit]
        matches = self.pairs.explained(
            need,
            form,
            [weighed[at] for at in best]
            if weighed is not None
            else self._offers([found.ids[at] for at in best]),
            found.texts.take(best),
            found.compared.take(best),
            scored.take(best),
        )
        return [replace(match, rank=rank) for rank, match in enumerate(matches, 1)]

    def _offers(self, ids: Sequence[str]) -> list[Offer]:
        return [cast("Offer", record) for record in self.index.chosen(Side.OFFER, ids)]

    def needs_for(
        self, offer: Offer, *, limit: int = 10, conditions: Conditions | None = None
    ) -> list[Match]:
        """Return the needs that an offer answers best; a pair scores as in :meth:`offers_for`."""
        asked = conditions or Conditions()
        wanted = frozenset(kinds.get(offer.kind).matched_with)
        effort = self.effort.enough_for(limit)
        form = self.pairs.form(offer)
        while True:
            found = self._shortlist(form, Side.NEED, wanted, effort, limit, None)
            needs = [cast("Need", each) for each in self.index.chosen(Side.NEED, found.ids)]
            open_to_it = [
                need
                for need in needs
                if not (asked.against_need(need) or asked.against_offer(need, offer))
            ]
            enough = len(open_to_it) >= limit or len(needs) < effort.weighed
            if enough or effort.hits >= _MOST_HITS:
                break
            effort = effort.wider()
        texts = self.pairs.texts([offer])
        matches: list[Match] = []
        for need in open_to_it:
            matches += self.pairs.matches(need, self.pairs.form(need), [offer], texts)
        matches.sort(key=lambda match: (-round(match.explanation.raw, _DIGITS), match.need_id))
        return [replace(match, rank=rank) for rank, match in enumerate(matches[:limit], 1)]

    def like(self, record: Record, *, limit: int = 10) -> list[Found]:
        """Return records of the same side that are most like one, itself left out."""
        form = self.pairs.form(record)
        found = self._found(form, side_of(record), None, limit + 1)
        return [each for each in found if each.id != record.id][:limit]

    def search(
        self,
        words: str,
        *,
        side: Side = Side.OFFER,
        limit: int = 10,
        kinds_: frozenset[str] = frozenset(),
    ) -> list[Found]:
        """Return the records that answer best to some words in any language of the encoder."""
        form = self.index.reader.read(SearchParts(words, (), ""))
        return self._found(form, side, kinds_ or None, limit)

    def _found(
        self, form: TextForm, side: Side, wanted: frozenset[str] | None, limit: int
    ) -> list[Found]:
        effort = self.effort.enough_for(limit)
        found = self._shortlist(form, side, wanted, effort, limit, None)
        scores = bounded(self.ranker.text_scores(found.compared)).tolist()
        listed = zip(found.ids, found.kinds, scores, strict=True)
        return [Found(*each) for each in listed][:limit]

    def _shortlist(
        self,
        form: TextForm,
        side: Side,
        wanted: frozenset[str] | None,
        effort: Effort,
        limit: int,
        allows: Callable[[Candidates, int], bool] | None,
    ) -> _Shortlist:
        """Retrieve, filter and compare; looks wider where conditions leave too few."""
        hits, most = effort.hits, min(self.index.count(side), _MOST_HITS)
        while True:
            candidates = self._candidates(form, side, wanted, hits)
            kept = [at for at in range(len(candidates)) if allows is None or allows(candidates, at)]
            if len(kept) >= limit or hits >= most:
                break
            hits *= _WIDER
        return self._compared(form, candidates, np.array(kept, np.intp), effort)

    def _candidates(
        self, form: TextForm, side: Side, only: frozenset[str] | None, hits: int
    ) -> Candidates:
        store = self.index.store
        lexical = store.lexical(self._affordable(form, side), side=side, limit=hits, kinds=only)
        nearest = self.index.nearest(form.vector, side, hits, only)
        return store.fetch(np.union1d(lexical.rows, nearest.rows).tolist())

    def _affordable(self, form: TextForm, side: Side) -> list[tuple[str, float]]:
        """Return the words to look up: frequent ones cost much and find nothing of their own."""
        words = dict(form.search_words)
        counts = self.index.store.document_frequency(words, side)
        rising = sorted((word for word in words if counts[word]), key=lambda word: counts[word])
        spent = 0
        chosen: list[tuple[str, float]] = []
        for word in rising:
            spent += counts[word]
            if spent > _POSTINGS and len(chosen) >= _LEAST_WORDS:
                break
            chosen.append((word, words[word]))
        return chosen

    def _compared(
        self, form: TextForm, candidates: Candidates, kept: npt.NDArray[np.intp], effort: Effort
    ) -> _Shortlist:
        texts = OfferTexts.unpacked(
            [candidates.terms[at] for at in kept], unquantized(candidates.vectors[kept])
        )
        quick = self.ranker.comparison.quick(form, texts)
        every = [candidates.ids[at] for at in kept]
        chosen = np.sort(_falling(self.ranker.quick_scores(quick), every)[: effort.compared])
        texts, kept = texts.take(chosen), kept[chosen]
        compared = self.ranker.comparison.compared(form, texts, quick[chosen])
        scores = self.ranker.text_scores(compared)
        ids = [candidates.ids[at] for at in kept]
        best = _falling(scores, ids)[: effort.weighed]
        return _Shortlist(
            ids=[ids[at] for at in best],
            kinds=[candidates.kinds[kept[at]] for at in best],
            texts=texts.take(best),
            compared=compared.take(best),
        )


def _falling(scores: Scores, ids: Sequence[str]) -> npt.NDArray[np.intp]:
    """Return the places of all scores, the highest first, equal ones by id."""
    keys = (-scores.round(_DIGITS)).tolist()
    return np.array(sorted(range(len(ids)), key=lambda at: (keys[at], ids[at])), np.intp)


def _kinds_for(need: Need, asked: Conditions) -> frozenset[str] | None:
    """Return the kinds of offer that may answer a need; ``None``, where it has no kind: all."""
    if not need.kind:
        return asked.kinds
    wanted = frozenset(kind.name for kind in kinds.offers_for(need.kind))
    return wanted if asked.kinds is None else wanted & asked.kinds


def _allows(conditions: Conditions, need: Need) -> Callable[[Candidates, int], bool] | None:
    """Return the test that candidates must pass, ``None`` where nothing can fail."""
    if conditions.let_pass(need):
        return None

    def allows(candidates: Candidates, at: int) -> bool:
        return (
            conditions.against(
                need,
                organisation=candidates.organisations[at],
                valid_until=candidates.valid_until[at],
                disclosure=candidates.disclosures[at],
            )
            is None
        )

    return allows
