"""A promise meets a demand, falls short by so much, covers part of it, or leaves it open."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.text.gap import Verdict, compare, gap_table, name_likeness
from guantong.text.indicators import Indicator, extract_indicators
from guantong.text.quantities import Comparator


def indicator(text):
    (found,) = extract_indicators(text)
    return found


@pytest.mark.parametrize(
    ("demand", "promise", "verdict", "shortfall"),
    [
        ("剪切强度≥15MPa", "剪切强度10MPa", "short", "5"),
        ("剪切强度≥15MPa", "剪切强度15MPa", "met", None),
        ("剪切强度≥15MPa", "剪切强度≥20MPa", "met", None),
        ("剪切强度≥15MPa", "剪切强度≥10MPa", "short", "5"),
        ("剪切强度≥15MPa", "剪切强度10~20MPa", "partly", "5"),
        ("剪切强度≥15MPa", "剪切强度5~10MPa", "short", "5"),
        ("剪切强度≥15MPa", "剪切强度≤30MPa", "unknown", None),
        ("剪切强度≥15MPa", "剪切强度≤10MPa", "short", "5"),
        ("含量>5%", "含量>5%", "met", None),
        ("含量>5%", "含量5%", "partly", "0"),
        ("粒度≤10μm", "粒度≤5μm", "met", None),
        ("粒度≤10μm", "粒度12μm", "short", "2"),
        ("粒度≤10μm", "粒度≥2μm", "unknown", None),
        ("厚度≤1000μm", "厚度0.5mm", "met", None),
        ("密度1200kg/m³", "密度为1.2g/cm³", "met", None),
        ("密度1200kg/m³", "密度为1.1g/cm³", "short", "100"),
        ("工作温度-20~60℃", "工作温度-40~85℃", "met", None),
        ("工作温度-20~60℃", "工作温度0~50℃", "partly", "30"),
        ("工作温度-20~60℃", "工作温度70~90℃", "short", "10"),
        ("工作温度-20~60℃", "工作温度25℃", "partly", "80"),
        ("孔径3~6mm", "孔径4~5mm", "met", None),
        ("孔径3~6mm", "孔径5mm", "met", None),
        ("孔径3~6mm", "孔径8mm", "short", "2"),
        ("孔径3~6mm", "孔径5~8mm", "partly", "2"),
        ("误差小于±0.1mm", "误差±0.05mm", "met", None),
        ("误差小于±0.1mm", "误差±0.3mm", "short", "0.2"),
        ("误差≤0.2mm", "误差±0.1mm", "met", None),
        ("效率提高20%", "效率提高30%以上", "met", None),
        ("效率提高20%", "效率提高15%", "short", "5"),
        ("返修率降低50%", "返修率降低40%", "short", "10"),
        ("效率提高20%", "效率≥85%", "unknown", None),
        ("年产15000台", "月产1500台", "met", None),
        ("年产20000台", "月产1500台", "short", "2000"),
        ("使用寿命≥10年", "使用寿命大于87600小时", "met", None),
        ("硬度≥60HRC", "硬度≥700HV", "unknown", None),
    ],
)
def test_verdict_and_shortfall_in_the_demands_unit(demand, promise, verdict, shortfall):
    gap = compare(indicator(demand), indicator(promise))
    assert gap.verdict == verdict
    assert gap.shortfall == (None if shortfall is None else Decimal(shortfall))


def test_an_approximate_demand_allows_five_per_cent():
    demand = Indicator("厚度", Comparator.ABOUT, Decimal(100), "mm")
    assert compare(demand, Indicator("厚度", Comparator.EQUAL, Decimal(96), "mm")).verdict == "met"
    far = compare(demand, Indicator("厚度", Comparator.EQUAL, Decimal(90), "mm"))
    assert (far.verdict, far.shortfall) == (Verdict.SHORT, 10)


def test_the_table_pairs_each_demand_with_the_promise_of_like_name_and_unit():
    demands = extract_indicators(
        "使用寿命≥10年；粒径≤10μm；工作温度-20~60℃；抗拉强度≥400MPa；转化率≥85%"
    )
    promises = extract_indicators(
        "平均粒度为5μm；寿命12年；温度范围-40~85℃；表面硬度≥60HRC；转化率达80%"
    )
    rows = gap_table(demands, promises)
    assert [row.demand for row in rows] == demands
    assert [(row.gap.verdict.value, row.promise.name if row.promise else None) for row in rows] == [
        ("met", "寿命"),
        ("met", "平均粒度"),
        ("met", "温度范围"),
        ("unknown", None),
        ("short", "转化率"),
    ]
    assert rows[4].gap.shortfall == 5
    assert all(row.demand.quote for row in rows)
    assert all(row.promise.quote for row in rows if row.promise)


def test_a_demand_without_a_partner_is_unknown_and_not_failed():
    (row,) = gap_table([indicator("导热系数≤0.2W/(m·K)")], [])
    assert (row.promise, row.gap.verdict, row.gap.shortfall) == (None, Verdict.UNKNOWN, None)


def test_of_two_like_promises_the_one_that_meets_the_demand_is_shown():
    promises = extract_indicators("抗拉强度300MPa；抗拉强度500MPa")
    (row,) = gap_table([indicator("抗拉强度≥400MPa")], promises)
    assert row.promise == promises[1]


def test_a_like_name_in_another_dimension_is_no_partner():
    (row,) = gap_table([indicator("表面温度≤80℃")], [indicator("表面湿度≤80%")])
    assert row.promise is None


def test_no_demands_make_an_empty_table():
    assert gap_table([], [indicator("粒度≤5μm")]) == ()


def test_names_are_alike_by_synonym_by_head_and_not_by_chance():
    assert name_likeness("寿命", "寿命") == 1
    assert name_likeness("寿命", "使用寿命") > name_likeness("抗压强度", "混凝土抗压强度") > 0.34
    assert name_likeness("产品合格率", "合格率") > 0.34
    assert name_likeness("厚度", "转化率") == 0
    assert name_likeness("", "厚度") == 0


@pytest.mark.parametrize(
    ("demand", "promise", "differs"),
    [
        ("亩产≥400kg（0.6%盐分灌溉）", "亩产≥430kg（0.5%盐分灌溉）", True),
        ("亩产≥400kg（0.6%盐分灌溉）", "0.6%盐分灌溉亩产≥380kg", False),
        ("续航损失≤15%（-20℃）", "续航损失≤10%（25℃）", True),
        ("续航损失≤15%（-20℃）", "在-20℃下续航损失≤10%", False),
        ("续航损失≤15%（-20℃）", "续航损失≤10%", False),
        ("续航损失≤15%", "续航损失≤10%（-20℃）", False),
        ("容量保持率≥80%（500h）", "容量保持率≥80%（80℃，500h）", False),
        ("容量保持率≥80%（48h）", "容量保持率≥80%（2天）", False),
        ("容量保持率≥80%（500h）", "容量保持率≥80%（80℃）", True),
        ("强度≥80MPa（2~8℃存放）", "强度≥80MPa（2~8℃）", False),
        ("强度≥80MPa（2~8℃存放）", "强度≥80MPa（2~25℃）", True),
        ("强度≥80MPa（常温条件下）", "强度≥80MPa（高温条件下）", True),
        ("强度≥80MPa（干燥条件下）", "强度≥80MPa（室内干燥条件）", False),
    ],
)
def test_conditions_that_both_sides_state_and_that_differ_are_marked(demand, promise, differs):
    gap = compare(indicator(demand), indicator(promise))
    assert gap.condition_differs is differs
    assert gap.verdict is not Verdict.UNKNOWN


def test_the_promise_under_the_demands_own_condition_is_shown_though_another_is_better():
    demand = indicator("亩产≥400kg（0.6%盐分灌溉）")
    promises = extract_indicators("亩产≥430kg（0.5%盐分灌溉）；亩产≥380kg（0.6%盐分灌溉）")
    (row,) = gap_table([demand], promises)
    assert row.promise == promises[1]
    assert (row.gap.verdict, row.gap.shortfall) == (Verdict.SHORT, 20)
    assert not row.gap.condition_differs


def test_a_promise_without_a_condition_goes_before_one_under_another():
    demand = indicator("续航损失≤15%（-20℃）")
    promises = extract_indicators("续航损失≤5%（25℃）；续航损失≤18%")
    (row,) = gap_table([demand], promises)
    assert (row.promise, row.gap.condition_differs) == (promises[1], False)
    (other,) = gap_table([demand], promises[:1])
    assert (other.gap.verdict, other.gap.condition_differs) == (Verdict.MET, True)


CONDITIONS = st.sampled_from(["", "80℃", "25℃", "500h", "0.6%盐分", "常温条件", "2~8℃"])


@settings(max_examples=60, deadline=None)
@given(CONDITIONS, CONDITIONS)
def test_conditions_differ_for_both_sides_alike(first, second):
    demand = Indicator("强度", Comparator.AT_LEAST, Decimal(5), "MPa", condition=first)
    promise = Indicator("强度", Comparator.AT_LEAST, Decimal(5), "MPa", condition=second)
    there, back = compare(demand, promise), compare(promise, demand)
    assert there == back
    assert there.verdict is Verdict.MET
    assert there.condition_differs is bool(first and second and first != second)


VALUES = st.decimals(-1000, 1000, places=2)
OPEN = st.sampled_from([Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.MORE, Comparator.LESS])


@settings(max_examples=100, deadline=None)
@given(OPEN, VALUES)
def test_every_promise_meets_a_demand_that_repeats_it(comparator, value):
    same = Indicator("强度", comparator, value, "MPa")
    assert compare(same, same).verdict is Verdict.MET


@settings(max_examples=100, deadline=None)
@given(OPEN, VALUES, VALUES)
def test_a_shortfall_added_to_the_promise_meets_the_limit(comparator, value, offered):
    demand = Indicator("强度", comparator, value, "MPa")
    gap = compare(demand, Indicator("强度", Comparator.EQUAL, offered, "MPa"))
    if gap.shortfall is None:
        assert gap.verdict is Verdict.MET
        return
    upwards = comparator in (Comparator.AT_LEAST, Comparator.MORE)
    assert offered + (gap.shortfall if upwards else -gap.shortfall) == value


@settings(max_examples=60, deadline=None)
@given(
    VALUES,
    VALUES,
    st.sampled_from([("mm", "μm"), ("MPa", "kPa"), ("h", "min"), ("g/cm³", "kg/m³")]),
)
def test_the_unit_of_the_promise_changes_nothing(value, offered, pair):
    from guantong.text.units import convert

    unit, other = pair
    demand = Indicator("强度", Comparator.AT_LEAST, value, unit)
    plain = compare(demand, Indicator("强度", Comparator.EQUAL, offered, unit))
    converted = convert(offered, unit, other)
    assert converted is not None
    again = compare(demand, Indicator("强度", Comparator.EQUAL, converted, other))
    assert again == plain
