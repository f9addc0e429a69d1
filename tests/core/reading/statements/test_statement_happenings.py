"""Releases, events and achievements: what happened to what, and what only sounds like it."""

from __future__ import annotations

import datetime

import pytest
from reading_of import ahead, past, read

from guantong.reading.statements import read_statements


def names(records: list[dict[str, object]]) -> list[object]:
    return [record["name"] for record in records]


# ---- releases -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "kind", "action"),
    [
        ("会上发布《云岭市中试平台建设方案》。", "云岭市中试平台建设方案", "policy", "issued"),
        ("《云岭市数据条例》正式施行。", "云岭市数据条例", "policy", "issued"),
        ("省政府印发了《支持企业创新若干措施》。", "支持企业创新若干措施", "policy", "issued"),
        ("出台科技成果转化实施方案。", "科技成果转化实施方案", "policy", "issued"),
        ("合肥市科创基金设立。", "合肥市科创基金", "fund", "founded"),
        ("组建合肥数据集团。", "合肥数据集团", "organisation", "founded"),
        ("“未来产业推进办公室”揭牌。", "未来产业推进办公室", "organisation", "founded"),
        ("国家人工智能应用中试基地落地。", "国家人工智能应用中试基地", "platform", "launched"),
        ("合芜高速公路建成通车。", "合芜高速公路", "project", "launched"),
        ("滨江医院东院区投入使用。", "滨江医院东院区", "project", "launched"),
        ("低空产业联盟同步启动。", "低空产业联盟", "organisation", "launched"),
        ("中国芜湖可信数据空间正式上线。", "中国芜湖可信数据空间", "platform", "launched"),
        ("发布了合肥市智能制造企业名单。", "合肥市智能制造企业名单", "list", "issued"),
        ("两市正式签订战略合作协议。", "战略合作协议", "agreement", "signed"),
        ("皖江师范学院更名为皖江师范大学。", "皖江师范大学", "organisation", "founded"),
        ("开工建设龙泉水库。", "龙泉水库", "project", "launched"),
        ("盾构机“启明号”顺利下线。", "启明号", "product", "launched"),
    ],
)
def test_what_was_issued_opened_or_founded_is_read(
    text: str, name: str, kind: str, action: str
) -> None:
    (record,) = past(text, "release")
    assert (record["name"], record["object"], record["action"]) == (name, kind, action)


def test_several_names_share_one_verb() -> None:
    records = past("滨海高铁、金沙抽水蓄能电站、云岭智算中心三期等项目开工建设。", "release")
    assert names(records) == ["滨海高铁", "金沙抽水蓄能电站", "云岭智算中心三期"]
    assert records[2]["quote"].startswith("云岭智算中心三期")


def test_the_head_of_the_next_name_is_lent_to_the_one_before() -> None:
    assert names(past("清河、白沙水利枢纽投入使用。", "release")) == [
        "清河水利枢纽",
        "白沙水利枢纽",
    ]


def test_a_counted_noun_behind_etc_belongs_to_each_name() -> None:
    (record,) = past("脑机接口与智能感知等3个交叉研究平台试运行。", "release")
    assert record["name"] == "脑机接口与智能感知交叉研究平台"


def test_titles_that_stand_together_are_read_one_by_one() -> None:
    text = "《云岭市人工智能行动方案》和《云岭市数据行动计划（2032—2034年）》在大会现场正式发布。"
    records = read(text, "release")
    assert names(records) == ["云岭市人工智能行动方案", "云岭市数据行动计划（2032—2034年）"]


@pytest.mark.parametrize(
    "text",
    [
        "将出台《云岭市低空经济条例》。",
        "支持滨海大学筹建。",
        "推动滨海医院新城院区开工建设。",
        "确保滨海高铁建成通车。",
    ],
)
def test_what_is_still_to_come_is_planned(text: str) -> None:
    (record,) = ahead(text, "release")
    assert record["action"] == "planned"


def test_news_of_what_will_be_built_is_planned() -> None:
    (record,) = read("本报讯 安徽提出，建设国家合成生物中试基地。", "release")
    assert (record["name"], record["action"]) == ("国家合成生物中试基地", "planned")


@pytest.mark.parametrize(
    "text",
    [
        "根据《中华人民共和国科学技术进步法》开展工作。",
        "深入落实《纲要》部署。",
        "舞剧《山河》精彩亮相。",
        "实施提振消费专项行动。",
        "开展质量提升行动。",
        "出台一系列惠企政策。",
        "一批重大项目开工建设。",
        "重大标志性工程顺利开工。",
        "推进产业园区建设。",
        "设立18家服务平台。",
        "任务全面完成，工作机制启动。",
        "改革措施落地见效。",
        "围绕产业、人才、生态三个方面进行了政策、成果、需求发布。",
        "企业加快建设、早日投产。",
        "试点获国家批复。",
    ],
)
def test_tasks_citations_and_general_words_are_no_releases(text: str) -> None:
    assert past(text, "release") == []


def test_a_release_told_twice_is_kept_once() -> None:
    text = "会上发布《云岭市中试方案》。\n《云岭市中试方案》正式发布，引发关注。"
    assert names(read(text, "release")) == ["云岭市中试方案"]


# ---- events ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1月4日，云岭市召开全市科技创新大会。", "全市科技创新大会"),
        ("3月2日下午，云岭市制造业推进会议在滨江会堂举行。", "云岭市制造业推进会议"),
        ("成功举办第五届世界新材料大会。", "第五届世界新材料大会"),
        ("原子制造合作共建签约仪式顺利举行。", "原子制造合作共建签约仪式"),
        ("在新型工业化暨产业创新发展大会上，发布了清单。", "新型工业化暨产业创新发展大会"),
        ("在第三届滨海国际链博会上，新品亮相。", "第三届滨海国际链博会"),
        ("12月召开的中央经济工作会议提出要求。", "中央经济工作会议"),
        ("安徽两会热议人工智能。", "安徽两会"),
    ],
)
def test_a_meeting_that_took_place_is_read(text: str, name: str) -> None:
    records = read("本报讯 " + text, "event")
    assert name in names(records)


def test_meetings_that_are_listed_are_read_one_by_one() -> None:
    records = past("成功举办滨海发展论坛、“一带一路”企业家大会。", "event")
    assert names(records) == ["滨海发展论坛", "“一带一路”企业家大会"]


@pytest.mark.parametrize(
    "text",
    [
        "将举办第六届世界新材料大会。",
        "办好第八届浙商大会。",
        "会议指出，要坚定信心。",
        "经济社会持续向好发展。",
        "举办各类招商活动。",
        "服务全社会创新机会。",
        "省人大常委会审议条例。",
        "召开了三场座谈会。",
    ],
)
def test_meetings_to_come_and_general_words_are_no_events(text: str) -> None:
    assert past(text, "event") == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2032年1月4日，云岭市召开科技创新大会。", "2032-01-04"),
        ("1月4日，云岭市召开科技创新大会。", "2032-01-04"),
        ("4月2-3日，云岭市工作座谈会在滨江召开。", "2032-04-02"),
    ],
)
def test_the_day_of_a_meeting_is_read(text: str, date: str) -> None:
    found = read_statements(
        "本报讯 " + text, reference_date=datetime.date(2032, 5, 1), kinds=["event"]
    )
    assert found[0].to_json()["date"] == date


def test_an_event_told_twice_is_kept_once_and_dated() -> None:
    text = "本报讯 2032年1月4日，云岭市召开全市科技创新大会。\n在全市科技创新大会上，多项成果发布。"
    (record,) = read(text, "event")
    assert record["date"] == "2032-01-04"


# ---- achievements ---------------------------------------------------------------------------


def test_results_behind_a_colon_are_read_one_by_one() -> None:
    text = "面向产业的成果共3项：光电融合芯片、可重构智算超节点、以“特种菌”合成的环保材料。"
    records = read(text, "achievement")
    assert names(records) == ["光电融合芯片", "可重构智算超节点", "以特种菌合成的环保材料"]


def test_holders_stand_before_the_quoted_name() -> None:
    text = (
        "发布十大科技成果，具体包括滨海大学的“光子集成技术”、云岭实验室和皖江大学的"
        "“分级智能通信关键技术”、云岭新材料股份有限公司的“气凝胶技术”。"
    )
    records = read(text, "achievement")
    assert [(record["name"], record["holders"]) for record in records] == [
        ("光子集成技术", ["滨海大学"]),
        ("分级智能通信关键技术", ["云岭实验室", "皖江大学"]),
        ("气凝胶技术", ["云岭新材料股份有限公司"]),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“天工”号成功首飞。", "天工号"),
        ("长风三号可重复使用火箭首飞入轨。", "长风三号可重复使用火箭"),
        ("全球首台无人驾驶盾构机研制成功。", "全球首台无人驾驶盾构机"),
        ("电动飞行器XR-300成功首飞。", "电动飞行器XR-300"),
        ("6G小规模实验网率先建成。", "6G小规模实验网"),
    ],
)
def test_a_named_work_and_what_it_did_is_a_result(text: str, name: str) -> None:
    assert names(past(text, "achievement")) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "产业规模世界领先。",
        "实施高新技术企业“量质提升”行动，成果丰硕。",
        "多项技术取得突破。",
        "服务水平全国领先。",
    ],
)
def test_general_praise_is_no_result(text: str) -> None:
    assert past(text, "achievement") == []


def test_figures_inside_names_of_results_are_no_indicators() -> None:
    text = "面向需求的成果共2项：175MPa特高压井口装备、10兆瓦级储能系统。"
    assert read(text, "indicator") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("安徽省科技大市场正式揭牌。", "安徽省科技大市场"),
        ("“青羊”工业互联网平台3.0版本发布。", "“青羊”工业互联网平台3.0版本"),
        ("合肥海归创新园挂牌运行。", "合肥海归创新园"),
    ],
)
def test_a_marked_name_needs_no_known_ending_where_it_was_unveiled(text: str, name: str) -> None:
    assert names(past(text, "release")) == [name]
