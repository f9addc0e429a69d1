"""Numbers as Chinese texts write them, read and written: 3.2万亿, 三百二十万, 百分之三十, 两成."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from typing import Literal

from guantong.errors import InputError

NumberStyle = Literal["digits", "mixed", "chinese"]

HALF_WIDTH = str.maketrans("０１２３４５６７８９．，％＋－～＜＞＝／（）", "0123456789.,%+-~<>=/()")
SCALES = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2, "○": 0}
_FORMAL = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸兩弍", "一二三四五六七八九十百千万亿二三六两二"
)
_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_MIXED = re.compile(rf"({_PLAIN.pattern})([十百千万亿]+)")
_CHINESE = re.compile("[零〇○一二三四五六七八九十百千万亿两]+(?:点[零〇○一二三四五六七八九]+)?")
_FRACTION = re.compile("(.+)分之(.+)")
_TENTHS = re.compile("([一二两三四五六七八九十]|[0-9.]+)成(半)?")
_PERCENT = {"%": Decimal("0.01"), "‰": Decimal("0.001")}


def parse_number(text: str) -> Decimal:
    """Return the value of a number written in digits, in Chinese, or in both.

    Shares are fractions of one: ``百分之三十`` and ``30%`` are 0.3, ``两成`` is 0.2. Raises
    :class:`InputError` where the text is not one number.
    """
    plain = "".join(text.split()).translate(HALF_WIDTH).translate(_FORMAL)
    value = _signed(plain)
    if value is None:
        raise InputError("quantities.not_a_number", text=text)
    return value


def read_number(text: str) -> Decimal | None:
    """Return the value of half-width digits with scales or of a Chinese numeral, else ``None``."""
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    mixed = _MIXED.fullmatch(text)
    if mixed:
        return Decimal(mixed[1].replace(",", "")) * scale(mixed[2])
    return _chinese(text) if _CHINESE.fullmatch(text) else None


def scale(words: str) -> Decimal:
    """Return what a run of scale words multiplies by: 万亿 is 10¹², none is 1."""
    product = Decimal(1)
    for word in words:
        product *= SCALES[word]
    return product


def render_number(value: Decimal | int, style: NumberStyle = "mixed") -> str:
    """Write a number for people: ``3200000`` as ``320万`` (mixed), ``3,200,000``, ``三百二十万``.

    The Chinese style writes any number below 10¹⁶; the others have no limit.
    """
    number = Decimal(value)
    if style == "digits":
        return f"{_shortest(number):,f}"
    if style == "chinese":
        return _render_chinese(number)
    with localcontext(prec=60):
        for word, size in (("万亿", 12), ("亿", 8), ("万", 4)):
            if abs(number) >= 10**size:
                return f"{_shortest(number.scaleb(-size)):f}{word}"
    return f"{_shortest(number):f}"


def _signed(text: str) -> Decimal | None:
    if text[:1] in ("-", "−", "负"):
        value = _unsigned(text[1:])
        return None if value is None else -value
    return _unsigned(text)


def _unsigned(text: str) -> Decimal | None:
    if text[-1:] in _PERCENT:
        whole = read_number(text[:-1])
        return None if whole is None else whole * _PERCENT[text[-1]]
    fraction = _FRACTION.fullmatch(text)
    if fraction:
        below, above = read_number(fraction[1]), read_number(fraction[2])
        return above / below if below and above is not None else None
    tenths = _TENTHS.fullmatch(text)
    if tenths:
        count = read_number(tenths[1])
        return None if count is None else (count + (Decimal("0.5") if tenths[2] else 0)) / 10
    if text in ("半", "一半"):
        return Decimal("0.5")
    return read_number(text)


def _chinese(text: str) -> Decimal | None:
    whole, _, decimals = text.partition("点")
    value = _chinese_whole(whole)
    if value is None or not decimals:
        return value
    return value + Decimal("0." + "".join(str(_DIGITS[digit]) for digit in decimals))


def _chinese_whole(text: str) -> Decimal | None:
    if all(char in _DIGITS for char in text):
        if len(text) > 1 and "两" in text:
            return None
        return Decimal("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    last = 10
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            last = 10 if char in "零〇" else last
        elif char in "十百千":
            last = int(SCALES[char])
            section += (digit or 1) * last
            digit = 0
        else:
            last = int(SCALES[char])
            section += digit
            # 三亿万 does not occur, but 三万亿 does: 亿 multiplies all that went before it.
            total = (
                (total + (section or (0 if total else 1))) * last
                if char == "亿"
                else (total + (section or 1) * last)
            )
            section = digit = 0
    # 三百二 and 一万五 leave the last scale out: the digit counts in tenths of the one before.
    trailing = digit * last // 10 if last > 10 else digit
    return Decimal(total + section + trailing)


def _shortest(number: Decimal) -> Decimal:
    with localcontext(prec=60):
        return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


def _render_chinese(number: Decimal) -> str:
    plain = f"{_shortest(abs(number)):f}"
    whole, _, decimals = plain.partition(".")
    if len(whole) > 16:
        raise InputError("quantities.too_large", value=plain)
    sign = "负" if number < 0 else ""
    digits = "零一二三四五六七八九"
    tail = "点" + "".join(digits[int(char)] for char in decimals) if decimals else ""
    return sign + _chinese_groups(int(whole)) + tail


def _chinese_groups(value: int) -> str:
    if value >= 10**8:
        head, rest = divmod(value, 10**8)
        return _chinese_groups(head) + "亿" + _joined(rest, 10**7, value)
    if value >= 10**4:
        head, rest = divmod(value, 10**4)
        return _chinese_groups(head) + "万" + _joined(rest, 10**3, value)
    return _chinese_section(value)


def _joined(rest: int, full: int, value: int) -> str:
    if not rest:
        return ""
    # 一万零五百 needs its 零, since 一万五百 could be read as the colloquial 一万五.
    filler = "零" if rest < full else ""
    body = _chinese_groups(rest)
    return filler + ("一" + body if body.startswith("十") else body)


def _chinese_section(value: int) -> str:
    digits = "零一二三四五六七八九"
    if value < 10:
        return digits[value]
    text, gap = "", False
    for word, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, value = divmod(value, size)
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + word
            gap = False
        else:
            gap = True
    return text[1:] if text.startswith("一十") else text
