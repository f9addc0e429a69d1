"""Plain cells: text, lists, yes and no, whole numbers, dates and choices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from guantong.records.problems import CellError, shorten

if TYPE_CHECKING:
    from enum import StrEnum

    from guantong.messages import Language
    from guantong.records.columns import CellContext, Choice

NO_VALUE = frozenset(
    {"", "无", "暂无", "未填", "/", "\\", "-", "--", "—", "——", "n/a", "na", "none", "null"}
)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f￾￿]")
_YES = frozenset({"是", "有", "对", "√", "✓", "y", "yes", "true", "1", "t"})
_NO = frozenset({"否", "不是", "没有", "×", "✗", "n", "no", "false", "0", "f"})
_COUNT = re.compile(r"(\d{1,9})(?:\.0+)?\s*(?:人|名|位|个|台|套|项|people|persons?)?")


def text_of(cell: object) -> str:
    """Return a cell as text: line ends unified, control characters gone, whole floats plain."""
    if isinstance(cell, str):
        text = cell.strip()
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text if text.isprintable() else _CONTROL.sub("", text)
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return moment_text(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (list, dict)):
        raise CellError("cell.not_text", value=shorten(cell))
    return str(cell)


def moment_text(moment: datetime) -> str:
    """Return a date, with its time unless that is midnight."""
    shown = moment.isoformat(sep=" ")
    return shown.removesuffix(" 00:00:00")


@dataclass(frozen=True, slots=True)
class TextCodec:
    """Text as it stands."""

    def parse(self, cell: object, context: CellContext) -> str:
        """Return the text; numbers and dates become text."""
        return text_of(cell)

    def cell(self, value: str, lang: Language) -> str:
        """Return the text."""
        return value

    def json(self, value: str) -> str:
        """Return the text."""
        return value


_SEPARATOR = re.compile(r"[、；;，,\n]")
# A comma between digits belongs to a name (1,3-丁二烯) and does not separate.
_SPLIT = re.compile(
    r'\s*(?:"((?:[^"]|"")*)"(?=\s*(?:[、；;，,\n]|$))|((?:[^、；;，,\n]|(?<=\d),(?=\d))*))'
)


@dataclass(frozen=True, slots=True)
class ListCodec:
    """Several values between 、；;， or commas; a value that holds one of these is quoted."""

    def parse(self, cell: object, context: CellContext) -> tuple[str, ...]:
        """Return the values in order, each once."""
        if isinstance(cell, list):
            values = [text_of(item) for item in cell]
        else:
            values = split_list(text_of(cell))
        return tuple(dict.fromkeys(value for value in values if value))

    def cell(self, value: tuple[str, ...], lang: Language) -> str:
        """Return the values in one cell."""
        return join_list(value)

    def json(self, value: tuple[str, ...]) -> list[str]:
        """Return the values as a list."""
        return list(value)


def split_list(text: str) -> list[str]:
    """Split ``甲、乙；"1,3-丁二烯"`` into its values."""
    if not _SEPARATOR.search(text) and not text.startswith('"'):
        return [text]
    values, position = [], 0
    while position <= len(text):
        found = _SPLIT.match(text, position)
        if found is None:
            break
        quoted, plain = found.groups()
        values.append(quoted.replace('""', '"') if quoted is not None else plain.strip())
        position = found.end() + 1
        while position < len(text) and quoted is not None and text[position - 1].isspace():
            position += 1
    return values


def join_list(values: tuple[str, ...]) -> str:
    """Join values so that :func:`split_list` returns them unchanged."""
    return "；".join(_quoted(value) for value in values)


def _quoted(value: str) -> str:
    if value == value.strip() and not value.startswith('"') and not _SEPARATOR.search(value):
        return value
    return '"' + value.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class FlagCodec:
    """Yes, no or not said."""

    def parse(self, cell: object, context: CellContext) -> bool | None:
        """Return the answer, ``None`` for an empty cell."""
        word = text_of(cell).lower()
        if word in _YES:
            return True
        if word in _NO:
            return False
        if word in NO_VALUE:
            return None
        raise CellError("cell.not_yes_no")

    def cell(self, value: bool | None, lang: Language) -> str:
        """Return 是 or 否, yes or no."""
        if value is None:
            return ""
        if lang == "zh":
            return "是" if value else "否"
        return "yes" if value else "no"

    def json(self, value: bool | None) -> bool | None:
        """Return the answer itself."""
        return value


@dataclass(frozen=True, slots=True)
class CountCodec:
    """A whole number, with or without a counting word."""

    def parse(self, cell: object, context: CellContext) -> int | None:
        """Return the number."""
        text = text_of(cell)
        if text.lower() in NO_VALUE:
            return None
        found = _COUNT.fullmatch(text)
        if found is None:
            raise CellError("cell.not_count")
        return int(found[1])

    def cell(self, value: int | None, lang: Language) -> int | None:
        """Return the number."""
        return value

    def json(self, value: int | None) -> int | None:
        """Return the number."""
        return value


@dataclass(frozen=True, slots=True)
class ChoiceCodec:
    """One of a closed list of words, kept as a member of ``members``."""

    members: type[StrEnum]
    choices: tuple[Choice, ...]

    def parse(self, cell: object, context: CellContext) -> StrEnum | None:
        """Return the member that the word names."""
        word = text_of(cell)
        if word.lower() in NO_VALUE:
            return None
        for choice in self.choices:
            if word.casefold() in (name.casefold() for name in _names(choice)):
                return self.members(choice.value)
        allowed = ", ".join(f"{choice.zh} ({choice.en})" for choice in self.choices)
        raise CellError("cell.not_a_choice", choices=allowed)

    def cell(self, value: StrEnum | None, lang: Language) -> str:
        """Return the word for it."""
        for choice in self.choices:
            if choice.value == value:
                return choice.label(lang)
        return ""

    def json(self, value: StrEnum | None) -> Any:
        """Return the stored value."""
        return None if value is None else value.value


def _names(choice: Choice) -> tuple[str, ...]:
    return (choice.value, choice.zh, choice.en, *choice.also)


_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIALS = range(20000, 80000)  # 1954 to 2119
_YMD = re.compile(
    r"(\d{4})\s*(?:[-/.．年]\s*(\d{1,2})\s*(?:[-/.．月]\s*(\d{1,2})\s*日?|月)?|年)"
    r"(?:[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?Z?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+)?")
_BEFORE = re.compile(r"(?:之?以?前|止|为止|完成)?")
_OPEN_ENDED = frozenset({"长期", "长期有效", "永久", "不限", "无期限", "long-term", "unlimited"})


@dataclass(frozen=True, slots=True)
class DateCodec:
    """A day; a month or a year stands for its last day where ``end`` is set, else for its first."""

    end: bool = False

    def parse(self, cell: object, context: CellContext) -> date | None:
        """Return the day; 长期 and 不限 mean that there is none."""
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        text = text_of(cell)
        if text.lower() in NO_VALUE or text.lower() in _OPEN_ENDED:
            return None
        return _day_of(text, self.end, context.today)

    def cell(self, value: date | None, lang: Language) -> date | None:
        """Return the day."""
        return value

    def json(self, value: date | None) -> str | None:
        """Return the day in ISO form."""
        return None if value is None else value.isoformat()


@dataclass(frozen=True, slots=True)
class MomentCodec:
    """A day with or without a time, in local time."""

    def parse(self, cell: object, context: CellContext) -> datetime | None:
        """Return the moment; a day alone is its midnight."""
        if isinstance(cell, datetime):
            return cell
        text = cell.isoformat() if isinstance(cell, date) else text_of(cell)
        if text.lower() in NO_VALUE:
            return None
        found = _YMD.fullmatch(text)
        clock = [int(part or 0) for part in found.group(4, 5, 6)] if found else [0, 0, 0]
        day = _day_of(text, end=False, today=context.today)
        try:
            return datetime.fromisoformat(f"{day}T{clock[0]:02}:{clock[1]:02}:{clock[2]:02}")
        except ValueError as error:
            raise CellError("cell.not_a_date") from error

    def cell(self, value: datetime | None, lang: Language) -> str:
        """Return ``2026-03-01 09:30:00``, without a midnight."""
        return "" if value is None else moment_text(value)

    def json(self, value: datetime | None) -> str | None:
        """Return the moment in ISO form."""
        return None if value is None else value.isoformat()


def _day_of(text: str, end: bool, today: date | None) -> date:
    """Read a day as tables write it; whatever else officials write goes to the text parser."""
    found = _YMD.fullmatch(text) or _COMPACT.fullmatch(text)
    try:
        if found is not None:
            year, month, day = (int(part) if part else None for part in found.group(1, 2, 3))
            return _filled(year or 0, month, day, end)
        if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and int(float(text)) in _EXCEL_SERIALS:
            return _EXCEL_EPOCH + timedelta(days=int(float(text)))
    except ValueError as error:
        raise CellError("cell.not_a_date") from error
    return _worded_day(text, end, today)


def _filled(year: int, month: int | None, day: int | None, end: bool) -> date:
    if day is not None and month is not None:
        return date(year, month, day)
    if not end:
        return date(year, month or 1, 1)
    following = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
    return following - timedelta(days=1)


def _worded_day(text: str, end: bool, today: date | None) -> date:
    """Read 2026年底前, 二〇二六年三月一日, “十五五”末; 今年 needs ``today``."""
    from guantong.text.dates import find_dates

    found = find_dates(text, today)
    if len(found) != 1 or not _BEFORE.fullmatch(text[found[0].span.end :]):
        raise CellError("cell.not_a_date")
    if text[: found[0].span.start].strip():
        raise CellError("cell.not_a_date")
    return found[0].end if end else found[0].start
