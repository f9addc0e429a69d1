"""Matches and the reasoning of one pair as tables on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guantong.matching.reports.gaps import gap_lines, gap_summary
from guantong.matching.reports.reasons import reasons, summed
from guantong.matching.reports.wording import kind_name, level_name, signed
from guantong.matching.reports.wrapping import Wrapped
from guantong.messages import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType
    from rich.table import Table

    from guantong.matching.pairs import Match
    from guantong.matching.reports.model import Answer, MatchReport, NeedMatches, Unmatched
    from guantong.messages import Language
    from guantong.records import Need, Offer, Record

_LEVEL_STYLES = {4: "bold green", 3: "green", 2: "yellow", 1: "dim"}
_VERDICT_STYLES = {"met": "green", "short": "red", "partly": "yellow", "unknown": "dim"}


def match_tables(
    report: MatchReport, lang: Language = "zh", *, reasons_shown: int = 3
) -> Iterator[RenderableType]:
    """Yield a table for each need, then the needs without a match."""
    for each in report.needs:
        if each.answers:
            yield from _need_table(each, lang, reasons_shown)
    if lacking := report.unmatched():
        yield unmatched_table(lacking, lang)


def pair_tables(
    need: Need, offer: Offer, match: Match, lang: Language = "zh"
) -> Iterator[RenderableType]:
    """Yield the whole reasoning of one pair: both sides, the sum, and the gap table."""
    from rich.text import Text

    yield Text(render("terminal.need", lang, name=_named(need)), "bold")
    yield Text(render("terminal.offer", lang, name=_named(offer)), "bold")
    yield _verdict(match, lang)
    yield _sum_table(match, lang)
    if lines := gap_lines(match.explanation, lang):
        table = _table(
            lang, "gap_row", "gap_name", "wanted", "offered", "verdict", "missing", "note"
        )
        for line in lines:
            table.add_row(
                Text(render(f"part.{line.row}", lang)),
                *map(Wrapped, (line.name, line.wanted, line.offered)),
                Text(line.verdict_name, _VERDICT_STYLES[line.verdict.value]),
                Text(line.missing),
                Wrapped(line.note, "dim"),
            )
        yield table


def unmatched_table(lacking: Iterable[Unmatched], lang: Language = "zh") -> Table:
    """Return the table of needs that have no match."""
    from rich.text import Text

    table = _table(lang, "need_id", "need_title", "lack")
    table.title = render("terminal.unmatched", lang)
    table.title_justify = "left"
    for each in lacking:
        name = each.nearest.offer.title if each.nearest else ""
        why = render(f"lack.{each.lack.value}", lang, name=name)
        table.add_row(Text(each.need.id), Wrapped(each.need.title), Wrapped(why))
    return table


def _need_table(found: NeedMatches, lang: Language, shown: int) -> Iterator[RenderableType]:
    from rich.text import Text

    need = found.need
    yield Text.assemble(("■ ", "cyan"), (need.title, "bold"), (f"  {_about(need)}", "dim"))
    table = _table(lang, "rank", "level_name", "score", "offer_title", "reason")
    table.columns[0].justify = table.columns[2].justify = "right"
    for column in table.columns[:3]:
        column.no_wrap = True
    table.columns[3].ratio, table.columns[4].ratio = 2, 5
    for answer in found.answers:
        match = answer.match
        table.add_row(
            Text(str(match.rank)),
            Text(level_name(match.level, lang), _LEVEL_STYLES[match.level]),
            Text(f"{match.score:.2f}"),
            _offer(answer, lang),
            _told(match, lang, shown),
        )
    yield table


def _offer(answer: Answer, lang: Language) -> RenderableType:
    from rich.console import Group

    offer = answer.offer
    about = (kind_name(offer.kind, lang), offer.organisation, offer.id)
    return Group(Wrapped(offer.title), Wrapped(" · ".join(filter(None, about)), "dim"))


def _told(match: Match, lang: Language, shown: int) -> RenderableType:
    lines = [reason.with_amount(lang) for reason in reasons(match, lang)[:shown]]
    if wishes := gap_summary(match.explanation, lang):
        lines.append(render("terminal.wishes", lang, summary=wishes))
    return Wrapped("\n".join(lines), mark="· ")


def _verdict(match: Match, lang: Language) -> RenderableType:
    from rich.text import Text

    chances = [
        f"{level_name(level, lang)} {share:.0%}"
        for level, share in enumerate(match.probabilities, 1)
    ]
    sentence = render(
        "terminal.verdict",
        lang,
        level=match.level,
        name=level_name(match.level, lang),
        score=f"{match.score:.2f}",
        chances=render("reason.comma", lang).join(chances),
    )
    return Text(sentence, _LEVEL_STYLES[match.level])


def _sum_table(match: Match, lang: Language) -> Table:
    from rich.text import Text

    told = summed(match, lang)
    table = _table(lang, "amount", "part", "reason")
    table.columns[0].justify = "right"
    for step in told.steps():
        style = "red" if step.amount < 0 else "green"
        part = render(f"part.{step.part}", lang)
        table.add_row(Text(signed(step.amount), style), Text(part), Wrapped(step.text))
    table.add_section()
    table.add_row(Text(f"{told.score:.2f}", "bold"), Text(render("column.score", lang)), Text(""))
    return table


def _table(lang: Language, *columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=True)
    for key in columns:
        table.add_column(render(f"column.{key}", lang), overflow="fold")
    return table


def _named(record: Record) -> str:
    return f"{record.title}  {_about(record)}"


def _about(record: Record) -> str:
    return " · ".join(filter(None, (record.id, record.organisation, record.region)))
