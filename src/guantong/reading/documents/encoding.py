"""Bytes into text: the encoding is detected, a wrong one is refused and never guessed at."""

from __future__ import annotations

import codecs
from itertools import islice

from guantong.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000
# Level 1 of GB 2312 (3,755 characters, rows 16-55) covers over 99 % of running text; text read in
# a wrong encoding falls mostly outside it.
_COMMON_SHARE = 0.85
# Level 1 of Big5 (5,401 frequent characters) lies in these lead bytes.
_BIG5_COMMON = range(0xA4, 0xC7)
_GB_COMMON = range(0xB0, 0xD8)
_USUAL = frozenset("\r\n\t　、。，；：？！（）《》〈〉【】〔〕“”‘’—…·％～＋－")
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1a\x1c\x1d\x1e\x85")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of ``data`` and its encoding; a byte order mark is no part of the text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name), encoding
    if (wide := _wide(data)) is not None:
        return _checked(_strict(data, wide, name), name), wide
    try:
        return _checked(data.decode("utf-8"), name), "utf-8"
    except UnicodeDecodeError:
        if (unmarked := _unmarked_utf_16(data)) is not None:
            return _checked(_strict(data, unmarked, name), name), unmarked
        return _legacy(data, name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError("documents.encoding", file=name, offset=error.start) from error


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zero bytes."""
    if len(data) < 4 or len(data) % 2:
        return None
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.3 and not sample[0::2].count(0):
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.3 and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _unmarked_utf_16(data: bytes) -> str | None:
    """Tell UTF-16 without zero bytes to go by: it is plausible Chinese in one byte order only."""
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[:_SAMPLE].decode(encoding, "ignore")
        usual = sum(char in _USUAL or " " <= char <= "~" for char in text)
        chinese = sum("㐀" <= char <= "鿿" for char in text)
        plausible = chinese and usual + chinese >= 0.97 * len(text)
        if plausible and _share_common(text, "gb2312", _GB_COMMON) > _COMMON_SHARE:
            return encoding
    return None


def _legacy(data: bytes, name: str) -> tuple[str, str]:
    for encoding, charset, common in (
        ("gb18030", "gb2312", _GB_COMMON),
        ("big5", "big5", _BIG5_COMMON),
    ):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _share_common(text, charset, common) >= _COMMON_SHARE and _clean(text):
            return text, encoding
    raise InputError("documents.encoding", file=name, offset=_first_bad(data))


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _share_common(text: str, charset: str, lead_bytes: range) -> float:
    """Return which share of the Chinese characters in ``text`` is among the frequent ones."""
    chinese = list(islice((char for char in text if "㐀" <= char <= "鿿"), 4_000))
    if not chinese:
        return 0.0
    encoded = (char.encode(charset, "ignore")[:1] for char in chinese)
    return sum(1 for lead in encoded if lead and lead[0] in lead_bytes) / len(chinese)


def _share_cjk(text: str) -> float:
    return sum("㐀" <= char <= "鿿" for char in text) / max(1, len(text))


def _checked(text: str, name: str) -> str:
    if not _clean(text):
        raise InputError("documents.not_text", file=name)
    return text


def _clean(text: str) -> bool:
    """Tell whether hardly any character is a control character, as in every real text."""
    sample = text[:_SAMPLE]
    controls = sum(1 for char in sample if char < " " and char not in _ALLOWED_CONTROLS)
    return controls <= len(sample) / 200
