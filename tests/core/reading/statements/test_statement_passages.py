"""Passages: normalising that keeps places, broken sentences, headings, and what documents lend."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.reading.documents.model import DocumentKind, Head
from guantong.reading.statements.passages import normalised, plain_passages
from guantong.reading.statements.setting import setting_of


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_normalising_keeps_the_place_of_every_character(text: str) -> None:
    assert len(normalised(text)) == len(text)


def test_marks_are_made_chinese_and_thousands_keep_their_comma() -> None:
    assert normalised('共1,280家;增长5%(含"新")') == "共1,280家；增长5%（含“新”）"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["产业规模", "，增长5%", "。", "\n", "\n\n", "（一）", "# ", " "]),
        max_size=14,
    )
)
def test_passages_lead_back_to_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for passage in plain_passages(text):
        span = passage.original(0, len(passage.text))
        covered = "".join(text[span.start : span.end].split("\n"))
        assert normalised(covered).replace(" ", "") == passage.text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("全市加快推进产业升级，重点产业集群持续壮大，新兴产业\n加快成长并形成规模。", 1),
        ("全市加快推进产业升级，重点产业集群持续壮大。\n新兴产业加快成长。", 2),
        ("一、2031年工作回顾\n全市加快推进产业升级。", 2),
        ("标题很短\n正文也不长", 2),
        ("全市加快推进产业升级，重点产业集群持续壮大，新兴产业\n（一）加快培育新动能", 2),
    ],
)
def test_only_a_line_that_stops_in_mid_sentence_goes_on(text: str, count: int) -> None:
    assert len(plain_passages(text)) == count


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("一、2031年工作回顾", True),
        ("（二）扩大内需", True),
        ("2032年重点工作", True),
        ("（一）最高2000万元奖励；", False),
        ("一是扩大内需。", False),
        ("今年工作很多", False),
    ],
)
def test_headings_are_told_from_items_and_sentences(line: str, heading: bool) -> None:
    (passage,) = plain_passages(line)
    assert passage.heading is heading


@pytest.mark.parametrize(
    ("text", "kind", "year"),
    [
        ("2032年云岭市政府工作报告\n各位代表。", "report", 2032),
        ("一、2031年工作回顾\n增长5%。\n二、2032年重点工作\n增长6%。", "report", 2032),
        ("云岭市支持中试若干措施\n给予奖励。", "measures", None),
        ("云岭市2032年成果转化工作要点\n建设平台。", "plan", 2032),
        ("本报讯 2032年1月4日，大会召开。", "news", 2032),
        ("本报讯 到2035年，企业达30家。", "news", None),
        ("本报讯 《云岭行动计划（2032—2034年）》发布。2031年增长8%。", "news", 2031),
    ],
)
def test_a_text_tells_its_kind_and_year(text: str, kind: str, year: int | None) -> None:
    setting = setting_of(plain_passages(text), None, None)
    assert (setting.kind, setting.year) == (kind, year)


def test_the_head_of_a_document_outweighs_the_wording() -> None:
    head = Head(kind=DocumentKind.MEASURES, date=datetime.date(2030, 5, 1), region="合肥市")
    setting = setting_of(plain_passages("2031年增长8%。"), head, None)
    assert (setting.kind, setting.year, setting.place) == ("measures", 2030, "合肥市")


def test_the_reference_date_outweighs_the_head() -> None:
    head = Head(kind=DocumentKind.NEWS, date=datetime.date(2030, 5, 1))
    setting = setting_of(plain_passages("增长8%。"), head, datetime.date(2034, 1, 1))
    assert setting.year == 2034


def test_a_plan_lends_the_years_of_its_title() -> None:
    text = "云岭市人工智能行动计划（2032—2034年）\n建设平台5个。"
    assert setting_of(plain_passages(text), None, None).time == "2032-2034"


def test_a_report_lends_the_region_it_names_most() -> None:
    text = "2032年政府工作报告\n安徽发展迈上台阶，安徽创新成效明显，合肥加快建设。"
    assert setting_of(plain_passages(text), None, None).place == "安徽"
