"""The part each figure plays in a funding clause: threshold, rate, amount or ceiling."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.figures import Figure, find_figures
from guantong.reading.statements.lexicon import pattern, table, words

if TYPE_CHECKING:
    from collections.abc import Iterable


class Role(StrEnum):
    """What a figure of a funding clause is for."""

    THRESHOLD = "threshold"
    RATE = "rate"
    AMOUNT = "amount"
    CAP = "cap"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """A figure with its role; ``value`` is 元, for rates a fraction of one; ``base`` its unit."""

    role: Role
    start: int
    end: int
    value: Decimal
    base: str | None = None
    upper: Decimal | None = None


_CLAUSE = re.compile(r"[，。；：！？]")
_PER = re.compile(
    r"(每(?!年|家|个?企业|个?机构|个?单位|户|年度)[^，。；、\d]{1,8}?)(?:最高|给予|奖励|补助|补贴|资助|额外)*$"
)
_PER_ANY = re.compile(
    r"(每(?:增加)?(?:\d+)?[^，。；、\d]{1,6}?)(?:最高|不超过|给予|奖励|补助|补贴|资助|额外|增加资助|增加|再)*$"
)


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile(pattern("supports", "words", key))


@cache
def _cap_near() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('supports', 'words', 'cap')})[^，。；：]{{0,14}}$")


@cache
def _qualifies() -> re.Pattern[str]:
    after = pattern("supports", "words", "qualifying")
    benefit = pattern("supports", "words", "benefit")
    return re.compile(
        rf"^(?:（含）)?(?:{after})?(?:的(?!(?:[^，。；]{{0,10}}(?:{benefit}))|比例|标准|额度|幅度)|部分|（不含|及以上的)|^(?:（含）)?(?:以上|以下)的"
    )


def parts_of(text: str, start: int, end: int) -> list[Part]:
    """Return the figures of ``text[start:end]`` that matter for a support, in order."""
    figures = _usable(text, list(find_figures(text[start:end])), start)
    parts = [_part(text, start, end, figures, index) for index in range(len(figures))]
    found = [part for part in _same_in_runs(text, parts) if part.role is not Role.NONE]
    found.extend(_in_words(text, start, end))
    return sorted(found, key=lambda part: part.start)


def _usable(text: str, figures: Iterable[Figure], offset: int) -> list[Figure]:
    """Keep money and shares; ``20万以上30万元`` lends its unit to the first figure."""
    listed = [
        replace(f, start=f.start + offset, digits=f.digits + offset, end=f.end + offset)
        for f in figures
    ]
    kept = []
    for index, figure in enumerate(listed):
        later = listed[index + 1] if index + 1 < len(listed) else None
        if (
            figure.family == "none"
            and figure.scale > 1
            and later
            and later.family == "money"
            and later.digits - figure.end <= 2
        ):
            figure = replace(figure, family="money", unit=later.unit)
        if figure.family in ("money", "share") and figure.unit not in ("倍", "‰"):
            kept.append(figure)
    return kept


def _part(text: str, start: int, end: int, figures: list[Figure], index: int) -> Part:
    figure = figures[index]
    clause = start
    for mark in _CLAUSE.finditer(text, start, figure.digits):
        clause = mark.end()
    left = text[clause : figure.digits]
    close = left if index == 0 else text[max(clause, figures[index - 1].end) : figure.digits]
    behind = text[figure.end - len(figure.after) : end]
    role = _role(text, left, close, behind, figure, (start, end))
    value = figure.value / 100 if figure.family == "share" else figure.value
    base = _unit_base(left, figure) if figure.family == "money" else None
    upper = figure.upper
    if figure.family == "share":
        upper = None
    if base and role is Role.CAP and _MEASURE.search(base):
        rated = any(each.family == "share" for each in figures[:index])
        role, base = (Role.CAP, None) if rated else (Role.AMOUNT, base)
    return Part(role, figure.start, figure.end, value, base, upper)


# A ceiling for each unit of measure (每平方米每月最高40元) is a standard, not a ceiling of the sum.
_MEASURE = re.compile(r"平方|㎡|月|件|天|吨|千瓦|公里|台|套|亩|床|课时|次|票|篇")


# 抵扣不超过50%的费用 is a rate, 分三期按40%、30%、30%拨付 says only when.
_DEDUCTED = re.compile(r"抵[扣用减][^，。；]{0,8}$")
_INSTALMENTS = re.compile(r"分[一二两三四五六\d]+[期年批次][^，。；\d]{0,4}按?(?:[\d.]+%、)*$")
# 500万元（含）至2000万元的，奖励10万元: the bounds of a tier.
_TIER = re.compile(
    r"^(?:（不?含）)?(?:以上)?(?:至|到|—|-|~|～)\d[\d.]*万?亿?元?(?:（不?含）)?(?:以下)?的?[，、]"
)


def _role(
    text: str, left: str, close: str, behind: str, figure: Figure, sentence: tuple[int, int]
) -> Role:
    if _words("not_money").search(close[-9:]) or _PUBLIC_PURSE.search(left):
        return Role.NONE
    if figure.family == "share" and _DEDUCTED.search(left):
        return Role.RATE
    if _INSTALMENTS.search(left):
        return Role.NONE
    if _qualifies().match(behind) or _threshold_before(left, behind):
        return Role.THRESHOLD
    whole = text[sentence[0] : sentence[1]]
    if not _words("benefit").search(whole) and not _words("allotment").search(whole):
        return Role.NONE
    if _CONDITION.search(left) and not _words("giving").search(close):
        return Role.THRESHOLD
    if _TIER.match(behind):
        return Role.THRESHOLD
    if figure.family == "share":
        return Role.RATE
    capped = _cap_near().search(left) or (figure.comparator == "<=" and not figure.after)
    if capped or (figure.after in ("以内", "以下", "之内") and not figure.upper):
        return Role.CAP
    return Role.AMOUNT


# What the treasury sets aside in all is promised to nobody in particular.
_PUBLIC_PURSE = re.compile(
    r"(?:财政|政府|市里|区里)(?:每年|年度|预算)?(?:统筹)?安排|总规模|每年总额|年度总额|预算总额|资金规模|(?:其中)?20\d\d年度?安排|(?:每年|年度)安排"
)
_CONDITION = re.compile(
    r"(?:收入|产值|投资额|投入|税收|费用|销售额|营收|利润|规模|融资|贷款|成交额|交易额|注册资本|实缴|资产|纳税|贡献|购置|合同额|总投资)[^，。；、]{0,8}(?:达到?|超过?|不低于|不少于|在|突破|满|低于|不足|高于|为|≥)$"
)


def _threshold_before(left: str, behind: str) -> bool:
    """``低于5000元的服务``, ``超过5000元部分``."""
    return bool(
        re.search(r"(?:低于|(?<!不)(?<!不得)超过|(?<!不)高于|(?<!不)不足)$", left)
        and re.match(r"的(?!部分给予)|部分", behind)
    )


def _unit_base(left: str, figure: Figure) -> str | None:
    if "/" in figure.unit:
        return figure.unit.split("/", 1)[1]
    found = _PER.search(left) or (
        _PER_ANY.search(left)
        if not re.search(r"每年|每家|每户|每个(?:企业|单位|机构|研发机构|基地|展位)", left[-12:])
        else None
    )
    return found.group(1) if found else None


def _same_in_runs(text: str, parts: list[Part]) -> list[Part]:
    """Figures that share one predicate (``1万元、5万元以上的``) share its role."""
    result: list[Part] = []
    for part in reversed(parts):
        later = result[-1] if result else None
        between = text[part.end : later.start] if later else ""
        if (
            later
            and later.role is Role.THRESHOLD
            and re.fullmatch(r"\s?[、至到和或—-]?\s?", between)
        ):
            part = replace(part, role=Role.THRESHOLD)
        elif (
            later
            and part.role is Role.AMOUNT
            and later.role is Role.CAP
            and between.strip() in ("", "至", "-", "—")
        ):
            part = replace(part, role=Role.AMOUNT)
        result.append(part)
    ordered = result[::-1]
    for index in range(1, len(ordered)):
        between = text[ordered[index - 1].end : ordered[index].start]
        if ordered[index - 1].role is Role.THRESHOLD and re.fullmatch(
            r"\s?[、至到和或—-]\s?", between
        ):
            ordered[index] = replace(ordered[index], role=Role.THRESHOLD)
    for index in range(1, len(ordered)):
        between = text[ordered[index - 1].end : ordered[index].start]
        if (
            ordered[index - 1].role in (Role.RATE, Role.CAP, Role.AMOUNT)
            and between in ("、", "和", "，")
            and ordered[index].role is Role.AMOUNT
            and between != "，"
        ):
            ordered[index] = replace(
                ordered[index],
                role=ordered[index - 1].role,
                base=ordered[index - 1].base or ordered[index].base,
            )
    return ordered


# 按1:1给予配套, 免收3个月租金.
_IN_FULL = re.compile(
    r"(?:1[:：∶比]1|一比一|等比例)(?=[^，。；]{0,8}(?:配套|资助|补助|奖励|匹配))"
    r"|免(?:收|除|交|缴)?[^，。；\d]{0,4}\d+个?[月年]的?(?:房租|租金|场租)"
)


def _in_words(text: str, start: int, end: int) -> list[Part]:
    whole = [
        Part(Role.RATE, found.start(), found.end(), Decimal(1))
        for found in _words("full").finditer(text, start, end)
    ]
    whole.extend(
        Part(Role.RATE, found.start() + start, found.end() + start, Decimal(1))
        for found in _IN_FULL.finditer(text[start:end])
    )
    halves = [
        Part(Role.RATE, found.start(), found.end(), Decimal("0.5"))
        for found in re.finditer("减半", text[start:end])
    ]
    return [
        *whole,
        *(replace(half, start=half.start + start, end=half.end + start) for half in halves),
    ]


@cache
def _instruments() -> tuple[tuple[str, re.Pattern[str]], ...]:
    listed = table("supports")["instruments"]
    return tuple((name, re.compile(pattern("supports", "instruments", name))) for name in listed)


def instrument_of(behind: str, before: str, whole: str) -> str:
    """Return the instrument: the benefit word after the figure, before it, or in the sentence."""
    for stretch in (behind, before, whole):
        found = [
            (match.start() if stretch is behind else -match.end(), order, name)
            for order, (name, shape) in enumerate(_instruments())
            for match in (
                [*shape.finditer(stretch)][:1]
                if stretch is behind
                else [*shape.finditer(stretch)][-1:]
            )
        ]
        if found:
            return min(found)[2]
    return "其他"


def denied(text: str) -> bool:
    """Tell whether a clause refuses a benefit: 不予补助."""
    return any(word in text for word in words("supports", "words", "denied"))
