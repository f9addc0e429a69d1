from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import InputError
from guantong.messages import render
from guantong.text.regions import (
    Level,
    Proximity,
    find_regions,
    full_name,
    gazetteer,
    region_choices,
    relation,
    resolve_region,
    same_city,
)
from guantong.text.tables import read_table

CODES = sorted(gazetteer().by_code)
REGIONS = st.sampled_from(CODES).map(gazetteer().region)


def named(text, **context):
    return [
        (found.span.of(text), found.region.code if found.region else None)
        for found in find_regions(text, **context)
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("南京", "320100"),
        ("南京市", "320100"),
        ("江苏南京", "320100"),
        ("中国·江苏·南京", "320100"),
        ("江苏省 / 南京市", "320100"),
        ("江苏省南京市江宁区秣陵街道9号", "320115"),
        ("江宁区", "320115"),
        ("南京栖霞仙林", "320113"),
        ("320100", "320100"),
        ("３２", "320000"),
        ("3201", "320100"),
        ("内蒙古", "150000"),
        ("新疆", "650000"),
        ("广西壮族自治区", "450000"),
        ("香港", "810000"),
        ("恩施", "422800"),
        ("东莞", "441900"),
        ("河南济源", "419001"),
        ("浦东", "310115"),
        ("重庆万州", "500101"),
        ("苏", "320000"),
        ("沪", "310000"),
        ("Nanjing", "320100"),
        ("Inner Mongolia", "150000"),
        ("苏州工业园区", "320500"),
    ],
)
def test_every_usual_form_of_a_name_is_resolved(name, code):
    assert resolve_region(name).code == code


@pytest.mark.parametrize(
    ("former", "now"),
    [("白下区", "320104"), ("310108", "310106"), ("莱芜市", "370116"), ("襄樊", "420600")],
)
def test_a_former_division_is_resolved_to_the_present_one(former, now):
    assert resolve_region(former).code == now


@pytest.mark.parametrize(
    ("name", "code"),
    [("吉林", "220000"), ("吉林市", "220200"), ("海南", "460000"), ("海南藏族自治州", "632500")],
)
def test_of_two_places_the_higher_one_has_the_short_name(name, code):
    assert resolve_region(name).code == code


@pytest.mark.parametrize("name", ["", "未知", "北京路", "全国", "999999", "市"])
def test_what_is_no_place_is_refused_with_advice(name):
    with pytest.raises(InputError) as caught:
        resolve_region(name)
    assert caught.value.code == "text.region_unknown"
    assert name in render(caught.value.code, "zh", **caught.value.params)


def test_a_name_of_several_places_is_refused_with_the_choices():
    with pytest.raises(InputError) as caught:
        resolve_region("鼓楼区")
    assert caught.value.code == "text.region_ambiguous"
    assert "江苏省南京市鼓楼区" in str(caught.value.params["choices"])
    assert len(region_choices("鼓楼区")) == 4


@pytest.mark.parametrize(("near", "code"), [("南京", "320106"), ("福建", "350102")])
def test_the_neighbourhood_decides_between_places_of_one_name(near, code):
    assert resolve_region("鼓楼区", near=resolve_region(near)).code == code


@given(REGIONS)
@settings(max_examples=300, deadline=None)
def test_full_name_and_code_of_every_region_lead_back_to_it(region):
    assert resolve_region(region.code) == region
    assert resolve_region(full_name(region)) == region


@given(REGIONS)
@settings(max_examples=200, deadline=None)
def test_every_full_name_is_found_in_a_text(region):
    text = f"项目位于{full_name(region)}，已经开工"
    assert (full_name(region), region.code) in named(text)


@given(REGIONS, REGIONS)
@settings(max_examples=300, deadline=None)
def test_proximity_does_not_depend_on_the_order(first, second):
    assert relation(first, second) is relation(second, first)
    assert relation(first, first) <= Proximity.SAME_PROVINCE
    assert same_city(first, second) == (relation(first, second) <= Proximity.SAME_CITY)


@given(REGIONS, REGIONS)
@settings(max_examples=200, deadline=None)
def test_what_a_region_holds_is_not_elsewhere(first, second):
    if first.holds(second):
        assert relation(first, second) <= Proximity.SAME_PROVINCE
        assert first.level <= second.level


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("江宁区", "江宁区", Proximity.SAME_DISTRICT),
        ("江宁区", "玄武区", Proximity.SAME_CITY),
        ("江宁区", "南京", Proximity.SAME_CITY),
        ("北京", "海淀区", Proximity.SAME_CITY),
        ("上海市浦东新区", "上海市徐汇区", Proximity.SAME_CITY),
        ("南京", "苏州", Proximity.SAME_PROVINCE),
        ("江苏", "南京", Proximity.SAME_PROVINCE),
        ("济源市", "仙桃市", Proximity.NEIGHBOURING),
        ("济源市", "洛阳", Proximity.SAME_PROVINCE),
        ("南京", "合肥", Proximity.NEIGHBOURING),
        ("南京", "广州", Proximity.ELSEWHERE),
        ("香港", "深圳", Proximity.NEIGHBOURING),
    ],
)
def test_proximity_is_read_off_the_divisions(first, second, expected):
    assert relation(resolve_region(first), resolve_region(second)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "公司位于南京市江宁区，与上海、苏州昆山的高校合作",
            [("南京市江宁区", "320115"), ("上海", "310000"), ("苏州昆山", "320583")],
        ),
        ("江苏省苏州市吴江区盛泽镇", [("江苏省苏州市吴江区", "320509")]),
        ("南京市场占有率高", [("南京", "320100")]),
        ("南京大学在此", [("南京", "320100")]),
        ("山东日照的企业", [("山东日照", "371100")]),
        ("Nanjing, Jiangsu; not shanxiabc", [("Nanjing", "320100"), ("Jiangsu", "320000")]),
        ("", []),
    ],
)
def test_regions_are_found_where_they_stand(text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "生产复合肥料，铺设出海口管道",
        "扩大连接数，推广安全生产，稳定西部",
        "日照时间长，白银价格高，来宾很多",
        "新城区建设与老旧郊区改造",
        "长安大学学报",
        "在该区域之间",
        "川南山区的地温与祁连山区的冰川",
        "龙州和雷州两个样地",
    ],
)
def test_words_that_only_look_like_places_are_not_found(text):
    assert named(text) == []


def test_a_name_of_several_places_is_decided_by_the_places_around_it():
    assert named("南京有江宁区和鼓楼区")[-1] == ("鼓楼区", "320106")
    assert named("鼓楼区企业（徐州市）")[0] == ("鼓楼区", "320302")
    assert named("鼓楼区企业", near=resolve_region("福州"))[0] == ("鼓楼区", "350102")
    open_question = find_regions("鼓楼区企业")[0]
    assert open_question.region is None
    assert len(open_question.choices) == 4


@given(st.text(alphabet="江苏省南京市鼓楼区朝阳海县的，大学İ a", max_size=40))
@settings(max_examples=200, deadline=None)
def test_found_places_stand_in_order_without_overlap(text):
    found = find_regions(text)
    ends = [0, *(item.span.end for item in found)]
    assert all(end <= item.span.start for end, item in zip(ends, found, strict=False))
    assert all(item.span.end <= len(text) and item.choices for item in found)


def test_the_table_of_divisions_is_sound():
    known = gazetteer().by_code
    assert sum(region.level is Level.PROVINCE for region in known.values()) == 34
    for code, region in known.items():
        assert region.province_code in known
        assert len(code) == 6
        assert region.city_code == "" or region.city_code in known


def test_every_former_name_and_alias_leads_to_a_present_division():
    known = gazetteer().by_code
    for row in read_table("regions_changes.csv"):
        assert row["now"] in known
        assert row["code"] not in known
        assert 2000 <= int(row["until"]) <= 2026
    assert all(row["code"] in known for row in read_table("regions_aliases.csv"))


def test_borders_are_mutual():
    borders = {
        row["province"]: set(row["neighbours"].split())
        for row in read_table("regions_neighbours.csv")
    }
    assert set(borders) == {code[:2] for code in CODES}
    assert all(one in borders[other] for one, others in borders.items() for other in others)


def test_the_city_of_a_district_is_told_by_its_code():
    assert resolve_region("江宁区").city_code == "320100"
    assert resolve_region("海淀区").city_code == "110000"
    assert resolve_region("济源市").city_code == "419001"
    assert resolve_region("江苏").city_code == ""
    assert resolve_region("香港").city_code == "810000"


@pytest.mark.parametrize(
    ("holder", "held", "expected"),
    [
        ("江苏", "南京", True),
        ("江苏", "江宁区", True),
        ("南京", "江宁区", True),
        ("南京", "苏州", False),
        ("江宁区", "南京", False),
        ("江宁区", "江宁区", True),
    ],
)
def test_a_region_holds_what_lies_in_it(holder, held, expected):
    assert resolve_region(holder).holds(resolve_region(held)) is expected


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("320100", "南京"),
        ("150000", "内蒙古"),
        ("310115", "浦东"),
        ("422800", "恩施"),
        ("533100", "德宏"),
        ("232700", "大兴安岭"),
        ("140302", "城区"),
    ],
)
def test_the_short_name_is_the_one_in_daily_use(name, short):
    assert resolve_region(name).short == short
