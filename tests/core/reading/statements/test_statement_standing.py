"""Modality and time: sections, deadlines, words of intent, periods and points."""

from __future__ import annotations

import datetime

import pytest
from reading_of import REPORT_NEXT, ahead, past, period, read

from guantong.reading.statements import read_statements


def test_the_section_that_looks_back_is_actual_and_of_its_year() -> None:
    (record,) = past("城镇新增就业9万人。")
    assert (record["modality"], record["time"]) == ("actual", "2031")


def test_the_section_that_looks_ahead_is_target_and_of_its_year() -> None:
    (record,) = ahead("城镇新增就业9万人。")
    assert (record["modality"], record["time"]) == ("target", "2032")


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("到2035年，培育企业300家。", "2035"),
        ("到“十六五”末，培育企业300家。", "2035"),
        ("2033年培育企业300家。", "2033"),
    ],
)
def test_a_time_in_the_sentence_wins_over_the_section(text: str, time: str) -> None:
    (record,) = ahead(text)
    assert (record["modality"], record["time"]) == ("target", time)


def test_what_was_reached_before_is_actual_even_in_a_plan() -> None:
    (record,) = ahead("在去年已建成站点60个的基础上接续推进。")
    assert (record["modality"], record["time"]) == ("actual", "2031")


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("新增城镇就业40万人。", "2026-2030"),
        ("累计完成投资900亿元。", "2026-2030"),
        ("改造老旧小区500个。", "2026-2030"),
        ("财政收入年均增长5%。", "2026-2030"),
        ("粮食产量稳定在50亿斤以上。", "2026-2030"),
        ("地区生产总值达到9000亿元。", "2030"),
        ("常住人口城镇化率提高到70%。", "2030"),
        ("高速公路总里程突破800公里。", "2030"),
        ("服务业增加值占地区生产总值比重达52%。", "2030"),
    ],
)
def test_flows_hold_for_the_plan_and_levels_for_its_end(text: str, time: str) -> None:
    (record,) = period(text)
    assert (record["modality"], record["time"]) == ("actual", time)


def test_the_first_value_of_a_plan_is_that_of_the_year_before() -> None:
    first, last = period("居民收入从3.1万元增长到4.2万元。")
    assert (first["time"], last["time"]) == ("2025", "2030")


def test_a_paragraph_may_open_another_time_for_those_that_follow() -> None:
    text = (
        "一、2031年工作和“十五五”时期发展回顾\n过去一年，奋力前行。出口增长3%。\n"
        "五年来，我们接续奋斗。出口年均增长4%。\n成绩来之不易。\n三、2032年重点工作\n"
        "今年经济社会发展主要预期目标是：出口增长5%。"
    )
    records = read(text.replace("五年来", "这五年"), "indicator")
    assert [(record["modality"], record["time"]) for record in records] == [
        ("actual", "2031"),
        ("actual", "2027-2031"),
        ("target", "2032"),
    ]


def test_a_silent_heading_goes_on_with_the_section_before() -> None:
    text = REPORT_NEXT + "新建站点5个。\n四、加强政府自身建设\n培训干部300名。"
    assert {record["time"] for record in read(text, "indicator")} == {"2032"}


def test_headings_without_numbers_open_sections_too() -> None:
    text = "2031年工作回顾\n新建站点5个。\n2032年重点工作\n新建站点6个。"
    records = read(text, "indicator")
    assert [(record["modality"], record["time"]) for record in records] == [
        ("actual", "2031"),
        ("target", "2032"),
    ]


@pytest.mark.parametrize(
    ("text", "modality", "time"),
    [
        ("某市力争到2035年落地中试平台10家。", "target", "2035"),
        ("该企业将投资15亿元扩建产线。", "target", None),
        ("产业规模有望突破900亿元。", "target", None),
        ("方案明确2032年总产值突破5000亿元的目标。", "target", "2032"),
        ("2031年该市出口增长8%。", "actual", "2031"),
        ("去年该市出口增长8%。", "actual", "2031"),
        ("全市拥有科技企业2500多家。", "actual", None),
        ("“十五五”以来，累计培育企业90家。", "actual", "2026-2030"),
        ("公示的年产20万件配件项目顺利通过评审。", "target", None),
        ("目前平台已服务企业600家。", "actual", None),
    ],
)
def test_news_tells_targets_by_its_words(text: str, modality: str, time: str | None) -> None:
    day = datetime.date(2032, 1, 5)
    found = read_statements("本报讯 " + text, reference_date=day, kinds=["indicator"])
    record = found[0].to_json()
    assert (record["modality"], record["time"]) == (modality, time)


def test_a_time_goes_on_over_a_semicolon_but_not_over_a_full_stop() -> None:
    text = "2031年成绩亮眼：甲市出口增长8%；乙市出口增长9%。丙市出口增长7%。"
    records = [each.to_json() for each in read_statements(text, kinds=["indicator"])]
    assert [record["time"] for record in records] == ["2031", "2031", None]


def test_a_linked_sentence_goes_on_with_the_time_before() -> None:
    text = "2031年软件业收入900亿元。同时，电子业收入800亿元。"
    assert [each["time"] for each in read(text, "indicator")] == ["2031", "2031"]


def test_points_share_what_their_lead_announces() -> None:
    text = (
        "本报讯 记者报道：2032年某市将大力实施六大行动。\n"
        "一是模型培育行动。培育行业模型50个。\n二是数据建设行动。形成数据集80个以上。"
    )
    records = read(text, "indicator")
    assert [(record["modality"], record["time"]) for record in records] == [
        ("target", "2032"),
        ("target", "2032"),
    ]


def test_a_day_gives_the_month_where_no_year_is_named() -> None:
    day = datetime.date(2032, 1, 9)
    found = read_statements(
        "1月4日，社区12位代表提出建议。", reference_date=day, kinds=["indicator"]
    )
    assert found[0].to_json()["time"] == "2032-01"


def test_the_reference_date_decides_what_last_year_is() -> None:
    text = "去年出口增长8%。"
    for year in (2030, 2033):
        found = read_statements(text, reference_date=datetime.date(year, 3, 1), kinds=["indicator"])
        assert found[0].to_json()["time"] == str(year - 1)


def test_without_a_known_year_last_year_stays_open() -> None:
    (record,) = read("去年出口增长8%。", "indicator")
    assert record["time"] is None


def test_the_figures_of_a_news_text_belong_to_the_place_before_them() -> None:
    records = read("本报讯 合肥市出口增长8%。芜湖市出口增长9%。", "indicator")
    assert [record["place"] for record in records] == ["合肥", "芜湖"]
