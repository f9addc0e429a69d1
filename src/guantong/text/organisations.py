"""Names of organisations: found in text, and brought to one form whether full, short or former."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from guantong.errors import InputError
from guantong.text.normalize import normalize
from guantong.text.segment import default_segmenter, read_words, stop_words
from guantong.text.spans import Span
from guantong.text.tables import read_table
from guantong.text.terms import officialese

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """The full name, the province (two digits, may be empty) and the other names in use."""

    name: str
    province: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundOrganisation:
    """An organisation where a text names it; ``organisation`` is the one form of its name."""

    span: Span
    organisation: str
    known: bool


_COMPANY = re.compile(
    r"(?:\(集团\)|集团)?(?:股份)?(?:有限责任公司|有限公司|公司)$|(?:集团|总厂|厂)$"
    r"|[\s,.]*(?:co\.?,?\s*ltd|limited|inc|corp(?:oration)?|gmbh|llc)\.?$"
)
_BRANCH = re.compile(
    r"(?<=公司|集团)[^(),]{0,12}(?:分公司|分厂|事业部|分部|办事处|研发部|研发中心)$"
)
_DEPARTMENT = re.compile(
    r"[^,;]*?(?:学院|系|学部|实验室|研究中心|工程中心|技术中心|研究所|研究室|课题组|团队|校区|研究生院)$"
)
_SHORT_KINDS = (
    ("交通大学", "交大"),
    ("科技大学", "科大"),
    ("理工大学", "理工"),
    ("师范大学", "师大"),
    ("工业大学", "工大"),
    ("农业大学", "农大"),
    ("林业大学", "林大"),
    ("医科大学", "医大"),
    ("财经大学", "财大"),
    ("海洋大学", "海大"),
    ("师范大学", "师范"),
    ("航空航天大学", "航空航天"),
    ("大学", ""),
)
_TELLING_SHORT = re.compile(
    r".{2,}(?:交大|科大|理工|师大|工大|农大|林大|医大|财大|海大|所|院|集团)"
)
_KNOWN_SHORT = frozenset(
    read_words("清华 复旦 浙大 北航 哈工大 华为 中科院 国网 中石化 中石油 中海油")
)
_INSTITUTION = re.compile(
    r"有限责任公司|股份有限公司|有限公司|集团公司|总公司|集团(?!化|军|军队|内|的|有限|股份|公司)"
    r"|大学(?!生|城|科技园|本科)|学院(?!派|路)|研究院(?!所)|研究所|科学院|设计院|医院|实验室|研究中心"
    r"|工程中心|创新中心|学会|协会|联盟"
)
_EMPTY = frozenset(
    read_words(
        "重点 国家 省级 国家级 工程 中国 全国 联合 产业 技术 高等 相关 知名 著名 附属 人民 中心"
    )
)
_NEXT_NAME = re.compile("(?:大学|学院|研究院|研究所|公司|集团|医院)[和与及]")
_UNITS = frozenset("位家所名个第")
_LONGEST = 40


class OrganisationNames:
    """Names that mean one organisation, from a table and from the user, to look up and to find."""

    def __init__(self, entries: Iterable[OrganisationName]) -> None:
        self.entries = {_folded(entry.name): entry for entry in entries}
        self._others: dict[str, set[str]] = {}
        for key, entry in self.entries.items():
            for other in (*entry.others, *_derived(entry.name)):
                self._others.setdefault(_folded(other), set()).add(key)
        self._lengths: dict[str, tuple[int, ...]] = {}
        lengths: dict[str, set[int]] = {}
        for name in (*self.entries, *filter(self._tells, self._others)):
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {key: tuple(sorted(found)[::-1]) for key, found in lengths.items()}

    def lookup(self, name: str) -> OrganisationName | None:
        """Return the entry that a full, short or former name means; ``None`` if none or several."""
        key = _folded(name)
        if key in self.entries:
            return self.entries[key]
        meant = self._others.get(key, set())
        return self.entries[next(iter(meant))] if len(meant) == 1 else None

    def resolve(self, name: str) -> str:
        """Return the one form of a name: that of its entry or of the owner of the department.

        A name that the table lacks loses only its department or branch.
        """
        entry = self.owner(name)
        return entry.name if entry else _BRANCH.sub("", _folded(name))

    def owner(self, name: str) -> OrganisationName | None:
        """Return the entry that a name means, or that of the body whose department it names."""
        text = _BRANCH.sub("", _folded(name))
        return self.lookup(text) or self._of_department(text)

    def find(self, text: str) -> list[FoundOrganisation]:
        """Return the organisations that ``text`` names, longest first where they overlap."""
        spans = [*self._known_spans(text), *_pattern_spans(text)]
        spans.sort(key=lambda span: (span.start, -span.end))
        found: list[FoundOrganisation] = []
        for span in spans:
            if not found or span.start >= found[-1].span.end:
                name = self.resolve(span.of(text))
                found.append(FoundOrganisation(span, name, _folded(name) in self.entries))
        return found

    def _of_department(self, text: str) -> OrganisationName | None:
        """Return the entry whose name opens ``text`` when a department follows it."""
        for length in self._lengths.get(text[:2], ()):
            entry = self.lookup(text[:length])
            if entry and len(text) > length and _DEPARTMENT.fullmatch(text[length:]):
                return entry
        return None

    def _tells(self, other: str) -> bool:
        """Say whether a short name is clear enough to be found in running text."""
        clear = len(self._others[other]) == 1 and other not in self.entries
        return clear and (
            other in _KNOWN_SHORT
            or len(other) > 5
            or bool(_TELLING_SHORT.fullmatch(other) and len(other) > 3)
        )

    def _known_spans(self, text: str) -> Iterator[Span]:
        folded = text.translate(_BRACKETS).lower()
        if len(folded) != len(text):
            folded = text
        place = 0
        while place < len(folded) - 1:
            end = self._end_of_name(folded, place)
            if end:
                yield Span(place, end)
            place = end or place + 1

    def _end_of_name(self, text: str, start: int) -> int:
        for length in self._lengths.get(text[start : start + 2], ()):
            name = text[start : start + length]
            if name in self.entries or (name in self._others and self._tells(name)):
                return start + length
        return 0


@cache
def organisation_names() -> OrganisationNames:
    """Return the names that Guantong ships with: universities, institutes, large institutions."""
    return OrganisationNames(_shipped())


def load_organisation_names(path: Path) -> OrganisationNames:
    """Return the shipped names and those in a UTF-8 file: full name, then others, parted by |."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("text.organisation_file", file=str(path), reason=str(error)) from error
    own = []
    for line in lines:
        names = [cell.strip() for cell in line.split("|") if cell.strip()]
        if names and not line.startswith("#"):
            own.append(OrganisationName(names[0], others=tuple(names[1:])))
    return OrganisationNames([*_shipped(), *own])


def find_organisations(
    text: str, names: OrganisationNames | None = None
) -> list[FoundOrganisation]:
    """Return the organisations that ``text`` names, those of no table by the shape of the name."""
    return (names or organisation_names()).find(text)


def same_organisation(first: str, second: str, names: OrganisationNames | None = None) -> bool:
    """Say whether two names mean one organisation.

    Departments and branches count as their owner; 有限公司, 股份有限公司 and 集团 make no
    difference, nor does the province or city before a company's name that the other leaves out.
    """
    known = names or organisation_names()
    one, other = known.resolve(first), known.resolve(second)
    if not one or not other:
        return False
    if _folded(one) == _folded(other):
        return True
    if _folded(one) in known.entries and _folded(other) in known.entries:
        return False
    return _same_company(_folded(one), _folded(other))


def _same_company(one: str, other: str) -> bool:
    core, other_core = _COMPANY.sub("", one), _COMPANY.sub("", other)
    if core == one and other_core == other:
        return False
    if core == other_core:
        return len(core) > 1
    place, rest = _place_and_rest(core)
    other_place, other_rest = _place_and_rest(other_core)
    return rest == other_rest and len(rest) > 2 and not (place and other_place)


def _place_and_rest(core: str) -> tuple[str, str]:
    """Part the province or city at the start of a company's name from the rest."""
    # Here and not above: most names are compared without it, and it loads the gazetteer.
    from guantong.text.regions import gazetteer

    start = 0
    while start < len(core) - 2:
        for name, _ in gazetteer().names_at(core, start):
            start += len(name)
            break
        else:
            break
    return core[:start], core[start:]


_BRACKETS = str.maketrans("（）［］", "()[]")


def _folded(name: str) -> str:
    return normalize(name).replace(" ", "") if not name.isascii() else normalize(name)


def _shipped() -> list[OrganisationName]:
    return [
        OrganisationName(row["name"], row["province"], tuple(row["other_names"].split()))
        for row in read_table("organisations.csv")
    ]


def _derived(name: str) -> Iterator[str]:
    """Yield the short names that follow from the full one: 南京理工, 上海交大, 中科院化学所."""
    for full, short in _SHORT_KINDS:
        if name.endswith(full) and len(name) - len(full) + len(short) > 3:
            yield name.removesuffix(full) + short
    if name.startswith("中国科学院") and len(name) > 5:
        inside = name.removeprefix("中国科学院")
        yield "中科院" + inside
        yield inside
        if inside.endswith("研究所"):
            yield "中科院" + inside.removesuffix("研究所") + "所"


def _pattern_spans(text: str) -> Iterator[Span]:
    """Yield the stretches that look like a name: words without a break before a kind of body."""
    if not _INSTITUTION.search(text):
        return
    starts: dict[int, str] = {}
    place = 0
    for piece in default_segmenter().cut(text):
        starts[place] = piece
        place += len(piece)
    for kind in _INSTITUTION.finditer(text):
        start = _start_of_name(text, starts, kind.start())
        if start is None:
            continue
        # 和鑫 may have been read as one word: what follows 学院和 is a name of its own.
        for parted in _NEXT_NAME.finditer(text, start, kind.start()):
            start = parted.end()
        yield Span(start, kind.end())


@cache
def _breaks() -> frozenset[str]:
    source = files("guantong.text").joinpath("data/organisation_breaks.txt")
    return frozenset(read_words(source.read_text(encoding="utf-8")))


def _start_of_name(text: str, starts: dict[int, str], end: int) -> int | None:
    """Walk back over whole words to one that is in no name; ``None`` if nothing is left."""
    places = [place for place in starts if end - _LONGEST <= place < end]
    start: int | None = None
    open_brackets = 0
    for place in reversed(places):
        word = starts[place][: end - place]
        if word in {")", "）"}:
            open_brackets += 1
        elif word in {"(", "（"} and open_brackets:
            open_brackets -= 1
        elif word in _breaks() or not (word[0].isalnum() or word in {"·", "&"}):
            break
        start = place
    while start is not None and start < end:
        word = starts[start][: end - start]
        padding = word in officialese() and word not in _EMPTY
        if not padding and not word[0].isdigit() and word not in _UNITS:
            break
        start += len(word)
    if start is None or open_brackets:
        return None
    said_nothing = _EMPTY | officialese() | stop_words()
    words = (starts[place][: end - place] for place in places if place >= start)
    return start if any(word not in said_nothing for word in words) else None
