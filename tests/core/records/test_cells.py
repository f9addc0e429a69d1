"""What people write into cells, and what is read from it."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import days, indicators, lists, moneys, patents

from guantong.records import Disclosure, Money, Patent, PriceMode
from guantong.records.amounts import MoneyCodec, parse_money
from guantong.records.codecs import (
    ChoiceCodec,
    CountCodec,
    DateCodec,
    FlagCodec,
    ListCodec,
    MomentCodec,
    TextCodec,
    split_list,
)
from guantong.records.columns import CellContext
from guantong.records.common import DISCLOSURES, PRICE_MODES
from guantong.records.industries import IndustriesCodec, industry_code
from guantong.records.problems import CellError
from guantong.records.structured import IndicatorsCodec, PatentsCodec
from guantong.text.indicators import Indicator
from guantong.text.quantities import Comparator

PLAIN = CellContext()
WAN = CellContext(unit="万元")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("  两端空白　", "两端空白"),
        ("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行"),
        ("控\x00制\x07符", "控制符"),
        (12.0, "12"),
        (12.5, "12.5"),
        (913201001234567890.0, "913201001234567936"),
        (True, "True"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime.fromisoformat("2026-03-01T09:30:00"), "2026-03-01 09:30:00"),
        (None, ""),
    ],
)
def test_text_keeps_what_it_says_and_loses_what_cannot_be_seen(cell, expected):
    assert TextCodec().parse(cell, PLAIN) == expected


def test_an_object_is_not_text():
    with pytest.raises(CellError, match="not_text"):
        TextCodec().parse({"a": 1}, PLAIN)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("陶瓷、密封；泵阀;轴承，机床,刀具", ("陶瓷", "密封", "泵阀", "轴承", "机床", "刀具")),
        ("陶瓷\n密封\n\n泵阀", ("陶瓷", "密封", "泵阀")),
        ("1,3-丁二烯，2,4-二氯苯酚", ("1,3-丁二烯", "2,4-二氯苯酚")),
        ('"甲、乙"；丙', ("甲、乙", "丙")),
        ('"说""好"""、丁', ('说"好"', "丁")),
        ("陶瓷；陶瓷", ("陶瓷",)),
        ("machine learning; deep learning", ("machine learning", "deep learning")),
        (["甲", " 乙 ", ""], ("甲", "乙")),
        ("；；", ()),
        ("", ()),
    ],
)
def test_several_values_in_one_cell(cell, expected):
    assert ListCodec().parse(cell, PLAIN) == expected


def test_an_opening_quote_that_is_never_closed_is_part_of_the_value():
    assert split_list('"甲；乙') == ['"甲', "乙"]


@given(lists)
def test_any_list_reads_back_from_its_cell(values):
    assert ListCodec().parse(ListCodec().cell(values, "zh"), PLAIN) == values


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("是", True),
        ("否", False),
        ("Y", True),
        ("no", False),
        ("√", True),
        ("", None),
        ("无", None),
        (True, True),
        (1.0, True),
        (0, False),
    ],
)
def test_yes_and_no(cell, expected):
    assert FlagCodec().parse(cell, PLAIN) is expected


def test_neither_yes_nor_no_is_an_error():
    with pytest.raises(CellError, match="not_yes_no"):
        FlagCodec().parse("也许", PLAIN)


@pytest.mark.parametrize(("cell", "count"), [("12人", 12), (12.0, 12), ("12", 12), ("/", None)])
def test_counts(cell, count):
    assert CountCodec().parse(cell, PLAIN) == count


@pytest.mark.parametrize("cell", ["十人以上", "12.5", "-3"])
def test_what_is_no_count_is_an_error(cell):
    with pytest.raises(CellError, match="not_count"):
        CountCodec().parse(cell, PLAIN)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("公开", Disclosure.PUBLIC),
        ("是", Disclosure.PUBLIC),
        ("否", Disclosure.NAMED),
        ("Registered users", Disclosure.REGISTERED),
        ("named", Disclosure.NAMED),
        ("", None),
    ],
)
def test_disclosure_is_read_from_words_and_from_a_published_flag(cell, expected):
    assert ChoiceCodec(Disclosure, DISCLOSURES).parse(cell, PLAIN) == expected


def test_a_word_outside_a_closed_list_names_the_choices():
    with pytest.raises(CellError) as failure:
        ChoiceCodec(PriceMode, PRICE_MODES).parse("随缘", PLAIN)
    assert "协议定价" in failure.value.params["choices"]


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "20260301",
        "2026年3月1日",
        "2026 年 3 月 1 日",
        "2026-03-01 08:30:00",
        "2026-03-01T08:30:00Z",
        "２０２６年３月１日",
        "二〇二六年三月一日",
        "46082",
        46082.0,
        "46082.5",
        20260301.0,
        date(2026, 3, 1),
        datetime.fromisoformat("2026-03-01T08:30:00"),
    ],
)
def test_a_day_in_every_usual_form(cell):
    assert DateCodec().parse(cell, PLAIN) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2026年2月", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2028/2", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026年", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026年一季度", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026年底前", None, date(2026, 12, 31)),
        ("今年", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_deadline_is_the_last_day_of_a_month_or_year_and_a_founding_the_first(cell, first, last):
    context = CellContext(today=date(2026, 11, 22))
    assert DateCodec(end=True).parse(cell, context) == last
    if first is not None:
        assert DateCodec().parse(cell, context) == first


@pytest.mark.parametrize("cell", ["长期有效", "不限", "无", "/", ""])
def test_no_end_is_no_date(cell):
    assert DateCodec(end=True).parse(cell, PLAIN) is None


@pytest.mark.parametrize(
    "cell", ["2026-02-30", "尽快", "2026-13-01", "今年", "3月1日", "99999999", "约2026年"]
)
def test_what_is_no_date_is_an_error(cell):
    with pytest.raises(CellError, match="not_a_date"):
        DateCodec().parse(cell, PLAIN)


@given(days, st.sampled_from(["{0.year}-{0.month}-{0.day}", "{0.year}年{0.month}月{0.day}日"]))
def test_any_day_reads_back(day, form):
    assert DateCodec().parse(form.format(day), PLAIN) == day


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-03-01 09:30:15", "2026-03-01T09:30:15"),
        ("2026/3/1 9:30", "2026-03-01T09:30:00"),
        ("2026年3月1日", "2026-03-01T00:00:00"),
        (date(2026, 3, 1), "2026-03-01T00:00:00"),
    ],
)
def test_a_review_keeps_its_time(cell, expected):
    assert MomentCodec().parse(cell, PLAIN) == datetime.fromisoformat(expected)


def test_an_hour_that_never_was_is_an_error():
    with pytest.raises(CellError, match="not_a_date"):
        MomentCodec().parse("2026-03-01 25:00", PLAIN)


def money(low=None, high=None, mode=None):
    ends = (None if end is None else Decimal(end) for end in (low, high))
    return Money(low=next(ends), high=next(ends), mode=mode)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("500", money(5_000_000, 5_000_000)),
        (500, money(5_000_000, 5_000_000)),
        (0.1, money(1000, 1000)),
        ("1,200.5", money(12_005_000, 12_005_000)),
        ("500万元", money(5_000_000, 5_000_000)),
        ("1.2亿", money(120_000_000, 120_000_000)),
        ("1.2亿元人民币", money(120_000_000, 120_000_000)),
        ("800000元", money(800_000, 800_000)),
        ("¥800000元", money(800_000, 800_000)),
        ("三百万元", money(3_000_000, 3_000_000)),
        ("500-800", money(5_000_000, 8_000_000)),
        ("500～800万元", money(5_000_000, 8_000_000)),
        ("500万-1亿元", money(5_000_000, 100_000_000)),
        ("100万至200万", money(1_000_000, 2_000_000)),
        ("不超过500万", money(None, 5_000_000)),
        ("≤500", money(None, 5_000_000)),
        ("500万元以内", money(None, 5_000_000)),
        ("不低于100万元", money(1_000_000)),
        ("100以上", money(1_000_000)),
        ("约500万元", money(5_000_000, 5_000_000)),
        ("面议", money(mode=PriceMode.NEGOTIATED)),
        ("免费", money(mode=PriceMode.FREE)),
        ("５００", money(5_000_000, 5_000_000)),
        ({"low": "100", "high": 200}, money(100, 200)),
        ("", None),
        ("无", None),
    ],
)
def test_amounts_are_read_in_yuan(cell, expected):
    assert MoneyCodec().parse(cell, WAN) == expected


@pytest.mark.parametrize(("unit", "yuan"), [("元", 5), ("万元", 50_000), ("亿元", 500_000_000)])
def test_the_header_gives_the_unit_of_a_bare_figure_only(unit, yuan):
    assert parse_money("5", unit) == money(yuan, yuan)
    assert parse_money("5万元", unit) == money(50_000, 50_000)


@pytest.mark.parametrize("cell", ["很多", "-5", "5台", "万元", {"low": "x"}, True, float("nan")])
def test_what_is_no_amount_is_an_error(cell):
    with pytest.raises(CellError, match="not_an_amount"):
        MoneyCodec().parse(cell, WAN)


def test_foreign_money_and_a_reversed_range_are_errors():
    with pytest.raises(CellError, match="foreign_currency"):
        parse_money("100万美元")
    with pytest.raises(CellError, match="range_reversed"):
        parse_money("800-500")


@given(moneys(modes=False))
def test_any_amount_reads_back_from_its_cell(amount):
    shown = MoneyCodec().cell(amount, "zh")
    assert MoneyCodec().parse(shown, WAN) == amount


def test_indicators_are_read_as_people_write_them():
    cell = "抗弯强度≥400MPa；工作温度-40℃~85℃；气孔率≤0.5%"
    found = IndicatorsCodec().parse(cell, PLAIN)
    assert [each.name for each in found] == ["抗弯强度", "工作温度", "气孔率"]
    assert [each.comparator for each in found] == [
        Comparator.AT_LEAST,
        Comparator.BETWEEN,
        Comparator.AT_MOST,
    ]
    assert all(each.span is None for each in found)


def test_the_simplest_indicators_are_written_as_people_write_them():
    stated = (Indicator("抗弯强度", Comparator.AT_LEAST, Decimal(400), "MPa"),)
    assert IndicatorsCodec().cell(stated, "zh") == "抗弯强度≥400MPa"


def test_a_piece_without_a_figure_is_reported_and_the_rest_kept():
    with pytest.raises(CellError) as failure:
        IndicatorsCodec().parse("抗弯强度≥400MPa；耐腐蚀性好", PLAIN)
    assert failure.value.params["pieces"] == "耐腐蚀性好"
    assert [each.name for each in failure.value.partial] == ["抗弯强度"]


@settings(max_examples=60)
@given(st.lists(indicators, max_size=3).map(tuple))
def test_any_indicators_read_back_from_cell_and_from_json(stated):
    codec = IndicatorsCodec()
    assert codec.parse(codec.cell(stated, "zh"), PLAIN) == stated
    assert codec.parse(codec.json(stated), PLAIN) == stated


@pytest.mark.parametrize("cell", [["不是指标"], [5], [{"name": "强度"}], "强度 | 大于 | x"])
def test_broken_indicators_are_errors(cell):
    with pytest.raises(CellError, match="not_an_indicator"):
        IndicatorsCodec().parse(cell, PLAIN)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("ZL202010000001.2", [Patent(number="ZL202010000001.2")]),
        ("ZL202010000001.2、CN111111111A", ["ZL202010000001.2", "CN111111111A"]),
        (
            "ZL202010000001.2（发明专利，授权，2040-01-01，示例大学）；CN111111111A",
            [
                Patent(
                    number="ZL202010000001.2",
                    kind="发明专利",
                    status="授权",
                    expiry=date(2040, 1, 1),
                    holder="示例大学",
                ),
                "CN111111111A",
            ],
        ),
        (
            "ZL1 | 发明 | 有效 | 2040-01-01 | 示例大学",
            [
                Patent(
                    number="ZL1",
                    kind="发明",
                    status="有效",
                    expiry=date(2040, 1, 1),
                    holder="示例大学",
                )
            ],
        ),
        ([{"number": "ZL1", "status": "有效"}], [Patent(number="ZL1", status="有效")]),
    ],
)
def test_patents_with_and_without_notes(cell, expected):
    patents_expected = [Patent(number=each) if isinstance(each, str) else each for each in expected]
    assert list(PatentsCodec().parse(cell, PLAIN)) == patents_expected


def test_a_patent_without_a_number_is_an_error():
    with pytest.raises(CellError, match="without_number"):
        PatentsCodec().parse([{"kind": "发明"}], PLAIN)


@given(st.lists(patents, max_size=3).map(tuple))
def test_any_patents_read_back_from_cell_and_from_json(held):
    codec = PatentsCodec()
    assert codec.parse(codec.cell(held, "zh"), PLAIN) == held
    assert codec.parse(codec.json(held), PLAIN) == held


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("3670", "3670"),
        ("C3670", "3670"),
        ("C36", "36"),
        ("C", "C"),
        ("C3670 汽车零部件及配件制造", "3670"),
        ("汽车零部件及配件制造", "367"),
        ("农、林、牧、渔业", "A"),
        ("9999", None),
        ("造车", None),
    ],
)
def test_industries_by_code_and_name(word, code):
    assert industry_code(word) == code


def test_unknown_industries_are_reported_and_the_rest_kept():
    with pytest.raises(CellError) as failure:
        IndustriesCodec().parse("3670、造车", PLAIN)
    assert failure.value.partial == ("3670",)
    assert failure.value.params["pieces"] == "造车"
    assert IndustriesCodec().parse(["3670", "无"], PLAIN) == ("3670",)
