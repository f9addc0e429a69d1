"""Index, retrieve, rank, explain, learn, evaluate.

The names below are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guantong.matching.assignment import assign
    from guantong.matching.board import match_board
    from guantong.matching.conditions import Conditions
    from guantong.matching.evaluation import Evaluation, Judgement, evaluate
    from guantong.matching.explain import Explanation
    from guantong.matching.index import Index, IndexBuilder, text_reader
    from guantong.matching.learning import Learned, learn
    from guantong.matching.matcher import Effort, Found, Matcher
    from guantong.matching.model import RankingModel, load_model, save_model
    from guantong.matching.pairs import Match, PairScore, PairScorer

__all__ = [
    "Conditions",
    "Effort",
    "Evaluation",
    "Explanation",
    "Found",
    "Index",
    "IndexBuilder",
    "Judgement",
    "Learned",
    "Match",
    "Matcher",
    "PairScore",
    "PairScorer",
    "RankingModel",
    "assign",
    "evaluate",
    "learn",
    "load_model",
    "match_board",
    "save_model",
    "text_reader",
]

_MODULES = {
    "assignment": ("assign",),
    "board": ("match_board",),
    "conditions": ("Conditions",),
    "evaluation": ("Evaluation", "Judgement", "evaluate"),
    "explain": ("Explanation",),
    "index": ("Index", "IndexBuilder", "text_reader"),
    "learning": ("Learned", "learn"),
    "matcher": ("Effort", "Found", "Matcher"),
    "model": ("RankingModel", "load_model", "save_model"),
    "pairs": ("Match", "PairScore", "PairScorer"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
