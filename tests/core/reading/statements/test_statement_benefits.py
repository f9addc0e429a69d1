"""The part of each figure in a funding clause."""

from __future__ import annotations

from decimal import Decimal

import pytest

from guantong.reading.statements.benefits import Role, denied, instrument_of, parts_of
from guantong.reading.statements.recipients import recipient_of


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("给予10万元奖励", [Role.AMOUNT]),
        ("给予最高10万元奖励", [Role.CAP]),
        ("按投资额的8%给予补助", [Role.RATE]),
        ("按投资额的8%给予补助，最高不超过60万元", [Role.RATE, Role.CAP]),
        ("收入达到500万元以上的，给予10万元奖励", [Role.THRESHOLD, Role.AMOUNT]),
        ("在50万元以上至100万元以下的，给予6%补助", [Role.THRESHOLD, Role.RATE]),
        ("低于5000元的服务全额抵用", [Role.THRESHOLD, Role.RATE]),
        ("超过5000元部分抵用50%", [Role.THRESHOLD, Role.RATE]),
        ("补助比例提高2个百分点", [Role.RATE]),
        ("第一年租金全免，第二年减半，给予优惠", [Role.RATE, Role.RATE]),
        ("持股比例不超过20%，给予股权投资支持", []),
        ("财政每年安排2亿元专项资金", []),
        ("注册资本为1000万元", []),
    ],
)
def test_each_figure_has_its_part(text: str, roles: list[Role]) -> None:
    assert [part.role for part in parts_of(text, 0, len(text))] == roles


def test_rates_are_fractions_and_sums_are_yuan() -> None:
    text = "按投资额的12.5%给予补助，最高1.2亿元"
    rate, cap = parts_of(text, 0, len(text))
    assert (rate.value, cap.value) == (Decimal("0.125"), Decimal(120_000_000))


def test_places_count_from_the_whole_text() -> None:
    text = "前文无关。给予10万元奖励"
    (part,) = parts_of(text, 5, len(text))
    assert text[part.start : part.end] == "10万元"


@pytest.mark.parametrize(
    ("behind", "before", "whole", "instrument"),
    [
        ("奖励", "给予补助", "", "奖励"),
        ("", "给予补助", "奖励", "补助"),
        ("", "", "提供信用贷款", "贷款"),
        ("", "", "", "其他"),
        ("的贴息补助", "", "", "贴息"),
    ],
)
def test_the_nearest_benefit_word_names_the_instrument(
    behind: str, before: str, whole: str, instrument: str
) -> None:
    assert instrument_of(behind, before, whole) == instrument


@pytest.mark.parametrize("text", ["不予补助", "不再享受奖励", "除享受上级补助外", "追回资金"])
def test_refusals_are_known(text: str) -> None:
    assert denied(text)


@pytest.mark.parametrize(
    ("segment", "who"),
    [
        ("对新引进的团队，给予资助", "新引进的团队"),
        ("对于获评示范的企业分别给予奖励", "获评示范的企业"),
        ("合作银行可为每家企业提供贷款", "企业"),
        ("支持企业参加展会，对展位费给予补贴", "企业"),
        ("企业通过验收后，予以奖励", "企业"),
        ("每验证一个项目，再给予奖励", None),
        ("发明专利授权的，每件资助3万元", None),
    ],
)
def test_who_gets_a_benefit_is_read_as_worded(segment: str, who: str | None) -> None:
    assert recipient_of(segment) == who
