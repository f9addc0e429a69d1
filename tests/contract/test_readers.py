"""Every reader keeps one contract: pieces in order inside the text, pages that cover it."""

from __future__ import annotations

import io
import zipfile
from importlib.metadata import EntryPoint
from types import SimpleNamespace

import openpyxl
import pytest

from guantong.errors import ConfigurationError, GuantongError, InputError
from guantong.reading.documents import Draft, DraftWriter, Limits, Source, detection, read_document
from guantong.reading.documents.detection import BUILT_IN, GROUP, format_of, reader_named
from guantong.reading.documents.readers import ocr

LINES = (
    "临江市支持中试平台建设若干措施",
    "对新建中试平台，按总投资的30%、最高不超过1000万元给予补助。",
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _docx() -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        content = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        target.writestr("word/document.xml", content)
    return out.getvalue()


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for line in LINES:
        book.worksheets[0].append([line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pdf() -> bytes:
    shown = b"".join(
        b"/F 12 Tf 1 0 0 1 60 %d Tm <%s> Tj "
        % (700 - 60 * row, line.encode("utf-16-be").hex().encode())
        for row, line in enumerate(LINES)
    )
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\nBT %s ET\nendstream" % (len(shown) + 6, shown),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts"
        b"[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>]>>",
    )
    out = b"%PDF-1.4\n"
    for number, content in enumerate(objects, 1):
        out += b"%d 0 obj%s endobj\n" % (number, content)
    return out + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


FILES: dict[str, bytes] = {
    "text": "\n\n".join(LINES).encode(),
    "html": f"<html><body><h1>{LINES[0]}</h1><p>{LINES[1]}</p></body></html>".encode(),
    "docx": _docx(),
    "pdf": _pdf(),
    "xlsx": _xlsx(),
    "image": b"\x89PNG\r\n\x1a\n" + bytes(32),
}


@pytest.fixture(params=sorted(FILES))
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name one reader; that of pictures gets an engine that sees the two lines."""
    boxes = [
        [[60, top], [right, top], [right, top + 20], [60, top + 20]]
        for top, right in ((60, 400), (180, 900))
    ]
    seen = SimpleNamespace(boxes=boxes, txts=LINES, scores=(1.0, 1.0))
    monkeypatch.setattr(ocr, "find_spec", lambda name: object())
    monkeypatch.setattr(ocr, "_engine", lambda: lambda picture: seen)
    monkeypatch.setattr(ocr, "_opened", lambda source: source.data)
    return str(request.param)


def source(kind: str, **changes: object) -> Source:
    given = {"name": "文件", "data": FILES[kind], "limits": Limits()} | changes
    return Source(**given)  # type: ignore[arg-type]


def draft(kind: str) -> Draft:
    return reader_named(kind).read(source(kind))


def test_the_file_is_known_whatever_its_name(kind: str) -> None:
    assert format_of(source(kind)) == kind


def test_all_text_is_read(kind: str) -> None:
    text = draft(kind).text
    assert all(line in text.replace("\n", "") for line in LINES)


def test_pieces_stand_in_order_where_they_say(kind: str) -> None:
    made, position = draft(kind), 0
    assert made.pieces
    for piece in made.pieces:
        assert made.text[piece.start : piece.end] == piece.text
        assert piece.text == piece.text.strip() != ""
        assert position <= piece.start
        position = piece.end


def test_what_no_piece_holds_is_white_space(kind: str) -> None:
    made = draft(kind)
    left = list(made.text)
    for piece in made.pieces:
        left[piece.start : piece.end] = " " * (piece.end - piece.start)
    assert not "".join(left).strip()


def test_pages_cover_the_text_and_number_the_pieces(kind: str) -> None:
    made = draft(kind)
    assert made.pages[0].start == 0
    assert made.pages[-1].end == len(made.text)
    assert all(a.end == b.start for a, b in zip(made.pages, made.pages[1:], strict=False))
    for piece in made.pieces:
        page = made.pages[piece.page - 1]
        assert page.start <= piece.start < page.end


def test_cells_of_a_table_lie_in_it(kind: str) -> None:
    for piece in draft(kind).pieces:
        for span in (span for row in piece.cells for span in row):
            assert piece.start <= span.start <= span.end <= piece.end


def test_reading_twice_gives_the_same(kind: str) -> None:
    assert draft(kind) == draft(kind)


def test_the_title_is_found_in_every_format(kind: str) -> None:
    document = read_document(FILES[kind], name="文件")
    assert document.head.title == LINES[0]
    assert document.format == kind
    assert len(document.sha256) == 64


def test_the_limit_of_characters_holds(kind: str) -> None:
    with pytest.raises(InputError) as refused:
        reader_named(kind).read(source(kind, limits=Limits(characters=10)))
    assert refused.value.code == "documents.too_long"


def test_half_a_file_meets_a_coded_error_or_is_read(kind: str) -> None:
    try:
        read_document(FILES[kind][: len(FILES[kind]) // 2], name="文件")
    except GuantongError as error:
        assert error.code.startswith("documents.")


def test_an_unknown_reader_is_refused_with_those_there_are() -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_document(FILES["text"], name="a.txt", reader="papyrus")
    assert refused.value.code == "documents.no_reader"
    assert "docx" in str(refused.value.params["known"])


class UpperReader:
    """A reader that somebody else brings."""

    def read(self, source: Source) -> Draft:
        """Return the words of the file in capitals."""
        writer = DraftWriter(source)
        writer.add(source.data.decode("ascii").upper())
        return writer.draft()


def test_a_reader_of_others_is_found_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("loud", f"{__name__}:UpperReader", GROUP)
    monkeypatch.setattr(detection, "_registered", lambda: {"loud": entry})
    document = read_document(b"whispered words", name="a.loud")
    assert document.text == "WHISPERED WORDS\n"
    assert document.format == "loud"


def test_every_reader_of_ours_has_a_file_here() -> None:
    assert set(FILES) == set(BUILT_IN)
