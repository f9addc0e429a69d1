import csv
import io
import json

import openpyxl
import pytest

from guantong.errors import InputError
from guantong.matching.pairs import PairScore
from guantong.matching.reports.pair_table import read_pairs, write_scored
from guantong.records.problems import Severity


@pytest.fixture
def pairs(tmp_path):
    """Return a function that writes a table of pairs and reads it."""

    def read(content, name="pairs.csv", **asked):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return read_pairs(path, **asked)

    return read


def ids(table):
    return [(pair.need_id, pair.offer_id) for pair in table.pairs]


def codes(table):
    return [(problem.code, problem.row) for problem in table.problems]


@pytest.mark.parametrize(
    "header",
    [
        "need_id,offer_id",
        "need_id,achievement_id",
        "Need ID,Offer ID",
        "需求编号,供给编号",
        "\ufeffneed_id,offer_id",
    ],
)
def test_both_ids_are_found_under_their_usual_headers(pairs, header):
    assert ids(pairs(f"{header}\nN1,A1\nN2,A2\n")) == [("N1", "A1"), ("N2", "A2")]


def test_headers_may_stand_under_a_title(pairs):
    assert ids(pairs("评判表,\nneed_id,offer_id\nN1,A1\n")) == [("N1", "A1")]


def test_jsonl_and_workbooks_are_read_alike(pairs, tmp_path):
    lines = pairs(
        '{"need_id": "N1", "achievement_id": 7, "level": 3}\n', "p.jsonl", wanted=["level"]
    )
    assert ids(lines) == [("N1", "7")]
    assert lines.pairs[0].level == 3
    workbook = openpyxl.Workbook()
    for row in (["need_id", "offer_id", "score"], ["N1", 12, 0.5]):
        workbook.active.append(row)
    workbook.save(tmp_path / "p.xlsx")
    table = read_pairs(tmp_path / "p.xlsx", wanted=["score"])
    assert ids(table) == [("N1", "12")]
    assert table.pairs[0].score == 0.5


@pytest.mark.parametrize(
    ("header", "wanted", "code"),
    [
        ("need_id,other", (), "pairs.no_column"),
        ("a,b", (), "pairs.no_column"),
        ("need_id,offer_id", ("level",), "pairs.no_level"),
        ("need_id,offer_id", ("score",), "pairs.no_score"),
    ],
)
def test_a_missing_column_is_named(pairs, header, wanted, code):
    with pytest.raises(InputError) as caught:
        pairs(f"{header}\nN1,A1\n", wanted=wanted)
    assert caught.value.code == code
    assert header.split(",")[1] in caught.value.params["seen"]


def test_jsonl_without_the_keys_is_refused(pairs):
    with pytest.raises(InputError) as caught:
        pairs('{"need": 1}\n', "p.jsonl")
    assert caught.value.code == "pairs.no_column"


def test_wrong_rows_are_reported_and_the_others_taken(pairs):
    table = pairs("need_id,offer_id,level\nN1,A1,5\nN1,,3\nN2,A2,三\nN3,A3,4\n", wanted=["level"])
    assert ids(table) == [("N3", "A3")]
    assert codes(table) == [("pairs.not_a_level", 2), ("pairs.no_id", 3), ("pairs.not_a_level", 4)]


@pytest.mark.parametrize("score", ["", "nan", "inf", "high"])
def test_a_score_must_be_a_finite_number(pairs, score):
    table = pairs(f"need_id,offer_id,score\nN1,A1,{score}\n", wanted=["score"])
    assert codes(table) == [("pairs.not_a_score", 2)]


def test_broken_lines_of_jsonl_are_reported(pairs):
    table = pairs('{"need_id": "N1", "offer_id": "A1"}\nnonsense\n{"need_id": "N2"}\n', "p.jsonl")
    assert ids(table) == [("N1", "A1")]
    assert [row for _, row in codes(table)] == [2, 3]


def test_a_list_where_an_id_should_be_is_reported(pairs):
    table = pairs('{"need_id": "N1", "offer_id": ["A1"]}\n', "p.jsonl")
    assert codes(table) == [("cell.not_text", 1)]


def test_of_the_same_pair_the_first_counts(pairs):
    table = pairs("need_id,offer_id,level\nN1,A1,4\nN1,A1,1\n", wanted=["level"])
    assert [pair.level for pair in table.pairs] == [4]
    [problem] = table.problems
    assert (problem.code, problem.severity) == ("pairs.twice", Severity.WARNING)
    assert "第 2 行" in problem.sentence()


def test_empty_rows_are_passed_over(pairs):
    assert codes(pairs("need_id,offer_id\n\nN1,A1\n,\n")) == []


def test_unknown_ids_are_reported_with_their_row(pairs):
    table = pairs("need_id,offer_id\nN1,A1\nN9,A1\nN1,A9\n").known({"N1"}, {"A1"})
    assert ids(table) == [("N1", "A1")]
    assert codes(table) == [("pairs.unknown_need", 3), ("pairs.unknown_offer", 4)]


def test_a_table_of_which_nothing_is_known_is_refused(pairs):
    with pytest.raises(InputError) as caught:
        pairs("need_id,offer_id\nN1,A1\n").known({}, {})
    assert caught.value.code == "pairs.nothing_left"


def test_scores_are_added_to_all_columns_and_replace_their_namesakes(pairs, tmp_path):
    table = pairs("note,need_id,achievement_id,level\n=1+1,N1,A1,4\n")
    for ending in ("csv", "jsonl", "xlsx"):
        write_scored(tmp_path / f"out.{ending}", table, [PairScore("N1", "A1", 0.25, 2)])
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert row == {
        "note": "'=1+1",
        "need_id": "N1",
        "achievement_id": "A1",
        "score": "0.25",
        "level": "2",
    }
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["level"] == 2
    again = read_pairs(tmp_path / "out.xlsx", wanted=["score", "level"])
    assert (again.pairs[0].score, again.pairs[0].level) == (0.25, 2)
    assert again.pairs[0].cells["note"] == "=1+1"


def test_lists_objects_and_control_characters_of_jsonl_fit_into_cells(tmp_path):
    source = tmp_path / "pairs.jsonl"
    row = {"need_id": "N1", "offer_id": "A1", "tags": ["a", "乙"], "by": {"n": 1}, "note": "a\x0bb"}
    source.write_text(json.dumps(row), encoding="utf-8")
    for ending in ("csv", "xlsx"):
        write_scored(tmp_path / f"out.{ending}", read_pairs(source), [PairScore("N1", "A1", 1, 4)])
        [again] = read_pairs(tmp_path / f"out.{ending}").pairs
        assert json.loads(again.cells["tags"]) == ["a", "乙"]
        assert json.loads(again.cells["by"]) == {"n": 1}
    assert again.cells["note"] == "ab"


def test_scored_pairs_read_back_for_evaluation(pairs):
    table = pairs("need_id,offer_id,score\nN1,A1,0.5\n", wanted=["score"])
    assert table.scores() == [PairScore("N1", "A1", 0.5, 0)]
