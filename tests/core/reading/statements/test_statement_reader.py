"""The reader as a whole: offsets, kinds, articles, order, and texts that hold nothing."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.messages import catalogue
from guantong.reading.documents import read_document
from guantong.reading.statements import (
    IndicatorFacts,
    Modality,
    StatementKind,
    explain,
    read_statements,
)

GOLDEN = Path(__file__).parents[3] / "golden" / "reading"
TEXTS = sorted(GOLDEN.glob("*.txt"))


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_every_quote_stands_at_its_offsets_in_bare_text(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    found = read_statements(text)
    assert found
    assert all(text[each.span.start : each.span.end] == each.quote for each in found)


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_quote_stands_at_its_offsets_in_a_document(file: Path, ends: str) -> None:
    text = file.read_text(encoding="utf-8").replace("\n", ends)
    document = read_document(text.encode("utf-8"), name="a.txt")
    found = read_statements(document)
    assert found
    assert all(document.text[each.span.start : each.span.end] == each.quote for each in found)


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_a_document_and_its_bare_text_give_the_same_figures(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    document = read_document(text.encode("utf-8"), name="a.txt")
    kinds = [StatementKind.INDICATOR, StatementKind.SUPPORT]
    bare = [(each.kind, each.span) for each in read_statements(text, kinds=kinds)]
    assert [(each.kind, each.span) for each in read_statements(document, kinds=kinds)] == bare


def test_a_line_broken_inside_a_sentence_is_read_whole() -> None:
    text = (
        "数据显示，2031年全市规模以上工业企业实现了较快发展，高新技术产业产值占规上工业总产值的\n\n"
        "比重达到46.5%，继续保持领先。"
    )
    (record,) = read_statements(text, kinds=["indicator"])
    assert record.quote.endswith("的\n\n比重达到46.5%")
    assert text[record.span.start : record.span.end] == record.quote


def test_widths_of_marks_and_digits_do_not_matter() -> None:
    full = "数据显示，２０３１年企业达１２００家、增长８％，出口（含服务）增长9%。"
    half = "数据显示,2031年企业达1200家、增长8%,出口(含服务)增长9%。"
    facts = [
        [each.facts for each in read_statements(text, kinds=["indicator"])] for text in (full, half)
    ]
    assert facts[0] == facts[1]
    assert len(facts[0]) == 3


def test_only_the_wanted_kinds_are_kept() -> None:
    text = TEXTS[0].read_text(encoding="utf-8")
    for kind in StatementKind:
        assert {each.kind for each in read_statements(text, kinds=[kind])} <= {kind}


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="promise"):
        read_statements("企业5家。", kinds=["promise"])


def test_records_come_in_the_order_of_the_text() -> None:
    starts = [each.span.start for each in read_statements(TEXTS[1].read_text(encoding="utf-8"))]
    assert starts == sorted(starts)


def test_reading_twice_gives_the_same() -> None:
    text = TEXTS[2].read_text(encoding="utf-8")
    assert read_statements(text) == read_statements(text)


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "。", "ABC 123", "Only English here, 5 items.", "——"]
)
def test_texts_that_say_nothing_give_nothing(text: str) -> None:
    assert read_statements(text, kinds=["indicator", "support", "task", "event"]) == []


def test_plain_values_have_the_fields_of_the_guidelines() -> None:
    (record,) = read_statements("到2035年，企业达10至15家。", kinds=["indicator"])
    assert record.to_json() == {
        "kind": "indicator",
        "quote": "企业达10至15家",
        "indicator": "企业",
        "value": 10,
        "unit": "家",
        "comparator": "=",
        "change": "level",
        "modality": record.to_json()["modality"],
        "time": "2035",
        "place": None,
        "value_max": 15,
        "start": 7,
        "end": 16,
        "confidence": record.confidence,
        "rule": "indicator.named",
        "block": 0,
    }


def test_noise_of_a_page_is_left_out() -> None:
    text = (
        "云岭网首页 > 新闻 > 正文\n\n云岭市科创综述\n\n本报讯 2031年全市企业达1200家。\n\n"
        "责任编辑：王某 电话：0551-12345678\n"
    )
    document = read_document(text.encode("utf-8"), name="a.txt")
    values = [
        each.facts.value for each in read_statements(document, kinds=["indicator"])
        if isinstance(each.facts, IndicatorFacts)
    ]  # fmt: skip
    assert values == [1200]


def test_the_reference_date_outweighs_what_the_text_suggests() -> None:
    text = "2031年9月，园区去年出口增长5%。"
    day = datetime.date(2035, 1, 1)
    (record,) = read_statements(text, reference_date=day, kinds=["indicator"])
    assert isinstance(record.facts, IndicatorFacts)
    assert record.facts.time == "2034"
    assert record.facts.modality is Modality.ACTUAL


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_of_a_trail_has_a_sentence(file: Path, lang: str) -> None:
    sentences = catalogue(lang)  # type: ignore[arg-type]
    for record in read_statements(file.read_text(encoding="utf-8")):
        assert record.trail[0] == record.rule
        assert 0 < record.confidence <= 1
        for rule, said in zip(record.trail, explain(record, lang), strict=True):  # type: ignore[arg-type]
            assert sentences[f"statements.rule.{rule}"] == said


def test_both_languages_explain_the_same_rules() -> None:
    rules = [
        {code for code in catalogue(lang) if code.startswith("statements.")}
        for lang in ("zh", "en")
    ]
    assert rules[0] == rules[1]


PIECES = [
    "地区生产总值5万亿元、增长6%", "《云岭条例》", "到2035年", "给予", "奖励20万元", "最高不超过",
    "，", "。", "；", "：",
    "“十五五”时期", "分别增长3%、4%", "召开大会", "建成投用", "成果共3项：",
    "一是", "（一）", "\n", "第三条 ", "同比下降",
    "家", "由10家增至15家", "（", "）", "“", "”", "去年", "占比", "的", "A-1", "责任单位：市科技局",
]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_text_breaks_the_reader_or_its_offsets(pieces: list[str]) -> None:
    text = "".join(pieces)
    for heading in ("", "一、2031年工作回顾\n", "某市若干措施\n", "某市行动方案\n"):
        whole = heading + text
        for record in read_statements(whole):
            assert whole[record.span.start : record.span.end] == record.quote
            assert record.quote
