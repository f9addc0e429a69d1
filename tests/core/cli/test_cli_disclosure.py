"""Who may read a report: ``guantong match --disclosure``."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from guantong.cli.root import guantong

NEEDS = [
    ["需求编号", "需求名称", "需求描述", "披露级别"],
    ["n1", "高温密封材料", "350℃介质中耐磨的密封环", "公开"],
    ["n2", "保密的密封需求", "不公开的密封环", "指定可见"],
]
OFFERS = [
    ["成果编号", "成果名称", "成果概述", "披露级别"],
    ["o1", "耐高温密封环", "350℃耐磨密封", "公开"],
    ["o2", "注册可见的密封技术", "350℃耐磨密封环", "注册可见"],
    ["o3", "指定可见的密封技术", "350℃耐磨密封环", "指定可见"],
]


@pytest.fixture
def tables(tmp_path):
    for name, rows in (("needs.csv", NEEDS), ("offers.csv", OFFERS)):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(rows)
    return tmp_path


def matched(tables, *options):
    result = CliRunner().invoke(
        guantong,
        [
            "match",
            str(tables / "needs.csv"),
            str(tables / "offers.csv"),
            "--format",
            "jsonl",
            *options,
        ],
    )
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    return {each["need_id"] for each in lines}, {each["offer_id"] for each in lines}, result


@pytest.mark.parametrize(
    ("level", "needs", "offers"),
    [
        ("public", {"n1"}, {"o1"}),
        ("registered", {"n1"}, {"o1", "o2"}),
        ("named", {"n1", "n2"}, {"o1", "o2", "o3"}),
    ],
)
def test_a_report_holds_only_what_its_readers_may_see(tables, level, needs, offers):
    assert matched(tables, "--disclosure", level)[:2] == (needs, offers)


def test_without_the_option_everything_is_in_the_report(tables):
    assert matched(tables)[:2] == ({"n1", "n2"}, {"o1", "o2", "o3"})


def test_needs_left_out_are_counted_and_not_named(tables):
    result = matched(tables, "--disclosure", "public")[2]
    assert "另有 1 条需求不对报告的读者公开" in result.stderr
    assert "保密的密封需求" not in result.output
