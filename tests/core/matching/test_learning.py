"""Learning finds the rule behind judgements, measures itself fairly, refuses what is too little."""

import math
import re
from datetime import date

import numpy as np
import pytest
from builders import judged, make_need, make_offer, reader

from guantong.errors import InputError
from guantong.matching import learning
from guantong.matching.evaluation import evaluate
from guantong.matching.learning import FOLDS, LEAST_JUDGED, learn
from guantong.matching.model import FEATURES, load_model, save_model, shipped_model
from guantong.matching.pairs import PairScorer
from guantong.matching.precedents import title_vectors
from guantong.records import Maturity

WORDS = re.findall(
    r"\S+", "密封 陶瓷 电池 负极 膜 废水 裂纹 检测 多肽 药物 水稻 育种 关节 减速器 封装 散热"
)
NEEDS, OFFERS = 24, 10


def city(rule, seed=5):
    """Return needs, offers and judgements by ``rule(need, offer)`` → level."""
    dice = np.random.default_rng(seed)

    def words(count):
        return "、".join(dice.choice(WORDS, count, replace=False))

    needs = {
        f"n{at:02}": make_need(
            id=f"n{at:02}",
            title=words(2),
            description=words(3),
            maturity=Maturity(level=6),
        )
        for at in range(NEEDS)
    }
    offers = {
        f"o{at:03}": make_offer(
            id=f"o{at:03}",
            title=words(2),
            description=words(3),
            maturity=Maturity(level=int(dice.integers(3, 10))),
        )
        for at in range(NEEDS * OFFERS)
    }
    pairs = [
        (need, f"o{at:03}")
        for place, need in enumerate(needs)
        for at in range(place * OFFERS, (place + 1) * OFFERS)
    ]
    rows = [(need, offer, rule(needs[need], offers[offer])) for need, offer in pairs]
    return needs, offers, judged(*rows)


def by_maturity(need, offer):
    """A broker to whom only readiness counts."""
    short = need.maturity.level - offer.maturity.level
    return 4 if short <= 0 else max(1, 4 - short)


def scores_of(model, needs, offers, rows):
    """Return the scores of judged pairs by a model, without what it remembers of them."""
    scorer = PairScorer(reader(), model)
    pairs = [(needs[each.need_id], [offers[each.offer_id]]) for each in rows]
    return [found for [found] in scorer.score_pairs(pairs)]


@pytest.fixture(scope="module")
def task():
    return city(by_maturity)


@pytest.fixture(scope="module")
def learned(task):
    needs, offers, rows = task
    return learn(needs, offers, rows, reader=reader(), name="planted", today=date(2026, 11, 22))


def test_a_planted_rule_is_found(learned):
    line = learned.model.lines["maturity"]
    low, middle, high = line.worth(np.array([-1.0, 0.0, 1.0])).mean(axis=1)
    assert low < middle < high
    spread = {
        name: float(np.ptp(learned.model.lines[name].worth(np.linspace(0, 1, 5)).mean(axis=1)))
        for name in ("meaning", "characters", "need_covered", "offer_covered")
    }
    assert high - low > max(spread.values())


def test_a_planted_rule_is_ranked_better_than_by_the_default(learned, task):
    needs, offers, rows = task
    default = evaluate(rows, scores_of(shipped_model(), needs, offers, rows), rounds=0)
    unseen = learned.by_need.measures
    for name in ("ndcg", "spearman", "auc", "contest"):
        assert unseen[name].value > default.measures[name].value
    assert unseen["auc"].value > 0.9


def test_needs_never_seen_before_are_judged_by_the_rule(learned):
    fresh_needs, fresh_offers, fresh = city(by_maturity, seed=99)
    renamed = {
        f"x{id}": make_need(
            id=f"x{id}", title=n.title, description=n.description, maturity=n.maturity
        )
        for id, n in fresh_needs.items()
    }
    rows = judged(*((f"x{each.need_id}", each.offer_id, each.level) for each in fresh))
    report = evaluate(rows, scores_of(learned.model, renamed, fresh_offers, rows), rounds=0)
    assert report.measures["auc"].value > 0.85


def test_what_was_judged_is_remembered(learned, task):
    needs, offers, rows = task
    assert len(learned.model.precedents) == len(rows)
    report = evaluate(rows, scores_of(learned.model, needs, offers, rows), rounds=0)
    assert report.measures["auc"].value > learned.by_pairs.measures["auc"].value - 0.02


def test_the_model_scores_judged_pairs_as_the_fitted_system_does(task, learned, monkeypatch):
    needs, offers, rows = task
    seen = {}
    solved = learning._solved

    def watch(kernel, targets):
        weights = solved(kernel.copy(), targets)
        if len(targets) == len(rows):
            seen["rungs"] = kernel @ weights
        return weights

    monkeypatch.setattr(learning, "_solved", watch)
    again = learn(needs, offers, rows, reader=reader(), name="planted", today=date(2026, 11, 22))
    levels = np.array([each.level for each in sorted(rows)])
    mean = (levels[:, None] >= np.array([2, 3, 4])).mean(axis=0)
    expected = (mean + seen["rungs"]).mean(axis=1)
    scorer = PairScorer(reader(), again.model)
    found = [
        scorer.explain(needs[each.need_id], offers[each.offer_id]).explanation.raw
        for each in sorted(rows)[:40]
    ]
    assert found == pytest.approx(expected[:40].tolist(), abs=5e-3)
    assert again.model == learned.model


def test_a_saved_model_scores_as_before(learned, task, tmp_path):
    needs, offers, rows = task
    save_model(learned.model, tmp_path / "model.json")
    read = load_model(tmp_path / "model.json")
    assert read == learned.model
    before = scores_of(learned.model, needs, offers, rows[:20])
    assert scores_of(read, needs, offers, rows[:20]) == before


def test_the_training_is_summed_up_in_the_model(learned, task):
    _, _, rows = task
    training = learned.model.training
    assert learned.model.name == "planted"
    assert (learned.pairs, learned.needs, learned.left_out) == (len(rows), NEEDS, 0)
    assert training["judged_pairs"] == len(rows)
    assert training["needs"] == NEEDS
    assert training["date"] == "2026-11-22"
    assert training["folds"] == FOLDS
    assert sum(training["levels"].values()) == len(rows)
    for stage, report in (("by_pairs", learned.by_pairs), ("by_need", learned.by_need)):
        for name, figures in training[stage].items():
            assert figures[0] == pytest.approx(report.measures[name].value, abs=1e-4)
            assert all(map(math.isfinite, figures))


def test_titles_in_two_languages_are_learnt_as_they_are_ranked_by(task):
    needs, offers, rows = task
    english = {
        id: make_need(id=id, title=need.title, title_en="Seals and pumps")
        for id, need in needs.items()
    }
    scorer = PairScorer(reader(), learn(english, offers, rows, reader=reader()).model)
    for precedent in scorer.ranker.model.precedents[:3]:
        form = scorer.form(english[precedent.need_id])
        kept = title_vectors(reader().table, [precedent.need_title])[0]
        assert float(form.title_vector @ kept) == pytest.approx(1, abs=1e-4)


def test_without_a_day_none_is_written(task):
    needs, offers, rows = task
    assert "date" not in learn(needs, offers, rows, reader=reader()).model.training


def test_the_order_of_the_judgements_changes_nothing(task, learned):
    needs, offers, rows = task
    shuffled = [rows[at] for at in np.random.default_rng(1).permutation(len(rows))]
    again = learn(
        needs, offers, shuffled, reader=reader(), name="planted", today=date(2026, 11, 22)
    )
    assert again == learned


def test_of_judgements_on_one_pair_the_last_counts_and_is_counted_once(task, learned):
    needs, offers, rows = task
    contradicted = judged((rows[0].need_id, rows[0].offer_id, 5 - rows[0].level))
    again = learn(
        needs,
        offers,
        [*contradicted, *rows, rows[3]],
        reader=reader(),
        name="planted",
        today=date(2026, 11, 22),
    )
    assert again == learned
    assert again.left_out == 0


def test_features_alike_to_all_pairs_keep_the_shipped_line_and_add_nothing(task):
    needs, offers, rows = task
    moved = {
        id: make_need(
            id=id,
            title=need.title,
            description=need.description,
            maturity=need.maturity,
            region="江苏省南京市",
        )
        for id, need in needs.items()
    }
    placed = {
        id: make_offer(
            id=id,
            title=offer.title,
            description=offer.description,
            maturity=offer.maturity,
            region="江苏省南京市",
        )
        for id, offer in offers.items()
    }
    without = learn(needs, offers, rows, reader=reader()).model
    everywhere = learn(moved, placed, rows, reader=reader()).model
    assert everywhere.lines["region"] == shipped_model().lines["region"]
    assert without.lines["region"] == shipped_model().lines["region"]
    before = scores_of(without, needs, offers, rows[:20])
    after = scores_of(everywhere, moved, placed, rows[:20])
    assert [each.score for each in after] == pytest.approx(
        [each.score for each in before], abs=1e-4
    )


def test_every_feature_that_varies_gets_a_line_of_its_own(learned):
    shipped = shipped_model().lines
    changed = {name for name in FEATURES if learned.model.lines.get(name) != shipped.get(name)}
    assert {"meaning", "characters", "need_covered", "offer_covered", "maturity"} <= changed
    assert "time" not in changed


def test_progress_tells_the_stages_up_to_their_ends(task):
    needs, offers, rows = task
    told = []
    learn(needs, offers, rows, reader=reader(), progress=lambda *step: told.append(step))
    stages = [stage for stage, _, _ in told]
    assert list(dict.fromkeys(stages)) == ["features", "pairs", "needs"]
    ends = {stage: (done, total) for stage, done, total in told}
    assert ends == {
        "features": (len(rows), len(rows)),
        "pairs": (FOLDS, FOLDS),
        "needs": (FOLDS, FOLDS),
    }


def test_judgements_beyond_the_most_are_left_out_and_counted(task, monkeypatch):
    needs, offers, rows = task
    monkeypatch.setattr(learning, "MOST_JUDGED", 100)
    found = learn(needs, offers, rows, reader=reader())
    assert (found.pairs, found.left_out) == (100, len(rows) - 100)
    assert len(found.model.precedents) == 100


def refused(needs, offers, rows):
    with pytest.raises(InputError) as caught:
        learn(needs, offers, rows, reader=reader())
    return caught.value


def test_too_few_judgements_are_refused(task):
    needs, offers, rows = task
    error = refused(needs, offers, [*rows[: LEAST_JUDGED - 1], rows[0]])
    assert error.code == "learn.too_few"
    assert error.params == {"found": LEAST_JUDGED - 1, "least": LEAST_JUDGED}


def test_judgements_of_one_level_are_refused(task):
    needs, offers, rows = task
    alike = judged(*((each.need_id, each.offer_id, 3) for each in rows))
    error = refused(needs, offers, alike)
    assert (error.code, error.params) == ("learn.one_level", {"level": 3})


def test_judgements_on_too_few_needs_are_refused(task):
    needs, offers, _ = task
    few = list(needs)[: FOLDS - 1]
    rows = judged(
        *((need, offer, 1 + at % 4) for need in few for at, offer in enumerate(list(offers)[:20]))
    )
    error = refused(needs, offers, rows)
    assert (error.code, error.params) == ("learn.too_few_needs", {"least": FOLDS})


@pytest.mark.parametrize("side", ["need", "offer"])
def test_judgements_on_records_that_are_not_there_are_refused(task, side):
    needs, offers, rows = task
    row = ("ghost", "o000", 2) if side == "need" else ("n00", "ghost", 2)
    error = refused(needs, offers, [*rows, *judged(row)])
    assert (error.code, error.params) == (f"learn.unknown_{side}", {"id": "ghost"})


def test_nothing_judged_is_too_few(task):
    assert refused(task[0], task[1], []).code == "learn.too_few"
