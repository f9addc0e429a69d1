"""What a document lends to its sentences: its kind, its year and whose it is."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from guantong.reading.documents.model import DocumentKind
from guantong.reading.statements.draft import Setting
from guantong.reading.statements.times import find_times
from guantong.text.regions import Level, find_regions

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from guantong.reading.documents.model import Head
    from guantong.reading.statements.passages import Passage

_REPORT = re.compile(
    r"政府工作报告|工作报告|年(?:的?重点工作|工作安排|工作回顾|工作总结|的?主要工作|工作任务)"
    r"|[期”年].{0,8}(?:工作回顾|工作总结|发展成就|主要成就|主要目标|目标任务)"
)
_MEASURES = re.compile(
    r"(?:办法|意见|措施|政策|细则|指南|条例|规定|若干|通知|方案|规划|计划|指引|要点|纲要|安排)(?:（[^）]*）)?$"
)
_PLAN = re.compile(r"(?:方案|规划|计划|纲要|要点|安排)(?:（[^）]*）)?$")
_NEWS = re.compile(r"本报讯|本报记者|记者|新华社|电讯|报道|导读|来源：")
_FULL_DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
_REPORT_YEAR = re.compile(
    r"(20\d\d)年(?:的?(?:重点|主要)工作|工作安排|政府工作报告|工作总体要求|主要任务|工作任务)|今年[（(]?(20\d\d)年?"
)
# A report looks back on the year before its own.
_LOOKED_BACK = re.compile(
    r"(?:过去的(20\d\d)年|^[^，。；]{0,6}(20\d\d)年[^，。；]{0,16}(?:回顾|总结|成就|主要工作))",
    re.MULTILINE,
)
_KINDS = {
    DocumentKind.REPORT: "report", DocumentKind.SPEECH: "report", DocumentKind.NEWS: "news",
    DocumentKind.MEASURES: "measures", DocumentKind.OPINIONS: "measures",
    DocumentKind.GUIDE: "measures", DocumentKind.NOTICE: "measures",
    DocumentKind.PLAN: "plan", DocumentKind.LAW: "measures",
}  # fmt: skip


def setting_of(
    lines: Sequence[Passage], head: Head | None, reference_date: datetime.date | None
) -> Setting:
    """Return what the whole document tells: kind, year of writing, region, day of the news."""
    text = "\n".join(line.text for line in lines)
    kind = _kind(lines, head, text)
    year = reference_date.year if reference_date else _year(text, head, kind)
    region = head.region if head is not None and head.region else ""
    if not region and kind != "news":
        region = _region(text)
    time = _time_of_plan(lines, year) if kind == "plan" else None
    day = _first_day(text, kind)
    return Setting(kind=kind, year=year, place=region or None, time=time, month_day=day)


def _time_of_plan(lines: Sequence[Passage], year: int | None) -> str | None:
    """Return the year or years that the title of a plan names."""
    for line in lines[:4]:
        if _PLAN.search(line.text):
            named = find_times(line.text, year)
            return named[0].value if named else None
    return None


def _region(text: str) -> str:
    """Return the region that the opening of a document names most often, provinces first."""
    named = [found.region for found in find_regions(text[:3000]) if found.region is not None]
    counted = Counter(region.short for region in named if region.level is Level.PROVINCE)
    counted = counted or Counter(region.short for region in named)
    return counted.most_common(1)[0][0] if counted else ""


def _kind(lines: Sequence[Passage], head: Head | None, text: str) -> str:
    known = _KINDS.get(head.kind) if head is not None else None
    if known:
        return known
    if any(_REPORT.search(line.text) for line in lines if len(line.text) <= 40):
        return "report"
    title = next(
        (line.text for line in lines[:6] if _MEASURES.search(line.text) and len(line.text) < 60), ""
    )
    if title and not _NEWS.search(text[:600]):
        return "plan" if _PLAN.search(title) else "measures"
    return "news"


def _year(text: str, head: Head | None, kind: str) -> int | None:
    if kind == "report":
        found = [int(match[1] or match[2]) for match in _REPORT_YEAR.finditer(text)]
        if found:
            return max(found)
        past = [int(match[1] or match[2]) for match in _LOOKED_BACK.finditer(text)]
        if past:
            return max(past) + 1
    if head is not None and (head.date or head.published):
        return (head.date or head.published).year  # type: ignore[union-attr]
    dated = _FULL_DATE.search(text)
    if dated:
        return int(dated[1])
    told = re.sub(r"《[^》\n]{0,200}》", "", text)
    plans = re.findall(r"《[^》\n]{0,200}（(20[0-4]\d)[—-]+20[0-4]\d年）》", text)
    # A plan that is reported begins in the year of the report, where that has not passed.
    plans = plans if re.search("去年|今年", told) else []
    years = plans + re.findall(r"(?<![到至争])(20[0-4]\d)(?:年(?!前)|全国|中国|世界)", told)
    return max(map(int, years), default=None)


def _first_day(text: str, kind: str) -> str | None:
    """Return the day a news text speaks of, as ``MM-DD``: its first date."""
    if kind != "news":
        return None
    found = _DAY.search(text)
    return f"{int(found[1]):02d}-{int(found[2]):02d}" if found else None
