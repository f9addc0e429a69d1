"""Holders of results: the organisation as worded, without what leads to its name."""

from __future__ import annotations

import pytest
from reading_of import read

from guantong.reading.statements.holders import holders_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会上发布了贵州大学", ["贵州大学"]),
        ("2031年3月6日，会上发布了贵州大学", ["贵州大学"]),
        ("3月6日海川大学", ["海川大学"]),
        ("重点发布贵州省农业科学院", ["贵州省农业科学院"]),
        ("活动现场集中展示了海川科技有限公司", ["海川科技有限公司"]),
        ("来自贵州医科大学", ["贵州医科大学"]),
        ("由贵州大学和海川科技有限公司", ["贵州大学", "海川科技有限公司"]),
        ("贵州大学联合海川重工集团研制的", ["贵州大学", "海川重工集团"]),
        ("陈教授领衔的清华大学团队", ["清华大学团队"]),
        ("代表们纷纷看中了海川化工研究所", ["海川化工研究所"]),
        ("当天评选出云岭省纳米材料研究中心", ["云岭省纳米材料研究中心"]),
        ("海川大学附属医院", ["海川大学附属医院"]),
        ("其中海川先进显示技术创新中心（南京）", ["海川先进显示技术创新中心（南京）"]),
        ("我省科研人员所在的贵州大学", ["贵州大学"]),
    ],
)
def test_a_holder_is_the_name_of_the_organisation(text: str, expected: list[str]) -> None:
    assert list(holders_of(text)[0]) == expected


@pytest.mark.parametrize(
    "name",
    [
        "海川现场急救医学研究所",
        "推进技术研究院",
        "海川应用数学研究所",
        "国家使用技术实验室",
        "联合创新实验室",
        "和平里研究所",
        "首都医科大学",
        "有色金属研究所",
        "并州大学",
        "同步辐射实验室",
        "应用物理研究所",
        "展示技术研究所",
        "重点实验室",
    ],
)
def test_words_inside_a_name_are_kept(name: str) -> None:
    assert holders_of(name)[0] == (name,)


@pytest.mark.parametrize("text", ["相关企业", "我省企业", "有关单位", "该公司", "多家企业"])
def test_who_is_not_named_is_no_holder(text: str) -> None:
    assert holders_of(text)[0] == ()


def test_the_quote_begins_with_the_holder() -> None:
    text = "会上发布了贵州大学的“智能采茶装备”等科技成果。"
    (record,) = read(text, "achievement")
    assert (record["name"], record["holders"]) == ("智能采茶装备", ["贵州大学"])
    assert record["quote"].startswith("贵州大学的“智能采茶装备”")
