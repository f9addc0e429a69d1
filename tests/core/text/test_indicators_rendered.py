"""An indicator written out in any official spelling is read back as it was."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.text.gap import Verdict, compare
from guantong.text.indicators import Indicator, extract_indicators
from guantong.text.quantities import Comparator
from guantong.text.units import normalise_unit

KINDS = st.sampled_from(
    [
        ("抗拉强度", ("MPa", "兆帕", "N/mm²", "kPa")),
        ("产品合格率", ("%", "％", "‰")),
        ("堆积密度", ("g/cm³", "克/立方厘米", "kg/m³", "g/cm3", "g·cm-3")),
        ("平均粒径", ("μm", "微米", "um", "nm", "纳米")),
        ("使用寿命", ("h", "小时", "年", "次")),
        ("衰减速率", ("μV/h", "mV/h")),
        ("局部放电量", ("pC", "nC")),
        ("最低检出浓度", ("pg/mL", "ng/mL", "mg/L", "ppm")),
        ("综合精度", ("%FS", "mm", "%")),
        ("断裂韧性", ("MPa·m^(1/2)", "MPa·m1/2", "MPa·m½")),
        ("导热系数", ("W/(m·K)", "W/m·K", "瓦/(米·K)")),
        ("菌落总数", ("CFU/g", "CFU/mL")),
        ("单位运行成本", ("元/m³", "元/吨")),
        ("最高转速", ("rpm", "r/min", "转/分钟")),
        ("工作温度", ("℃", "摄氏度", "°C")),
        ("电导率", ("S/m", "mS/cm", "μS/cm")),
    ]
)
WORDS = {
    Comparator.AT_LEAST: ("≥", ">=", "不低于", "不小于", "不少于", "应不低于", "大于等于", "⩾"),
    Comparator.AT_MOST: ("≤", "<=", "不超过", "不高于", "不大于", "不应超过", "小于等于", "⩽"),
    Comparator.MORE: (">", "＞", "大于", "高于", "超过"),
    Comparator.LESS: ("<", "＜", "小于", "低于"),
}
LEADS = st.sampled_from(["", "1、", "（2）", "要求", "其中，", "技术指标：", "且", "· ", "3．"])
ENDS = st.sampled_from(["", "。", "；", "，其余按国家标准执行。", "\n"])
VALUES = st.decimals("0.01", "99999", places=2)


@st.composite
def limits(draw):
    name, units = draw(KINDS)
    comparator = draw(st.sampled_from(list(WORDS)))
    word, unit = draw(st.sampled_from(WORDS[comparator])), draw(st.sampled_from(units))
    value = draw(VALUES)
    space = draw(st.sampled_from(["", " "]))
    return Indicator(
        name, comparator, value, normalise_unit(unit)
    ), f"{name}{word}{value}{space}{unit}"


def found_in(text):
    (found,) = extract_indicators(text)
    return found


@settings(max_examples=200, deadline=None)
@given(limits(), LEADS, ENDS)
def test_a_limit_reads_back(limit, lead, end):
    expected, written = limit
    found = found_in(lead + written + end)
    assert (found.name, found.comparator) == (expected.name, expected.comparator)
    assert (found.value, found.unit) == (expected.value, expected.unit)
    assert found.quote == written


@settings(max_examples=100, deadline=None)
@given(KINDS, VALUES, VALUES, st.sampled_from(["~", "～", "-", "—", "至"]), st.booleans(), LEADS)
def test_a_range_reads_back(kind, first, second, dash, twice, lead):
    name, units = kind
    if first == second:
        return
    low, high = sorted((first, second))
    unit = units[0]
    found = found_in(f"{lead}{name}{low}{unit if twice else ''}{dash}{high}{unit}。")
    assert (found.name, found.value, found.upper) == (name, low, high)
    assert (found.comparator, found.unit) == (Comparator.BETWEEN, normalise_unit(unit))


@settings(max_examples=60, deadline=None)
@given(st.lists(limits(), min_size=2, max_size=5), st.sampled_from(["；", "，", "\n", "；\n"]))
def test_limits_in_a_row_read_back_in_order(listed, joint):
    found = extract_indicators(joint.join(written for _, written in listed) + "。")
    assert [(each.name, each.value, each.unit) for each in found] == [
        (expected.name, expected.value, expected.unit) for expected, _ in listed
    ]


@settings(max_examples=60, deadline=None)
@given(limits())
def test_what_was_read_meets_a_demand_that_says_the_same(limit):
    expected, written = limit
    gap = compare(expected, found_in(written))
    assert gap.verdict is Verdict.MET
    assert not gap.condition_differs


@settings(max_examples=60, deadline=None)
@given(
    st.decimals("0.1", "99", places=1),
    st.sampled_from([("提高", "+"), ("降低", "-"), ("减少", "-"), ("增加", "+"), ("提升", "+")]),
    st.sampled_from([("", "", "="), ("", "以上", ">="), ("不低于", "", ">="), ("超过", "", ">")]),
)
def test_a_change_reads_back(value, verb, bound):
    word, sign = verb
    before, after, comparator = bound
    found = found_in(f"生产效率{word}{before}{value}%{after}。")
    assert (found.name, found.change) == ("生产效率", sign)
    assert (str(found.comparator), found.value, found.unit) == (comparator, Decimal(value), "%")
