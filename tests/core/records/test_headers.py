"""Headers: what they mean, what they nearly mean, which kind they speak of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.records import Side, kinds
from guantong.records.tables.headers import best_kinds, column_for, layout, plain_header

ACHIEVEMENT = kinds.get("achievement")
EVERY_HEADER = [
    (kind.name, column.key, header)
    for kind in kinds.all_kinds()
    for column in kind.columns
    for header in (*column.headers(), column.label("zh"), column.label("en"))
]


@pytest.mark.parametrize("kind", kinds.all_kinds(), ids=lambda kind: kind.name)
def test_every_header_is_recognised_however_it_is_written(kind):
    for name, key, header in EVERY_HEADER:
        if name != kind.name:
            continue
        for written in (header, f" {header}：", header.upper(), f"{header}*", f"{header}（必填）"):
            found = column_for(kind, written)
            assert found is not None, written
            assert found.key == key, written


@given(st.text())
def test_no_header_whatever_breaks_the_search(header):
    found = layout(ACHIEVEMENT, [header, "成果名称"])
    assert found.has("title")
    assert len(found.slots) == 2


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("成果名秤", "成果名称"),
        ("achievment_name", "achievement_name"),
        ("Keyword", "keywords"),
        ("权利人单位名", "权利人单位"),
    ],
)
def test_near_misses_are_suggested_never_taken(header, meant):
    found = layout(ACHIEVEMENT, ["颜色", header])
    assert found.slots[1].column is None
    [problem] = found.problems
    assert (problem.code, problem.params["label"]) == ("header.near_miss", meant)


def test_a_column_that_is_there_is_not_suggested_again():
    found = layout(ACHIEVEMENT, ["成果名称", "成果名秤"])
    assert found.problems == ()


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("意向金额（万元）", "万元"),
        ("意向金额(亿元)", "亿元"),
        ("意向金额/元", "元"),
        ("意向金额 万元", "万元"),
        ("intended_amount_10k_cny", "万元"),
        ("意向金额", "万元"),
        ("amount", "万元"),
    ],
)
def test_units_of_amounts(header, unit):
    found = layout(ACHIEVEMENT, [header])
    if found.slots[0].column is None:
        pytest.fail(f"{header} was not recognised")
    assert found.slots[0].unit == unit


def test_a_key_stands_before_any_other_name_of_its_column():
    found = layout(
        kinds.get("proof_of_concept_centre"), ["title", "service_content", "description"]
    )
    assert [slot.column and slot.column.key for slot in found.slots] == [
        "title",
        None,
        "description",
    ]


def test_layouts_count_what_they_know():
    found = layout(ACHIEVEMENT, ["成果名称", "颜色", "关键词"])
    assert found.known == 2
    assert not found.has("summary")


def test_filler_does_not_matter_and_content_does():
    assert plain_header(" Ａchievement_Name*：") == "achievementname"
    assert plain_header("成果（名称）") != plain_header("成果")


def test_no_title_no_kind():
    assert best_kinds(["颜色", "大小"], None) == []
    assert best_kinds([], None) == []


def test_a_side_limits_the_choice():
    headers = ["title", "description"]
    assert {kind.side for kind in best_kinds(headers, Side.OFFER)} == {Side.OFFER}
    assert [kind.name for kind in best_kinds(headers, Side.NEED)] == ["technology"]


def test_a_name_in_the_title_counts():
    [kind] = best_kinds(["名称", "地址"], None, "2026年大型仪器清单")
    assert kind.name == "instrument"
