"""Citizen ID numbers and mobile numbers in free text: found, taken out, reported (PIPL)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_SHORTEST = 11
REMOVED = "〔已删除〕"

_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    str(code)
    for codes in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
    for code in range(*codes)
)
# A long run of digits, perhaps in groups: what the slower patterns below are worth trying on.
_DIGITS = re.compile(r"[0-9０-９](?:[ -]?[0-9０-９]){10}")
_ID_18 = re.compile(r"(?<![0-9A-Za-z.])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![0-9A-Za-z]|\.\d)")
_ID_15 = re.compile(r"(?<![0-9A-Za-z.])\d{15}(?![0-9A-Za-z]|\.\d)")
_ID_SAID = re.compile(
    r"(?:身份证|身份号码|证件号|ID\s*(?:card|number|no))[^\d]{0,12}$", re.IGNORECASE
)
# 13800000000元 is an amount, CN13912345678A a publication number: neither is a telephone.
_MOBILE = re.compile(
    r"(?<![\d.])(?<!CN)(?<!ZL)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}"
    r"(?!\d|\.\d|\s*(?:[万亿]?元|[万亿吨台套件个次条人股字]|[kM]?[WwVv]h?\b|[kMG]?Hz))"
)


class PersonalNumber(StrEnum):
    """What kind of number was found."""

    CITIZEN_ID = "citizen_id"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class Finding:
    """A personal number at ``[start, end)``; ``masked`` can be shown, the number itself cannot."""

    number: PersonalNumber
    start: int
    end: int
    masked: str


def find_personal_numbers(text: str) -> list[Finding]:
    """Return the citizen ID and mobile numbers in ``text``, in order."""
    if not _DIGITS.search(text):
        return []
    plain = text.translate(_FULL_WIDTH)
    findings = [
        Finding(PersonalNumber.CITIZEN_ID, found.start(), found.end(), _masked(found[0]))
        for pattern in (_ID_18, _ID_15)
        for found in pattern.finditer(plain)
        if _is_citizen_id(re.sub("[ -]", "", found[0]), plain[: found.start()])
    ]
    taken = [range(finding.start, finding.end) for finding in findings]
    findings += [
        Finding(PersonalNumber.MOBILE, found.start(), found.end(), _masked(found[0]))
        for found in _MOBILE.finditer(plain)
        if not any(found.start() in span for span in taken)
    ]
    return sorted(findings, key=lambda finding: finding.start)


def remove_personal_numbers(text: str) -> tuple[str, list[Finding]]:
    """Return ``text`` with each personal number replaced by :data:`REMOVED`, and what was found."""
    if len(text) < _SHORTEST:
        return text, []
    findings = find_personal_numbers(text)
    for finding in reversed(findings):
        text = text[: finding.start] + REMOVED + text[finding.end :]
    return text, findings


def is_citizen_id(number: str) -> bool:
    """Say whether an 18-digit number is a well-formed citizen ID (GB 11643): place, day, check."""
    plain = number.translate(_FULL_WIDTH).upper()
    if not re.fullmatch(r"\d{17}[\dX]", plain) or plain[:2] not in _PROVINCES:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(plain, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == plain[17] and _is_day(plain[6:14])


def _is_citizen_id(number: str, before: str) -> bool:
    said = _ID_SAID.search(before[-24:]) is not None
    if len(number) == 18:
        return said or is_citizen_id(number)
    # Fifteen digits carry no check digit: without a word for it they may be any serial number.
    return said and number[:2] in _PROVINCES and _is_day("19" + number[6:12])


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1850 <= day.year <= 2100


def _masked(number: str) -> str:
    return number[:3] + "*" * (len(number) - 5) + number[-2:]
