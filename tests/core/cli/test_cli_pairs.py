import csv
import io
import json

import pytest

TODAY = ("--today", "2026-11-22")


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_pairs_get_score_and_level_in_their_own_order(run, town, tmp_path):
    target = tmp_path / "scored.csv"
    result = run("score", town / "needs.csv", town / "offers.jsonl", town / "few.csv", "-o", target)
    assert result.exit_code == 0
    found = rows(target)
    assert [(row["need_id"], row["achievement_id"]) for row in found] == [
        ("NJ-N001", "NJ-A013"),
        ("WX-N001", "NJ-A012"),
    ]
    assert all(0 <= float(row["score"]) <= 1 and row["level"] in "1234" for row in found)


def test_unknown_ids_are_told_with_their_row_and_the_rest_is_scored(run, town, tmp_path):
    target = tmp_path / "scored.jsonl"
    result = run(
        "score", town / "needs.csv", town / "offers.jsonl", town / "unknown.csv", "-o", target
    )
    assert result.exit_code == 1
    assert len(target.read_text().splitlines()) == 1
    assert "unknown.csv，第 3 行，“offer_id”列：供给表里没有编号“XX”" in result.stderr
    assert "unknown.csv，第 4 行，“need_id”列：需求表里没有编号“YY”" in result.stderr


def test_strict_stops_at_an_unknown_id(run, town, tmp_path):
    given = [town / name for name in ("needs.csv", "offers.jsonl", "unknown.csv")]
    result = run("score", *given, "-o", tmp_path / "x.csv", "--strict")
    assert result.exit_code == 2
    assert not (tmp_path / "x.csv").exists()


def test_a_pair_scores_as_it_does_when_matched(run, town, matched, tmp_path):
    found = [json.loads(line) for line in matched("--format", "jsonl").stdout.splitlines()]
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(
        "".join(
            json.dumps({"need_id": each["need_id"], "offer_id": each["offer_id"]}) + "\n"
            for each in found
        )
    )
    target = tmp_path / "scored.jsonl"
    run("score", town / "needs.csv", town / "offers.jsonl", pairs, "-o", target)
    scored = [json.loads(line) for line in target.read_text().splitlines()]
    for match, pair in zip(found, scored, strict=True):
        assert pair["score"] == pytest.approx(match["score"], abs=2e-3)


def test_explain_tells_the_sum_and_the_gaps(run, town):
    result = run("explain", town / "needs.csv", town / "offers.jsonl", "NJ-N001", "NJ-A012", *TODAY)
    assert result.exit_code == 0
    for said in ("需求：", "供给：", "匹配程度：", "起点分", "得分", "需求要求", "可逆比容量"):
        assert said in result.stdout


def test_explain_as_json_adds_up_to_the_score(run, town):
    given = ("explain", town / "needs.csv", town / "offers.jsonl", "NJ-N001", "NJ-A012")
    told = json.loads(run(*given, "--format", "json", *TODAY).stdout)
    assert sum(told["contributions"].values()) == pytest.approx(told["score"], abs=1e-5)
    assert sum(told["probabilities"]) == pytest.approx(1, abs=1e-5)
    assert told["gaps"]


def test_explain_says_when_matching_would_leave_the_pair_out(run, town):
    given = ("explain", town / "needs.csv", town / "offers.jsonl", "NJ-N001", "NJ-A012")
    assert "会被排除" not in run(*given, *TODAY).stderr
    result = run(*given, "--today", "2040-01-01")
    assert result.exit_code == 0
    assert "会被排除，因为已过有效期" in result.stderr


def test_a_learned_model_is_reported_written_and_used(run, judged, tmp_path):
    model = tmp_path / "model.json"
    given = [judged / name for name in ("needs.csv", "offers.jsonl", "judged.csv")]
    result = run("learn", *given, "-o", model, *TODAY)
    assert result.exit_code == 0, result.stderr
    assert "没见过的需求" in result.stdout
    assert "用 14 条需求的" in result.stderr
    assert json.loads(model.read_text())["name"] == "model"
    scores = []
    for number, options in enumerate(((), ("--model", model))):
        target = tmp_path / f"{number}.csv"
        assert run("score", *given, "-o", target, *options).exit_code == 0
        scores.append([row["score"] for row in rows(target)])
    assert scores[0] != scores[1]


def test_too_few_judgements_are_refused(run, judged, tmp_path):
    few = tmp_path / "few.csv"
    few.write_text("need_id,offer_id,level\nNJ-N001,NJ-A012,4\n")
    result = run(
        "learn", judged / "needs.csv", judged / "offers.jsonl", few, "-o", tmp_path / "m.json"
    )
    assert result.exit_code == 2
    assert "至少需要 40 条" in result.stderr
    assert not (tmp_path / "m.json").exists()


def test_scores_are_measured_against_judgements(run, judged, tmp_path):
    scored = tmp_path / "scored.csv"
    given = [judged / name for name in ("needs.csv", "offers.jsonl", "judged.csv")]
    run("score", *given, "-o", scored)
    shown = run("evaluate", judged / "judged.csv", scored)
    assert shown.exit_code == 0
    for name in ("nDCG@10", "Recall@10", "MRR", "Spearman", "AUC", "1/(1+MAE)"):
        assert name in shown.stdout
    told = json.loads(run("evaluate", judged / "judged.csv", scored, "--format", "json").stdout)
    assert told["pairs"] == len(rows(judged / "judged.csv"))
    for measure in told["measures"].values():
        assert measure["low"] <= measure["value"] <= measure["high"]


def test_perfect_scores_measure_as_perfect(run, judged, tmp_path):
    scored = tmp_path / "scored.csv"
    lines = [
        f"{row['need_id']},{row['offer_id']},{int(row['level']) / 4},{row['level']}"
        for row in rows(judged / "judged.csv")
    ]
    scored.write_text("need_id,offer_id,score,level\n" + "\n".join(lines) + "\n")
    told = json.loads(run("evaluate", judged / "judged.csv", scored, "--format", "json").stdout)
    for name in ("mrr", "auc", "contest"):
        assert told["measures"][name]["value"] == pytest.approx(1)


def test_judged_pairs_without_a_score_are_counted(run, judged, tmp_path):
    scored = tmp_path / "scored.csv"
    scored.write_text("need_id,offer_id,score\nNJ-N001,NJ-A012,0.5\n")
    result = run("evaluate", judged / "judged.csv", scored)
    assert result.exit_code == 0
    assert "没有打分" in result.stderr


def test_wrong_judgements_are_told_and_cost_the_exit_code_1(run, judged, tmp_path):
    judged = tmp_path / "judged.csv"
    judged.write_text("need_id,offer_id,level\nN1,A1,4\nN1,A2,1\nN1,A3,9\n")
    scored = tmp_path / "scored.csv"
    scored.write_text("need_id,offer_id,score\nN1,A1,0.9\nN1,A2,0.1\n")
    result = run("evaluate", judged, scored)
    assert result.exit_code == 1
    assert "“9”不是等级" in result.stderr
