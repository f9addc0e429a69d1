"""A report as one self-contained page: no script, nothing from any other host."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING, TextIO

from guantong.matching.reports.gaps import GapLine, gap_lines, gap_summary
from guantong.matching.reports.reasons import Sum, summed
from guantong.matching.reports.wording import kind_name, level_name, signed
from guantong.messages import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guantong.matching.reports.model import Answer, MatchReport, NeedMatches, Unmatched
    from guantong.messages import Language
    from guantong.records import Record

_TAGS = {"zh": "zh-CN", "en": "en"}
_GAP_COLUMNS = ("gap_name", "wanted", "offered", "verdict", "missing", "note")
_BETWEEN = " · "
_CONTENTS_OPEN = 20


def write_page(target: TextIO, report: MatchReport, lang: Language = "zh") -> None:
    """Write the page: an overview, a section for each need, and the needs without a match."""
    target.writelines(f"{line}\n" for line in _page(report, lang))


def _page(report: MatchReport, lang: Language) -> Iterator[str]:
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    title = escape(render("page.title", lang))
    yield "<!doctype html>"
    yield f'<html lang="{_TAGS[lang]}">'
    yield '<head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>"
    yield f"<style>\n{style}</style></head>"
    yield f"<body><header><h1>{title}</h1>"
    yield from _overview(report, lang)
    yield "</header><main>"
    for place, found in enumerate(report.needs, 1):
        yield from _section(place, found, lang)
    yield from _unmatched(report.unmatched(), lang)
    yield "</main></body></html>"


def _overview(report: MatchReport, lang: Language) -> Iterator[str]:
    matches = sum(len(found.answers) for found in report.needs)
    needs = len(report.needs) + len(report.expired)
    yield _p(render("page.summary", lang, needs=needs, matches=matches))
    yield '<ul class="counts">'
    for level, count in report.level_counts().items():
        counted = escape(render("page.needs", lang, count=count))
        yield f"<li>{_chip(level, lang)} {counted}</li>"
    yield "</ul>"
    yield _p(render("page.how", lang), "soft")
    contents = escape(render("page.contents", lang))
    opened = " open" if len(report.needs) <= _CONTENTS_OPEN else ""
    yield f'<nav aria-label="{contents}"><details{opened}><summary>{contents}</summary><ol>'
    for place, found in enumerate(report.needs, 1):
        level = found.best_level or 1
        link = f'<a href="#need-{place}">{escape(found.need.title)}</a>'
        yield f"<li>{_chip(level, lang)} <span>{link}</span></li>"
    yield "</ol></details></nav>"


def _section(place: int, found: NeedMatches, lang: Language) -> Iterator[str]:
    need = found.need
    yield f'<section id="need-{place}"><h2>{escape(need.title)}</h2>'
    yield _p(_about(need), "soft")
    if text := need.description or need.summary:
        yield _p(text)
    if not found.answers:
        yield _p(render("lack.nothing", lang), "soft")
    for answer in found.answers:
        yield from _match(answer, lang, opened=answer is found.answers[0])
    yield "</section>"


def _match(answer: Answer, lang: Language, *, opened: bool) -> Iterator[str]:
    match, offer = answer.match, answer.offer
    about = _BETWEEN.join(filter(None, (kind_name(offer.kind, lang), _about(offer))))
    wishes = gap_summary(match.explanation, lang)
    yield f'<details class="match"{" open" if opened else ""}><summary>'
    yield f'<span class="rank">{match.rank}</span>{_chip(match.level, lang)}'
    yield f'<span class="score">{match.score:.2f}</span>'
    yield f'<span class="title">{escape(offer.title)}</span>'
    yield f'<span class="about soft">{escape(_BETWEEN.join(filter(None, (about, wishes))))}</span>'
    yield '</summary><div class="inside">'
    if text := offer.summary or offer.description:
        yield _p(text)
    yield f"<h3>{escape(render('page.why', lang))}</h3>"
    yield from _sum(summed(match, lang), lang)
    if lines := gap_lines(match.explanation, lang):
        yield f"<h3>{escape(render('page.gaps', lang))}</h3>"
        yield from _gaps(lines, lang)
    yield "</div></details>"


def _sum(told: Sum, lang: Language) -> Iterator[str]:
    """Show the score as steps along one scale, each bar beginning where the last one ended."""
    steps = told.steps()
    heights = [0.0, *accumulate(step.amount for step in steps)]
    low, high = min(heights), max(1.0, *heights)
    yield '<ul class="sum">'
    for step, start in zip(steps, heights, strict=False):
        left = (min(start, start + step.amount) - low) / (high - low)
        bar = _bar(left, abs(step.amount) / (high - low), against=step.amount < 0)
        text = step.text or render(f"part.{step.part}", lang)
        yield f'<li>{bar}<span class="amount">{signed(step.amount)}</span>'
        yield f'<span class="text">{escape(text)}</span></li>'
    yield f'<li class="total">{_bar(-low / (high - low), told.score / (high - low))}'
    yield f'<span class="amount">{told.score:.2f}</span>'
    yield f'<span class="text">{escape(render("column.score", lang))}</span></li></ul>'


def _bar(start: float, width: float, *, against: bool = False) -> str:
    place = f"--from:{start:.1%};--wide:{width:.1%}"
    name = "bar against" if against else "bar"
    return f'<span class="{name}" aria-hidden="true"><i style="{place}"></i></span>'


def _gaps(lines: Iterable[GapLine], lang: Language) -> Iterator[str]:
    heads = [escape(render(f"column.{key}", lang)) for key in _GAP_COLUMNS]
    yield '<div class="scroll"><table><thead><tr>'
    yield "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead><tbody>"
    for line in lines:
        cells = (line.name, line.wanted, line.offered, line.verdict_name, line.missing, line.note)
        classes = ("name", "", "", f"verdict {line.verdict.value}", "", "soft")
        shown = [
            f'<td class="{name}" data-head="{head}">{escape(cell)}</td>'
            for cell, name, head in zip(cells, classes, heads, strict=True)
        ]
        yield f"<tr>{''.join(shown)}</tr>"
    yield "</tbody></table></div>"


def _unmatched(lacking: tuple[Unmatched, ...], lang: Language) -> Iterator[str]:
    if not lacking:
        return
    yield f'<section id="unmatched"><h2>{escape(render("terminal.unmatched", lang))}</h2><ul>'
    for each in lacking:
        name = each.nearest.offer.title if each.nearest else ""
        why = escape(render(f"lack.{each.lack.value}", lang, name=name))
        yield f"<li><strong>{escape(each.need.title)}</strong> "
        yield f'<span class="soft">{escape(each.need.id)}</span><br>{why}</li>'
    yield "</ul></section>"


def _chip(level: int, lang: Language) -> str:
    return f'<span class="level level-{level}">{escape(level_name(level, lang))}</span>'


def _about(record: Record) -> str:
    return _BETWEEN.join(filter(None, (record.id, record.organisation, record.region)))


def _p(text: str, name: str = "") -> str:
    return f'<p class="{name}">{escape(text)}</p>' if name else f"<p>{escape(text)}</p>"
