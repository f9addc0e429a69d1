"""Scoring: what counts as right, strictly right and wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import InputError, NotFoundError
from guantong.messages import render
from guantong.reading.statements import Score, load_records, score, score_folders
from guantong.reading.statements.scoring import same

if TYPE_CHECKING:
    from pathlib import Path


def indicator(**changes: Any) -> dict[str, Any]:
    record = {
        "kind": "indicator", "quote": "规上工业总产值突破5万亿元", "indicator": "规上工业总产值",
        "value": 5000000000000, "unit": "元", "comparator": ">", "change": "level",
        "modality": "target", "time": "2035", "place": None,
    }  # fmt: skip
    return {**record, **changes}


def support(**changes: Any) -> dict[str, Any]:
    record = {
        "kind": "support", "quote": "给予补助10万元", "beneficiary": None, "instrument": "补助",
        "rate": None, "base": None, "amount": 100000, "cap": None,
    }  # fmt: skip
    return {**record, **changes}


@pytest.mark.parametrize(
    ("changes", "loose", "strict"),
    [
        ({}, True, True),
        ({"value": 5000000000001}, True, True),
        ({"value": 5100000000000}, False, False),
        ({"value": None}, False, False),
        ({"unit": "美元"}, False, False),
        ({"change": "growth"}, False, False),
        ({"modality": "actual"}, False, False),
        ({"quote": "工业总产值突破"}, True, True),
        ({"quote": "明年规上工业总产值力争更高"}, True, True),
        ({"quote": "另一句话里的数字"}, False, False),
        ({"comparator": ">="}, True, False),
        ({"time": None}, True, False),
        ({"indicator": "工业总产值"}, True, True),
        ({"indicator": "产值"}, True, False),
        ({"place": "别处"}, True, True),
    ],
)
def test_an_indicator_is_right_loosely_or_strictly(
    changes: dict[str, Any], loose: bool, strict: bool
) -> None:
    assert same(indicator(), indicator(**changes)) is loose
    assert same(indicator(), indicator(**changes), strict=True) is strict


@pytest.mark.parametrize(
    ("changes", "right"),
    [
        ({}, True),
        ({"instrument": "奖励", "beneficiary": "企业"}, True),
        ({"amount": 200000}, False),
        ({"cap": 5}, False),
        ({"rate": 0.3}, False),
        ({"quote": "另外一句"}, False),
    ],
)
def test_a_support_needs_the_same_rate_sum_and_ceiling(
    changes: dict[str, Any], right: bool
) -> None:
    assert same(support(), support(**changes)) is right


@pytest.mark.parametrize(
    ("gold", "out", "right"),
    [
        ("云岭中试基地", "云岭中试基地", True),
        ("“云岭”中试基地", "云岭中试基地", True),
        ("云岭市中试基地", "云岭中试基地项目", True),
        ("云岭中试基地", "滨江大学", False),
        ("云岭中试基地", None, False),
    ],
)
def test_named_kinds_need_most_of_the_name(gold: str, out: str | None, right: bool) -> None:
    record = {"kind": "release", "quote": "x", "name": gold}
    assert same(record, {**record, "name": out}) is right


def test_each_record_counts_once() -> None:
    result = score([indicator()], [indicator(), indicator()])["indicator"]
    assert result == Score(right=1, predicted=2, gold=1)
    assert (result.precision, result.recall) == (0.5, 1.0)
    assert round(result.f1, 3) == 0.667


def test_nothing_read_scores_zero_and_not_an_error() -> None:
    empty = score([indicator()], [])["indicator"]
    assert (empty.precision, empty.recall, empty.f1) == (0, 0, 0)
    assert score([], [])["event"].f1 == 0


def test_folders_are_added_up(tmp_path: Path) -> None:
    gold, out = tmp_path / "gold", tmp_path / "out"
    gold.mkdir()
    out.mkdir()
    for name in ("a", "b"):
        line = json.dumps(indicator(), ensure_ascii=False)
        (gold / f"{name}.gold.jsonl").write_text(line + "\n\n", encoding="utf-8")
    (out / "a.jsonl").write_text(json.dumps(indicator(time=None)), encoding="utf-8")
    total = score_folders(gold, out)
    assert total["indicator"] == Score(1, 1, 2)
    assert total["indicator strict"] == Score(0, 1, 2)


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        score_folders(tmp_path, tmp_path)
    assert "gold.jsonl" in render(caught.value.code, "zh", **caught.value.params)


@pytest.mark.parametrize("line", ["{", "[1]", '{"value": 1}', "5"])
def test_a_line_that_is_no_record_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"kind": "event", "name": "x"}\n' + line, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_records(file)
    said = render(caught.value.code, "en", **caught.value.params)
    assert "Line 2" in said
    assert "a.jsonl" in said


NAMES = st.text(alphabet="云岭市中试基地平台大学创新科技", min_size=3, max_size=10)


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, max_size=6))
def test_a_reading_scored_against_itself_is_perfect(names: list[str]) -> None:
    records = [{"kind": "release", "quote": name, "name": name} for name in names]
    result = score(records, records)["release"]
    assert result.right == len(names)
