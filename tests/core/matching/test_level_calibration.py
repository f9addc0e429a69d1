"""Levels out of rungs: probabilities that add up, and the level with the least expected error."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.matching.learning import calibrated
from guantong.matching.model import RUNGS, Calibration

values = st.floats(-3, 3, allow_nan=False)
rows = st.lists(st.tuples(values, values, values), min_size=1, max_size=8).map(np.array)
calibrations = st.builds(
    Calibration,
    st.tuples(values, values, values),
    st.tuples(*(st.floats(0.01, 200) for _ in RUNGS)),
)


def plain(*at, slope=10.0):
    return Calibration(at or (0.3, 0.5, 0.7), (slope,) * 3)


@given(calibrations, rows)
def test_the_probabilities_of_the_four_levels_sum_to_one(calibration, rungs):
    shares = calibration.probabilities(rungs)
    assert shares.shape == (len(rungs), 4)
    assert (shares >= 0).all()
    assert shares.sum(axis=1) == pytest.approx(1)


@given(calibrations, rows)
def test_the_level_has_the_least_expected_absolute_error(calibration, rungs):
    levels = np.arange(1, 5)
    for share, level in zip(
        calibration.probabilities(rungs), calibration.levels(rungs), strict=True
    ):
        errors = [float((share * np.abs(levels - guess)).sum()) for guess in levels]
        assert errors[level - 1] <= min(errors) + 1e-9


@given(calibrations, values, values)
def test_the_higher_the_score_the_higher_the_level_and_its_probability(calibration, one, other):
    low, high = sorted((one, other))
    rungs = np.array([[low] * 3, [high] * 3])
    reached = calibration.probabilities(rungs)[:, ::-1].cumsum(axis=1)
    assert (reached[0] <= reached[1] + 1e-9).all()
    lower, higher = calibration.levels(rungs)
    assert lower <= higher


@given(calibrations, rows)
def test_a_higher_level_is_never_likelier_to_be_reached_than_a_lower_one(calibration, rungs):
    reached = calibration.probabilities(rungs)[:, ::-1].cumsum(axis=1)[:, ::-1]
    assert (np.diff(reached, axis=1) <= 1e-9).all()


@pytest.mark.parametrize(
    ("score", "level"), [(-9, 1), (0.29, 1), (0.31, 2), (0.49, 2), (0.51, 3), (0.71, 4), (9, 4)]
)
def test_a_level_is_reached_where_it_is_likelier_than_not(score, level):
    assert plain().levels(np.array([[score] * 3])).tolist() == [level]


def test_every_rung_has_its_own_value():
    shares = plain(0.0, 0.0, 0.0).probabilities(np.array([[2.0, 0.0, -2.0]]))
    assert shares[0] == pytest.approx([0, 0.5, 0.5, 0], abs=1e-6)


def test_values_beyond_all_measure_are_no_trouble():
    with np.errstate(all="raise"):
        shares = plain(slope=200.0).probabilities(np.array([[1e6] * 3, [-1e6] * 3]))
    assert shares.tolist() == pytest.approx(np.array([[0, 0, 0, 1], [1, 0, 0, 0]]), abs=1e-9)


def test_fitting_finds_where_levels_change_and_how_sharply():
    dice = np.random.default_rng(1)
    rungs = np.repeat(dice.uniform(0, 1, (2500, 1)), 3, axis=1)
    truth = Calibration((0.2, 0.5, 0.8), (12.0, 8.0, 16.0))
    reached = truth.probabilities(rungs)[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:]
    found = calibrated(rungs, (dice.uniform(size=reached.shape) < reached).astype(float))
    assert found.at == pytest.approx(truth.at, abs=0.05)
    assert found.slopes == pytest.approx(truth.slopes, rel=0.3)


@pytest.mark.parametrize("always", [0.0, 1.0])
def test_a_level_that_was_always_or_never_reached_does_not_become_certain(always):
    rungs = np.repeat(np.linspace(0, 1, 20)[:, None], 3, axis=1)
    found = calibrated(rungs, np.full((20, 3), always))
    assert min(found.slopes) > 0
    shares = found.probabilities(rungs)
    assert np.isfinite(shares).all()
    assert shares.max() < 1


def test_perfectly_parted_levels_fit_with_finite_numbers():
    rungs = np.repeat(np.linspace(0, 1, 40)[:, None], 3, axis=1)
    found = calibrated(rungs, (rungs > 0.5).astype(float))
    assert np.isfinite(found.at).all()
    assert np.isfinite(found.slopes).all()
    assert found.levels(np.array([[0.0] * 3, [1.0] * 3])).tolist() == [1, 4]
