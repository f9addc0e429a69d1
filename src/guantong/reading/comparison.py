"""The same indicator in several documents side by side, and what only one of them promises."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guantong.errors import InputError
from guantong.reading.names import indicator_name, join_alike, unit_key
from guantong.reading.sources import labels
from guantong.reading.statements import Change, IndicatorFacts, Modality, SupportFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guantong.reading.sources import Reading, Source
    from guantong.reading.statements import Statement


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a document; ``place`` is set where it is not that of the whole document."""

    facts: IndicatorFacts
    source: Source
    place: str | None
    confidence: float

    @property
    def promised(self) -> bool:
        """Whether the figure is a target."""
        return self.facts.modality is Modality.TARGET


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator with the figures of each document, in the order of the documents.

    ``name`` is the wording used most, ``names`` all of them; ``unit`` and ``change`` are those of
    every figure in the row.
    """

    name: str
    names: tuple[str, ...]
    unit: str
    change: Change
    headline: bool
    figures: tuple[tuple[Figure, ...], ...]

    @property
    def documents(self) -> int:
        """In how many documents the indicator occurs."""
        return sum(1 for cell in self.figures if cell)

    @property
    def promised_by(self) -> tuple[bool, ...]:
        """For each document, whether it sets a target."""
        return tuple(any(figure.promised for figure in cell) for cell in self.figures)


@dataclass(frozen=True, slots=True)
class Benefit:
    """One support of a document."""

    facts: SupportFacts
    source: Source


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """What several documents promise to the same beneficiary by the same instrument."""

    beneficiary: str
    instrument: str
    benefits: tuple[tuple[Benefit, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Documents side by side.

    ``shared`` are the indicators of two or more documents, the headline figures first; ``alone``
    are the targets that one document sets and no other mentions; ``benefits`` the supports.
    """

    readings: tuple[Reading, ...]
    labels: tuple[str, ...]
    shared: tuple[Row, ...]
    alone: tuple[Row, ...]
    benefits: tuple[BenefitRow, ...]

    def alone_in(self, place: int) -> tuple[Row, ...]:
        """Return the targets that only the document at ``place`` sets."""
        return tuple(row for row in self.alone if row.figures[place])


def compare(readings: Sequence[Reading]) -> Comparison:
    """Align what two or more documents count and promise; fewer raise ``InputError``."""
    if len(readings) < 2:
        raise InputError("reading.error.two_needed", count=len(readings))
    rows = _rows(readings)
    alone = (row for row in rows if row.documents == 1 and any(row.promised_by))
    return Comparison(
        readings=tuple(readings),
        labels=labels(tuple(readings)),
        shared=tuple(sorted((row for row in rows if row.documents > 1), key=_shared_order)),
        alone=tuple(sorted((_only_targets(row) for row in alone), key=_alone_order)),
        benefits=_benefit_rows(readings),
    )


def _shared_order(row: Row) -> tuple[object, ...]:
    first = next(cell[0].source.span.start for cell in row.figures if cell)
    return not row.headline, -sum(row.promised_by), -row.documents, first, row.name


def _alone_order(row: Row) -> tuple[object, ...]:
    place = next(place for place, cell in enumerate(row.figures) if cell)
    return place, not row.headline, row.figures[place][0].source.span.start


def _only_targets(row: Row) -> Row:
    cells = tuple(tuple(each for each in cell if each.promised) for cell in row.figures)
    return Row(row.name, row.names, row.unit, row.change, row.headline, cells)


_Key = tuple[str, str, Change]


def _rows(readings: Sequence[Reading]) -> list[Row]:
    found: dict[_Key, list[tuple[int, Figure]]] = defaultdict(list)
    for place, reading in enumerate(readings):
        for statement in reading.statements:
            facts = statement.facts
            if not isinstance(facts, IndicatorFacts):
                continue
            name = indicator_name(facts.indicator)
            if not name.generic:
                key = (name.key, unit_key(facts.unit), facts.change)
                found[key].append((place, _figure(reading, statement, facts)))
    return [_row(group, len(readings)) for group in _joined(found).values()]


def _figure(reading: Reading, statement: Statement, facts: IndicatorFacts) -> Figure:
    region = reading.document.head.region
    said = indicator_name(facts.indicator).place or facts.place or ""
    own = not said or not region or said in region or region in said
    return Figure(facts, reading.source(statement), None if own else said, statement.confidence)


def _joined(
    found: dict[_Key, list[tuple[int, Figure]]],
) -> dict[_Key, list[tuple[int, Figure]]]:
    """Join the groups of one unit and direction whose names are alike."""
    by_unit: dict[tuple[str, Change], dict[str, list[int]]] = defaultdict(dict)
    for (name, unit, change), members in found.items():
        by_unit[unit, change][name] = [place for place, _ in members]
    joined: dict[_Key, list[tuple[int, Figure]]] = defaultdict(list)
    for (unit, change), names in by_unit.items():
        for name, group in join_alike(names).items():
            joined[group, unit, change] += found[name, unit, change]
    return joined


def _row(members: list[tuple[int, Figure]], documents: int) -> Row:
    names = Counter(figure.facts.indicator for _, figure in members)
    ranked = sorted(names, key=lambda name: (-names[name], len(name), name))
    units = Counter(figure.facts.unit for _, figure in members)
    cells: list[list[Figure]] = [[] for _ in range(documents)]
    for place, figure in members:
        cells[place].append(figure)
    return Row(
        name=ranked[0],
        names=tuple(ranked),
        unit=units.most_common(1)[0][0],
        change=members[0][1].facts.change,
        headline=any(indicator_name(name).headline for name in ranked),
        figures=tuple(tuple(_distinct(cell)) for cell in cells),
    )


def _distinct(cell: list[Figure]) -> list[Figure]:
    """Return one of each figure, the targets first, then the latest."""
    kept: dict[tuple[object, ...], Figure] = {}
    for figure in cell:
        facts = figure.facts
        shown = (facts.value, facts.value_max, facts.comparator, facts.modality, facts.time)
        kept.setdefault((*shown, figure.place), figure)
    by_time = sorted(kept.values(), key=lambda each: each.facts.time or "", reverse=True)
    return sorted(by_time, key=lambda each: (each.place is not None, not each.promised))


def _benefit_rows(readings: Sequence[Reading]) -> tuple[BenefitRow, ...]:
    found: dict[tuple[str, str], list[tuple[int, Benefit]]] = defaultdict(list)
    for place, reading in enumerate(readings):
        for statement in reading.statements:
            facts = statement.facts
            if isinstance(facts, SupportFacts):
                name = indicator_name(facts.beneficiary or "").key
                benefit = Benefit(facts, reading.source(statement))
                found[name, facts.instrument].append((place, benefit))
    by_instrument: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for (name, instrument), members in found.items():
        by_instrument[instrument][name] = [place for place, _ in members]
    groups: dict[tuple[str, str], list[tuple[int, Benefit]]] = defaultdict(list)
    for instrument, names in by_instrument.items():
        for name, group in join_alike(names).items():
            groups[group, instrument] += found[name, instrument]
    rows = [_benefit_row(group, len(readings)) for group in groups.values()]
    return tuple(sorted(rows, key=_benefit_order))


def _benefit_order(row: BenefitRow) -> tuple[bool, int]:
    return not row.beneficiary, -sum(1 for cell in row.benefits if cell)


def _benefit_row(members: Iterable[tuple[int, Benefit]], documents: int) -> BenefitRow:
    cells: list[list[Benefit]] = [[] for _ in range(documents)]
    for place, benefit in members:
        cells[place].append(benefit)
    facts = next(cell[0].facts for cell in cells if cell)
    return BenefitRow(facts.beneficiary or "", facts.instrument, tuple(map(tuple, cells)))
