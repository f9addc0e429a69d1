"""What a document says about itself: title, issuing body, number, dates, region, kind."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from guantong.errors import InputError
from guantong.reading.documents.articles import DATELINE
from guantong.reading.documents.model import Block, BlockKind, DocumentKind, Head
from guantong.text.dates import parse_date

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from guantong.text.spans import Span

_DATE = re.compile(
    r"(?:19|20)\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
    r"|[〇零○Ｏ一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
# 机关代字 + 〔year〕 + serial number: GB/T 9704-2012, 7.2.5.
_NUMBER = re.compile(
    r"[㐀-鿿]{1,14}(?:\([^()]{1,6}\))?\s*[〔\[【（(﹝［]\s*(?:19|20)\d{2}\s*[〕\]】）)﹞］]\s*第?\s*\d+\s*号"
    r"|[㐀-鿿]{2,16}(?:令|公告)\s*(?:第\s*\d+\s*号|(?:19|20)\d{2}\s*年\s*第\s*\d+\s*号)"
)
_ISSUER_ENDS = (
    r"(?:人民政府办公厅|人民政府办公室|人民政府|政府办公厅|政府办公室|委员会|办公厅|办公室|管委会|"
    r"[厅局委署部院会社]|党委|省委|市委|区委|县委|公司|大学|集团)"
)
_TITLE_ISSUER = re.compile(rf"([㐀-鿿、\s]{{2,40}}?{_ISSUER_ENDS})(?:关于|印发|转发)")
_ON_BEHALF = re.compile(r"我(?:受|代表)([^，,。]{0,14}人民政府)")
_RELATIVE_ISSUER = re.compile(r"(?:本?[省市区县旗州]|自治[区州县])?人民政府$")
_LETTERHEAD = re.compile(rf"([㐀-鿿]{{2,30}}{_ISSUER_ENDS})(?:文件|公报|令)?$")
_NAME = (
    r"(?:(?!推|促|加快|支持|关于|建设|打造|发展|深入|进一步|全|加强|规范|优化|实施|产业|经济"
    r"|园|社|景|片|校|各|市)[㐀-鿿])"
)
_REGION = re.compile(
    rf"(?:{_NAME}{{2,8}}?(?:省|自治区|特别行政区))?"
    rf"(?:{_NAME}{{2,7}}?(?:市|自治州|地区|盟)(?!场))?"
    rf"(?:{_NAME}{{1,6}}?(?:新区|开发区|高新区|自治县|林区|[区县旗])(?!域|块|位|级|外|内|间))?"
)
_PLAIN_LEAD = re.compile(r"^(?:中共|关于印发|关于|印发|转发|《|[\s〈<“]|\d{4}年(?:度)?)+")
_CONGRESS = re.compile(r"在\s*([㐀-鿿]{2,12}?)第[一二三四五六七八九十\d]+届")
_SERIES = re.compile(
    r"\d+\.\d+\s*版?|[vV]\d+(?:\.\d+)*|(?:19|20)\d{2}年?(?:版|本)|第[一二三四五六七八九十\d]+(?:版|批|辑|期)"
)
_INNER_TITLE = re.compile(
    r"(?:印发|发布|公布|转发|下发)[^《]{0,30}《([^《》]+)》|(?:印发|转发)(.+?)的通知"
)
_BRACKETED_TAIL = re.compile(r"[（(《〈][^（()）》〉]*[）)》〉]$|[》〉”]$")
_ATTACHED = re.compile(r"附件\s*\d*\s*[：:]\s*(.*)")
_ATTACHMENT_HEAD = re.compile(r"附件\s*[\d一二三四五六七八九十]*\s*$")
_ITEM = re.compile(r"\d+\s*[.．、]\s*")
_METADATA_REACH = 14
_LABELLED = frozenset({"metadata", "timestamp", "controls", "label"})


@dataclass(frozen=True, slots=True)
class _Patterns:
    kinds: tuple[tuple[DocumentKind, re.Pattern[str]], ...]
    labels: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _patterns() -> _Patterns:
    text = files("guantong.reading.documents").joinpath("data/head.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return _Patterns(
        kinds=tuple(
            (DocumentKind(entry["kind"]), re.compile(entry["pattern"])) for entry in table["kind"]
        ),
        labels=tuple(
            (name, re.compile(rf"[（(]?(?:{'|'.join(labels)})\s*[：:]\s*"))
            for name, labels in table["labels"].items()
        ),
    )


@dataclass(slots=True)
class _Finds:
    """Fields found so far; the first find of a field stays."""

    values: dict[str, str] = field(default_factory=dict)
    dates: dict[str, datetime.date] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)

    def keep(self, name: str, value: str, span: Span | None) -> None:
        if value and name not in self.values:
            self.values[name] = value
            if span is not None:
                self.spans[name] = span

    def keep_date(self, name: str, block: Block, start: int = 0) -> None:
        found = _DATE.search(block.clean, start)
        if found is None or name in self.dates:
            return
        if (day := _day(found.group())) is not None:
            self.dates[name] = day
            self.spans[name] = block.original_span(found.start(), found.end())


def read_head(blocks: Sequence[Block]) -> Head:
    """Return the head of one article, read from its blocks, noise included."""
    finds = _Finds()
    body = [block for block in blocks if block.kind is not BlockKind.NOISE]
    front = _front(body)
    _read_titles(finds, body)
    _read_labels(finds, blocks, front)
    _read_number(finds, front)
    _read_issuer(finds, front, body)
    _read_dates(finds, front, body, blocks)
    title = finds.values.get("title", "")
    kind = _kind(title, body, blocks)
    if series := _SERIES.search(title):
        finds.keep("series", series.group().strip(), None)
    region = _region(finds.values)
    issuer = finds.values.get("issuer", "")
    if region and _RELATIVE_ISSUER.match(issuer):
        issuer = region + "人民政府"
    published = finds.dates.get("published")
    return Head(
        title=title,
        subtitle=finds.values.get("subtitle", ""),
        issuer=issuer,
        number=finds.values.get("number", ""),
        date=finds.dates.get("date", published),
        published=published,
        region=region,
        kind=kind,
        series=finds.values.get("series", ""),
        source=finds.values.get("source", ""),
        language=language_of(block.clean for block in body[:40]),
        attachments=_attachments(body),
        spans=MappingProxyType(finds.spans),
    )


def _front(body: Sequence[Block]) -> list[Block]:
    """Return the blocks above the text: titles, number, addressee, key lines."""
    front = []
    for block in body[:_METADATA_REACH]:
        if block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE) or len(block.clean) > 120:
            break
        front.append(block)
    return front


def _read_titles(finds: _Finds, body: Sequence[Block]) -> None:
    for block in body:
        repeated = block.clean in finds.values.get("title", "")
        if block.kind is BlockKind.TITLE and not repeated:
            name = "title" if block.level <= 1 else "subtitle"
            finds.keep(name, block.clean.strip("—―- "), block.span)


def _read_labels(finds: _Finds, blocks: Sequence[Block], front: Sequence[Block]) -> None:
    """Read lines such as 发文机关：…; only those above the text tell when it was published."""
    in_front = {id(block) for block in front}
    shown = [b for b in blocks if b.rule in _LABELLED or id(b) in in_front]
    text = next((n for n, block in enumerate(blocks) if len(block.clean) > 120), len(blocks))
    above = {id(block) for block in blocks[:text]}
    for index, block in enumerate(shown):
        after = shown[index + 1] if index + 1 < len(shown) else None
        for name, start, end in _labels_in(block.clean):
            if id(block) in above or name not in ("date", "published"):
                _keep_labelled(finds, name, block, (start, end), after)
        if block.rule == "timestamp" and id(block) in above:
            finds.keep_date("published", block)


def _labels_in(line: str) -> list[tuple[str, int, int]]:
    """Return the fields that a line labels, each with the stretch of its value."""
    if "：" not in line and ":" not in line:
        return []
    found = [
        (name, match.start(), match.end())
        for name, pattern in _patterns().labels
        for match in pattern.finditer(line)
        if match.start() == 0 or not line[match.start() - 1].isalnum()
    ]
    starts = sorted({start for _, start, _ in found} | {len(line)})
    return [
        (name, end, next(stop for stop in starts if stop >= end)) for name, _, end in sorted(found)
    ]


def _keep_labelled(
    finds: _Finds, name: str, block: Block, value_at: tuple[int, int], after: Block | None
) -> None:
    start, end = value_at
    value = block.clean[start:end].strip(" ）)|丨")
    if name in ("date", "published"):
        finds.keep_date(name, block, start)
    elif value:
        finds.keep(name, value, block.original_span(start, start + len(value)))
    elif after is not None and len(after.clean) <= 20 and after.kind is BlockKind.NOISE:
        finds.keep(name, after.clean, after.span)


def _read_number(finds: _Finds, front: Sequence[Block]) -> None:
    for block in front:
        found = _NUMBER.search(block.clean)
        alone = found is not None and len(block.clean) <= len(found.group()) + 12
        if found is not None and (alone or block.kind is BlockKind.TITLE):
            value = re.sub(r"\s", "", found.group())
            finds.keep("number", value, block.original_span(found.start(), found.end()))


def _read_issuer(finds: _Finds, front: Sequence[Block], body: Sequence[Block]) -> None:
    title = next((block for block in front if block.kind is BlockKind.TITLE), None)
    if title is not None and (found := _TITLE_ISSUER.match(title.clean)):
        finds.keep("issuer", found[1], title.original_span(*found.span(1)))
    for block in body[:_METADATA_REACH]:
        if found := _ON_BEHALF.search(block.clean):
            finds.keep("issuer", found[1], block.original_span(*found.span(1)))
    for block in front:
        if len(block.clean) <= 40 and (found := _LETTERHEAD.fullmatch(block.clean)):
            finds.keep("issuer", found[1], block.original_span(*found.span(1)))
    for block, below in zip(body[-12:], body[-11:], strict=False):
        signed = len(block.clean) <= 60 and re.search(_ISSUER_ENDS + "$", block.clean)
        if signed and len(below.clean) <= 24 and _DATE.match(below.clean) is not None:
            finds.keep("issuer", block.clean, block.span)


def _read_dates(
    finds: _Finds, front: Sequence[Block], body: Sequence[Block], blocks: Sequence[Block]
) -> None:
    for block in front:
        if block.kind is BlockKind.TITLE and block.level == 2:
            finds.keep_date("date", block)
    for block in [*reversed(body[-12:]), *front]:
        found = _DATE.match(block.clean.lstrip("（("))
        if found is not None and len(block.clean) <= len(found.group()) + 6:
            finds.keep_date("date", block)
    for block in blocks:
        if block.rule == "masthead":
            finds.keep_date("published", block)


def _region(values: dict[str, str]) -> str:
    """Return the place in title, subtitle or issuing body, as worded."""
    if found := _CONGRESS.search(values.get("subtitle", "")):
        return found[1]
    for name in ("title", "issuer"):
        lead = _PLAIN_LEAD.sub("", _RELATIVE_ISSUER.sub("", values.get(name, "")))
        found = _REGION.match(lead)
        if found is not None and found.group():
            return found.group()
    return ""


def _kind(title: str, body: Sequence[Block], blocks: Sequence[Block]) -> DocumentKind:
    inner = _INNER_TITLE.search(title)
    for name in ([inner[1] or inner[2]] if inner is not None else []) + [title]:
        bare = _BRACKETED_TAIL.sub("", name.strip())
        bare = _BRACKETED_TAIL.sub("", bare)
        for kind, pattern in _patterns().kinds:
            if pattern.search(bare):
                return kind
    reported = any(block.rule in ("byline", "credit", "editor", "jump") for block in blocks)
    if reported or any(DATELINE.match(block.clean) for block in body[:8]):
        return DocumentKind.NEWS
    return DocumentKind.OTHER


def _attachments(body: Sequence[Block]) -> tuple[str, ...]:
    """Return the titles after 附件：, or those of the parts headed 附件."""
    listed: list[str] = []
    headed: list[str] = []
    for index, block in enumerate(body):
        found = _ATTACHED.match(block.clean)
        if found is not None and len(block.clean) <= 200:
            listed = [_attachment_name(found[1])] if found[1] else []
            for item in body[index + 1 : index + 30]:
                if not (mark := _ITEM.match(item.clean)) or len(item.clean) > 80:
                    break
                listed.append(_attachment_name(item.clean[mark.end() :]))
        elif _ATTACHMENT_HEAD.match(block.clean) and index + 1 < len(body):
            headed.append(_attachment_name(body[index + 1].clean))
    return tuple(name for name in listed or headed if name)


def _attachment_name(text: str) -> str:
    return _ITEM.sub("", text, count=1).strip(" 。；;")


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except InputError:
        return None


def language_of(texts: Iterable[str]) -> str:
    """Return ``zh``, ``en`` or ``other`` by the letters that the text is written with."""
    sample = "".join(texts)[:8000]
    letters = [char for char in sample if char.isalpha()]
    if not letters:
        return "zh"
    chinese = sum("㐀" <= char <= "鿿" for char in letters)
    kana = sum("぀" <= char <= "ヿ" for char in letters)
    latin = sum(char.isascii() for char in letters)
    if chinese >= 0.25 * len(letters) and kana < 0.1 * len(letters):
        return "zh"
    return "en" if latin >= 0.9 * len(letters) else "other"
