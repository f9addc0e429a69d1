"""Technical indicators come out of free text with name, comparator, value, unit and condition."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.text.indicators import extract_indicators


def one(text):
    found = extract_indicators(text)
    assert len(found) == 1, found
    return found[0]


def names(text):
    return [indicator.name for indicator in extract_indicators(text)]


@pytest.mark.parametrize(
    ("text", "name", "comparator", "value", "upper", "unit"),
    [
        ("抗冲击韧性≥67%", "抗冲击韧性", ">=", "67", None, "%"),
        ("堆积密度不低于1.80克/立方厘米", "堆积密度", ">=", "1.80", None, "g/cm³"),
        ("产品的粒度≤5μm", "粒度", "<=", "5", None, "μm"),
        ("剪切强度达15MPa以上", "剪切强度", ">=", "15", None, "MPa"),
        ("工作温度-40℃~85℃", "工作温度", "..", "-40", "85", "℃"),
        ("-40℃~85℃", "", "..", "-40", "85", "℃"),
        ("误差小于±0.1mm", "误差", "±", "0.1", None, "mm"),
        ("厚度均匀性控制在±1um以内", "厚度均匀性", "±", "1", None, "μm"),
        ("年产15000台", "年产", "=", "15000", None, "台/年"),
        ("使用寿命大于10年", "使用寿命", ">", "10", None, "年"),
        ("长度300~500 mm", "长度", "..", "300", "500", "mm"),
        ("真空度优于10-6 mbar", "真空度", "<=", "0.000001", None, "mbar"),
        ("泄漏率≤1×10⁻⁶ Pa·m3/s", "泄漏率", "<=", "0.000001", None, "Pa·m³/s"),
        ("储存温度需保存在零下18度以下", "储存温度", "<=", "-18", None, "℃"),
        ("运行噪音dB(A):≤80", "运行噪音", "<=", "80", None, "dB"),
        ("表面粗糙度：Ra≤0.2", "Ra", "<=", "0.2", None, ""),
        ("加热速率≥0.6℃/min", "加热速率", ">=", "0.6", None, "℃/min"),
        ("溶液pH值7.0~8.0", "溶液pH值", "..", "7.0", "8.0", ""),
        ("涂层硬度≥HRC50", "涂层硬度", ">=", "50", None, "HRC"),
        ("流速在每秒1mm左右", "流速", "~", "1", None, "mm/s"),
        ("敲击率可调（≤10次/分）", "敲击率", "<=", "10", None, "次/min"),
        ("能切割小于3mm厚的板", "厚度", "<", "3", None, "mm"),
        ("系统响应时间不超过50毫秒", "系统响应时间", "<=", "50", None, "ms"),
        ("检测精度达到九成以上", "检测精度", ">=", "90", None, "%"),
    ],
)
def test_name_comparator_value_and_unit_are_read(text, name, comparator, value, upper, unit):
    indicator = one(text)
    assert indicator.name == name
    assert str(indicator.comparator) == comparator
    assert indicator.value == Decimal(value)
    assert indicator.upper == (None if upper is None else Decimal(upper))
    assert indicator.unit == unit


@pytest.mark.parametrize(
    ("text", "name", "condition"),
    [
        ("在80℃下保持率≥90%", "保持率", "80℃下"),
        ("在80℃下，保持率≥90%", "保持率", "80℃下"),
        ("300米范围内定位误差≤50m", "定位误差", "300米范围内"),
        ("60℃满电存储30天，容量保持率≥90%", "容量保持率", "60℃满电存储30天"),
        ("克容量≥170mAh/g（扣式半电池，1C充放）", "克容量", "扣式半电池，1C充放"),
        ("导热系数≤0.2W/(m·K)（600℃）", "导热系数", "600℃"),
    ],
)
def test_the_condition_of_a_test_goes_with_the_figure(text, name, condition):
    indicator = one(text)
    assert (indicator.name, indicator.condition) == (name, condition)


def test_one_condition_holds_for_all_figures_of_its_sentence():
    first, second = extract_indicators("60℃满电存储30天，容量保持率≥90%，恢复率≥95%；")
    assert first.condition == second.condition == "60℃满电存储30天"
    assert (first.name, second.name) == ("容量保持率", "恢复率")


def test_a_condition_does_not_reach_into_the_next_sentence():
    *_, last = extract_indicators("60℃存储30天，容量保持率≥90%。\n厚度≤2mm")
    assert (last.name, last.condition) == ("厚度", "")


def test_the_name_is_carried_to_a_later_moment_of_the_same_test():
    first, second = extract_indicators("1h内抗压强度35MPa，1d内达到53MPa以上")
    assert first.name == second.name == "抗压强度"
    assert second.condition == "1d内"


@pytest.mark.parametrize(
    ("text", "name", "comparator", "value", "change"),
    [
        ("转化率由60%提高到85%以上", "转化率", ">=", 85, ""),
        ("烧损率由1.5%降至1%", "烧损率", "<=", 1, ""),
        ("设备降噪至40分贝", "设备降噪", "<=", 40, ""),
        ("掘进效率提高20%", "掘进效率", "=", 20, "+"),
        ("返修率降低50%以上", "返修率", ">=", 50, "-"),
        ("生产成本较现有工艺降低30%", "生产成本", "=", 30, "-"),
        ("平均效率比常规电池提高0.5%以上", "平均效率", ">=", Decimal("0.5"), "+"),
        ("提高设备利用率50%", "设备利用率", "=", 50, "+"),
        ("可以减少10%的作业时间。", "作业时间", "=", 10, "-"),
        ("整机节能30%~50%", "整机节能", "..", 30, ""),
    ],
)
def test_changes_are_told_from_levels(text, name, comparator, value, change):
    indicator = one(text)
    assert (indicator.name, str(indicator.comparator)) == (name, comparator)
    assert (indicator.value, indicator.change) == (value, change)


@pytest.mark.parametrize(
    "text",
    [
        "防护等级IP67",
        "公司2018年销售收入2002万元，利润520万元",
        "现有员工40人，其中本科以上11人",
        "占地80亩，建筑面积2000平方米",
        "获得专利22项，发表论文5篇",
        "项目预算约2000万元",
        "市场规模年均增长超过15%",
        "我国冷藏车占货运汽车的比例仅为0.3%",
        "2018年12月验收",
        "按GB/T 31485-2015检验",
        "尺寸300mm×200mm",
        "600MPa级高强钢筋",
        "差异显著（P<0.05）",
        "水泥与砂的比例为1:3",
        "第3代产品9.0版",
        "拥有检测设备20余台",
        "仪器型号TD-3500",
        "若整车重量降低10%",
        "重量每减少100公斤",
        "",
        "没有任何数字的描述",
    ],
)
def test_money_people_dates_grades_and_the_market_are_no_indicators(text):
    assert extract_indicators(text) == []


def test_sections_about_the_firm_are_passed_over():
    text = "预期目标：\n粒度≤5μm。\n现有工作基础：\n生产线长度≥300m。\n技术指标：\n硬度≥60HRC。"
    assert names(text) == ["粒度", "硬度"]


def test_list_numbers_are_neither_names_nor_conditions():
    found = extract_indicators("1、表面处理层厚度≥0.1mm；\n2、盐雾试验时间≥30天；\n（3）误差≤2%")
    assert [(i.name, i.condition) for i in found] == [
        ("表面处理层厚度", ""),
        ("盐雾试验时间", ""),
        ("误差", ""),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("要求设备总高度需控制在5米以下", "设备总高度"),
        ("确保统计数据准确度在95%以上", "统计数据准确度"),
        ("使用寿命≥5年", "使用寿命"),
        ("能耗≤30kWh", "能耗"),
        ("处理后的干料直径应不高于10mm", "干料直径"),
        ("质量要求：克容量;≥170mAh", "克容量"),
        ("良率目标≥96%", "良率"),
        ("首效＞89%", "首效"),
        ("钻孔孔径为Φ32mm", "钻孔孔径"),
        ("六方相到立方相的转变在73%以上", "转变"),
        ("边界尺寸精度要求，由±2.5mm提升到±1.5mm", "边界尺寸精度"),
        ("产品生产耗能降低15%以上", "产品生产耗能"),
        ("主要用于内径3.2-4.6米的窑炉", "内径"),
    ],
)
def test_the_name_is_the_shortest_phrase_that_says_what_is_measured(text, name):
    assert one(text).name == name


def test_formulas_in_tex_are_passed_over():
    assert names(r"显著降低（ $\scriptstyle P < 0 . 0 5$ ），转化率≥85%") == ["转化率"]


def test_degrees_are_read_by_what_they_measure():
    assert one("水平扫描角度0～360度").unit == "°"
    assert one("智能天线扫描范围0～360度").unit == "°"
    assert one("烧结温度高于1700度").unit == "℃"
    assert one("日耗电量降至450度以下").unit == "kWh"


NAMES = st.sampled_from(["抗拉强度", "产品合格率", "孔隙率", "使用寿命", "定位精度"])
UNITS = st.sampled_from(["MPa", "%", "μm", "小时", "kg/m³", "℃"])
WORDS = st.sampled_from([("≥", ">="), ("不低于", ">="), ("≤", "<="), ("小于", "<"), ("大于", ">")])


@settings(max_examples=80, deadline=None)
@given(NAMES, WORDS, st.integers(1, 9999), UNITS, st.sampled_from(["", "要求", "1、", "，且"]))
def test_an_indicator_that_is_written_is_found_with_its_quote(name, words, value, unit, lead):
    word, comparator = words
    text = f"本项目开展研究。{lead}{name}{word}{value}{unit}；其他按国家标准执行。"
    indicator = one(text)
    assert (indicator.name, str(indicator.comparator), indicator.value) == (name, comparator, value)
    assert indicator.span is not None
    assert indicator.quote == indicator.span.of(text) == f"{name}{word}{value}{unit}"


@settings(max_examples=100, deadline=None)
@given(
    st.text(
        "0123456789.-~≥±%≤℃mMPa温度强率的在下达到提高、，。；（）()$由年产台P<\n 零", max_size=50
    )
)
def test_quotes_are_always_where_their_spans_say(text):
    for indicator in extract_indicators(text):
        assert indicator.span is not None
        assert indicator.span.of(text) == indicator.quote
        assert indicator.upper is None or indicator.upper > indicator.value
