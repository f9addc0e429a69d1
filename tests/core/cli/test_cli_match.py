import csv
import io
import json

import openpyxl
import pytest

KEYS = ("need_id", "offer_id", "rank", "score", "level", "reasons", "gaps")


def objects(text):
    return [json.loads(line) for line in text.splitlines()]


def test_matches_are_listed_as_a_table(matched):
    result = matched("--top", 2)
    assert result.exit_code == 0
    assert "■ 高首效硅碳负极材料批量制备  NJ-N001" in result.stdout
    assert "都提到" in result.stdout
    assert "5 条需求，10 个匹配" in result.stderr
    assert "\x1b" not in result.stdout + result.stderr


def test_jsonl_has_one_object_for_each_match(matched):
    found = objects(matched("--format", "jsonl", "--top", 3).stdout)
    assert len(found) == 15
    for each in found:
        assert all(key in each for key in KEYS)
        assert 0 <= each["score"] <= 1
        assert each["level"] in (1, 2, 3, 4)
    assert [each["rank"] for each in found] == [1, 2, 3] * 5
    first = [each["score"] for each in found if each["need_id"] == "NJ-N001"]
    assert first == sorted(first, reverse=True)


def test_csv_on_the_screen_has_headers(matched):
    rows = list(csv.reader(io.StringIO(matched("--format", "csv", "--top", 1).stdout)))
    assert len(rows) == 6
    assert rows[0][0] == "需求编号"


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl", "html"])
def test_the_ending_says_the_format(matched, tmp_path, ending):
    target = tmp_path / f"out.{ending}"
    result = matched("-o", target)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert f"已写入 {target}" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert target.stat().st_size > 1000


def test_the_same_input_gives_the_same_bytes(matched, tmp_path):
    for name in ("a", "b"):
        for ending in ("jsonl", "csv", "html"):
            matched("-o", tmp_path / f"{name}.{ending}")
    for ending in ("jsonl", "csv", "html"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_english_is_complete(matched, tmp_path):
    result = matched("--lang", "en", "-o", tmp_path / "out.xlsx")
    assert "Written" in result.stderr
    workbook = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert workbook.sheetnames == ["Matches", "Gaps", "Reasons", "Unmatched"]
    assert workbook["Matches"]["F2"].value in ("none", "weak", "fairly strong", "strong")


def test_kinds_narrow_what_is_offered(matched):
    every = {each["offer_kind"] for each in objects(matched("--format", "jsonl").stdout)}
    assert len(every) > 1
    for name in ("achievement", "科技成果"):
        found = objects(matched("--format", "jsonl", "--kinds", name).stdout)
        assert {each["offer_kind"] for each in found} == {"achievement"}


def test_expired_needs_are_left_out_and_told(run, town):
    result = run(
        "match",
        town / "needs.csv",
        town / "offers.jsonl",
        "--today",
        "2040-01-01",
        "--format",
        "csv",
    )
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert "另有 5 条需求已过期" in result.stderr


def test_an_index_is_made_then_added_to_and_matched_as_a_whole(matched, run, town, tmp_path):
    folder = tmp_path / "index"
    alone = matched("--format", "jsonl").stdout
    assert matched("--index", folder, "--format", "jsonl").stdout == alone
    one = tmp_path / "one.jsonl"
    one.write_text('{"id": "NEW", "title": "硅碳负极材料批量制备", "kind": "achievement"}\n')
    more = run(
        "match",
        town / "needs.csv",
        one,
        "--index",
        folder,
        "--format",
        "jsonl",
        "--today",
        "2026-11-22",
    )
    offers = {each["offer_id"] for each in objects(more.stdout)}
    assert "NEW" in offers
    assert len(offers) > 5


def test_an_assignment_gives_each_need_one_offer_and_no_offer_twice(matched):
    found = objects(matched("--assign", 1, "--format", "jsonl").stdout)
    assert len({each["need_id"] for each in found}) == len(found)
    assert len({each["offer_id"] for each in found}) == len(found)
    assert all(each["level"] >= 2 for each in found)


def test_rejected_rows_are_told_and_cost_the_exit_code_1(run, town, tmp_path):
    listed = tmp_path / "problems.csv"
    result = run(
        "match",
        town / "broken.csv",
        town / "offers.jsonl",
        "--problems",
        listed,
        "--format",
        "jsonl",
    )
    assert result.exit_code == 1
    assert {each["need_id"] for each in objects(result.stdout)} == {"B1", "B3"}
    assert "1 行没有采用" in result.stderr
    assert "broken.csv，第 3 行" in result.stderr
    rows = list(csv.DictReader(io.StringIO(listed.read_text(encoding="utf-8-sig"))))
    assert {(row["行"], row["程度"]) for row in rows} >= {("3", "错误"), ("4", "提示")}
    assert all(row["问题"] for row in rows)


def test_strict_stops_at_the_first_wrong_row(run, town):
    result = run("match", town / "broken.csv", town / "offers.jsonl", "--strict")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "缺少名称" in result.stderr


def test_problems_are_grouped_and_limited(run, town, tmp_path):
    many = tmp_path / "many.csv"
    many.write_text("需求名称,需求编号\n电池,B0\n" + "".join(f",B{n}\n" for n in range(1, 40)))
    result = run("match", many, town / "offers.jsonl", "--format", "csv")
    assert "39 行没有采用" in result.stderr
    assert "还有 36 处同样的问题" in result.stderr
    assert "--problems" in result.stderr
    assert len(result.stderr.splitlines()) < 12


def test_a_table_without_a_usable_need_is_refused_with_its_problems(run, town, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text("需求名称,需求编号\n,B1\n")
    result = run("match", empty, town / "offers.jsonl")
    assert result.exit_code == 2
    assert "没有可用的需求" in result.stderr
    assert "第 2 行" in result.stderr


def test_a_table_without_a_usable_offer_is_refused(run, town, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text("成果名称,成果简介\n,没有名称\n")
    result = run("match", town / "needs.csv", empty)
    assert result.exit_code == 2
    assert "没有可用的供给" in result.stderr


def test_a_file_that_stays_as_it_was_where_the_run_fails(run, town, tmp_path, monkeypatch):
    target = tmp_path / "out.jsonl"
    target.write_text("before")

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("guantong.matching.reports.writing.write_objects", fail)
    result = run("match", town / "needs.csv", town / "offers.jsonl", "-o", target)
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
