"""What every segmenter must do, whatever stands behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.text.segment import RjiebaSegmenter, Segmenter, words


class CharacterSegmenter:
    """The plainest segmenter: a user's word, a Latin word or one character at a time."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        own = sorted(map(re.escape, words), key=len, reverse=True)
        self._piece = re.compile("|".join([*own, r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*", r"(?s:.)"]))

    def cut(self, text: str) -> list[str]:
        return self._piece.findall(text)

    def cut_for_search(self, text: str) -> list[str]:
        return self.cut(text)


Factory = Callable[[Iterable[str]], Segmenter]
SEGMENTERS: tuple[Factory, ...] = (RjiebaSegmenter, CharacterSegmenter)
USER_WORDS = ("磨抛机器人", "钙钛矿叠层电池", "TRL4")
TEXT = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=("Cs",)),
        st.sampled_from("锂离子电池正极材料研究，。 α-Fe2O3.5%\n"),
    ),
    max_size=60,
)


@pytest.fixture(scope="module", params=SEGMENTERS, ids=lambda factory: factory.__name__)
def factory(request):
    return request.param


@pytest.fixture(scope="module")
def segmenter(factory):
    return factory(USER_WORDS)


def test_it_obeys_the_protocol(segmenter):
    assert isinstance(segmenter, Segmenter)


@given(text=TEXT)
@settings(max_examples=150, deadline=None)
def test_the_pieces_joined_are_the_text_again(segmenter, text):
    assert "".join(segmenter.cut(text)) == text


@given(text=TEXT)
@settings(max_examples=100, deadline=None)
def test_cutting_for_search_loses_no_piece_and_invents_none(segmenter, text):
    pieces = segmenter.cut_for_search(text)
    assert set(segmenter.cut(text)) <= set(pieces)
    assert all(piece and piece in text for piece in pieces)


@given(text=TEXT)
@settings(max_examples=50, deadline=None)
def test_the_same_text_is_always_cut_the_same_way(segmenter, text):
    assert segmenter.cut(text) == segmenter.cut(text)


def test_nothing_is_cut_into_nothing(segmenter):
    assert segmenter.cut("") == []
    assert segmenter.cut_for_search("") == []


@pytest.mark.parametrize("word", USER_WORDS)
def test_a_word_of_the_user_stays_whole(segmenter, word):
    assert word in segmenter.cut(f"本项目的{word}已经试用")
    assert word in segmenter.cut_for_search(f"本项目的{word}已经试用")


def test_two_segmenters_do_not_share_their_words(factory):
    knowing, other = factory(["铋系超导磁体"]), factory([])
    assert "铋系超导磁体" in knowing.cut("用铋系超导磁体")
    assert "铋系超导磁体" not in other.cut("用铋系超导磁体")


def test_latin_words_stay_whole(segmenter):
    pieces = segmenter.cut("采用Li2MnO3和SiC，测PM2.5，支持5G，COVID-19")
    assert {"Li2MnO3", "SiC", "PM2.5", "5G", "COVID-19"} <= set(pieces)


def test_words_can_be_chosen_from_any_segmenter(segmenter):
    chosen = words("磨抛机器人的应用，共3台。", segmenter)
    assert "磨抛机器人" in chosen
    assert not {"的", "，", "。", "3"} & set(chosen)
