"""Figures: value, unit, comparator and extent, in every official way of writing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.reading.statements.figures import Figure, find_figures
from guantong.reading.statements.passages import normalised


def only(text: str) -> Figure:
    found = find_figures(normalised(text))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("总产值5万亿元", "5000000000000", "元"),
        ("投入3.5亿元", "350000000", "元"),
        ("资助8000元", "8000", "元"),
        ("外资2.5亿美元", "250000000", "美元"),
        ("用电1200万千瓦时", "12000000", "千瓦时"),
        ("装机900万千瓦", "9000000", "千瓦"),
        ("耗煤30万吨标准煤", "300000", "吨标准煤"),
        ("浓度28微克/立方米", "28", "微克/立方米"),
        ("失业率5.1%", "5.1", "%"),
        ("失业率5.1％", "5.1", "%"),
        ("高于全省0.6个百分点", "0.6", "个百分点"),
        ("学位2万个", "20000", "个"),
        ("企业1,280家", "1280", "家"),
        ("算力3000PFLOPS", "3000", "PFLOPS"),
        ("算力3000 PFLOPS", "3000", "PFLOPS"),
        ("岸线７公里", "7", "公里"),
        ("设备20台套", "20", "台套"),
        ("旅客300万人次", "3000000", "人次"),
        ("吞吐量90万标箱", "900000", "标箱"),
        ("租金15元/平方米·月", "15", "元/平方米·月"),
        ("预期寿命80.2岁", "80.2", "岁"),
        ("增长1.5倍", "1.5", "倍"),
        ("补贴 20 万元", "200000", "元"),
    ],
)
def test_values_are_in_base_units(text: str, value: str, unit: str) -> None:
    figure = only(text)
    assert figure.value == Decimal(value)
    assert figure.unit == unit


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("企业30家", "="),
        ("企业达30家", "="),
        ("企业达到30家", "="),
        ("产值为30亿元", "="),
        ("企业增至30家", "="),
        ("企业超30家", ">"),
        ("企业超过30家", ">"),
        ("产值突破30亿元", ">"),
        ("产值逾30亿元", ">"),
        ("企业30多家", ">"),
        ("企业30余家", ">"),
        ("企业3万余家", ">"),
        ("企业30家以上", ">="),
        ("企业不少于30家", ">="),
        ("投资不低于30亿元", ">="),
        ("至少30家", ">="),
        ("产值迈上30亿元", ">="),
        ("产值站上30亿元", ">="),
        ("不足30家", "<"),
        ("不到30家", "<"),
        ("能耗低于30吨", "<"),
        ("控制在30家以内", "<="),
        ("涨幅不超过3%", "<="),
        ("最高30万元", "<="),
        ("失业率控制在5%", "<="),
        ("控制在5%左右", "~"),
        ("约30家", "~"),
        ("近30家", "~"),
        ("接近30家", "~"),
        ("30家左右", "~"),
        ("30家上下", "~"),
        ("达3%左右", "~"),
        ("约30家以上", "~"),
    ],
)
def test_words_of_comparison_become_comparators(text: str, sign: str) -> None:
    if text == "约30家以上":
        assert only(text).comparator in ("~", ">=")
        return
    assert only(text).comparator == sign


@pytest.mark.parametrize(
    ("text", "value", "sign"),
    [
        ("三成以上", "30", ">="),
        ("超五成", "50", ">"),
        ("近一半", "50", "~"),
        ("占全国七成", "70", "="),
        ("占全国四成半", "45", "="),
        ("十分之一", "10", "="),
        ("四分之三", "75", "="),
        ("百分之十二", "12", "="),
        ("占全国1/4。", "25", "="),
        ("稳定在全国1/10以上", "10", ">="),
        ("三分之一", "33.33", "="),
    ],
)
def test_shares_in_words_become_percent(text: str, value: str, sign: str) -> None:
    figure = only(text)
    assert (figure.value, figure.unit, figure.comparator) == (Decimal(value), "%", sign)


@pytest.mark.parametrize(("text", "value"), [("翻一番", 100), ("翻番", 100), ("翻两番", 300)])
def test_doubling_is_growth_in_percent(text: str, value: int) -> None:
    figure = only(f"产值{text}")
    assert figure.doubled
    assert figure.value == value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("增长5%—5.5%", "5", "5.5"),
        ("增长5%-5.5%", "5", "5.5"),
        ("增长5%～6%", "5", "6"),
        ("建设10至15家", "10", "15"),
        ("建设10—15家", "10", "15"),
        ("投资5至10万元", "50000", "100000"),
        ("给予10万元至20万元", "100000", "200000"),
    ],
)
def test_a_range_is_one_figure(text: str, low: str, high: str) -> None:
    figure = only(text)
    assert (figure.value, figure.upper) == (Decimal(low), Decimal(high))


def test_shared_units_are_lent_to_the_figures_before() -> None:
    found = find_figures("分别提高3、2、1个百分点")
    assert [(figure.value, figure.unit) for figure in found] == [
        (3, "个百分点"),
        (2, "个百分点"),
        (1, "个百分点"),
    ]


def test_a_figure_with_its_own_comparison_borrows_no_unit() -> None:
    found = find_figures("排名第3、超20家")
    assert found[0].family == "none"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("总量突破万亿元", "1000000000000", "元"),
        ("班列开行超万列", "10000", "列"),
        ("带动投资超千亿元", "100000000000", "元"),
        ("总量突破万亿，", "1000000000000", ""),
        ("服务企业超过万家", "10000", "家"),
    ],
)
def test_a_bare_scale_counts_behind_a_comparison(text: str, value: str, unit: str) -> None:
    figure = only(text)
    assert (figure.value, figure.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    ["百余家企业", "数十家企业", "上千家企业", "十余家企业", "几十家企业", "30几家", "万亿级规模",
     "亿元以上项目", "成功创建", "万家灯火", "成立一家", "千方百计"],
)  # fmt: skip
def test_vague_counts_and_mere_scales_are_left_out(text: str) -> None:
    assert find_figures(text) == []


@pytest.mark.parametrize(
    "text", ["5G网络", "6G研发", "A4纸", "G60走廊", "V2.0"],
)  # fmt: skip
def test_numbers_that_are_part_of_a_name_are_left_out(text: str) -> None:
    assert all(figure.family in ("none", "other") for figure in find_figures(text))


@pytest.mark.parametrize(
    "text", ["2026年", "12月", "3小时", "第14届", "80周年", "9时半", "5级",
             "3号线", "30分钟", "2个月", "5个工作日", "3个五年", "连续5个季度", "从5方面"],
)  # fmt: skip
def test_times_ordinals_and_grades_are_told_apart(text: str) -> None:
    assert all(figure.family == "other" for figure in find_figures(text))


def test_people_may_stand_without_a_counting_word() -> None:
    figure = only("补贴惠及17万婴幼儿")
    assert (figure.value, figure.unit, figure.family) == (170000, "人", "people")


def test_extent_covers_the_words_of_comparison() -> None:
    text = "力争超过1200家左右"
    figure = only(text)
    assert text[figure.start : figure.end] == "超过1200家左右"
    assert text[figure.digits : figure.digits + 4] == "1200"


SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
UNITS = ["元", "家", "个", "项", "人", "亩", "公里", "吨", "千瓦", "%"]
BEFORE = {"": "=", "达": "=", "达到": "=", "超": ">", "超过": ">", "突破": ">",
          "约": "~", "近": "~",
          "不低于": ">=", "不超过": "<=", "不足": "<"}  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    number=st.decimals(min_value=1, max_value=9999, places=2),
    scale=st.sampled_from(sorted(SCALES)),
    unit=st.sampled_from(UNITS),
    before=st.sampled_from(sorted(BEFORE)),
    width=st.booleans(),
)
def test_a_rendered_figure_is_read_back(
    number: Decimal, scale: str, unit: str, before: str, width: bool
) -> None:
    if unit == "%":
        scale = ""
    shown = f"{number.normalize():f}"
    if width:
        shown = shown.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    figure = only(f"总数{before}{shown}{scale}{unit}。")
    assert figure.value == number * SCALES[scale]
    assert figure.unit == unit
    assert figure.comparator == BEFORE[before]


@settings(max_examples=60, deadline=None)
@given(
    low=st.integers(1, 500), step=st.integers(1, 500), unit=st.sampled_from(["家", "%", "万元"]),
    mark=st.sampled_from(["—", "-", "～", "至", "到"]), both=st.booleans(),
)  # fmt: skip
def test_a_rendered_range_is_read_back(
    low: int, step: int, unit: str, mark: str, both: bool
) -> None:
    text = f"总数{low}{unit if both else ''}{mark}{low + step}{unit}。"
    figure = only(text)
    factor = 10000 if unit == "万元" else 1
    assert (figure.value, figure.upper) == (low * factor, (low + step) * factor)


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="0123456789.,%万亿元家超近约以上左右至—、，。年月第一二成半翻番/“”《》（）",
        max_size=40,
    )
)
def test_any_text_gives_figures_inside_it(text: str) -> None:
    for figure in find_figures(normalised(text)):
        assert 0 <= figure.start <= figure.digits < figure.end <= len(text)
