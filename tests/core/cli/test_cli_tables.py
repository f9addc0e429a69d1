import json

import pytest

from guantong.records import kinds
from guantong.records.tables import read_records


def test_good_tables_validate_with_exit_0(run, town):
    result = run("validate", town / "needs.csv", town / "offers.jsonl")
    assert result.exit_code == 0
    assert "技术需求 5" in result.stdout
    assert result.stderr == ""


def test_wrong_rows_are_told_with_place_and_what_to_do(run, town):
    result = run("validate", town / "broken.csv", "--side", "need")
    assert result.exit_code == 1
    assert "第 3 行" in result.stderr
    assert "请填写" in result.stderr


def test_validation_as_json_has_every_problem(run, town):
    result = run("validate", town / "broken.csv", "--side", "need", "--format", "json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["rejected"] == 1
    [file] = told["files"]
    assert file["counts"] == {"technology": 2}
    assert {problem["row"] for problem in file["problems"]} >= {3, 4}
    assert all(problem["sentence"] for problem in file["problems"])


def test_duplicates_are_shown_as_groups(run, town):
    twice = (town / "needs.csv", town / "needs.csv")
    result = run("validate", *twice)
    assert result.exit_code == 0
    assert "重复或相近的记录" in result.stdout
    assert "编号相同" in result.stdout
    told = json.loads(run("validate", *twice, "--format", "json").stdout)
    assert len(told["duplicates"]) == 5
    assert {len(group["records"]) for group in told["duplicates"]} == {2}


def test_all_problems_can_be_written_to_a_file(run, town, tmp_path):
    target = tmp_path / "problems.csv"
    result = run("validate", town / "broken.csv", "--side", "need", "--problems", target)
    assert f"全部问题见 {target}" in result.stderr
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) >= 3


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [kind.name for kind in kinds.all_kinds()])
def test_a_template_of_every_kind_reads_back_as_its_example(run, tmp_path, name, lang):
    target = tmp_path / f"{name}.xlsx"
    result = run("template", name, "-o", target, "--lang", lang)
    assert result.exit_code == 0
    assert read_records(target, kind=name).records == (kinds.get(name).example,)
    assert list(tmp_path.iterdir()) == [target]


def test_a_template_takes_the_name_of_a_kind_in_either_language(run, tmp_path):
    assert run("template", "中试平台", "-o", tmp_path / "a.xlsx").exit_code == 0


def test_kinds_are_listed_with_their_side(run):
    shown = run("kinds").stdout
    for kind in kinds.all_kinds():
        assert kind.name in shown
        assert kind.zh in shown
    assert (
        "Need" in run("kinds", "--lang", "en").stdout
        or "need" in run("kinds", "--lang", "en").stdout
    )
