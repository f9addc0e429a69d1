"""Styles and automatic numbers of Word documents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from guantong.reading.documents.containers import parse_xml
from guantong.reading.documents.model import BlockKind

_CN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)
_KINDS = {
    "title": (BlockKind.TITLE, 1),
    "标题": (BlockKind.TITLE, 1),
    "subtitle": (BlockKind.TITLE, 2),
    "副标题": (BlockKind.TITLE, 2),
    "caption": (BlockKind.CAPTION, 0),
    "题注": (BlockKind.CAPTION, 0),
}
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d?(?:\s*heading)?$", re.IGNORECASE)
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "koreanCounting",
    }
)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: a kind, the level of a heading, an automatic number."""

    kind: BlockKind | None = None
    level: int = 0
    number: tuple[str, int] | None = None
    parent: str = ""


def read_styles(data: bytes, name: str) -> dict[str, Style]:
    """Return the styles by id, with what they inherit."""
    if not data:
        return {}
    raw: dict[str, Style] = {}
    current = [""]

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition("}")[2]
        values = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        if local == "style":
            current[0] = values.get("styleId", "")
            raw[current[0]] = Style()
        elif current[0]:
            raw[current[0]] = _with(raw[current[0]], local, values.get("val", ""))

    def end(tag: str) -> None:
        if tag.rpartition("}")[2] == "style":
            current[0] = ""

    parse_xml(data, name, start=start, end=end)
    return {identifier: _inherited(raw, identifier) for identifier in raw}


def _with(style: Style, tag: str, value: str) -> Style:
    if tag == "name":
        return _named(style, value.strip())
    if tag == "basedOn":
        return replace(style, parent=value)
    if tag == "outlineLvl" and value.isdigit() and not style.level:
        return replace(style, level=int(value) + 1)
    if tag == "numId":
        return replace(style, number=(value, style.number[1] if style.number else 0))
    if tag == "ilvl" and value.isdigit():
        return replace(style, number=(style.number[0] if style.number else "", int(value)))
    return style


def _named(style: Style, name: str) -> Style:
    if heading := _HEADING.match(name):
        return replace(style, level=int(heading[1]))
    if _CONTENTS.match(name):
        return replace(style, kind=BlockKind.NOISE)
    kind, level = _KINDS.get(name.lower(), (None, 0))
    return replace(style, kind=kind, level=level) if kind is not None else style


def _inherited(raw: dict[str, Style], identifier: str) -> Style:
    style, seen = raw[identifier], {identifier}
    parent = style.parent
    while parent in raw and parent not in seen:
        seen.add(parent)
        above = raw[parent]
        style = replace(
            style,
            kind=style.kind if style.kind is not None or style.level else above.kind,
            level=style.level or above.level,
            number=style.number or above.number,
        )
        parent = above.parent
    return style


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    pattern: str = ""


@dataclass(slots=True)
class Numbering:
    """Counts the automatic numbers of a document as its paragraphs go by."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes, name: str) -> Numbering:
        """Return the numbering that a document defines."""
        numbering = cls()
        if data:
            walk = _NumberingWalk(numbering)
            parse_xml(data, name, start=walk.start, end=walk.end)
        return numbering

    def label(self, list_id: str, level: int) -> str:
        """Return the number of the next paragraph of a list, as it is shown."""
        definition = self.lists.get(list_id, "")
        levels = self.levels.get(definition, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(definition, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [number for number in counts if number > level]:
            del counts[deeper]
        if levels[level].form == "bullet":
            return "• "
        if levels[level].form == "none":
            return ""
        shown = re.sub(
            r"%(\d)",
            lambda found: self._shown(definition, int(found[1]) - 1),
            levels[level].pattern,
        )
        return shown + ("" if shown[-1:] in "、）)．，" else " ")

    def _shown(self, definition: str, level: int) -> str:
        form = self.levels[definition].get(level, _Level())
        return numeral(self.counts[definition].get(level, form.start), form.form)


@dataclass(slots=True)
class _NumberingWalk:
    """Fills a ``Numbering`` as its XML goes by."""

    numbering: Numbering
    abstract: str = ""
    level: int = -1
    list_id: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition("}")[2]
        values = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        value = values.get("val", "")
        if local == "abstractNum":
            self.abstract = values.get("abstractNumId", "")
            self.numbering.levels[self.abstract] = {}
        elif local == "num":
            self.list_id = values.get("numId", "")
        elif local == "abstractNumId" and self.list_id:
            self.numbering.lists[self.list_id] = value
        elif local == "lvl" and self.abstract and values.get("ilvl", "").isdigit():
            self.level = int(values["ilvl"])
            self.numbering.levels[self.abstract][self.level] = _Level()
        elif self.level >= 0:
            self._set(local, value)

    def _set(self, local: str, value: str) -> None:
        levels = self.numbering.levels[self.abstract]
        if local == "start" and value.isdigit():
            levels[self.level] = replace(levels[self.level], start=int(value))
        elif local == "numFmt":
            levels[self.level] = replace(levels[self.level], form=value)
        elif local == "lvlText":
            levels[self.level] = replace(levels[self.level], pattern=value)

    def end(self, tag: str) -> None:
        local = tag.rpartition("}")[2]
        if local == "abstractNum":
            self.abstract, self.level = "", -1
        elif local == "lvl":
            self.level = -1
        elif local == "num":
            self.list_id = ""


def numeral(number: int, form: str) -> str:
    """Return ``number`` in a number format of Word (ECMA-376, ST_NumberFormat)."""
    if form in _CHINESE:
        return _chinese(number, _CN, "十百")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _chinese(number, _LEGAL, "拾佰")
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x245F + number)
    if form == "lowerLetter" or form == "upperLetter":
        letter = chr((number - 1) % 26 + 97) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form == "lowerRoman" or form == "upperRoman":
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _chinese(number: int, digits: str, units: str) -> str:
    if not 0 < number < 1000:
        return str(number)
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{digits[hundreds]}{units[1]}" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + units[0]
    elif hundreds and ones:
        text += digits[0]
    return text + (digits[ones] if ones else "")


def _roman(number: int) -> str:
    signs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),  # noqa: SIM905 - easier to check in a row
        strict=True,
    )
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text
