"""Mentions: organisations, places, programmes, policies and products by name."""

from __future__ import annotations

import pytest
from reading_of import read


@pytest.mark.parametrize(
    ("text", "category", "name"),
    [
        ("落实《云岭市科技进步条例》要求。", "policy", "云岭市科技进步条例"),
        ("深入实施“青蓝接力”行动。", "programme", "青蓝接力行动"),
        ("推进“链主领航”提升工程建设。", "programme", "链主领航提升工程"),
        ("盾构机“启明号”投入施工。", "product", "启明号"),
        ("电动飞行器XR-300完成试飞。", "product", "XR-300"),
        ("与清华大学共建平台。", "organisation", "清华大学"),
        ("在合肥设立基地。", "place", "合肥"),
    ],
)
def test_each_kind_of_name_is_mentioned(text: str, category: str, name: str) -> None:
    records = read(text, "mention")
    assert (category, name) in [(record["category"], record["name"]) for record in records]


def test_a_known_organisation_is_linked_to_its_one_name() -> None:
    linked = {
        record["name"]: record["organisation"]
        for record in read("清华大学与云岭启明科技有限公司合作。", "mention")
    }
    assert linked["清华大学"] == "清华大学"
    assert linked["云岭启明科技有限公司"] is None


@pytest.mark.parametrize("text", ["《条例》实施以来。", "坚持“两手抓”。", "5G网络全覆盖。"])
def test_short_forms_and_slogans_are_no_mentions(text: str) -> None:
    assert read(text, "mention") == []


def test_a_name_is_mentioned_once_in_a_passage() -> None:
    records = read("合肥市出台政策，合肥企业受益，合肥高校参与。", "mention")
    assert len([record for record in records if record["category"] == "place"]) <= 2


def test_names_inside_titles_are_not_mentioned_apart() -> None:
    records = read("印发《合肥市数据条例》。", "mention")
    assert [record["category"] for record in records] == ["policy"]
