"""The records that Guantong keeps: frozen, typed, with their source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from guantong.text.indicators import Indicator

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Disclosure(StrEnum):
    """Who may read a record in full."""

    PUBLIC = "public"
    REGISTERED = "registered"
    NAMED = "named"


class PriceMode(StrEnum):
    """How a price is found: by agreement, listing, auction, a fixed figure, or not yet."""

    NEGOTIATED = "negotiated"
    LISTED = "listed"
    AUCTION = "auction"
    FIXED = "fixed"
    FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a record was read: a file and, in a table, the sheet and row (1-based)."""

    file: str
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Maturity:
    """Technology readiness (TRL 1-9, GB/T 22900) and what it rests on.

    ``derived`` says that the level was read off the word in ``stage`` and not assessed by anybody.
    """

    level: int
    stage: str = ""
    evidence: str = ""
    derived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount or a range in 元; ``None`` leaves that end open."""

    low: Decimal | None = None
    high: Decimal | None = None
    mode: PriceMode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patent:
    """A patent that protects what is offered."""

    number: str
    kind: str = ""
    status: str = ""
    expiry: date | None = None
    holder: str = ""


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every record has, whatever its kind.

    ``organisation`` offers or wants; ``region`` is the place as worded; ``fields`` are technology
    fields from coarse to fine; ``industries`` are GB/T 4754 codes; ``modes`` are the ways of
    cooperation (转让, 许可, 作价入股, …); ``extra`` keeps columns that no field claims.
    """

    id: str
    title: str
    organisation: str = ""
    region: str = ""
    fields: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: str = ""
    description: str = ""
    indicators: tuple[Indicator, ...] = ()
    maturity: Maturity | None = None
    modes: tuple[str, ...] = ()
    money: Money | None = None
    valid_until: date | None = None
    disclosure: Disclosure = Disclosure.PUBLIC
    provenance: Provenance | None = None
    extra: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, kw_only=True)
class Offer(Record):
    """Anything that can be had (供给)."""

    patents: tuple[Patent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Need(Record):
    """Anything that is wanted (需求)."""

    deadline: date | None = None
    excluded_organisations: tuple[str, ...] = ()
