"""Figures listed under one name, and names listed before one figure, come out one by one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.text.indicators import extract_indicators


def summary(text):
    return [
        (each.name, str(each.comparator), float(each.value), each.unit)
        for each in extract_indicators(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "三项指标分别达到5%、15%、23%",
            [("三项指标", "=", 5, "%"), ("三项指标", "=", 15, "%"), ("三项指标", "=", 23, "%")],
        ),
        (
            "粒径D10、D50、D90分别为1μm、3μm、8μm",
            [("粒径D10", "=", 1, "μm"), ("粒径D50", "=", 3, "μm"), ("粒径D90", "=", 8, "μm")],
        ),
        (
            "抗拉强度和屈服强度分别≥500MPa和400MPa",
            [("抗拉强度", ">=", 500, "MPa"), ("屈服强度", ">=", 400, "MPa")],
        ),
        (
            "准确率、召回率分别达95%和93%以上",
            [("准确率", ">=", 95, "%"), ("召回率", ">=", 93, "%")],
        ),
        (
            "横向和纵向强度分别不低于50MPa、40MPa",
            [("横向强度", ">=", 50, "MPa"), ("纵向强度", ">=", 40, "MPa")],
        ),
        (
            "COD、氨氮去除率分别≥90%和≥85%",
            [("COD去除率", ">=", 90, "%"), ("氨氮去除率", ">=", 85, "%")],
        ),
        ("采样率为20MHz和250MHz", [("采样率", "=", 20, "MHz"), ("采样率", "=", 250, "MHz")]),
        ("粒度为100、140、200目", [("粒度", "=", v, "目") for v in (100, 140, 200)]),
        ("深度达到1.2μm或0.2μm以上", [("深度", ">=", 1.2, "μm"), ("深度", ">=", 0.2, "μm")]),
    ],
)
def test_each_figure_of_a_list_has_its_name_and_comparator(text, expected):
    assert summary(text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("识别准确率、召回率均≥95%", ["识别准确率", "召回率"]),
        ("尺寸公差和形位公差均≤0.01mm", ["尺寸公差", "形位公差"]),
        ("良率、直通率均达到98%以上", ["良率", "直通率"]),
        ("甲板、舱壁的涂层均≥5mm", ["涂层"]),
        ("三项指标均≥95%", ["三项指标"]),
    ],
)
def test_one_figure_holds_for_every_name_before_jun(text, names):
    assert [name for name, *_ in summary(text)] == names


def test_each_figure_has_the_condition_in_its_place():
    first, second = extract_indicators("在25℃和60℃下容量保持率分别≥90%、80%")
    assert (first.name, first.condition, first.value) == ("容量保持率", "25℃", 90)
    assert (second.name, second.condition, second.value) == ("容量保持率", "60℃", 80)


def test_changes_are_shared_out_as_levels_are():
    first, second = extract_indicators("提取率和纯度分别提高了16%和13%")
    assert [(each.name, each.change, each.value) for each in (first, second)] == [
        ("提取率", "+", 16),
        ("纯度", "+", 13),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "市场份额分别为5%、15%、23%",
        "我国果蔬、肉类流通率分别达到5%、15%",
        "分别占总数的10%、20%",
        "员工和专家分别为50人、20人",
    ],
)
def test_a_list_that_is_no_indicator_gives_none_of_its_members(text):
    assert summary(text) == []


def test_unlike_units_are_no_list():
    assert summary("厚度5mm、质量≤2kg") == [("厚度", "=", 5, "mm"), ("质量", "<=", 2, "kg")]


def test_quotes_of_a_list_lie_where_their_spans_say():
    text = "要求：抗拉强度和屈服强度分别≥500MPa和400MPa。"
    first, second = extract_indicators(text)
    assert first.span is not None
    assert second.span is not None
    assert first.quote == first.span.of(text) == "抗拉强度和屈服强度分别≥500MPa"
    assert second.quote == second.span.of(text) == "400MPa"


PROPERTIES = ["抗拉强度", "屈服强度", "剪切强度", "弯曲强度", "冲击强度"]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(PROPERTIES), st.integers(1, 999)),
        min_size=2,
        max_size=5,
        unique_by=lambda pair: pair[0],
    ),
    st.sampled_from([("≥", ">="), ("不低于", ">="), ("≤", "<="), ("为", "=")]),
    st.sampled_from(["、", "和"]),
)
def test_any_list_of_names_and_figures_is_paired_in_order(pairs, comparator, joint):
    word, sign = comparator
    names = "、".join(name for name, _ in pairs[:-1]) + "和" + pairs[-1][0]
    figures = "、".join(f"{value}MPa" for _, value in pairs[:-1]) + joint + f"{pairs[-1][1]}MPa"
    found = summary(f"{names}分别{word}{figures}。")
    assert found == [(name, sign, value, "MPa") for name, value in pairs]
