"""The built-in sample city: tables of offers, needs and organisations around Nanjing."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from guantong.records import kinds
from guantong.records.kind import Side
from guantong.records.kinds.organisation import Organisation
from guantong.records.model import Need, Offer, Record
from guantong.records.tables import read_records

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA = Path(__file__).parent / "data"
_R = TypeVar("_R", bound=Record)


class Sample(NamedTuple):
    """What the sample city offers and wants, and who its organisations are."""

    offers: tuple[Offer, ...]
    needs: tuple[Need, ...]
    organisations: tuple[Organisation, ...]


def sample_files() -> Mapping[str, Path]:
    """Return the table of each kind by the kind's name: offers, then needs, then organisations."""
    order = {side: place for place, side in enumerate((Side.OFFER, Side.NEED, Side.ORGANISATION))}
    named = [kinds.get(table.stem) for table in _DATA.glob("*.csv")]
    ordered = sorted(named, key=lambda kind: (order[kind.side], kind.name))
    return MappingProxyType({kind.name: _DATA / f"{kind.name}.csv" for kind in ordered})


def judged_pairs_file() -> Path:
    """Return the table of pairs (need_id, offer_id, level 1-4) that the sample's authors judged."""
    return Path(__file__).parent / "judged_pairs.csv"


def load_sample() -> Sample:
    """Read every table of the sample city as any other table is read."""
    records = [
        record
        for kind, table in sample_files().items()
        for record in read_records(table, kind=kind, strict=True).records
    ]
    return Sample(_of(records, Offer), _of(records, Need), _of(records, Organisation))


def _of(records: list[Record], side: type[_R]) -> tuple[_R, ...]:
    return tuple(record for record in records if isinstance(record, side))
