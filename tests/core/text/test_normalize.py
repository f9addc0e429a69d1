from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guantong.text.normalize import fold_key, normalize

MIXED = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("锂电池製電　，。Ａａ１①℃°Cµμ \n\t\u200b\ufeff-—–~～ﬁΣσςİ㎡²≦Ⅱ⻓\ue000"),
    ),
    max_size=40,
)


@given(MIXED)
@settings(max_examples=400, deadline=None)
@example("° C")
@example("°\u200bC")
@example("e\u200b\u0301")
@example("İΣ")
@example("①㎡")
@example("锂 \n 电")
def test_normalising_twice_is_normalising_once(text):
    once = normalize(text)
    assert normalize(once) == once


@given(MIXED)
@settings(max_examples=200, deadline=None)
def test_keeping_case_is_stable_too_and_differs_in_case_only(text):
    kept = normalize(text, keep_case=True)
    assert normalize(kept, keep_case=True) == kept
    assert normalize(kept) == normalize(text)


@given(MIXED)
@settings(max_examples=200, deadline=None)
def test_a_folded_key_holds_letters_and_digits_only(text):
    key = fold_key(text)
    assert fold_key(key) == key
    assert all(unicodedata.category(char)[0] not in "ZCP" for char in key)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ＬｉＦｅＰＯ４正极", "lifepo4正极"),
        ("温度：２５℃（±２°C）", "温度:25℃(±2℃)"),
        ("粒度≦５ µm", "粒度≤5 μm"),
        ("高效率 的\n锂 离子\r\n电池", "高效率的锂离子电池"),
        ("采用 SiC 功率 MOS FET 器件", "采用sic功率mos fet器件"),
        ("lithium-ion\nbattery   pack", "lithium-ion battery pack"),
        ("鋰離子電池製造技術", "锂离子电池制造技术"),
        ("⻓期⼯作", "长期工作"),
        ("零\u200b宽\ufeff字\u00ad符", "零宽字符"),
        ("3—5mm、3−5mm、3～5mm", "3-5mm、3-5mm、3~5mm"),
        ("①耐磨；②防腐", "耐磨;防腐"),
        ("H₂O和10³", "h2o和103"),
        ("\uf06c 符号字体的项目符", "符号字体的项目符"),
        ("坏的代理\ud800字符", "坏的代理字符"),
        ("", ""),
        (" \u3000\n", ""),
    ],
)
def test_what_looks_alike_becomes_alike(raw, expected):
    assert normalize(raw) == expected


def test_characters_that_are_correct_simplified_ones_stay():
    assert normalize("皇后 公里 干净 云计算 系统 复核") == "皇后公里干净云计算系统复核"


def test_case_can_be_kept_for_display():
    assert normalize("ＳｉＣ 器件", keep_case=True) == "SiC器件"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("成果 名称：", "成果名称"),
        ("联系电话（必填）*", "联系电话必填"),
        ("Unified_Social Credit-Code", "unifiedsocialcreditcode"),
        ("江苏·南京", "江苏南京"),
    ],
)
def test_names_that_differ_in_punctuation_only_have_one_key(left, right):
    assert fold_key(left) == fold_key(right)
