"""XLSX: sheets, merged cells, typed cells, formulas as text, and workbooks that cannot be read."""

import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from guantong.errors import InputError
from guantong.records import Money, Severity, kinds
from guantong.records.tables import Limits, read_records, write_records

ACHIEVEMENT = kinds.get("achievement").record


@pytest.fixture
def workbook(tmp_path):
    """Return a function that writes sheets of rows, by name."""

    def write(sheets, name="book.xlsx", change=None):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        if change is not None:
            change(book)
        path = tmp_path / name
        book.save(path)
        return path

    return write


def titles(result):
    return [record.title for record in result.records]


def test_a_merged_title_over_the_headers_is_passed_over(workbook):
    rows = [["某市成果汇总"], [], ["成果名称", "权利人单位"], ["陶瓷", "甲校"]]

    def merge(book):
        book.active.merge_cells("A1:B1")

    result = read_records(workbook({"汇总": rows}, change=merge))
    assert titles(result) == ["陶瓷"]
    assert result.records[0].provenance.sheet == "汇总"
    assert result.records[0].provenance.row == 4


def test_a_table_may_start_anywhere_on_the_sheet(workbook):
    rows = [[], [], [None, None, "成果名称", "关键词"], [None, None, "陶瓷", "甲；乙"]]
    [record] = read_records(workbook({"表": rows})).records
    assert (record.title, record.keywords, record.provenance.row) == ("陶瓷", ("甲", "乙"), 4)


def test_a_cell_merged_over_several_rows_holds_for_all_of_them(workbook):
    rows = [["权利人单位", "成果名称"], ["甲校", "一"], [None, "二"], [None, "三"], ["乙校", "四"]]

    def merge(book):
        book.active.merge_cells("A2:A4")

    result = read_records(workbook({"成果": rows}, change=merge))
    assert [record.organisation for record in result.records] == ["甲校", "甲校", "甲校", "乙校"]


def test_typed_cells_are_taken_at_their_type(workbook):
    rows = [
        ["编号", "成果名称", "意向金额（万元）", "有效期至", "审核时间", "TRL等级", "双碳"],
        [
            7,
            "陶瓷",
            12.5,
            date(2027, 1, 31),
            datetime.fromisoformat("2026-03-01T09:30:00"),
            6,
            True,
        ],
    ]
    [record] = read_records(workbook({"成果": rows})).records
    assert record.id == "7"
    assert record.money == Money(low=Decimal(125_000), high=Decimal(125_000))
    assert record.valid_until == date(2027, 1, 31)
    assert record.reviewed_at == datetime.fromisoformat("2026-03-01T09:30:00")
    assert (record.maturity.level, record.maturity.derived) == (6, False)
    assert record.carbon_related is True


def test_every_sheet_with_headers_is_read_as_its_own_kind(workbook):
    path = workbook(
        {
            "成果": [["成果名称", "成熟度"], ["陶瓷", "小试"]],
            "仪器": [["仪器名称", "规格型号"], ["电镜", "X"]],
            "说明": [["本表由各单位填报"], ["请勿改动"]],
        }
    )
    result = read_records(path)
    assert result.counts() == {"achievement": 1, "instrument": 1}
    [problem] = result.problems
    assert (problem.code, problem.sheet) == ("tables.sheet_skipped", "说明")
    assert problem.severity is Severity.WARNING


def test_the_name_of_the_sheet_settles_the_kind(workbook):
    rows = [["平台名称", "地址"], ["某平台", "某路"]]
    assert read_records(workbook({"中试平台库": rows})).counts() == {"pilot_platform": 1}
    assert read_records(workbook({"公共服务平台库": rows})).counts() == {"public_platform": 1}


def test_hidden_sheets_and_notes_are_left_out(workbook):
    sheets = {
        "成果": [["成果名称"], ["陶瓷"]],
        "选项": [["成果名称"], ["不读"]],
        "填写说明": [["成果名称"], ["也不读"]],
    }

    def hide(book):
        book["选项"].sheet_state = "hidden"

    result = read_records(workbook(sheets, change=hide))
    assert titles(result) == ["陶瓷"]
    assert result.problems == ()


def test_a_problem_names_sheet_row_column_and_value(workbook):
    rows = [["汇总"], ["成果名称", "有效期至"], ["陶瓷", "尽快"], ["密封", None]]
    result = read_records(workbook({"成果": rows}))
    [problem] = result.problems
    assert (problem.file, problem.sheet, problem.row) == ("book.xlsx", "成果", 3)
    assert (problem.column, problem.value) == ("有效期至", "尽快")
    assert titles(result) == ["密封"]


def test_a_workbook_without_headers_is_an_error(workbook):
    with pytest.raises(InputError, match="no_header"):
        read_records(workbook({"表": [["甲", "乙"], [1, 2]]}))


@pytest.mark.parametrize("sheets", [{"空": []}, {"空": [[]], "也空": []}])
def test_an_empty_workbook_is_an_error(workbook, sheets):
    with pytest.raises(InputError, match="empty_file"):
        read_records(workbook(sheets))


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-40℃", "@某", "'=1", "_x0041_", "0012", "1e5", "TRUE"]
)
def test_text_stays_text(tmp_path, text):
    record = ACHIEVEMENT(id="1", title=text, extra={"栏": text})
    path = tmp_path / "out.xlsx"
    write_records(path, [record])
    assert read_records(path).records == (record,)
    sheet = openpyxl.load_workbook(path).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_a_written_sheet_has_frozen_filtered_headers_and_widths(tmp_path):
    path = tmp_path / "out.xlsx"
    write_records(path, [ACHIEVEMENT(id="1", title="陶瓷"), ACHIEVEMENT(id="2", title="密封")])
    sheet = openpyxl.load_workbook(path)["科技成果"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width
    assert sheet["A1"].font.bold


def test_money_and_dates_are_written_as_numbers_and_dates(tmp_path):
    path = tmp_path / "out.xlsx"
    record = kinds.get("technology").example
    write_records(path, [record])
    sheet = openpyxl.load_workbook(path).active
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert cells["截止日期"].is_date
    assert cells["意向投入（万元）"].value == "≤500"
    write_records(
        path, [ACHIEVEMENT(id="1", title="甲", money=Money(low=Decimal(5), high=Decimal(5)))]
    )
    sheet = openpyxl.load_workbook(path).active
    assert 0.0005 in [cell.value for cell in sheet[2]]


def test_a_text_longer_than_a_cell_is_an_error(tmp_path):
    with pytest.raises(InputError, match="cell_too_long") as failure:
        write_records(tmp_path / "out.xlsx", [ACHIEVEMENT(id="1", title="长" * 32_768)])
    assert failure.value.params["longest"] == 32_767


def test_nothing_to_write_still_makes_a_workbook(tmp_path):
    path = tmp_path / "out.xlsx"
    write_records(path, [])
    assert openpyxl.load_workbook(path).sheetnames


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "tables.password"),
        (OLE + b"\0" * 600, "tables.old_workbook"),
        (b"PK\x03\x04 not really a zip file", "tables.broken_workbook"),
        (b"just text", "tables.broken_workbook"),
        (b"", "tables.empty_file"),
    ],
)
def test_unusable_workbooks_say_why(table, content, code):
    with pytest.raises(InputError) as failure:
        read_records(table(content, "book.xlsx"))
    assert failure.value.code == code


def test_a_zip_that_is_no_workbook_is_an_error(tmp_path):
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(InputError, match="broken_workbook"):
        read_records(path)


def test_a_truncated_workbook_is_an_error(workbook, tmp_path):
    whole = workbook({"成果": [["成果名称"], ["陶瓷"]]}).read_bytes()
    path = tmp_path / "half.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="broken_workbook"):
        read_records(path)


def test_a_workbook_with_broken_inside_is_an_error(workbook, tmp_path):
    source = workbook({"成果": [["成果名称"], ["陶瓷"]]})
    path = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, b"<broken" if entry.endswith("sheet1.xml") else content)
    with pytest.raises(InputError, match="broken_workbook"):
        read_records(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 5_000_000)
    assert path.stat().st_size < 50_000
    with pytest.raises(InputError, match="too_large"):
        read_records(path, limits=Limits(workbook_bytes=1_000_000))


def test_a_sheet_of_more_rows_than_allowed_is_refused(workbook):
    path = workbook({"成果": [["成果名称"]] + [["陶瓷"]] * 10})
    with pytest.raises(InputError, match="too_large"):
        read_records(path, limits=Limits(rows=5))
