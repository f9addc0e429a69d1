"""A comparison as text, as a page and as JSON."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from guantong.messages import render
from guantong.reading.exports.figures import of_place, standing, told
from guantong.reading.exports.markup import element, shell
from guantong.reading.statements import Change
from guantong.reading.wording import cut_inside, figure, promise, where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from guantong.messages import Language
    from guantong.reading.comparison import BenefitRow, Comparison, Figure, Row
    from guantong.reading.sources import Source

_SHOWN_SHARED = 40
_SHOWN_ALONE = 8
_LONGEST_QUOTE = 40
_FEW = 3
_LANDSCAPE = "@page { size: A4 landscape; margin: 12mm }"


def comparison_text(found: Comparison, lang: Language = "zh") -> Iterator[str]:
    """Yield the lines of a comparison as plain text, shortened; the page and workbook have all."""
    counts = {"documents": len(found.labels), "rows": len(found.shared), "alone": len(found.alone)}
    yield render("reading.comparison.counts", lang, **counts)
    yield ""
    yield render("reading.comparison.shared", lang)
    if not found.shared:
        yield "  " + render("reading.comparison.none", lang)
    for row in found.shared[:_SHOWN_SHARED]:
        yield f"  {title(row, lang)}"
        for label, cell in zip(found.labels, row.figures, strict=True):
            yield from _cell_lines(label, cell, lang)
    yield from _more(len(found.shared) - _SHOWN_SHARED, lang)
    for place, label in enumerate(found.labels):
        if not (rows := found.alone_in(place)):
            continue
        yield ""
        yield render("reading.comparison.alone_in", lang, label=label)
        for row in rows[:_SHOWN_ALONE]:
            yield from _cell_lines(title(row, lang), row.figures[place], lang, marker="•")
        yield from _more(len(rows) - _SHOWN_ALONE, lang)
    yield from _benefit_lines(found, lang)


def title(row: Row, lang: Language = "zh") -> str:
    """Return the name of a row with its direction, where that is not the level."""
    if row.change is Change.LEVEL:
        return row.name
    return f"{row.name} {render(f'reading.change.{row.change.value}', lang, of='').strip()}"


def _cell_lines(
    label: str, cell: Sequence[Figure], lang: Language, marker: str = "-"
) -> Iterator[str]:
    for each in cell:
        quote = cut_inside(each.source.quote, _LONGEST_QUOTE)
        source = render("reading.source", lang, where=where(each.source, lang), quote=quote)
        yield f"    {marker} {label}: {told(each, lang)}  {source}"


def _benefit_lines(found: Comparison, lang: Language) -> Iterator[str]:
    if not found.benefits:
        return
    yield ""
    yield render("reading.comparison.supports", lang)
    for row in found.benefits[:_SHOWN_SHARED]:
        yield f"  {row.beneficiary or render('reading.support.nobody', lang)}"
        for label, cell in zip(found.labels, row.benefits, strict=True):
            for each in cell:
                quote = cut_inside(each.source.quote, _LONGEST_QUOTE)
                place = where(each.source, lang)
                source = render("reading.source", lang, where=place, quote=quote)
                yield f"    - {label}: {promise(each.facts, lang)}  {source}"
    yield from _more(len(found.benefits) - _SHOWN_SHARED, lang)


def _more(count: int, lang: Language) -> Iterator[str]:
    if count > 0:
        yield "  … " + render("reading.comparison.more", lang, count=count)


def comparison_page(found: Comparison, lang: Language = "zh") -> Iterator[str]:
    """Yield a page: the shared indicators as a table, then what stands in one document only."""
    title_shown = render("reading.comparison.title", lang)
    yield from shell(title_shown, _page(found, lang), lang, extra_css=_LANDSCAPE)


def _page(found: Comparison, lang: Language) -> Iterator[str]:
    yield f"<main>{element('h1', render('reading.comparison.title', lang))}"
    counts = {"documents": len(found.labels), "rows": len(found.shared), "alone": len(found.alone)}
    yield element("p", render("reading.comparison.counts", lang, **counts), "soft")
    yield element("p", render("reading.comparison.hint", lang), "soft hint")
    yield element("h2", render("reading.comparison.shared", lang))
    if found.shared:
        yield from _table_head(found.labels, render("reading.comparison.indicator", lang))
        for row in found.shared:
            yield _row(found, row, lang)
        yield "</tbody></table></div>"
    else:
        yield element("p", render("reading.comparison.none", lang))
    yield from _alone(found, lang)
    if found.benefits:
        yield element("h2", render("reading.comparison.supports", lang))
        yield from _table_head(found.labels, render("reading.field.beneficiary", lang))
        for benefit in found.benefits:
            yield _benefit_row(found, benefit, lang)
        yield "</tbody></table></div>"
    yield "</main>"


def _alone(found: Comparison, lang: Language) -> Iterator[str]:
    if found.alone:
        yield element("h2", render("reading.comparison.alone", lang))
    opened = " open" if len(found.labels) <= _FEW else ""
    for place, label in enumerate(found.labels):
        if rows := found.alone_in(place):
            name = escape(render("reading.comparison.alone_in", lang, label=label))
            yield f"<details{opened}><summary>{name} ({len(rows)})</summary>"
            yield '<ul class="lines two">'
            for row in rows:
                for each in row.figures[place]:
                    yield f"<li>{_figure(each, lang, named=row.name)}</li>"
            yield "</ul></details>"


def _table_head(labels: Sequence[str], first: str) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in (first, *labels))
    yield '<div class="side-scroll" tabindex="0"><table class="side">'
    yield f"<thead><tr>{heads}</tr></thead><tbody>"


def _row(found: Comparison, row: Row, lang: Language) -> str:
    names = ""
    if len(row.names) > 1:
        label = render("reading.comparison.names", lang)
        others = render("reading.labelled", lang, label=label, value="、".join(row.names))
        names = f'<div class="when">{escape(others)}</div>'
    cells = [f'<th scope="row">{escape(title(row, lang))}{names}</th>']
    promised = any(row.promised_by)
    largest = max((abs(each.facts.value) for cell in row.figures for each in _own(cell)), default=0)
    for label, cell, promises in zip(found.labels, row.figures, row.promised_by, strict=True):
        if not cell:
            missing = render("reading.comparison.missing", lang)
            cells.append(f'<td class="none" data-head="{escape(label)}">{missing}</td>')
            continue
        shown = "".join(_figure(each, lang) for each in cell)
        if promised and not promises:
            shown += element("div", render("reading.comparison.no_target", lang), "when")
        bar = _bar(cell, largest)
        cells.append(f'<td data-head="{escape(label)}"><div>{bar}{shown}</div></td>')
    return f"<tr>{''.join(cells)}</tr>"


def _own(cell: Sequence[Figure]) -> Sequence[Figure]:
    """Return the figure of a cell that its bar shows: the first of the document's own place."""
    return [each for each in cell if each.place is None][:1]


def _bar(cell: Sequence[Figure], largest: Decimal | int) -> str:
    own = _own(cell)
    if not own or not largest:
        return ""
    wide = round(float(abs(own[0].facts.value) / largest) * 100)
    return f'<div class="bar" aria-hidden="true"><i style="--wide:{wide}%"></i></div>'


def _figure(each: Figure, lang: Language, named: str = "") -> str:
    name = render("reading.of", lang, name=named, what="") if named else ""
    shown = escape(of_place(each, lang) + name + figure(each.facts, lang))
    when = element("span", standing(each.facts, lang), "when")
    css = "target" if each.promised else "actual"
    quote = _quoted(each.source, lang)
    return f'<details class="{css}"><summary>{shown} {when}</summary>{quote}</details>'


def _quoted(source: Source, lang: Language) -> str:
    return element("blockquote", f"{source.quote} ({where(source, lang)})")


def _benefit_row(found: Comparison, row: BenefitRow, lang: Language) -> str:
    name = row.beneficiary or render("reading.support.nobody", lang)
    cells = [f'<th scope="row">{escape(name)}</th>']
    for label, cell in zip(found.labels, row.benefits, strict=True):
        if not cell:
            missing = render("reading.comparison.missing", lang)
            cells.append(f'<td class="none" data-head="{escape(label)}">{missing}</td>')
            continue
        shown = "".join(
            f"<details><summary>{escape(promise(each.facts, lang))}</summary>"
            f"{_quoted(each.source, lang)}</details>"
            for each in cell
        )
        cells.append(f'<td data-head="{escape(label)}"><div>{shown}</div></td>')
    return f"<tr>{''.join(cells)}</tr>"


def comparison_object(found: Comparison) -> dict[str, object]:
    """Return a comparison as plain values."""
    return {
        "documents": [
            {"label": label, "document": each.document.name, "title": each.title}
            for label, each in zip(found.labels, found.readings, strict=True)
        ],
        "shared": [_row_object(row) for row in found.shared],
        "alone": [_row_object(row) for row in found.alone],
        "supports": [
            {
                "beneficiary": row.beneficiary,
                "instrument": row.instrument,
                "documents": [
                    [
                        {"text": promise(each.facts), "source": each.source.to_json()}
                        for each in cell
                    ]
                    for cell in row.benefits
                ],
            }
            for row in found.benefits
        ],
    }


def _row_object(row: Row) -> dict[str, object]:
    return {
        "indicator": row.name,
        "names": list(row.names),
        "unit": row.unit,
        "change": row.change.value,
        "promised_by": list(row.promised_by),
        "documents": [[_figure_object(each) for each in cell] for cell in row.figures],
    }


def _figure_object(each: Figure) -> dict[str, object]:
    facts = each.facts
    return {
        "value": float(facts.value),
        "value_max": None if facts.value_max is None else float(facts.value_max),
        "unit": facts.unit,
        "comparator": facts.comparator,
        "modality": facts.modality.value,
        "time": facts.time,
        "place": facts.place,
        "source": each.source.to_json(),
    }
