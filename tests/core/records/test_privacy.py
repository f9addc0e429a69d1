"""Citizen IDs and mobile numbers are found and taken out; other long numbers are left alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.records.privacy import (
    REMOVED,
    PersonalNumber,
    find_personal_numbers,
    is_citizen_id,
    remove_personal_numbers,
)

# Made up: a place, a day and a serial with the check digit that follows from them.
CITIZEN_ID = "110101199003070070"


def with_check_digit(first):
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True))
    return first + "10X98765432"[total % 11]


citizen_ids = st.builds(
    lambda place, day, serial: with_check_digit(f"{place}0101{day:%Y%m%d}{serial:03}"),
    st.sampled_from([11, 32, 44, 51, 65]),
    st.integers(0, 40_000).map(lambda days: date(1900, 1, 1) + timedelta(days=days)),
    st.integers(0, 999),
)


@given(citizen_ids)
def test_every_well_formed_citizen_id_is_found(number):
    assert is_citizen_id(number)
    text, findings = remove_personal_numbers(f"负责人证号{number}，请联系")
    assert text == f"负责人证号{REMOVED}，请联系"
    assert [found.number for found in findings] == [PersonalNumber.CITIZEN_ID]


@given(citizen_ids, st.integers(0, 16))
def test_a_mistyped_digit_breaks_the_check(number, place):
    other = str((int(number[place]) + 1) % 10)
    assert not is_citizen_id(number[:place] + other + number[place + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        CITIZEN_ID,
        f"（{CITIZEN_ID}）",
        "110101 19900307 0070",
        "110101-19900307-0070",
        "１１０１０１１９９００３０７００７０",
        "身份证号码：110101199003070071",
        "身份证：110101900307007",
    ],
)
def test_forms_of_a_citizen_id(text):
    [found] = find_personal_numbers(text)
    assert found.number is PersonalNumber.CITIZEN_ID


@pytest.mark.parametrize(
    "text",
    [
        "专利ZL201910123456.7",
        "专利号 201910123456789012",
        "编号110101199003070071",
        "编号110101900307007",
        "订单991010199003070070",
        "110101199013070070",
        "1234567890123456789012",
        "代码91320100QEYFH7B7M0",
        "A110101199003070070",
    ],
)
def test_numbers_that_are_no_citizen_ids(text):
    assert find_personal_numbers(text) == []
    assert remove_personal_numbers(text) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        "13912345678",
        "电话139 1234 5678。",
        "139-1234-5678",
        "+86 13912345678",
        "Tel13912345678",
        "微信１３９１２３４５６７８",
        "13912345678（王工）",
    ],
)
def test_forms_of_a_mobile_number(text):
    [found] = find_personal_numbers(text)
    assert found.number is PersonalNumber.MOBILE


@pytest.mark.parametrize(
    "text",
    [
        "年产值13912345678元",
        "13912345678.5",
        "0.13912345678",
        "12912345678",
        "CN13912345678A",
        "ZL13912345678",
        "139123456789",
        "频率13912345678Hz",
        "025-83791234",
        "产量13800000000吨",
    ],
)
def test_numbers_that_are_no_mobile_numbers(text):
    assert find_personal_numbers(text) == []


def test_several_numbers_are_all_removed_and_reported_in_order():
    text, findings = remove_personal_numbers(f"甲13912345678乙{CITIZEN_ID}丙13812345678")
    assert text == f"甲{REMOVED}乙{REMOVED}丙{REMOVED}"
    assert [found.number.value for found in findings] == ["mobile", "citizen_id", "mobile"]


def test_a_finding_never_shows_the_number():
    [found] = find_personal_numbers(f"证号{CITIZEN_ID}")
    assert found.masked == "110*************70"
    assert CITIZEN_ID not in repr(found)


@given(st.text())
def test_removing_twice_changes_nothing_more(text):
    once, _ = remove_personal_numbers(text)
    assert remove_personal_numbers(once) == (once, [])
