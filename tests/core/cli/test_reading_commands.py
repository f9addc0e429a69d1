import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import openpyxl
import pytest

from guantong.messages import LANGUAGES, catalogue

REPORT = """2026年贵州省政府工作报告
——2026年1月20日在贵州省第十四届人民代表大会第四次会议上

各位代表：
现在，我代表省人民政府，向大会报告工作，请予审议。

一、2025年工作回顾
过去一年，地区生产总值增长5.3%。山地算力调度平台上线运行。

二、2026年工作安排
今年主要预期目标是：地区生产总值增长5.5%左右，城镇新增就业60万人以上。
（一）推进科技创新。加快建设山地算力枢纽。（责任单位：省科技厅）
"""
OTHER = """2026年云南省政府工作报告
——2026年1月22日在云南省第十四届人民代表大会第四次会议上

二、2026年工作安排
今年发展主要预期目标是：生产总值增长5%左右，新建高原湖泊监测站80个。
"""


@pytest.fixture
def desk(tmp_path):
    """Return a folder with two reports, one empty file and one torn PDF."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "guizhou.txt").write_text(REPORT, encoding="utf-8")
    (folder / "yunnan.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def broken(desk):
    (desk / "empty.txt").write_bytes(b"")
    (desk / "torn.pdf").write_bytes(b"%PDF-1.4 torn")
    return desk


def lines(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_in_a_pipe_each_record_is_a_line_of_json(run, desk):
    result = run("read", desk / "guizhou.txt")
    assert result.exit_code == 0
    records = [json.loads(line) for line in result.stdout.splitlines()]
    for record in records:
        assert REPORT[record["start"] : record["end"]] == record["quote"]
    assert {"indicator", "task", "release"} <= {record["kind"] for record in records}
    assert result.stderr == ""


def test_a_list_can_be_asked_for(run, desk):
    result = run("read", desk / "guizhou.txt", "--format", "text", "--explain")
    assert "  • 城镇新增就业：60万人以上 [目标，2026，贵州省]" in result.stdout
    assert "      - 数字前面的名词是指标名。" in result.stdout


def test_a_folder_becomes_a_folder_of_json_lines(run, desk, tmp_path):
    result = run("read", desk, "-o", tmp_path / "out")
    assert result.exit_code == 0
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == ["guizhou.jsonl", "yunnan.jsonl"]
    assert not any("document" in record for record in lines(out / "guizhou.jsonl"))
    assert "2 份文件" in result.stderr


def test_folders_below_are_kept(run, desk, tmp_path):
    (desk / "2025").mkdir()
    (desk / "2025" / "guizhou.txt").write_text(REPORT, encoding="utf-8")
    assert run("read", desk, "-o", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / "2025" / "guizhou.jsonl").exists()


def test_what_cannot_be_read_is_told_and_the_rest_is_complete(run, broken, tmp_path):
    result = run("read", broken, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "empty.txt 是空的" in result.stderr
    assert "torn.pdf 已损坏" in result.stderr
    assert "2 份文件未能读取" in result.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "guizhou.jsonl",
        "yunnan.jsonl",
    ]


def test_where_nothing_can_be_read_the_input_is_unusable(run, broken, tmp_path):
    result = run("read", broken / "empty.txt", "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 2
    assert "empty.txt" in result.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_several_documents_in_one_file_name_their_document(run, desk, tmp_path):
    assert run("read", desk, "-o", tmp_path / "all.jsonl").exit_code == 0
    documents = {record["document"] for record in lines(tmp_path / "all.jsonl")}
    assert documents == {"guizhou.txt", "yunnan.txt"}


@pytest.mark.parametrize("ending", ["jsonl", "xlsx", "html"])
def test_records_are_written_by_ending(run, desk, tmp_path, ending):
    file = tmp_path / f"out.{ending}"
    result = run("read", desk / "guizhou.txt", "-o", file)
    assert result.exit_code == 0
    assert str(file) in result.stderr
    assert file.stat().st_size > 500
    assert [path.name for path in tmp_path.iterdir() if path.name != "in"] == [file.name]


def test_only_the_kinds_that_are_named_are_read(run, desk):
    for names in ("indicator,task", "指标，任务", "Indicator、TASK"):
        result = run("read", desk / "guizhou.txt", "--kinds", names)
        kinds = {json.loads(line)["kind"] for line in result.stdout.splitlines()}
        assert kinds == {"indicator", "task"}


def test_an_unknown_kind_is_told_with_the_known_ones(run, desk):
    result = run("read", desk / "guizhou.txt", "--kinds", "wishes")
    assert result.exit_code == 2
    assert "wishes" in result.stderr
    assert "support" in result.stderr


def test_the_reference_date_decides_what_last_year_was(run, tmp_path):
    file = tmp_path / "news.txt"
    file.write_text("遵义简讯\n\n去年，遵义市地区生产总值达到900亿元。\n", encoding="utf-8")
    for day, year in (("2026-02-01", "2025"), ("2021-02-01", "2020")):
        result = run("read", file, "--reference-date", day, "--kinds", "indicator")
        assert json.loads(result.stdout)["time"] == year


def test_rules_come_with_the_records_where_wanted(run, desk):
    result = run("read", desk / "guizhou.txt", "--explain", "--kinds", "indicator")
    assert json.loads(result.stdout.splitlines()[0])["explanation"]


def test_proposals_are_written_beside_the_records(run, desk, tmp_path):
    file = tmp_path / "proposals.jsonl"
    result = run("read", desk, "-o", tmp_path / "out", "--proposals", file)
    assert result.exit_code == 0
    found = lines(file)
    assert {each["kind"] for each in found} == {"offer", "target", "task"}
    assert {each["status"] for each in found} == {"proposed"}
    assert {each["source"]["document"] for each in found} == {"guizhou.txt", "yunnan.txt"}
    assert f"{len(found)} 条建议" in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-o", "{tmp}/out.doc"], ".xlsx"),
        (["-o", "{tmp}/none/out.html"], "不存在"),
        (["-o", "{desk}/guizhou.txt"], ".jsonl"),
        (["--proposals", "{tmp}/p.xlsx"], ".jsonl"),
        (["--model-url", "http://127.0.0.1:1/v1"], "--model-name"),
        (["--model-name", "m"], "--model-url"),
        (["--model-url", "example.org", "--model-name", "m"], "http://"),
        (["--reference-date", "soon"], "2026-12-31"),
        (["--format", "table"], "jsonl"),
    ],
)
def test_wrong_usage_is_told_before_the_work(run, desk, tmp_path, words, told):
    placed = [word.format(tmp=tmp_path, desk=desk) for word in words]
    result = run("read", desk / "guizhou.txt", *placed)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_an_input_is_never_overwritten(run, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>遵义市新增绿色工厂50家。</p></body></html>", encoding="utf-8")
    before = page.read_bytes()
    result = run("read", page, "-o", page)
    assert result.exit_code == 2
    assert page.read_bytes() == before


def test_a_missing_file_is_told(run, tmp_path):
    result = run("read", tmp_path / "no.txt")
    assert result.exit_code == 2
    assert "no.txt" in result.stderr


def test_without_a_file_there_is_nothing_to_do(run):
    assert run("read").exit_code == 2
    assert run("digest").exit_code == 2


def test_a_document_in_another_language_is_remarked_on(run, tmp_path):
    file = tmp_path / "english.txt"
    file.write_text("The province added fifty green factories in 2026.\n" * 5, encoding="utf-8")
    result = run("read", file)
    assert result.exit_code == 0
    assert "注意：" in result.stderr


def test_a_digest_tells_what_matters(run, desk):
    result = run("digest", desk / "guizhou.txt")
    assert result.exit_code == 0
    for told in ("目标", "城镇新增就业：60万人以上", "任务", "第8段「城镇新增就业60万人以上」"):
        assert told in result.stdout


@pytest.mark.parametrize(("form", "start"), [("html", "<!doctype html>"), ("json", "[")])
def test_a_digest_comes_in_other_forms(run, desk, form, start):
    assert run("digest", desk, "--format", form).stdout.startswith(start)


@pytest.mark.parametrize("ending", ["txt", "html", "json"])
def test_a_digest_is_written_by_ending(run, desk, tmp_path, ending):
    result = run("digest", desk, "-o", tmp_path / f"d.{ending}")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert (tmp_path / f"d.{ending}").stat().st_size > 300


def test_a_digest_of_what_cannot_be_read_goes_on(run, broken):
    result = run("digest", broken)
    assert result.exit_code == 1
    assert "云南省" in result.stdout


def test_documents_are_compared_side_by_side(run, desk):
    result = run("compare", desk / "guizhou.txt", desk / "yunnan.txt")
    assert result.exit_code == 0
    assert "- 贵州省 2026: 增长5.5%左右 (目标 2026)" in result.stdout
    assert "- 云南省 2026: 增长5%左右 (目标 2026)" in result.stdout
    assert "只有云南省 2026提出" in result.stdout


def test_a_comparison_comes_as_json(run, desk):
    found = json.loads(run("compare", desk, "--format", "json").stdout)
    [row] = found["shared"]
    assert (row["indicator"], row["promised_by"]) == ("地区生产总值", [True, True])


def test_a_comparison_as_workbook_needs_a_file(run, desk, tmp_path):
    assert run("compare", desk, "--format", "xlsx").exit_code == 2
    assert run("compare", desk, "-o", tmp_path / "c.xlsx").exit_code == 0
    assert "共同指标" in openpyxl.load_workbook(tmp_path / "c.xlsx").sheetnames


def test_one_document_is_too_few_to_compare(run, desk):
    result = run("compare", desk / "guizhou.txt")
    assert result.exit_code == 2
    assert "两份" in result.stderr


def test_a_comparison_goes_on_without_what_cannot_be_read(run, broken, tmp_path):
    result = run("compare", broken, "-o", tmp_path / "c.html")
    assert result.exit_code == 1
    assert "云南省 2026" in (tmp_path / "c.html").read_text(encoding="utf-8")


@pytest.fixture
def judged(run, desk, tmp_path):
    """Return gold records equal to what is read, and the folder of what was read."""
    gold = tmp_path / "gold"
    gold.mkdir()
    assert run("read", desk, "-o", tmp_path / "out").exit_code == 0
    for file in (tmp_path / "out").iterdir():
        (gold / file.name.replace(".jsonl", ".gold.jsonl")).write_bytes(file.read_bytes())
    return gold, tmp_path / "out"


def test_what_equals_the_gold_records_scores_in_full(run, judged):
    result = run("evaluate-reading", *judged)
    assert result.exit_code == 0
    row = next(line for line in result.stdout.splitlines() if line.startswith("指标"))
    assert row.split()[1:4] == ["1.000", "1.000", "1.000"]


def test_scores_come_as_json(run, judged):
    gold, out = judged
    records = lines(out / "guizhou.jsonl")
    kept = [each for each in records if each["kind"] != "release"]
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in kept)
    (out / "guizhou.jsonl").write_text(text, encoding="utf-8")
    found = json.loads(run("evaluate-reading", gold, out, "--format", "json").stdout)
    assert found["indicator strict"]["f1"] == 1
    assert found["release"] == {
        "right": 0,
        "predicted": 0,
        "gold": 1,
        "precision": 0.0,
        "recall": 0.0,
        "f1": 0.0,
    }


def test_a_missing_output_counts_as_nothing_read_and_is_told(run, judged):
    gold, out = judged
    (out / "yunnan.jsonl").unlink()
    result = run("evaluate-reading", gold, out)
    assert result.exit_code == 1
    assert "yunnan.jsonl" in result.stderr


def test_folders_that_hold_nothing_to_score_are_told(run, tmp_path, desk):
    result = run("evaluate-reading", desk, desk)
    assert result.exit_code == 2
    assert "gold.jsonl" in result.stderr
    assert run("evaluate-reading", desk, tmp_path / "no").exit_code == 2


def test_gold_records_that_are_none_are_told_with_their_line(run, judged):
    gold, out = judged
    (gold / "yunnan.gold.jsonl").write_text("{}\n", encoding="utf-8")
    result = run("evaluate-reading", gold, out)
    assert result.exit_code == 2
    assert "yunnan.gold.jsonl 第 1 行" in result.stderr


@pytest.fixture
def model():
    """Run a service that proposes one true record and one invented one; yield its address."""
    asked = []
    true = {
        "kind": "release",
        "quote": "山地算力调度平台上线运行",
        "object": "product",
        "name": "山地算力调度",
        "action": "launched",
    }
    true = {**true, "kind": "achievement", "holders": []}
    answer = {"records": [true, {**true, "quote": "火星基地建成", "name": "火星基地"}]}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.headers.get("Authorization"))
            self.rfile.read(int(self.headers["Content-Length"]))
            content = json.dumps(answer, ensure_ascii=False)
            body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_model_may_add_records_that_are_marked(run, desk, model, monkeypatch):
    monkeypatch.setenv("GUANTONG_MODEL_KEY", "a-key")
    address, asked = model
    result = run("read", desk / "guizhou.txt", "--model-url", address, "--model-name", "m")
    assert result.exit_code == 0
    added = [json.loads(line) for line in result.stdout.splitlines() if "model." in line]
    assert [each["name"] for each in added] == ["山地算力调度"]
    assert "火星" not in result.stdout
    assert "补充了 1 条记录，另有 1 条" in result.stderr
    assert set(asked) == {"Bearer a-key"}


def test_without_a_model_nobody_is_asked(run, desk, model):
    _, asked = model
    assert run("read", desk / "guizhou.txt").exit_code == 0
    assert asked == []


def test_a_model_that_fails_costs_nothing_but_itself(run, desk, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    plain = run("read", desk / "guizhou.txt")
    words = ("--model-url", "http://127.0.0.1:9/v1", "--model-name", "m")
    result = run("read", desk / "guizhou.txt", *words)
    assert result.exit_code == 1
    assert result.stdout == plain.stdout
    assert "其余结果不受影响" in result.stderr


@pytest.mark.parametrize("command", ["read", "digest", "compare", "evaluate-reading"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_is_there_in_both_languages(run, command, lang):
    result = run(command, "--help", "--lang", lang)
    assert result.exit_code == 0
    assert catalogue(lang)[f"help.{command}"].strip().split("\n")[0][:8] in result.stdout


def test_english_is_spoken_throughout(run, broken):
    result = run("digest", broken, "--lang", "en")
    assert "Targets" in result.stdout
    assert "Skipped:" in result.stderr
    assert "目标" not in result.stdout.replace("今年主要预期目标", "")


def test_the_same_input_gives_the_same_output(run, desk):
    assert run("read", desk).stdout == run("read", desk).stdout
    first, second = (run("compare", desk, "--format", "html").stdout for _ in range(2))
    assert first == second


def test_a_place_where_nothing_can_be_written_is_told(run, desk):
    result = run("read", desk, "-o", "/proc/out.html")
    assert result.exit_code == 2
    assert "无法写入“/proc/out.html”" in result.stderr
