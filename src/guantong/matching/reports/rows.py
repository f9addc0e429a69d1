"""Matches as table rows: the columns of the workbook's sheets and of the CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from guantong.matching.reports.gaps import gap_lines, gap_summary
from guantong.matching.reports.model import Lack
from guantong.matching.reports.reasons import near_words, reasons, same_words
from guantong.matching.reports.wording import kind_name, level_name
from guantong.messages import render
from guantong.records.tables.csv_file import write_guarded_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guantong.matching.reports.model import Answer, MatchReport, Unmatched
    from guantong.messages import Language
    from guantong.records import Need

MATCHES = (
    "need_id",
    "need_title",
    "need_organisation",
    "rank",
    "level",
    "level_name",
    "score",
    "offer_id",
    "offer_title",
    "offer_kind",
    "offer_organisation",
    "offer_region",
    "shared",
    "wishes",
    "reason",
)
"""The columns of a match, by key."""

GAPS = (
    "need_id",
    "need_title",
    "rank",
    "offer_id",
    "offer_title",
    "gap_row",
    "gap_name",
    "wanted",
    "offered",
    "verdict",
    "missing",
    "note",
)
REASONS = (
    "need_id",
    "need_title",
    "rank",
    "offer_id",
    "offer_title",
    "part",
    "reason",
    "amount",
)
UNMATCHED = (
    "need_id",
    "need_title",
    "need_organisation",
    "lack",
    "nearest_id",
    "nearest_title",
    "score",
)
_TOP_REASONS = 3
_SCORE_PLACES = 4
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a report: its name, its columns by key and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def headers(columns: tuple[str, ...], lang: Language) -> list[str]:
    """Return the headers of some columns."""
    return [render(f"column.{key}", lang) for key in columns]


def sheets(report: MatchReport, lang: Language = "zh") -> tuple[Sheet, ...]:
    """Return the four tables of a report: matches, gaps, reasons, and needs without a match."""
    matches: list[Row] = []
    gaps: list[Row] = []
    told: list[Row] = []
    for need, answer in report.answers():
        matches.append(match_row(need, answer, lang))
        gaps += _gap_rows(need, answer, lang)
        told += _reason_rows(need, answer, lang)
    lacking = [_unmatched_row(each, lang) for each in report.unmatched()]
    found = ((MATCHES, matches), (GAPS, gaps), (REASONS, told), (UNMATCHED, lacking))
    names = ("matches", "gaps", "reasons", "unmatched")
    return tuple(
        Sheet(render(f"sheet.{name}", lang), columns, tuple(rows))
        for name, (columns, rows) in zip(names, found, strict=True)
    )


def match_row(need: Need, answer: Answer, lang: Language = "zh") -> Row:
    """Return one match as a row under :data:`MATCHES`."""
    match, offer = answer.match, answer.offer
    comma = render("reason.comma", lang)
    told = reasons(match, lang)[:_TOP_REASONS]
    terms = match.explanation.terms
    return (
        need.id,
        need.title,
        need.organisation,
        match.rank,
        match.level,
        level_name(match.level, lang),
        round(match.score, _SCORE_PLACES),
        offer.id,
        offer.title,
        kind_name(offer.kind, lang),
        offer.organisation,
        offer.region,
        comma.join([*same_words(terms), *near_words(terms)]),
        gap_summary(match.explanation, lang),
        "\n".join(reason.with_amount(lang) for reason in told),
    )


def _gap_rows(need: Need, answer: Answer, lang: Language) -> Iterator[Row]:
    for line in gap_lines(answer.match.explanation, lang):
        yield (
            *_pair(need, answer),
            render(f"part.{line.row}", lang),
            line.name,
            line.wanted,
            line.offered,
            line.verdict_name,
            line.missing,
            line.note,
        )


def _reason_rows(need: Need, answer: Answer, lang: Language) -> Iterator[Row]:
    for reason in reasons(answer.match, lang):
        part = render(f"part.{reason.part}", lang)
        yield (*_pair(need, answer), part, reason.text, round(reason.amount, _SCORE_PLACES))


def _pair(need: Need, answer: Answer) -> Row:
    return (need.id, need.title, answer.match.rank, answer.offer.id, answer.offer.title)


def _unmatched_row(lacking: Unmatched, lang: Language) -> Row:
    need, nearest = lacking.need, lacking.nearest
    name = nearest.offer.title if nearest else ""
    return (
        need.id,
        need.title,
        need.organisation,
        render(f"lack.{lacking.lack.value}", lang, name=name),
        nearest.offer.id if nearest and lacking.lack is Lack.WEAK else "",
        name,
        round(nearest.match.score, _SCORE_PLACES) if nearest else None,
    )


def write_csv_rows(target: TextIO, report: MatchReport, lang: Language = "zh") -> None:
    """Write one row for each match; no cell is run as a formula by a spreadsheet."""
    rows = (match_row(need, answer, lang) for need, answer in report.answers())
    write_guarded_rows(target, headers(MATCHES, lang), rows)
