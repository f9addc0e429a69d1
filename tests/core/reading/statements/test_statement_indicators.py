"""Indicators: which figures count, what they are called, how names are carried and shared."""

from __future__ import annotations

import pytest
from reading_of import ahead, past, read, triples


@pytest.mark.parametrize(
    ("text", "name", "value", "unit"),
    [
        ("地区生产总值8100亿元。", "地区生产总值", 810000000000, "元"),
        ("全市社会消费品零售总额达到900亿元。", "社会消费品零售总额", 90000000000, "元"),
        ("建成标准厂房60万平方米。", "标准厂房", 600000, "平方米"),
        ("培育科技型企业1200家。", "科技型企业", 1200, "家"),
        ("成功创建省级创新中心5家。", "省级创新中心", 5, "家"),
        ("发放稳岗资金3.2亿元。", "稳岗资金", 320000000, "元"),
        ("改造老旧小区180个。", "老旧小区", 180, "个"),
        ("新能源装机占比达到41%。", "新能源装机占比", 41, "%"),
        ("城镇登记失业率2.9%。", "城镇登记失业率", 2.9, "%"),
        ("全社会研发投入强度达2.6%。", "全社会研发投入强度", 2.6, "%"),
        ("制造业投资占全部投资的比重为35%。", "制造业投资占全部投资的比重", 35, "%"),
        ("海洋经济总量突破万亿。", "海洋经济总量", 1000000000000, "元"),
        ("人均预期寿命超过80岁。", "人均预期寿命", 80, "岁"),
        ("空气质量优良天数320天。", "空气质量优良天数", 320, "天"),
        ("智能算力规模达到9万P。", "智能算力规模", 90000, "P"),
        ("集装箱吞吐量完成120万标箱。", "集装箱吞吐量", 1200000, "标箱"),
    ],
)  # fmt: skip
def test_the_noun_before_a_figure_names_it(text: str, name: str, value: float, unit: str) -> None:
    (record,) = past(text)
    assert name.endswith(record["indicator"][-3:])
    assert set(record["indicator"]) & set(name)
    assert (record["value"], record["unit"]) == (value, unit)
    assert record["rule"] == "indicator.named"


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("6家省级实验室启用。", "省级实验室", 6),
        ("120项关键技术获得突破。", "关键技术", 120),
        ("15个项目纳入国家盘子。", "项目", 15),
        ("38款创新产品获批上市。", "创新产品", 38),
        ("新引进22家外资企业。", "外资企业", 22),
        ("遴选10个数字化转型示范园区。", "数字化转型示范园区", 10),
        ("完成80公里岸线修复。", "岸线修复", 80),
        ("推出44项惠企政策。", "惠企政策", 44),
        ("30名高层次人才落户。", "高层次人才", 30),
        ("支持60家“链主”企业发展。", "“链主”企业", 60),
    ],
)
def test_the_noun_behind_a_counting_word_names_it(text: str, name: str, value: int) -> None:
    record = past(text)[0]
    assert record["indicator"].startswith(name[:4])
    assert record["value"] == value
    assert record["rule"] == "indicator.counted"


def test_items_of_a_list_are_read_one_by_one() -> None:
    records = past("工业企业达9.1万家、上市公司210家，其中制造业企业3000家。")
    assert [(record["value"], record["unit"]) for record in records] == [
        (91000, "家"),
        (210, "家"),
        (3000, "家"),
    ]


def test_growth_goes_on_with_the_subject_before() -> None:
    level, growth = past("进出口总额620亿元、增长7.5%。")
    assert level["indicator"] == growth["indicator"] == "进出口总额"
    assert (level["change"], growth["change"]) == ("level", "growth")
    assert growth["quote"] == "进出口总额620亿元、增长7.5%"


def test_what_is_compared_with_the_country_is_a_level_of_its_own() -> None:
    records = past("地区生产总值8100亿元、增长6.2%、高于全国1.2个百分点。")
    assert [record["change"] for record in records] == ["level", "growth", "level"]
    assert records[2]["unit"] == "个百分点"
    assert records[2]["indicator"] == "地区生产总值增长高于全国"


def test_new_ones_stay_new_down_the_list() -> None:
    records = past("新增单项冠军企业12家、专精特新企业90家。")
    assert [record["indicator"] for record in records] == ["新增单项冠军企业", "新增专精特新企业"]
    assert {record["change"] for record in records} == {"level"}


def test_an_attribute_is_read_with_its_owner() -> None:
    records = past("科创板上市公司达40家、总市值超6000亿元。")
    assert triples(records)[1] == ("科创板上市公司总市值", 600000000000, "元")


def test_a_fund_lends_its_name_to_its_size_across_a_comma() -> None:
    records = read("某市设立未来产业专项基金，总规模30亿元，首期6亿元。", "indicator")
    assert triples(records) == [
        ("未来产业专项基金总规模", 3000000000, "元"),
        ("未来产业专项基金首期", 600000000, "元"),
    ]


def test_only_a_kept_verb_goes_on_with_the_noun_before() -> None:
    records = past("建成跨江大桥3座、在建2座。")
    assert triples(records)[1] == ("在建跨江大桥", 2, "座")


@pytest.mark.parametrize(
    ("text", "names", "values"),
    [
        ("新兴产业、高技术产业增加值分别增长9%、7.5%。",
         ["新兴产业增加值", "高技术产业增加值"], [9, 7.5]),
        ("城镇和农村居民人均可支配收入分别增长4%、5%。",
         ["城镇居民人均可支配收入", "农村居民人均可支配收入"], [4, 5]),
        ("电力、交通、水利领域投资额分别达80亿元、90亿元、70亿元。",
         ["电力领域投资额", "交通领域投资额", "水利领域投资额"], [8e9, 9e9, 7e9]),
    ],
)  # fmt: skip
def test_respectively_gives_each_noun_its_figure(
    text: str, names: list[str], values: list[float]
) -> None:
    records = past(text)
    assert [record["indicator"] for record in records] == names
    assert [record["value"] for record in records] == values
    assert {record["rule"] for record in records} == {"indicator.distributed"}


def test_a_suffix_behind_the_last_figure_holds_for_all_of_the_list() -> None:
    records = ahead("城镇、农村居民人均可支配收入分别增长4.5%、5.5%左右。")
    assert [record["comparator"] for record in records] == ["~", "~"]


def test_old_and_new_values_are_both_levels() -> None:
    records = past("高新技术企业由310家增至450家。")
    assert [(record["value"], record["change"]) for record in records] == [
        (310, "level"),
        (450, "level"),
    ]


def test_grown_to_a_dated_value_is_a_level() -> None:
    records = past("生产总值从2026年的3.1万亿元增长到2031年的4.6万亿元。")
    assert [(record["value"], record["change"], record["time"]) for record in records] == [
        (3.1e12, "level", "2026"),
        (4.6e12, "level", "2031"),
    ]


@pytest.mark.parametrize(
    ("text", "change", "value"),
    [
        ("工业增加值增长6%。", "growth", 6),
        ("居民消费价格涨幅1.5%。", "growth", 1.5),
        ("出口同比增长9.8%。", "growth", 9.8),
        ("技术合同成交额翻一番。", "growth", 100),
        ("机器人产量增长1.2倍。", "growth", 1.2),
        ("单位能耗下降3.1%。", "decrease", 3.1),
        ("信访总量下降12%。", "decrease", 12),
        ("细颗粒物浓度下降到26微克/立方米。", "level", 26),
        ("城镇化率提高到72%。", "level", 72),
        ("企业数量增加到900家。", "level", 900),
        ("新增学位2万个。", "level", 20000),
    ],
)
def test_words_of_movement_tell_growth_from_level(text: str, change: str, value: float) -> None:
    (record,) = past(text)
    assert (record["change"], record["value"]) == (change, value)


def test_a_count_inside_a_count_is_read_too() -> None:
    records = past("新开工28个总投资5亿元以上的产业项目。")
    assert triples(records) == [("产业项目", 28, "个"), ("总投资", 500000000, "元")]


def test_a_total_counts_the_noun_of_the_clause_before() -> None:
    (record,) = read("会上发布了企业技术需求，共52项。", "indicator")
    assert record["indicator"].endswith("技术需求")
    assert record["rule"] == "indicator.total"


def test_a_step_counts_steps_and_leaves_the_subject_for_what_follows() -> None:
    steps, level = past("地区生产总值连跨2个千亿元台阶、达9200亿元。")
    assert (steps["value"], steps["comparator"]) == (2, "=")
    assert level["indicator"].startswith("地区生产总值")


@pytest.mark.parametrize(
    "text",
    [
        "会议部署了5项重点任务。",
        "从4个方面提出要求。",
        "重点涉及7个重点领域。",
        "深入实施“3057”行动。",
        "拨打12345热线办理。",
        "第9次入围榜单。",
        "召开第十四届人民代表大会第3次会议。",
        "6G小规模试验顺利。",
        "自2020年5月1日起施行。",
        "连续8年位居第一。",
        "方案升级为9.0版。",
        "地址在人民路34号3楼。",
        "每30秒下线一块组件。",
        "建设30万吨级航道。",
        "14米级盾构机下线。",
        "面向3岁以下婴幼儿。",
        "三次产业结构调整为8∶40∶52。",
        "推出《2030年前行动方案》。",
        "会期3天。",
        "三大举措共5项：一是。",
        "百余家企业参加。",
        "高铁时速350公里。",
    ],
)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    assert past(text) == []


def test_two_counts_in_a_row_keep_only_the_one_with_a_noun() -> None:
    records = read("4类21项重大成果集中发布。", "indicator")
    assert triples(records) == [("重大成果", 21, "项")]


def test_the_quote_runs_from_the_name_to_the_figure() -> None:
    (record,) = past("全面推进之下，规上工业总产值突破5万亿元，再创新高。")
    assert record["quote"] == "规上工业总产值突破5万亿元"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("企业年营业收入达到2000万元以上的，可以申报。", 0),
        ("力争到2034年，培育中试平台30家。", 1),
        ("设立首期规模8亿元的引导基金。", 1),
    ],
)
def test_conditions_of_measures_are_no_indicators_but_aims_are(text: str, count: int) -> None:
    assert len(read("某区促进中试服务若干措施\n" + text, "indicator")) == count


@pytest.mark.parametrize(
    ("text", "names", "values"),
    [
        ("城乡居民收入分别增长6%和7.4%。", ["城镇居民收入", "农村居民收入"], [6, 7.4]),
        ("接待游客3亿人次、游客花费900亿元，分别增长8%、9%。",
         ["游客", "游客", "游客花费", "游客花费"], [3e8, 8, 9e10, 9]),
        ("卫生户厕普及率、自来水普及率分别提升至97%、99%。",
         ["卫生户厕普及率", "自来水普及率"], [97, 99]),
    ],
)  # fmt: skip
def test_respectively_reaches_over_pairs_commas_and_words_with_ji(
    text: str, names: list[str], values: list[float]
) -> None:
    records = past(text)
    assert [record["indicator"] for record in records] == names
    assert [record["value"] for record in records] == values


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("85.2%的改革任务落地见效。", "改革任务"),
        ("网络覆盖所有城区和93%以上行政村。", "行政村"),
    ],
)
def test_a_share_may_stand_before_its_noun(text: str, name: str) -> None:
    (record,) = past(text)
    assert record["indicator"].startswith(name)


@pytest.mark.parametrize(
    "text",
    [
        "5次调高养老金标准。",
        "110米口径望远镜取得进展。",
        "海拔5000米以上实现供暖。",
        "1类创新药获批。",
        "187亿元办好实事。",
    ],
)
def test_occasions_dimensions_and_classes_count_nothing(text: str) -> None:
    assert past(text) == []


def test_a_share_of_the_country_goes_on_with_its_subject() -> None:
    records = past("棉花总产610万吨、占全国92%，原煤产量9亿吨，占全国近三成。")
    names = [record["indicator"] for record in records]
    assert names[1::2] == ["棉花总产占全国", "原煤产量占全国"]
