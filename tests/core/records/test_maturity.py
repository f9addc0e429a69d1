"""TRL: stated levels stand, words give derived levels and say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.records.columns import CellContext
from guantong.records.maturity import MATURITY, LevelCodec, TrlCodec, level_of_stage, stage_levels
from guantong.records.model import Maturity
from guantong.records.problems import CellError

PLAIN = CellContext()


@pytest.mark.parametrize(
    ("stage", "level"),
    [
        ("概念验证", 3),
        ("小试", 4),
        ("小试阶段", 4),
        ("实验室阶段", 4),
        ("中试前", 5),
        ("中试", 6),
        ("处于中试阶段", 6),
        ("已完成中试", 6),
        ("示范应用", 7),
        ("小批量生产", 8),
        ("产业化", 9),
        ("已产业化", 9),
        ("Pilot scale", 6),
        ("proof-of-concept", 3),
        ("TRL 5", 5),
        ("第7级", 7),
        ("未中试", None),
        ("很成熟", None),
        ("", None),
    ],
)
def test_a_word_for_the_stage_gives_a_level(stage, level):
    assert level_of_stage(stage) == level


def test_every_level_in_the_table_is_a_trl():
    assert set(stage_levels().values()) <= set(range(1, 10))
    assert len(set(stage_levels().values())) == 9


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("6", (6, False)),
        (6.0, (6, False)),
        ("TRL6", (6, False)),
        ("6级", (6, False)),
        ("6（推定）", (6, True)),
        ("6 (derived)", (6, True)),
        ("", None),
        ("无", None),
    ],
)
def test_levels_in_cells(cell, expected):
    assert LevelCodec().parse(cell, PLAIN) == expected


@pytest.mark.parametrize("cell", ["0", "10", "高", "6.5"])
def test_what_is_no_level_is_an_error(cell):
    with pytest.raises(CellError, match="not_a_level"):
        TrlCodec().parse(cell, PLAIN)


@given(st.integers(1, 9), st.booleans(), st.sampled_from(["zh", "en"]))
def test_any_level_reads_back_with_its_mark(level, derived, lang):
    codec = LevelCodec()
    assert codec.parse(codec.cell((level, derived), lang), PLAIN) == (level, derived)
    assert codec.parse(codec.json((level, derived)), PLAIN) == (level, derived)


def test_a_stated_level_is_never_marked_as_derived():
    stated = MATURITY.build({"level": (7, False), "stage": "小试"})
    assert stated == Maturity(level=7, stage="小试")


def test_a_level_from_a_word_is_marked_as_derived():
    assert MATURITY.build({"stage": "中试"}) == Maturity(level=6, stage="中试", derived=True)


def test_an_unknown_word_gives_no_level():
    with pytest.raises(CellError, match="unknown_stage"):
        MATURITY.build({"stage": "很成熟"})
    assert MATURITY.build({"stage": "无"}) is None
