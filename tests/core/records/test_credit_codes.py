"""The unified social credit code: valid ones are taken apart, wrong ones are explained."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_strategies import credit_codes

from guantong.messages import LANGUAGES, render
from guantong.records.codes import (
    ALPHABET,
    CreditCodeCodec,
    check_character,
    check_credit_code,
    is_credit_code,
)
from guantong.records.columns import CellContext
from guantong.records.problems import CellError

VALID = "91320100QEYFH7B7M0"


def test_a_valid_code_with_check_character_zero_is_taken_apart():
    code = check_credit_code(VALID)
    assert (code.code, code.region) == (VALID, "320100")
    assert (code.authority, code.body) == ("市场监管", "企业")


@pytest.mark.parametrize(
    "text", [f" {VALID} ", VALID.lower(), "９１３２０１００QEYFH7B7M0", "9132-0100-QEYFH7B7M0"]
)
def test_width_case_and_spacing_do_not_matter(text):
    assert check_credit_code(text).code == VALID


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("9132010", "codes.length", {"length": 7}),
        ("", "codes.length", {"length": 0}),
        ("91320100QEYFH7B7I0", "codes.character", {"position": 17, "character": "I"}),
        ("91320100QEYFH7B7中0", "codes.character", {"position": 17, "character": "中"}),
        ("00999999QEYFH7B7M0", "codes.authority", {"character": "0"}),
        ("98320100QEYFH7B7M0", "codes.type", {"character": "8", "authority": "9"}),
        ("91990100QEYFH7B7M0", "codes.region", {"region": "990100"}),
        ("9132A100QEYFH7B7M0", "codes.region", {"region": "32A100"}),
        ("91320100QEYFH7B7M1", "codes.check", {"expected": "0", "character": "1"}),
    ],
)
def test_the_wrong_part_is_named(text, code, params):
    with pytest.raises(CellError) as failure:
        check_credit_code(text)
    assert failure.value.code == code
    assert params.items() <= failure.value.params.items()
    assert not is_credit_code(text)
    for lang in LANGUAGES:
        assert text in render(code, lang, **failure.value.params)


@given(credit_codes)
def test_any_code_with_its_check_character_is_valid(code):
    assert is_credit_code(code)


@given(credit_codes, st.integers(8, 17), st.sampled_from(ALPHABET))
def test_any_single_changed_character_is_noticed(code, place, char):
    changed = code[:place] + char + code[place + 1 :]
    assert is_credit_code(changed) == (changed == code)


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_the_weighted_sum_with_the_check_character_is_divisible_by_31(first):
    code = first + check_character(first)
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
    assert (total + ALPHABET.index(code[17])) % 31 == 0


def test_an_empty_cell_is_no_code_and_no_error():
    assert CreditCodeCodec().parse("无", CellContext()) == ""
