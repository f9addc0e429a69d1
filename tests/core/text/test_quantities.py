"""Figures are found in running text with value, unit, comparator and span."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import InputError
from guantong.text.numbers import render_number
from guantong.text.quantities import find_quantities, parse_amount, scan


def one(text):
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


def summary(text):
    return [
        (q.span.of(text), q.value, q.upper, q.unit, str(q.comparator))
        for q in find_quantities(text)
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("总产值3.2万亿元", 3200000000000, "元"),
        ("三百万元", 3000000, "元"),
        ("1.2亿元人民币", 120000000, "元"),
        ("3亿5000万元", 350000000, "元"),
        ("5千万元", 50000000, "元"),
        ("3亿美元", 300000000, "美元"),
        ("百分之三十", 30, "%"),
        ("千分之三", 3, "‰"),
        ("企业200家", 200, "家"),
        ("两家企业", 2, "家"),
        ("0.4个百分点", Decimal("0.4"), "个百分点"),
        ("装机300万千瓦", 3000000, "千瓦"),
        ("1302万吨标准煤", 13020000, "吨标准煤"),
        ("13800 PFLOPS总算力", 13800, "PFLOPS"),
        ("29微克/立方米", 29, "微克/立方米"),
        ("真空度10-6 mbar", Decimal("0.000001"), "mbar"),
        ("漏率1×10⁻⁶Pa", Decimal("0.000001"), "Pa"),
        ("４０００万元", 40000000, "元"),
        ("提高一成", 10, "%"),
        ("翻一番", 100, "%"),
        ("翻两番", 300, "%"),
        ("占十分之一", 10, "%"),
        ("增长-3.2%", Decimal("-3.2"), "%"),
    ],
)
def test_value_and_unit_are_read(text, value, unit):
    quantity = one(text)
    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "comparator", "quote"),
    [
        ("近5000万元", "~", "近5000万元"),
        ("约5个", "~", "约5个"),
        ("5%左右", "~", "5%左右"),
        ("近一半", "~", "近一半"),
        ("不超过500万", "<=", "不超过500万"),
        ("最高可达500万元", "<=", "最高可达500万元"),
        ("45岁以下", "<=", "45岁以下"),
        ("5%以内", "<=", "5%以内"),
        ("不足3家", "<", "不足3家"),
        ("超3000亿元", ">", "超3000亿元"),
        ("突破万亿元", ">", "突破万亿元"),
        ("逾百家", ">", "逾百家"),
        ("30余项", ">", "30余项"),
        ("10万余人", ">", "10万余人"),
        ("超五成", ">", "超五成"),
        ("三成以上", ">=", "三成以上"),
        ("不少于3次", ">=", "不少于3次"),
        ("5000元（含）以上", ">=", "5000元（含）以上"),
        ("误差±0.1mm", "±", "±0.1mm"),
        ("达1000家", "=", "1000家"),
    ],
)
def test_words_before_and_after_say_how_it_is_meant(text, comparator, quote):
    quantity = one(text)
    assert str(quantity.comparator) == comparator
    assert quantity.span.of(text) == quote


@pytest.mark.parametrize("text", ["节约5000万元", "签约5个项目", "附近3家工厂", "集约5亩土地"])
def test_about_inside_another_word_is_no_comparator(text):
    assert str(one(text).comparator) == "="


def test_a_strict_word_before_outweighs_the_word_after():
    assert str(one("超过5%以上").comparator) == ">"


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("1.5万～2万", 15000, 20000, ""),
        ("1~2万元", 10000, 20000, "元"),
        ("500-1000万元", 5000000, 10000000, "元"),
        ("8000-1.2万人", 8000, 12000, "人"),
        ("10至15家", 10, 15, "家"),
        ("5%—20%", 5, 20, "%"),
        ("含水量12%---15%", 12, 15, "%"),
        ("-40℃~85℃", -40, 85, "℃"),
        ("-40~-20℃", -40, -20, "℃"),
        ("300~500 mm", 300, 500, "mm"),
        ("含量5%‑40%", 5, 40, "%"),
    ],
)
def test_ranges_share_scale_and_unit(text, low, high, unit):
    quantity = one(text)
    assert str(quantity.comparator) == ".."
    assert (quantity.value, quantity.upper, quantity.unit) == (low, high, unit)


def test_old_and_new_values_are_two_figures_and_no_range():
    assert [q.value for q in find_quantities("由10家增至15家")] == [10, 15]
    assert [q.value for q in find_quantities("从60%到85%")] == [60, 85]


def test_a_list_shares_the_unit_that_stands_at_its_end():
    assert summary("分别达1000、200家") == [
        ("1000", 1000, None, "家", "="),
        ("200家", 200, None, "家", "="),
    ]


def test_the_number_of_a_list_item_takes_no_unit_from_what_follows():
    assert [q.value for q in find_quantities("3、200家企业")] == [200]


@pytest.mark.parametrize(
    "text",
    [
        "第十四届全国人大",
        "升级到9.0版",
        "6G和5G网络",
        "12345热线",
        "2026年1月4日",
        "3月12日",
        "2026-2027年",
        "二〇二六年",
        "电话025-83333333",
        "按GB/T 31485-2015检测",
        "比例1:3",
        "上午8:30",
        "“1026”产业体系",
        "防护等级IP67",
        "近三年",
        "未来五年",
        "一个中心",
        "千家万户",
        "数十家",
        "几百家",
        "统一领导",
        "三四家企业",
    ],
)
def test_dates_ordinals_versions_and_names_are_no_quantities(text):
    assert find_quantities(text) == []


@pytest.mark.parametrize("text", ["百余家", "上千人", "十余项", "上百家"])
def test_counts_that_name_no_number_of_their_own_are_vague(text):
    assert one(text).vague
    assert not one("30余家").vague


def test_words_that_continue_a_measure_word_cancel_it():
    assert find_quantities("5元素合金") == []
    assert find_quantities("如图1所示") == []


def test_bare_numbers_are_offered_to_who_knows_their_name():
    (quantity, bare), *rest = scan("pH7.0~8.0")
    assert bare and not rest
    assert (quantity.value, quantity.upper) == (7, 8)
    assert find_quantities("pH7.0~8.0") == []


def test_offsets_hold_after_full_width_characters():
    text = "总投资１２．５亿元，其中设备３０％。"
    assert [q.span.of(text) for q in find_quantities(text)] == ["１２．５亿元", "３０％"]


@pytest.mark.parametrize(
    ("text", "default", "value", "upper", "unit", "comparator"),
    [
        ("近5000万元", "元", 50000000, None, "元", "~"),
        ("120", "万元", 1200000, None, "元", "="),
        ("50-100", "万元", 500000, 1000000, "元", ".."),
        ("100-200万元", "元", 1000000, 2000000, "元", ".."),
        ("约300", "万元", 3000000, None, "元", "~"),
        ("不超过500万", "万元", 5000000, None, "元", "<="),
        ("100万以上", "元", 1000000, None, "元", ">="),
        ("三百万元", "万元", 3000000, None, "元", "="),
        ("两千万", "万元", 20000000, None, "元", "="),
        ("￥1,200.50", "元", Decimal("1200.50"), None, "元", "="),
        ("500万美元", "万元", 5000000, None, "美元", "="),
        ("人民币3.5亿元", "元", 350000000, None, "元", "="),
        ("2.5", "亿元", 250000000, None, "元", "="),
    ],
)
def test_an_amount_comes_out_in_base_units(text, default, value, upper, unit, comparator):
    amount = parse_amount(text, default)
    assert (amount.value, amount.upper, amount.unit) == (value, upper, unit)
    assert str(amount.comparator) == comparator
    assert amount.span.of(text) == text


@pytest.mark.parametrize("text", ["面议", "", "100万元或200万元", "30%", "5家"])
def test_what_is_not_one_amount_is_refused(text):
    with pytest.raises(InputError) as caught:
        parse_amount(text)
    assert caught.value.code == "quantities.not_an_amount"


@settings(max_examples=80, deadline=None)
@given(
    st.integers(2, 10**13),
    st.sampled_from(["digits", "mixed", "chinese"]),
    st.sampled_from(["元", "家", "吨", "公里"]),
    st.sampled_from(
        [
            ("", "", "="),
            ("超过", "", ">"),
            ("约", "", "~"),
            ("", "以上", ">="),
            ("不超过", "", "<="),
        ]
    ),
)
def test_a_figure_that_is_written_is_found_again(number, style, unit, words):
    before, after, comparator = words
    written = render_number(number, style)
    if set(written) <= set("十百千万亿"):
        return
    text = f"去年完成{before}{written}{unit}{after}，增长较快。"
    quantity = one(text)
    assert (quantity.value, quantity.unit) == (number, unit)
    assert str(quantity.comparator) == comparator
    assert quantity.span.of(text).startswith(before + written)


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789.,-~万亿十百余第近超%元年月日家 至、（）“”A℃\n", max_size=40))
def test_spans_are_ordered_apart_and_inside_the_text(text):
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.span.start < quantity.span.end <= len(text)
        end = quantity.span.end
        assert quantity.upper is None or quantity.upper > quantity.value


@pytest.mark.parametrize(
    ("text", "comparator", "value"),
    [
        ("工作温度≥-40℃", ">=", -40),
        ("不高于-25℃", "<=", -25),
        ("不应低于5MPa", ">=", 5),
        ("不宜大于5MPa", "<=", 5),
        ("不可超过5MPa", "<=", 5),
        ("大于等于5MPa", ">=", 5),
        ("大于或等于5MPa", ">=", 5),
        ("小于等于5MPa", "<=", 5),
        ("低于或者等于5MPa", "<=", 5),
        ("小于5MPa", "<", 5),
        ("⩽5MPa", "<=", 5),
        ("+5℃", "=", 5),
    ],
)
def test_sign_and_comparator_are_read_together(text, comparator, value):
    quantity = one(text)
    assert (str(quantity.comparator), quantity.value) == (comparator, value)


@pytest.mark.parametrize(
    ("text", "value", "upper", "unit"),
    [
        ("10MHz~67GHz", 10, 67000, "MHz"),
        ("500μm至2mm", 500, 2000, "μm"),
        ("1周~3个月", 1, Decimal(7884000) / 604800, "周"),
        ("-20℃～+55℃", -20, 55, "℃"),
        ("0.5-0.8MPa", Decimal("0.5"), Decimal("0.8"), "MPa"),
    ],
)
def test_a_range_may_change_its_unit_and_carry_signs(text, value, upper, unit):
    quantity = one(text)
    assert (quantity.value, quantity.unit) == (value, unit)
    assert quantity.upper == pytest.approx(upper, rel=Decimal("1e-20"))


@pytest.mark.parametrize("text", ["10MHz~67mm", "67GHz~10MHz", "20℃~90K"])
def test_figures_that_do_not_compare_or_fall_are_no_range(text):
    assert [quantity.upper for quantity in find_quantities(text)] == [None, None]


def test_a_fraction_counts_only_with_a_unit_or_beside_a_name():
    assert one("1/2英寸").value == Decimal("0.5")
    assert find_quantities("成本只有进口的1/3") == []
    ((quantity, bare),) = scan("误差≤1/1000")
    assert (quantity.value, str(quantity.comparator), bare) == (Decimal("0.001"), "<=", True)
    assert scan("24/7值守") == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("10μV", "μV"),
        ("5pC", "pC"),
        ("10000CFU/g", "CFU/g"),
        ("2pg/mL", "pg/mL"),
        ("0.1%FS", "%FS"),
        ("0.1%F.S.", "%F.S."),
        ("6.5MPa·m^(1/2)", "MPa·m^(1/2)"),
        ("6.5MPa·m1/2", "MPa·m1/2"),
        ("5pT/√Hz", "pT/√Hz"),
        ("12mS/cm", "mS/cm"),
        ("25元/m³", "元/m³"),
    ],
)
def test_a_unit_is_read_to_its_end(text, unit):
    quantity = one(text)
    assert quantity.unit == unit
    assert quantity.span.of(text) == text


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["≥", "≤", "不低于", "不应超过", "小于等于", ""]),
    st.decimals(-999, 999, places=2),
    st.sampled_from(["℃", "μV", "pC", "%FS", "CFU/g", "mS/cm"]),
)
def test_a_signed_figure_reads_back(word, value, unit):
    quantity = one(f"为{word}{value}{unit}，")
    assert (quantity.value, quantity.unit) == (value, unit)
    expected = {"≥": ">=", "不低于": ">=", "": "="}.get(word, "<=")
    assert quantity.comparator == expected


@pytest.mark.parametrize("dash", ["-", "–", "—", "——", "~", "～", "至", "‑"])
def test_a_range_with_the_unit_twice_takes_any_dash(dash):
    quantity = one(f"0.5MPa{dash}0.8MPa")
    assert (quantity.value, quantity.upper) == (Decimal("0.5"), Decimal("0.8"))


@pytest.mark.parametrize("text", ["型号TD-3500A", "COVID-19疫苗", "GB-12V标准", "A3-20t"])
def test_a_hyphen_after_letters_joins_a_type_number(text):
    assert find_quantities(text) == []


def test_a_raised_exponent_in_markup_belongs_to_the_unit():
    text = "密度0.945g/cm<sup>3</sup>。"
    quantity = one(text)
    assert (quantity.unit, quantity.span.of(text)) == ("g/cm3", "0.945g/cm<sup>3</sup>")


@pytest.mark.parametrize("text", ["1998年", "2100年", "2026年底前"])
def test_calendar_years_are_no_figures(text):
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "value"), [("≥1900年", 1900), ("1700年以上", 1700), ("1900.5年", Decimal("1900.5"))]
)
def test_durations_are_figures_even_where_a_year_would_fit(text, value):
    assert (one(text).value, one(text).unit) == (value, "年")
