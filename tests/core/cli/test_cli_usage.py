import pytest

NEEDS = "needs.csv"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mtach"], "没有命令“mtach”。是否要写 match"),
        (["index", "biuld"], "没有命令“biuld”。是否要写 build"),
        (["match"], "缺少参数 NEEDS"),
        (["match", "a"], "缺少参数 OFFERS"),
        (["match", "a", "b", "c"], "多出了参数：c"),
        (["match", "a", "b", "--tpo", "3"], "没有选项 --tpo。是否要写"),
        (["match", "a", "b", "--top", "x"], "--top 的值“x”不对：应为不小于 1 的整数"),
        (["match", "a", "b", "--top", "0"], "--top 的值“0”不对"),
        (["match", "a", "b", "--top"], "选项 --top 后面要有一个值"),
        (["match", "a", "b", "--strict=1"], "选项 --strict 不带值"),
        (["match", "a", "b", "--today", "昨天"], "--today 的值“昨天”不对：应为日期"),
        (["match", "a", "b", "--format", "pdf"], "应为其中之一：table jsonl csv"),
        (["match", "a", "b", "--lang", "fr"], "--lang 的值“fr”不对：应为其中之一：zh en"),
        (["match", "a", "b", "--workers", "-1"], "--workers 的值“-1”不对"),
        (["score", "a", "b", "c"], "缺少选项 --output"),
        (["explain", "a", "b", "c"], "缺少参数 OFFER_ID"),
        (["learn", "a", "b"], "缺少参数 JUDGED"),
        (["evaluate", "a"], "缺少参数 SCORED"),
        (["index", "build", "d"], "缺少参数 TABLES"),
        (["index", "remove"], "缺少参数 DIR"),
        (["search", "d"], "缺少参数 WORDS"),
        (["validate"], "缺少参数 TABLES"),
        (["template"], "缺少参数 KIND"),
        (["template", "achievement"], "缺少选项 --output"),
        (["kinds", "extra"], "多出了参数：extra"),
        (["demo", "--needs", "many"], "--needs 的值“many”不对：应为不小于 0 的整数"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(run, words, said):
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    error, hint = result.stderr.splitlines()
    assert error.startswith("错误：")
    assert said in error
    assert hint.startswith("说明见：guantong")


def test_wrong_usage_is_told_in_english_too(run):
    result = run("--lang", "en", "match", "a")
    assert result.stderr.splitlines()[0] == "Error: The argument OFFERS is missing."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["match", "none.csv", "none.csv"], "找不到文件"),
        (["match", "NEEDS", "none.csv"], "找不到文件“none.csv”"),
        (["match", "NEEDS", "NEEDS"], "是否把两个文件的次序弄反了"),
        (["match", "NEEDS", "EMPTY"], "是空的"),
        (["match", "NEEDS", "OFFERS", "-o", "x.pdf"], "可用的扩展名：.xlsx .csv .jsonl .html"),
        (["match", "NEEDS", "OFFERS", "-o", "no/x.csv"], "文件夹“no”不存在"),
        (["match", "NEEDS", "OFFERS", "-o", "x.csv", "--format", "csv"], "不能同时使用"),
        (["match", "NEEDS", "OFFERS", "--model", "none.json"], "无法读取模型文件"),
        (["match", "NEEDS", "OFFERS", "--model", "NEEDS"], "不是贯通的模型文件"),
        (["match", "NEEDS", "OFFERS", "--kinds", "火箭"], "没有“火箭”这个类别"),
        (["match", "NEEDS", "OFFERS", "--kinds", "technology"], "不是供给的类别"),
        (["match", "NEEDS", "OFFERS", "--encoder", "magic"], "没有名为“magic”的编码器"),
        (["match", "NEEDS", "OFFERS", "--index", "NEEDS"], "是文件，而索引是一个目录"),
        (["match", "NEEDS", "OFFERS", "--problems", "p.txt"], "可用的扩展名：.csv"),
        (["score", "NEEDS", "OFFERS", "NEEDS", "-o", "x.csv"], "需要 need_id 和 offer_id"),
        (["score", "NEEDS", "OFFERS", "FEW", "-o", "x.html"], "可用的扩展名：.csv .xlsx .jsonl"),
        (["explain", "NEEDS", "OFFERS", "NJ-N1", "NJ-A012"], "编号相近的有：NJ-N001"),
        (["explain", "NEEDS", "OFFERS", "NJ-N001", "A"], "没有编号为“A”的供给"),
        (["learn", "NEEDS", "OFFERS", "FEW", "-o", "m.json"], "缺少 level 列"),
        (["learn", "NEEDS", "OFFERS", "FEW", "-o", "m.txt"], "可用的扩展名：.json"),
        (["evaluate", "FEW", "FEW"], "缺少 level 列"),
        (["evaluate", "JUDGED", "FEW"], "缺少 score 列"),
        (["index", "add", "none", "NEEDS"], "没有索引"),
        (["index", "info", "none"], "没有索引"),
        (["index", "remove", "none", "A"], "没有索引"),
        (["search", "none", "电池"], "没有索引"),
        (["validate", "none.csv"], "找不到文件“none.csv”"),
        (["template", "火箭", "-o", "x.xlsx"], "没有“火箭”这个类别"),
        (["template", "achievement", "-o", "x.csv"], "可用的扩展名：.xlsx"),
        (["demo", "-o", "x.pdf"], "可用的扩展名"),
    ],
)
def test_input_and_output_that_cannot_be_used_is_one_sentence_and_exit_2(
    run, town, tmp_path, monkeypatch, words, said
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.csv").touch()
    files = {
        "NEEDS": town / "needs.csv",
        "OFFERS": town / "offers.jsonl",
        "FEW": town / "few.csv",
        "JUDGED": town / "judged.csv",
        "EMPTY": tmp_path / "empty.csv",
    }
    result = run(*(files.get(word, word) for word in words))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.startswith("错误：")
    assert len(result.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["empty.csv"]


def test_an_unexpected_error_of_the_system_is_told_without_a_traceback(run, town, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device", "/big/disk")

    monkeypatch.setattr("guantong.matching.index.IndexBuilder.add", full)
    result = run("match", town / "needs.csv", town / "offers.jsonl")
    assert result.exit_code == 2
    assert result.stderr == "错误：无法读写“/big/disk”（No space left on device）。\n"


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "已中断。"),
        (MemoryError(), 2, "错误：内存不足。请拆分表格后再试。"),
        (OSError("odd"), 2, "错误：读写时出错（odd）。"),
    ],
)
def test_whatever_stops_a_run_is_told_in_a_line(run, town, monkeypatch, error, code, said):
    def stop(*_, **__):
        raise error

    monkeypatch.setattr("guantong.matching.matcher.Matcher.offers_for", stop)
    result = run("match", town / "needs.csv", town / "offers.jsonl")
    assert result.exit_code == code
    assert result.stderr.splitlines()[-1] == said
