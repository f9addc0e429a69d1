from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import InputError
from guantong.messages import render
from guantong.text.industries import (
    Industry,
    field_similarity,
    industry_similarity,
    lookup_industry,
    parents,
    resolve_industry,
    strategic_industries,
    technology_field,
)
from guantong.text.tables import read_table

INDUSTRIES = st.sampled_from(
    [Industry(row["code"], row["name"]) for row in read_table("industries.csv")]
)
FIELDS = st.lists(
    st.sampled_from(
        [
            "新材料",
            "先进高分子材料",
            "生物医药",
            "电子信息",
            "人工智能",
            "C3841",
            "C3842",
            "能源",
            "",
        ]
    ),
    max_size=3,
).map(tuple)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("C3841", "C3841"),
        ("c3841", "C3841"),
        ("3841", "C3841"),
        ("C 3841 锂离子电池制造", "C3841"),
        ("3841-锂离子电池制造", "C3841"),
        ("C3841 锂电池生产", "C3841"),
        ("锂离子电池制造", "C3841"),
        ("锂离子电池", "C3841"),
        ("电池制造", "C384"),
        ("38", "C38"),
        ("C", "C"),
        ("制造业", "C"),
        ("软件开发", "I651"),
        ("造林和更新", "A022"),
    ],
)
def test_a_code_or_a_name_is_resolved(name, code):
    assert resolve_industry(name).code == code


@pytest.mark.parametrize(
    "name", ["", "C9999", "Z", "123456", "没有这个行业", "Q3841", "12英寸晶圆", "G60科创走廊"]
)
def test_what_is_no_industry_is_refused_with_advice(name):
    assert lookup_industry(name) is None
    with pytest.raises(InputError) as caught:
        resolve_industry(name)
    assert "GB/T 4754" in render(caught.value.code, "zh", **caught.value.params)


@given(INDUSTRIES)
@settings(max_examples=300, deadline=None)
def test_every_code_leads_back_and_every_name_to_an_industry_of_that_name(industry):
    assert resolve_industry(industry.code) == industry
    assert resolve_industry(industry.name).name == industry.name


@given(INDUSTRIES)
@settings(max_examples=200, deadline=None)
def test_the_parents_widen_step_by_step_up_to_the_section(industry):
    held = parents(industry)
    assert [parent.level for parent in held] == list(range(1, industry.level))
    assert all(industry.code.startswith(parent.code) for parent in held)


@given(INDUSTRIES, INDUSTRIES)
@settings(max_examples=200, deadline=None)
def test_industry_similarity_is_symmetric_and_one_only_for_the_same(first, second):
    similarity = industry_similarity(first, second)
    assert similarity == industry_similarity(second, first)
    assert 0 <= similarity <= 1
    assert (similarity == 1) == (first == second)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("C3841", "C3842", 0.8),
        ("C3841", "C3812", 0.5),
        ("C3841", "C2710", 0.1),
        ("C3841", "A0111", 0),
    ],
)
def test_industries_are_nearer_the_more_levels_they_share(first, second, expected):
    assert industry_similarity(resolve_industry(first), resolve_industry(second)) == expected


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("新材料", "新材料"),
        ("新能源汽车", "汽车与交通"),
        ("新能源与节能", "新能源"),
        ("生物与新医药", "生物医药"),
        ("先进高分子材料技术", "新材料"),
        ("Artificial Intelligence", "电子信息"),
        ("别的", ""),
        ("", ""),
    ],
)
def test_a_field_belongs_to_its_broad_field(name, field):
    assert technology_field(name) == field


@given(FIELDS, FIELDS)
@settings(max_examples=200, deadline=None)
def test_field_similarity_is_symmetric_and_within_bounds(first, second):
    similarity = field_similarity(first, second)
    assert similarity == pytest.approx(field_similarity(second, first))
    assert 0 <= similarity <= 1


@given(FIELDS.filter(any))
@settings(max_examples=100, deadline=None)
def test_the_same_fields_are_fully_alike(fields):
    assert field_similarity(fields, fields) == pytest.approx(1.0)


def test_nothing_said_is_like_nothing():
    assert field_similarity((), ("新材料",)) == 0.0
    assert field_similarity(("",), ("",)) == 0.0


def test_a_shared_fine_field_is_nearer_than_a_shared_coarse_one():
    need = ("新材料", "先进高分子材料")
    same = field_similarity(need, ("新材料", "先进高分子材料"))
    coarse_only = field_similarity(need, ("新材料", "特种陶瓷"))
    other = field_similarity(need, ("现代农业", "育种"))
    assert same > coarse_only > other


def test_names_of_one_broad_field_are_alike_though_no_character_is_shared():
    assert field_similarity(("人工智能",), ("集成电路",)) == pytest.approx(0.7)


def test_industry_codes_are_compared_as_industries():
    assert field_similarity(("C3841",), ("锂离子电池制造",)) == 1.0
    assert field_similarity(("C3841",), ("3842",)) == 0.8


def test_the_strategic_industries_have_two_levels():
    known = strategic_industries()
    assert sum("." not in code for code in known) == 9
    assert all(code.split(".")[0] in known for code in known)
