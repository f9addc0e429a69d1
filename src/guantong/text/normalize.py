"""One form of a text for matching: width, case, variants and stray spaces no longer matter."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
_SAME_MEANING = {
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("〜∼～˜", "~"),
    **dict.fromkeys("・‧•∙⋅", "·"),
    **dict.fromkeys("≦⩽", "≤"),
    **dict.fromkeys("≧⩾", "≥"),
    **dict.fromkeys("❶❷❸❹❺❻❼❽❾❿", " "),
    # NFKC would glue "①" to the next word as a bare "1", and a list number is no content.
    **dict.fromkeys(map(chr, range(0x2460, 0x249C)), " "),
}
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ud800-\udfff]"
)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_SPACES = re.compile(r"\s+")
_CHINESE = "\u2e80-\u2eff\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff，。；：？！、（）《》“”"
_SPACES_BESIDE_CHINESE = re.compile(rf"(?<=[{_CHINESE}])\s+|\s+(?=[{_CHINESE}])")
_DEGREES = re.compile("° ?[cC]")
_NOT_WORD = re.compile(r"[\W_]+")


def normalize(text: str, *, keep_case: bool = False) -> str:
    """Return ``text`` as it is matched; applying it twice changes nothing more.

    Full-width forms become half-width and Latin letters lower case (unless ``keep_case``);
    common traditional characters become simplified; control and zero-width characters go;
    white space beside Chinese goes, elsewhere it becomes one space.
    """
    if not text:
        return ""
    text = _DROPPED.sub("", text)
    variants, pattern = _variants()
    text = pattern.sub(lambda found: variants[found[0]], text)
    if not unicodedata.is_normalized("NFKC", text):
        text = _compatible(text)
    if not keep_case:
        text = text.lower()
        if not unicodedata.is_normalized("NFKC", text):
            text = _compatible(text)
    text = _PRIVATE_USE.sub(" ", text)
    if "°" in text:
        text = _DEGREES.sub("℃", text)
    return _SPACES.sub(" ", _SPACES_BESIDE_CHINESE.sub("", text)).strip()


def fold_key(text: str) -> str:
    """Return the letters, digits and Chinese characters of ``text`` only, to compare names by."""
    return _NOT_WORD.sub("", normalize(text))


def _compatible(text: str) -> str:
    """Apply NFKC and once more the variants, which it may bring to light."""
    variants, pattern = _variants()
    return pattern.sub(lambda found: variants[found[0]], unicodedata.normalize("NFKC", text))


@cache
def _variants() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the replacement of each character and the pattern that finds those characters."""
    table = dict(_FULL_WIDTH)
    source = files("guantong.text").joinpath("data/variants.txt").read_text(encoding="utf-8")
    for line in source.splitlines():
        if not line.startswith("#"):
            table.update({pair[0]: pair[1] for pair in line.split()})
    table.update(_SAME_MEANING)
    return table, re.compile("[" + "".join(map(re.escape, table)) + "]")
