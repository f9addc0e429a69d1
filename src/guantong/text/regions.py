"""Regions of China by GB/T 2260: found in text, resolved from any usual form, compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from guantong.errors import InputError
from guantong.text.normalize import normalize
from guantong.text.segment import default_segmenter, read_words
from guantong.text.spans import Span
from guantong.text.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Level(IntEnum):
    """How high a division stands; a municipality (直辖市) is a province."""

    PROVINCE = 1
    CITY = 2
    DISTRICT = 3


class Proximity(IntEnum):
    """How near two regions are, the nearest first."""

    SAME_DISTRICT = 1
    SAME_CITY = 2
    SAME_PROVINCE = 3
    NEIGHBOURING = 4
    ELSEWHERE = 5


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A division with its six-digit code, its name and ``short``, the name in daily use."""

    code: str
    name: str
    short: str
    level: Level

    @property
    def province_code(self) -> str:
        """Return the code of the province it is or lies in."""
        return self.code[:2] + "0000"

    @property
    def city_code(self) -> str:
        """Return the code of its city, in a municipality that of the municipality, or ``""``.

        Counties directly under a province (省直辖县) are their own city.
        """
        if self.code[:2] in _MUNICIPALITIES or self.code[:2] in _SPECIAL:
            return self.province_code
        if self.level is Level.PROVINCE:
            return ""
        return self.code if self.code[2:4] == "90" else self.code[:4] + "00"

    def holds(self, other: Region) -> bool:
        """Say whether ``other`` is this region or lies in it."""
        if self.level is Level.DISTRICT:
            return self.code == other.code
        return other.code.startswith(self.code[: 2 * self.level])


@dataclass(frozen=True, slots=True)
class FoundRegion:
    """A region named in a text; ``region`` is ``None`` where the text leaves several open."""

    span: Span
    region: Region | None
    choices: tuple[Region, ...]


_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_SPECIAL = frozenset({"81", "82"})
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|"
    "纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|"
    "鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_AUTONOMOUS = re.compile(
    rf"(?P<place>.{{2,}}?)(?:(?:{_PEOPLES})族|蒙古|哈萨克|维吾尔|柯尔克孜|塔吉克|锡伯)*自治[区州县旗]"
)
_PLAIN = re.compile(r"(?P<place>.{2,}?)(?:特别行政区|新区|林区|特区|地区|[省市区县盟旗])")
_SEPARATORS = re.compile(r"[\s,，、/\\·>＞\-—_|:：()（）]+")
_CODE = re.compile(r"\d{2}(?:\d{2}){0,2}")
# Plain words as much as places: they need 市, or the province before them.
_ALSO_WORDS = frozenset(
    read_words("白银 来宾 日照 朝阳 开封 中卫 普洱 中山 大同 安康 黄山 大理 德州 三明 平凉 北海")
)
_GENERIC = frozenset(
    read_words("城区 郊区 矿区 东区 西区 新城区 城中区 市中区 城关区 中原区 向阳区 和平区 新华区")
)
_AFTER_CITY = frozenset("场民面值容圈")
_INSTITUTIONS = ("大学", "学院", "医院", "银行", "港", "站", "人", "市", "省", "地区")


class Gazetteer:
    """All divisions, with every name they go by."""

    def __init__(
        self, regions: Iterable[Region], other_names: Iterable[tuple[str, Region]] = ()
    ) -> None:
        self.by_code = {region.code: region for region in regions}
        self.names: dict[str, tuple[Region, ...]] = {}
        for region in self.by_code.values():
            for name in {region.name, region.short}:
                self.names[name] = (*self.names.get(name, ()), region)
        for name, region in other_names:
            self.names.setdefault(name, (region,))
        self._longest = max(map(len, self.names), default=0)
        self._starts = frozenset(name[0] for name in self.names if len(name) > 1)

    def region(self, code: str) -> Region | None:
        """Return the region of a code of two, four or six digits."""
        return self.by_code.get(code.ljust(6, "0"))

    def names_at(self, text: str, start: int) -> Iterator[tuple[str, tuple[Region, ...]]]:
        """Yield the names of two or more characters that begin at ``start``, longest first."""
        if text[start] in self._starts:
            for length in range(min(self._longest, len(text) - start), 1, -1):
                name = text[start : start + length]
                if name in self.names:
                    yield name, self.names[name]


@cache
def gazetteer() -> Gazetteer:
    """Return the divisions of China, former names included."""
    regions = {row["code"]: _region(row["code"], row["name"]) for row in read_table("regions.csv")}
    former = [(row["name"], regions[row["now"]]) for row in read_table("regions_changes.csv")]
    others = [*former, *((_short(name), now) for name, now in former)]
    others += [(row["alias"], regions[row["code"]]) for row in read_table("regions_aliases.csv")]
    return Gazetteer(regions.values(), others)


def resolve_region(name: str, *, near: Region | None = None) -> Region:
    """Return the region that a name, an address or a code means.

    ``near`` decides between places of one name. Raises :class:`InputError` with the code
    ``text.region_unknown`` or ``text.region_ambiguous``.
    """
    choices = region_choices(name, near=near)
    if not choices:
        raise InputError("text.region_unknown", name=name)
    if len(choices) > 1:
        shown = "、".join(full_name(region) for region in choices)
        raise InputError("text.region_ambiguous", name=name, choices=shown)
    return choices[0]


def region_choices(name: str, *, near: Region | None = None) -> tuple[Region, ...]:
    """Return every region that ``name`` may mean, none for what names no place."""
    text = normalize(name)
    if _CODE.fullmatch(text):
        return _of_code(text)
    known = gazetteer()
    if text in known.names:
        return _narrow(known.names[text], near)
    text = _SEPARATORS.sub("", text.removeprefix("中国"))
    chain, rest, fully = _read_chain(text)
    if not chain or (rest and not fully):
        return ()
    return _narrow(chain, near)


def full_name(region: Region) -> str:
    """Return the name with those of its city and province before it (江苏省南京市江宁区)."""
    codes = dict.fromkeys((region.province_code, region.city_code, region.code))
    held = (gazetteer().by_code.get(code) for code in codes if code)
    return "".join(part.name for part in held if part)


def relation(first: Region, second: Region) -> Proximity:
    """Return how near two regions are; a whole province is as near as its parts are to it."""
    if first.level is Level.DISTRICT and first.code == second.code:
        return Proximity.SAME_DISTRICT
    if first.city_code and first.city_code == second.city_code:
        return Proximity.SAME_CITY
    if first.province_code == second.province_code:
        return Proximity.SAME_PROVINCE
    if second.code[:2] in _neighbours().get(first.code[:2], ()):
        return Proximity.NEIGHBOURING
    return Proximity.ELSEWHERE


def same_city(first: Region, second: Region) -> bool:
    """Say whether two regions lie in one city."""
    return relation(first, second) <= Proximity.SAME_CITY


def find_regions(text: str, *, near: Region | None = None) -> list[FoundRegion]:
    """Return the regions that ``text`` names, in order; 南京市江宁区 is one, the district.

    Short names count where they are words of their own; a name of several places is decided by
    the places named before it, then after it, then by ``near``.
    """
    edges: _Edges = _Edges(text)
    found: list[FoundRegion] = []
    place = 0
    lowered = text.lower()
    # A few letters grow when lowered (İ); spans must stay true to the text.
    scanned = lowered if len(lowered) == len(text) else text
    while place < len(text):
        reading = _read_place(scanned, place, edges)
        if reading is None:
            place += 1
        else:
            choices, end = reading
            found.append(FoundRegion(Span(place, end), None, choices))
            place = end
    return [_decide(item, found[:place], found[place:], near) for place, item in enumerate(found)]


class _Edges:
    """Where words begin and end in a text; it is cut only when somebody asks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: dict[int, str] = {}

    def starts_at(self, place: int) -> bool:
        """Say whether a word begins at ``place``."""
        if not self._pieces:
            start = 0
            for piece in default_segmenter().cut(self._text):
                self._pieces[start] = piece
                start += len(piece)
        return place in self._pieces

    def word_at(self, start: int, length: int) -> bool:
        """Say whether the stretch is made of whole words or opens the name of an institution."""
        if not self.starts_at(start):
            return False
        end = start + length
        while start < end and start in self._pieces:
            piece = self._pieces[start]
            if start + len(piece) > end:
                return piece.endswith(_INSTITUTIONS)
            start += len(piece)
        return start == end


def _read_place(text: str, start: int, edges: _Edges) -> tuple[tuple[Region, ...], int] | None:
    """Return what the places written together from ``start`` mean and where they end."""
    choices: tuple[Region, ...] = ()
    end = start
    while end < len(text):
        for name, regions in gazetteer().names_at(text, end):
            inside = _inside(regions, choices)
            if choices and inside:
                choices, end = inside, end + len(name)
                break
            if not choices and _counts_alone(name, regions, text, end, edges):
                choices, end = regions, end + len(name)
                break
        else:
            break
    return (choices, end) if choices else None


def _counts_alone(
    name: str, regions: Sequence[Region], text: str, start: int, edges: _Edges
) -> bool:
    """Say whether a name without its province before it is meant as a place."""
    end = start + len(name)
    following = text[end : end + 1]
    if name in _GENERIC or (name[-1] == "区" and following and following in "域间别块位"):
        return False
    if name in _former_names() or any(name == region.name for region in regions):
        # 南京市场 is the market of Nanjing: the shorter name is tried next; and in 川南山区 the
        # words are 川南 and 山区.
        cut_short = name[-1] == "市" and following and following in _AFTER_CITY
        return not cut_short and (name[-1] != "区" or edges.starts_at(start))
    if name in _ALSO_WORDS or (name.isascii() and not _latin_word(text, start, end)):
        return False
    if name not in _alias_names() and regions[0].level is Level.DISTRICT:
        return False
    return name.isascii() or edges.word_at(start, len(name))


def _latin_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not ((before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum()))


@cache
def _former_names() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("regions_changes.csv"))


@cache
def _alias_names() -> frozenset[str]:
    return frozenset(row["alias"] for row in read_table("regions_aliases.csv"))


def _decide(
    item: FoundRegion,
    before: Sequence[FoundRegion],
    after: Sequence[FoundRegion],
    near: Region | None,
) -> FoundRegion:
    """Choose one of several places of one name by the other places in the text."""
    choices = item.choices
    for other in (*reversed(before), *after):
        if len(choices) > 1 and other is not item and len(other.choices) == 1:
            choices = _inside(choices, (_wider(other.choices[0]),)) or choices
    choices = _narrow(choices, near)
    return FoundRegion(item.span, choices[0] if len(choices) == 1 else None, choices)


def _wider(region: Region) -> Region:
    """Return the city of a district, and any other region as it is."""
    return gazetteer().by_code.get(region.city_code, region)


def _inside(regions: Iterable[Region], holders: Sequence[Region]) -> tuple[Region, ...]:
    return tuple(
        region
        for region in regions
        if any(holder.holds(region) and holder != region for holder in holders)
    )


def _narrow(choices: tuple[Region, ...], near: Region | None) -> tuple[Region, ...]:
    """Prefer what lies near, then the one division that is higher than all others (吉林)."""
    if len(choices) > 1 and near is not None:
        city = _wider(near)
        province = gazetteer().by_code[near.province_code]
        for holder in (city, province):
            inside = tuple(region for region in choices if holder.holds(region))
            if inside:
                choices = inside
                break
    top = min((region.level for region in choices), default=Level.PROVINCE)
    highest = tuple(region for region in choices if region.level is top)
    return highest if len(highest) == 1 else choices


def _read_chain(text: str) -> tuple[tuple[Region, ...], str, bool]:
    """Read names from the start of an address: the choices, what is left, and if to trust them."""
    choices: tuple[Region, ...] = ()
    start, steps, whole = 0, 0, False
    while start < len(text):
        for name, regions in gazetteer().names_at(text, start):
            inside = _inside(regions, choices) if choices else regions
            if inside:
                choices, start, steps = inside, start + len(name), steps + 1
                whole = whole or any(name == region.name for region in inside)
                break
        else:
            break
    return choices, text[start:], whole or steps > 1


def _of_code(code: str) -> tuple[Region, ...]:
    region = gazetteer().region(code) or _former_codes().get(code)
    return (region,) if region else ()


@cache
def _former_codes() -> Mapping[str, Region]:
    known = gazetteer().by_code
    rows = read_table("regions_changes.csv")
    return {row["code"]: known[row["now"]] for row in rows if row["code"]}


@cache
def _neighbours() -> Mapping[str, frozenset[str]]:
    rows = read_table("regions_neighbours.csv")
    return {row["province"]: frozenset(row["neighbours"].split()) for row in rows}


def _region(code: str, name: str) -> Region:
    level = Level.DISTRICT
    if code.endswith("00"):
        level = Level.PROVINCE if code.endswith("0000") else Level.CITY
    return Region(code, name, _short(name), level)


def _short(name: str) -> str:
    """Return the name in daily use: 南京市 is 南京, 恩施土家族苗族自治州 is 恩施."""
    found = _AUTONOMOUS.fullmatch(name) or _PLAIN.fullmatch(name)
    return found["place"] if found else name
