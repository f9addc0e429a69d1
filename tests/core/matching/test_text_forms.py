"""What ranking reads of a text is the same however and in whatever company it is read."""

import numpy as np
import pytest
from builders import THEMES, make_need, make_offer, reader
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.matching.encoders import quantize
from guantong.matching.forms import TextReader
from guantong.matching.packing import OfferTexts
from guantong.matching.rarity import shipped_rarity
from guantong.records import SearchParts
from guantong.records.kinds import search_parts

plain = st.text(st.sampled_from("密封环材料耐磨高温pump 12，。\n"), max_size=30)
parts = st.builds(
    SearchParts, title=plain, keywords=st.lists(plain, max_size=3).map(tuple), body=plain
)


class Backwards:
    """An encoder of two dimensions: the share of digits, and of everything else."""

    name = "backwards"
    dimensions = 2

    def encode(self, texts):
        rows = [[sum(map(str.isdigit, text)), len(text) + 1.0] for text in texts]
        return np.array([np.array(row) / np.linalg.norm(row) for row in rows], np.float32)


def stored(texts):
    cuts = [reader().cut(each) for each in texts]
    packed, vectors = reader().stored(cuts)
    return packed, vectors


@given(st.lists(parts, min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_a_text_is_kept_alike_alone_and_in_a_batch(texts):
    packed, vectors = stored(texts)
    for at, each in enumerate(texts):
        [alone], [vector] = stored([each])
        assert packed[at] == alone
        assert vectors[at].tolist() == vector.tolist()


@given(parts)
@settings(max_examples=40, deadline=None)
def test_the_asking_and_the_answering_form_of_a_text_hold_the_same(text):
    form = reader().read(text)
    packed, vectors = stored([text])
    kept = OfferTexts.unpacked(packed, vectors)
    assert kept.words.tolist() == form.words.tolist()
    assert kept.title_counts.tolist() == [form.title_words]
    assert kept.grams.tolist() == form.grams.tolist()
    assert kept.vectors[0].tolist() == form.vector.tolist()
    titles = reader().table.sums(kept.title_words(), kept.title_counts.tolist())
    assert titles[0].tolist() == form.title_vector.tolist()


@given(parts)
@settings(max_examples=40, deadline=None)
def test_vectors_have_length_one_or_are_zero(text):
    form = reader().read(text)
    for vector in (form.vector, form.title_vector):
        length = float(np.linalg.norm(vector))
        assert length == pytest.approx(1, abs=1e-5) or length == 0


def test_an_empty_text_has_an_empty_form():
    form = reader().read(SearchParts("", (), ""))
    assert len(form.words) == len(form.grams) == form.title_words == 0
    assert form.search_words == ()
    assert not form.vector.any()
    assert not form.title_vector.any()


def test_words_are_distinct_and_those_of_the_title_come_first():
    form = reader().read(SearchParts("密封环", ("耐磨",), "密封环耐磨，密封环耐高温"))
    assert len(set(form.words.tolist())) == len(form.words)
    title = [reader().table.word(code) for code in form.words[: form.title_words].tolist()]
    assert "".join(title) == "密封环"


def test_repeated_words_and_words_of_the_title_weigh_more():
    table = reader().table
    form = reader().read(SearchParts("密封", (), "耐磨耐磨材料"))
    weights = dict(zip(map(table.word, form.words.tolist()), form.word_counts, strict=True))
    assert weights["密封"] > weights["耐磨"] > weights["材料"] == 1


def test_words_to_search_are_distinct_and_do_not_grow_with_the_text():
    text = SearchParts("密封环", (), "".join(THEMES.values()))
    found = [word for word, _ in reader().read(text).search_words]
    assert "密封环" in found
    assert len(found) == len(set(found))
    longer = SearchParts(
        "密封环",
        (),
        "".join(f"{theme}第{at}号{at}" for at in range(9) for theme in THEMES.values()),
    )
    assert len(reader().read(longer).search_words) <= 64


def test_a_word_repeated_or_in_the_title_counts_more_in_a_search():
    found = dict(reader().read(SearchParts("密封", (), "耐磨，耐磨，材料")).search_words)
    assert found["密封"] > found["耐磨"] > found["材料"] > 0


def test_an_unknown_word_is_searched_as_it_is_written():
    found = dict(reader().read(SearchParts("XQZ-7719型泵", (), "")).search_words)
    assert "7719" in "".join(found)
    assert all(weight > 0 for weight in found.values())


def test_variants_of_width_case_and_space_read_alike():
    one = reader().read(SearchParts("ＰＥＴ薄膜 涂布", (), "厚度１２μm"))
    other = reader().read(SearchParts("pet薄膜涂布", (), "厚度12μm"))
    assert one.words.tolist() == other.words.tolist()
    assert one.grams.tolist() == other.grams.tolist()


def test_key_words_keep_apart_whatever_their_order():
    one = reader().read(SearchParts("泵", ("密封", "陶瓷"), ""))
    other = reader().read(SearchParts("泵", ("陶瓷", "密封"), ""))
    assert sorted(one.words.tolist()) == sorted(other.words.tolist())
    assert one.grams.tolist() == other.grams.tolist()


def test_another_encoder_gives_the_vector_of_the_text_but_not_of_the_words():
    own = TextReader(Backwards(), reader().table)
    form = own.read(search_parts(make_need(theme="seal")))
    assert form.vector.shape == (2,)
    assert form.title_vector.shape == (reader().table.dimensions,)
    assert own.encoder.name == "backwards"


def test_the_shipped_encoder_is_the_word_table_itself():
    class Same(Backwards):
        name = reader().table.name

    assert TextReader(Same(), reader().table).encoder is reader().table
    assert TextReader(None, reader().table).encoder is reader().table


def test_every_word_of_the_shipped_table_has_a_rarity_and_a_vector():
    table = reader().table
    rarity = shipped_rarity()
    assert len(rarity.words) == table.size
    assert len(rarity.grams) == 1 << 16
    assert (rarity.words > 0).all()
    # Some single characters stand in every text and count for nothing.
    assert (rarity.grams >= 0).all()
    sample = np.arange(0, table.size, 1000, dtype=np.uint32)
    assert np.linalg.norm(table.unit_vectors(sample), axis=1) == pytest.approx(1, abs=1e-5)


def test_a_code_is_read_back_as_its_word():
    table = reader().table
    assert all(table.word(code) == word for word in ("密封", "电池") for code in table.known(word))
    assert table.known("密封电池陶瓷") == ()
    pieces = "".join(table.word(code) for code in table.codes(["密封电池陶瓷"]))
    assert pieces == "密封电池陶瓷"


def test_sums_repeat_words_as_often_as_asked():
    table = reader().table
    codes = np.array([*table.known("密封"), *table.known("电池")], np.uint32)
    twice = table.sums(codes, [2], np.array([2, 1], np.float32))
    spelled = table.sums(codes[[0, 0, 1]], [3])
    assert twice == pytest.approx(spelled, abs=1e-5)
    assert not table.sums(codes, [0, 2])[0].any()


def test_quantised_vectors_stay_near_what_they_were():
    _, vectors = stored([search_parts(make_offer(theme=theme)) for theme in THEMES])
    back = quantize(vectors).astype(np.float32) / 127
    assert np.abs(back - vectors).max() <= 0.5 / 127 + 1e-6
