"""Ids: given ones stay, derived ones are the same at every import."""

from hypothesis import given
from hypothesis import strategies as st

from guantong.records import Side
from guantong.records.ids import derived_id, distinct_id
from guantong.records.tables import read_records

TITLES = "成果名称,权利人单位,成果概述\n"


@given(st.text(min_size=1), st.text())
def test_the_same_title_and_organisation_give_the_same_id(title, organisation):
    assert derived_id("achievement", title, organisation) == derived_id(
        "achievement", title, organisation
    )


def test_width_case_and_spacing_do_not_change_an_id():
    assert derived_id("a", "ＡＢ 陶瓷", "某大学") == derived_id("a", "ab陶瓷", " 某大学 ")


def test_kind_title_and_organisation_all_count():
    ids = {
        derived_id("achievement", "甲", "乙"),
        derived_id("instrument", "甲", "乙"),
        derived_id("achievement", "乙", "甲"),
        derived_id("achievement", "甲", ""),
        derived_id("achievement", "甲乙", ""),
    }
    assert len(ids) == 5


def test_a_derived_id_is_short_and_names_the_kind():
    identity = derived_id("achievement", "题", "校")
    assert identity.startswith("achievement-")
    assert len(identity) == len("achievement-") + 12
    assert distinct_id(identity, "文").startswith(identity + "-")


def test_a_given_serial_stays(table):
    path = table("序号,成果名称\n7,陶瓷\nA-01,密封\n")
    assert [record.id for record in read_records(path).records] == ["7", "A-01"]


def test_reading_twice_gives_the_same_ids_whatever_the_format_and_the_order(table):
    rows = ["陶瓷,甲校,一", "密封,乙校,二"]
    first = read_records(table(TITLES + "\n".join(rows)))
    second = read_records(table(TITLES + "\n".join(reversed(rows)), "again.csv", "gb18030"))
    assert {r.title: r.id for r in first.records} == {r.title: r.id for r in second.records}


def test_two_results_of_one_title_and_organisation_do_not_fall_together(table):
    path = table(TITLES + "陶瓷,甲校,一\n陶瓷,甲校,二\n陶瓷,甲校,一\n")
    first, second, third = (record.id for record in read_records(path).records)
    assert first == third
    assert second.startswith(first + "-")


def test_a_serial_number_is_not_searched_for_telephone_numbers(table):
    path = table('{"id": "13912345678", "title": "陶瓷"}', "a.jsonl")
    [record] = read_records(path, side=Side.OFFER).records
    assert record.id == "13912345678"
