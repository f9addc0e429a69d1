"""Exact counts in Chinese numerals (两所高校, 三座水厂), where the text says they are counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from guantong.reading.statements.lexicon import pattern, table

_DIGITS = "二三四五六七八九"
_NUMERAL = rf"(?P<numeral>[{_DIGITS}]?十[一{_DIGITS}]?|[两{_DIGITS}])"
# 第三座, 二三十家, 这两家, “三座: no counts, vague ones, or those told of before.
_NO_COUNT = rf"(?<![第一{_DIGITS}十两百千万亿几数余多\d“·这那该上下前后首其每各])"
_NOUN = r"(?![级型以等])[\u4e00-\u9fff]"


@dataclass(frozen=True, slots=True)
class Spelled:
    """A count in Chinese numerals: where its numeral and its unit stand, and how much it is."""

    start: int
    end: int
    value: int
    unit: str


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    """A verb of gain stands before an exact count, or what came of it behind."""
    gained, became = (pattern("figures", "numerals", key) for key in ("gained", "became"))
    units, lines = (pattern("figures", "numerals", key) for key in ("units", "lines"))
    counted = rf"{_NUMERAL}(?P<unit>(?:{units})|条(?=[^，。；、的]{{0,8}}(?:{lines})))"
    return (
        re.compile(rf"(?:{gained})了?{counted}(?={_NOUN}{{2}})"),
        re.compile(rf"{_NO_COUNT}{counted}(?={_NOUN}[^，。；、：“”\d]{{1,10}}?(?:{became}))"),
    )


def find_spelled(text: str) -> list[Spelled]:
    """Return the counts in Chinese numerals of a text in order."""
    found = {
        match.start("numeral"): Spelled(
            match.start("numeral"),
            match.end("unit"),
            below_hundred(match["numeral"]),
            match["unit"],
        )
        for shape in _shapes()
        for match in shape.finditer(text)
    }
    return [found[start] for start in sorted(found)]


def below_hundred(numeral: str) -> int:
    """Read 两, 十二 or 三十."""
    digits: dict[str, int] = table("figures")["words"]["tenths"]
    if "十" not in numeral:
        return digits[numeral[0]]
    head, _, tail = numeral.partition("十")
    return (digits[head] if head else 1) * 10 + (digits[tail] if tail else 0)
