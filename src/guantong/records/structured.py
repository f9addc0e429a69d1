"""Cells that hold several things at once: indicators, patents, contacts, technology fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from guantong.records.codecs import DateCodec, join_list, split_list, text_of
from guantong.records.columns import CellContext, Composite
from guantong.records.model import Contact, Patent
from guantong.records.problems import CellError, shorten
from guantong.text.indicators import Indicator
from guantong.text.quantities import Comparator
from guantong.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guantong.messages import Language

_SIGNS = {
    Comparator.EQUAL: "=",
    Comparator.MORE: ">",
    Comparator.AT_LEAST: "≥",
    Comparator.LESS: "<",
    Comparator.AT_MOST: "≤",
    Comparator.ABOUT: "约",
    Comparator.WITHIN: "±",
}
_PIPE = re.compile(r"\s*\|\s?")


@dataclass(frozen=True, slots=True)
class IndicatorsCodec:
    """Technical indicators as people write them, or field by field between ``|``."""

    def parse(self, cell: object, context: CellContext) -> tuple[Indicator, ...]:
        """Return the indicators; a piece that states none is an error, so that it is not lost."""
        if isinstance(cell, list):
            return tuple(_indicator_of(item) for item in cell)
        text = text_of(cell)
        if " | " in text:
            return tuple(_indicator_of_row(_row(item)) for item in split_list(text))
        return indicators_in(text) if text else ()

    def cell(self, value: tuple[Indicator, ...], lang: Language) -> str:
        """Return them as people write them where that reads back the same."""
        shown = "；".join(_worded(indicator) for indicator in value)
        try:
            if indicators_in(shown) == value:
                return shown
        except CellError:
            pass
        return join_list(tuple(_joined(_indicator_row(indicator)) for indicator in value))

    def json(self, value: tuple[Indicator, ...]) -> list[dict[str, Any]]:
        """Return one object for each, without its empty fields."""
        names = [field.name for field in fields(Indicator)]
        rows = [dict(zip(names, _indicator_row(indicator), strict=True)) for indicator in value]
        return [{name: item for name, item in row.items() if item} for row in rows]


def indicators_in(text: str) -> tuple[Indicator, ...]:
    """Return the indicators that a person entered as free text, piece by piece."""
    from guantong.text.indicators import extract_indicators

    found: list[Indicator] = []
    unread: list[str] = []
    for piece in re.split(r"[；;\n]", text):
        indicators = extract_indicators(piece.strip())
        found.extend(replace(indicator, span=None, quote="") for indicator in indicators)
        if piece.strip() and not indicators:
            unread.append(piece.strip())
    if unread:
        raise CellError("cell.not_an_indicator", pieces=shorten("；".join(unread))).keep(
            tuple(found)
        )
    return tuple(found)


def _worded(indicator: Indicator) -> str:
    figure = f"{indicator.value:f}{indicator.unit}"
    if indicator.comparator is Comparator.BETWEEN:
        figure = f"{indicator.value:f}{indicator.unit}~{indicator.upper or 0:f}{indicator.unit}"
    else:
        figure = _SIGNS[indicator.comparator] + figure
    condition = f"（{indicator.condition}）" if indicator.condition else ""
    return f"{indicator.name}{figure}{condition}"


def _indicator_row(indicator: Indicator) -> list[str]:
    return [_plain(getattr(indicator, field.name)) for field in fields(Indicator)]


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Span):
        return f"{value.start}-{value.end}"
    return "" if value is None else str(value)


def _indicator_of(item: object) -> Indicator:
    if isinstance(item, str):
        found = indicators_in(item)
        if len(found) != 1:
            raise CellError("cell.not_an_indicator", pieces=shorten(item))
        return found[0]
    if not isinstance(item, dict):
        raise CellError("cell.not_an_indicator", pieces=shorten(item))
    return _indicator_of_row([text_of(item.get(field.name)) for field in fields(Indicator)])


def _indicator_of_row(row: Sequence[str]) -> Indicator:
    names = [field.name for field in fields(Indicator)]
    given: dict[str, Any] = dict.fromkeys(names, "") | dict(zip(names, row, strict=False))
    signs = {shown: comparator for comparator, shown in _SIGNS.items()}
    try:
        given["comparator"] = signs.get(given["comparator"]) or Comparator(given["comparator"])
        given["value"] = Decimal(given["value"])
        given["upper"] = Decimal(given["upper"]) if given["upper"] else None
        start, _, end = given["span"].partition("-")
        given["span"] = Span(int(start), int(end)) if end else None
    except (ValueError, InvalidOperation) as error:
        raise CellError("cell.not_an_indicator", pieces=shorten(" | ".join(row))) from error
    return Indicator(**given)


def _joined(row: Sequence[str]) -> str:
    """Join the parts of one thing with ``|``; one ``|`` at least stays, to tell it from prose."""
    shown = [part.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n") for part in row]
    while len(shown) > 2 and not shown[-1]:
        shown.pop()
    return " | ".join(shown)


def _row(text: str) -> list[str]:
    parts, current, position = [], "", 0
    while position < len(text):
        char = text[position]
        if char == "\\" and position + 1 < len(text):
            position += 1
            current += "\n" if text[position] == "n" else text[position]
        elif char == "|":
            parts.append(current)
            current = ""
        else:
            current += char
        position += 1
    return [part.strip() for part in (*parts, current)]


_STATUS = re.compile(
    r"授权|有效|公开|公布|实质?审|申请|受理|失效|无效|转让|许可|granted|pending|expired|valid"
)
_KIND = re.compile(
    r"发明|实用新型|外观|PCT|软件著作权|软著|植物新品种|集成电路|invention|utility|design",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[|（(]")
_NOTED = re.compile(r"(.+?)\s*[（(](.+)[)）]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PatentsCodec:
    """Patents as ``number | kind | status | expiry | holder`` or ``number（发明，有效）``."""

    def parse(self, cell: object, context: CellContext) -> tuple[Patent, ...]:
        """Return the patents in order."""
        if isinstance(cell, list):
            return tuple(_patent_of(item) for item in cell)
        return tuple(_patent_of(item) for item in _patent_pieces(text_of(cell)))

    def cell(self, value: tuple[Patent, ...], lang: Language) -> str:
        """Return them field by field, a bare number alone."""
        return join_list(tuple(_patent_shown(patent) for patent in value))

    def json(self, value: tuple[Patent, ...]) -> list[dict[str, str]]:
        """Return one object for each, without its empty fields."""
        names = [field.name for field in fields(Patent)]
        rows = [dict(zip(names, _patent_row(patent), strict=True)) for patent in value]
        return [{name: item for name, item in row.items() if item} for row in rows]


def _patent_pieces(text: str) -> list[str]:
    """Split at separators that stand outside brackets."""
    if " | " in text or '"' in text:
        return [piece for piece in split_list(text) if piece]
    pieces = re.split(r"[、；;，,\n](?![^（(]*[)）])", text)
    return [piece.strip() for piece in pieces if piece.strip()]


def _patent_row(patent: Patent) -> list[str]:
    expiry = patent.expiry.isoformat() if patent.expiry else ""
    return [patent.number, patent.kind, patent.status, expiry, patent.holder]


def _patent_shown(patent: Patent) -> str:
    row = _patent_row(patent)
    return _joined(row) if any(row[1:]) or _MARKED.search(row[0]) else row[0]


def _patent_of(item: object) -> Patent:
    if isinstance(item, dict):
        row = [text_of(item.get(field.name)) for field in fields(Patent)]
    else:
        text = text_of(item)
        noted = _NOTED.fullmatch(text)
        row = _noted_row(noted[1], noted[2]) if noted else [text]
        row = _row(text) if "|" in text else row
    number, kind, status, expiry, holder = (*row, *[""] * (5 - len(row)))[:5]
    if not number:
        raise CellError("cell.patent_without_number")
    day = DateCodec().parse(expiry, CellContext()) if expiry else None
    return Patent(number=number, kind=kind, status=status, expiry=day, holder=holder)


def _noted_row(number: str, note: str) -> list[str]:
    row = [number, "", "", "", ""]
    for piece in re.split(r"[、；;，,]", note):
        word = piece.strip()
        if re.match(r"\d{4}\D", word):
            place = 3
        elif _STATUS.search(word):
            place = 2
        else:
            place = 1 if _KIND.search(word) else 4
        row[place] = f"{row[place]}，{word}" if row[place] else word
    return row


def _take_contact(contact: Contact, piece: str) -> object:
    return getattr(contact, piece)


def _build_contact(parts: Mapping[str, Any]) -> Contact | None:
    given = {name: text for name, text in parts.items() if text}
    return Contact(**given) if given else None


CONTACT = Composite(_build_contact, _take_contact)


def _build_fields(parts: Mapping[str, Any]) -> tuple[str, ...]:
    joined = (*parts.get("primary", ()), *parts.get("secondary", ()))
    return tuple(dict.fromkeys(joined))


def _take_field(value: tuple[str, ...], piece: str) -> tuple[str, ...]:
    return value[:1] if piece == "primary" else value[1:]


FIELDS = Composite(_build_fields, _take_field)
