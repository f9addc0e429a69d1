"""Problems: place, value, what is wrong and what to do, in both languages, for every code."""

import re
import string
from pathlib import Path

import pytest

import guantong.records
from guantong.errors import InputError
from guantong.messages import LANGUAGES, catalogue, render
from guantong.records import Problem, Severity
from guantong.records.problems import shorten
from guantong.records.tables import read_records

SOURCES = sorted(Path(guantong.records.__file__).parent.rglob("*.py"))
GROUPS = "tables|header|row|cell|codes|privacy|kinds|duplicates"
CODES = {
    code
    for source in SOURCES
    for code in re.findall(rf'"((?:{GROUPS})\.[a-z_0-9]+)"', source.read_text(encoding="utf-8"))
    if not code.endswith((".csv", ".toml"))
}
PLACED = {"file", "sheet", "row", "column", "value"}


def parameters(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_codes_are_found_in_the_sources():
    assert {"row.no_title", "cell.not_a_date", "tables.no_header", "codes.check"} <= CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_sentence_with_the_same_parameters_in_both_languages(code):
    chinese, english = (catalogue(lang)[code] for lang in LANGUAGES)
    assert parameters(chinese) == parameters(english)
    assert re.search("[\u4e00-\u9fff]", chinese)


PROBLEM = Problem(
    code="cell.not_a_date",
    severity=Severity.ERROR,
    file="needs.xlsx",
    sheet="需求",
    row=7,
    column="截止日期",
    value="尽快",
)


def test_a_problem_says_where_what_and_what_to_do():
    assert PROBLEM.render("zh") == (
        "needs.xlsx，工作表“需求”，第 7 行，“截止日期”列："
        "“尽快”不是可以识别的日期。请写成 2026-12-31 的形式。"
    )
    assert PROBLEM.render("en") == (
        "needs.xlsx, sheet “需求”, row 7, column “截止日期”: "
        "“尽快” is not a date that can be read. Write it like 2026-12-31."
    )


def test_the_place_is_as_short_as_it_can_be():
    whole = Problem(code="tables.sheet_skipped", severity=Severity.WARNING, file="a.csv")
    assert whole.place("en") == "a.csv"


def test_a_strict_error_carries_the_place():
    error = PROBLEM.as_error()
    assert error.code == PROBLEM.code
    assert render(error.code, "zh", **error.params) == PROBLEM.sentence("zh")
    assert error.params["row"] == 7


def test_long_values_are_cut_on_one_line():
    assert shorten("甲\n乙") == "甲 乙"
    assert len(shorten("长" * 500)) == 60


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("none.csv", "tables.no_file"),
        ("table.xls", "tables.old_workbook"),
        ("table.et", "tables.old_workbook"),
        ("table.docx", "tables.unknown_format"),
        ("table", "tables.unknown_format"),
        ("", "tables.is_directory"),
    ],
)
def test_files_that_cannot_be_tables_say_why(tmp_path, name, code):
    if code not in {"tables.no_file", "tables.is_directory"}:
        (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(InputError) as failure:
        read_records(tmp_path / name)
    assert failure.value.code == code
    for lang in LANGUAGES:
        assert (name or tmp_path.name) in render(code, lang, **failure.value.params)


def test_a_workbook_named_csv_is_recognised(table):
    with pytest.raises(InputError, match="other_content"):
        read_records(table(b"PK\x03\x04zip", "a.csv"))


def test_a_name_too_long_for_the_system_is_an_error(tmp_path):
    with pytest.raises(InputError, match="unreadable"):
        read_records(tmp_path / ("长" * 300 + ".csv"))
