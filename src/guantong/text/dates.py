"""Dates and periods as Chinese texts write them: 2026年一季度, “十五五”末, 去年, 近三年."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from guantong.errors import InputError
from guantong.text.numbers import HALF_WIDTH, read_number
from guantong.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable

DateStyle = Literal["iso", "slashes", "dots", "digits", "chinese", "numerals"]


class Precision(StrEnum):
    """How exactly a text says when."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class DateRange:
    """A stretch of time named in a text, first and last day included.

    ``until`` marks a deadline (到2030年): the range is that of the year named.
    """

    start: date
    end: date
    precision: Precision
    span: Span
    until: bool = False


_NUMERALS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_DAY_FORMS = (
    re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?"),
    re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_CHINESE_DAY = re.compile(
    "([零〇○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]?"
)
# The years of the five-year plans since the first, 1953-1957 (国民经济和社会发展五年规划).
_PLAN_FIRST_YEARS = {10: 2001, 11: 2006, 12: 2011, 13: 2016, 14: 2021, 15: 2026, 16: 2031}
_RELATIVE = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "当年": 0,
    "明年": 1,
    "下一年": 1,
    "后年": 2,
}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WITHIN = (
    r"(?P<part>第?[一二三四1-4]季度|前[一二三]季度|上半年|下半年|年底|年末|年初|年中"
    r"|(?<=年)(?:底|末|初|中(?![国心部央])))"
)
_DAY = r"3[01]|[12]\d|0?[1-9]"
_MONTH_DAY = (
    rf"(?P<month>1[0-2]|0?[1-9])月(?:份|(?P<day>{_DAY})[日号]?"
    rf"(?:(?:至|到|-|—|–|~|～)(?P<last_day>{_DAY})[日号])?(?<=[日号]))?"
)
_ALONE = _MONTH_DAY.replace("P<", "P<only_")
_MASTER = re.compile(
    rf"""
    (?P<until>到|至|截至|截止|截止到|力争到|争取到)?
    (?:
      [“"]?(?P<plan>十[一二三四五六]?)五[”"]?(?P<plan_part>末|初|中期|期间|时期|以来|开局之年|收官之年|(?<=[”"]))
    | (?P<day_in_numerals>{_CHINESE_DAY.pattern})
    | (?P<iso>(?<![\d./-])\d{{4}}(?P<mark>[-/.])\d{{1,2}}(?P=mark)\d{{1,2}}(?![\d./-]))
    | (?P<century>本世纪中叶)
    | (?<!\d)(?P<from>(?:19|20)\d\d)年?[ ]?(?:-|—|–|~|～|至|到)[ ]?(?P<to>(?:19|20)\d\d)年
    | (?:近|最近|过去)(?P<years>[一二两三四五六七八九十]|\d{{1,2}})年来?
    | (?:(?<!\d)(?P<year>(?:19|20)\d\d|[一二][零〇○一二三四五六七八九]{{3}})年(?:度(?!假))?
        | (?P<relative>大前年|前年|去年|上一年|上年(?!度末)|今年|本年度|本年|当年|明年|下一年|后年))
      (?:{_WITHIN}|{_MONTH_DAY})?
    | (?<!\d){_ALONE}
    | (?P<only_part>上半年|下半年|第?[一二三四]季度|前[一二三]季度)
    )
    """,
    re.VERBOSE,
)


def parse_date(text: str) -> date:
    """Return the day that ``text`` states: 2026-01-04, 2026/1/4, 2026年1月4日, 20260104 and so on.

    Raises :class:`InputError` where the text is no full date or names a day that never was.
    """
    plain = text.strip().translate(HALF_WIDTH)
    parts = _day_parts(plain)
    if parts is None or (day := _day(*parts)) is None:
        raise InputError("quantities.not_a_date", text=text)
    return day


def render_date(day: date, style: DateStyle = "iso") -> str:
    """Write a day in one of the usual forms; ``numerals`` is 二〇二六年一月四日."""
    if style == "numerals":
        year = "".join("〇一二三四五六七八九"[int(digit)] for digit in f"{day.year:04d}")
        return f"{year}年{_numeral(day.month)}月{_numeral(day.day)}日"
    forms = {
        "iso": day.isoformat(),
        "slashes": f"{day.year:04d}/{day.month}/{day.day}",
        "dots": f"{day.year:04d}.{day.month}.{day.day}",
        "digits": f"{day.year:04d}{day.month:02d}{day.day:02d}",
        "chinese": f"{day.year:04d}年{day.month}月{day.day}日",
    }
    return forms[style]


def find_dates(text: str, reference: date | None = None) -> list[DateRange]:
    """Return the dates and periods named in a text, in order.

    ``reference`` is the day on which the text speaks; without it 今年, 近三年 and 1月4日 (no
    year of their own) are left out. 当年 is the year last named, or else that of ``reference``;
    a month that follows a date directly (2025年3月1日至5月2日) is of the same year.
    """
    folded = text.translate(HALF_WIDTH)
    found: list[DateRange] = []
    for match in _MASTER.finditer(folded):
        ends = _period(match, _Context(reference, found[-1] if found else None))
        if ends is not None:
            start, end, precision = ends
            found.append(
                DateRange(start, end, precision, Span(*match.span()), bool(match["until"]))
            )
    return found


@dataclass(frozen=True, slots=True)
class _Context:
    """What a date without a year may lean on."""

    reference: date | None
    before: DateRange | None

    def year(self, match: re.Match[str]) -> int | None:
        """Return the year meant where the text names none."""
        if self.before and (match["relative"] == "当年" or self._adjoins(match)):
            return self.before.end.year
        return self.reference.year if self.reference else None

    def _adjoins(self, match: re.Match[str]) -> bool:
        if self.before is None or match["relative"]:
            return False
        gap = match.string[self.before.span.end : match.start()]
        return gap in ("", "-", "—", "–", "~", "～", "、")


_Period = tuple[date, date, Precision]


def _period(match: re.Match[str], context: _Context) -> _Period | None:
    for name, read in _READERS.items():
        if match[name] is not None:
            return read(match, context)
    return None


def _plan(match: re.Match[str], context: _Context) -> _Period | None:
    number = read_number(match["plan"])
    first = _PLAN_FIRST_YEARS.get(int(number)) if number else None
    if first is None:
        return None
    part, reference = match["plan_part"], context.reference
    if part in ("末", "收官之年"):
        return _years(first + 4)
    if part in ("初", "开局之年"):
        return _years(first)
    if part == "以来" and reference and date(first, 1, 1) <= reference <= date(first + 4, 12, 31):
        return date(first, 1, 1), reference, Precision.YEARS
    return _years(first, first + 4)


def _written_day(match: re.Match[str], context: _Context) -> _Period | None:
    parts = _day_parts(match["iso"] or match["day_in_numerals"])
    day = _day(*parts) if parts else None
    return None if day is None else (day, day, Precision.DAY)


def _century(match: re.Match[str], context: _Context) -> _Period:
    return _years(2050)


def _span_of_years(match: re.Match[str], context: _Context) -> _Period:
    first, last = sorted((int(match["from"]), int(match["to"])))
    return _years(first, last)


def _last_years(match: re.Match[str], context: _Context) -> _Period | None:
    count, reference = read_number(match["years"]), context.reference
    if reference is None or not count:
        return None
    return _years_before(reference, int(count)), reference, Precision.YEARS


def _in_year(match: re.Match[str], context: _Context) -> _Period | None:
    year = context.year(match)
    if match["year"]:
        named = int(match["year"].translate(_NUMERALS))
    elif year is None:
        return None
    else:
        named = year + _RELATIVE[match["relative"]]
    if match["part"]:
        return _part_of_year(named, match["part"])
    if match["month"]:
        return _month(named, match["month"], match["day"], match["last_day"])
    return _years(named)


def _without_year(match: re.Match[str], context: _Context) -> _Period | None:
    year = context.year(match)
    if year is None:
        return None
    return _month(year, match["only_month"], match["only_day"], match["only_last_day"])


def _part_without_year(match: re.Match[str], context: _Context) -> _Period | None:
    year = context.year(match)
    return None if year is None else _part_of_year(year, match["only_part"])


_READERS: dict[str, Callable[[re.Match[str], _Context], _Period | None]] = {
    "plan": _plan,
    "day_in_numerals": _written_day,
    "iso": _written_day,
    "century": _century,
    "from": _span_of_years,
    "years": _last_years,
    "year": _in_year,
    "relative": _in_year,
    "only_month": _without_year,
    "only_part": _part_without_year,
}


def _years(first: int, last: int | None = None) -> _Period:
    precision = Precision.YEAR if last is None else Precision.YEARS
    return date(first, 1, 1), date(last or first, 12, 31), precision


def _years_before(day: date, count: int) -> date:
    last = monthrange(day.year - count, day.month)[1]
    return date(day.year - count, day.month, min(day.day, last)) + timedelta(days=1)


def _part_of_year(year: int, part: str) -> _Period:
    if part.endswith("季度"):
        number = _QUARTERS[part[-3]]
        first = 1 if part.startswith("前") else number * 3 - 2
        return date(year, first, 1), _last_day(year, number * 3), Precision.QUARTER
    first, last = {"上半年": (1, 6), "下半年": (7, 12)}.get(part, (0, 0))
    if first:
        return date(year, first, 1), _last_day(year, last), Precision.HALF
    first, last = {"初": (1, 3), "中": (6, 7)}.get(part[-1], (12, 12))
    return date(year, first, 1), _last_day(year, last), Precision.MONTH


def _month(year: int, month: str, day: str | None, last_day: str | None) -> _Period | None:
    if day is None:
        return date(year, int(month), 1), _last_day(year, int(month)), Precision.MONTH
    first, last = _day(year, int(month), int(day)), _day(year, int(month), int(last_day or day))
    return None if first is None or last is None else (first, last, Precision.DAY)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day_parts(text: str) -> tuple[int, int, int] | None:
    for form in _DAY_FORMS:
        match = form.fullmatch(text)
        if match:
            year, month, day = (int(part) for part in match.groups() if part.isdigit())
            return year, month, day
    match = _CHINESE_DAY.fullmatch(text)
    if match is None:
        return None
    month_value, day_value = read_number(match[2]), read_number(match[3])
    if month_value is None or day_value is None:
        return None
    return int(match[1].translate(_NUMERALS)), int(month_value), int(day_value)


def _day(year: int, month: int, day: int) -> date | None:
    if not (year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _numeral(value: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones or not tens else "")
