from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import ConfigurationError, InputError
from guantong.messages import render
from guantong.text.normalize import normalize
from guantong.text.segment import (
    RjiebaSegmenter,
    default_segmenter,
    load_segmenter,
    read_user_dictionary,
    read_words,
    stop_words,
    words,
)


@given(st.text(alphabet="锂离子电池的研究与应用， 。3.5%α-Fe2O3sic\n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_words_are_content_words_of_the_text_in_order(text):
    text = normalize(text)
    place = 0
    for word in words(text):
        place = text.index(word, place) + len(word)
        assert word not in stop_words()
        assert any(char.isalnum() for char in word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("li2mno3正极材料", ["li2mno3", "正极材料"]),
        ("测pm2.5的5g模块,达到trl4", ["测", "pm2.5", "5g", "模块", "达到", "trl4"]),
        ("α-fe2o3纳米管和tgf-β1", ["α-fe2o3", "纳米管", "tgf-β1"]),
        ("nf-κb通路", ["nf-κb", "通路"]),
        ("lithium-ion batteries for the grid", ["lithium-ion", "batteries", "grid"]),
        ("在-40℃~85℃下,误差0.5%", ["误差"]),
        ("，。！", []),
        ("", []),
    ],
)
def test_formulas_and_model_names_stay_whole_and_punctuation_goes(text, expected):
    assert words(text) == expected


def test_bare_numbers_are_kept_on_request_only():
    assert words("304不锈钢1.5毫米") == ["不锈钢", "毫米"]
    assert words("304不锈钢1.5毫米", numbers=True) == ["304", "不锈钢", "1.5", "毫米"]


def test_search_words_hold_the_shorter_words_inside_long_ones():
    found = words("lithium-ion复合材料", for_search=True)
    assert {"lithium", "ion", "lithium-ion", "复合", "材料", "复合材料"} <= set(found)


def test_the_default_segmenter_knows_the_technology_vocabulary_and_is_one():
    assert words("锂离子电池隔膜")[0] == "锂离子电池"
    assert default_segmenter() is default_segmenter()


def test_a_user_word_is_known_as_written_and_as_normalised():
    segmenter = RjiebaSegmenter(["SiC外延片"])
    assert words("SiC外延片", segmenter) == ["SiC外延片"]
    assert words("sic外延片", segmenter) == ["sic外延片"]


@pytest.mark.parametrize("word", ["", "lithium ion", "C/C复合材料", "碳，碳"])
def test_what_cannot_be_one_word_is_refused(word):
    with pytest.raises(InputError) as caught:
        RjiebaSegmenter([word])
    assert caught.value.code == "text.user_word"
    assert "text." not in render(caught.value.code, "en", **caught.value.params)


def test_commonness_follows_general_chinese():
    segmenter = RjiebaSegmenter()
    assert (
        segmenter.commonness("技术") > segmenter.commonness("电池") > segmenter.commonness("钙钛矿")
    )


def test_a_segmenter_is_loaded_by_name_with_words():
    assert "铋系超导磁体" in load_segmenter("rjieba", ["铋系超导磁体"]).cut("铋系超导磁体绕制")


def test_an_unknown_segmenter_is_named_with_the_known_ones():
    with pytest.raises(ConfigurationError) as caught:
        load_segmenter("none-such")
    assert caught.value.params["name"] == "none-such"
    assert "rjieba" in str(caught.value.params["known"])


def test_an_entry_point_that_makes_no_segmenter_is_refused(monkeypatch):
    bad = EntryPoint("odd", "builtins:list", "guantong.segmenters")
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [bad])
    with pytest.raises(ConfigurationError) as caught:
        load_segmenter("odd")
    assert caught.value.code == "text.segmenter_shape"


def test_a_user_dictionary_has_one_word_on_a_line(tmp_path):
    file = tmp_path / "words.txt"
    file.write_text("\ufeff# 词典\n磨抛机器人 100 n\n\n钙钛矿\n", encoding="utf-8")
    assert read_user_dictionary(file) == ["磨抛机器人", "钙钛矿"]


def test_a_user_dictionary_that_cannot_be_read_is_named(tmp_path):
    file = tmp_path / "words.txt"
    file.write_bytes("磨抛机器人".encode("gb18030"))
    with pytest.raises(InputError) as caught:
        read_user_dictionary(file)
    assert caught.value.params["file"] == str(file)
    with pytest.raises(InputError):
        read_user_dictionary(tmp_path / "missing.txt")


def test_word_lists_skip_comments():
    assert read_words("# 不算\n的 地\n得") == ["的", "地", "得"]


def test_the_stop_words_are_normalised_words():
    for word in stop_words():
        assert normalize(word) == word
        assert word.strip()


@given(
    st.lists(
        st.sampled_from(["研究", "锂离子电池", "pm2.5", "3.5", "的", "，", "α-fe2o3"]), max_size=8
    )
)
@settings(max_examples=100, deadline=None)
def test_asking_for_numbers_only_ever_adds_numbers(parts):
    text = " ".join(parts)
    without, with_numbers = words(text), words(text, numbers=True)
    assert [word for word in with_numbers if word not in {"3.5"}] == without
