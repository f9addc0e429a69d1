"""Benefits that a policy promises (扶持): who gets what, at which rate, and up to how much."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.benefits import Part, Role, denied, instrument_of, parts_of
from guantong.reading.statements.draft import Draft, Setting
from guantong.reading.statements.lexicon import pattern
from guantong.reading.statements.model import StatementKind, SupportFacts
from guantong.reading.statements.recipients import RECIPIENT, recipient_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEGMENT = re.compile(r"[。；！]|：(?=其中)")
_LABEL = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十百零]+条|[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．]+)\s*"
)


@dataclass(frozen=True, slots=True)
class _Benefit:
    start: int
    end: int
    part: Part | None
    rate: Decimal | None
    amount: Decimal | None
    cap: Decimal | None
    base: str | None
    beneficiary: str | None
    instrument: str
    rule: str
    confidence: float
    claims: int = -1


@dataclass(slots=True)
class Carried:
    """What later clauses of an article go on with: who gets it, and whether it is an allotment."""

    beneficiary: str | None = None
    allotment: bool = False
    listed: bool = False
    instrument: str = ""
    open_items: bool = field(default=False)


@cache
def _benefit_words() -> re.Pattern[str]:
    return re.compile(pattern("supports", "words", "benefit"))


@cache
def _allotment() -> re.Pattern[str]:
    return re.compile(pattern("supports", "words", "allotment"))


@cache
def _scope() -> re.Pattern[str]:
    return re.compile(rf"^(?:其中，?|但|且|（)?(?:{pattern('supports', 'words', 'ceiling_scope')})")


def read_supports(text: str, setting: Setting, carried: Carried) -> list[Draft]:
    """Return the supports of one passage; ``carried`` is what an earlier passage left open."""
    if not _benefit_words().search(text) and not _UNSPECIFIED.search(text):
        carried.open_items = carried.open_items and len(text) < 80
        return []
    body = _LABEL.match(text)
    offset = body.end() if body else 0
    carried.listed = carried.open_items and text.lstrip().startswith(("（", "("))
    if not carried.listed:
        carried.beneficiary = None
    carried.allotment = False
    found: list[_Benefit] = []
    for start, end in _segments(text, offset):
        _read_segment(text, start, end, setting, carried, found)
    carried.open_items = text.rstrip().endswith("：") or carried.listed
    return [_draft(benefit) for benefit in found]


def _segments(text: str, offset: int) -> Iterator[tuple[int, int]]:
    start = offset
    for mark in _SEGMENT.finditer(text, offset):
        yield start, mark.start()
        start = mark.end()
    if start < len(text):
        yield start, len(text)


def _read_segment(
    text: str, start: int, end: int, setting: Setting, carried: Carried, found: list[_Benefit]
) -> None:
    segment = text[start:end]
    if start and text[start - 1] == "。":
        carried.allotment = False
    carried.allotment = carried.allotment or (
        bool(_allotment().search(segment)) and "分别" in segment
    )
    beneficiary = recipient_of(segment) or carried.beneficiary
    parts = (
        []
        if not _in_scope(segment, setting, carried)
        else _promised(text, start, end, carried, lenient=setting.kind in ("measures", "plan"))
    )
    if parts:
        _collect(text, (start, end), parts, beneficiary, found)
    elif setting.kind in ("measures", "plan"):
        found.extend(_without_figures(text, start, end, beneficiary))
    found.extend(_vouchers(text, start, end) if not parts else ())
    carried.beneficiary = beneficiary


def _in_scope(segment: str, setting: Setting, carried: Carried) -> bool:
    if setting.kind in ("measures", "plan"):
        return bool(_benefit_words().search(segment)) or carried.allotment
    return bool(_NEWS_PROMISE.search(segment))


_NEWS_PROMISE = re.compile(
    r"对[^，。；]{2,40}(?:按|给予|予以|，)[^。；]{0,60}(?:补助|奖励|资助|补贴|贴息|支持)|(?:给予|最高)[^。；]{0,20}\d[^。；]{0,20}(?:补助|奖励|资助|补贴|贴息)"
)


_GIVES = re.compile(r"补助|奖励|资助|补贴|贴息|配套|最高|给予")


def _promised(text: str, start: int, end: int, carried: Carried, *, lenient: bool) -> list[Part]:
    """Return the parts that promise something; outside measures each clause must say so."""
    parts = parts_of(text, start, end)
    if carried.allotment:
        parts = [replace(part, role=_allotted(text, part)) for part in _reparsed(text, start, end)]
    kept = []
    for part in parts:
        clause = text.rfind("，", start, part.start) + 1 or start
        if not lenient and not _GIVES.search(text, clause, _clause_end(text, part.end, end)):
            continue
        if part.role is Role.THRESHOLD or denied(text[max(clause, start) : part.start]):
            continue
        kept.append(part)
    return kept


def _reparsed(text: str, start: int, end: int) -> list[Part]:
    head = "给予经费补助"
    shifted = parts_of(head + text[start:end], 0, len(head) + end - start)
    return [
        replace(part, start=part.start + start - len(head), end=part.end + start - len(head))
        for part in shifted
        if part.start >= len(head)
    ]


def _allotted(text: str, part: Part) -> Role:
    """In an allotment 以上 marks the least and 以下 the most that is given."""
    return Role.CAP if text[part.start : part.end].endswith("以下") else Role.AMOUNT


def _collect(
    text: str,
    segment: tuple[int, int],
    parts: list[Part],
    beneficiary: str | None,
    found: list[_Benefit],
) -> None:
    """Turn the parts of a segment into benefits; ceilings attach to what stands before them."""
    start, end = segment
    fresh: list[_Benefit] = []
    for run in _runs(text, parts):
        first = run[0]
        if first.role is Role.CAP:
            fresh = _capped(text, segment, run, fresh, found, beneficiary)
        elif (
            first.role is Role.RATE
            and fresh
            and fresh[-1].amount is not None
            and _is_ceiling(text, start, first)
        ):
            fresh = [
                replace(benefit, rate=benefit.rate or first.value, end=max(benefit.end, first.end))
                for benefit in fresh
            ]
        else:
            fresh.extend(
                _benefit(text, (start, end), part, beneficiary, run[-1].end) for part in run
            )
    found.extend(_settled(text, fresh))


def _settled(text: str, fresh: list[_Benefit]) -> list[_Benefit]:
    """A ceiling for each recipient that is named first is that of the benefits behind it."""
    lone = [benefit for benefit in fresh if benefit.rate is None and benefit.amount is None]
    others = [benefit for benefit in fresh if benefit not in lone]
    if not lone or not others:
        return fresh
    if not _EACH.search(text, lone[0].start, lone[0].end):
        return fresh
    top = max(benefit.cap or Decimal(0) for benefit in lone)
    return [replace(benefit, cap=max(top, benefit.cap or top)) for benefit in others]


_EACH = re.compile(r"同一|单个|单家|单户|每家|每户|每人|每个|申领")


def _runs(text: str, parts: list[Part]) -> list[list[Part]]:
    runs: list[list[Part]] = []
    for part in parts:
        last = runs[-1][-1] if runs else None
        joined = last is not None and text[last.end : part.start].strip() in (
            "、",
            "和",
            "及",
            "与",
            "或",
        )
        if last is not None and joined and last.role is part.role:
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _is_ceiling(text: str, start: int, part: Part) -> bool:
    clause = text.rfind("，", start, part.start) + 1 or start
    return re.search(r"不高于|不超过|最高", text[clause : part.start]) is not None


def _capped(
    text: str,
    segment: tuple[int, int],
    run: list[Part],
    fresh: list[_Benefit],
    found: list[_Benefit],
    beneficiary: str | None,
) -> list[_Benefit]:
    start, end = segment
    if len(run) > 1 and len(fresh) == 1 and fresh[0].cap is None:
        return [replace(fresh[0], cap=part.value, end=max(fresh[0].end, part.end)) for part in run]
    top = max(part.value for part in run)
    lone = all(benefit.rate is None and benefit.amount is None for benefit in fresh)
    if fresh and lone and _owns_benefit(text, run[-1].end, end):
        return [*fresh, *(_benefit(text, segment, part, beneficiary, part.end) for part in run)]
    if fresh and not lone:
        fresh, kept = (
            [each for each in fresh if each.rate or each.amount],
            [each for each in fresh if not (each.rate or each.amount)],
        )
        return [*kept, *_with_cap(fresh, top, run[-1].end)]
    if fresh:
        return _with_cap(fresh, top, run[-1].end)
    open_ones = [
        benefit for benefit in found if benefit.cap is None and benefit.rate != benefit.amount
    ]
    if (
        open_ones
        and _scope().match(text[start:end])
        and not re.search(r"给予|予以", text[start : run[0].start])
    ):
        for index, benefit in enumerate(found):
            if benefit.cap is None:
                found[index] = replace(benefit, cap=top, end=run[-1].end)
        return fresh
    return [*fresh, *(_benefit(text, segment, part, beneficiary, part.end) for part in run)]


def _with_cap(benefits: list[_Benefit], top: Decimal, end: int) -> list[_Benefit]:
    return [
        replace(benefit, cap=max(top, benefit.cap or top), end=max(benefit.end, end))
        for benefit in benefits
    ]


def _owns_benefit(text: str, position: int, end: int) -> bool:
    """``最高1000万元的安家补贴`` names the benefit that it caps."""
    return _benefit_words().search(text, position, _clause_end(text, position, end)) is not None


def _opening(text: str, segment: tuple[int, int], part: Part) -> int:
    """Return where the words of a benefit begin: at 对…, where other clauses stand before it."""
    start, _ = segment
    found = [each for each in RECIPIENT.finditer(text, start, part.start) if each.start() > start]
    if not found or RECIPIENT.match(text, start):
        return start
    return found[0].start() + (text[found[0].start()] in "，：")


def _benefit(
    text: str, segment: tuple[int, int], part: Part, beneficiary: str | None, run_end: int
) -> _Benefit:
    start, end = _opening(text, segment, part), segment[1]
    stop = _clause_end(text, part.end, end)
    behind, before = text[run_end : _clause_end(text, run_end, end)], text[start : part.start]
    benefit = _benefit_words().search(text, part.end, stop)
    close = benefit.end() if benefit and run_end == part.end else part.end
    rate = part.value if part.role is Role.RATE else None
    return _Benefit(
        start=start, end=close, part=part, rate=rate,
        amount=part.value if part.role is Role.AMOUNT else None,
        cap=part.value if part.role is Role.CAP else part.upper,
        base=part.base or (_rate_base(text, start, part) if rate is not None else None),
        beneficiary=beneficiary, instrument=instrument_of(behind, before, text[start:end]),
        rule=f"support.{part.role}", confidence=0.92, claims=_claims(text, segment[0], part),
    )  # fmt: skip


def _claims(text: str, start: int, part: Part) -> int:
    """Return where the clause of a benefit and the conditions before it (…的，) begin."""
    begin = text.rfind("，", start, part.start) + 1 or start
    while begin > start + 1 and text[begin - 2] == "的":
        begin = text.rfind("，", start, begin - 1) + 1 or start
    return begin


def _clause_end(text: str, position: int, end: int) -> int:
    found = re.compile(r"[，。；：]").search(text, position, end)
    return found.start() if found else end


def _rate_base(text: str, start: int, part: Part) -> str | None:
    clause = text.rfind("，", start, part.start) + 1 or start
    left = text[clause : part.start]
    left = re.sub(r"(?:\d[\d.]*%?、)+$", "", left)
    cut = max(
        (
            left.rfind(word) + len(word)
            for word in ("按照", "按", "给予", "予以", "不高于", "不超过")
            if word in left
        ),
        default=0,
    )
    base = re.sub(r"（[^）]*）|^其|^(?:分别|每家|可)|的$", "", left[cut:]).strip("的，、 ")
    if base.startswith("对"):
        return None
    return base or None


_UNSPECIFIED = re.compile(
    r"(?:给予|予以)(?:一定|适当|相应)[^，。；]{0,10}(?:补助|奖励|资助|补贴|支持|扶持|配套)"
    r"|按照?[^，。；]{2,24}(?:规定|要求|办法)(?:予以|给予)(?:配套|补助|奖励|安排|资助|补贴|支持)"
    r"|可以?“?跟进投资”?(?:的)?(?:形式|方式)参与"
    r"|优先(?:安排|保障|对接|推荐|享受)[^，。；]{2,20}(?:指标|用地|用房|服务|资金|落实项目)"
    r"|“?一事一议”?[^，。；]{0,10}(?:给予|予以)?[^，。；]{0,6}(?:支持|扶持|奖励|补助)"
)


def _without_figures(
    text: str, start: int, end: int, beneficiary: str | None
) -> Iterator[_Benefit]:
    """Benefits that name no figure: 一定额度的补助, 一事一议, priority for land."""
    found = _UNSPECIFIED.search(text, start, end)
    if found is None or denied(text[start : found.start()][-8:]):
        return
    instrument = instrument_of(found.group(), "", "")
    yield _Benefit(
        start, max(found.end(), _clause_end(text, found.end(), end)), None, None, None, None, None,
        beneficiary, instrument, "support.unspecified", 0.7,
    )  # fmt: skip


_VOUCHER = re.compile(
    r"(?:通过|发放|使用|利用)“?[\u4e00-\u9fff]{0,6}券”?[^，。；]{0,12}，?(?:为|向)(?P<who>[^，。；]{2,20}?)(?:提供|发放|给予)[^，。；]{0,24}"
)


def _vouchers(text: str, start: int, end: int) -> Iterator[_Benefit]:
    found = _VOUCHER.search(text, start, end)
    if found:
        yield _Benefit(
            found.start(), found.end(), None, None, None, None, None, found["who"], "券",
            "support.voucher", 0.75,
        )  # fmt: skip


def _draft(benefit: _Benefit) -> Draft:
    facts = SupportFacts(
        beneficiary=benefit.beneficiary, instrument=benefit.instrument, rate=benefit.rate,
        base=benefit.base, amount=benefit.amount, cap=benefit.cap,
    )  # fmt: skip
    return Draft(
        kind=StatementKind.SUPPORT, start=benefit.start, end=benefit.end, facts=facts,
        confidence=benefit.confidence, rule=benefit.rule, claims=benefit.claims,
    )  # fmt: skip
