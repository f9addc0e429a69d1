"""A model file says all there is to say about a model, and a damaged one is refused."""

import json
import math

import numpy as np
import pytest
from builders import make_features, make_model, make_need, make_offer, make_precedent
from hypothesis import given
from hypothesis import strategies as st

from guantong.errors import ConfigurationError
from guantong.matching.model import (
    FEATURES,
    FORMAT,
    RUNGS,
    Calibration,
    Line,
    Precedent,
    RankingModel,
    load_model,
    save_model,
    shipped_model,
)
from guantong.messages import LANGUAGES, render

numbers = st.floats(-100, 100, allow_nan=False)
rungs = st.tuples(numbers, numbers, numbers)
names = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)


@st.composite
def lines(draw):
    bends = tuple(draw(st.lists(numbers, max_size=3)))
    slopes = st.tuples(*(numbers for _ in range(len(bends) + 1)))
    return Line(draw(numbers), draw(st.tuples(slopes, slopes, slopes)), bends)


@st.composite
def precedents(draw):
    needs = draw(st.dictionaries(names, names, max_size=3))
    if not needs:
        return ()
    pair = st.tuples(st.sampled_from(sorted(needs)), names, names, st.integers(1, 4), rungs)
    return tuple(
        Precedent(need, needs[need], offer, title, level, weights)
        for need, offer, title, level, weights in draw(st.lists(pair, max_size=4))
    )


models = st.builds(
    RankingModel,
    name=names,
    base=rungs,
    lines=st.dictionaries(st.sampled_from(FEATURES), lines(), max_size=4),
    calibration=st.builds(Calibration, rungs, st.tuples(*(st.floats(0.01, 100) for _ in RUNGS))),
    precedents=precedents(),
    training=st.dictionaries(names, st.integers() | names, max_size=2),
)


def tiny():
    need, offer = make_need(theme="seal"), make_offer(theme="seal")
    return make_model(meaning=0.5, precedents=[make_precedent(need, offer, 4, 0.3)])


@pytest.fixture
def damaged(tmp_path):
    """Return a function that damages a sound model file and returns the error it raises."""

    def damage(change):
        path = tmp_path / "model.json"
        save_model(tiny(), path)
        value = json.loads(path.read_text(encoding="utf-8"))
        changed = change(value)
        path.write_text(json.dumps(value if changed is None else changed), encoding="utf-8")
        with pytest.raises(ConfigurationError) as caught:
            load_model(path)
        assert caught.value.params["file"] == str(path)
        for lang in LANGUAGES:
            assert str(path) in render(caught.value.code, lang, **caught.value.params)
        return caught.value

    return damage


@given(models)
def test_a_saved_model_is_read_back_equal(tmp_path_factory, model):
    path = tmp_path_factory.getbasetemp() / "round-trip.json"
    save_model(model, path)
    assert load_model(path) == model


def test_a_model_file_is_readable_text_with_its_format(tmp_path):
    path = tmp_path / "model.json"
    save_model(tiny(), str(path))
    text = path.read_text(encoding="utf-8")
    assert "高温泵用耐磨密封材料" in text
    assert text.endswith("}\n")
    assert json.loads(text)["format"] == FORMAT


def test_the_shipped_model_weighs_text_and_remembers_nothing():
    model = load_model()
    assert model is shipped_model()
    assert model.precedents == ()
    assert set(model.lines) <= set(FEATURES)
    assert all(math.isfinite(base) for base in model.base)


def test_the_shipped_model_gives_nothing_for_facts_that_are_unknown():
    contributions = shipped_model().contributions(make_features())
    facts = contributions[0, FEATURES.index("field") :]
    assert not facts.any()


@pytest.mark.parametrize(
    "missing", ["name", "base", "features", "levels", "precedents", "training"]
)
def test_a_model_without_one_of_its_parts_is_refused(damaged, missing):
    error = damaged(lambda value: {key: each for key, each in value.items() if key != missing})
    assert error.code == "model.not_a_model"
    assert missing in error.params["reason"]


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ("features", "neutral"),
        ("features", "slopes"),
        ("features", "bends"),
        ("levels", "at"),
        ("levels", "slopes"),
        ("precedents", "needs"),
        ("precedents", "pairs"),
    ],
)
def test_a_part_without_one_of_its_keys_is_refused(damaged, part, key):
    def change(value):
        del (value[part]["meaning"] if part == "features" else value[part])[key]

    assert damaged(change).code == "model.not_a_model"


@pytest.mark.parametrize("wrong", [None, [], "", 0, 0.5, True, {}, [[]], "123", {"1": 2}, [None]])
@pytest.mark.parametrize(
    "place",
    [
        ("base",),
        ("levels",),
        ("levels", "at"),
        ("levels", "slopes"),
        ("features", "meaning"),
        ("features", "meaning", "slopes"),
        ("features", "meaning", "slopes", 0),
        ("precedents",),
        ("precedents", "pairs", 0),
        ("precedents", "pairs", 0, 3),
    ],
)
def test_a_part_of_another_shape_is_refused(damaged, place, wrong):
    def change(value):
        *path, last = place
        for key in path:
            value = value[key]
        value[last] = wrong

    assert damaged(change).code == "model.not_a_model"


@pytest.mark.parametrize("wrong", [None, 0, True, [[]], "123", [None]])
@pytest.mark.parametrize("place", ["features", "training"])
def test_a_table_that_is_none_is_refused(damaged, place, wrong):
    assert damaged(lambda value: value | {place: wrong}).code == "model.not_a_model"


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("place", ["base", "neutral", "slopes", "bends", "at", "weights", "level"])
def test_numbers_that_are_none_are_refused(damaged, place, number):
    def change(value):
        line = value["features"]["meaning"]
        pair = value["precedents"]["pairs"][0]
        if place in ("neutral", "level"):
            line["neutral"] = number if place == "neutral" else 0.0
            pair[2] = number if place == "level" else 1
        else:
            lists = {
                "base": value["base"],
                "slopes": line["slopes"][1],
                "at": value["levels"]["at"],
                "weights": pair[3],
            }
            lists["bends"] = line["bends"] = [0.0]
            lists[place][0] = number

    assert damaged(change).code == "model.not_a_model"


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("base", lambda value: value["base"].pop()),
        ("features", lambda value: value["features"]["meaning"]["bends"].append(0.5)),
        ("features", lambda value: value["features"]["meaning"]["slopes"].pop()),
        ("features", lambda value: value["features"]["meaning"]["slopes"][0].append(1.0)),
        ("levels", lambda value: value["levels"]["at"].append(1.0)),
        ("levels", lambda value: value["levels"]["slopes"].pop()),
        ("levels", lambda value: value["levels"].update(slopes=[1.0, 0.0, 1.0])),
        ("levels", lambda value: value["levels"].update(slopes=[1.0, -1.0, 1.0])),
        ("precedents", lambda value: value["precedents"]["pairs"][0][3].pop()),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(damaged, part, change):
    def quietly(value):
        change(value)

    error = damaged(quietly)
    assert (error.code, error.params["reason"]) == ("model.not_a_model", part)


@pytest.mark.parametrize(
    ("at", "wrong"), [(0, "nobody"), (0, 7), (1, 7), (2, 0), (2, 5), (2, 2.5), (2, "3"), (4, None)]
)
def test_a_precedent_must_name_a_need_a_level_and_a_title(damaged, at, wrong):
    def change(value):
        value["precedents"]["pairs"][0][at] = wrong

    assert damaged(change).code == "model.not_a_model"


def test_a_feature_that_nobody_knows_is_named_with_those_that_are_known(damaged):
    error = damaged(lambda value: value["features"].update(magic=value["features"]["meaning"]))
    assert error.code == "model.unknown_feature"
    assert error.params["name"] == "magic"
    assert all(name in error.params["known"] for name in FEATURES)


@pytest.mark.parametrize("value", [[], "model", 7, None, {}, {"format": 99}, {"format": "1"}])
def test_another_json_file_is_no_model(damaged, value):
    assert damaged(lambda _: value or {"format": None}).params["reason"] == "format"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"not json", b'{"format": 1'])
def test_a_file_that_is_not_json_is_no_model(tmp_path, content):
    path = tmp_path / "model.json"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        load_model(path)
    assert caught.value.code == "model.not_a_model"


def test_a_file_that_is_not_there_cannot_be_read(tmp_path):
    for path in (tmp_path / "nothing.json", tmp_path):
        with pytest.raises(ConfigurationError) as caught:
            load_model(path)
        assert caught.value.code == "model.unreadable"
        assert caught.value.params["reason"]


def test_a_model_cannot_be_written_into_a_folder_that_is_not_there(tmp_path):
    path = tmp_path / "missing" / "model.json"
    with pytest.raises(ConfigurationError) as caught:
        save_model(tiny(), path)
    assert caught.value.code == "model.unwritable"
    assert caught.value.params["file"] == str(path)


@given(lines())
def test_a_line_is_worth_nothing_at_its_neutral_value(line):
    assert line.worth(np.array([line.neutral]))[0] == pytest.approx(0, abs=1e-9)


@given(lines(), st.lists(numbers, min_size=1, max_size=5))
def test_beyond_each_bend_a_further_slope_is_added(line, values):
    def height(value, slopes):
        first, *further = slopes
        rises = zip(further, line.bends, strict=True)
        return first * value + sum(slope * max(value - bend, 0) for slope, bend in rises)

    expected = [
        [height(value, slopes) - height(line.neutral, slopes) for slopes in line.slopes]
        for value in values
    ]
    assert line.worth(np.array(values)) == pytest.approx(np.array(expected), abs=1e-6)


def test_a_feature_adds_in_its_own_column_and_others_add_nothing():
    model = make_model(characters=2.0, region=0.5)
    features = np.vstack([make_features(characters=0.25, meaning=1), make_features(region=-1)])
    contributions = model.contributions(features)
    assert contributions.shape == (2, len(FEATURES), len(RUNGS))
    assert contributions[0, FEATURES.index("characters")].tolist() == [0.5] * 3
    assert contributions[1, FEATURES.index("region")].tolist() == [-0.5] * 3
    assert np.count_nonzero(contributions) == 6
    only = model.contributions(features, only=("region",))
    assert np.count_nonzero(only) == 3
