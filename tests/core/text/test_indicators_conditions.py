"""The condition of a test is read wherever it stands, and gives no figure of its own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.text.indicators import extract_indicators


def one(text):
    found = extract_indicators(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "name", "condition"),
    [
        ("-25℃续航损失≤15%", "续航损失", "-25℃"),
        ("2~8℃保存≥18个月", "保存", "2~8℃"),
        ("0.6%盐分灌溉亩产≥400kg", "亩产", "0.6%盐分灌溉"),
        ("1000次循环容量保持率≥80%", "容量保持率", "1000次循环"),
        ("10kV电缆介质损耗≤0.5%", "电缆介质损耗", "10kV"),
        ("60MPa保压24h吸水率≤1%", "吸水率", "60MPa保压24h"),
        ("-20℃存储24h，容量发挥≥70%", "容量发挥", "-20℃存储24h"),
        ("50次水洗后抗菌率≥90%", "抗菌率", "50次水洗后"),
        ("直径5mm的孔位置度≤0.1mm", "孔位置度", "直径5mm"),
        ("粒径≤2mm占用率≥95%", "占用率", "粒径≤2mm"),
        ("煅烧后颗粒粒径为80μm筛余量≤10%", "筛余量", "煅烧后颗粒粒径为80μm"),
    ],
)
def test_a_figure_before_the_name_is_its_condition(text, name, condition):
    last = extract_indicators(text)[-1]
    assert (last.name, last.condition) == (name, condition)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("3dB带宽≥67GHz", "3dB带宽"),
        ("90%节点压力误差≤26kPa", "90%节点压力误差"),
        ("PM2.5浓度≤35μg/m³", "PM2.5浓度"),
        ("CO2排放量≤5g/km", "CO2排放量"),
        ("4D点云密度≥5个/m²", "4D点云密度"),
        ("304N不锈钢强度≥500MPa", "304N不锈钢强度"),
    ],
)
def test_a_figure_that_belongs_to_the_name_stays_there(text, name):
    indicator = one(text)
    assert (indicator.name, indicator.condition) == (name, "")


@pytest.mark.parametrize(
    ("text", "condition", "quote"),
    [
        ("抗压强度（28d）≥50MPa", "28d", "抗压强度（28d）≥50MPa"),
        ("抗压强度(28d)50MPa", "28d", "抗压强度(28d)50MPa"),
        ("保持率（80℃、500h）≥90%", "80℃、500h", "保持率（80℃、500h）≥90%"),
        ("导热系数（常温条件）不超过0.2W/(m·K)", "常温条件", None),
        ("屈服强度（Rp0.2）应≥460MPa", "Rp0.2", None),
        ("平均故障间隔时间（MTBF）≥3000h", "", None),
        ("拉伸强度（MPa）：≥500", "", "拉伸强度（MPa）：≥500"),
    ],
)
def test_a_bracket_between_name_and_figure_is_a_condition_or_passed_over(text, condition, quote):
    indicator = one(text)
    assert indicator.condition == condition
    assert indicator.quote == (quote or text)


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("导线探测距离≥100m（直径10mm）", ["直径10mm"]),
        ("吸水率≤1%（60MPa保压24h）；密度≤0.5g/cm³", ["60MPa保压24h", ""]),
        ("小目标探测距离≥1km（反射面积0.01m²）", ["反射面积0.01m²"]),
        ("在80℃下保持率≥90%（500h）", ["80℃下，500h"]),
        ("电解电压≤1.9V（2A/cm²），衰减速率≤10μV/h", ["2A/cm²", "2A/cm²"]),
        ("识别率≥95%（平均值）", [""]),
    ],
)
def test_figures_in_the_bracket_behind_do_not_come_out_again(text, conditions):
    assert [indicator.condition for indicator in extract_indicators(text)] == conditions


def test_a_bracket_that_holds_indicators_is_read():
    text = "控制系统（流速差≤5%，温差≤3℃，加热速率≥0.6℃/min）达到要求"
    assert [indicator.name for indicator in extract_indicators(text)] == [
        "流速差",
        "温差",
        "加热速率",
    ]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("桥丝电阻在（2.4～2.9）Ω内", "2.4", "2.9", "Ω"),
        ("桥丝直径（0.024~0.06）mm", "0.024", "0.06", "mm"),
        ("10%≤含水率≤15%", "10", "15", "%"),
        ("0.5mm<厚度<2mm", "0.5", "2", "mm"),
        ("表面处理层硬度180≤HB＜240", "180", "240", "HB"),
        ("频率范围10MHz~67GHz", "10", "67000", "MHz"),
    ],
)
def test_ranges_are_read_however_they_are_bracketed(text, low, high, unit):
    indicator = one(text)
    assert f"{indicator.value}" == low
    assert f"{indicator.upper}" == high
    assert (str(indicator.comparator), indicator.unit) == ("..", unit)


@pytest.mark.parametrize(
    "text",
    ["110千伏及以上变压器制造", "30万吨以上船舶", "800万像素以上的镜头"],
)
def test_a_nameless_limit_that_picks_out_things_is_no_indicator(text):
    assert extract_indicators(text) == []


def test_what_is_counted_in_the_same_unit_is_no_condition():
    first, *_ = extract_indicators("检验3年，使用寿命≥5年")
    assert (first.name, first.condition) == ("使用寿命", "")


def test_a_tolerance_after_a_figure_is_not_read_as_another():
    assert [str(each.comparator) for each in extract_indicators("厚度≤5mm±0.1mm")] == ["<="]


SETTINGS = st.sampled_from(["-25℃", "80℃", "10kV", "500h", "2~8℃", "1000次循环", "0.6%盐分灌溉"])
PROPERTIES = st.sampled_from(["容量保持率", "续航损失", "介质损耗", "吸水率", "抗压强度"])
FORMS = st.sampled_from(
    [
        "{s}{n}≥{v}%",
        "{n}≥{v}%（{s}）",
        "{n}（{s}）≥{v}%",
        "{n}不低于{v}%（{s}）",
        "{n}({s})不低于{v}%",
    ]
)


@settings(max_examples=100, deadline=None)
@given(SETTINGS, PROPERTIES, FORMS, st.integers(1, 99), st.sampled_from(["", "1、", "要求"]))
def test_a_condition_is_the_same_wherever_it_is_written(setting, name, form, value, lead):
    text = lead + form.format(s=setting, n=name, v=value) + "；"
    indicator = one(text)
    assert (indicator.name, indicator.condition) == (name, setting)
    assert (str(indicator.comparator), indicator.value) == (">=", value)
    assert indicator.span is not None
    assert indicator.quote == indicator.span.of(text)
