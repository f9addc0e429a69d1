import pytest
from click.testing import CliRunner

from guantong.cli.root import guantong
from guantong.records.sample import judged_pairs_file, load_sample
from guantong.records.tables import write_records

TODAY = "2026-11-22"
OFFERS = [f"NJ-A0{number}" for number in range(12, 22)] + ["NJ-T001", "NJ-T002"]
TABLES = {
    "few.csv": "need_id,achievement_id\nNJ-N001,NJ-A013\nWX-N001,NJ-A012\n",
    "unknown.csv": "need_id,offer_id\nNJ-N001,NJ-A012\nNJ-N001,XX\nYY,NJ-A012\n",
    "judged.csv": "need_id,offer_id,level\nNJ-N001,NJ-A012,4\nWX-N001,NJ-A013,3\n",
    "broken.csv": "需求名称,需求编号,需求描述\n"
    "电池材料,B1,负极\n,B2,没有名称\n传感器,B3,请拨打13912345678\n",
}


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    """Return a folder with the tables of a small town: five needs and twelve offers."""
    folder = tmp_path_factory.mktemp("town")
    city = load_sample()
    write_records(folder / "needs.csv", city.needs[:5])
    offers = {offer.id: offer for offer in city.offers}
    write_records(folder / "offers.jsonl", [offers[id] for id in OFFERS])
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def judged(tmp_path_factory):
    """Return a folder with fourteen needs, the offers that were judged for them, and how."""
    folder = tmp_path_factory.mktemp("judged")
    city = load_sample()
    needs = city.needs[:14]
    known = {need.id for need in needs}
    head, *lines = judged_pairs_file().read_text(encoding="utf-8-sig").split()
    pairs = [line.split(",") for line in lines if line.split(",")[0] in known]
    wanted = {offer_id for _, offer_id, _ in pairs}
    write_records(folder / "needs.csv", needs)
    write_records(folder / "offers.jsonl", [each for each in city.offers if each.id in wanted])
    listed = [head, *(",".join(pair) for pair in pairs)]
    (folder / "judged.csv").write_text("\n".join(listed) + "\n", encoding="utf-8")
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
