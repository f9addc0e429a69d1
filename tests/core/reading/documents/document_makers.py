"""Files in every format, made in memory: small PDF, DOCX, XLSX and ZIP writers."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 595, 842
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

Placed = tuple[float, float, float, str]


def pdf(pages: Iterable[Sequence[Placed]], *, encrypted: bool = False) -> bytes:
    """Return a PDF; each page is a list of (left, top, size, text), lengths in points."""
    contents = [
        b"BT\n"
        + b"".join(
            b"/F1 %g Tf 1 0 0 1 %g %g Tm <%s> Tj\n"
            % (size, left, HEIGHT - top - size, text.encode("utf-16-be").hex().encode())
            for left, top, size, text in page
        )
        + b"ET"
        for page in pages
    ]
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/ItalicAngle 0"
        b"/FontBBox[-25 -254 1000 880]/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (WIDTH, HEIGHT, 6 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    trailer = b"/Root 1 0 R"
    if encrypted:
        objects.append(b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"11" * 32, b"22" * 32))
        trailer += b"/Encrypt %d 0 R/ID[<00><00>]" % len(objects)
    return _with_table(objects, trailer)


def picture_pdf() -> bytes:
    """Return a PDF whose only page is a picture."""
    content = b"q 500 0 0 700 40 40 cm /I Do Q"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray"
        b"/Length 4>>stream\n\x00\xff\xff\x00\nendstream",
    ]
    return _with_table(objects, b"/Root 1 0 R")


def _with_table(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj" % number + content + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    return bytes(out)


def column(
    text: str, left: float, top: float, *, width: int, size: float = 12, leading: float = 20
) -> list[Placed]:
    """Return paragraphs (parted by line breaks) set in lines of ``width`` characters."""
    placed = []
    for paragraph in text.split("\n"):
        indent, rest = 2, paragraph
        while rest:
            count = _fitting(rest, width - indent)
            placed.append((left + indent * size, top, size, rest[:count]))
            rest, indent, top = rest[count:], 0, top + leading
    return placed


def _fitting(text: str, width: int) -> int:
    """Return how many characters fit; those of ASCII are half as wide."""
    used = 0.0
    for count, char in enumerate(text):
        used += 0.5 if char.isascii() else 1
        if used > width:
            return count
    return len(text)


def docx(
    body: str, *, styles: str = "", numbering: str = "", parts: dict[str, str] | None = None
) -> bytes:
    """Return a DOCX with the XML ``body``; ``p`` below makes paragraphs."""
    files: dict[str, str | bytes] = {
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    }
    if styles:
        files["word/styles.xml"] = f'<w:styles xmlns:w="{_W}">{styles}</w:styles>'
    if numbering:
        files["word/numbering.xml"] = f'<w:numbering xmlns:w="{_W}">{numbering}</w:numbering>'
    files.update(parts or {})
    return archive(files)


def part(tag: str, body: str) -> str:
    """Return the XML of a header, footer or footnotes part."""
    return f'<w:{tag} xmlns:w="{_W}">{body}</w:{tag}>'


def p(text: str, *, style: str = "", extra: str = "") -> str:
    """Return the XML of one paragraph."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{extra}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def archive(files: dict[str, str | bytes]) -> bytes:
    """Return a ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return out.getvalue()


def xlsx(sheets: dict[str, Sequence[Sequence[object]]], *, hidden: Sequence[str] = ()) -> bytes:
    """Return a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
