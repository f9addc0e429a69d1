import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.reading.names import (
    LEAST_LIKENESS,
    indicator_name,
    join_alike,
    likeness,
    unit_key,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("地区生产总值", "GDP"),
        ("生产总值", "经济总量"),
        ("规模以上工业增加值", "规上工业增加值"),
        ("全社会研发经费投入", "R&D经费投入"),
        ("研究与试验发展经费投入", "研发投入"),
        ("进出口总值", "外贸进出口总额"),
        ("城镇新增就业", "新增城镇就业"),
        ("“专精特新”中小企业", "专精特新企业"),
        ("全省地区生产总值", "地区生产总值"),
        ("全年新增就业", "城镇新增就业"),
        ("常住人口城镇化率", "全市城镇化率"),
        ("居民的人均可支配收入", "居民人均可支配收入"),
        ("第三产业增加值", "服务业增加值"),
        ("PM2.5平均浓度", "ＰＭ２．５年均浓度"),
        ("城镇老旧小区改造", "老旧小区"),
    ],
)
def test_two_ways_to_write_a_name_are_one(one, other):
    assert indicator_name(one).key == indicator_name(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("城镇居民人均可支配收入", "农村居民人均可支配收入"),
        ("一般公共预算收入", "一般公共预算支出"),
        ("研发经费投入", "研发投入强度"),
        ("人均地区生产总值", "地区生产总值"),
        ("规上工业增加值", "规上工业企业"),
        ("高新技术企业", "科技型中小企业"),
    ],
)
def test_different_indicators_stay_apart(one, other):
    assert indicator_name(one).key != indicator_name(other).key
    assert likeness(indicator_name(one).key, indicator_name(other).key) < LEAST_LIKENESS


def test_the_place_before_a_name_does_not_count():
    assert indicator_name("贵阳市技术合同成交额").key == indicator_name("技术合同交易额").key


def test_a_name_tells_the_place_that_it_begins_with():
    assert indicator_name("贵阳市技术合同成交额").place == "贵阳市"
    assert indicator_name("全省技术合同成交额").place == ""


@pytest.mark.parametrize("name", ["新建高原监测站", "城中村改造面积", "新增就业岗位"])
def test_a_word_that_is_also_a_district_is_no_place(name):
    assert indicator_name(name).place == ""


def test_a_lead_is_kept_where_nothing_would_be_left():
    assert indicator_name("全省").key == "全省"


@pytest.mark.parametrize("name", ["项目", "企业", "总投资", "全省项目", ""])
def test_a_name_that_says_nothing_is_generic(name):
    assert indicator_name(name).generic


@pytest.mark.parametrize("name", ["地区生产总值", "CPI", "城镇调查失业率", "财政收入"])
def test_leading_figures_of_a_region_are_headlines(name):
    assert indicator_name(name).headline


def test_a_figure_of_its_own_is_no_headline():
    assert not indicator_name("山地算力调度平台").headline


def test_measure_words_for_single_things_are_one_unit():
    assert unit_key("家") == unit_key("户") == unit_key("个")
    assert unit_key("元") == "元"
    assert unit_key("%") != unit_key("个百分点")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("近岸海域水质优良比例", "近岸海域水质优良率"),
        ("省级以上绿色工厂", "省级及以上绿色工厂"),
        ("脱贫人口务工规模", "脱贫人口务工总规模"),
    ],
)
def test_names_that_differ_little_are_alike(one, other):
    assert likeness(one, other) >= LEAST_LIKENESS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新能源汽车产量增速", "汽车产量增速"),
        ("进口总额比上年", "出口总额比上年"),
        ("省级现代农业产业园", "国家级现代农业产业园"),
        ("小学在校学生人数", "初中在校学生人数"),
    ],
)
def test_a_telling_word_keeps_alike_names_apart(one, other):
    assert likeness(one, other) == 0


def test_names_of_different_documents_are_joined():
    joined = join_alike({"近岸海域水质优良比例": [0], "近岸海域水质优良率": [1], "碧道": [1]})
    assert joined["近岸海域水质优良比例"] == joined["近岸海域水质优良率"]
    assert joined["碧道"] == "碧道"


def test_two_names_of_one_document_mean_two_things():
    joined = join_alike({"近岸海域水质优良比例": [0, 1], "近岸海域水质优良率": [1]})
    assert joined["近岸海域水质优良比例"] != joined["近岸海域水质优良率"]


def test_a_chain_does_not_join_two_names_of_one_document():
    names = {"省级以上绿色工厂": [0], "省级及以上绿色工厂": [1], "省级及以上的绿色工厂": [0]}
    joined = join_alike(names)
    assert joined["省级以上绿色工厂"] != joined["省级及以上的绿色工厂"]


NAMES = st.text("城镇农村居民收入工业增加值新能源", min_size=1, max_size=12)


@given(NAMES, NAMES)
def test_likeness_is_symmetric_and_between_0_and_1(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


@given(NAMES)
def test_a_comparable_name_is_its_own_comparable_name(name):
    key = indicator_name(name).key
    assert indicator_name(key).key == key


@given(st.dictionaries(NAMES, st.lists(st.integers(0, 3), min_size=1, max_size=3), max_size=12))
def test_joining_keeps_every_name_and_never_mixes_a_document(members):
    joined = join_alike(members)
    assert set(joined) == set(members)
    for group in set(joined.values()):
        owners = [set(members[name]) for name in joined if joined[name] == group]
        assert sum(map(len, owners)) == len(set().union(*owners))
