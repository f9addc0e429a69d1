"""Typed records of what is offered and wanted, and the tables they come in."""

from __future__ import annotations

from guantong.records import kinds
from guantong.records.kind import Kind, SearchParts, Side
from guantong.records.model import (
    Contact,
    Disclosure,
    Maturity,
    Money,
    Need,
    Offer,
    Patent,
    PriceMode,
    Provenance,
    Record,
)
from guantong.records.problems import Problem, Severity

__all__ = [
    "Contact",
    "Disclosure",
    "Kind",
    "Maturity",
    "Money",
    "Need",
    "Offer",
    "Patent",
    "PriceMode",
    "Problem",
    "Provenance",
    "Record",
    "SearchParts",
    "Severity",
    "Side",
    "kinds",
]
