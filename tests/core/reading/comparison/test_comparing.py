from decimal import Decimal

import pytest

from guantong.errors import InputError
from guantong.reading.comparison import compare
from guantong.reading.sources import labels
from guantong.reading.statements import Change


def row_of(found, name):
    return next(row for row in (*found.shared, *found.alone) if name in row.names)


def test_one_document_cannot_be_compared(guizhou):
    with pytest.raises(InputError) as caught:
        compare([guizhou])
    assert caught.value.code == "reading.error.two_needed"


def test_an_indicator_with_two_names_stands_in_one_row(guizhou, yunnan):
    row = row_of(compare([guizhou, yunnan]), "地区生产总值")
    assert {"地区生产总值", "生产总值", "GDP"} <= set(row.names)
    assert row.change is Change.GROWTH
    assert row.documents == 2


def test_targets_come_before_what_was_reached(guizhou, yunnan):
    row = row_of(compare([guizhou, yunnan]), "地区生产总值")
    first, second = row.figures[0]
    assert (first.facts.value, first.promised, first.facts.time) == (Decimal("5.5"), True, "2026")
    assert (second.facts.value, second.promised, second.facts.time) == (
        Decimal("5.3"),
        False,
        "2025",
    )


def test_level_and_growth_are_rows_of_their_own(guizhou, yunnan):
    found = compare([guizhou, yunnan])
    shared = [row for row in found.shared if "一般公共预算收入" in row.names]
    assert [row.change for row in shared] == [Change.GROWTH]
    assert not any("一般公共预算收入" in row.names for row in found.alone)


def test_what_only_one_promises_stands_apart(guizhou, yunnan):
    found = compare([guizhou, yunnan])
    assert "充电桩" in [row.name for row in found.alone_in(0)]
    assert [row.name for row in found.alone_in(1)] == ["新建高原湖泊监测站", "农村公路里程"]


def test_what_only_one_has_reached_is_no_promise(guizhou, yunnan):
    found = compare([guizhou, yunnan])
    assert not any("高新技术企业" in row.names for row in found.alone)


def test_a_document_that_only_reports_is_told_from_one_that_promises(guizhou, yunnan, read_text):
    reported = read_text(
        "2026年四川省政府工作报告\n\n一、2025年工作回顾\n过去一年，城镇新增就业100万人。\n",
        "sc.txt",
    )
    row = row_of(compare([guizhou, reported]), "城镇新增就业")
    assert row.promised_by == (True, False)


def test_headline_figures_come_first(guizhou, yunnan):
    headline = [row.headline for row in compare([guizhou, yunnan]).shared]
    assert headline == sorted(headline, reverse=True)


def test_every_figure_can_be_opened_at_its_source(guizhou, yunnan):
    readings = (guizhou, yunnan)
    found = compare(readings)
    for row in (*found.shared, *found.alone):
        for reading, cell in zip(readings, row.figures, strict=True):
            for figure in cell:
                source = figure.source
                assert source.document == reading.document.name
                assert source.span.of(reading.document.text) == source.quote


def test_a_figure_of_another_place_says_so(read_text, yunnan):
    reading = read_text(
        "2026年贵州省政府工作报告\n\n一、2025年工作回顾\n过去一年，贵阳地区生产总值增长6%。\n",
        "g.txt",
    )
    row = row_of(compare([reading, yunnan]), "GDP")
    assert [figure.place for figure in row.figures[0]] == ["贵阳"]
    assert {figure.place for figure in row.figures[1]} == {None}


def test_the_same_figure_twice_counts_once(read_text, yunnan):
    text = "2026年贵州省政府工作报告\n\n一、2025年工作回顾\n过去一年，地区生产总值增长6%。"
    reading = read_text(text + "\n回望来路，地区生产总值增长6%。\n", "g.txt")
    row = row_of(compare([reading, yunnan]), "地区生产总值")
    assert len(row.figures[0]) == 1


def test_names_that_say_nothing_are_never_aligned(read_text):
    one = read_text("2026年贵州省政府工作报告\n\n二、2026年工作安排\n实施项目100个。\n", "a.txt")
    two = read_text("2026年云南省政府工作报告\n\n二、2026年工作安排\n实施项目200个。\n", "b.txt")
    assert compare([one, two]).shared == ()


def test_supports_for_the_same_beneficiary_stand_side_by_side(measures, read_text):
    other = read_text(
        "样本市鼓励创新若干措施\n\n第一条 对新认定的高新技术企业，给予20万元奖励。\n", "other.txt"
    )
    found = compare([measures, other])
    row = next(row for row in found.benefits if "高新技术企业" in row.beneficiary)
    amounts = [[benefit.facts.amount for benefit in cell] for cell in row.benefits]
    assert amounts == [[Decimal(300000)], [Decimal(200000)]]
    assert found.benefits[0] == row


def test_the_order_of_the_documents_is_that_of_the_columns(guizhou, yunnan):
    one, other = compare([guizhou, yunnan]), compare([yunnan, guizhou])
    assert one.labels == tuple(reversed(other.labels))
    assert {row.names for row in one.shared} == {row.names for row in other.shared}


def test_columns_are_called_after_place_and_year(guizhou, yunnan, measures):
    assert labels((guizhou, yunnan)) == ("贵州省 2026", "云南省 2026")
    assert labels((measures,)) == ("示例区",)


def test_a_document_without_a_place_is_called_by_its_title(read_text):
    reading = read_text("关于放假的通知\n\n各位同事：\n明天休息，祝大家愉快。\n", "notice.txt")
    assert labels((reading,)) == ("关于放假的通知",)


def test_columns_of_one_place_and_year_are_told_apart(guizhou):
    names = labels((guizhou, guizhou, guizhou))
    assert len(set(names)) == 3
    assert all(name.startswith("贵州省 2026 · guizhou") for name in names)
