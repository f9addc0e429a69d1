"""What the index keeps of a text comes back as it was."""

import numpy as np
import pytest
from builders import make_texts
from hypothesis import given
from hypothesis import strategies as st

from guantong.matching.packing import PAIRS, OfferTexts, character_pairs, packed
from guantong.text.normalize import normalize

codes = st.lists(st.integers(0, 2**32 - 1), max_size=30, unique=True)
pairs = st.lists(st.integers(0, PAIRS - 1), max_size=30, unique=True).map(
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
    words, inside = found.words.tolist(), found.pairs.tolist()
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
    for name in ("words", "word_counts", "title_counts", "pairs", "pair_counts"):
        assert getattr(taken, name).tolist() == getattr(expected, name).tolist()
    assert taken.vectors.tolist() == found.vectors[places].tolist()


def test_no_text_at_all_is_an_empty_batch():
    found = make_texts()
    assert len(found) == 0
    assert len(found.words) == len(found.pairs) == len(found.title_words()) == 0
    assert len(found.take(np.empty(0, np.intp))) == 0


@pytest.mark.parametrize("extra", [0, 1, 5000])
def test_a_text_with_more_items_than_a_header_can_count_keeps_the_first(extra):
    most = PAIRS - 1
    words = list(range(7, 7 + most + extra))
    every_pair = np.arange(PAIRS, dtype=np.uint16)
    found = make_texts(packed([1, 2], 1, every_pair[:3]), packed(words, len(words), every_pair))
    assert found.word_counts.tolist() == [2, most]
    assert found.title_counts.tolist() == [1, most]
    assert found.words_of(1).tolist() == words[:most]
    assert found.pairs[3:].tolist() == list(range(most))


def test_a_long_text_does_not_shift_the_ones_behind_it():
    long = packed(list(range(70_000)), 3, np.arange(PAIRS, dtype=np.uint16))
    short = packed([5, 6], 1, np.array([9], np.uint16))
    found = OfferTexts.unpacked([long, short], np.zeros((2, 4), np.float32))
    assert found.words_of(1).tolist() == [5, 6]
    assert found.pairs[-1] == 9


@pytest.mark.parametrize("text", ["", "泵", "a", "，。；", " ", "a b", "泵，封"])
def test_fewer_than_two_neighbouring_letters_make_no_pair(text):
    assert len(character_pairs(text)) == 0


@pytest.mark.parametrize(
    ("text", "count"), [("密封", 1), ("密封环", 2), ("密封，环境", 2), ("mpa 12", 3), ("α粒子", 2)]
)
def test_neighbouring_letters_digits_and_chinese_characters_pair(text, count):
    assert len(character_pairs(text)) == count


def test_pairs_do_not_depend_on_what_stands_before_them():
    assert set(character_pairs("密封环").tolist()) <= set(character_pairs("高温密封环").tolist())
    assert character_pairs("封密").tolist() != character_pairs("密封").tolist()


def test_characters_beyond_the_first_plane_and_half_characters_break_pairs():
    assert len(character_pairs("密\U00020000封")) == 0
    assert len(character_pairs("密\ud800封")) == 0


@given(st.text(max_size=40))
def test_any_text_has_pairs_within_the_table(text):
    found = character_pairs(normalize(text))
    assert found.dtype == np.uint16
    assert len(found) < max(1, len(normalize(text)))
