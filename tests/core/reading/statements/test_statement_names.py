"""Proper names: lists taken apart, marks and endings that tell a name from a general word."""

from __future__ import annotations

import pytest

from guantong.reading.statements.named import (
    is_known,
    is_local,
    is_marked,
    is_proper,
    kind_of_object,
    split_list,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲高铁、乙大桥", ["甲高铁", "乙大桥"]),
        ("清河高铁、白沙大桥和金沙水库", ["清河高铁", "白沙大桥", "金沙水库"]),
        ("清河高铁以及白沙大桥等", ["清河高铁", "白沙大桥"]),
        ("清河高铁、白沙大桥等重大项目", ["清河高铁", "白沙大桥"]),
        ("清河、白沙等3座水库", ["清河水库", "白沙水库"]),
        ("“甲、乙”中心、丙平台", ["“甲、乙”中心", "丙平台"]),
        ("“甲药”“乙药”", ["“甲药”", "“乙药”"]),
        ("机构（甲、乙）和丙平台", ["机构（甲、乙）", "丙平台"]),
        ("和平大桥、平和水库", ["和平大桥", "平和水库"]),
    ],
)
def test_a_list_is_taken_apart_outside_quotes_and_brackets(text: str, names: list[str]) -> None:
    assert [name.text for name in split_list(text, 0, len(text))] == names


def test_the_place_of_each_name_is_kept() -> None:
    text = "还有清河高铁、白沙大桥"
    for name in split_list(text, 2, len(text)):
        assert text[name.start : name.end] == name.text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("低空经济条例", "policy"),
        ("人才政策2.0", "policy"),
        ("重点企业名单", "list"),
        ("战略合作协议", "agreement"),
        ("成果转化基金", "fund"),
        ("数据集团", "organisation"),
        ("概念验证中心", "platform"),
        ("城际铁路", "project"),
        ("科学城二期", "project"),
        ("通用大模型", "product"),
        ("创新创业挑战赛", "other"),
    ],
)
def test_the_kind_of_thing_follows_from_how_the_name_ends(name: str, kind: str) -> None:
    assert kind_of_object(name) == kind


@pytest.mark.parametrize(
    "name", ["合肥数据集团", "“青羊”平台", "国家中试基地", "皖浙铁路", "G60走廊"]
)
def test_marked_names_are_proper(name: str) -> None:
    assert is_marked(name)
    assert is_proper(name, strong=True)


@pytest.mark.parametrize(
    "name",
    ["一批重大项目", "平台", "重大标志性工程", "3家服务平台", "更多企业", "相关政策", "若干措施",
     "服务平台", "各类展会", "配套政策", "我们", "“十五五”规划项目"],
)  # fmt: skip
def test_general_words_are_not(name: str) -> None:
    assert not is_proper(name, strong=True)


def test_a_plan_in_quotes_marks_nothing() -> None:
    assert not is_marked("“十五五”重大项目")


def test_known_endings_need_some_length() -> None:
    assert is_known("滨江抽水蓄能电站", "project")
    assert not is_known("大电站", "project")
    assert is_local("合肥中心")
    assert not is_local("国家中心")
