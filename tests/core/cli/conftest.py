import pytest
from click.testing import CliRunner

from guantong.cli.root import guantong
from guantong.records.sample import load_sample
from guantong.records.tables import write_records

TODAY = "2026-11-22"


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    """Return a folder with the tables of a small town: five needs, twelve offers, judged pairs."""
    folder = tmp_path_factory.mktemp("town")
    city = load_sample()
    needs, offers = city.needs[:5], city.offers[:10] + city.offers[72:74]
    write_records(folder / "needs.csv", needs)
    write_records(folder / "offers.jsonl", offers)
    pairs = [
        f"{need.id},{offer.id},{1 + (3 * row + at) % 4}"
        for row, need in enumerate(needs)
        for at, offer in enumerate(offers)
    ]
    (folder / "judged.csv").write_text("need_id,offer_id,level\n" + "\n".join(pairs) + "\n")
    (folder / "few.csv").write_text("need_id,achievement_id\nNJ-N001,NJ-A002\nNJ-N004,NJ-A001\n")
    (folder / "unknown.csv").write_text(
        "need_id,offer_id\nNJ-N001,NJ-A001\nNJ-N001,XX\nYY,NJ-A001\n"
    )
    (folder / "broken.csv").write_text(
        "需求名称,需求编号,需求描述\n电池材料,B1,负极\n,B2,没有名称\n传感器,B3,请拨打13912345678\n"
    )
    return folder


@pytest.fixture
def run(monkeypatch):
    """Return a function that runs the command line inside this process."""
    monkeypatch.delenv("GUANTONG_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "88")

    def invoke(*words):
        return CliRunner().invoke(guantong, [str(word) for word in words], prog_name="guantong")

    return invoke


@pytest.fixture
def matched(run, town):
    """Return a function that matches the town with more options."""

    def invoke(*words):
        return run("match", town / "needs.csv", town / "offers.jsonl", "--today", TODAY, *words)

    return invoke
