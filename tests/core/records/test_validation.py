"""Validation: counts, problems and duplicates of several files at once."""

import pytest

from guantong.errors import InputError
from guantong.records import Side
from guantong.records.duplicates import Likeness
from guantong.records.validation import validate


def test_counts_problems_and_duplicates_of_several_files(table):
    first = table("成果名称,权利人单位,有效期至\n陶瓷,甲校,\n密封,乙校,尽快\n", "a.csv")
    second = table("成果名称,权利人单位,成熟度\n陶瓷,甲校,很成熟\n", "b.csv")
    third = table('{"kind": "technology", "title": "求购陶瓷"}\n', "c.jsonl")
    report = validate([first, second, third])
    assert report.counts() == {"achievement": 2, "technology": 1}
    assert (report.rejected, report.warnings) == (1, 1)
    assert [problem.file for problem in report.problems] == ["a.csv", "b.csv"]
    [group] = report.duplicates
    assert [record.provenance.file for record in group.records] == ["a.csv", "b.csv"]
    assert group.likenesses == (Likeness.SAME_ID, Likeness.SAME_TITLE)
    assert [each.file for each in report.files] == [str(first), str(second), str(third)]


def test_clean_files_give_a_clean_report(table):
    report = validate([table("成果名称\n陶瓷\n密封\n")])
    assert (report.rejected, report.warnings, report.duplicates) == (0, 0, ())


def test_an_unreadable_file_stops_the_validation(table, tmp_path):
    with pytest.raises(InputError, match="no_file"):
        validate([table("成果名称\n陶瓷\n"), tmp_path / "none.csv"])


def test_strict_validation_stops_at_the_first_wrong_row(table):
    with pytest.raises(InputError, match="not_a_date"):
        validate([table("成果名称,有效期至\n陶瓷,尽快\n")], strict=True)


def test_the_side_is_passed_on(table):
    path = table('{"title": "陶瓷"}\n', "x.jsonl")
    assert validate([path], side=Side.NEED).counts() == {"technology": 1}
