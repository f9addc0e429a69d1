import csv
import io
import json
import re
import stat
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from match_makers import match, need, offer, report

from guantong.errors import InputError
from guantong.matching.reports import Lack, write_report
from guantong.matching.reports.objects import match_object, pair_object
from guantong.matching.reports.rows import MATCHES, headers
from guantong.matching.reports.terminal import match_tables, pair_tables
from guantong.records.output import check_target, replacing

KEYS = {"need_id", "offer_id", "rank", "score", "level", "reasons", "gaps"}


def written(tmp_path, ending, lang="zh"):
    path = tmp_path / f"report{ending}"
    write_report(path, report(), lang=lang)
    return path


def test_needs_without_a_match_say_why():
    lacking = {each.need.id: each.lack for each in report().unmatched()}
    assert lacking == {"N3": Lack.NOTHING, "N4": Lack.WEAK, "N5": Lack.EXPIRED}


def test_needs_are_counted_by_their_best_level():
    assert report().level_counts() == {4: 1, 3: 1, 2: 0, 1: 1}


def test_every_line_of_jsonl_is_one_match_with_all_keys(tmp_path):
    lines = written(tmp_path, ".jsonl").read_text(encoding="utf-8").splitlines()
    matches = [json.loads(line) for line in lines]
    assert [(each["need_id"], each["offer_id"]) for each in matches] == [
        ("N1", "A1"),
        ("N1", "A2"),
        ("N2", "A1"),
        ("N4", "A1"),
    ]
    for each in matches:
        assert set(each) >= KEYS
        assert sum(each["contributions"].values()) == pytest.approx(each["score"], abs=1e-5)


def test_a_gap_in_jsonl_has_a_number_in_a_unit():
    gaps = match_object(need(), offer(), match())["gaps"]
    batch = next(gap for gap in gaps if gap["name"] == "单批产量")
    assert batch == {
        "row": "indicator",
        "name": "单批产量",
        "wanted": "≥1 t",
        "offered": "100 kg",
        "verdict": "short",
        "shortfall": 0.9,
        "unit": "t",
        "note": "",
    }


def test_the_whole_reasoning_has_probabilities_and_sentences():
    told = pair_object(need(), offer(), match())
    assert told["probabilities"] == [0.05, 0.15, 0.3, 0.5]
    assert told["need_sentence"].startswith("首次效率")


def test_csv_has_one_row_for_each_match_and_a_mark_for_excel(tmp_path):
    raw = written(tmp_path, ".csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row["需求编号"] for row in rows] == ["N1", "N1", "N2", "N4"]
    assert list(rows[0]) == headers(MATCHES, "zh")


def test_no_cell_of_a_csv_is_run_as_a_formula(tmp_path):
    text = written(tmp_path, ".csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    cells = [cell for row in rows for cell in row]
    assert "'=1+1 石墨烯" in cells
    assert not any(cell.startswith("=") for cell in cells)


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("zh", ["匹配", "差距", "理由", "未匹配"]),
        ("en", ["Matches", "Gaps", "Reasons", "Unmatched"]),
    ],
)
def test_the_workbook_has_four_sheets_with_fixed_headers_and_filters(tmp_path, lang, names):
    workbook = openpyxl.load_workbook(written(tmp_path, ".xlsx", lang))
    assert workbook.sheetnames == names
    for sheet in workbook:
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(sheet.column_dimensions[cell.column_letter].width >= 6 for cell in sheet[1])


def test_the_workbook_holds_matches_gaps_reasons_and_the_unmatched(tmp_path):
    workbook = openpyxl.load_workbook(written(tmp_path, ".xlsx"))
    counts = {sheet.title: sheet.max_row - 1 for sheet in workbook}
    assert counts == {"匹配": 4, "差距": 4 * 8, "理由": 4 * 10, "未匹配": 3}
    lacks = {row[0]: row[3] for row in workbook["未匹配"].iter_rows(min_row=2, values_only=True)}
    assert lacks["N3"] == "没有找到可以比较的供给"
    assert "多孔碳骨架" in lacks["N4"]
    assert "截止" in lacks["N5"]


def test_levels_are_coloured_numbers_and_scores_have_three_places(tmp_path):
    sheet = openpyxl.load_workbook(written(tmp_path, ".xlsx"))["匹配"]
    level, name, score = sheet["E2"], sheet["F2"], sheet["G2"]
    assert (level.value, name.value) == (4, "强")
    assert level.fill.fgColor.rgb == name.fill.fgColor.rgb != sheet["E3"].fill.fgColor.rgb
    assert score.number_format == "0.000"
    assert sheet["O2"].alignment.wrap_text


def test_no_cell_of_the_workbook_is_a_formula(tmp_path):
    sheet = openpyxl.load_workbook(written(tmp_path, ".xlsx"))["匹配"]
    cell = sheet["I3"]
    assert (cell.value, cell.data_type) == ("=1+1 石墨烯", "s")
    assert cell.quotePrefix


class _Page(HTMLParser):
    """Checks that tags close, and collects what a page links to."""

    def __init__(self):
        super().__init__()
        self.open, self.links, self.ids, self.tags = [], [], [], set()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.add(tag)
        self.links += [given[name] for name in ("href", "src") if name in given]
        self.ids += [given["id"]] if "id" in given else []
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_whole_and_asks_no_other_host_for_anything(tmp_path, lang):
    text = written(tmp_path, ".html", lang).read_text(encoding="utf-8")
    page = _Page()
    page.feed(text)
    assert page.open == []
    assert not page.tags & {"script", "link", "img", "iframe"}
    assert page.links
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert "http" not in text
    assert "url(" not in text
    assert (
        re.search(r"\b(reason|page|column|part|terminal)\.[a-z]", text.split("</style>")[1]) is None
    )


def test_the_page_escapes_what_people_wrote(tmp_path):
    text = written(tmp_path, ".html").read_text(encoding="utf-8")
    assert "&lt;b&gt;钠电&lt;/b&gt;正极" in text
    assert "<b>" not in text


def test_the_bars_of_the_page_stay_on_their_scale(tmp_path):
    text = written(tmp_path, ".html").read_text(encoding="utf-8")
    bars = re.findall(r"--from:(-?[\d.]+)%;--wide:([\d.]+)%", text)
    assert len(bars) == 4 * (1 + 10 + 1)
    for start, wide in bars:
        assert float(start) >= 0
        assert float(start) + float(wide) <= 100.2


def test_nothing_half_written_stays_where_writing_fails(tmp_path):
    target = tmp_path / "report.csv"
    target.write_text("before")
    with pytest.raises(InputError) as caught, replacing(target) as temporary:
        temporary.write_text("half")
        raise OSError(28, "No space left on device")
    assert caught.value.code == "output.unwritable"
    assert caught.value.params["file"] == str(target)
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_replaced_file_keeps_its_permissions_and_its_link(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("before")
    real.chmod(0o640)
    link.symlink_to(real)
    with replacing(link) as temporary:
        temporary.write_text("after")
    assert real.read_text() == "after"
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_device_is_written_to_as_it_is():
    with replacing("/dev/null") as path:
        assert path == Path("/dev/null")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_an_error_names_the_file_that_people_asked_for(tmp_path):
    with pytest.raises(InputError) as caught, replacing(tmp_path / "a.xlsx") as temporary:
        raise InputError("tables.unwritable", file=str(temporary), reason="x")
    assert caught.value.params["file"] == str(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.pdf", "output.unknown_ending"),
        ("none/a.csv", "output.no_folder"),
        ("folder.csv", "output.is_directory"),
    ],
)
def test_a_target_that_cannot_be_written_is_refused_before_the_work(tmp_path, name, code):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError) as caught:
        check_target(tmp_path / name, (".csv", ".xlsx"))
    assert caught.value.code == code


def printed(items):
    from rich.console import Console

    console = Console(file=io.StringIO(), width=110, highlight=False, markup=False)
    for item in items:
        console.print(item)
    return console.file.getvalue()


def test_the_terminal_shows_rank_level_score_offer_and_reasons():
    shown = printed(match_tables(report()))
    assert "■ 硅碳负极材料  N1 · 甲公司 · 南京市" in shown
    assert "多孔碳骨架硅碳负极" in shown
    assert "· 要求：2 项满足，4 项不足" in shown
    assert "没有匹配到供给的需求" in shown


def test_the_terminal_takes_brackets_for_text_and_not_for_markup():
    made = report()
    assert "<b>钠电</b>正极" in printed(match_tables(made))


def test_the_reasoning_of_one_pair_shows_sum_and_gap_table():
    shown = printed(pair_tables(need(), offer(), match()))
    assert "匹配程度：4 级（强），得分 0.83" in shown
    assert "+0.25" in shown
    assert "比预算的 300 万元高 200 万元" in shown
    assert "单批产量" in shown
