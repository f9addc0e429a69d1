"""What a figure counts: shares, stages, sizes, durations, points and figures for several."""

from __future__ import annotations

import pytest
from reading_of import ahead, past, period, read, triples


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("98%乡镇通了快递。", ("乡镇", 98, "%")),
        ("88%二级以上公立医院设立儿童门诊。", ("二级以上公立医院设立儿童门诊", 88, "%")),
        ("90%以上的村集体收入超过20万元。", ("村集体收入", 90, "%")),
    ],
)
def test_a_share_that_opens_a_clause_is_named_by_what_follows(
    text: str, expected: tuple[str, float, str]
) -> None:
    assert triples(past(text))[0] == expected


def test_the_same_things_at_two_stages() -> None:
    records = past("全市重大项目开工90个、竣工70个。")
    assert triples(records) == [("重大项目开工", 90, "个"), ("重大项目竣工", 70, "个")]


def test_what_was_merged_is_counted_before_and_after() -> None:
    records = past("96个园区整合优化为40个。")
    assert [record["value"] for record in records] == [96, 40]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("平均候诊时间同比减少12分钟。", ("平均候诊时间", 12, "分钟", "decrease")),
        ("新增劳动力平均受教育年限达到14.5年。", ("新增劳动力平均受教育年限", 14.5, "年", "level")),
    ],
)
def test_a_time_that_something_takes_is_counted(
    text: str, value: tuple[str, float, str, str]
) -> None:
    (record,) = past(text)
    assert (record["indicator"], record["value"], record["unit"], record["change"]) == value


def test_how_long_something_was_done_is_not() -> None:
    assert past("巩固提升行动历时3年，圆满收官。") == []


@pytest.mark.parametrize(
    "text",
    [
        "连续3次提高基础养老金标准。",
        "行政村和30户以上自然村道路全部硬化。",
        "布局一批40万千瓦以上风电基地。",
        "华远新材10万吨绿色铝材料项目投产。",
        "全球最高12米液压支架下线。",
        "全球首台30兆瓦级风电轴承下线。",
    ],
)
def test_sizes_occasions_and_capacities_in_names_are_not_counted(text: str) -> None:
    assert past(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3座45万千瓦光热电站开工。", ("光热电站", 3, "座")),
        ("新建18个500千伏和220千伏电网工程。", ("电网工程", 18, "个")),
        ("为90万名75岁以上老年人发放津贴。", ("75岁以上老年人", 90_0000, "名")),
        ("15亿元以上项目签约4个。", ("项目签约", 4, "个")),
        ("120余家上下游企业获评。", ("上下游企业", 120, "家")),
        ("建成40个起降点。", ("起降点", 40, "个")),
        ("更新3台余热锅炉。", ("余热锅炉", 3, "台")),
        ("审议通过3部地方法规。", ("地方法规", 3, "部")),
        ("35人入选科技领军人才计划。", ("科技领军人才计划", 35, "人")),
        ("改造危旧房2.5万套（户）。", ("危旧房", 25000, "套")),
        ("完成60万亩高标准农田建设。", ("高标准农田建设", 600000, "亩")),
        ("推动320个事项“全省通办”。", ("事项", 320, "个")),
        ("12个县被命名为生态示范县。", ("县", 12, "个")),
        ("平稳应对7轮强降雨。", ("强降雨", 7, "轮")),
        ("出台24条具体举措。", ("具体举措", 24, "条")),
        ("智算规模12万P、居全国前列。", ("智算规模", 120000, "P")),
        ("铁路客运量双双超过千万人次。", ("铁路客运量", 10_000_000, "人次")),
    ],
)
def test_what_is_counted(text: str, expected: tuple[str, float, str]) -> None:
    (record,) = past(text)
    assert (record["indicator"], record["value"], record["unit"]) == expected


def test_four_measures_only_announce_a_list() -> None:
    assert past("推出4条具体举措。") == []


@pytest.mark.parametrize(
    ("text", "change", "value"),
    [
        ("跨境电商试验区扩容至6个。", "level", 6),
        ("消费价格上涨幅度控制在2%以内。", "growth", 2),
        ("游客、收入均保持8%以上增长。", "growth", 8),
        ("审批材料精简60%。", "decrease", 60),
        ("重点药品平均降价超40%。", "decrease", 40),
        ("省实验室再增加2家。", "level", 2),
        ("转移支付资金同口径增长4.2%。", "growth", 4.2),
        ("技术合同成交额翻了两番。", "growth", 300),
    ],
)
def test_growth_and_level(text: str, change: str, value: float) -> None:
    (record,) = past(text)
    assert (record["change"], record["value"]) == (change, value)


def test_points_share_their_unit() -> None:
    records = past("投资、消费增速分别快于全国2.4个、1个百分点。")
    assert triples(records) == [
        ("投资增速快于全国", 2.4, "个百分点"),
        ("消费增速快于全国", 1, "个百分点"),
    ]


def test_a_year_that_is_compared_with_does_not_date_the_figure() -> None:
    records = past("全年GDP增长4%，快于2030年1.8个百分点。")
    assert [record["time"] for record in records] == ["2031", "2031"]


def test_a_figure_for_each_of_several_is_named_by_all() -> None:
    (record,) = past("新建省实验室、省技术中心、省工程中心各15家。")
    assert record["indicator"].count("、") == 2


def test_a_total_behind_a_growth_belongs_to_its_subject() -> None:
    records = past("外贸进出口增长7.1%，总额突破800亿元。")
    assert triples(records)[1] == ("外贸进出口总额", 80_000_000_000, "元")


def test_a_comparison_of_growths_is_no_part_of_the_name() -> None:
    (record,) = past("居民人均可支配收入增速高于经济增速、突破3万元。")
    assert (record["indicator"], record["change"]) == ("居民人均可支配收入", "level")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("城市生活污水集中收集处理率提高到66%。", "城市生活污水集中收集处理率"),
        ("发放困难群众救助补助资金12亿元。", "困难群众救助补助资金"),
        ("开挖疏浚沟渠1.2万公里。", "疏浚沟渠"),
        ("累计使用外资比“十五五”时期增长71%。", "使用外资"),
    ],
)
def test_words_that_read_like_verbs(text: str, name: str) -> None:
    assert past(text)[0]["indicator"].endswith(name)


class TestTimes:
    @pytest.mark.parametrize(
        ("text", "time"),
        [
            ("经营主体90万户。", "2030"),
            ("生产总值6万亿元，财政收入7000亿元。", "2030"),
            ("植树造林90万亩。", "2026-2030"),
            ("新增示范区5个、产业园9个。", "2026-2030"),
            ("粮食产量稳定在50亿斤以上。", "2026-2030"),
            ("自贸试验区新设企业3万家。", "2026-2030"),
            ("一般公共预算收入增加近800亿元。", "2026-2030"),
            ("累计建成高标准农田900万亩，粮食产量90亿斤、居全国第5位。", "2026-2030"),
        ],
    )
    def test_a_bare_name_tells_how_things_stand_at_the_end(self, text: str, time: str) -> None:
        assert period(text)[0]["time"] == time

    def test_the_five_years_may_open_with_a_sentence(self) -> None:
        text = (
            "一、2030年和“十五五”时期工作回顾\n2030年很不平凡。地区生产总值增长5%。\n"
            "这是开放步伐加快的五年。\n开行班列900列。\n三、2031年重点工作\n再接再厉。"
        )
        times = [record["time"] for record in read(text, "indicator")]
        assert times == ["2030", "2026-2030"]

    def test_a_report_that_only_looks_back_is_of_the_year_after(self) -> None:
        text = "一、2030年工作总结和“十五五”发展成就\n过去一年，地区生产总值增长5%。"
        (record,) = read(text, "indicator")
        assert (record["time"], record["modality"]) == ("2030", "actual")

    def test_the_year_just_past_tells_the_year_of_the_report(self) -> None:
        text = "一、工作回顾\n刚刚过去的2030年，是极不平凡的一年，地区生产总值增长5%。"
        (record,) = read(text, "indicator")
        assert (record["time"], record["modality"]) == ("2030", "actual")

    def test_what_exists_says_nothing_of_the_clauses_behind(self) -> None:
        (record,) = ahead("现有存量逐步化解，绿化覆盖率超过38%。")
        assert record["modality"] == "target"


class TestModality:
    def test_titles_promise_nothing(self) -> None:
        text = "本报讯 3月2日，会上发布《云岭产业发展行动计划》和榜单，榜单共36个项目。"
        assert read(text, "indicator")[0]["modality"] == "actual"

    def test_a_planned_area_is_an_area(self) -> None:
        (record,) = read("本报讯 该园区规划面积3.6平方公里。", "indicator")
        assert record["modality"] == "actual"

    def test_what_will_be_done_behind_the_figure(self) -> None:
        (record,) = read("本报讯 首批500辆重卡将于6月交付。", "indicator")
        assert record["modality"] == "target"

    def test_a_plan_begins_in_the_year_of_the_news_that_says_last_year(self) -> None:
        text = "本报讯 发布《商用车行动方案（2032—2034年）》。去年，汽车产量达30万辆。"
        assert read(text, "indicator")[0]["time"] == "2031"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("筹措5.2亿元实施校舍安居工程。", ("校舍安居工程", 520_000_000, "元")),
        ("安排8000万元支持农机更新。", ("农机更新", 80_000_000, "元")),
        ("累计推动老街风貌提升31条。", ("老街风貌提升", 31, "条")),
        ("9个承接产业转移平台落地。", ("承接产业转移平台", 9, "个")),
        ("成功应对11轮强降水和“云雀”等台风。", ("强降水", 11, "轮")),
        ("投资增长5%，比全国高1.5个百分点。", ("投资增长比全国高", 1.5, "个百分点")),
    ],
)
def test_names_that_hold_a_verb(text: str, expected: tuple[str, float, str]) -> None:
    assert triples(past(text))[-1] == expected


@pytest.mark.parametrize("text", ["云岭成为生产总值超千亿元县。", "全国占比超过10%的有40种。"])
def test_a_bound_that_things_lie_beyond_is_not_what_was_reached(text: str) -> None:
    assert all(record["unit"] not in ("元", "%") for record in past(text))


def test_a_comparison_holds_for_the_next_of_a_list() -> None:
    records = past("贷款余额接连突破3万亿元、4万亿元。")
    assert [record["comparator"] for record in records] == [">", ">"]


def test_shared_heads_of_livestock() -> None:
    records = past("肉牛、肉羊年出栏量分别稳定在90万头、300万只。")
    assert [record["indicator"] for record in records] == ["肉牛年出栏量", "肉羊年出栏量"]


class TestNews:
    def test_a_planned_sum_plans_only_itself(self) -> None:
        records = read("本报讯 年度计划投资126亿元，其中产业项目52个。", "indicator")
        assert [record["modality"] for record in records] == ["target", "actual"]

    def test_a_share_of_a_goal_was_reached(self) -> None:
        (record,) = read("本报讯 到位资金完成年度目标的31%。", "indicator")
        assert record["modality"] == "actual"

    def test_the_whole_year_of_a_target_is_the_current_one(self) -> None:
        text = "本报讯 2032年4月8日，会议召开。力争全年完成投资1100亿元。"
        assert read(text, "indicator")[-1]["time"] == "2032"
