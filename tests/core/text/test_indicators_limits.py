"""Limits on counts, pure numbers, areas and unit costs are indicators; plain sums are not."""

from decimal import Decimal

import pytest

from guantong.text.indicators import extract_indicators


def one(text):
    found = extract_indicators(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "name", "comparator", "value", "unit"),
    [
        ("自由度≥16", "自由度", ">=", "16", ""),
        ("测温点数=6", "测温点数", "=", "6", ""),
        ("测点=22个", "测点", "=", "22", "个"),
        ("主动自由度≥16个", "主动自由度", ">=", "16", "个"),
        ("识别类别≥50类", "识别类别", ">=", "50", "类"),
        ("覆盖作物种类≥5种", "覆盖作物种类", ">=", "5", "种"),
        ("并发用户数≥1000", "并发用户数", ">=", "1000", ""),
        ("最低短路比≤1.0", "最低短路比", "<=", "1.0", ""),
        ("占地比例≤4%", "占地比例", "<=", "4", "%"),
        ("设备占地≤20m²", "设备占地", "<=", "20", "m²"),
        ("种植规模≥500亩", "种植规模", ">=", "500", "亩"),
        ("注册时间≤2min", "注册时间", "<=", "2", "min"),
        ("检测限≤2pg/mL", "检测限", "<=", "2", "pg/mL"),
        ("菌落总数≤10000CFU/g", "菌落总数", "<=", "10000", "CFU/g"),
        ("温漂≤10μV/h", "温漂", "<=", "10", "μV/h"),
        ("局放量≤5pC", "局放量", "<=", "5", "pC"),
        ("综合精度≤0.5%FS", "综合精度", "<=", "0.5", "%FS"),
        ("断裂韧性≥6.5MPa·m^(1/2)", "断裂韧性", ">=", "6.5", "MPa·m½"),
        ("不溶物含量≥5重量％", "不溶物含量", ">=", "5", "wt%"),
        ("不平衡量≤1/1000", "不平衡量", "<=", "0.001", ""),
        ("工作温度≥-40℃", "工作温度", ">=", "-40", "℃"),
        ("误差不应超过5%", "误差", "<=", "5", "%"),
        ("强度大于等于5MPa", "强度", ">=", "5", "MPa"),
        ("处理能力≥5万吨/日", "处理能力", ">=", "50000", "t/天"),
        ("亩产不低于400kg", "亩产", ">=", "400", "kg/亩"),
        ("磁感应强度≥1.5T", "磁感应强度", ">=", "1.5", "特斯拉"),
        ("承载≥5T", "承载", ">=", "5", "t"),
    ],
)
def test_a_limit_is_read_with_its_whole_unit(text, name, comparator, value, unit):
    indicator = one(text)
    assert (indicator.name, str(indicator.comparator)) == (name, comparator)
    assert (indicator.value, indicator.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "name", "value", "unit"),
    [
        ("运行成本≤25元/m³", "运行成本", 25, "元/m³"),
        ("材料成本不超过3.5万元/t", "材料成本", 35000, "元/t"),
        ("吨水运行成本≤25元", "吨水运行成本", 25, "元"),
        ("单瓦金属化成本≤0.03元", "单瓦金属化成本", Decimal("0.03"), "元"),
        ("单房成本=360元", "单房成本", 360, "元"),
        ("单价≤3万元", "单价", 30000, "元"),
    ],
)
def test_a_cost_for_each_unit_of_something_is_an_indicator_where_it_is_limited(
    text, name, value, unit
):
    indicator = one(text)
    assert (indicator.name, indicator.value, indicator.unit) == (name, value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "运行成本25元/m³",
        "研发投入≥300万元",
        "年产值≥5000万元",
        "注册资金≥500万元",
        "费用≤25元",
        "员工≥50人",
        "发表论文≥5篇",
        "申请专利≥3项",
        "占地80亩",
        "成本为进口的1/3",
        "精度等级1/10",
        "24/7值守",
        "<i>基因</i>四种",
        "电解槽成本三分之一在膜电极",
    ],
)
def test_sums_people_papers_and_shares_are_none(text):
    assert extract_indicators(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("pH=7.2", "7.2"),
        ("pH为7.5", "7.5"),
        ("Ra≤0.8", "0.8"),
        ("折射率1.5", "1.5"),
        ("摩擦系数≤0.1", "0.1"),
        ("粗糙度Ra0.8", "0.8"),
    ],
)
def test_pure_numbers_are_read_beside_names_that_have_no_unit(text, value):
    indicator = one(text)
    assert (indicator.value, indicator.unit) == (Decimal(value), "")


@pytest.mark.parametrize("text", ["pH 6~8", "pH6-8", "pH值：6～8", "pH值为6至8"])
def test_the_range_of_acidity_is_read_however_it_is_written(text):
    indicator = one(text)
    assert (indicator.value, indicator.upper, indicator.unit) == (6, 8, "")


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("精度优于0.1mm", "<="),
        ("精度优于1%", "<="),
        ("识别准确率优于95%", ">="),
        ("定位精度好于10cm", "<="),
        ("分辨率优于0.5m", "<="),
        ("灵敏度优于1nT", "<="),
        ("真空度优于10-6 mbar", "<="),
        ("功耗优于5W", "<="),
        ("信噪比优于60dB", ">="),
        ("隔离度优于40dB", ">="),
        ("误差优于±0.1mm", "±"),
    ],
)
def test_better_than_points_the_way_that_is_better_for_the_thing_measured(text, comparator):
    assert str(one(text).comparator) == comparator


def test_better_than_others_without_a_figure_is_nothing():
    assert extract_indicators("性能优于国外同类产品，型号A5") == []


@pytest.mark.parametrize(
    "text", ["采用304N不锈钢", "64K分辨率", "5A电池", "5N级纯度", "容量为64K", "材料强度316L"]
)
def test_a_letter_after_digits_is_no_unit_by_chance(text):
    assert extract_indicators(text) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("额定电流5A", "A"),
        ("额定推力500N", "N"),
        ("绕组温升80K", "K"),
        ("冲击韧性124 J", "J"),
        ("有效容积5L", "L"),
    ],
)
def test_a_letter_is_the_unit_beside_a_name_of_its_kind(text, unit):
    assert one(text).unit == unit


@pytest.mark.parametrize(
    ("text", "name", "change"),
    [
        ("容量衰减≤2%", "容量衰减", ""),
        ("压降≤0.2V", "压降", ""),
        ("温升≤80K", "温升", ""),
        ("沉降≤5mm", "沉降", ""),
        ("容量减少2%", "容量", "-"),
        ("提高探伤合格率在98.8%以上", "探伤合格率", ""),
        ("提高设备利用率5%", "设备利用率", "+"),
        ("自由度减少2%", "自由度", "-"),
    ],
)
def test_words_that_hold_a_change_in_their_name_are_levels(text, name, change):
    indicator = one(text)
    assert (indicator.name, indicator.change) == (name, change)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("并离网切换时间≤10ms", "并离网切换时间"),
        ("并联电阻≥5Ω", "并联电阻"),
        ("但供货周期长达2-3个月", "供货周期"),
        ("切口宽度通常大于0.1毫米", "切口宽度"),
        ("稳定保持炉渣铜含量≤4%", "炉渣铜含量"),
        ("保持率≥90%", "保持率"),
        ("功率较低（90kW以下）", "功率"),
        ("其它探伤标准最大厚度仅为180mm", "其它探伤标准最大厚度"),
        ("年产原铝5万吨", "年产原铝"),
        ("日处理污水5万吨", "日处理污水"),
    ],
)
def test_openers_are_told_from_names_that_begin_alike(text, name):
    assert one(text).name == name


def test_a_sentence_on_the_whole_country_tells_of_the_market():
    assert extract_indicators("我国每年约有4亿吨，流通率达到15%。") == []
    assert one("我国每年约有4亿吨。本项目流通率达到15%。").value == 15


@pytest.mark.parametrize("text", ["扩散系数为(2.0～3.0)×10-12m2/s", "（300~400）×500mm", ">1N"])
def test_half_of_a_product_and_a_nameless_letter_are_no_figures(text):
    assert extract_indicators(text) == []
