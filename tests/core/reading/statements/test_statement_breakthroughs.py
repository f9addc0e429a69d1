"""Results told in a report's own words: what was developed, came into being or won a prize."""

from __future__ import annotations

import pytest
from reading_of import ahead, past


def names(text: str) -> list[str]:
    return [record["name"] for record in past(text, "achievement")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("研制出全球首款碳基传感芯片，填补国内空白。", "全球首款碳基传感芯片"),
        ("成功研制国内首台15兆瓦级海上风电机组。", "国内首台15兆瓦级海上风电机组"),
        ("成功研发“海川二号”氢能机车。", "海川二号氢能机车"),
        ("攻克了大尺寸单晶金刚石生长技术。", "大尺寸单晶金刚石生长技术"),
        ("研发“微波辅助多晶金属沉积技术”，已用于生产。", "微波辅助多晶金属沉积技术"),
    ],
)
def test_what_was_developed_is_a_result(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "突破高纯石英砂制备、特种光纤拉制等关键核心技术20项。",
            ["高纯石英砂制备", "特种光纤拉制"],
        ),
        (
            "攻克超薄不锈钢轧制、高强碳纤维等一批“卡脖子”技术。",
            ["超薄不锈钢轧制", "高强碳纤维"],
        ),
        (
            "涌现出海川超导电缆、五轴联动机床、热泵锅炉等一批重大原创成果。",
            ["海川超导电缆", "五轴联动机床", "热泵锅炉"],
        ),
        (
            "取得“海川一号”水稻新品种、“云岭黑山羊”新品种等标志性成果。",
            ["海川一号水稻新品种", "云岭黑山羊新品种"],
        ),
        (
            "海川造氢能矿卡、智能采煤机器人、深海钻机等一批首台（套）装备投入应用。",
            ["海川造氢能矿卡", "智能采煤机器人", "深海钻机"],
        ),
        (
            "“九天”无人机、“海川三号”火箭、“墨子二号”量子卫星相继问世。",
            ["九天无人机", "海川三号火箭", "墨子二号量子卫星"],
        ),
    ],
)
def test_the_noun_behind_a_list_makes_results_of_its_items(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我国首台（套）百万千瓦级海上风机问世。", "我国首台（套）百万千瓦级海上风机"),
        ("国内首台套高温主蒸汽阀研制成功，打破国外垄断。", "国内首台套高温主蒸汽阀"),
        ("世界首例基因编辑猪肝移植手术成功实施。", "世界首例基因编辑猪肝移植手术"),
        ("国产首款高端质子治疗系统获批上市。", "国产首款高端质子治疗系统"),
        ("全球首颗忆阻器存算一体芯片诞生。", "全球首颗忆阻器存算一体芯片"),
        ("亚洲首架氢动力支线飞机在海川成功首飞。", "亚洲首架氢动力支线飞机"),
        ("治疗罕见病的一类新药海川替尼片获批上市。", "海川替尼片"),
        ("嫦远八号探测器成功着陆。", "嫦远八号探测器"),
    ],
)
def test_first_ones_of_their_kind_and_new_drugs_are_results(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“海川智算”工程获国家科技进步一等奖。", "海川智算工程"),
        ("“高原隧道建造关键技术”获国家自然科学二等奖。", "高原隧道建造关键技术"),
    ],
)
def test_prizes_name_results(text: str, name: str) -> None:
    assert names(text) == [name]


def test_who_made_it_is_the_holder() -> None:
    (record,) = past("全球首款光子存算芯片由海川大学研制成功。", "achievement")
    assert (record["name"], record["holders"]) == ("全球首款光子存算芯片", ["海川大学"])
    (record,) = past("海川重工集团成功研制国内首台氢能矿卡。", "achievement")
    assert record["holders"] == ["海川重工集团"]


@pytest.mark.parametrize(
    "text",
    [
        "力争研制成功全球首款光子芯片。",
        "加快突破高纯石英砂制备等关键核心技术。",
        "推动智能采煤机器人、深海钻机等首台（套）装备应用。",
        "支持企业研制首台（套）重大技术装备。",
        "研发国内首款产品的企业给予奖励。",
        "攻克了一批关键核心技术。",
        "突破5项核心技术。",
        "累计研发新产品50款，突破关键技术30项。",
        "取得“十个全国第一”成果。",
        "形成以技术换市场的方法。",
        "突破性开展工作，研发投入占比提高。",
        "突破发展瓶颈。",
        "“揭榜挂帅”等方式取得技术突破。",
        "国内首个数字文旅项目问世。",
        "首款游戏上线，电影《海川》问世。",
        "5家企业获批上市，首批10款药品获批上市。",
        "新产品研发成功率提升5个百分点。",
    ],
)
def test_aims_kinds_counts_and_works_of_art_are_no_results(text: str) -> None:
    assert names(text) == []


def test_what_a_plan_asks_for_is_no_result() -> None:
    assert ahead("攻克高纯石英砂制备、特种光纤拉制等关键核心技术。", "achievement") == []


def test_figures_beside_results_stay_indicators() -> None:
    (record,) = past("突破高纯石英砂制备、特种光纤拉制等关键核心技术20项。", "indicator")
    assert (record["value"], record["unit"]) == (20, "项")


def test_a_machine_that_bores_is_no_boring() -> None:
    (record,) = past("全球首台海川型风电轴承、全球最大竖井掘进机成功下线。", "release")[-1:]
    assert record["name"] == "全球最大竖井掘进机"
