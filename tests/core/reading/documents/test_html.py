"""An HTML page is read as it is seen: hidden parts never, furniture as noise, tables as tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from guantong.errors import InputError
from guantong.reading.documents import BlockKind, Document, read_document

PROSE = "为支持中试平台建设，加快科技成果转化，培育发展新质生产力，结合本市实际，制定本措施。"
PAGE = Path(__file__).with_name("golden").joinpath("page.html").read_text("utf-8")


def read(html: str) -> Document:
    return read_document(html.encode(), name="a.html")


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    return [block.clean for block in document.blocks if block.kind in kinds]


def test_a_government_page_is_read_in_full_and_nothing_else() -> None:
    document = read(PAGE)
    assert texts(document, BlockKind.TITLE) == ["临江市支持中试平台建设若干措施"]
    assert texts(document, BlockKind.HEADING) == ["一、支持建设"]
    assert texts(document, BlockKind.PARAGRAPH) == [PROSE, "附件：1.申报表.docx"]
    assert texts(document, BlockKind.LIST_ITEM) == [
        "（一）对新建中试平台，按总投资30%、最高不超过1000万元给予补助。",
        "（二）对开放服务的，给予奖励。",
        "1.申报书",
        "2.营业执照",
    ]


def test_what_cannot_be_seen_is_not_read() -> None:
    text = read(PAGE).text
    for hidden in ("脚本", "看不见", "藏起来", "color:red"):
        assert hidden not in text


def test_navigation_related_news_and_footer_are_noise() -> None:
    document = read(PAGE)
    noise = texts(document, BlockKind.NOISE)
    for line in (
        "首页",
        "政务公开",
        "相关新闻",
        "某市召开会议投资500亿元",
        "版权所有 临江市人民政府",
    ):
        assert line in noise


def test_head_data_are_read_from_the_page() -> None:
    head = read(PAGE).head
    assert head.source == "临江市科技局"
    assert str(head.date) == "2026-03-05"
    assert head.region == "临江市"
    assert head.attachments == ("申报表.docx",)


def test_tables_keep_their_cells() -> None:
    document = read(PAGE)
    table = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    cells = [[span.of(document.text) for span in row] for row in table.cells]
    assert cells == [["级别", "补助（万元）"], ["国家级", "1000"], ["省级", "500"]]
    assert texts(document, BlockKind.CAPTION) == ["补助标准"]


def test_a_table_that_lays_out_the_page_is_read_as_text() -> None:
    cells = f"<td><h1>题目在此</h1><p>{PROSE}</p></td><td>旁栏</td>"
    document = read(f"<table><tr>{cells}</tr><tr><td>下</td></tr></table>")
    assert texts(document, BlockKind.TABLE) == []
    assert PROSE in texts(document, BlockKind.PARAGRAPH)


def test_cells_over_several_columns_keep_the_columns_in_place() -> None:
    html = "<table><tr><td colspan=2>合计<td>5<tr><td>甲<td>乙<td>6</table>"
    document = read(html)
    cells = [[span.of(document.text) for span in row] for row in document.blocks[0].cells]
    assert cells == [["合计", "", "5"], ["甲", "乙", "6"]]


def test_a_part_with_most_of_the_text_is_never_furniture() -> None:
    document = read(f'<body><div class="nav-content"><h1>题目在此</h1><p>{PROSE}</p></div></body>')
    assert PROSE in texts(document, BlockKind.PARAGRAPH)


def test_headings_have_their_depth() -> None:
    document = read(
        f"<h1>题目在此</h1><h2>甲</h2><h3>乙</h3><p>{PROSE}</p><h2>丙</h2><p>{PROSE}</p>"
    )
    levels = [(b.clean, b.level) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert levels == [("甲", 1), ("乙", 2), ("丙", 1)]


def test_lone_links_are_noise_but_links_in_sentences_are_text() -> None:
    document = read(f'<p><a href="x">某地签约</a></p><p>{PROSE[:-1]}，见<a href="y">全文</a>。</p>')
    assert texts(document, BlockKind.NOISE) == ["某地签约"]
    assert texts(document, BlockKind.PARAGRAPH) == [f"{PROSE[:-1]}，见全文。"]


@pytest.mark.parametrize("charset", ["gb2312", "gb18030", "utf-8", "utf-16"])
def test_pages_in_every_encoding_are_read(charset: str) -> None:
    html = f"<html><head><meta charset={charset}></head><body><p>{PROSE}</p></body></html>"
    assert read_document(html.encode(charset), name="a.html").blocks[0].clean == PROSE


def test_html_is_known_by_how_it_opens_whatever_its_name() -> None:
    assert read_document(PAGE.encode(), name="下载").format == "html"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 8_000 + PROSE,
        '<div class="nav">' * 4_000 + PROSE,
        "<table><tr><td>" * 1_500 + PROSE,
        "<a><b>" * 5_000 + PROSE,
        f"<p>{PROSE}<p>{PROSE}</div></span><table><p>{PROSE}",
    ],
    ids=["blocks", "furniture", "tables", "inline", "unclosed"],
)
def test_nesting_without_end_does_no_harm(html: str) -> None:
    assert PROSE in read(html).text


def test_entities_are_no_way_to_other_files() -> None:
    html = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><p>{PROSE}&x;</p>'
    assert "&x;" in read(html).text


@pytest.mark.parametrize(
    "html", ["<html></html>", "<script>1</script>", "<p hidden>藏</p>", "<p> </p>"]
)
def test_a_page_without_text_is_refused(html: str) -> None:
    with pytest.raises(InputError) as refused:
        read(html)
    assert refused.value.code == "documents.no_text"
