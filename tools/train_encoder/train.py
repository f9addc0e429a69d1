"""Fits one vector for each word so that the sum over a text means what the text means."""

from __future__ import annotations

import argparse
import json
import math
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from corpus import load
from sampling import Comparisons, Sampler
from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from sampling import Bag, Compared, Views

SEED = 7
# Smooth inverse frequency (SIF, ICLR 2017): the weight of a word of probability p is a/(a+p).
RARITY = 1e-3
# A word in every abstract has about this probability in running text.
IN_EVERY_TEXT = 0.03
WARM_UP = 30


class WordVectors(nn.Module):
    """Vector of word i: (teacher's vector · map + own part) · weight.

    The map is shared, so words that the papers lack move along with those that they have.
    """

    def __init__(self, teacher: np.ndarray, weights: np.ndarray, dimensions: int) -> None:
        super().__init__()
        weighted = teacher * weights[:, None]
        _, axes = np.linalg.eigh(weighted.T @ weighted)
        self.teacher = torch.from_numpy(teacher)
        self.map = nn.Parameter(torch.from_numpy(axes[:, ::-1][:, :dimensions].copy()))
        self.log_weight = torch.from_numpy(np.log(weights))
        self.own = nn.Embedding(len(teacher), dimensions, sparse=True)
        self.own_weight = nn.Embedding(len(teacher), 1, sparse=True)
        nn.init.zeros_(self.own.weight)
        nn.init.zeros_(self.own_weight.weight)

    def rows(self, words: torch.Tensor) -> torch.Tensor:
        """Return the weighted vectors of some words."""
        weight = torch.exp(self.log_weight[words, None] + self.own_weight(words))
        return (self.teacher[words] @ self.map + self.own(words)) * weight

    def texts(self, *bags: Bag) -> list[torch.Tensor]:
        """Return unit rows for bags of words; only the words that occur are computed."""
        used = np.unique(np.concatenate([bag.indices for bag in bags]))
        rows = self.rows(torch.from_numpy(used.astype(np.int64)))
        return [functional.normalize(_tensor(bag, used) @ rows, dim=1, eps=1e-6) for bag in bags]

    @torch.inference_mode()
    def table(self) -> np.ndarray:
        """Return all weighted vectors."""
        return self.rows(torch.arange(len(self.teacher))).numpy()


def main() -> None:
    """Write ``vectors.npy``: one weighted row for each word of ``vocabulary.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--dimensions", type=int, default=192)
    parser.add_argument("--steps", type=int, default=450)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--compared", type=int, default=640)
    parser.add_argument("--map-rate", type=float, default=2e-3)
    parser.add_argument("--own-rate", type=float, default=2e-3)
    parser.add_argument("--teacher-share", type=float, default=1.0)
    parser.add_argument("--hold-out", type=int, default=0)
    parser.add_argument("--name", default="vectors")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    warnings.filterwarnings("ignore", message="Sparse")
    bags = load(options.work / "bags.pickle")
    held_out = np.random.default_rng(SEED).permutation(bags["both"])[: options.hold_out]
    model = train(options, bags, held_out)
    np.save(options.work / f"{options.name}.npy", model.table().astype(np.float16))
    if len(held_out):
        cross_lingual(model, bags, held_out)


def train(options: argparse.Namespace, bags: dict[str, Any], held_out: np.ndarray) -> WordVectors:
    """Run the steps: papers tell which texts belong together, the teacher how near others are."""
    listed = json.loads((options.work / "vocabulary.json").read_text("utf-8"))
    chances = np.array([chance for _, chance in listed], np.float32)
    latin = np.array([word < "\u3000" for word, _ in listed])
    model = WordVectors(
        teacher_rows(options.work), rarity(bags, chances).astype(np.float32), options.dimensions
    )
    sampler = Sampler(bags, held_out, SEED)
    comparisons = Comparisons(bags, options.work, latin, chances, SEED)
    rates = {"map": options.map_rate, "own": options.own_rate, "weight": 9e-3}
    optimizers = {
        "map": torch.optim.Adam([model.map]),
        "own": torch.optim.SparseAdam(list(model.own.parameters())),
        "weight": torch.optim.SparseAdam(list(model.own_weight.parameters())),
    }
    started = time.monotonic()
    for step in range(options.steps):
        for part, optimizer in optimizers.items():
            optimizer.param_groups[0]["lr"] = rates[part] * schedule(step, options.steps)
            optimizer.zero_grad()
        together = belonging(model, sampler.views(options.batch))
        nearness = compared(model, comparisons.batch(options.compared))
        (together + options.teacher_share * nearness).backward()
        for optimizer in optimizers.values():
            optimizer.step()
        if step % 50 == 49:
            took = time.monotonic() - started
            print(f"{step + 1}: {together:.3f} {nearness:.3f}, {took:.0f} s", flush=True)
    return model


def teacher_rows(work: Path) -> np.ndarray:
    """Return the first teacher's unit rows without their common direction, mean length 1."""
    rows = np.load(work / "words.npy").astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rows -= rows.mean(axis=0)
    return rows / np.sqrt((rows**2).sum(axis=1).mean())


def rarity(bags: dict[str, Any], chances: np.ndarray) -> np.ndarray:
    """Return the weight each word begins with."""
    both = bags["both"]
    share = sum(
        np.asarray((bags[side][:both] > 0).sum(axis=0)).ravel() / both
        for side in ("abstract", "abstract_en")
    )
    return RARITY / (RARITY + np.maximum(IN_EVERY_TEXT * share, chances))


def belonging(model: WordVectors, views: Views, temperature: float = 0.05) -> torch.Tensor:
    """Contrast each text with the others of the batch, in both directions."""
    asked, found = model.texts(views.asked, views.found)
    near = asked @ found.T / temperature
    own = torch.arange(len(near))
    return (functional.cross_entropy(near, own) + functional.cross_entropy(near.T, own)) / 2


def compared(model: WordVectors, batch: Compared, temperature: float = 0.08) -> torch.Tensor:
    """Make each text as near to the others as the second teacher finds them.

    Texts of two languages are not compared: that teacher is weak across languages.
    """
    (rows,) = model.texts(batch.texts)
    english = torch.from_numpy(batch.english)
    barred = english[:, None] != english[None, :]
    barred |= torch.eye(len(rows), dtype=torch.bool)
    taught = torch.from_numpy(batch.vectors)
    aim = torch.softmax((taught @ taught.T / temperature).masked_fill(barred, -1e9), dim=1)
    return functional.cross_entropy((rows @ rows.T / temperature).masked_fill(barred, -1e9), aim)


def schedule(step: int, steps: int) -> float:
    """Warm up, then fall along a cosine to a twentieth."""
    return min(1.0, (step + 1) / WARM_UP) * (0.05 + 0.475 * (1 + math.cos(math.pi * step / steps)))


def cross_lingual(model: WordVectors, bags: dict[str, Any], held_out: np.ndarray) -> None:
    """Print how well held-out Chinese titles find their English abstracts among all."""
    with torch.inference_mode():
        titles, abstracts = model.texts(
            bags["title"][held_out], bags["abstract_en"][: bags["both"]]
        )
        near = titles @ abstracts.T
    own = near[torch.arange(len(held_out)), torch.from_numpy(held_out)]
    ranks = (near > own[:, None]).sum(dim=1) + 1
    first_ten = ranks <= 10
    mrr = torch.where(first_ten, 1 / ranks, 0.0).mean()
    print(f"held out {len(held_out)}: MRR@10 {mrr:.3f}, Recall@10 {first_ten.float().mean():.3f}")


def _tensor(bag: Bag, used: np.ndarray) -> torch.Tensor:
    """Return a bag as a sparse tensor over the words in use."""
    return torch.sparse_csr_tensor(
        torch.from_numpy(bag.indptr.astype(np.int64)),
        torch.from_numpy(np.searchsorted(used, bag.indices).astype(np.int64)),
        torch.from_numpy(bag.data.astype(np.float32)),
        (bag.shape[0], len(used)),
    )


if __name__ == "__main__":
    main()
