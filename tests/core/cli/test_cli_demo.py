import importlib.util
import json
from pathlib import Path

import openpyxl
import pytest

GOLDEN = Path(__file__).parents[2] / "golden"
AGAIN = "if this is meant: python -m tests.golden.regenerate"


def _regenerate():
    spec = importlib.util.spec_from_file_location("golden_regenerate", GOLDEN / "regenerate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


golden = _regenerate()


@pytest.mark.parametrize("lang", golden.LANGUAGES)
def test_the_sample_city_matches_as_agreed(lang, tmp_path):
    text = (GOLDEN / f"demo_matches_{lang}.jsonl").read_text(encoding="utf-8")
    agreed = [json.loads(line) for line in text.splitlines()]
    found = golden.matches(lang, tmp_path)
    assert [pair(each) for each in found] == [pair(each) for each in agreed], AGAIN
    for ours, theirs in zip(found, agreed, strict=True):
        assert ours.pop("score") == pytest.approx(theirs.pop("score"), abs=0.011), AGAIN
        assert ours == theirs, AGAIN


def pair(each):
    return (each["need_id"], each["rank"], each["offer_id"])


@pytest.mark.parametrize("lang", golden.LANGUAGES)
def test_the_demonstration_prints_as_agreed(lang):
    agreed = (GOLDEN / f"demo_matches_{lang}.txt").read_text(encoding="utf-8")
    assert golden.table(lang) == agreed, AGAIN


def test_the_demonstration_writes_a_workbook(run, tmp_path):
    target = tmp_path / "demo-matches.xlsx"
    result = run("demo", "-o", target, "--needs", 2, "--top", 2)
    assert result.exit_code == 0
    assert "样例城市：" in result.stderr
    assert "以下是其中 2 条需求" in result.stderr
    assert result.stdout.count("■") == 2
    assert openpyxl.load_workbook(target)["匹配"].max_row == 1 + 2 * 60


def test_the_demonstration_can_show_every_need(run):
    result = run("demo", "--needs", 0, "--top", 1)
    assert result.stdout.count("■") == 60
    assert "没有列出" not in result.stderr
