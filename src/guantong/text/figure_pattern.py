"""How figures look in running text: one pattern for them all, and the words that qualify them."""

from __future__ import annotations

import re
from functools import cache

from guantong.text.units import unit_pattern

# The Civil Code, article 1259: 以上, 以下, 以内 include the number; 不满, 超过, 以外 do not.
_NOT = "不(?:得|应|宜|能|可|会|许|允许|应该|应当|可以)?"
_WORDS_BEFORE = {
    "AT_LEAST": f"{_NOT}(?:低于|少于|小于|短于)|[大高多]于(?:或者?)?等于|至少|最少|最低|≥|⩾|>=|≧|≮"
    "|迈上|迈入|跨入|跨上|站上|跃上|登上|(?<![不未圆充布美丰])满",
    "AT_MOST": f"{_NOT}(?:超过|超出|高于|大于|多于|长于|超)|[小低少]于(?:或者?)?等于"
    "|最高|最多|至多|上限|≤|⩽|<=|≦|≯",
    "MORE": "超过|超出|超|突破|逾|高于|大于|多于|长于|冲破|>|破",
    "LESS": "低于|小于|少于|不足|不到|不满|未满|短于|<",
    "ABOUT": "大约|约|(?<![附最邻靠临])近|将近|接近|大概|≈",
    "WITHIN": "±|\\+/-",
}
_NOT_ABOUT = "(?<![节集合公预违制签条契履邀特和])"
_PASSING = "(?:可达到|可达|达到|达|可|为|给予|补助|奖励|资助|支持|给|人民币|了|[:： ])*"
COMPARATOR_BEFORE = re.compile(
    "(?:"
    + "|".join(f"(?P<{comparator}>{words})" for comparator, words in _WORDS_BEFORE.items()).replace(
        "|约|", f"|{_NOT_ABOUT}约|"
    )
    + f"){_PASSING}$"
)


# Most numbers follow nothing that compares: one look at the character before them tells.
_ENDS = frozenset(char for char in COMPARATOR_BEFORE.pattern if not char.isascii()) | set(" :=<>-")


def comparator_before(text: str, start: int) -> tuple[str, int] | None:
    """Return the name of the comparator that ends at ``start`` and where it begins."""
    if not start or text[start - 1] not in _ENDS:
        return None
    low = max(0, start - 12)
    match = COMPARATOR_BEFORE.search(text[low:start])
    return (match.lastgroup, low + match.start()) if match and match.lastgroup else None


@cache
def figure_pattern() -> re.Pattern[str]:
    """Return the pattern of a number with its share, scale, unit and following comparator."""
    digits = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?![.]\d)"
    chinese = "[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"
    ratio = r"[1-9]\d?/[1-9]\d{0,5}(?![\d./])"
    # 10-6 mbar is a power of ten, since a range would begin with the lower number.
    science = (
        r"(?:(?P<mantissa>[1-9](?:\.\d+)?)[ ]?[×xX*][ ]?10\^?(?P<power>[-−]?[1-9]\d?)(?![\d.])"
        r"|10(?:\^(?P<plain_power>[-−]?\d{1,2})(?!\d)|(?P<low_power>[-−][2-9])(?=[ ]?[A-Za-zΩ]))"
        r"|(?:(?P<whole>[1-9](?:\.\d+)?)[ ]?[×xX*][ ]?)?10(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))"
    )
    thousand = "(?:[千百](?![瓦克米帕伏焦卡字赫安兆分度欧牛]))"
    size = f"(?:万亿|{thousand}?万亿|{thousand}?亿|十?[百千]?万|{thousand})"
    return re.compile(
        rf"""
        (?=[0-9零〇一二两三四五六七八九十百千万亿翻半])
        (?:(?<![0-9A-Za-z.第])(?<![A-Za-z][-–—])|(?<=[pP]H)|(?<=Ra)|(?<=HRC))
        (?:
          (?P<share>百分之|千分之|万分之)(?P<part>{digits}|{chinese})
        | (?P<tenths>[一二两三四五六七八九]|\d(?:\.\d)?)成
          (?P<half>半)?(?![立为员果本绩就效长熟都交品型套活份分形])
        | (?P<below>[一二三四五六七八九十百]+)分之(?P<above>[一二三四五六七八九十]+)
        | 翻(?:了|两|一|1|2|二|三|3)*番
        | (?P<halves>一半|半数)
        | (?:(?P<lead>\d+)(?P<leadsize>[万亿])(?=\d))?
          (?:(?P<science>{science})|(?P<ratio>{ratio})|(?P<digits>{digits})|(?P<chinese>{chinese}))
          (?P<more>余|多(?!元|样|种|晶)|几)?[ ]?(?P<size>{size})?(?P<also>余|多(?!元|样|晶))?
          [ \u00a0]?(?P<unit>{unit_pattern()})?
        )
        (?P<after>[ ]?(?:及|\(含\))?(?:以上|之上|以下|以内|之内|之下|左右|上下|封顶))?
        """,
        re.VERBOSE,
    )
