"""Names of figures: where they begin, what is no part of them, and the word tables behind it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.text import naming
from guantong.text.naming import (
    is_measurable,
    is_setting_unit,
    leads_on,
    letter_units,
    name_before,
    name_of,
    without_lead_ins,
    words,
)
from guantong.text.units import lookup

TABLES = [
    "lead_ins",
    "openers",
    "whole_names",
    "whole_endings",
    "test_acts",
    "not_technical",
    "technical_when_limited",
    "unit_costs",
    "lower_is_better",
    "precision_names",
    "other_headings",
    "technical_headings",
]


def before(text):
    """The naming of the figure that begins at the first digit after the last ``|``."""
    figure = text.index("|")
    return name_before(text.replace("|", ""), 0, figure)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("剪切强度|15MPa", "剪切强度"),
        ("要求剪切强度达到|15MPa", "剪切强度"),
        ("产品的剪切强度应控制在|15MPa", "剪切强度"),
        ("质量要求：克容量;≥|170", "克容量"),
        ("1.2、剪切强度：|15", "剪切强度"),
        ("● 剪切强度：|15", "剪切强度"),
        ("①剪切强度|15", "剪切强度"),
        ("采用新工艺后提高剪切强度|15%", "剪切强度"),
        ("，|15MPa", ""),
        ("|15MPa", ""),
    ],
)
def test_a_name_is_what_stands_between_openers_and_lead_ins(text, name):
    assert before(text).name == name


@pytest.mark.parametrize(
    ("text", "change", "reached", "origin"),
    [
        ("效率提高|20%", "+", "", False),
        ("效率提高了约|20%", "+", "", False),
        ("成本降低|20%", "-", "", False),
        ("效率提高到|20%", "", ">=", False),
        ("成本降至|20%", "", "<=", False),
        ("效率由|20%", "", "", True),
        ("压降|20", "", "", False),
        ("衰减|20", "", "", False),
        ("自由度|20", "", "", False),
        ("理由|20", "", "", False),
        ("提高合格率达到|20%", "", "", False),
        ("提高合格率|20%", "+", "", False),
    ],
)
def test_verbs_before_a_figure_tell_change_level_and_origin(text, change, reached, origin):
    found = before(text)
    assert (found.change, found.reached, found.origin) == (change, reached, origin)


@pytest.mark.parametrize(
    ("text", "name", "per"),
    [
        ("年产|5万吨", "年产", "年"),
        ("年处理能力达到|5万吨", "年处理能力", "年"),
        ("日产量|300吨", "日产量", "天"),
        ("亩产|400kg", "亩产", "亩"),
        ("年产原铝|5万吨", "年产原铝", "年"),
        ("日处理污水约|5万吨", "日处理污水", "天"),
        ("流速为每秒|3m", "流速", "s"),
        ("年产值|5", "年产值", ""),
        ("年产业规模|5", "年产业规模", ""),
    ],
)
def test_output_is_counted_per_period_or_area(text, name, per):
    found = before(text)
    assert (found.name, found.per) == (name, per)


@pytest.mark.parametrize("name", ["合格率", "抗拉强度", "温升", "容量衰减", "D50", "表面粗糙度Ra"])
def test_names_of_properties_are_measurable(name):
    assert is_measurable(name)


@pytest.mark.parametrize("name", ["", "公司", "系统", "项目组"])
def test_names_of_things_are_not(name):
    assert not is_measurable(name)


@pytest.mark.parametrize(
    ("phrase", "name", "start"), [("其中抗拉强度", "抗拉强度", 2), ("硬度", "硬度", 0), ("", "", 0)]
)
def test_the_name_in_a_phrase_is_found_with_its_place(phrase, name, start):
    assert name_of(phrase) == (name, start)


@pytest.mark.parametrize("phrase", ["", "达到", "为", "应不低于", "提高了", "降低至", "≥"])
def test_lead_ins_and_verbs_of_change_lead_on(phrase):
    assert leads_on(phrase)


@pytest.mark.parametrize("phrase", ["导致了核电站", "的强度", "占总数"])
def test_other_words_do_not_lead_on(phrase):
    assert not leads_on(phrase)


@pytest.mark.parametrize("unit", ["℃", "kV", "h", "MPa", "mm", "次", "年", "英寸"])
def test_these_units_state_settings(unit):
    assert is_setting_unit(unit)


@pytest.mark.parametrize("unit", ["%", "dB", "个", "项", "像素", "没有"])
def test_these_units_do_not(unit):
    assert not is_setting_unit(unit)


@pytest.mark.parametrize("table", TABLES)
def test_no_table_repeats_a_word(table):
    listed = words(table)
    assert len(listed) == len(set(listed))
    assert all(word == word.strip() and word for word in listed)


def test_letter_units_are_capitals_with_natures():
    assert all(letter.isupper() and natures for letter, natures in letter_units().items())


def test_every_whole_name_begins_with_an_opener_it_protects():
    openers = words("openers")
    assert all(name.startswith(openers) for name in words("whole_names"))


def test_words_made_technical_by_a_limit_are_otherwise_not():
    usual = set(words("not_technical"))
    assert set(words("technical_when_limited")) <= usual


def test_no_name_that_is_better_low_is_a_matter_of_precision_too():
    precise = naming.any_of("precision_names")
    assert [word for word in words("lower_is_better") if precise.search(word)] == ["噪声"]


LEAD_INS = st.lists(st.sampled_from(words("lead_ins")), max_size=3).map("".join)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["抗拉强度", "容量衰减", "浓度"]), LEAD_INS, st.sampled_from(["", ":", "："])
)
def test_lead_ins_are_taken_off_in_any_number(name, lead_in, mark):
    assert without_lead_ins(name + lead_in + mark) == name


@settings(max_examples=80, deadline=None)
@given(st.text("抗拉强度的在≥%5m（）()，：、提高到由年产-.1 ", max_size=24), st.integers(0, 24))
def test_a_name_never_leaves_its_sentence(text, sentence):
    sentence = min(sentence, len(text))
    found = name_before(text, sentence, len(text))
    assert sentence <= found.start <= len(text)


def test_every_setting_unit_the_table_names_is_known():
    assert all(lookup(unit) for unit in ("℃", "kV", "次", "轮"))
