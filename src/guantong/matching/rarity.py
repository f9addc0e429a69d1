"""How rare words and character grams are in Chinese research texts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

SHIPPED = Path(__file__).parent / "data" / "rarity.npz"
STEPS = 16
"""Rarities are stored as whole sixteenths."""


@dataclass(frozen=True, slots=True, eq=False)
class Rarity:
    """ln((texts + 1) / (texts with it + ½)) of each word code and each hashed character pair."""

    words: npt.NDArray[np.float32]
    grams: npt.NDArray[np.float32]


@cache
def shipped_rarity() -> Rarity:
    """Return the shipped rarities, counted in the ChinaXiv abstracts (see the model card)."""
    with np.load(SHIPPED, allow_pickle=False) as stored:
        return Rarity(
            words=stored["words"].astype(np.float32) / STEPS,
            grams=stored["grams"].astype(np.float32) / STEPS,
        )
