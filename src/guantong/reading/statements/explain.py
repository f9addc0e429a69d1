"""Say in words by which rules a record was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guantong.messages import render

if TYPE_CHECKING:
    from guantong.messages import Language
    from guantong.reading.statements.model import Statement


def explain(statement: Statement, lang: Language = "zh") -> list[str]:
    """Return a sentence for each rule of the record's trail, in the order they applied."""
    return [render(f"statements.rule.{rule}", lang) for rule in statement.trail]
