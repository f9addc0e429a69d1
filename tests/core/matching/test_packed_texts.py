"""What the index keeps of a text comes back as it was."""

import numpy as np
import pytest
from builders import make_texts
from hypothesis import given
from hypothesis import strategies as st

from guantong.matching.packing import GRAMS, OfferTexts, character_grams, packed
from guantong.text.normalize import normalize

codes = st.lists(st.integers(0, 2**32 - 1), max_size=30, unique=True)
pairs = st.lists(st.integers(0, GRAMS - 1), max_size=30, unique=True).map(
    lambda found: np.array(sorted(found), np.uint16)
)


@st.composite
def texts(draw):
    words = draw(codes)
    return words, draw(st.integers(0, len(words))), draw(pairs)


def unpacked(kept):
    return make_texts(*(packed(*text) for text in kept))


@given(st.lists(texts(), max_size=6))
def test_texts_come_back_as_they_were_packed(kept):
    found = unpacked(kept)
    assert len(found) == len(kept)
    words, inside = found.words.tolist(), found.grams.tolist()
    for at, (each, title, held) in enumerate(kept):
        assert [words.pop(0) for _ in each] == each
        assert [inside.pop(0) for _ in held] == held.tolist()
        assert found.title_counts[at] == title
        assert found.words_of(at).tolist() == each
    assert not words
    assert not inside


@given(st.lists(texts(), max_size=6))
def test_words_of_all_titles_stand_end_to_end(kept):
    found = unpacked(kept).title_words().tolist()
    assert found == [word for words, title, _ in kept for word in words[:title]]


@given(st.data(), st.lists(texts(), min_size=1, max_size=6))
def test_chosen_texts_come_in_the_order_asked_for(data, kept):
    places = data.draw(st.lists(st.integers(0, len(kept) - 1), max_size=8))
    found = unpacked(kept)
    taken = found.take(np.array(places, np.intp))
    expected = unpacked([kept[place] for place in places])
    for name in ("words", "word_counts", "title_counts", "grams", "gram_counts"):
        assert getattr(taken, name).tolist() == getattr(expected, name).tolist()
    assert taken.vectors.tolist() == found.vectors[places].tolist()


def test_no_text_at_all_is_an_empty_batch():
    found = make_texts()
    assert len(found) == 0
    assert len(found.words) == len(found.grams) == len(found.title_words()) == 0
    assert len(found.take(np.empty(0, np.intp))) == 0


@pytest.mark.parametrize("extra", [0, 1, 5000])
def test_a_text_with_more_items_than_a_header_can_count_keeps_the_first(extra):
    most = GRAMS - 1
    words = list(range(7, 7 + most + extra))
    every_pair = np.arange(GRAMS, dtype=np.uint16)
    found = make_texts(packed([1, 2], 1, every_pair[:3]), packed(words, len(words), every_pair))
    assert found.word_counts.tolist() == [2, most]
    assert found.title_counts.tolist() == [1, most]
    assert found.words_of(1).tolist() == words[:most]
    assert found.grams[3:].tolist() == list(range(most))


def test_a_long_text_does_not_shift_the_ones_behind_it():
    long = packed(list(range(70_000)), 3, np.arange(GRAMS, dtype=np.uint16))
    short = packed([5, 6], 1, np.array([9], np.uint16))
    found = OfferTexts.unpacked([long, short], np.zeros((2, 4), np.float32))
    assert found.words_of(1).tolist() == [5, 6]
    assert found.grams[-1] == 9


@pytest.mark.parametrize("text", ["", "a", "，。；", " ", "a b", "7"])
def test_a_single_letter_or_digit_says_nothing(text):
    assert len(character_grams(text)) == 0


@pytest.mark.parametrize(
    ("text", "pairs", "singles"),
    [
        ("泵", 0, 1),
        ("泵，封", 0, 2),
        ("密封", 1, 2),
        ("密封环", 2, 3),
        ("密封，环境", 2, 4),
        ("mpa 12", 3, 0),
        ("α粒子", 2, 2),
    ],
)
def test_neighbours_pair_and_chinese_characters_count_singly_too(text, pairs, singles):
    assert len(character_grams(text)) == pairs + singles


def test_grams_do_not_depend_on_what_stands_before_them():
    assert set(character_grams("密封环").tolist()) <= set(character_grams("高温密封环").tolist())
    assert character_grams("封密").tolist() != character_grams("密封").tolist()


def test_characters_beyond_the_first_plane_and_half_characters_break_pairs():
    assert len(character_grams("密\U00020000封")) == 2
    assert len(character_grams("密\ud800封")) == 2


@given(st.text(max_size=40))
def test_any_text_has_grams_within_the_table(text):
    found = character_grams(normalize(text))
    assert found.dtype == np.uint16
    assert len(found) <= 2 * len(normalize(text))
