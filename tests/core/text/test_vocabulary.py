from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import InputError
from guantong.messages import render
from guantong.text.normalize import normalize
from guantong.text.vocabulary import (
    RELATED,
    SAME,
    Vocabulary,
    expand,
    load_vocabulary,
    parse_vocabulary,
    vocabulary,
)

TERMS = st.sampled_from(sorted(vocabulary().terms))


def own(*lines: str) -> Vocabulary:
    return parse_vocabulary(lines, "own.txt")


def expanded(source: Vocabulary, term: str) -> dict[str, float]:
    return {expansion.text: expansion.weight for expansion in source.expand(term)}


def found(source: Vocabulary, text: str) -> list[str]:
    return [item.term for item in source.find(text)]


@pytest.mark.parametrize(
    ("term", "other"),
    [
        ("锂电", "锂离子电池"),
        ("UAV", "无人机"),
        ("无人机", "uav"),
        ("中试", "pilot"),
        ("CNC", "数控"),
        ("跟丢", "目标跟踪"),
        ("豆粕", "饲料蛋白"),
        ("漏水", "渗漏"),
        ("打磨", "磨抛"),
        ("下脚料", "副产物"),
        ("ＬｉＦｅＰＯ４", "磷酸铁锂"),
    ],
)
def test_the_words_of_the_plant_lead_to_those_of_the_paper(term, other):
    assert other in {expansion.text for expansion in expand(term)}


def test_an_unknown_term_has_no_expansions():
    assert expand("完全没有的词") == ()


@given(TERMS)
@settings(max_examples=200, deadline=None)
def test_expansions_are_mutual_ranked_and_never_the_term_itself(term):
    weights = expanded(vocabulary(), term)
    assert term not in weights
    assert list(weights.values()) == sorted(weights.values(), reverse=True)
    for other, weight in weights.items():
        assert 0 < weight <= 1
        assert expanded(vocabulary(), other)[term] == weight


@given(TERMS)
@settings(max_examples=200, deadline=None)
def test_every_term_is_normalised_and_found_where_it_stands(term):
    assert normalize(term) == term
    assert term in found(vocabulary(), f"关于，{term}，")


def test_related_terms_weigh_less_and_do_not_lead_to_each_other():
    source = own("锻造 | forging | ~热锻 | ~冷锻")
    assert expanded(source, "锻造") == {"forging": SAME, "热锻": RELATED, "冷锻": RELATED}
    assert expanded(source, "热锻") == {"forging": RELATED, "锻造": RELATED}


def test_a_term_of_two_groups_has_the_expansions_of_both():
    source = own("PET | 聚酯", "PET | 正电子扫描")
    assert set(expanded(source, "pet")) == {"聚酯", "正电子扫描"}


def test_the_longest_term_is_found_and_nothing_inside_it():
    source = own("电池 | battery", "锂电池 | li battery", "锂电池隔膜 | separator")
    assert found(source, "锂电池隔膜和锂电池及电池") == ["锂电池隔膜", "锂电池", "电池"]


def test_latin_terms_are_whole_words():
    source = own("AGV | 导引车", "5G | 第五代移动通信")
    assert found(source, "agv小车,5g模块") == ["agv", "5g"]
    assert found(source, "magv agvs 15g 5ghz") == []


def test_found_terms_carry_their_place():
    text = "改进锂电池"
    (item,) = own("锂电池 | li battery").find(text)
    assert item.span.of(text) == item.term


@given(st.text(alphabet="锂电池隔膜无人机uavcnc数控 ,5g", max_size=40))
@settings(max_examples=200, deadline=None)
def test_found_terms_stand_in_order_without_overlap(text):
    items = vocabulary().find(text)
    ends = [0, *(item.span.end for item in items)]
    assert all(end <= item.span.start for end, item in zip(ends, items, strict=False))
    assert all(item.span.of(text) == item.term for item in items)


def test_a_users_vocabulary_comes_on_top_of_the_shipped_one(tmp_path):
    file = tmp_path / "own.txt"
    file.write_text("\ufeff# 本市\n锂电 | 锂动力\n", encoding="utf-8")
    together = load_vocabulary(file)
    assert {"锂动力", "锂离子电池"} <= set(expanded(together, "锂电"))
    alone = load_vocabulary(file, with_shipped=False)
    assert expanded(alone, "锂电") == {"锂动力": SAME}


@pytest.mark.parametrize("line", ["只有一个", "电池 |", "a | b", "锂电 | | 电池"])
def test_a_line_that_is_no_group_is_named(line):
    with pytest.raises(InputError) as caught:
        own("# 注释", "", line)
    assert caught.value.params["line"] == 3
    assert "own.txt" in render(caught.value.code, "zh", **caught.value.params)


def test_a_vocabulary_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError) as caught:
        load_vocabulary(tmp_path / "missing.txt")
    assert caught.value.code == "text.vocabulary_file"


def test_the_shipped_vocabulary_is_broad():
    terms = vocabulary().terms
    assert len(terms) > 3000
    assert sum(term.isascii() for term in terms) > 800
