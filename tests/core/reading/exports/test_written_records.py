import json
import os
import threading

import openpyxl
import pytest

from guantong.errors import InputError
from guantong.reading.comparison import compare
from guantong.reading.digest import digest
from guantong.reading.exports import (
    comparison_as,
    digests_as,
    record_lines,
    write_comparison,
    write_digests,
    write_readings,
)
from guantong.reading.exports.listing import listing
from guantong.reading.statements import load_records, score
from guantong.records.output import check_target, make_folder, replacing, write_text

GUIDELINE_FIELDS = {
    "indicator": [
        "indicator",
        "value",
        "unit",
        "comparator",
        "change",
        "modality",
        "time",
        "place",
    ],
    "support": ["beneficiary", "instrument", "rate", "base", "amount", "cap"],
    "achievement": ["name", "holders"],
    "release": ["object", "name", "action"],
    "event": ["name", "date", "place"],
}


def test_json_lines_have_the_fields_of_the_guidelines_and_where_they_were_found(
    guizhou, news, measures
):
    for reading in (guizhou, news, measures):
        for line in record_lines([reading]):
            record = json.loads(line)
            if record["kind"] in GUIDELINE_FIELDS:
                own = ["kind", "quote", *GUIDELINE_FIELDS[record["kind"]]]
                placed = ["start", "end", "confidence", "rule", "block"]
                assert [name for name in record if name != "value_max"] == [*own, *placed]
            text = reading.document.text
            assert text[record["start"] : record["end"]] == record["quote"]


def test_the_document_is_named_only_where_there_are_several(guizhou, news):
    assert not any("document" in json.loads(line) for line in record_lines([guizhou]))
    named = {json.loads(line)["document"] for line in record_lines([guizhou, news])}
    assert named == {"guizhou.txt", "news.txt"}


def test_rules_come_in_words_where_wanted(guizhou):
    first = json.loads(next(iter(record_lines([guizhou], explained=True))))
    assert first["explanation"]
    english = json.loads(next(iter(record_lines([guizhou], explained=True, lang="en"))))
    assert english["explanation"] != first["explanation"]


def test_written_lines_read_back_and_score_in_full(guizhou, tmp_path):
    file = tmp_path / "guizhou.jsonl"
    write_readings(file, [guizhou])
    records = load_records(file)
    assert len(records) == len(guizhou.statements)
    assert score(records, records)["indicator strict"].f1 == 1


def sheets(file):
    book = openpyxl.load_workbook(file)
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def test_a_workbook_has_a_sheet_for_each_kind_that_was_read(guizhou, tmp_path):
    write_readings(tmp_path / "out.xlsx", [guizhou])
    found = sheets(tmp_path / "out.xlsx")
    assert list(found) == ["文件", "指标", "发布", "任务", "提及"]
    assert found["文件"][1][0] == "guizhou.txt"


def test_every_row_of_a_workbook_can_be_opened_at_its_source(guizhou, news, tmp_path):
    write_readings(tmp_path / "out.xlsx", [guizhou, news])
    texts = {each.document.name: each.document.text for each in (guizhou, news)}
    for name, (head, *rows) in sheets(tmp_path / "out.xlsx").items():
        if name == "文件":
            continue
        places = [head.index(word) for word in ("文件", "起始字符", "结束字符", "原文")]
        for row in rows:
            document, start, end, quote = (row[place] for place in places)
            assert texts[document][start:end] == quote


def test_figures_stay_numbers_and_words_are_worded(guizhou, tmp_path):
    write_readings(tmp_path / "out.xlsx", [guizhou])
    head, *rows = sheets(tmp_path / "out.xlsx")["指标"]
    row = next(dict(zip(head, row, strict=True)) for row in rows if row[0] == "城镇新增就业")
    assert (row["数值"], row["比较"], row["变化"], row["性质"]) == (600000, ">=", "数量", "目标")
    growth = next(dict(zip(head, row, strict=True)) for row in rows if row[0] == "地区生产总值")
    assert (growth["数值"], growth["变化"]) == (5.3, "增长")


def test_a_quote_that_looks_like_a_formula_is_never_run(read_text, tmp_path):
    reading = read_text(
        "2026年贵州省政府工作报告\n\n二、2026年工作安排\n=SUM厂房新增50个。\n", "formula.txt"
    )
    write_readings(tmp_path / "out.xlsx", [reading])
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_workbooks_have_headers_that_stay_and_filters(guizhou, tmp_path):
    write_readings(tmp_path / "out.xlsx", [guizhou], lang="en", explained=True)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Indicator"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    rules = next(column for column in sheet.columns if column[0].value == "Rule")
    assert "The noun before the figure names the indicator." in rules[1].value


def test_a_list_groups_by_kind_with_place_and_quote(guizhou):
    lines = list(listing([guizhou], explained=True))
    assert lines[0] == "2026年贵州省政府工作报告"
    assert "  • 城镇新增就业：60万人以上 [目标，2026，贵州省]" in lines
    assert "      第8段「城镇新增就业60万人以上」" in lines
    assert any(line.startswith("      - ") for line in lines)


def test_a_list_of_several_documents_names_each(guizhou, measures):
    lines = list(listing([guizhou, measures], "en"))
    assert "示例区促进科技创新若干措施" in lines
    assert "Support 2" in lines


def test_a_list_says_where_nothing_was_read(read_text):
    lines = list(listing([read_text("关于放假的通知\n\n各位同事：明天休息。\n")]))
    assert lines[-1].strip() == "没有读到这些类别的记录。"


@pytest.mark.parametrize("form", ["txt", "html", "json"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_digest_comes_in_every_form(guizhou, news, form, lang):
    text = digests_as(form, [digest(guizhou), digest(news)], lang=lang)
    assert "山地算力调度平台" in text
    assert "reading." not in text.replace("reading.exports", "")


def test_a_digest_as_json_holds_the_whole_record_and_its_source(guizhou):
    [found] = json.loads(digests_as("json", [digest(guizhou)]))
    line = found["sections"][0]["lines"][0]
    assert line["record"]["indicator"] == "地区生产总值"
    assert line["source"]["quote"] == line["record"]["quote"]
    assert found["date"] == "2026-01-20"


@pytest.mark.parametrize("form", ["txt", "html", "json"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_comparison_comes_in_every_form(guizhou, yunnan, form, lang):
    text = comparison_as(form, compare([guizhou, yunnan]), lang=lang)
    assert "新建高原湖泊监测站" in text
    assert "城镇新增就业" in text


def test_a_comparison_as_text_shows_figure_standing_time_and_source(guizhou, yunnan):
    text = comparison_as("txt", compare([guizhou, yunnan]))
    assert "- 贵州省 2026: 60万人以上 (目标 2026)  第8段「城镇新增就业60万人以上」" in text
    assert "只有云南省 2026提出" in text


def test_a_page_says_where_a_document_sets_no_target(guizhou, read_text):
    reported = read_text(
        "2026年四川省政府工作报告\n\n一、2025年工作回顾\n过去一年，城镇新增就业100万人。\n",
        "sc.txt",
    )
    assert "未提目标" in comparison_as("html", compare([guizhou, reported]))


def test_a_page_of_documents_with_nothing_in_common_says_so(guizhou, measures):
    assert "没有两份文件都写到的指标" in comparison_as("html", compare([guizhou, measures]))
    assert "没有两份文件都写到的指标" in comparison_as("txt", compare([guizhou, measures]))


def test_supports_are_compared_in_every_form(measures):
    found = compare([measures, measures])
    for form in ("txt", "html", "json"):
        assert "设备投资的30%" in comparison_as(form, found)


def test_a_comparison_as_workbook_has_every_figure_with_its_source(guizhou, yunnan, tmp_path):
    write_comparison(tmp_path / "c.xlsx", compare([guizhou, yunnan]))
    found = sheets(tmp_path / "c.xlsx")
    assert list(found) == ["文件", "共同指标", "逐条出处", "单独提出的目标"]
    assert found["共同指标"][0] == ["指标", "单位", "变化", "贵州省 2026", "云南省 2026"]
    head, *rows = found["逐条出处"]
    texts = {each.document.name: each.document.text for each in (guizhou, yunnan)}
    places = [place for place, word in enumerate(head) if word == "文件"]
    for row in rows:
        start = row[head.index("起始字符")]
        end = row[head.index("结束字符")]
        assert texts[row[places[-1]]][start:end] == row[head.index("原文")]


def test_supports_have_a_sheet_of_their_own(measures, tmp_path):
    write_comparison(tmp_path / "c.xlsx", compare([measures, measures]))
    assert "扶持" in sheets(tmp_path / "c.xlsx")


@pytest.mark.parametrize("ending", ["txt", "html", "json"])
def test_digests_and_comparisons_are_written_by_ending(guizhou, yunnan, tmp_path, ending):
    write_digests(tmp_path / f"d.{ending}", [digest(guizhou)])
    write_comparison(tmp_path / f"c.{ending}", compare([guizhou, yunnan]))
    assert len(list(tmp_path.iterdir())) == 2


def test_an_unknown_ending_is_refused_before_the_work(tmp_path):
    with pytest.raises(InputError) as caught:
        check_target(tmp_path / "out.doc", (".jsonl", ".html"))
    assert caught.value.code == "output.unknown_ending"


def test_a_missing_folder_is_refused_before_the_work(tmp_path):
    with pytest.raises(InputError) as caught:
        check_target(tmp_path / "no" / "out.html", (".html",))
    assert caught.value.code == "output.no_folder"


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "out.html").mkdir()
    with pytest.raises(InputError) as caught:
        check_target(tmp_path / "out.html", (".html",))
    assert caught.value.code == "output.is_directory"


def test_an_output_never_overwrites_an_input(tmp_path):
    file = tmp_path / "a.html"
    file.write_text("x")
    (tmp_path / "link.html").symlink_to(file)
    for path in (file, tmp_path / "." / "a.html", tmp_path / "link.html"):
        with pytest.raises(InputError) as caught:
            check_target(path, (".html",), [file])
        assert caught.value.code == "output.is_input"


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(InputError) as caught:
        make_folder(tmp_path / "out")
    assert caught.value.code == "output.is_file"
    with pytest.raises(InputError) as caught:
        make_folder(tmp_path / "out" / "below")
    assert caught.value.code == "output.unwritable"


def test_a_failed_write_leaves_what_was_there(tmp_path):
    file = tmp_path / "out.txt"
    file.write_text("before")
    with pytest.raises(ZeroDivisionError), replacing(file) as temporary:
        temporary.write_text("half")
        raise ZeroDivisionError
    assert file.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_a_failure_of_the_disk_is_told(tmp_path):
    with pytest.raises(InputError) as caught, replacing(tmp_path / "out.txt"):
        raise OSError(28, "No space left on device")
    assert caught.value.code == "output.unwritable"
    assert caught.value.params["reason"] == "No space left on device"
    assert list(tmp_path.iterdir()) == []


def test_the_rights_of_an_existing_file_are_kept(tmp_path):
    file = tmp_path / "out.txt"
    file.write_text("before")
    file.chmod(0o640)
    write_text(file, "after")
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("after", 0o640)


def test_a_pipe_is_written_to_as_it_is(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write_text(pipe, "记录")
    reader.join()
    assert got == ["记录"]
    assert not pipe.is_file()
