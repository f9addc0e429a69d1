"""Units are spelt in one way and compared after conversion."""

import csv
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.text import units
from guantong.text.units import comparable, convert, is_count, is_money, lookup, normalise_unit


def rows():
    text = files("guantong.text").joinpath("data", "units.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@pytest.mark.parametrize(
    ("spelling", "symbol"),
    [
        ("微米", "μm"),
        ("um", "μm"),
        ("µm", "μm"),
        ("克/立方厘米", "g/cm³"),
        ("g/cm3", "g/cm³"),
        ("g·cm-3", "g/cm³"),
        ("g⋅cm⁻³", "g/cm³"),
        ("兆帕", "MPa"),
        ("Mpa", "MPa"),
        ("摄氏度", "℃"),
        ("°C", "℃"),
        ("台/年", "台/年"),
        ("t/a", "t/年"),
        ("转/分钟", "rpm"),
        ("小时", "h"),
        ("W/m·K", "W/(m·K)"),
        ("W/(m·K)", "W/(m·K)"),
        ("mmol·L-1", "mmol/L"),
        ("米每秒", "m/s"),
        ("平方米", "m²"),
        ("N/mm2", "N/mm²"),
        ("dB(A)", "dB"),
        ("个百分点", "百分点"),
        ("元/平方米", "元/m²"),
        ("毫安·时", "mAh"),
        ("%F.S", "%FS"),
        ("MPa·m1/2", "MPa·m½"),
        ("MPa·m^0.5", "MPa·m½"),
        ("CFU/g", "CFU/g"),
        ("nV/Hz½", "nV/√Hz"),
        ("uS/cm", "μS/cm"),
        ("U/ml", "U/mL"),
    ],
)
def test_spellings_of_a_unit_have_one_symbol(spelling, symbol):
    assert normalise_unit(spelling) == symbol


def test_an_unknown_unit_stays_as_written():
    assert normalise_unit("标准 厘") == "标准厘"
    assert lookup("标准厘") is None


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["unit"])
def test_every_spelling_in_the_table_leads_to_a_unit_of_its_own_dimension(row):
    for spelling in (row["unit"], *row["spellings"].split()):
        known = lookup(spelling)
        assert known is not None
        assert known.symbol == row["unit"], spelling


@pytest.mark.parametrize(
    ("value", "unit", "into", "result"),
    [
        ("0.5", "mm", "μm", "500"),
        ("1.2", "g/cm³", "kg/m³", "1200"),
        ("25", "℃", "K", "298.15"),
        ("-40", "℃", "℉", "-40"),
        ("1", "N/mm2", "MPa", "1"),
        ("36", "km/h", "m/s", "10"),
        ("10", "年", "h", "87600"),
        ("1500", "台/月", "台/年", "18000"),
        ("5", "mg/kg", "ppm", "5"),
        ("3", "‰", "%", "0.3"),
        ("60", "rpm", "r/s", "1"),
        ("1", "kWh", "MJ", "3.6"),
        ("1", "mS/cm", "S/m", "0.1"),
        ("2", "ng/mL", "pg/mL", "2000"),
        ("0.1", "%FS", "%", "0.1"),
        ("1", "高斯", "μT", "100"),
        ("3", "mAh", "μC", "10800000"),
        ("2", "亩", "m²", "1333.3333333333333333333"),
        ("1", "10⁻²", "10⁻²", "1"),
    ],
)
def test_values_convert(value, unit, into, result):
    assert convert(Decimal(value), unit, into) == pytest.approx(
        Decimal(result), rel=Decimal("1e-15")
    )


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("台", "套"),
        ("台", "台/年"),
        ("MPa", "mm"),
        ("dB", "dBm"),
        ("HRC", "HV"),
        ("元", "美元"),
        ("N·m", "J"),
    ],
)
def test_unlike_units_do_not_compare(unit, other):
    assert convert(Decimal(1), unit, other) is None
    assert not comparable(unit, other)


def test_offsets_of_temperature_do_not_count_inside_a_combination():
    assert convert(Decimal(1), "W/(m·K)", "W/(m·℃)") == 1


def test_a_unit_outside_the_table_goes_to_pint():
    assert lookup("yard") is None
    assert convert(Decimal(1), "yard", "m") == Decimal("0.9144")
    assert convert(Decimal(1), "m", "yard") == pytest.approx(
        Decimal("1.0936132983"), rel=Decimal("1e-9")
    )
    assert convert(Decimal(3), "yard", "kg") is None
    assert convert(Decimal(3), "blorbs", "m") is None


def test_the_table_alone_answers_for_common_units(monkeypatch):
    def refuse():
        raise AssertionError("pint was loaded")

    monkeypatch.setattr(units, "_registry", refuse)
    assert convert(Decimal("7.5"), "kN", "N") == 7500


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("psi", "psi"),
        ("mmHg", "mmHg"),
        ("Torr", "torr"),
        ("atm", "atm"),
        ("bar", "bar"),
        ("HP", "metric_horsepower"),
        ("kgf", "kilogram_force"),
        ("kWh", "kilowatt_hour"),
        ("eV", "electron_volt"),
        ("Da", "dalton"),
        ("inch", "inch"),
        ("海里", "nautical_mile"),
        ("cP", "centipoise"),
        ("km/h", "kilometer / hour"),
        ("mAh", "milliampere * hour"),
        ("°", "degree"),
    ],
)
def test_the_factors_of_the_table_agree_with_pint(unit, name):
    known = lookup(unit)
    assert known is not None
    base = units._registry().Quantity(Decimal(1), name).to_base_units().magnitude
    if unit == "°":
        base = base * Decimal("57.29577951308232")  # the table counts angles in degrees
    assert known.factor == pytest.approx(base, rel=Decimal("1e-6"))


def test_money_and_counts_are_known_as_such():
    assert is_money("元") and is_money("元/吨") and is_money("美元")
    assert not is_money("吨") and not is_money("台")
    assert is_count("家") and is_count("名")
    assert not is_count("%") and not is_count("台/年") and not is_count("没有")


COMMON = [
    "m",
    "mm",
    "μm",
    "km",
    "g",
    "kg",
    "t",
    "Pa",
    "MPa",
    "bar",
    "s",
    "h",
    "年",
    "℃",
    "K",
    "g/cm³",
]


@settings(max_examples=100, deadline=None)
@given(
    st.decimals(-(10**6), 10**6, places=3),
    st.sampled_from(COMMON),
    st.sampled_from(COMMON),
)
def test_conversion_there_and_back_changes_nothing(value, unit, other):
    there = convert(value, unit, other)
    if there is None:
        assert convert(value, other, unit) is None
        return
    back = convert(there, other, unit)
    assert back is not None
    assert abs(back - value) <= Decimal("1e-9") * max(abs(value), Decimal(1))
