"""The unified social credit code (统一社会信用代码, GB 32100-2015), taken apart and checked."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from guantong.records.codecs import NO_VALUE, text_of
from guantong.records.problems import CellError

if TYPE_CHECKING:
    from guantong.messages import Language
    from guantong.records.columns import CellContext

# I, O, S, V and Z are left out because they look like 1, 0, 5, U and 2.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18
# GB/T 2260 provinces, and 10 for bodies registered by the State itself (100000).
_REGIONS = frozenset(
    code
    for codes in ((10, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 67), (71, 72), (81, 83))
    for code in range(*codes)
)


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A valid code: ``authority`` and ``body`` are Chinese names, ``region`` is six digits."""

    code: str
    authority: str
    body: str
    region: str


def check_credit_code(text: str) -> CreditCode:
    """Return what a code says; raises :class:`CellError` naming the part that is wrong.

    Places: 1 registering authority, 2 type of body, 3-8 region, 9-17 organisation, 18 check
    character. The organisation part is not checked by itself (GB 11714), since codes in use fail.
    """
    code = "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()
    if len(code) != _LENGTH:
        raise CellError("codes.length", value=text, length=len(code))
    for place, char in enumerate(code, 1):
        if char not in ALPHABET:
            raise CellError("codes.character", value=text, position=place, character=char)
    bodies = _bodies()
    if not any(authority == code[0] for authority, _ in bodies):
        raise CellError("codes.authority", value=text, character=code[0])
    if (code[0], code[1]) not in bodies:
        raise CellError("codes.type", value=text, character=code[1], authority=code[0])
    if not code[2:8].isdigit() or int(code[2:4]) not in _REGIONS:
        raise CellError("codes.region", value=text, region=code[2:8])
    expected = check_character(code[:17])
    if code[17] != expected:
        raise CellError("codes.check", value=text, expected=expected, character=code[17])
    authority, body = bodies[code[0], code[1]]
    return CreditCode(code, authority, body, code[2:8])


def is_credit_code(text: str) -> bool:
    """Say whether ``text`` is a valid unified social credit code."""
    try:
        check_credit_code(text)
    except CellError:
        return False
    return True


def check_character(first: str) -> str:
    """Return the 18th character for the first seventeen (weights 3^i modulo 31)."""
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first))
    return ALPHABET[-total % 31]


@cache
def _bodies() -> dict[tuple[str, str], tuple[str, str]]:
    source = files("guantong.records").joinpath("data/credit_code_bodies.csv")
    lines = source.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {(row["authority"], row["type"]): (row["authority_zh"], row["type_zh"]) for row in rows}


@dataclass(frozen=True, slots=True)
class CreditCodeCodec:
    """A unified social credit code, checked."""

    def parse(self, cell: object, context: CellContext) -> str:
        """Return the code in capitals without spaces."""
        text = text_of(cell)
        return "" if text.lower() in NO_VALUE else check_credit_code(text).code

    def cell(self, value: str, lang: Language) -> str:
        """Return the code."""
        return value

    def json(self, value: str) -> str:
        """Return the code."""
        return value
