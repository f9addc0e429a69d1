"""Matches, needs and offers made by hand, so that every sort of reason and gap is there."""

from datetime import date
from decimal import Decimal

from guantong.matching.evidence import SharedTerm
from guantong.matching.explain import Contribution, Explanation, JudgedBefore
from guantong.matching.facts import FactGap
from guantong.matching.model import Precedent
from guantong.matching.pairs import Match
from guantong.matching.reports import Answer, MatchReport, NeedMatches
from guantong.records.kinds.achievement import Achievement
from guantong.records.kinds.technology import TechnologyNeed
from guantong.text.gap import Gap, GapRow, Verdict
from guantong.text.indicators import Indicator
from guantong.text.quantities import Comparator

AMOUNTS = {
    "base": 0.25,
    "meaning": 0.1,
    "characters": 0.2,
    "need_covered": 0.1,
    "offer_covered": 0.05,
    "field": 0.05,
    "indicators": 0.04,
    "maturity": -0.02,
    "region": 0.03,
    "mode": -0.01,
    "money": -0.03,
    "time": 0.01,
    "precedents": 0.06,
}


def need(id="N1", title="硅碳负极材料", **fields):
    return TechnologyNeed(id=id, title=title, organisation="甲公司", region="南京市", **fields)


def offer(id="A1", title="多孔碳骨架硅碳负极", **fields):
    return Achievement(id=id, title=title, organisation="乙大学", region="苏州市", **fields)


def indicator(name, comparator, value, unit, **fields):
    return Indicator(name, comparator, Decimal(value), unit, **fields)


CAPACITY = GapRow(
    indicator("比容量", Comparator.AT_LEAST, "1600", "mAh/g"),
    indicator("比容量", Comparator.AT_LEAST, "1750", "mAh/g"),
    Gap(Verdict.MET, None, "mAh/g", condition_differs=True),
    1.0,
)
BATCH = GapRow(
    indicator("单批产量", Comparator.AT_LEAST, "1", "t"),
    indicator("单批产量", Comparator.EQUAL, "100", "kg"),
    Gap(Verdict.SHORT, Decimal("0.9"), "t"),
    1.0,
)
SWELLING = GapRow(
    indicator("膨胀率", Comparator.AT_MOST, "30", "%"), None, Gap(Verdict.UNKNOWN, unit="%")
)
FACTS = (
    FactGap("maturity", "TRL 7", "TRL 6", Verdict.SHORT, Decimal(1), "TRL"),
    FactGap("region", "南京市", "苏州市", Verdict.PARTLY),
    FactGap("mode", "合作开发", "技术许可、作价入股", Verdict.SHORT),
    FactGap("money", "3000000", "5000000~8000000", Verdict.SHORT, Decimal(2000000), "元"),
    FactGap("time", "2027-09-30", "2028-06-30", Verdict.MET),
)
TERMS = (
    SharedTerm("硅", "silicon", 0.72, 0.4),
    SharedTerm("负极", "负极", 1.0, 0.3),
    SharedTerm("极", "极", 1.0, 0.1),
    SharedTerm("窑", "锂", 0.77, 0.1),
    SharedTerm("电池", "动力", 0.5, 0.1),
)


def told(amounts=AMOUNTS, **fields):
    parts = [Contribution(part, amount, 0.5) for part, amount in amounts.items()]
    given = {
        "terms": TERMS,
        "need_sentence": "首次效率不稳，极片反弹大，循环掉得厉害。",
        "offer_sentence": "往孔里沉积纳米硅，膨胀被碳骨架吸收。",
        "indicators": (CAPACITY, BATCH, SWELLING),
        "gaps": FACTS,
        "precedents": (JudgedBefore(Precedent("N9", "钠电负极", "A9", "硬碳", 4, (0.1,)), 0.06),),
    }
    return Explanation(contributions=tuple(parts), **(given | fields))


def match(need_id="N1", offer_id="A1", rank=1, level=4, explanation=None):
    explanation = explanation or told()
    return Match(
        need_id=need_id,
        offer_id=offer_id,
        rank=rank,
        score=explanation.score,
        level=level,
        probabilities=(0.05, 0.15, 0.3, 0.5),
        explanation=explanation,
    )


def report():
    """Return two matched needs, one with nothing found, one only weakly, one expired."""
    first = NeedMatches(
        need(),
        (
            Answer(match(), offer()),
            Answer(match(offer_id="A2", rank=2, level=2), offer("A2", "=1+1 石墨烯")),
        ),
    )
    second = NeedMatches(need("N2", "<b>钠电</b>正极"), (Answer(match("N2", level=3), offer()),))
    nothing = NeedMatches(need("N3", "没人供的东西"), ())
    weak = NeedMatches(need("N4", "偏门的东西"), (Answer(match("N4", level=1), offer()),))
    late = need("N5", "过期的需求", deadline=date(2020, 1, 1))
    return MatchReport((first, second, nothing, weak), (late,))
