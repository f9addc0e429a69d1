"""Matches as files and on a terminal: workbook, CSV, JSON lines, page, tables.

The names below are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guantong.matching.reports.building import assigned, match_all
    from guantong.matching.reports.model import Answer, Lack, MatchReport, NeedMatches, Unmatched
    from guantong.matching.reports.objects import match_object
    from guantong.matching.reports.reasons import Reason, sentences
    from guantong.matching.reports.writing import ENDINGS, write_report

__all__ = [
    "ENDINGS",
    "Answer",
    "Lack",
    "MatchReport",
    "NeedMatches",
    "Reason",
    "Unmatched",
    "assigned",
    "match_all",
    "match_object",
    "sentences",
    "write_report",
]

_MODULES = {
    "building": ("assigned", "match_all"),
    "model": ("Answer", "Lack", "MatchReport", "NeedMatches", "Unmatched"),
    "objects": ("match_object",),
    "reasons": ("Reason", "sentences"),
    "writing": ("ENDINGS", "write_report"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
