"""The page of a document, looked at as a browser without scripts would."""

import re
from html.parser import HTMLParser

import pytest

from guantong.reading.documents import BlockKind
from guantong.reading.exports import write_readings
from guantong.reading.exports.page import reading_page
from guantong.reading.sources import Reading
from guantong.reading.statements import StatementKind

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """Collects elements, texts and the text marked by each link; fails on bad nesting."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.ids, self.open = [], [], []
        self.marked, self.cards = {}, {}
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.elements.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if tag not in VOID:
            self.open.append((tag, found))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for tag, found in self.open:
            if tag == "a" and found.get("class", "").startswith("m "):
                target = found["href"].removeprefix("#r")
                self.marked[target] = self.marked.get(target, "") + data
            if tag == "article" and found.get("class", "").startswith("card"):
                self.cards[found["id"]] = self.cards.get(found["id"], "") + data


def page_of(*readings, **options):
    return "\n".join(reading_page(readings, **options))


@pytest.fixture(params=["guizhou", "news", "measures"])
def any_reading(request):
    return request.getfixturevalue(request.param)


def test_every_record_has_a_card_and_a_place_in_the_text(any_reading):
    page = Page(page_of(any_reading))
    for number in range(1, len(any_reading.statements) + 1):
        assert f"r1-{number}" in page.ids
        assert f"q1-{number}" in page.ids
    assert len(page.ids) == len(set(page.ids))


def test_every_link_leads_somewhere_on_the_page(any_reading):
    page = Page(page_of(any_reading))
    links = [found["href"] for tag, found in page.elements if tag == "a"]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(page.ids)
    assert all(link.startswith("#") for link in links)


def test_nothing_is_loaded_from_anywhere_and_nothing_runs(any_reading):
    html = page_of(any_reading)
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.elements}
    assert "http" not in html.replace('http-equiv="', "")
    assert "url(" not in html
    assert "default-src 'none'" in html


def test_the_whole_text_is_shown_once(any_reading):
    html = page_of(any_reading)
    text = re.sub(r"<span class=\"number\".*?</span>|<aside.*?</aside>", "", html, flags=re.DOTALL)
    shown = re.sub(r"<[^>]+>|\s", "", text[text.index('<article class="text"') :])
    for block in any_reading.document.blocks:
        assert shown.count(re.sub(r"\s", "", block.clean)) >= 1


def test_marked_words_are_those_of_the_quote(guizhou):
    page = Page(page_of(guizhou))
    for number, statement in enumerate(guizhou.statements, 1):
        if statement.kind is StatementKind.INDICATOR and f"1-{number}" in page.marked:
            assert page.marked[f"1-{number}"] in statement.quote


def test_where_two_records_share_words_the_shorter_is_opened(guizhou):
    page = Page(page_of(guizhou))
    numbers = {each.quote: number for number, each in enumerate(guizhou.statements, 1)}
    short, long = "一般公共预算收入达到2200亿元", "一般公共预算收入达到2200亿元、增长3%"
    assert page.marked[f"1-{numbers[short]}"] == short
    assert page.marked[f"1-{numbers[long]}"] == "、增长3%"


def test_a_mention_never_hides_what_is_said_of_it(news):
    page = Page(page_of(news))
    for number, statement in enumerate(news.statements, 1):
        if statement.kind is StatementKind.ACHIEVEMENT:
            assert statement.quote.endswith(page.marked[f"1-{number}"][-4:])


def test_each_kind_can_be_hidden_without_scripts(news):
    html = page_of(news)
    page = Page(html)
    kinds = {statement.kind.value for statement in news.statements}
    boxes = {found["id"]: found for tag, found in page.elements if tag == "input"}
    labels = [found["for"] for tag, found in page.elements if tag == "label"]
    assert set(boxes) == {f"f-{kind}" for kind in kinds} == set(labels)
    for kind in kinds:
        assert f"#f-{kind}:not(:checked) ~ main .card.{kind}" in html
    assert "checked" not in boxes["f-mention"]
    assert "checked" in boxes["f-achievement"]


def test_mentions_are_shown_where_there_is_nothing_else(read_text):
    page = Page(page_of(read_text("贵阳与遵义\n\n贵阳和遵义都在山里。\n", kinds=["mention"])))
    box = next(found for tag, found in page.elements if tag == "input")
    assert "checked" in box


def test_what_was_not_read_is_folded_away(read_text):
    page = "云岩简讯\n\n【字号：\n大\n中\n小\n】\n打印\n分享到\n\n"
    text = page + "贵阳市科技创新大会3月8日举行，有关单位负责人参加了会议。\n"
    reading = read_text(text, "noise.txt")
    noise = [block for block in reading.document.blocks if block.kind is BlockKind.NOISE]
    assert noise
    html = page_of(reading)
    folded = "".join(re.findall(r'<details class="noise">.*?</details>', html, flags=re.DOTALL))
    assert all(f"<p>{block.clean}</p>" in folded for block in noise)


def test_a_text_that_holds_markup_is_shown_as_text(read_text):
    evil = '测试报告\n\n<script>alert("x")</script>新增绿色工厂50家，<b>“&amp;”</b>园区20个。\n'
    reading = read_text("2026年贵州省政府工作报告\n\n二、2026年工作安排\n" + evil, "evil.txt")
    html = page_of(reading)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    Page(html)


def test_a_file_name_and_title_are_shown_as_text(read_text):
    html = page_of(read_text("“<i>”的通知\n\n各位同事：明天休息。\n", "<img src=x>.txt"))
    assert "<img" not in html
    assert "<i>" not in html


def test_rules_are_told_where_wanted(guizhou):
    assert "数字前面的名词是指标名" in page_of(guizhou, explained=True)
    assert "数字前面的名词是指标名" not in page_of(guizhou)


def test_a_card_says_what_the_record_says(guizhou):
    page = Page(page_of(guizhou))
    number = next(n for n, s in enumerate(guizhou.statements, 1) if s.quote.startswith("城镇新增"))
    card = page.cards[f"r1-{number}"]
    assert "城镇新增就业：60万人以上" in card
    assert "目标" in card
    assert "2026" in card
    assert "第8段" in card


def test_the_page_speaks_english_too(guizhou):
    html = page_of(guizhou, lang="en")
    assert '<html lang="en">' in html
    assert "城镇新增就业: at least 600,000 人" in html
    assert "reading." not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def test_several_documents_share_a_page_with_contents(guizhou, news):
    html = page_of(guizhou, news)
    page = Page(html)
    assert {"d1", "d2", "r2-1"} <= set(page.ids)
    assert 'href="#d2"' in html
    assert html.count('class="reading"') == 2


def test_a_document_without_records_is_still_shown(read_text):
    reading = read_text("关于放假的通知\n\n各位同事：明天休息，祝大家愉快。\n")
    html = page_of(Reading(document=reading.document, statements=()))
    assert "祝大家愉快" in html
    assert "没有读到这些类别的记录" in html


def test_tables_keep_their_cells(read_text):
    text = "| 指标 | 目标 |\n|---|---|\n| 绿色工厂 | 50家 |\n"
    reading = read_text("# 2026年工作安排\n\n" + text, "t.md")
    assert any(block.cells for block in reading.document.blocks)
    html = page_of(reading)
    assert html.count("<td>") == 4
    assert "绿色工厂" in html


def test_the_page_is_written_as_a_whole(guizhou, tmp_path):
    write_readings(tmp_path / "page.html", [guizhou])
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert text.endswith("</html>\n")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
