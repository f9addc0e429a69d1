"""PDF by its text layer, page by page; pages that are pictures are left to text recognition."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guantong.errors import ConfigurationError, InputError
from guantong.reading.documents.drafts import Draft, DraftWriter, Source
from guantong.reading.documents.model import BlockKind, Remark
from guantong.reading.documents.readers.layout import (
    Line,
    Passage,
    Segment,
    lines_in_order,
    passages,
)
from guantong.reading.documents.readers.ocr import recognise_page, recogniser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_PASSWORD_ERROR = 4
_EDGE_LINES = 3
_EDGE_SHARE = 0.085
_HEADER_SHARE = 0.12
_FEWEST_REPEATS = 3
_FEW_PAGES = 8
_PAGE_NUMBER = re.compile(
    r"[-—–－·•\s]*(?:第\s*)?[\dIVXivx]{1,5}(?:\s*页)?[-—–－·•\s]*(?:(?:[/／]|共|of)\s*\d{1,5}\s*页?)?"
)
_FEWEST_CHARACTERS = 8
_LONGEST_HEADING = 90
_TITLE_SIZE = 1.25
_HEADING_SIZE = 1.12


@dataclass(slots=True)
class _Page:
    number: int
    height: float
    lines: list[Line]
    scanned: bool = False


class PdfReader:
    """Reads PDF files; the text layer is used where there is one."""

    def read(self, source: Source) -> Draft:
        """Return paragraphs, headings and tables; headers and footers come last, as noise."""
        pages = list(_pages(source))
        scanned = [page.number for page in pages if page.scanned]
        if len(scanned) == len(pages):
            raise ConfigurationError("documents.ocr_missing", file=source.name)
        writer = DraftWriter(source)
        if scanned:
            params = {"file": source.name, "count": len(scanned), "first": scanned[0]}
            writer.remarks.append(Remark("documents.scanned_pages", params))
        furniture = _take_furniture(pages)
        body, usual = _body_size(pages), _usual_margins(pages)
        for page in pages:
            if page.number > 1:
                writer.turn_page()
            _write_page(writer, page, body, usual)
        for number, line in furniture:
            writer.add(line.text, kind=BlockKind.NOISE, rule="page_furniture", page=number)
        return writer.draft(whole=False)


def _pages(source: Source) -> Iterator[_Page]:
    """Yield the lines of page after page; only one page is held open."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR or "assword" in str(error)
        raise InputError(
            "documents.password" if locked else "documents.damaged", file=source.name
        ) from error
    with closing(document):
        total = len(document)
        _check_pages(source, total)
        recognise: Callable[[Any], list[Segment]] | None = None
        for index in range(total):
            try:
                page = document[index]
            except pypdfium2.PdfiumError as error:
                raise InputError("documents.damaged", file=source.name) from error
            with closing(page):
                segments = _segments(page)
                scanned = sum(len(part.text) for part in segments) < _FEWEST_CHARACTERS
                if scanned and _has_picture(page):
                    recognise = recognise or recogniser()
                    if recognise is not None:
                        segments = recognise_page(page, recognise)
                        scanned = False
                else:
                    scanned = False
                height = page.get_height()
            yield _Page(index + 1, height, lines_in_order(segments), scanned)
            source.report(index + 1, total)


def _check_pages(source: Source, total: int) -> None:
    if total == 0:
        raise InputError("documents.damaged", file=source.name)
    if total > source.limits.pages:
        raise InputError(
            "documents.too_many_pages", file=source.name, pages=total, limit=source.limits.pages
        )


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    return any(found.type == raw.FPDF_PAGEOBJ_IMAGE for found in page.get_objects(max_depth=3))


def _segments(page: Any) -> list[Segment]:
    """Return the printed characters of a page, put together where they touch."""
    import ctypes

    import pypdfium2.raw as raw

    height = page.get_height()
    found: list[Segment] = []
    spaced = False
    with closing(page.get_textpage()) as text_page:
        handle, box = text_page.raw, raw.FS_RECTF()
        for index in range(text_page.count_chars()):
            code = raw.FPDFText_GetUnicode(handle, index)
            if code <= 32 or code == 0xA0 or code == 0x3000:
                spaced = spaced or code > 13
                continue
            if 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF, 0xAD):
                continue
            if not raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box)):
                continue
            part = Segment(chr(code), box.left, box.right, height - box.top, height - box.bottom)
            if part.size <= 0:
                part.top, part.bottom = part.bottom - 10, part.bottom or 10
            _append(found, part, spaced)
            spaced = False
    return found


def _append(found: list[Segment], part: Segment, spaced: bool) -> None:
    last = found[-1] if found else None
    if last is not None:
        size = min(part.size, last.size)
        level = abs(part.bottom - last.bottom) < 0.4 * size
        gap = part.left - last.right
        if level and -0.5 * size < gap < 0.8 * size:
            last.extend(part, " " if spaced and gap > 0.15 * size else "")
            return
    found.append(part)


def _take_furniture(pages: Sequence[_Page]) -> list[tuple[int, Line]]:
    """Take headers, footers and page numbers out of the pages and return them."""
    few = len(pages) < _FEW_PAGES
    often = 2 if few else max(_FEWEST_REPEATS, len(pages) * 0.25)
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_pattern(page, line, few) for line in _edge_lines(page, few)})
    taken: list[tuple[int, Line]] = []
    for page in pages:
        for line in _edge_lines(page, few):
            number = _PAGE_NUMBER.fullmatch(line.text) and _near_edge(page, line)
            if number or counts[_pattern(page, line, few)] >= often:
                taken.append((page.number, line))
                page.lines.remove(line)
    return taken


def _edge_lines(page: _Page, few: bool) -> list[Line]:
    """Return the lines that may be furniture; with few pages, only those far out."""
    ordered = sorted(page.lines, key=lambda line: line.top)
    share = _EDGE_SHARE if few else _HEADER_SHARE
    outer = ordered if len(ordered) <= 2 * _EDGE_LINES else _ends(ordered)
    return [line for line in outer if _near_edge(page, line, share)]


def _ends(lines: list[Line]) -> list[Line]:
    return lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]


def _near_edge(page: _Page, line: Line, share: float = _EDGE_SHARE) -> bool:
    return line.bottom < page.height * share or line.top > page.height * (1 - share)


def _pattern(page: _Page, line: Line, exact: bool) -> str:
    """Return the half of the page and the text of a line, with numbers blanked if not exact."""
    half = "above" if line.top < page.height / 2 else "below"
    text = line.text.replace(" ", "")
    return half + (text if exact else re.sub(r"[\dIVXivx]+", "#", text))


def _body_size(pages: Sequence[_Page]) -> float:
    """Return the height of print that most characters of the document have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _usual_margins(pages: Sequence[_Page]) -> tuple[float, float] | None:
    """Return the left and right margin of the lines of pages with one column."""
    lines = [line for page in pages for line in page.lines if len(page.lines) > 1]
    if not lines or any(line.column for line in lines):
        return None
    lefts = Counter(round(line.left) for line in lines)
    rights = sorted(line.right for line in lines)
    return float(lefts.most_common(1)[0][0]), rights[int(len(rights) * 0.8)]


def _write_page(
    writer: DraftWriter, page: _Page, body: float, usual: tuple[float, float] | None
) -> None:
    above: Line | None = None
    opening = page.number == 1
    for passage in passages(page.lines, usual):
        if passage.rows:
            writer.add_table(passage.rows)
        else:
            kind, level = _kind(passage, body, opening)
            gap = 1 if above is None or passage.lines[0].top - above.bottom > 0.8 * body else 0
            writer.add(passage.text, kind=kind, level=level, gap=gap, indented=passage.indented)
        above = passage.lines[-1]
        sentence = passage.text.endswith("。") or len(passage.text) > _LONGEST_HEADING
        opening = opening and not sentence


def _kind(passage: Passage, body: float, opening: bool) -> tuple[BlockKind | None, int]:
    """Tell titles and headings by the height of their print; a title stands above all text."""
    text = passage.text
    long = len(text) > _LONGEST_HEADING or len(passage.lines) > 4
    ratio = passage.size / body
    if long or ratio < _HEADING_SIZE or text.endswith(("。", "；")):
        return None, 0
    return (BlockKind.TITLE, 1) if opening and ratio >= _TITLE_SIZE else (BlockKind.HEADING, 0)
