"""Figures of a comparison in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guantong.messages import render
from guantong.reading.wording import figure

if TYPE_CHECKING:
    from guantong.messages import Language
    from guantong.reading.comparison import Figure
    from guantong.reading.statements import IndicatorFacts


def told(each: Figure, lang: Language) -> str:
    """Return a figure with its standing, time and, where it differs, place."""
    return f"{of_place(each, lang)}{figure(each.facts, lang)} ({standing(each.facts, lang)})"


def standing(facts: IndicatorFacts, lang: Language) -> str:
    """Return whether a figure is a target, and for when: ``目标 2026``."""
    modality = render(f"reading.modality.{facts.modality.value}", lang)
    return f"{modality} {facts.time}" if facts.time else modality


def of_place(each: Figure, lang: Language) -> str:
    """Return whose figure it is, empty where it is that of the whole document."""
    if not each.place:
        return ""
    return render("reading.comparison.different_place", lang, place=each.place)
