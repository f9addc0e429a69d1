"""Names beside figures: where they begin and end, and what is no name."""

from __future__ import annotations

import pytest

from guantong.reading.statements.naming import (
    is_attribute,
    is_verb,
    kept_verb,
    motion_at_end,
    name_after,
    name_before,
    names_nothing,
    only_announces,
    starts_with_verb,
    without_linkers,
)
from guantong.reading.statements.prose import Prose


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("地区生产总值", "地区生产总值"),
        ("全市地区生产总值", "地区生产总值"),
        ("2031年全省生产总值", "生产总值"),
        ("到2035年研发投入强度", "研发投入强度"),
        ("“十五五”时期累计引进青年人才", "青年人才"),
        ("实施技术改造项目", "技术改造项目"),
        ("布局建设省级概念验证中心", "省级概念验证中心"),
        ("新增高新技术企业", "新增高新技术企业"),
        ("新认定省级中试平台", "新认定省级中试平台"),
        ("争取用于项目建设的地方专项债券额度", "地方专项债券额度"),
        ("交通、水利、能源领域投资额", "能源领域投资额"),
        ("安排省级财政资金", "省级财政资金"),
        ("全社会研发投入强度", "全社会研发投入强度"),
        ("新能源汽车产量", "新能源汽车产量"),
        ("制造业增加值占地区生产总值比重", "制造业增加值占地区生产总值比重"),
        ("建设宜居宜业和美乡村", "宜居宜业和美乡村"),
        ("该企业将投资", "投资"),
        ("支持“自审自发”项目", "“自审自发”项目"),
        ("第三条 设立首期规模", "首期规模"),
    ],
)
def test_the_name_is_the_shortest_phrase_before_the_figure(text: str, name: str) -> None:
    prose = Prose(text)
    start, found = name_before(prose, 0, len(text))
    assert found == name
    assert text[start:] == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("国家实验室永久园区启用", "国家实验室永久园区"),
        ("创新药械获批上市", "创新药械"),
        ("便民事项实现跨省办理", "便民事项"),
        ("概念验证中心、标杆孵化器", "概念验证中心"),
        ("小巨人企业和", "小巨人企业"),
        ("“千项万亿”重大项目完成投资", "“千项万亿”重大项目"),
        ("的工业项目，", "工业项目"),
        ("公共服务平台建成投用", "公共服务平台"),
        ("技术改造项目", "技术改造项目"),
    ],
)
def test_the_counted_noun_ends_where_a_predicate_begins(text: str, name: str) -> None:
    begin, end = name_after(Prose(text), 0, len(text))
    assert text[begin:end] == name


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("产量分别", "产量"),
        ("收入年均", "收入"),
        ("进出口同比", "进出口"),
        ("数量稳居全国第一、", ""),
        ("能耗较“十四五”末", "能耗"),
        ("产值比2030年", "产值"),
        ("产量连续5年", "产量"),
        ("岸线", "岸线"),
    ],
)
def test_words_of_linking_are_stripped_from_the_end(text: str, rest: str) -> None:
    assert without_linkers(text) == rest


@pytest.mark.parametrize(
    ("text", "rest", "direction"),
    [
        ("收入增长", "收入", "growth"),
        ("价格涨幅", "价格", "growth"),
        ("浓度下降", "浓度", "decrease"),
        ("收入", "收入", ""),
        ("净增加值", "净增加值", ""),
    ],
)
def test_movement_at_the_end_is_told_apart(text: str, rest: str, direction: str) -> None:
    assert motion_at_end(text) == (rest, direction)


@pytest.mark.parametrize("name", ["全国", "其中", "人均", "我", ""])
def test_scopes_name_nothing(name: str) -> None:
    assert names_nothing(name)


@pytest.mark.parametrize(
    "name", ["重点任务", "重点领域", "方面", "鲜明特点", "方面的保障措施", "环节"]
)
def test_words_that_announce_a_list_are_known(name: str) -> None:
    assert only_announces(name)


@pytest.mark.parametrize("name", ["年度改革任务", "惠企政策", "领域投资额", "试点城市"])
def test_nouns_that_only_look_alike_are_kept(name: str) -> None:
    assert not only_announces(name)


def test_attributes_verbs_and_kept_verbs_are_told_apart() -> None:
    assert is_attribute("总市值")
    assert not is_attribute("上市公司总市值")
    assert is_verb("推动")
    assert not is_verb("推动力")
    assert kept_verb("新增学位") == "新增"
    assert kept_verb("学位") == ""
    assert starts_with_verb("办好民生实事")
    assert not starts_with_verb("民生实事")
