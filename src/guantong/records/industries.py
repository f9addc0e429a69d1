"""Industries by GB/T 4754-2017 code, given as a code or by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from guantong.records.codecs import NO_VALUE, join_list, split_list, text_of
from guantong.records.problems import CellError, shorten
from guantong.text.industries import all_industries

if TYPE_CHECKING:
    from guantong.messages import Language
    from guantong.records.columns import CellContext

_CODE = re.compile(r"([A-T])?(\d{2,4})?(?:\.0)?")
_CODED = re.compile(r"([A-T]?\d{2,4}|[A-T])[\s:：.-]*(\D{2,})")
_SEPARATOR = re.compile("[、；;，,]")


@cache
def industry_names() -> dict[str, str]:
    """Return the name of each code: a section letter or two to four digits."""
    return {each.code[1:] or each.code: each.name for each in all_industries()}


@cache
def _codes_by_name() -> dict[str, str]:
    # Where a group and its only class share a name, the shorter code stands for both.
    return {name: code for code, name in reversed(industry_names().items())}


def industry_code(text: str) -> str | None:
    """Return the code of ``3670``, ``C3670``, ``C36 汽车制造业`` or a name, ``None`` if unknown."""
    word = text.strip()
    by_name = _codes_by_name().get(word)
    if by_name is not None:
        return by_name
    coded = _CODED.fullmatch(word)
    found = _CODE.fullmatch(coded[1] if coded else word)
    code = (found[2] or found[1]) if found else None
    name = industry_names().get(code or "")
    if name is None or (coded and coded[2] != name and _SEPARATOR.search(coded[2])):
        return None
    return code


@dataclass(frozen=True, slots=True)
class IndustriesCodec:
    """Industries as codes; names in a cell become codes."""

    def parse(self, cell: object, context: CellContext) -> tuple[str, ...]:
        """Return the codes; what is no industry is an error that keeps the rest."""
        if isinstance(cell, list):
            words = [text_of(item) for item in cell]
        else:
            text = text_of(cell)
            # Some names hold a comma themselves: 农、林、牧、渔业.
            words = [text] if industry_code(text) else split_list(text)
        words = [word for word in words if word.lower() not in NO_VALUE]
        codes = {word: industry_code(word) for word in words}
        known = tuple(dict.fromkeys(code for code in codes.values() if code))
        unknown = [word for word, code in codes.items() if code is None]
        if unknown:
            raise CellError("cell.unknown_industry", pieces=shorten("、".join(unknown))).keep(known)
        return known

    def cell(self, value: tuple[str, ...], lang: Language) -> str:
        """Return the codes in one cell."""
        return join_list(value)

    def json(self, value: tuple[str, ...]) -> list[str]:
        """Return the codes as a list."""
        return list(value)
