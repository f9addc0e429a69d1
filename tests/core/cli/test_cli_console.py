import csv
import io

import pytest

from guantong.cli.console import PIPE_WIDTH, ProblemLog, progress, show, table
from guantong.cli.inputs import Inputs, by_id, chosen_kinds
from guantong.cli.session import Session
from guantong.errors import InputError, NotFoundError
from guantong.matching.reports.wrapping import width_of
from guantong.records import Problem, Severity, Side
from guantong.records.kinds.technology import TechnologyNeed

ZH, EN = Session("zh"), Session("en")


def problem(row, code="row.no_title", severity=Severity.ERROR, **fields):
    return Problem(code=code, severity=severity, file="a.csv", row=row, column="名称", **fields)


def told(problems, session=ZH, file=None):
    log = ProblemLog(session)
    log.add(problems)
    log.tell(file)
    return log


def test_rows_are_counted_once_however_many_problems_they_have():
    log = told([problem(2), problem(2, "cell.not_a_date", value="x"), problem(3)])
    assert log.rejected == 2


def test_remarks_do_not_count_as_rejected(capsys):
    log = told([problem(2, "row.example", Severity.WARNING)])
    assert log.rejected == 0
    assert "0 行没有采用，1 处提示" in capsys.readouterr().err


def test_nothing_is_said_where_nothing_is_wrong(capsys):
    told([])
    assert capsys.readouterr() == ("", "")


def test_of_each_sort_the_first_three_are_shown_and_errors_come_first(capsys):
    remarks = [problem(row, "row.example", Severity.WARNING) for row in range(2, 8)]
    told([*remarks, *(problem(row) for row in range(10, 15))])
    lines = capsys.readouterr().err.splitlines()
    marks = [line.split("]")[0].strip(" [") for line in lines if line.startswith("  [")]
    assert marks == ["错误"] * 3 + ["提示"] * 3
    assert [line.strip() for line in lines if "还有" in line] == [
        "……还有 2 处同样的问题",
        "……还有 3 处同样的问题",
    ]


def test_many_sorts_of_problem_are_limited_too(capsys):
    told([problem(row, f"made.up_{row}") for row in range(2, 30)])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 + 12 + 1 + 1
    assert "还有 16 种问题" in lines[-2]


def test_problems_speak_english(capsys):
    told([problem(2)], EN)
    shown = capsys.readouterr().err
    assert shown.startswith("1 row(s) not taken, 0 remark(s):")
    assert "[error] a.csv, row 2" in shown


def test_the_list_of_problems_is_a_table_that_no_spreadsheet_runs(tmp_path, capsys):
    target = tmp_path / "problems.csv"
    told([problem(2, "cell.not_a_date", value="=cmd()")], file=target)
    [row] = csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig")))
    assert (row["行"], row["列"], row["内容"], row["代码"]) == (
        "2",
        "名称",
        "'=cmd()",
        "cell.not_a_date",
    )
    assert f"全部问题见 {target}" in capsys.readouterr().err


def test_an_empty_list_of_problems_is_written_too(tmp_path):
    target = tmp_path / "problems.csv"
    told([], file=target)
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 1


def test_a_place_for_problems_is_checked_before_anything_is_read(tmp_path):
    with pytest.raises(InputError) as caught:
        Inputs(ZH, problems=tmp_path / "none" / "problems.csv")
    assert caught.value.code == "output.no_folder"


def test_a_table_off_a_terminal_is_plain_and_of_fixed_width(capsys):
    made = table(ZH, "id", "title")
    made.add_row("A1", "[red]很长的名称" * 30)
    show([made])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(width_of, lines)) <= PIPE_WIDTH
    assert "[red]" in "".join(lines)
    assert all(line == line.rstrip() for line in lines)
    assert "\x1b" not in "".join(lines)


def test_progress_is_silent_off_a_terminal(capsys):
    with progress(ZH, "cli.matching", 3) as advance:
        advance(1)
    assert capsys.readouterr() == ("", "")


def test_kinds_are_named_in_either_language_between_any_commas():
    assert chosen_kinds(ZH, "科技成果，expert_team, Instrument", Side.OFFER) == frozenset(
        {"achievement", "expert_team", "instrument"}
    )
    assert chosen_kinds(ZH, None, Side.OFFER) is None


def test_a_kind_of_the_wrong_side_is_refused_with_those_that_fit():
    with pytest.raises(InputError) as caught:
        chosen_kinds(ZH, "achievement", Side.NEED)
    assert caught.value.params["known"] == "technology"


def test_an_unknown_id_is_refused_with_those_close_to_it(tmp_path):
    records = [TechnologyNeed(id=id, title="x") for id in ("NJ-N001", "NJ-N002", "SZ-N009")]
    path = tmp_path / "needs.csv"
    assert by_id(records, "NJ-N002", "matching.no_such_need", path, ZH) is records[1]
    with pytest.raises(NotFoundError) as caught:
        by_id(records, "NJ-N01", "matching.no_such_need", path, ZH)
    assert "NJ-N001" in str(caught.value.params["near"])
    with pytest.raises(NotFoundError) as caught:
        by_id(records, "完全不同", "matching.no_such_need", path, ZH)
    assert caught.value.params["near"] == ""
