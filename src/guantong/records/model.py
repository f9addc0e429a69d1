"""The records that Guantong keeps: frozen, typed, with their source."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from decimal import Decimal

    from guantong.text.indicators import Indicator


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to call: restricted personal data, shown on request and never searched."""

    name: str = ""
    phone: str = ""
    mobile: str = ""


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every record has, whatever its kind.

    ``organisation`` offers or wants; ``region`` is the place as worded; ``fields`` are technology
    fields from coarse to fine; ``industries`` are GB/T 4754 codes; ``key_industries`` are a city's
    own priority industries; ``modes`` are the ways of cooperation (转让, 许可, 作价入股, …);
    ``reviewed_at`` is when the publisher's review ended (local time); ``extra`` keeps columns that
    no field claims. Two records that differ in ``provenance`` only are equal.
    """

    kind: ClassVar[str] = ""

    id: str
    title: str
    title_en: str = ""
    organisation: str = ""
    region: str = ""
    fields: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    key_industries: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    keywords_en: tuple[str, ...] = ()
    summary: str = ""
    description: str = ""
    description_en: str = ""
    indicators: tuple[Indicator, ...] = ()
    maturity: Maturity | None = None
    modes: tuple[str, ...] = ()
    money: Money | None = None
    valid_until: date | None = None
    disclosure: Disclosure = Disclosure.PUBLIC
    carbon_related: bool | None = None
    contact: Contact | None = None
    reviewed_at: datetime | None = None
    provenance: Provenance | None = field(default=None, compare=False)
    extra: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class Offer(Record):
    """Anything that can be had (供给)."""

    patents: tuple[Patent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Need(Record):
    """Anything that is wanted (需求)."""

    deadline: date | None = None
    excluded_organisations: tuple[str, ...] = ()
