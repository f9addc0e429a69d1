"""Whatever is handed in: a document or a coded error with advice, never anything else."""

from __future__ import annotations

import io
import struct
import sys
import tomllib
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest
from document_makers import archive, column, docx, p, pdf, xlsx
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import GuantongError, InputError, NotFoundError
from guantong.messages import LANGUAGES, render
from guantong.reading.documents import Limits, read_document

PROSE = "支持企业与高校院所共建联合实验室，开展关键核心技术攻关，对承担国家项目的企业给予配套支持。"
PDF = pdf([column(PROSE, 80, 100, width=30)])
DOCX = docx(p(PROSE))
XLSX = xlsx({"甲": [["指标", "数值"], ["企业", 5]]})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(data: bytes | Path, name: str | None = None, limits: Limits | None = None) -> str:
    """Return the code of the error that ``data`` meets; check that it is told in full."""
    with pytest.raises(GuantongError) as refused:
        read_document(data, name=name, limits=limits or Limits())
    for lang in LANGUAGES:
        sentence = render(refused.value.code, lang, **refused.value.params)
        assert not sentence.startswith(refused.value.code)
        assert "{" not in sentence
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "documents.empty"),
        (b"", "a.pdf", "documents.empty"),
        (b" \n\t\r\n", "a.txt", "documents.no_text"),
        (PDF[:200], "a.pdf", "documents.damaged"),
        (b"%PDF-1.7\n" + bytes(2000), "a.pdf", "documents.damaged"),
        (b"no pdf at all", "a.pdf", "documents.damaged"),
        (pdf([[(80, 80, 12, "密")]], encrypted=True), "a.pdf", "documents.password"),
        (DOCX[: len(DOCX) // 2], "a.docx", "documents.damaged"),
        (b"no docx at all", "a.docx", "documents.damaged"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "documents.password"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "documents.password"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "documents.old_office"),
        (archive({"a.txt": PROSE}), "a.zip", "documents.unknown_format"),
        (archive({"a.txt": PROSE}), "a.docx", "documents.damaged"),
        (b"{\\rtf1 text}", "a.rtf", "documents.unknown_format"),
        (bytes(range(1, 32)) * 40, "a.txt", "documents.not_text"),
        (b"\xff\xd8\xff" + bytes(20), "a.jpg", "documents.ocr_missing"),
    ],
)
def test_unusable_files_are_refused_with_advice(
    monkeypatch: pytest.MonkeyPatch, data: bytes, name: str, code: str
) -> None:
    monkeypatch.setattr("guantong.reading.documents.readers.ocr.find_spec", lambda name: None)
    assert refusal(data, name) == code


def test_a_part_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert refusal(PDF, "a.pdf") == "documents.part_missing"


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as refused:
        read_document(tmp_path / "不存在.txt")
    assert refused.value.code == "documents.not_found"
    assert refusal(tmp_path) == "documents.unreadable"


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as out:
        out.truncate(201 * 1024 * 1024)
    with pytest.raises(InputError) as refused:
        read_document(path)
    assert refused.value.code == "documents.too_large"
    assert refused.value.params == {"file": "large.txt", "size": 201, "limit": 200}


@pytest.mark.parametrize(
    ("data", "name"), [(PROSE.encode() * 40, "a.txt"), (docx(p(PROSE) * 40), "a.docx")]
)
def test_text_over_the_limit_is_refused(data: bytes, name: str) -> None:
    assert refusal(data, name, Limits(characters=500)) == "documents.too_long"


def test_pages_over_the_limit_are_refused() -> None:
    assert refusal(pdf([column(PROSE, 80, 100, width=30)] * 4), "a.pdf", Limits(pages=3)) == (
        "documents.too_many_pages"
    )


@pytest.mark.parametrize("part", ["word/document.xml", "word/media/image1.bin"])
def test_a_bomb_is_refused_by_what_it_declares(part: str) -> None:
    bomb = archive({"word/document.xml": "<a/>", part: b"0" * 3_000_000})
    assert len(bomb) < 10_000
    assert (
        refusal(bomb, "a.docx", Limits(unpacked_bytes=1_000_000)) == "documents.unpacks_too_large"
    )


def test_a_single_part_has_a_limit_of_its_own() -> None:
    bomb = archive({"word/document.xml": b" " * 3_000_000})
    assert refusal(bomb, "a.docx", Limits(part_bytes=1_000_000)) == "documents.unpacks_too_large"


def test_a_bomb_that_lies_about_its_size_is_stopped() -> None:
    honest = archive({"word/document.xml": b"0" * 3_000_000})
    size = struct.pack("<L", 3_000_000)
    assert honest.count(size) >= 2
    liar = honest.replace(size, struct.pack("<L", 1_000))
    assert refusal(liar, "a.docx", Limits(unpacked_bytes=1_000_000)) == "documents.damaged"


def test_a_workbook_is_unpacked_within_the_limits_before_the_library_sees_it() -> None:
    out = io.BytesIO(XLSX)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/worksheets/sheet9.xml", b"0" * 3_000_000)
    assert refusal(out.getvalue(), "a.xlsx", Limits(unpacked_bytes=1_000_000)) == (
        "documents.unpacks_too_large"
    )


def test_an_archive_with_a_password_is_told() -> None:
    data = bytearray(DOCX)
    data[6] |= 1
    start = data.rindex(b"PK\x01\x02")
    data[start + 8] |= 1
    assert refusal(bytes(data), "a.docx") == "documents.password"


@settings(max_examples=120, deadline=None)
@given(
    st.binary(min_size=1, max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a"])
)
def test_any_bytes_give_a_document_or_a_coded_error(data: bytes, name: str) -> None:
    try:
        document = read_document(data, name=name)
    except GuantongError as error:
        assert error.code.startswith("documents.")
    else:
        assert document.blocks


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from([(PDF, "a.pdf"), (DOCX, "a.docx"), (XLSX, "a.xlsx")]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12),
    st.floats(0.2, 1),
)
def test_any_damage_gives_a_document_or_a_coded_error(
    file: tuple[bytes, str], changes: list[tuple[float, int]], kept: float
) -> None:
    data = bytearray(file[0][: int(len(file[0]) * kept)])
    for place, value in changes:
        data[int(place * (len(data) - 1))] = value
    try:
        read_document(bytes(data), name=file[1])
    except GuantongError as error:
        assert error.code.startswith("documents.")


@settings(max_examples=80, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_text_is_covered_by_blocks_in_order(text: str) -> None:
    try:
        data = text.encode()
        document = read_document(data, name="a.txt")
    except (InputError, UnicodeEncodeError):
        return
    position = 0
    for block in document.blocks:
        assert document.text[position : block.span.start].strip("\ufeff").strip() == ""
        assert block.span.start < block.span.end
        position = block.span.end
    assert document.text[position:].strip() == ""


def test_every_sentence_stands_in_both_languages_with_the_same_parameters() -> None:
    tables = [
        tomllib.loads(
            files("guantong.messages").joinpath(f"{lang}/documents.toml").read_text("utf-8")
        )
        for lang in LANGUAGES
    ]
    chinese, english = (table["documents"] for table in tables)
    assert chinese.keys() == english.keys()
    for name, sentence in chinese.items():
        fields = {part.split("}")[0] for part in sentence.split("{")[1:]}
        assert fields == {part.split("}")[0] for part in english[name].split("{")[1:]}, name


def test_every_code_that_is_raised_has_its_sentence() -> None:
    root = Path(str(files("guantong.reading.documents")))
    used = set()
    for path in root.rglob("*.py"):
        source = path.read_text("utf-8")
        used |= {part.split('"')[0] for part in source.split('"documents.')[1:]}
    text = files("guantong.messages").joinpath("zh/documents.toml").read_text("utf-8")
    assert used == set(tomllib.loads(text)["documents"])
