"""Why a match is one, as sentences: each says what speaks for it or against, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guantong.matching.facts import shared_modes
from guantong.matching.reports.gaps import fact_value, missing
from guantong.matching.reports.wording import cut, indicator_name, level_name, modes, signed
from guantong.messages import render
from guantong.text.gap import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guantong.matching.evidence import SharedTerm
    from guantong.matching.explain import Explanation, JudgedBefore
    from guantong.matching.facts import FactGap
    from guantong.matching.pairs import Match
    from guantong.messages import Language

WORDS = "words"
"""The part that a reason about shared words stands for: the three features of words together."""

_WORD_PARTS = ("characters", "need_covered", "offer_covered")
_SAME = 0.999
_NEAR = 0.6
_SHORTEST_QUOTE = 10
_LONGEST_QUOTE = 64
_LONGEST_TITLE = 30
_TINY = 5e-4


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence; ``amount`` is what its ``part`` adds to the score."""

    part: str
    text: str
    amount: float

    def with_amount(self, lang: Language = "zh") -> str:
        """Return the sentence with what it adds: ``同在南京市（+0.03）``."""
        return render("reason.with_amount", lang, text=self.text, amount=signed(self.amount))


def reasons(match: Match, lang: Language = "zh") -> tuple[Reason, ...]:
    """Return the reasons of a match, the weightiest first."""
    told = match.explanation
    amounts = {each.part: each.amount for each in told.contributions}
    values = {each.part: each.value for each in told.contributions}
    found = list(_text_reasons(told, amounts, lang))
    if abs(amounts.get("field", 0)) > _TINY:
        field = _field(values["field"] or 0.0, amounts["field"], lang)
        found.append(Reason("field", field, amounts["field"]))
    if told.indicators and abs(amounts.get("indicators", 0)) > _TINY:
        found.append(Reason("indicators", _indicators(told, lang), amounts["indicators"]))
    found += [
        Reason(gap.fact, _fact(gap, lang), amounts[gap.fact])
        for gap in told.gaps
        if abs(amounts.get(gap.fact, 0)) > _TINY and gap.verdict is not Verdict.UNKNOWN
    ]
    found += [
        Reason("precedents", _precedent(each, match, lang), each.amount) for each in told.precedents
    ]
    return tuple(sorted(found, key=lambda reason: -abs(reason.amount)))


@dataclass(frozen=True, slots=True)
class Sum:
    """A score as a sum: where it starts, the reasons, what no reason tells, and what is cut off."""

    base: float
    reasons: tuple[Reason, ...]
    rest: float
    bounds: float
    score: float

    def steps(self) -> tuple[Reason, ...]:
        """Return everything that is added up, in the order in which it is shown."""
        ends = (Reason("rest", "", self.rest), Reason("bounds", "", self.bounds))
        return (
            Reason("base", "", self.base),
            *self.reasons,
            *(each for each in ends if each.amount),
        )


def summed(match: Match, lang: Language = "zh") -> Sum:
    """Return the score of a match as a sum of its reasons."""
    amounts = {each.part: each.amount for each in match.explanation.contributions}
    base, bounds = amounts.get("base", 0.0), amounts.get("bounds", 0.0)
    told = reasons(match, lang)
    rest = match.explanation.score - base - bounds - sum(reason.amount for reason in told)
    return Sum(base, told, rest if abs(rest) > _TINY else 0.0, bounds, match.score)


def sentences(match: Match, lang: Language = "zh") -> list[str]:
    """Return the reasons of a match as sentences with what each adds to the score."""
    return [reason.with_amount(lang) for reason in reasons(match, lang)]


def shown_terms(terms: Sequence[SharedTerm]) -> list[SharedTerm]:
    """Return the terms worth showing: a single character inside another word says nothing new."""
    return [
        term
        for term in terms
        if len(term.need) > 1
        or not any(term.need in other.need for other in terms if len(other.need) > 1)
    ]


def same_words(terms: Sequence[SharedTerm]) -> list[str]:
    """Return the words that both sides have."""
    return [term.need for term in shown_terms(terms) if _is_same(term)]


def near_words(terms: Sequence[SharedTerm]) -> list[str]:
    """Return the pairs of words that mean nearly the same: ``硅≈silicon``."""
    return [
        f"{term.need}≈{term.offer}"
        for term in shown_terms(terms)
        if not _is_same(term) and term.likeness >= _NEAR and len(term.need + term.offer) > 2
    ]


def _is_same(term: SharedTerm) -> bool:
    return term.likeness >= _SAME or term.need == term.offer


def _text_reasons(told: Explanation, amounts: dict[str, float], lang: Language) -> Iterator[Reason]:
    worded = sum(amounts.get(part, 0.0) for part in _WORD_PARTS)
    if abs(worded) > _TINY:
        yield Reason(WORDS, _words(told.terms, worded, lang), worded)
    meant = amounts.get("meaning", 0.0)
    if abs(meant) > _TINY:
        yield Reason("meaning", _meaning(told, meant, lang), meant)


def _words(terms: Sequence[SharedTerm], amount: float, lang: Language) -> str:
    comma = render("reason.comma", lang)
    parts = []
    if same := same_words(terms):
        parts.append(render("reason.same_words", lang, words=comma.join(same)))
    if near := near_words(terms):
        parts.append(render("reason.near_words", lang, words=comma.join(near)))
    if amount < 0:
        parts.insert(0, render("reason.few_words", lang))
    return render("reason.between", lang).join(parts) or render("reason.some_words", lang)


def _meaning(told: Explanation, amount: float, lang: Language) -> str:
    if amount < 0:
        return render("reason.meaning_far", lang)
    need, offer = (cut(each, _LONGEST_QUOTE) for each in (told.need_sentence, told.offer_sentence))
    if min(len(need), len(offer)) < _SHORTEST_QUOTE:
        return render("reason.meaning_near", lang)
    return render("reason.meaning_quotes", lang, need=_unended(need), offer=_unended(offer))


def _unended(sentence: str) -> str:
    return sentence.rstrip("。；;.，, ")


def _field(likeness: float, amount: float, lang: Language) -> str:
    if amount < 0:
        return render("reason.field_far", lang)
    if likeness >= _SAME:
        return render("reason.field_same", lang)
    return render("reason.field_near", lang, likeness=f"{likeness:.2f}")


def _indicators(told: Explanation, lang: Language) -> str:
    counted = told.verdicts()
    parts = [
        render(f"reason.indicators_{verdict.value}", lang, count=count, names=names)
        for verdict, count in counted.items()
        if count and (names := _names(told, verdict, lang))
    ]
    count = len(told.indicators)
    listed = render("reason.comma_clause", lang).join(parts)
    return render("reason.indicators", lang, count=count, listed=listed)


def _names(told: Explanation, verdict: Verdict, lang: Language) -> str:
    """Return the indicators of one verdict, those that fall short with what is missing."""
    names = []
    for row in told.indicators:
        if row.gap.verdict is not verdict:
            continue
        name = indicator_name(row.demand, lang)
        lack = missing(row.gap.shortfall, row.gap.unit, lang)
        names.append(render("reason.lacks", lang, name=name, lack=lack) if lack else name)
    return render("reason.comma", lang).join(names)


def _fact(gap: FactGap, lang: Language) -> str:
    wanted = fact_value(gap.fact, gap.wanted, lang)
    offered = fact_value(gap.fact, gap.offered, lang)
    lack = missing(gap.shortfall, gap.unit, lang)
    code = f"reason.{gap.fact}_{gap.verdict.value}"
    if gap.fact == "region" and gap.wanted == gap.offered:
        code = "reason.region_same"
    if gap.fact == "mode" and gap.verdict is Verdict.MET:
        shared = shared_modes(gap.wanted.split("、"), gap.offered.split("、"))
        wanted = modes("、".join(shared), lang)
    return render(code, lang, wanted=wanted, offered=offered, lack=lack)


def _precedent(judged: JudgedBefore, match: Match, lang: Language) -> str:
    before = judged.precedent
    level = {"level": before.level, "name": level_name(before.level, lang)}
    if (before.need_id, before.offer_id) == (match.need_id, match.offer_id):
        return render("reason.precedent_same", lang, **level)
    offer = cut(before.offer_title, _LONGEST_TITLE)
    if before.need_id == match.need_id:
        return render("reason.precedent_need", lang, offer=offer, **level)
    need = cut(before.need_title, _LONGEST_TITLE)
    return render("reason.precedent", lang, need=need, offer=offer, **level)
