"""Whether a figure was reached or is wanted, and for which time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from guantong.reading.statements.lexicon import pattern
from guantong.reading.statements.model import Modality
from guantong.reading.statements.times import LASTING, TimeWords, find_times, narrowed, told

if TYPE_CHECKING:
    from guantong.reading.statements.draft import Setting
    from guantong.reading.statements.figures import Figure


@dataclass(frozen=True, slots=True)
class Standing:
    """Modality and time of a figure and the rules that gave them."""

    modality: Modality
    time: str | None
    rules: tuple[str, str]


@cache
def _target() -> re.Pattern[str]:
    words = pattern("times", "modality", "target")
    return re.compile(rf"(?:{words})(?![领士军要要求]|目标|总?面积|用地|占地|的(?:\d|$))")


@cache
def _actual() -> re.Pattern[str]:
    return re.compile(pattern("times", "modality", "actual"))


_GOAL_BEHIND = re.compile(r"^[^，。；]{0,24}?的?(?:目标|预期|任务目标)")
_COMING = re.compile(r"^[^，。；、]{2,24}?(?:将于|即将|拟于|将在)")
_TITLE = re.compile(r"《[^》]*》")
_LINKED = re.compile(r"^(?:同时|此外|另外|其中|与此同时|并|还|也)")
_ATTRIBUTES = ("现有", "已有", "已建成", "建成了")
_PLANNED = re.compile(r"年产[^，。；]{0,30}$")


class Sentence:
    """One sentence and the times it names; what it says first governs what follows."""

    def __init__(
        self, text: str, start: int, end: int, setting: Setting, earlier: TimeWords | None
    ) -> None:
        self.text, self.start, self.end, self.setting = text, start, end, setting
        self.times = [_shifted(found, start) for found in find_times(text[start:end], setting.year)]
        after_semicolon = start > 0 and text[start - 1] == "；"
        linked = after_semicolon or _LINKED.match(text[start : start + 8]) is not None
        self.earlier = earlier if linked and setting.time is None else None

    @property
    def last_time(self) -> TimeWords | None:
        """The time that a following sentence may go on with."""
        return self.times[-1] if self.times else self.earlier

    def standing(self, figure: Figure, clause_start: int, *, bare: bool = False) -> Standing:
        """Return modality and time of a figure whose clause begins at ``clause_start``.

        ``bare`` tells that nothing but a name stands before the figure.
        """
        named = self._named(figure.digits)
        modality, how = self._modality(figure, named)
        time, rule = self._time(figure, clause_start, named, modality, bare)
        return Standing(modality, time, (how, rule))

    def _day(self, position: int) -> tuple[str | None, str]:
        """A figure told for a day of the current year holds for its month."""
        found = _DAY.search(self.text, self.start, position)
        if found is None or self.setting.year is None:
            return None, "time.unknown"
        return f"{self.setting.year}-{int(found[1]):02d}", "time.day"

    def _named(self, position: int) -> TimeWords | None:
        before = [
            found
            for found in self.times
            if found.start < position
            and (self.text[found.end : found.end + 1] != "的" or position - found.end <= 4)
        ]
        return before[-1] if before else self.earlier

    def _modality(self, figure: Figure, named: TimeWords | None) -> tuple[Modality, str]:
        year, before = self.setting.year, self.text[self.start : figure.digits]
        if named is not None and year is not None and named.deadline and named.last > year - 1:
            return Modality.TARGET, "modality.deadline"
        wanted = self._wanted(before, figure)
        if self.setting.target is True:
            reached = self._reached(before) and not wanted
            settled = named is not None and year is not None and named.last < year
            if reached or settled:
                return Modality.ACTUAL, "modality.reached_in_plan"
            return Modality.TARGET, "modality.section"
        if self.setting.target is False:
            ahead = named is not None and year is not None and named.last >= year and wanted
            return (
                (Modality.TARGET, "modality.words")
                if ahead
                else (Modality.ACTUAL, "modality.section")
            )
        if wanted:
            return Modality.TARGET, "modality.words"
        return Modality.ACTUAL, "modality.default"

    def _reached(self, before: str) -> bool:
        """现有 and the like are attributes, which tell nothing of the clauses that follow."""
        found = _actual().search(before)
        if found is None:
            return False
        return found.group() not in _ATTRIBUTES or "，" not in before[found.end() :]

    def _wanted(self, before: str, figure: Figure) -> bool:
        before = _TITLE.sub(lambda title: " " * len(title.group()), before)
        marks = list(_target().finditer(before))
        marks = [mark for mark in marks if not _budgeted(before, mark)]
        done = list(_actual().finditer(before))
        if marks and not (done and done[-1].start() > marks[-1].start()):
            return True
        behind = self.text[figure.end : self.end]
        if _COMING.match(behind):
            return True
        return bool(_GOAL_BEHIND.match(behind) or (_PLANNED.search(before) and "项目" in behind))

    def _stands(self, figure: Figure, clause: int, behind: str) -> bool:
        """A bare noun with its figure (经营主体90万户。) tells how things stand at the end."""
        if figure.before in LASTING:
            return False
        ended = behind == "" or behind[0] in "，。；、（"
        return ended and not told(self.text[self.start : clause], self.text[clause : figure.start])

    def _time(
        self,
        figure: Figure,
        clause_start: int,
        named: TimeWords | None,
        modality: Modality,
        bare: bool,
    ) -> tuple[str | None, str]:
        clause = self.text[clause_start : figure.start]
        behind = self.text[figure.end : self.end]
        if named is not None:
            return named.value, "time.named"
        section = self.setting.time
        if section is None:
            whole_year = "全年" in self.text[self.start : figure.digits]
            if modality is Modality.TARGET and whole_year and self.setting.year is not None:
                return str(self.setting.year), "time.whole_year"
            return self._day(figure.digits)
        if modality is Modality.ACTUAL and self.setting.target is True:
            return None, "time.unknown"
        if bare and _plan(section) and self._stands(figure, clause_start, behind):
            return section[5:], "time.standing"
        return narrowed(section, figure, clause, behind), "time.section"


_DAY = re.compile(r"(?<!\d)(1[0-2]|[1-9])月\d{1,2}日")


def _shifted(found: TimeWords, by: int) -> TimeWords:
    return TimeWords(found.start + by, found.end + by, found.value, found.last, found.deadline)


def _budgeted(before: str, mark: re.Match[str]) -> bool:
    """年度计划投资 names an amount that is planned; what follows in other clauses is not."""
    named = before.startswith(("投资", "总投资"), mark.end())
    return mark.group() == "计划" and named and "，" in before[mark.end() :]


def _plan(period: str) -> bool:
    return len(period) == len("2021-2025")


def lead_of(text: str, setting: Setting) -> Setting:
    """Return the setting of the points (一是…) that follow a paragraph: what its end announces."""
    start = max(text.rfind("。", 0, len(text) - 1), text.rfind("；", 0, len(text) - 1)) + 1
    last = text[start:]
    found = _target().search(last)
    times = find_times(last, setting.year)
    if found is None:
        return setting
    return replace(setting, target=True, time=times[-1].value if times else setting.time)
