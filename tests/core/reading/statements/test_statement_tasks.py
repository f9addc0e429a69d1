"""Tasks of work plans: what, who, by when, and where in the numbering."""

from __future__ import annotations

import pytest
from reading_of import REPORT_NEXT, ahead, past, read

PLAN = "云岭市2032年成果转化工作要点\n"


@pytest.mark.parametrize(
    "text",
    [
        "加快建设中试平台。",
        "培育科技型企业500家。",
        "支持高校开放共享仪器设备。",
        "进一步优化营商环境。",
        "深入实施人才强市战略。",
        "要强化要素保障，确保项目落地。",
        "到2034年底前，建成示范园区5个。",
    ],
)
def test_an_imperative_item_is_a_task(text: str) -> None:
    (record,) = ahead(text, "task")
    assert record["text"] == text.rstrip("。")
    assert record["quote"] == record["text"]


@pytest.mark.parametrize(
    "text",
    [
        "成绩来之不易。",
        "今年经济社会发展主要预期目标是：出口增长5%。",
        "会议指出，要坚定信心。",
        "各位代表，让我们携手前行。",
    ],
)
def test_statements_and_goals_are_no_tasks(text: str) -> None:
    assert ahead(text, "task") == []


def test_what_was_done_is_no_task() -> None:
    assert past("加快建设中试平台。", "task") == []


def test_news_has_no_tasks() -> None:
    assert read("本报讯 推动产业升级，打造一流生态。", "task") == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("1.建设中试平台6家。（责任单位：市科技局、市工信局）", ["市科技局", "市工信局"]),
        ("1.建设中试平台6家。（牵头单位：市科技局）", ["市科技局"]),
        ("1.由市财政局牵头，研究设立风险补偿资金池。", ["市财政局"]),
        ("1.建设中试平台6家。", []),
    ],
)
def test_who_is_responsible_is_read(text: str, who: list[str]) -> None:
    (record,) = read(PLAN + text, "task")
    assert record["responsible"] == who


def test_a_note_of_responsibility_holds_for_the_whole_item() -> None:
    text = "1.建设中试平台6家，完善服务体系。培养技术经理人。（责任单位：市科技局）"
    records = read(PLAN + text, "task")
    assert [record["responsible"] for record in records] == [["市科技局"], ["市科技局"]]
    assert not records[1]["text"].endswith("）")


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("2032年6月底前完成首批登记。", "2032-06"),
        ("2032年9月15日前完成评估验收。", "2032-09-15"),
        ("到2034年建成示范园区5个。", "2034"),
        ("完成年内评估验收任务。", "2032"),
        ("完善评估验收制度。", "2032"),
    ],
)
def test_the_deadline_is_read_or_that_of_the_plan(text: str, deadline: str) -> None:
    (record,) = read(PLAN + text, "task")
    assert record["deadline"] == deadline


def test_the_position_names_chapter_section_item_and_point() -> None:
    text = (
        REPORT_NEXT
        + "（一）强化科技创新。\n1.建设中试平台。\n2.培育科技企业。\n（二）扩大内需\n"
        + "一是提振消费信心。二是扩大有效投资。"
    )
    positions = {record["text"]: record["position"] for record in read(text, "task")}
    assert positions["建设中试平台"] == "三（一）1."
    assert positions["培育科技企业"] == "三（一）2."
    assert positions["提振消费信心"] == "三（二）一"
    assert positions["扩大有效投资"] == "三（二）二"
