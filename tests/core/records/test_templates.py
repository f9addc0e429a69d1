"""Templates: headers with notes, drop-downs, one example that reads back as it is."""

import openpyxl
import pytest

from guantong.errors import InputError, NotFoundError
from guantong.records import Severity, kinds
from guantong.records.tables import read_records, write_records, write_template

EVERY_KIND = pytest.mark.parametrize("kind", kinds.all_kinds(), ids=lambda kind: kind.name)
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture
def template(tmp_path):
    def write(kind, lang="zh"):
        path = tmp_path / f"{kind}.xlsx"
        write_template(kind, path, lang=lang)
        return path

    return write


@EVERY_KIND
@LANGS
def test_the_example_reads_back_unchanged_with_a_remark(template, kind, lang):
    result = read_records(template(kind.name, lang))
    assert result.records == (kind.example,)
    [problem] = result.problems
    assert (problem.code, problem.severity, problem.row) == ("row.example", Severity.WARNING, 2)


@EVERY_KIND
def test_what_is_filled_in_beside_the_example_is_read(template, kind):
    path = template(kind.name)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_rows(2)
    place = [column.key for column in kind.columns].index("title") + 1
    book.worksheets[0].cell(2, place, "新的一行")
    book.save(path)
    result = read_records(path)
    assert [record.title for record in result.records] == ["新的一行"]
    assert result.problems == ()


def test_a_template_that_was_only_emptied_holds_nothing(template):
    path = template("achievement")
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_rows(2)
    book.save(path)
    assert read_records(path).records == ()


@EVERY_KIND
@LANGS
def test_every_column_has_its_header_and_its_line_of_notes(template, kind, lang):
    book = openpyxl.load_workbook(template(kind.name, lang))
    table, notes = book.worksheets
    headers = [cell.value.rstrip("*") for cell in table[1]]
    shown = [c for c in kind.columns if not c.dropped and not c.rare]
    assert headers == [column.label(lang) for column in shown]
    assert [row[0].value for row in notes.iter_rows(2)][: len(headers)] == headers
    assert notes.title == ("填写说明" if lang == "zh" else "Notes")
    assert table.freeze_panes == "A2"


def test_the_citizen_id_column_is_not_in_the_template(template):
    table = openpyxl.load_workbook(template("achievement")).worksheets[0]
    assert not [cell.value for cell in table[1] if "身份证" in cell.value]


def test_required_columns_are_marked(template):
    table = openpyxl.load_workbook(template("technology")).worksheets[0]
    assert [cell.value for cell in table[1] if cell.value.endswith("*")] == ["需求名称*"]


@LANGS
def test_choices_are_offered_and_only_closed_lists_refuse_other_words(template, lang):
    table = openpyxl.load_workbook(template("achievement", lang)).worksheets[0]
    rules = {}
    for rule in table.data_validations.dataValidation:
        column = str(rule.sqref).split(":")[0].rstrip("0123456789")
        rules[table[f"{column}1"].value] = rule
    achievement = kinds.get("achievement").by_key
    for key, closed in [("price_mode", True), ("disclosure", True), ("modes", False)]:
        column = achievement[key]
        rule = rules[column.label(lang)]
        assert rule.formula1 == '"' + ",".join(each.label(lang) for each in column.choices) + '"'
        assert len(rule.formula1) <= 257
        assert bool(rule.showErrorMessage) is closed


def test_notes_stand_on_the_headers(template):
    table = openpyxl.load_workbook(template("achievement")).worksheets[0]
    notes = {cell.value: cell.comment.text for cell in table[1] if cell.comment}
    assert "GB/T 22900" in notes["TRL等级"]
    assert "协议定价" in notes["定价方式"]
    assert "示例" in table["A2"].comment.text


def test_an_unknown_kind_has_no_template(tmp_path):
    with pytest.raises(NotFoundError):
        write_template("火箭", tmp_path / "a.xlsx")


def test_a_template_in_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(InputError, match="unwritable"):
        write_template("technology", tmp_path / "none" / "a.xlsx")


def test_a_kind_may_be_named_by_its_label(tmp_path):
    write_template("技术需求", tmp_path / "a.xlsx")
    assert read_records(tmp_path / "a.xlsx").counts() == {"technology": 1}


@EVERY_KIND
def test_the_example_passes_through_every_other_format(tmp_path, template, kind):
    [example] = read_records(template(kind.name)).records
    for ending in ("csv", "jsonl", "xlsx"):
        write_records(tmp_path / f"a.{ending}", [example])
        assert read_records(tmp_path / f"a.{ending}").records == (example,)
