"""Speed and quality of encoders beside BM25 on the same texts in the same run.

    python benchmarks/encoders_bench.py [--shared DIR] [--encoder SPEC ...] [--texts 20000]

Speed is measured on synthetic abstracts of 150 characters. Quality needs the measuring data in
DIR (``eval/matching`` and ``data``) and is left out without it. Nothing is trained here.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from guantong.matching.encoders import Encoder, StaticEncoder, get_encoder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEED = 20260101
PHRASES = (
    "针对现有设备能耗高的问题，提出一种改进的控制方法。",
    "采用溶胶凝胶法制备了纳米复合材料，并测定其力学性能。",
    "结果表明，该工艺使抗拉强度提高12.5%，成本下降三成。",
    "设计了基于深度学习的缺陷检测系统，准确率达到98%以上。",
    "通过田间试验比较不同施肥处理对水稻产量的影响。",
    "该装置包括机架、驱动电机、传动轴和夹紧机构。",
    "建立了锂离子电池热失控的数值模型并加以验证。",
    "We propose a lightweight network for remote sensing images.",
)
QUERY = "老式污水处理设备出水氨氮超标，想找能耗低、改造快的脱氮办法，出水氨氮低于5mg/L"


def main() -> None:
    """Print the figures of every encoder that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--encoder", action="append", default=[])
    parser.add_argument("--texts", type=int, default=20_000)
    options = parser.parse_args()
    specs = options.encoder or ["default"]
    for spec in specs:
        speed(spec, options.texts)
    if (options.shared / "eval" / "matching").is_dir():
        quality(specs, options.shared)
    else:
        print(f"no measuring data in {options.shared}: quality left out")


def speed(spec: str, count: int) -> None:
    """Print loading time, throughput on one and two threads, and the time of one query."""
    started = time.perf_counter()
    encoder = get_encoder(spec)
    loaded = time.perf_counter() - started
    encoder.encode([QUERY])
    texts = abstracts(count)
    one = rate(encoder.encode, [texts])
    two = rate(encoder.encode, [texts[: count // 2], texts[count // 2 :]])
    if isinstance(encoder, StaticEncoder):
        cut = [encoder.words(text) for text in texts]
        print(f"{spec:24} vectors of cut words {rate(encoder.encode_words, [cut]):9,.0f} texts/s")
    times = []
    for _ in range(300):
        started = time.perf_counter()
        encoder.encode([QUERY])
        times.append(time.perf_counter() - started)
    print(
        f"{spec:24} load {loaded * 1e3:6.0f} ms   one thread {one:9,.0f} texts/s   "
        f"two threads {two:9,.0f} texts/s   query p50 {np.median(times) * 1e3:.3f} ms"
    )


def abstracts(count: int) -> list[str]:
    """Draw texts of about 150 characters from one seed."""
    draw = random.Random(SEED)
    return ["".join(draw.choices(PHRASES, k=6))[:150] for _ in range(count)]


def rate(work: Callable[[Any], object], parts: Sequence[Sequence[object]]) -> float:
    """Return entries per second with one thread for each part."""
    started = time.perf_counter()
    with ThreadPoolExecutor(len(parts)) as pool:
        list(pool.map(work, parts))
    return sum(map(len, parts)) / (time.perf_counter() - started)


def quality(specs: Sequence[str], shared: Path) -> None:
    """Print each encoder's figures beside those of BM25 on words."""
    cut = StaticEncoder().words
    matching = shared / "eval" / "matching"
    needs = read(matching / "plain_needs.jsonl")
    offers = read(shared / "data" / "research_results.jsonl.gz")
    at = {offer["id"]: row for row, offer in enumerate(offers)}
    wanted = {
        row["need_id"]: at[row["offer_id"]] for row in table(matching / "plain_needs_targets.csv")
    }
    targets = np.array([wanted[need["id"]] for need in needs])
    need_texts = [joined(need) for need in needs]
    offer_texts = [joined(offer) for offer in offers]
    lexical = bm25([cut(text) for text in offer_texts], [cut(text) for text in need_texts])
    report("plain needs", "BM25", known_item(lexical, targets))
    encoders = [(spec, get_encoder(spec)) for spec in specs]
    for spec, encoder in encoders:
        near = encoder.encode(need_texts) @ encoder.encode(offer_texts).T
        report("plain needs", spec, known_item(near, targets))
        summed = 0.3 * standardized(lexical) + 0.7 * standardized(near)
        report("plain needs", f"BM25 + {spec}", known_item(summed, targets))
    judged_pairs(encoders, matching)
    pairs = read(shared / "data" / "chinaxiv_zh_en.jsonl.gz")
    for spec, encoder in encoders:
        abstracts_en = encoder.encode([pair["en_abstract"] for pair in pairs])
        near = encoder.encode([pair["title"] for pair in pairs]) @ abstracts_en.T
        report("zh title → en abstract", spec, known_item(near, np.arange(len(pairs))))


def judged_pairs(encoders: Sequence[tuple[str, Encoder]], matching: Path) -> None:
    """Print nDCG@10 over the judged pairs of each need."""
    needs = read(matching / "needs.jsonl")
    offers = read(matching / "achievements.jsonl")
    need_at = {need["id"]: row for row, need in enumerate(needs)}
    offer_at = {offer["id"]: row for row, offer in enumerate(offers)}
    rows = table(matching / "judged_pairs.csv")
    left = np.array([need_at[row["need_id"]] for row in rows])
    right = np.array([offer_at[row["achievement_id"]] for row in rows])
    levels = np.array([int(row["level"]) for row in rows])
    for spec, encoder in encoders:
        one = encoder.encode([joined(need) for need in needs])
        other = encoder.encode([offer["title"] for offer in offers])
        near = np.einsum("ij,ij->i", one[left], other[right])
        report("judged pairs", spec, {"nDCG@10": ndcg(left, levels, near)})


def bm25(offers: list[list[str]], needs: list[list[str]]) -> np.ndarray:
    """Return Okapi BM25 (k1 1.2, b 0.75) of every need with every offer."""
    postings: dict[str, list[tuple[int, int]]] = {}
    for row, words in enumerate(offers):
        for word, count in Counter(words).items():
            postings.setdefault(word, []).append((row, count))
    lengths = np.array([len(words) for words in offers])
    slack = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
    scores = np.zeros((len(needs), len(offers)), np.float32)
    for number, words in enumerate(needs):
        for word in set(words) & postings.keys():
            rows, counts = np.array(postings[word]).T
            rarity = np.log(1 + (len(offers) - len(rows) + 0.5) / (len(rows) + 0.5))
            scores[number, rows] += rarity * counts * 2.2 / (counts + slack[rows])
    return scores


def known_item(scores: np.ndarray, targets: np.ndarray) -> dict[str, float]:
    """Return MRR@10 and the recall of the one right row at 10 and 100."""
    own = scores[np.arange(len(targets)), targets][:, None]
    ranks = (scores > own).sum(axis=1) + 1
    return {
        "MRR@10": float(np.where(ranks <= 10, 1 / ranks, 0).mean()),
        "R@10": float((ranks <= 10).mean()),
        "R@100": float((ranks <= 100).mean()),
    }


def ndcg(groups: np.ndarray, levels: np.ndarray, scores: np.ndarray) -> float:
    """Return mean nDCG@10 with gain 2^level - 1 over needs with 5 pairs and one of level 3 or 4."""
    discounts = 1 / np.log2(np.arange(2, 12))
    found = []
    for group in np.unique(groups):
        rows = np.flatnonzero(groups == group)
        gains = 2.0 ** levels[rows] - 1
        if len(rows) >= 5 and levels[rows].max() >= 3:
            order = np.argsort(-scores[rows], kind="stable")[:10]
            best = np.sort(gains)[::-1][:10]
            found.append((gains[order] @ discounts[: len(order)]) / (best @ discounts[: len(best)]))
    return float(np.mean(found))


def standardized(scores: np.ndarray) -> np.ndarray:
    """Return the scores of each need with mean 0 and deviation 1."""
    return (scores - scores.mean(1, keepdims=True)) / scores.std(1, keepdims=True)


def joined(record: dict[str, Any]) -> str:
    """Return title and body of a need or an offer as one text."""
    return f"{record['title']}。{record.get('description') or record.get('abstract') or ''}"


def read(file: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file, compressed or not."""
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def table(file: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def report(task: str, who: str, figures: dict[str, float]) -> None:
    """Print one line of figures."""
    shown = "   ".join(f"{name} {value:.3f}" for name, value in figures.items())
    print(f"{task:24} {who:24} {shown}")


if __name__ == "__main__":
    main()
