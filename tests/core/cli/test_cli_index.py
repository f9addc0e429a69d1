import json

import pytest


@pytest.fixture(scope="module")
def built(town, tmp_path_factory):
    """Return an index of the town, made once."""
    from click.testing import CliRunner

    from guantong.cli.root import guantong

    folder = tmp_path_factory.mktemp("built") / "index"
    words = ["index", "build", folder, town / "offers.jsonl", town / "needs.csv"]
    result = CliRunner().invoke(guantong, [str(word) for word in words])
    assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture
def own(run, town, tmp_path):
    """Return an index that a test may change."""
    folder = tmp_path / "index"
    assert run("index", "build", folder, town / "offers.jsonl").exit_code == 0
    return folder


def info(run, folder):
    return json.loads(run("index", "info", folder, "--format", "json").stdout)


def test_building_tells_what_the_index_holds(run, town, tmp_path):
    result = run("index", "build", tmp_path / "i", town / "offers.jsonl", town / "needs.csv")
    assert result.exit_code == 0
    assert "读入 17 条，其中新增或变化 17 条；索引现有供给 12 条、需求 5 条。" in result.stderr


def test_an_index_that_is_there_is_not_overwritten(run, town, built):
    result = run("index", "build", built, town / "offers.jsonl")
    assert result.exit_code == 2
    assert "已有索引" in result.stderr


def test_a_folder_with_other_things_is_refused(run, town, tmp_path):
    (tmp_path / "thesis.doc").touch()
    result = run("index", "build", tmp_path, town / "offers.jsonl")
    assert result.exit_code == 2
    assert "thesis.doc" in result.stderr


def test_adding_again_changes_nothing(run, town, own):
    result = run("index", "add", own, town / "offers.jsonl")
    assert result.exit_code == 0
    assert "读入 12 条，其中新增或变化 0 条" in result.stderr


def test_adding_updates_by_id(run, own, tmp_path):
    changed = tmp_path / "one.jsonl"
    changed.write_text('{"id": "NJ-A012", "title": "全新的名称", "kind": "achievement"}\n')
    assert "变化 1 条；索引现有供给 12 条" in run("index", "add", own, changed).stderr
    found = run("search", own, "全新的名称", "--top", 1, "--format", "json")
    assert json.loads(found.stdout)["id"] == "NJ-A012"


def test_removing_takes_records_out_and_tells_ids_that_are_not_there(run, own):
    result = run("index", "remove", own, "NJ-A012", "NJ-A012", "XX")
    assert result.exit_code == 1
    assert "删去 1 条。" in result.stderr
    assert "索引里没有编号“XX”。" in result.stderr
    assert sum(info(run, own)["kinds"]["offer"].values()) == 11
    assert run("index", "remove", own, "NJ-A013").exit_code == 0


def test_a_wrong_row_in_strict_leaves_the_index_as_it_was(run, own, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("成果名称,成果简介\n好的成果,可以\n,没有名称\n")
    assert run("index", "add", own, bad, "--strict").exit_code == 2
    assert sum(info(run, own)["kinds"]["offer"].values()) == 12
    assert run("index", "add", own, bad).exit_code == 1
    assert sum(info(run, own)["kinds"]["offer"].values()) == 13


def test_organisations_are_passed_over(run, own, tmp_path):
    some = tmp_path / "some.jsonl"
    some.write_text(
        '{"kind": "organisation", "title": "甲公司"}\n{"kind": "achievement", "title": "乙"}\n'
    )
    result = run("index", "add", own, some)
    assert result.exit_code == 0
    assert "机构不参加匹配" in result.stderr
    assert "读入 1 条" in result.stderr


def test_info_counts_by_kind(run, built):
    told = info(run, built)
    assert sum(told["kinds"]["offer"].values()) == 12
    assert told["kinds"]["need"] == {"technology": 5}
    shown = run("index", "info", built).stdout
    assert "技术需求" in shown
    assert "编码器" in shown


def test_search_finds_by_words_of_either_language(run, built):
    for words in ("硅碳负极", "battery materials"):
        result = run("search", built, words, "--top", 3)
        assert result.exit_code == 0
        assert "得分" in result.stdout


def test_search_keeps_to_side_kind_and_number(run, built):
    needs = run("search", built, "电池", "--side", "need", "--top", 2, "--format", "json")
    found = [json.loads(line) for line in needs.stdout.splitlines()]
    assert len(found) == 2
    assert {each["kind"] for each in found} == {"technology"}
    teams = run("search", built, "电池", "--kind", "achievement", "--format", "json")
    assert {json.loads(line)["kind"] for line in teams.stdout.splitlines()} == {"achievement"}


def test_search_for_a_kind_of_the_other_side_is_refused(run, built):
    result = run("search", built, "电池", "--kind", "technology")
    assert result.exit_code == 2
    assert "不是供给的类别" in result.stderr


def test_search_says_when_nothing_is_found(run, own):
    result = run("search", own, "电池", "--side", "need")
    assert result.exit_code == 0
    assert (result.stdout, result.stderr) == ("", "没有找到。\n")
