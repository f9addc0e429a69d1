"""Make the ranking model that ships: equal weights for the text features, no judgement of others.

    python tools/default_model/make_default_model.py RESULTS.jsonl.gz

Each text feature is bent like a square root (the first shared words tell more than the hundredth)
and divided by its spread among candidates, so that the four weigh the same; the meaning, a cosine,
stays straight. Spreads are measured on ChinaXiv records (ids ``cx-``, CC BY 4.0): each drawn
record's abstract asks, its nearest neighbours answer, with abstract and with title only. What a
fact weighs is set by hand below. Scale and levels are fitted to the illustrative judgements of the
sample city, which belong to this project. Writes ``src/guantong/matching/data/default_model.json``.
"""

from __future__ import annotations

import csv
import random
import sys
from typing import TYPE_CHECKING

import numpy as np

from guantong.matching.facts import FACT_FEATURES
from guantong.matching.features import TEXT_FEATURES, TextComparison
from guantong.matching.forms import TextReader
from guantong.matching.learning import calibrated
from guantong.matching.model import FEATURES, RUNGS, SHIPPED, Line, RankingModel, save_model
from guantong.matching.packing import OfferTexts
from guantong.matching.pairs import PairScorer
from guantong.matching.rarity import shipped_rarity
from guantong.records import SearchParts, Side
from guantong.records.sample import judged_pairs_file, load_sample
from guantong.records.tables import read_records

if TYPE_CHECKING:
    from guantong.records import Record

BENDS = {
    "meaning": (),
    "characters": (0.01, 0.04, 0.12, 0.3),
    "need_covered": (0.02, 0.08, 0.2, 0.45),
    "offer_covered": (0.05, 0.15, 0.3, 0.6),
}
FACT_WEIGHTS = {
    "field": 0.06,
    "indicators": 0.10,
    "maturity": 0.04,
    "region": 0.03,
    "mode": 0.02,
    "money": 0.03,
    "time": 0.01,
}
ASKING, NEIGHBOURS, UNJUDGED = 200, 100, 5


def main(source: str) -> None:
    """Measure, fit and write."""
    reader = TextReader()
    records = read_records(source, side=Side.OFFER).records
    spreads, typical = among_candidates(
        reader, [each for each in records if each.id.startswith("cx-")]
    )
    unit = {
        name: shape(name, 1 / spreads[at], float(typical[at]))
        for at, name in enumerate(TEXT_FEATURES)
    }
    features, targets = judged_features(reader)
    text = sum_of_lines(unit, features)
    scale, base = fitted_scale(text, features, targets)
    lines = {name: scaled(line, scale) for name, line in unit.items()}
    lines |= {name: Line(0.0, ((FACT_WEIGHTS[name],),) * len(RUNGS)) for name in FACT_FEATURES}
    scores = base + sum_of_lines(lines, features)
    model = RankingModel(
        name="default",
        base=(round(base, 6),) * len(RUNGS),
        lines={name: lines[name] for name in FEATURES},
        calibration=calibrated(np.repeat(scores[:, None], len(RUNGS), axis=1), targets),
        training={"judged_pairs": 0, "levels_from": "sample city", "pairs": len(targets)},
    )
    save_model(model, SHIPPED)
    print(f"spreads {spreads.round(4)}, scale {scale:.4f}, base {base:.3f}, {model.calibration}")


def shape(name: str, weight: float, neutral: float = 0.0) -> Line:
    """Return a square root with straight pieces between the bends, straight for a cosine."""
    bends, neutral = BENDS[name], round(neutral, 4)
    if not bends:
        return Line(neutral, ((weight,),) * len(RUNGS))
    knots = np.array([0.0, *bends, 1.0])
    slopes = np.diff(np.sqrt(knots)) / np.diff(knots)
    steps = tuple(float(step) for step in weight * np.diff(slopes, prepend=0.0))
    return Line(neutral, (steps,) * len(RUNGS), bends)


def scaled(line: Line, factor: float) -> Line:
    """Return a line that is worth ``factor`` times as much."""
    slopes = tuple(tuple(round(factor * each, 6) for each in rung) for rung in line.slopes)
    return Line(line.neutral, slopes, line.bends)


def sum_of_lines(lines: dict[str, Line], features: np.ndarray) -> np.ndarray:
    """Return what the lines add to the first rung of each pair."""
    worth = [line.worth(features[:, FEATURES.index(name)])[:, 0] for name, line in lines.items()]
    return np.sum(worth, axis=0)


def among_candidates(reader: TextReader, records: list[Record]) -> tuple[np.ndarray, np.ndarray]:
    """Return the spread of each bent text feature among near candidates, and its mean unbent."""
    draw = random.Random(20260101)
    drawn = draw.sample(records, 3000)
    full = [SearchParts(each.title, (), each.description) for each in drawn]
    titles = [SearchParts(each.title, (), "") for each in drawn]
    comparison = TextComparison(reader.table, shipped_rarity())
    spreads, typical = [], []
    for answers in (full, titles):
        packed, vectors = reader.stored([reader.cut(parts) for parts in answers])
        texts = OfferTexts.unpacked(packed, vectors)
        rows = []
        for at in range(ASKING):
            form = reader.read(SearchParts("", (), drawn[at].description))
            near = np.argsort(-(texts.vectors @ form.vector))
            near = near[near != at][:NEIGHBOURS]
            rows.append(comparison.compared(form, texts.take(near)).features)
        features = np.vstack(rows).astype(np.float64)
        bent = [
            shape(name, 1.0).worth(features[:, at])[:, 0] for at, name in enumerate(TEXT_FEATURES)
        ]
        spreads.append(np.std(bent, axis=1))
        typical.append(features.mean(axis=0))
    return np.mean(spreads, axis=0), np.mean(typical, axis=0)


def judged_features(reader: TextReader) -> tuple[np.ndarray, np.ndarray]:
    """Return the features and rungs of the sample city's pairs, and of some unjudged as level 1."""
    sample = load_sample()
    offers = {each.id: each for each in sample.offers}
    levels: dict[str, dict[str, int]] = {each.id: {} for each in sample.needs}
    with judged_pairs_file().open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            levels[row["need_id"]][row["offer_id"]] = int(row["level"])
    draw = random.Random(20260101)
    scorer = PairScorer(reader)
    features, reached = [], []
    for need in sample.needs:
        judged = levels[need.id]
        others = draw.sample([each for each in sorted(offers) if each not in judged], UNJUDGED)
        pairs = judged | dict.fromkeys(others, 1)
        wanted = [offers[each] for each in pairs]
        features.append(scorer.scores(need, wanted, scorer.texts(wanted)).features)
        reached += [[float(level >= rung) for rung in RUNGS] for level in pairs.values()]
    return np.vstack(features).astype(np.float64), np.array(reached)


def fitted_scale(
    text: np.ndarray, features: np.ndarray, targets: np.ndarray
) -> tuple[float, float]:
    """Return the scale of the text features and the base that fit the judged levels best."""
    facts = sum_of_lines(
        {name: Line(0.0, ((FACT_WEIGHTS[name],),) * len(RUNGS)) for name in FACT_FEATURES},
        features,
    )
    wanted = targets.mean(axis=1) - facts
    scale, base = np.polyfit(text, wanted, 1)
    return float(scale), float(base)


if __name__ == "__main__":
    main(*sys.argv[1:])
