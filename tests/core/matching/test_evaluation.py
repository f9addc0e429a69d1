"""The measures are what they say, checked against plain arithmetic."""

import math
from collections import defaultdict

import numpy as np
import pytest
from builders import judged
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import InputError
from guantong.matching.evaluation import Judgement, evaluate, ndcg, ranks
from guantong.matching.pairs import PairScore

levels = st.integers(1, 4)
# Sixteenths: many ties, and sums without rounding.
scores = st.integers(0, 16).map(lambda whole: whole / 16)
tables = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 14), levels, scores, levels),
    min_size=1,
    max_size=40,
    unique_by=lambda row: row[:2],
)


def scored(*rows):
    return [PairScore(*row) for row in rows]


def measures(pairs, found, **options):
    return {name: each.value for name, each in evaluate(pairs, found, **options).measures.items()}


def split(table):
    pairs = judged(*((need, f"o{offer:02}", level) for need, offer, level, _, _ in table))
    found = scored(
        *((need, f"o{offer:02}", score, given) for need, offer, _, score, given in table)
    )
    return pairs, found


class Reference:
    """The measures written out in loops, as the documentation defines them."""

    def __init__(self, table):
        self.rows = sorted(table)
        self.needs = defaultdict(list)
        for need, _, level, score, _ in self.rows:
            self.needs[need].append((score, level))
        for rows in self.needs.values():
            rows.sort(key=lambda row: -row[0])

    def with_relevant(self, least=1):
        return [
            rows
            for rows in self.needs.values()
            if len(rows) >= least and any(level >= 3 for _, level in rows)
        ]

    def ndcg(self):
        def gain(found):
            return sum((2**level - 1) / math.log2(at + 2) for at, level in enumerate(found[:10]))

        return mean(
            gain([level for _, level in rows])
            / gain(sorted((level for _, level in rows), reverse=True))
            for rows in self.with_relevant(5)
        )

    def recall(self):
        return mean(
            sum(level >= 3 for _, level in rows[:10]) / sum(level >= 3 for _, level in rows)
            for rows in self.with_relevant()
        )

    def mrr(self):
        return mean(
            1 / next(at for at, (_, level) in enumerate(rows, 1) if level >= 3)
            for rows in self.with_relevant()
        )

    def auc(self):
        good = [score for _, _, level, score, _ in self.rows if level >= 3]
        bad = [score for _, _, level, score, _ in self.rows if level < 3]
        return mean((one > other) + 0.5 * (one == other) for one in good for other in bad)

    def spearman(self):
        def rank(values, value):
            return sum(each < value for each in values) + (values.count(value) + 1) / 2

        given = [score for *_, score, _ in self.rows]
        wanted = [level for _, _, level, _, _ in self.rows]
        x = [rank(given, value) for value in given]
        y = [rank(wanted, value) for value in wanted]
        top = sum((a - mean(x)) * (b - mean(y)) for a, b in zip(x, y, strict=True))
        below = sum((a - mean(x)) ** 2 for a in x) * sum((b - mean(y)) ** 2 for b in y)
        return top / math.sqrt(below) if below else math.nan

    def contest(self):
        return 1 / (1 + mean(abs(level - given) for _, _, level, _, given in self.rows))


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else math.nan


@given(tables)
@settings(max_examples=80, deadline=None)
def test_measures_equal_their_definitions(table):
    found = measures(*split(table), rounds=0)
    reference = Reference(table)
    assert found == pytest.approx(
        {name: getattr(reference, name)() for name in found}, nan_ok=True, abs=1e-9
    )
    assert set(found) == {"ndcg", "recall", "mrr", "spearman", "auc", "contest"}


@given(tables, st.randoms())
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_rows_changes_nothing(table, dice):
    pairs, found = split(table)
    before = evaluate(pairs, found, rounds=5)
    dice.shuffle(pairs)
    dice.shuffle(found)
    after = evaluate(pairs, found, rounds=5)
    assert repr(after) == repr(before)


def test_a_perfect_order_is_worth_one_and_the_reverse_the_least():
    pairs = judged(*(("n", f"o{at}", level) for at, level in enumerate([4, 3, 2, 1, 1, 1])))
    best = scored(*(("n", f"o{at}", 1 - at / 10, 1) for at in range(6)))
    worst = scored(*(("n", f"o{at}", at / 10, 1) for at in range(6)))
    good, bad = measures(pairs, best), measures(pairs, worst)
    for name in ("ndcg", "recall", "mrr", "auc"):
        assert good[name] == pytest.approx(1)
    assert bad["ndcg"] < 0.6
    assert bad["mrr"] == pytest.approx(1 / 5)
    assert bad["auc"] == 0
    assert good["spearman"] == pytest.approx(-bad["spearman"])


def test_a_case_by_hand():
    pairs = judged(("n", "a", 4), ("n", "b", 1), ("n", "c", 3), ("n", "d", 2), ("n", "e", 1))
    found = scored(("n", "a", 0.5, 3), ("n", "b", 0.9, 1), ("n", "c", 0.1, 1), ("n", "d", 0.2, 2))
    report = evaluate(pairs, found, rounds=0)
    gained = 1 / 1 + 15 / math.log2(3) + 3 / math.log2(4) + 7 / math.log2(5) + 1 / math.log2(6)
    ideal = 15 / 1 + 7 / math.log2(3) + 3 / math.log2(4) + 1 / math.log2(5) + 1 / math.log2(6)
    assert report.measures["ndcg"].value == pytest.approx(gained / ideal)
    assert report.measures["mrr"].value == 0.5
    assert report.measures["recall"].value == 1
    # Of six pairs of a relevant and another offer three stand the right way round.
    assert report.measures["auc"].value == pytest.approx(3 / 6)
    assert report.measures["contest"].value == pytest.approx(1 / (1 + (1 + 0 + 2 + 0 + 0) / 5))
    assert (report.pairs, report.missing) == (5, 1)


def test_a_pair_without_a_score_stands_last_and_has_level_one():
    pairs = judged(("n", "a", 4), ("n", "b", 1), ("n", "c", 1))
    found = scored(("n", "b", -5.0, 1), ("n", "c", -7.0, 1))
    report = evaluate(pairs, found, rounds=0)
    assert report.missing == 1
    assert report.measures["mrr"].value == pytest.approx(1 / 3)
    assert report.measures["contest"].value == pytest.approx(1 / (1 + 3 / 3))


def test_scores_of_pairs_that_nobody_judged_do_not_count():
    pairs = judged(("n", "a", 4), ("n", "b", 1))
    found = scored(("n", "a", 0.5, 4), ("n", "b", 0.4, 1))
    more = [*found, PairScore("n", "z", 0.9, 1), PairScore("m", "a", 0.9, 1)]
    assert repr(evaluate(pairs, more)) == repr(evaluate(pairs, found))


def test_without_any_score_there_is_still_a_report():
    report = evaluate(judged(("n", "a", 4), ("n", "b", 1)), [])
    assert report.missing == 2
    assert report.measures["auc"].value == 0.5
    assert "contest" not in report.measures


def test_without_levels_their_error_is_not_measured():
    pairs = judged(("n", "a", 4), ("n", "b", 1))
    assert "contest" not in measures(pairs, scored(("n", "a", 0.5, 0), ("n", "b", 0.4, 0)))


def test_equal_scores_keep_the_order_of_the_ids():
    pairs = judged(*(("n", f"o{at}", level) for at, level in enumerate([1, 1, 4, 1, 1])))
    found = scored(*(("n", f"o{at}", 0.5, 1) for at in range(5)))
    assert measures(pairs, found)["mrr"] == pytest.approx(1 / 3)
    assert measures(pairs, found)["auc"] == 0.5


@pytest.mark.parametrize("level", [1, 2, 4])
def test_measures_that_nothing_defines_are_not_numbers_and_do_not_warn(level):
    pairs = judged(*((need, f"o{at}", level) for need in "ab" for at in range(5)))
    found = scored(*((need, f"o{at}", at / 5, level) for need in "ab" for at in range(5)))
    report = evaluate(pairs, found).measures
    assert math.isnan(report["auc"].value)
    assert math.isnan(report["spearman"].value)
    assert math.isnan(report["auc"].low)
    assert math.isnan(report["mrr"].value) == (level < 3)
    assert report["mrr"].needs == (2 if level == 4 else 0)
    assert report["contest"].value == 1


def test_ndcg_counts_needs_of_five_offers_with_a_relevant_one():
    rows = [("few", at, 4) for at in range(4)] + [("dull", at, 2) for at in range(9)]
    rows += [("full", at, 1 + (at == 2)) for at in range(4)] + [("full", 9, 3)]
    pairs = judged(*((need, f"o{at}", level) for need, at, level in rows))
    found = scored(*((need, f"o{at}", at / 10, 1) for need, at, _ in rows))
    report = evaluate(pairs, found).measures
    assert (report["ndcg"].needs, report["recall"].needs, report["auc"].needs) == (1, 2, 3)


def test_the_interval_holds_the_value_and_is_always_drawn_alike():
    dice = np.random.default_rng(3)
    rows = [
        (f"n{need:02}", f"o{at}", int(dice.integers(1, 5)))
        for need in range(30)
        for at in range(14)
    ]
    found = [
        PairScore(need, offer, level / 4 + float(dice.normal(0, 0.3)), min(4, level + 1))
        for need, offer, level in rows
    ]
    report = evaluate(judged(*rows), found, rounds=100)
    assert repr(report) == repr(evaluate(judged(*rows), found, rounds=100))
    for measure in report.measures.values():
        assert measure.low <= measure.value <= measure.high
    for name in ("ndcg", "spearman", "auc", "contest"):
        assert report.measures[name].low < report.measures[name].high


def test_the_interval_of_one_need_is_its_value():
    pairs = judged(("n", "a", 4), ("n", "b", 1))
    measure = evaluate(pairs, scored(("n", "a", 0.5, 4), ("n", "b", 0.4, 1))).measures["mrr"]
    assert measure.low == measure.value == measure.high == 1


@pytest.mark.parametrize("level", [0, 5, -1, 2.5, None, "3"])
def test_a_level_is_one_to_four(level):
    with pytest.raises(InputError) as caught:
        Judgement("n", "o", level)
    assert caught.value.code == "judged.level"
    assert caught.value.params == {"need": "n", "offer": "o", "value": level}


def test_nothing_judged_is_nothing_to_evaluate():
    with pytest.raises(InputError) as caught:
        evaluate([], scored(("n", "a", 0.5, 4)))
    assert caught.value.code == "judged.empty"


@given(st.lists(scores, min_size=1, max_size=20))
def test_ranks_share_ties_and_add_up(values):
    found = ranks(np.array(values))
    assert found.sum() == pytest.approx(len(values) * (len(values) + 1) / 2)
    for value, rank in zip(values, found, strict=True):
        below, equal = sum(each < value for each in values), values.count(value)
        assert rank == below + (equal + 1) / 2


@given(st.lists(st.tuples(levels, scores), min_size=1, max_size=20))
def test_ndcg_lies_between_zero_and_one_and_is_one_for_the_ideal_order(rows):
    wanted = np.array([level for level, _ in rows])
    assert 0 < ndcg(wanted, np.array([score for _, score in rows])) <= 1 + 1e-12
    assert ndcg(wanted, wanted.astype(float)) == pytest.approx(1)
