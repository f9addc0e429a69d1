"""The benchmarks run on the sample city, skip what has no data, and count as they say."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from benchmarks.__main__ import NAMES, ON_DEMAND, main
from benchmarks.clock import Times, in_turn, megabytes, whole_process
from benchmarks.frame import MissingDataError, Run, Table
from benchmarks.indexes import kept
from benchmarks.lexical import SUM, WORDS, lexical_scores
from benchmarks.material import Recombined, load_sample, offers, titles_as_needs
from benchmarks.quality_levels import _Half
from benchmarks.ranks import interval, ranks_of, recall, reciprocal

from benchmarks import (
    growth,
    main_job,
    quality_levels,
    quality_ranking,
    speed_build,
    speed_query,
    text,
)
from guantong.records import Side
from guantong.records.tables import read_records

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a quick run without data, on an index of 40 records."""
    return Run(work=tmp_path, quick=True, records=40)


def column(table: Table, header: str) -> dict[str, str]:
    """Return one column of a table by the first cell of each row."""
    at = table.headers.index(header)
    return {row[0]: row[at] for row in table.rows}


def test_the_list_says_of_every_benchmark_what_it_measures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [*NAMES, *ON_DEMAND]
    assert all(re.fullmatch(r"\w+ +[A-Z].+\.", line) for line in lines)


def test_a_benchmark_without_its_data_says_so_and_is_skipped(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    given = ["--data", str(tmp_path / "none"), "--work", str(tmp_path / "work")]
    assert main([*given, "--only", "quality_plain", "--here"]) == 0
    assert "quality_plain: skipped, no eval/matching/plain_needs" in capfd.readouterr().out


def test_only_a_quick_run_falls_back_on_the_sample_city(tmp_path: Path) -> None:
    assert offers(Run(work=tmp_path, quick=True)) == list(load_sample().offers)
    with pytest.raises(MissingDataError):
        offers(Run(work=tmp_path))


def test_the_command_runs_a_benchmark_and_keeps_its_table(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks", "--data", "none", "--work", str(tmp_path)]
    done = subprocess.run(
        [*command, "--quick", "--only", "text"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "cores" in done.stdout.splitlines()[0]
    assert (tmp_path / "results" / "text.md").read_text("utf-8").startswith("### Text")


def test_ranking_shows_peers_and_is_above_chance(run: Run) -> None:
    (table,) = quality_ranking.measure(run)
    found = {name: float(value) for name, value in column(table, "nDCG@10").items()}
    assert {"random", f"{WORDS}, whole need", f"{SUM}, its title", "Guantong"} <= found.keys()
    assert found["Guantong"] > found["random"]


def test_a_query_is_measured_beside_libraries_on_their_own(run: Run) -> None:
    titles, full = speed_query.measure(run)
    assert "40 records" in titles.title
    assert "40 records" in full.title
    ratios = column(titles, "p50 to ours")
    assert ratios[speed_query.OURS] == "1.00"
    assert {"tantivy alone, ten ids", "usearch alone, ten ids"} <= ratios.keys()


def test_building_is_measured_from_records_and_from_a_file(run: Run) -> None:
    (table,) = speed_build.measure(run)
    speeds = column(table, "records/s")
    assert float(speeds["Guantong, records to searchable"].replace(",", "")) > 0
    assert "Guantong, JSONL file to searchable" in speeds


def test_growth_compares_two_sizes_in_reading_processes(run: Run) -> None:
    (table,) = growth.measure(run)
    assert table.headers == ("what", "40", "400", "ratio")
    assert set(column(table, "400")) >= {"query p50, ms", "memory of the reading process, MB"}


def test_the_main_job_is_the_command_itself(run: Run) -> None:
    (table,) = main_job.measure(run)
    assert (run.work / "main-job.xlsx").is_file()
    assert float(column(table, "largest process MB")["1"].replace(",", "")) > 10


def test_text_is_measured_beside_plain_cutting(run: Run) -> None:
    (table,) = text.measure(run)
    assert column(table, "speed to rjieba alone")["rjieba alone"] == "1.00"


def test_recombined_records_are_real_sentences_and_the_same_in_every_run(run: Run) -> None:
    one, other = Recombined(run), Recombined(run)
    rows = [one.row(number) for number in range(50)]
    assert rows == [other.row(number) for number in range(50)]
    assert len({row["id"] for row in rows}) == 50
    known = "".join(offer.summary + offer.description for offer in load_sample().offers)
    assert all(row["abstract"][:10] in known for row in rows)


def test_a_table_of_recombined_records_reads_back_as_they_are(run: Run) -> None:
    source = Recombined(run)
    found = read_records(source.table(run, 20), side=Side.OFFER)
    assert not found.problems
    made = [(each.id, each.title, each.description) for each in source.records(20)]
    assert [(each.id, each.title, each.description) for each in found.records] == made


def test_titles_as_needs_hold_nothing_but_titles(run: Run) -> None:
    found = titles_as_needs(offers(run), 10)
    titles = {offer.title for offer in load_sample().offers}
    assert len(found) == 10
    assert {need.title for need in found} <= titles
    assert not any(need.description for need in found)


def test_an_index_is_built_once_unless_asked_for_anew(run: Run) -> None:
    calls = []

    def build(path: Path) -> int:
        path.mkdir()
        (path / "file").write_bytes(b"x" * 1000)
        calls.append(path)
        return 7

    first = kept(run, "some", build)
    assert first.records == 7
    assert first.megabytes == pytest.approx(0.001)
    assert kept(run, "some", build) == first
    assert len(calls) == 1
    kept(run, "some", build, fresh=True)
    assert len(calls) == 2


def test_an_index_whose_building_broke_off_is_built_again(run: Run) -> None:
    def broken(path: Path) -> int:
        path.mkdir()
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        kept(run, "some", broken)
    assert kept(run, "some", lambda path: path.mkdir() or 3).records == 3


def test_systems_take_turns_on_the_same_queries() -> None:
    asked: list[tuple[str, int]] = []
    systems = {name: lambda query, name=name: asked.append((name, query)) for name in "ab"}
    times = in_turn(systems, range(50), warm_up=0)
    assert [len(found.clock) for found in times.values()] == [50, 50]
    assert [name for name, _ in asked] == ["a"] * 20 + ["b"] * 20 + ["a"] * 20 + ["b"] * 20 + [
        *"a" * 10,
        *"b" * 10,
    ]
    assert {query for name, query in asked if name == "b"} == set(range(50))


def test_percentiles_are_those_of_the_steps() -> None:
    times = Times(clock=[float(each) for each in range(1, 101)], processor=[2.0, 4.0, 9.0])
    assert times.p50 == 50.5
    assert 99 <= times.p99 <= 100
    assert times.busy == 4.0


def test_a_command_that_fails_is_an_error_with_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        whole_process([sys.executable, "-c", "print('why'); raise SystemExit(3)"], tmp_path / "log")
    assert caught.value.returncode == 3
    assert "why" in caught.value.output
    done = whole_process([sys.executable, "-c", "print(6 * 7)"], tmp_path / "log")
    assert done.output == "42\n"
    assert done.peak_mb > 1


def test_a_folder_is_as_large_as_its_files(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "file").write_bytes(b"x" * 2_000_000)
    assert megabytes(tmp_path) == pytest.approx(2.0)


def test_columns_line_up_with_wide_characters() -> None:
    lines = Table("标题", ("who", "n"), [("贯通", "1"), ("abcdef", "22")], ("a note",)).markdown()
    head, rule, first, second = lines.splitlines()[2:6]
    assert len(head) == len(rule) == len(second) == len(first) + 2
    assert lines.endswith("- a note\n")


def test_a_package_that_is_not_installed_is_no_peer(run: Run) -> None:
    assert run.peer("no_such_package_at_all") is None
    assert run.peer("json") is not None


def test_a_package_that_is_broken_is_an_error(run: Run) -> None:
    folder = run.work / "peers"
    folder.mkdir()
    (folder / "broken_peer.py").write_text("import something_that_is_missing\n")
    with pytest.raises(ModuleNotFoundError, match="something_that_is_missing"):
        run.peer("broken_peer")


def test_lexical_peers_find_the_text_that_shares_most() -> None:
    found = lexical_scores(["锂电池隔膜"], ["水稻育种", "锂电池隔膜制备", "电池"])
    assert all(int(scores[0].argmax()) == 1 for scores in found.values())
    nothing = lexical_scores(["铜"], ["水稻育种", "锂电池隔膜制备"])
    assert not nothing[SUM].any()


def test_the_rank_of_the_right_row_counts_from_one() -> None:
    scores = np.array([[0.1, 0.9, 0.5], [0.3, 0.2, 0.1]])
    assert ranks_of(scores, np.array([2, 0])).tolist() == [2, 1]


def test_a_row_that_scores_like_all_others_was_not_found() -> None:
    ranks = ranks_of(np.zeros((1, 101)), np.array([7]))
    assert ranks.tolist() == [51]
    assert reciprocal(ranks) == recall(ranks) == 0


def test_only_the_first_ten_count() -> None:
    ranks = np.array([1, 2, 10, 11])
    assert reciprocal(ranks) == pytest.approx((1 + 0.5 + 0.1) / 4)
    assert recall(ranks) == 0.75
    low, high = map(float, interval(ranks).split("-"))
    assert low <= reciprocal(ranks) <= high


def test_folds_share_no_need() -> None:
    needs = np.array([0, 0, 1, 2, 2, 2, 3, 4, 5, 5])
    folds = quality_levels._folds(needs)
    assert sorted(np.concatenate(folds)) == list(range(len(needs)))
    held = [set(needs[fold]) for fold in folds]
    assert sum(map(len, held)) == 6


def half(levels: list[int], needs: list[int], feature: list[float] | None = None) -> _Half:
    values = np.array(feature or [0.0] * len(levels))[:, None]
    return _Half(values, np.array(needs), np.array(levels))


def test_the_mean_of_a_need_never_seen_is_that_of_all() -> None:
    seen = half([4, 4, 4, 1, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1, 1, 1])
    assert quality_levels._need_mean(seen, half([0, 0, 0], [0, 1, 2])).tolist() == [4, 1, 2]


def test_regressions_follow_a_feature_that_tells_the_level() -> None:
    draw = np.random.default_rng(1)
    levels = draw.integers(1, 5, 400)
    half = _Half(levels[:, None] + draw.normal(0, 0.2, (400, 1)), draw.integers(0, 20, 400), levels)
    seen, new = (_Half(*(each[part] for each in half)) for part in (slice(300), slice(300, 400)))
    assert np.abs(quality_levels._ridge(seen, new) - new.levels).mean() < 0.1


def test_what_a_pair_says_of_its_own_need_is_not_used_to_learn_from_it() -> None:
    needs, levels = np.zeros(10, np.int64), np.array([4, *[1] * 9])
    known = quality_levels._of_known(_Half(np.zeros((10, 1)), needs, levels))
    changed = _Half(np.zeros((10, 1)), needs, np.array([1, *[1] * 9]))
    assert known[0, -1] == quality_levels._of_known(changed)[0, -1]


def test_levels_are_compared_without_regard_to_order(run: Run) -> None:
    data = quality_levels.judged(run)
    right = np.array([pair.level for pair in data.pairs])
    found = quality_levels._measured(data, right).measures["contest"]
    assert found.value == 1.0


def test_the_page_names_every_benchmark_and_no_other() -> None:
    page = PAGE.read_text("utf-8")
    assert {name for name in (*NAMES, *ON_DEMAND) if f"`{name}`" not in page} == set()
    named = re.findall(r"--only ((?:[a-z]+_?)+(?: (?:[a-z]+_?)+)*)", page)
    assert named
    assert {each for line in named for each in line.split()} <= {*NAMES, *ON_DEMAND}
