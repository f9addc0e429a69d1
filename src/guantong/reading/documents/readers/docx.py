"""Word documents: paragraphs with their styles and automatic numbers, tables, page breaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guantong.reading.documents.containers import Archive, parse_xml
from guantong.reading.documents.drafts import Draft, DraftWriter, Source
from guantong.reading.documents.model import BlockKind
from guantong.reading.documents.readers.docx_styles import Numbering, Style, read_styles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MAIN = "word/document.xml"
# Deleted text, the fall-back twin of a drawing, and field codes such as PAGE.
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "rt"})
_BREAKS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}


class DocxReader:
    """Reads DOCX files."""

    def read(self, source: Source) -> Draft:
        """Return body, footnotes and, as noise, headers and footers."""
        archive = Archive(source.data, source.name, source.limits)
        styles = read_styles(_optional(archive, "word/styles.xml"), source.name)
        numbering = Numbering.read(_optional(archive, "word/numbering.xml"), source.name)
        writer = DraftWriter(source)
        _Body(writer, styles, numbering).read(archive.read(_MAIN))
        for part in _parts(archive, ("word/footnotes", "word/endnotes")):
            _Body(writer, styles, numbering).read(archive.read(part))
        for part in _parts(archive, ("word/header", "word/footer")):
            _Body(writer, styles, numbering, rule="page_furniture").read(archive.read(part))
        return writer.draft()


def _optional(archive: Archive, part: str) -> bytes:
    return archive.read(part) if part in archive.parts else b""


def _parts(archive: Archive, prefixes: tuple[str, ...]) -> Iterator[str]:
    for part in sorted(archive.parts):
        if part.startswith(prefixes) and part.endswith(".xml"):
            yield part


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is still being read."""

    text: list[str] = field(default_factory=list)
    style: str = ""
    outline: int = 0
    number: tuple[str, int] | None = None
    hidden: bool = False


@dataclass(slots=True)
class _Table:
    """A table that is still being read; a table inside a cell is read as its text."""

    rows: list[list[str]] = field(default_factory=list)
    span: int = 1


@dataclass(slots=True)
class _Body:
    """Reads one part of the file as its XML goes by."""

    writer: DraftWriter
    styles: Mapping[str, Style]
    numbering: Numbering
    rule: str = ""
    paragraphs: list[_Paragraph] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    skipping: int = 0
    in_text: bool = False

    def read(self, data: bytes) -> None:
        """Walk through the part."""
        parse_xml(
            data, self.writer.source.name, start=self._start, end=self._end, text=self._characters
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        if self.skipping or tag in _SKIPPED:
            self.skipping += 1
            return
        value = _value(attributes, "val")
        if tag == "p":
            self.paragraphs.append(_Paragraph())
        elif tag == "t":
            self.in_text = True
        elif tag in ("tbl", "tr", "tc", "gridSpan"):
            self._start_of_table(tag, value)
        elif self.paragraphs:
            self._inside_paragraph(tag, value, attributes)

    def _inside_paragraph(self, tag: str, value: str, attributes: dict[str, str]) -> None:
        paragraph = self.paragraphs[-1]
        if tag in _BREAKS:
            paragraph.text.append(_BREAKS[tag])
        elif tag == "br":
            self._break(paragraph, _value(attributes, "type"))
        elif tag == "lastRenderedPageBreak":
            self._break(paragraph, "page")
        elif tag == "pStyle":
            paragraph.style = value
        elif tag == "outlineLvl" and value.isdigit():
            paragraph.outline = int(value) + 1
        elif tag == "numId":
            paragraph.number = (value, paragraph.number[1] if paragraph.number else 0)
        elif tag == "ilvl" and value.isdigit():
            paragraph.number = (paragraph.number[0] if paragraph.number else "", int(value))
        elif tag == "vanish":
            paragraph.hidden = value not in ("0", "false")
        elif tag == "r":
            paragraph.hidden = False

    def _break(self, paragraph: _Paragraph, kind: str) -> None:
        if kind != "page":
            paragraph.text.append("\n")
        elif not self.tables and not self.rule:
            self.writer.turn_page()

    def _start_of_table(self, tag: str, value: str) -> None:
        if tag == "tbl":
            self.tables.append(_Table())
        elif not self.tables:
            return
        elif tag == "tr":
            self.tables[-1].rows.append([])
        elif tag == "tc":
            self.tables[-1].span = 1
            if self.tables[-1].rows:
                self.tables[-1].rows[-1].append("")
        elif value.isdigit():
            self.tables[-1].span = min(int(value), 60)

    def _characters(self, text: str) -> None:
        shown = self.in_text and not self.skipping and self.paragraphs
        if shown and not self.paragraphs[-1].hidden:
            self.paragraphs[-1].text.append(text)

    def _end(self, name: str) -> None:
        tag = name.rpartition("}")[2]
        if self.skipping:
            self.skipping -= 1
        elif tag == "t":
            self.in_text = False
        elif tag == "p" and self.paragraphs:
            self._finish(self.paragraphs.pop())
        elif tag == "tc" and self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1] += [""] * (self.tables[-1].span - 1)
        elif tag == "tbl" and self.tables:
            self._finish_table(self.tables.pop())

    def _finish(self, paragraph: _Paragraph) -> None:
        text = self._numbered(paragraph, "".join(paragraph.text).strip())
        if not text:
            return
        if self.tables:
            self._add_to_cell(text)
        elif self.rule:
            self.writer.add(text, kind=BlockKind.NOISE, rule=self.rule)
        else:
            kind, level, rule = self._kind(paragraph)
            for line in text.split("\n"):
                self.writer.add(line, kind=kind, level=level, rule=rule)

    def _numbered(self, paragraph: _Paragraph, text: str) -> str:
        style = self.styles.get(paragraph.style, Style())
        number = paragraph.number or style.number
        if number is None or not text:
            return text
        return self.numbering.label(*number) + text

    def _kind(self, paragraph: _Paragraph) -> tuple[BlockKind | None, int, str]:
        style = self.styles.get(paragraph.style, Style())
        if style.kind is not None:
            return style.kind, style.level, "contents" if style.kind is BlockKind.NOISE else ""
        level = paragraph.outline or style.level
        return (BlockKind.HEADING, level, "") if 0 < level <= 9 else (None, 0, "")

    def _add_to_cell(self, text: str) -> None:
        rows = self.tables[-1].rows
        if rows and rows[-1]:
            rows[-1][-1] = f"{rows[-1][-1]} {text}".strip()

    def _finish_table(self, table: _Table) -> None:
        cells = [cell for row in table.rows for cell in row if cell]
        if self.tables:
            self._add_to_cell(" ".join(cells))
        elif self.rule:
            self.writer.add(" ".join(cells), kind=BlockKind.NOISE, rule=self.rule)
        elif len(cells) == 1 or max(map(len, table.rows), default=0) == 1:
            for cell in cells:
                self.writer.add(cell)
        else:
            self.writer.add_table(table.rows)


def _value(attributes: dict[str, str], name: str) -> str:
    """Return an attribute by its local name; its namespace differs between kinds of DOCX."""
    for key, value in attributes.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""
