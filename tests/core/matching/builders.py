"""Records, texts and small models for the tests of matching."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np

from guantong.matching.evaluation import Judgement
from guantong.matching.explain import Explanation
from guantong.matching.index import IndexBuilder, text_reader
from guantong.matching.model import FEATURES, RUNGS, Calibration, Line, Precedent, RankingModel
from guantong.matching.packing import OfferTexts
from guantong.matching.pairs import Match
from guantong.records.kinds.achievement import Achievement
from guantong.records.kinds.instrument import Instrument
from guantong.records.kinds.organisation import Organisation
from guantong.records.kinds.technology import TechnologyNeed

_numbers = count(1)

THEMES = {
    "seal": "高温泵用耐磨密封材料 碳化硅陶瓷密封环耐高温耐磨损，用于离心泵轴端机械密封",
    "battery": "锂离子电池硅碳负极材料 提高电池能量密度和循环寿命，抑制硅颗粒体积膨胀",
    "water": "工业废水深度处理膜技术 反渗透膜抗污染改性，降低化学需氧量并回收盐分",
    "vision": "机器视觉表面缺陷检测 用深度学习识别钢板裂纹和划痕，在线检测速度快",
    "drug": "抗肿瘤多肽药物递送 脂质体纳米载体靶向释放，提高生物利用度并减少毒性",
    "rice": "耐盐碱水稻新品种选育 分子标记辅助育种，提高盐碱地水稻产量和抗病性",
    "robot": "协作机器人力控关节 谐波减速器与力矩传感器一体化，抓取柔顺安全",
    "chip": "碳化硅功率器件封装 银烧结互连降低热阻，提高逆变器工作温度",
}
"""A title and a text on each of eight themes that share few words."""


def make_need(**overrides) -> TechnologyNeed:
    """Return a need; an id of its own unless one is given."""
    return TechnologyNeed(**_with_text(overrides, "need"))


def make_offer(**overrides) -> Achievement:
    """Return a research result; an id of its own unless one is given."""
    return Achievement(**_with_text(overrides, "offer"))


def make_instrument(**overrides) -> Instrument:
    """Return an offer of another kind than :func:`make_offer`."""
    return Instrument(**_with_text(overrides, "instrument"))


def make_organisation(**overrides) -> Organisation:
    """Return a record that stands on neither side of a match."""
    return Organisation(**{"id": f"organisation-{next(_numbers)}", "title": "示例大学"} | overrides)


def _with_text(overrides, prefix):
    theme = overrides.pop("theme", None)
    values = {"id": f"{prefix}-{next(_numbers)}", "title": "示例"}
    if theme is not None:
        values["title"], values["description"] = THEMES[theme].split(" ", 1)
    return values | overrides


def make_model(*, precedents=(), base=0.2, at=(0.3, 0.5, 0.7), slope=10.0, **slopes):
    """Return a model of straight lines: ``make_model(meaning=0.5)``; without any, of the texts."""
    slopes = slopes or {"meaning": 0.2, "characters": 0.2, "need_covered": 0.2}
    return RankingModel(
        name="tiny",
        base=(base,) * len(RUNGS),
        lines={name: Line(0.0, ((worth,),) * len(RUNGS)) for name, worth in slopes.items()},
        calibration=Calibration(at, (slope,) * len(RUNGS)),
        precedents=tuple(precedents),
    )


def make_precedent(need, offer, level, *weights) -> Precedent:
    """Return a judged pair of a model; one weight stands for all three rungs."""
    weights = weights * 3 if len(weights) == 1 else weights
    return Precedent(need.id, need.title, offer.id, offer.title, level, weights)


def make_texts(*forms: bytes, dimensions: int = 4) -> OfferTexts:
    """Return packed texts read back, each with a vector of its own."""
    vectors = np.arange(len(forms) * dimensions, dtype=np.float32).reshape(-1, dimensions)
    return OfferTexts.unpacked(forms, vectors)


def make_match(need_id="n", offer_id="o", score=0.5, level=3, rank=0) -> Match:
    """Return a match without reasons."""
    return Match(
        need_id=need_id,
        offer_id=offer_id,
        rank=rank,
        score=score,
        level=level,
        probabilities=(0.25, 0.25, 0.25, 0.25),
        explanation=Explanation(contributions=(), terms=(), need_sentence="", offer_sentence=""),
    )


def make_features(**values) -> np.ndarray:
    """Return one row of features; those not named are 0."""
    return np.array([[values.get(name, 0.0) for name in FEATURES]], np.float32)


def judged(*rows) -> list[Judgement]:
    """Return judgements of ``(need, offer, level)``."""
    return [Judgement(*row) for row in rows]


def build_index(path, *records, **options):
    """Make or extend an index directory and return its path."""
    with IndexBuilder(path, **options) as builder:
        builder.add(records)
    return path


def reader():
    """Return the reader of texts that all tests share."""
    return text_reader()


def many_offers(count, start=0):
    """Yield offers with texts of their own."""
    themes = list(THEMES)
    for at in range(start, start + count):
        offer = make_offer(id=f"many-{at:05}", theme=themes[at % len(themes)])
        yield replace(offer, summary=f"第{at}项成果")
