from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import InputError
from guantong.text.organisations import (
    OrganisationName,
    OrganisationNames,
    find_organisations,
    load_organisation_names,
    organisation_names,
    same_organisation,
)
from guantong.text.regions import gazetteer
from guantong.text.tables import read_table

NAMES = st.sampled_from(sorted(row["name"] for row in read_table("organisations.csv")))


def found(text, names=None):
    return [(item.span.of(text), item.organisation) for item in find_organisations(text, names)]


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("南京理工", "南京理工大学"),
        ("南理工", "南京理工大学"),
        ("南京理工大学", "南京理工大学"),
        ("中科院", "中国科学院"),
        ("上海交大", "上海交通大学"),
        ("中科院大连化物所", "中国科学院大连化学物理研究所"),
        ("大连化物所", "中国科学院大连化学物理研究所"),
        ("中科院化学所", "中国科学院化学研究所"),
        ("中国石油大学(华东)", "中国石油大学（华东）"),
        ("南京化工大学", "南京工业大学"),
        ("第四军医大学", "空军军医大学"),
    ],
)
def test_short_and_former_names_lead_to_the_full_one(name, full):
    assert organisation_names().resolve(name) == full


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("南京大学化学化工学院", "南京大学"),
        ("南京大学 医学院", "南京大学"),
        ("华中科大机械学院", "华中科技大学"),
        ("中国石油大学（华东）化学工程学院", "中国石油大学（华东）"),
        ("华为技术有限公司南京分公司", "华为技术有限公司"),
        ("甲乙丙科技有限公司研发中心", "甲乙丙科技有限公司"),
    ],
)
def test_a_department_or_branch_belongs_to_its_owner(name, owner):
    assert organisation_names().resolve(name) == owner


@pytest.mark.parametrize(
    "name", ["浙江大学宁波研究院", "南京大学金陵学院", "西安交通大学第一附属医院"]
)
def test_a_body_of_its_own_is_no_department(name):
    assert organisation_names().resolve(name) == name


def test_a_short_name_of_several_bodies_is_left_open():
    assert organisation_names().lookup("东大") is None
    assert organisation_names().resolve("东大") == "东大"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("南京理工", "南京理工大学"),
        ("苏州大学", "苏州大学材料与化学化工学部"),
        ("甲乙丙医药股份有限公司", "甲乙丙医药有限责任公司"),
        ("江苏甲乙丙医药股份有限公司", "甲乙丙医药"),
        ("南京甲乙丙自动化（集团）有限公司", "南京甲乙丙自动化有限公司"),
        ("甲乙（南京）信息有限公司", "甲乙(南京)信息 有限公司"),
        ("ABC Co., Ltd.", "abc limited"),
    ],
)
def test_two_names_of_one_organisation_are_the_same(first, second):
    assert same_organisation(first, second)
    assert same_organisation(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("南京大学", "南京理工大学"),
        ("南京大学", "南京大学金陵学院"),
        ("南京甲乙丙医药有限公司", "苏州甲乙丙医药有限公司"),
        ("甲乙（南京）信息有限公司", "甲乙信息有限公司"),
        ("南京有限公司", "苏州有限公司"),
        ("公司", "有限公司"),
        ("", ""),
    ],
)
def test_two_organisations_are_not_the_same(first, second):
    assert not same_organisation(first, second)


@given(NAMES)
@settings(max_examples=200, deadline=None)
def test_every_name_of_the_table_means_itself_and_is_found_in_a_text(name):
    assert organisation_names().resolve(name) == name
    assert same_organisation(name, name)
    assert (name, name) in found(f"委托，{name}，开发")


@given(NAMES, NAMES)
@settings(max_examples=200, deadline=None)
def test_two_names_of_the_table_are_never_the_same(first, second):
    assert same_organisation(first, second) == (first == second)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "本项目由南京大学和江苏恒瑞医药股份有限公司联合研发，中科院大连化物所参与",
            ["南京大学", "江苏恒瑞医药股份有限公司", "中科院大连化物所"],
        ),
        ("与清华合作；南京理工的团队", ["清华", "南京理工"]),
        ("南京鼓楼医院、江苏省人民医院", ["南京鼓楼医院", "江苏省人民医院"]),
        ("是龙头企业江苏亨通光电股份有限公司的供应商", ["江苏亨通光电股份有限公司"]),
        ("依托强生（苏州）医疗器材有限公司", ["强生（苏州）医疗器材有限公司"]),
        (
            "发挥河南牧业经济学院和鑫地牧业有限公司的优势",
            ["河南牧业经济学院", "鑫地牧业有限公司"],
        ),
        ("南京工业大学材料化学工程国家重点实验室", ["南京工业大学材料化学工程国家重点实验室"]),
    ],
)
def test_organisations_are_found_where_they_stand(text, expected):
    assert [name for name, _ in found(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "我公司是高新技术企业，集团化发展",
        "大学生与大学城，学院派",
        "国家重点实验室支持，技术创新中心",
        "本院和我院研究院",
        "与仿真能力研究院所对接，投入1000余万用于实验室",
        "重大突破，中大尺寸",
    ],
)
def test_kinds_without_a_name_are_no_organisations(text):
    assert found(text) == []


@given(st.text(alphabet="由南京大学和江苏（苏州）甲乙科技有限公司研究院的，清华", max_size=40))
@settings(max_examples=200, deadline=None)
def test_found_organisations_stand_in_order_without_overlap(text):
    items = find_organisations(text)
    ends = [0, *(item.span.end for item in items)]
    assert all(end <= item.span.start for end, item in zip(ends, items, strict=False))
    assert all(item.organisation for item in items)


def test_the_users_names_are_known_too(tmp_path):
    file = tmp_path / "names.txt"
    file.write_text(
        "\ufeff# 本市\n甲乙丙精密制造有限公司 | 甲乙丙精密 | 甲乙丙\n\n", encoding="utf-8"
    )
    names = load_organisation_names(file)
    assert names.resolve("甲乙丙") == "甲乙丙精密制造有限公司"
    assert names.resolve("南理工") == "南京理工大学"
    assert same_organisation("甲乙丙", "甲乙丙精密制造有限公司", names)


def test_a_table_of_names_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError) as caught:
        load_organisation_names(tmp_path / "missing.txt")
    assert caught.value.code == "text.organisation_file"


def test_names_can_be_built_without_the_shipped_table():
    names = OrganisationNames([OrganisationName("甲乙大学", "32", ("甲大",))])
    assert names.lookup("甲大") == names.lookup("甲乙大学")
    assert names.lookup("南京大学") is None


def test_every_organisation_of_the_table_lies_in_a_province():
    for row in read_table("organisations.csv"):
        assert gazetteer().region(row["province"]) is not None
        assert row["name"] == row["name"].strip()


@pytest.mark.parametrize(
    ("name", "province"),
    [("南京大学化学化工学院", "32"), ("中科院金属所", "21"), ("哈工大", "23"), ("华为", "44")],
)
def test_the_province_of_an_organisation_comes_with_its_entry(name, province):
    entry = organisation_names().owner(name)
    assert entry is not None
    assert entry.province == province


def test_an_unknown_organisation_has_no_entry():
    assert organisation_names().owner("甲乙丙科技有限公司") is None
    assert organisation_names().lookup("") is None
